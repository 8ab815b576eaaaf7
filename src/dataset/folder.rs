//! The folder itself: files with nearly the right name, and whether it says that it is a sample.

use super::FileReading;
use super::catalogue::{MISNAMED_FILE, UNREADABLE_PACKAGE};
use super::columns::FILES;
use super::lines::Lines;
use super::outlines::AREAS_GEOJSON;
use super::problems::{Finding, Problems, Spot, shown};
use super::reader::Reader;
use super::replacing::REPLACING;
use serde::Deserialize;
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// The description of the package (Frictionless Tabular Data Package).
const DATAPACKAGE: &str = "datapackage.json";

/// The names of all files that a reading depends on, in the order in which they are shown.
pub fn file_names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|file| file.name).chain([AREAS_GEOJSON, DATAPACKAGE])
}

/// How the files look from outside, and whether some are being replaced: the same if nothing has changed.
pub(super) fn marks(folder: &Path) -> Vec<Option<(u64, Option<SystemTime>, u64)>> {
    let names = file_names().chain([REPLACING]);
    let mark = |name| {
        let facts = std::fs::metadata(folder.join(name)).ok()?;
        Some((facts.len(), facts.modified().ok(), inode(&facts)))
    };
    names.map(mark).collect()
}

/// What tells a file from another of the same name, size and time; 0 where the system has no such number.
#[cfg(unix)]
pub fn inode(facts: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(facts)
}

/// What tells a file from another of the same name, size and time; 0 where the system has no such number.
#[cfg(not(unix))]
pub fn inode(_: &std::fs::Metadata) -> u64 {
    0
}

/// In which order files are shown: data, then what belongs to it, then strangers.
pub(super) fn rank(name: &str) -> usize {
    let others = [AREAS_GEOJSON, DATAPACKAGE];
    let data = FILES.iter().position(|file| file.name == name);
    let other = || others.iter().position(|other| *other == name).map(|at| FILES.len() + at);
    data.or_else(other).unwrap_or(FILES.len() + others.len())
}

/// Names files that are not read but nearly have the name of one that is.
pub(super) fn near_misses(folder: &Path, problems: &mut Problems) -> io::Result<()> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    for name in names.iter().filter(|name| !is_lock(name) && rank(name) > FILES.len() + 1) {
        let lower = name.to_lowercase();
        let Some(stem) = lower.strip_suffix(".csv").or_else(|| lower.strip_suffix(".csv.txt")) else { continue };
        let stems = FILES.iter().map(|file| file.name.trim_end_matches(".csv"));
        if let Some(near) = super::cells::nearest(stem, stems) {
            let finding = Finding::new(&MISNAMED_FILE, "the file is not read");
            let help = format!("did you mean `{near}.csv`? rename it, or move it out of the folder");
            problems.add(&shown(name), finding.help(help), Spot::default);
        }
    }
    Ok(())
}

/// Lock files of LibreOffice (`.~lock.services.csv#`) and Excel (`~$services.csv`), and other hidden files.
fn is_lock(name: &str) -> bool {
    name.starts_with(['.', '~'])
}

#[derive(Deserialize)]
struct Package {
    #[serde(default)]
    name: String,
    #[serde(default)]
    fictional: bool,
}

/// Whether the package's description says that its organisations are fictional.
pub(super) fn is_sample(reader: &mut Reader) -> bool {
    let Ok(bytes) = std::fs::read(reader.folder.join(DATAPACKAGE)) else { return false };
    let mut reading = FileReading::new(DATAPACKAGE);
    reading.sha256 = Lines::new(bytes.as_slice()).finish().unwrap_or_default();
    let package: Result<Package, _> = serde_json::from_slice(&bytes);
    if let Err(error) = &package {
        let (message, line) = (shown(&error.to_string()), error.line() as u64);
        let finding =
            Finding::new(&UNREADABLE_PACKAGE, format!("the description of the package cannot be read: {message}"));
        let help = "correct the JSON; until then no page says whether the organisations are fictional";
        reader.problems.add(DATAPACKAGE, finding.help(help), || Spot::line(line));
    }
    reader.files.push(reading);
    package.is_ok_and(|package| package.fictional || package.name == "signpost-sample")
}
