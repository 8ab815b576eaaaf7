//! Notices that the directory's files have changed, and serves what they say now.
//!
//! A thread of its own looks at names, sizes, times and inodes twice a second: that works on every file system, also
//! where notifications do not, and survives editors that replace files. It reads a file only after a change, and only
//! once two looks in a row agree, so that a save that is under way is over. Whatever goes wrong, the generation that is
//! served stays.

use crate::dataset::inode;
use crate::dataset::replacing::REPLACING;
use crate::index::{self, IndexError, Snapshot, Update};
use crate::server::limits::BAD_ROWS_NAMED;
use crate::server::metrics::Reload;
use crate::server::private;
use crate::server::state::AppState;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

/// Between two looks: soon enough to feel live, and a `stat` of a dozen files costs microseconds.
pub const POLL: Duration = Duration::from_millis(500);

/// Where the files and the index are.
#[derive(Clone, Debug)]
pub struct Folders {
    pub directory: PathBuf,
    pub index: PathBuf,
    pub accept_shrink: bool,
    /// Where the moment of an update comes from. A value, so that tests choose it.
    pub moment: fn() -> Timestamp,
}

/// What a file looks like from outside.
#[derive(Clone, Debug, PartialEq)]
struct Look {
    bytes: u64,
    modified: Option<SystemTime>,
    inode: u64,
}

/// What the folder looks like from outside; `None` when it cannot be read, as while it is being replaced.
type Looks = Option<BTreeMap<OsString, Look>>;

/// Reads the files, publishes a generation if they changed, and serves it.
///
/// # Errors
/// The update could not go on. What was served is still served, and the status says why the files are not.
pub fn update(state: &AppState, folders: &Folders) -> Result<(), IndexError> {
    let served = state.snapshot();
    let Folders { directory, index, accept_shrink, moment } = folders;
    let updating = || index::update(directory, index, &state.gazetteer, served.as_ref(), *accept_shrink);
    let outcome = catch_unwind(AssertUnwindSafe(updating))
        .unwrap_or_else(|_| Err(IndexError::Io { what: "the update panicked".into(), source: panicked() }));
    match outcome {
        Ok(update) => {
            report(&update);
            date(index, &update.snapshot, moment());
            state.metrics.reload(if update.kept_back.is_empty() { Reload::Taken } else { Reload::KeptBack });
            state.take(update);
            name_bad_rows(state);
            Ok(())
        }
        Err(error) => {
            let why = private::sentence(&error.to_string());
            tracing::error!(target: "signpost::reload", why, "the directory could not be updated");
            state.metrics.reload(Reload::Failed);
            match &error {
                IndexError::Data { what, problems } => {
                    state.keep(what, Some(problems));
                    name_bad_rows(state);
                }
                IndexError::Io { .. } => {
                    state.keep("the index could not be written; the log says more", None);
                }
            }
            Err(error)
        }
    }
}

/// Says when each service was last modified. An index that cannot be written has no such memory, and is served.
pub fn date(index: &Path, snapshot: &Snapshot, now: Timestamp) {
    if let Err(error) = index::date(index, snapshot, now) {
        let why = private::sentence(&error.to_string());
        tracing::warn!(target: "signpost::reload", why, "when services were last modified is not known");
    }
}

/// A panic during an update, for whom it may concern: the hook in `log` has logged its place.
fn panicked() -> std::io::Error {
    std::io::Error::other("a fault inside Signpost")
}

/// Logs what an update did: numbers, not rows.
fn report(update: &Update) {
    let generation = update.snapshot.generation();
    let problems = update.problems.len();
    let index::Changes { added, changed, removed, unchanged } = update.changes;
    if update.kept_back.is_empty() {
        tracing::info!(target: "signpost::reload", generation, added, changed, removed, unchanged, problems,
            "directory read");
    }
    for why in &update.kept_back {
        let why = private::sentence(why);
        tracing::warn!(target: "signpost::reload", generation, problems, why, "directory kept back");
    }
}

/// Names the rows with errors: file, line, id and code, never a cell.
fn name_bad_rows(state: &AppState) {
    for row in state.status().bad_rows(BAD_ROWS_NAMED) {
        tracing::warn!(target: "signpost::reload", row, "bad row");
    }
}

/// The watching thread. It ends soon after the state drains.
///
/// `read` is how the folder looked before it was last read: take it before the first update, so that a change during
/// that update is noticed.
pub fn watch(state: Arc<AppState>, folders: Folders, read: Seen) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name("reload".to_string()).spawn(move || {
        let mut read = read.0;
        let mut last = read.clone();
        while !state.is_draining() {
            std::thread::sleep(POLL);
            let now = look(&folders.directory);
            let settled = now == last;
            last = now.clone();
            if now == read || !settled {
                continue;
            }
            if now.is_some() {
                // The outcome is in the state, the log and the metrics; the next change is the next try.
                let _ = update(&state, &folders);
            } else {
                tracing::warn!(target: "signpost::reload", "the directory folder cannot be read");
                state.keep("the directory folder cannot be read: put it back, or mend its permissions", None);
            }
            read = now;
        }
    })
}

/// How the directory folder looked at one time.
pub struct Seen(Looks);

impl Seen {
    pub fn now(directory: &Path) -> Self {
        Self(look(directory))
    }
}

fn look(directory: &Path) -> Looks {
    let mut looks = BTreeMap::new();
    for entry in std::fs::read_dir(directory).ok()? {
        let entry = entry.ok()?;
        let name = entry.file_name();
        // Files that an import left to be moved to their places are a change too.
        if !is_data(&name) && name != REPLACING {
            continue;
        }
        // Follows links: a file may be one.
        let Ok(facts) = std::fs::metadata(entry.path()) else { continue };
        let look = Look { bytes: facts.len(), modified: facts.modified().ok(), inode: inode(&facts) };
        looks.insert(name, look);
    }
    Some(looks)
}

/// Whether a file belongs to the directory: editors and spreadsheets leave `.#x.csv`, `~$x.csv` and `x.csv~` about.
fn is_data(name: &std::ffi::OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    let kept = [".csv", ".json", ".geojson"].iter().any(|ending| name.ends_with(ending));
    kept && !name.starts_with(['.', '~'])
}
