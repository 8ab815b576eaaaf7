//! `signpost report`: where goals cannot be met, and what nobody has checked for long.

use super::folders::Folders;
use super::search::no_answer;
use super::{Ending, YourMistake};
use crate::clock::london_now;
use crate::report::{coverage, freshness, map, sheet, table};
use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use std::io::{self, Write};
use std::path::PathBuf;

/// Where are the gaps, and what has nobody checked for long
#[derive(Debug, Args)]
pub struct Report {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// For each goal and area: how many services can be reached
    Coverage {
        /// The kind of area: ward or borough; if not given, the smallest that the directory has
        #[arg(long)]
        kind: Option<String>,
        /// Only this goal
        #[arg(long, value_name = "CODE")]
        goal: Option<String>,
        #[command(flatten)]
        how: How,
    },
    /// Services that nobody has checked for long, by organisation
    Freshness {
        /// How many days a check lasts
        #[arg(long, value_name = "DAYS", default_value_t = freshness::DAYS)]
        older_than: u32,
        #[command(flatten)]
        how: How,
    },
}

#[derive(Debug, Args)]
struct How {
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Write it here and not to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    folders: Folders,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Csv,
    Geojson,
}

impl Report {
    /// A goal or kind of area that is none ends with [`Ending::YourData`].
    pub fn run(self) -> Result<Ending> {
        let today = london_now().date();
        let how = match &self.which {
            Which::Coverage { how, .. } | Which::Freshness { how, .. } => how,
        };
        let snapshot = how.folders.open(&how.folders.open_gazetteer()?)?;
        let mut text = Vec::new();
        match &self.which {
            Which::Coverage { kind, goal, .. } => {
                let asked = coverage::Asked { kind: kind.clone(), goal: goal.clone() };
                let report = coverage::coverage(&snapshot, today, &asked, &|| false).map_err(no_answer)?;
                match how.format {
                    Format::Table => table::coverage(&report, &mut text)?,
                    Format::Csv => sheet::coverage(&report, &mut text)?,
                    Format::Geojson => serde_json::to_writer(&mut text, &map::coverage(&snapshot, &report))?,
                }
            }
            Which::Freshness { older_than, .. } => {
                let report = freshness::freshness(&snapshot, today, *older_than, usize::MAX);
                match how.format {
                    Format::Table => table::freshness(&report, &mut text)?,
                    Format::Csv => sheet::freshness(&report, &mut text)?,
                    Format::Geojson => {
                        let help = Some("use `--format csv`".to_string());
                        let message = "freshness has no places to map".to_string();
                        return Err(YourMistake { message, help }.into());
                    }
                }
            }
        }
        match &how.out {
            None => io::stdout().lock().write_all(&text)?,
            Some(file) => std::fs::write(file, &text).map_err(|error| YourMistake {
                message: format!("`{}` cannot be written: {error}", file.display()),
                help: None,
            })?,
        }
        Ok(Ending::Done)
    }
}
