//! The two folders that most commands work on, and the way from them to an open index.

use super::YourMistake;
use crate::dataset::render;
use crate::diagnostic::Severity;
use crate::gazetteer::Gazetteer;
use crate::index::{self, IndexError, Snapshot, Update};
use anyhow::Result;
use clap::Args;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the directory, its index and the map are.
#[derive(Clone, Debug, Args)]
pub struct Folders {
    /// The folder of CSV files
    #[arg(long, env = "SIGNPOST_DIRECTORY", default_value = "data/directory")]
    pub directory: PathBuf,
    /// The folder of the index; it is always safe to delete
    #[arg(long, env = "SIGNPOST_INDEX", default_value = "index")]
    pub index: PathBuf,
    /// Places made by `signpost gazetteer import`, beside those in the binary
    #[arg(long, env = "SIGNPOST_GAZETTEER", value_name = "FILE")]
    pub gazetteer: Option<PathBuf>,
}

impl Folders {
    /// The map: the places in the binary and, if there is one, the imported file.
    ///
    /// # Errors
    /// The imported file is not one.
    pub fn open_gazetteer(&self) -> Result<Gazetteer> {
        open_gazetteer(self.gazetteer.as_deref())
    }

    /// Brings the index up to date with the CSV files.
    ///
    /// # Errors
    /// There is nothing to serve.
    pub fn update(&self, gazetteer: &Gazetteer, accept_shrink: bool) -> Result<Update> {
        let served = index::open(&self.index);
        index::update(&self.directory, &self.index, gazetteer, served.as_ref(), accept_shrink).map_err(explain)
    }

    /// The index, brought up to date; what is wrong with the files is said on stderr.
    ///
    /// # Errors
    /// There is nothing to answer from.
    pub fn open(&self, gazetteer: &Gazetteer) -> Result<Arc<Snapshot>> {
        let update = self.update(gazetteer, false)?;
        say_kept_back(&update)?;
        Ok(update.snapshot)
    }
}

/// Says on stderr that the files as they are now are not what answers.
pub fn say_kept_back(update: &Update) -> io::Result<()> {
    let mut talk = io::stderr().lock();
    for reason in &update.kept_back {
        writeln!(talk, "warning: {reason}")?;
    }
    if !update.kept_back.is_empty() {
        writeln!(talk, "help: the last good data is used; run `signpost check` to see every problem")?;
    }
    Ok(())
}

/// How many errors and warnings there are, in words.
pub fn problem_counts(update: &Update) -> String {
    let count = |severity: Severity| update.problems.iter().filter(|problem| problem.severity == severity).count();
    format!(
        "{}, {}",
        render::counted(count(Severity::Error) as u64, "error"),
        render::counted(count(Severity::Warning) as u64, "warning")
    )
}

/// Bad data is the person's to mend; a failing disk is ours.
fn explain(error: IndexError) -> anyhow::Error {
    match error {
        IndexError::Data { what, .. } => {
            let help = Some("run `signpost check` to see every problem with its cure".to_string());
            YourMistake { message: what, help }.into()
        }
        IndexError::Io { .. } => error.into(),
    }
}

/// The map: the places in the binary and, if there is one, the imported file.
///
/// # Errors
/// The imported file is not one.
pub fn open_gazetteer(imported: Option<&Path>) -> Result<Gazetteer> {
    Gazetteer::open(imported).map_err(|error| {
        let help = Some("make the file anew with `signpost gazetteer import`".to_string());
        YourMistake { message: error.to_string(), help }.into()
    })
}
