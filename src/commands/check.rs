//! `signpost check`: reads the CSV files and names everything wrong in them.

use super::search::shown;
use super::{Ending, YourMistake};
use crate::dataset::{self, DatasetError, NothingBefore, render};
use crate::exchange::duplicates::{self, Pair};
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Read the CSV files and name everything wrong in them
#[derive(Debug, Args)]
pub struct Check {
    /// The folder of CSV files
    #[arg(default_value = "data/directory")]
    dir: PathBuf,
    /// For people, for programs, or for GitHub, which shows each problem at its line
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// List rows that are likely the same organisation or service twice, with the evidence, and nothing else
    #[arg(long)]
    duplicates: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    Github,
}

impl Check {
    /// Errors end with [`Ending::YourData`], warnings alone do not.
    pub fn run(self) -> Result<Ending> {
        let reading = match dataset::read(&self.dir, &NothingBefore) {
            Ok(reading) => reading,
            Err(error @ DatasetError::Folder { .. }) => {
                let help = Some("name the folder of CSV files: `signpost check data/directory`".to_string());
                return Err(YourMistake { message: error.to_string(), help }.into());
            }
        };
        let mut out = BufWriter::new(io::stdout().lock());
        if self.duplicates {
            print_pairs(&duplicates::pairs(&reading.directory), self.format, &mut out)?;
            out.flush()?;
            return Ok(if reading.is_rejected() { Ending::YourData } else { Ending::Done });
        }
        match self.format {
            Format::Text => render::text(&reading, &mut out)?,
            Format::Json => render::json(&reading, &mut out)?,
            Format::Github => render::github(&reading, &self.dir.to_string_lossy(), &mut out)?,
        }
        out.flush()?;
        Ok(if reading.errors > 0 { Ending::YourData } else { Ending::Done })
    }
}

/// Pairs that are likely one: what they are called, where they come from, and why.
fn print_pairs(pairs: &[Pair], format: Format, out: &mut impl Write) -> Result<()> {
    if let Format::Json = format {
        serde_json::to_writer_pretty(&mut *out, pairs)?;
        writeln!(out)?;
        return Ok(());
    }
    for Pair { kind, ids, names, sources, evidence, likeness } in pairs {
        writeln!(out, "{kind} {:.0} %: {}", likeness * 100.0, evidence.join("; "))?;
        for side in 0..2 {
            let source = if sources[side].is_empty() { "" } else { &format!(" (from {})", shown(&sources[side])) };
            writeln!(out, "    {}: {}{source}", ids[side], shown(&names[side]))?;
        }
    }
    writeln!(out, "{}; nothing was changed", render::counted(pairs.len() as u64, "likely pair"))?;
    Ok(())
}
