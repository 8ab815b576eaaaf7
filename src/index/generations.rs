//! Generations on disk: publishing one so that a reader sees the old or the new, never half of either, and opening the
//! newest one that is whole.
//!
//! `index/gen-<hash>/` holds a generation and `index/CURRENT` names the one to serve. A generation's files are never
//! changed once it has its name.

use super::manifest::{self, Manifest, files_below, hex};
use super::snapshot::Snapshot;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

const CURRENT: &str = "CURRENT";
const LOCK: &str = "LOCK";
const TEMPORARY: &str = "gen-tmp-";
/// Generations that are kept: the one served and two to go back to.
const KEPT: usize = 3;

/// The name of the generation that those sources make.
pub(super) fn name(sources: &BTreeMap<String, String>, kept_from: Option<&str>) -> String {
    let mut hash = Sha256::new();
    hash.update(manifest::FORMAT.to_le_bytes());
    for (file, sum) in sources {
        hash.update(format!("{file} {sum}\n"));
    }
    hash.update(kept_from.unwrap_or_default());
    format!("gen-{}", &hex(&hash.finalize())[..16])
}

fn is_name(text: &str) -> bool {
    let digits = text.strip_prefix("gen-").unwrap_or_default();
    digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// One writer at a time: held until it is dropped.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for another writer to end.
    pub(super) fn take(index: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(index)?;
        let file = File::create(index.join(LOCK))?;
        file.lock()?;
        Ok(Self { _file: file })
    }
}

/// Writes a generation aside with `write`, and makes it the current one: fsync of every file and folder, rename, fsync,
/// swap of `CURRENT`, fsync. On any error the temporary folder is removed and what was current stays so.
pub(super) fn publish<T>(
    index: &Path,
    _lock: &Lock,
    write: impl FnOnce(&Path) -> io::Result<(Manifest, T)>,
) -> io::Result<(PathBuf, T)> {
    sweep(index);
    let aside = tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(index)?;
    let (manifest, result) = write(aside.path())?;
    let mut file = File::create_new(aside.path().join(manifest::FILE_NAME))?;
    file.write_all(&manifest.to_bytes()?)?;
    drop(file);
    sync_all(aside.path())?;

    let target = index.join(&manifest.generation);
    if target.exists() {
        // The same sources gave the same name: a damaged copy, or one that was current before.
        std::fs::rename(&target, aside.path().with_extension("old"))?;
    }
    std::fs::rename(aside.path(), &target)?;
    sync_folder(index)?;
    make_current(index, &manifest.generation)?;
    // The folder has its final name: there is nothing left for the guard to remove.
    let _ = aside.keep();
    prune(index, &manifest.generation);
    Ok((target, result))
}

/// Points `CURRENT` at a generation.
pub(super) fn make_current(index: &Path, generation: &str) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix("CURRENT.tmp-").tempfile_in(index)?;
    writeln!(file, "{generation}")?;
    file.as_file().sync_all()?;
    file.persist(index.join(CURRENT)).map_err(|error| error.error)?;
    sync_folder(index)
}

/// Opens the generation that `CURRENT` names or, if that one is missing or damaged, the newest whole one.
pub(super) fn open(index: &Path) -> Option<Snapshot> {
    let current = std::fs::read_to_string(index.join(CURRENT)).ok();
    let current = current.map(|text| text.trim().to_string()).filter(|name| is_name(name));
    let mut names: Vec<String> = current.iter().cloned().collect();
    names.extend(by_age(index).into_iter().filter(|name| Some(name) != current.as_ref()));
    let mut faults = Vec::new();
    for name in names {
        match Snapshot::open(&index.join(&name)) {
            Ok(snapshot) if faults.is_empty() => return Some(snapshot),
            Ok(snapshot) => return Some(snapshot.with_fall_back(faults.join("; "))),
            Err(fault) => faults.push(format!("{name}: {fault}")),
        }
    }
    None
}

/// Names of the generations on disk, newest first.
pub(super) fn by_age(index: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(index) else { return Vec::new() };
    let mut found: Vec<(SystemTime, String)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok().filter(|name| is_name(name))?;
            let written = std::fs::metadata(entry.path().join(manifest::FILE_NAME)).and_then(|file| file.modified());
            Some((written.unwrap_or(SystemTime::UNIX_EPOCH), name))
        })
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, name)| name).collect()
}

/// Removes what a writer left that did not end. The lock is held, so nobody is writing.
fn sweep(index: &Path) {
    let Ok(entries) = std::fs::read_dir(index) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(TEMPORARY) {
            let _ = std::fs::remove_dir_all(entry.path());
        } else if name.starts_with("CURRENT.tmp-") || name.starts_with("modified.tmp-") {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Removes generations beyond the newest few. A reader that has one open keeps its files until it lets go.
fn prune(index: &Path, current: &str) {
    let old = by_age(index).into_iter().filter(|name| name != current).skip(KEPT - 1);
    for name in old {
        let _ = std::fs::remove_dir_all(index.join(name));
    }
    sweep(index);
}

fn sync_all(folder: &Path) -> io::Result<()> {
    let mut folders = vec![folder.to_path_buf()];
    for name in files_below(folder)? {
        let path = folder.join(name);
        File::open(&path)?.sync_all()?;
        if let Some(parent) = path.parent().filter(|parent| !folders.iter().any(|known| known == parent)) {
            folders.push(parent.to_path_buf());
        }
    }
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
