//! From the CSV files as they are now to the generation to serve: read, decide, build, publish.

use super::build::{self, Material};
use super::generations::{self, Lock};
use super::manifest::file_sum;
use super::snapshot::Snapshot;
use super::{Changes, IndexError, Update};
use crate::dataset::{self, NothingBefore, Reading, replacing};
use crate::diagnostic::{Problem, Severity};
use crate::gazetteer::Gazetteer;
use crate::meaning::Model;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A new set of files may lose at most this share of the services, unless that is accepted.
const MOST_LOST: f64 = 0.2;

/// Opens the newest good generation of the `index` folder; `None` if there is none.
pub fn open(index: &Path) -> Option<Arc<Snapshot>> {
    generations::open(index).map(Arc::new)
}

/// Reads the CSV files and publishes a new generation if they differ from the one served.
///
/// # Errors
/// There is nothing to serve: the files are bad and no generation is good, or the disk fails.
pub fn update(
    directory: &Path,
    index: &Path,
    gazetteer: &Gazetteer,
    served: Option<&Arc<Snapshot>>,
    accept_shrink: bool,
) -> Result<Update, IndexError> {
    // Files that wait to be moved to their places are newer than those that are there.
    replacing::finish(directory).map_err(|source| {
        let what = format!("an import into `{}` did not end, and cannot be finished", directory.display());
        IndexError::Io { what, source }
    })?;
    if let Some(served) = served.filter(|served| is_fresh(served, directory, gazetteer)) {
        return Ok(Update {
            snapshot: Arc::clone(served),
            problems: served.problems().to_vec(),
            kept_back: Vec::new(),
            changes: Changes { unchanged: served.counts().services, ..Changes::default() },
        });
    }
    let reading = match served {
        Some(served) => dataset::read(directory, served.as_ref()),
        None => dataset::read(directory, &NothingBefore),
    };
    let reading = reading.map_err(|error| IndexError::Data { what: error.to_string(), problems: Vec::new() })?;
    let kept_back = reasons_to_keep_back(&reading, served.map(Arc::as_ref), accept_shrink);
    if !kept_back.is_empty() {
        let Some(served) = served else {
            return Err(IndexError::Data { what: kept_back.join("; "), problems: reading.problems });
        };
        return Ok(Update {
            snapshot: Arc::clone(served),
            problems: reading.problems,
            kept_back,
            changes: Changes { unchanged: served.counts().services, ..Changes::default() },
        });
    }
    publish(index, gazetteer, served.map(Arc::as_ref), reading)
}

fn publish(
    index: &Path,
    gazetteer: &Gazetteer,
    served: Option<&Snapshot>,
    reading: Reading,
) -> Result<Update, IndexError> {
    let failed = |what: &str| {
        let what = format!("{what} in `{}`", index.display());
        move |source| IndexError::Io { what, source }
    };
    let lock = Lock::take(index).map_err(failed("could not lock the index"))?;
    // Other writers may have published so often meanwhile that the generation served is no longer on disk to build on.
    // A generation of another model is not built on: its directions are not those of this one.
    let same_model = |served: &&Snapshot| served.manifest().sources.get(MEANING) == Some(&meaning());
    let on_disk = served.filter(|served| served.folder().is_dir()).filter(same_model);
    let sources = sources_of(&reading, gazetteer);
    let kept = reading.problems.iter().any(|problem| problem.kept_last_good);
    let name = generations::name(&sources, served.filter(|_| kept).map(Snapshot::generation));
    let material =
        Material { directory: &reading.directory, gazetteer, sources, problems: reading.problems.clone(), name };
    let (folder, changes) = generations::publish(index, &lock, |folder| build::build(folder, material, on_disk))
        .map_err(failed("could not write the index"))?;
    let snapshot = Snapshot::open(&folder).map_err(failed("could not open the new index"))?;
    Ok(Update { snapshot: Arc::new(snapshot), problems: reading.problems, kept_back: Vec::new(), changes })
}

/// Under this name the sources tell which places were known: no file of a directory is called so.
const PLACES: &str = "(places)";
/// … and under this one by which model its texts were understood.
const MEANING: &str = "(meaning)";

fn meaning() -> String {
    format!("{:08x}", Model::compiled_in().fingerprint())
}

/// The hashes of the files that were read, and the gazetteer's description; a file that is not there has none.
fn sources_of(reading: &Reading, gazetteer: &Gazetteer) -> BTreeMap<String, String> {
    let there = reading.files.iter().filter(|file| !file.sha256.is_empty());
    let mut sources: BTreeMap<String, String> = there.map(|file| (file.name.clone(), file.sha256.clone())).collect();
    sources.insert(PLACES.to_string(), gazetteer.describe());
    sources.insert(MEANING.to_string(), meaning());
    sources
}

/// Whether the files are, byte for byte, those that the generation was made from, with the same places and the same
/// model of what words mean.
fn is_fresh(served: &Snapshot, directory: &Path, gazetteer: &Gazetteer) -> bool {
    let sources = &served.manifest().sources;
    let same = |(name, sum): (&String, &String)| match name.as_str() {
        PLACES => gazetteer.describe() == *sum,
        MEANING => meaning() == *sum,
        name => file_sum(&directory.join(name)).is_ok_and(|found| found.sha256 == *sum),
    };
    let none_new = dataset::file_names().all(|name| sources.contains_key(name) || !directory.join(name).exists());
    let tells_model = sources.contains_key(MEANING);
    served.fell_back().is_none() && none_new && tells_model && sources.iter().all(same)
}

/// Why a reading must not replace what is served, one sentence each; none if it may.
pub fn reasons_to_keep_back(reading: &Reading, served: Option<&Snapshot>, accept_shrink: bool) -> Vec<String> {
    let mut reasons = Vec::new();
    let before = served.map_or(0, |served| served.counts().services);
    let now = reading.directory.services.len();
    let lost = before.saturating_sub(now);
    let can_tell = !reading.files.iter().any(|file| file.rejected && file.name == "services.csv");
    // First, since services that are gone make rows of other files bad.
    if can_tell && !accept_shrink && lost as f64 > before as f64 * MOST_LOST {
        reasons.push(format!(
            "{lost} of {before} services would be gone, which is more than a fifth; if that is meant, run `signpost \
             build --accept-shrink`"
        ));
    }
    for file in reading.files.iter().filter(|file| file.rejected) {
        let first = reading.problems.iter().find(|p| p.file == file.name && p.severity == Severity::Error);
        let why = first.map_or_else(|| "most of its rows are bad".to_string(), describe);
        reasons.push(format!("`{}` cannot be used: {why}", file.name));
    }
    if reading.directory.services.is_empty() && served.is_none() && reasons.is_empty() {
        reasons.push("there is no service in `services.csv`".to_string());
    }
    reasons
}

fn describe(problem: &Problem) -> String {
    let line = problem.line.map(|line| format!("line {line}: ")).unwrap_or_default();
    let help = problem.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    format!("{line}{}{help}", problem.message)
}
