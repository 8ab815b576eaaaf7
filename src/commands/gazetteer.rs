//! `signpost gazetteer import`: makes a file of places from the official downloads.

use super::{Ending, YourMistake};
use crate::gazetteer::{IMPORTED, import};
use anyhow::Result;
use clap::{Args, Subcommand};
use std::io::{self, Write};
use std::path::PathBuf;

/// Places: import newer postcodes than those in the binary
#[derive(Debug, Args)]
pub struct Gazetteer {
    #[command(subcommand)]
    command: GazetteerCommand,
}

#[derive(Debug, Subcommand)]
enum GazetteerCommand {
    /// Read OS Code-Point Open or the ONS Postcode Directory
    Import {
        /// The download: a zip, a folder or a CSV file
        file: PathBuf,
        /// Where to write the places; anywhere else than here, name it to other commands with `--gazetteer`
        #[arg(long, default_value = IMPORTED)]
        out: PathBuf,
    },
}

impl Gazetteer {
    /// A file that is not one of those downloads ends with [`Ending::YourData`].
    pub fn run(self) -> Result<Ending> {
        let GazetteerCommand::Import { file, out } = self.command;
        let report = import(&file, &out).map_err(|error| YourMistake { message: error.to_string(), help: None })?;
        let mut answers = io::stdout().lock();
        writeln!(answers, "{}: {} rows of {} files", report.product, report.rows, report.files)?;
        writeln!(answers, "{} postcodes in use, {} no longer in use", report.live, report.terminated)?;
        writeln!(
            answers,
            "left out: {} without a position, {} outside Great Britain, {} read twice, {} wrong",
            report.without_position, report.outside, report.repeated, report.rejected
        )?;
        for problem in &report.problems {
            writeln!(io::stderr().lock(), "warning: {problem}")?;
        }
        if out != std::path::Path::new(IMPORTED) {
            writeln!(answers, "help: use it with `--gazetteer {}`", out.display())?;
        }
        Ok(Ending::Done)
    }
}
