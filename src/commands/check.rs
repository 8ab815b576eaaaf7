//! `signpost check`: reads the CSV files and names everything wrong in them.

use super::search::shown;
use super::{Ending, YourMistake};
use crate::dataset::{self, DatasetError, NothingBefore, Reading, render};
use crate::exchange::duplicates::{self, Pair};
use crate::tagging::{self, sheet};
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

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
    #[arg(long, conflicts_with = "suggest")]
    duplicates: bool,
    /// Propose categories, audiences and goals for services that have none, as CSV; nothing is changed
    #[arg(long, conflicts_with = "format")]
    suggest: bool,
    /// Write the proposals here and not to standard output
    #[arg(long, value_name = "FILE", requires = "suggest")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    Github,
}

impl Check {
    /// Errors end with [`Ending::YourData`], warnings alone do not. Proposals are made of what could be read.
    pub fn run(self) -> Result<Ending> {
        let reading = match dataset::read(&self.dir, &NothingBefore) {
            Ok(reading) => reading,
            Err(error) => {
                let help = match error {
                    DatasetError::Folder { .. } => "name the folder of CSV files: `signpost check data/directory`",
                    DatasetError::HalfReplaced { .. } => "nothing is lost: the new files are all there, in that folder",
                };
                let help = Some(help.to_string());
                return Err(YourMistake { message: error.to_string(), help }.into());
            }
        };
        if self.suggest {
            return suggest(&reading, self.out.as_deref());
        }
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

/// Writes the proposals, and says on stderr what to do with them.
fn suggest(reading: &Reading, out: Option<&Path>) -> Result<Ending> {
    let proposals = tagging::propose(&reading.directory);
    let mut text = Vec::new();
    sheet::write(&proposals, &mut text)?;
    match out {
        None => io::stdout().lock().write_all(&text)?,
        Some(file) => std::fs::write(file, &text).map_err(|error| YourMistake {
            message: format!("`{}` cannot be written: {error}", file.display()),
            help: None,
        })?,
    }
    let mut talk = io::stderr().lock();
    if reading.errors > 0 {
        writeln!(talk, "warning: rows with errors are left out ({}); run `signpost check`", reading.errors)?;
    }
    let services = proposals.chunk_by(|a, b| a.service == b.service).count();
    writeln!(talk, "{} proposals for {services} services; nothing was changed", proposals.len())?;
    if !proposals.is_empty() {
        writeln!(talk, "help: go through the lines, and put each code that is right into its column of services.csv")?;
    }
    Ok(Ending::Done)
}
