//! `signpost build`: brings the index up to date with the CSV files.

use super::Ending;
use super::folders::{Folders, problem_counts, say_kept_back};
use crate::clock::utc_now;
use crate::index;
use anyhow::{Context, Result};
use clap::Args;
use std::io::{self, Write};

/// Bring the index up to date with the CSV files
#[derive(Debug, Args)]
pub struct Build {
    #[command(flatten)]
    folders: Folders,
    /// Take the files although more than a fifth of the services are gone
    #[arg(long)]
    accept_shrink: bool,
}

impl Build {
    /// Files that are kept back end with [`Ending::YourData`].
    pub fn run(self) -> Result<Ending> {
        let gazetteer = self.folders.open_gazetteer()?;
        let update = self.folders.update(&gazetteer, self.accept_shrink)?;
        // What only asks, like `search`, needs no dates; and may be asked of an index that nobody may write.
        index::date(&self.folders.index, &update.snapshot, utc_now()).context("the index cannot be dated")?;
        say_kept_back(&update)?;
        let changes = update.changes;
        writeln!(
            io::stdout().lock(),
            "{}: {} services ({} added, {} changed, {} removed, {} unchanged); {}",
            update.snapshot.generation(),
            update.snapshot.counts().services,
            changes.added,
            changes.changed,
            changes.removed,
            changes.unchanged,
            problem_counts(&update),
        )?;
        Ok(if update.kept_back.is_empty() { Ending::Done } else { Ending::YourData })
    }
}
