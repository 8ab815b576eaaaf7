//! `signpost check`: reads the CSV files and names everything wrong in them.

use super::{Ending, YourMistake};
use crate::dataset::{self, DatasetError, NothingBefore, render};
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
        match self.format {
            Format::Text => render::text(&reading, &mut out)?,
            Format::Json => render::json(&reading, &mut out)?,
            Format::Github => render::github(&reading, &self.dir.to_string_lossy(), &mut out)?,
        }
        out.flush()?;
        Ok(if reading.errors > 0 { Ending::YourData } else { Ending::Done })
    }
}
