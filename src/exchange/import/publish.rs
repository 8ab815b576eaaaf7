//! New files → the folder of the directory, so that whoever reads it finds all of the old ones or all of the new ones.

use crate::dataset::replacing::{self, sync_folder};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use tempfile::TempDir;

/// A directory that only this import changes, until it is dropped.
pub struct Held {
    _folder: Option<File>,
}

impl Held {
    /// Holds a directory that is there; `None` if another import has it.
    pub fn hold(directory: &Path) -> io::Result<Option<Self>> {
        // Not every system opens folders; there two imports at once are the person's to avoid.
        let Ok(folder) = File::open(directory) else { return Ok(Some(Self { _folder: None })) };
        match folder.try_lock() {
            Ok(()) => Ok(Some(Self { _folder: Some(folder) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(Some(Self { _folder: None }))
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// A folder for the new files: within the directory that is there, or beside the one that will be.
pub fn staging(into: &Path, is_new: bool) -> io::Result<TempDir> {
    if !is_new {
        return replacing::begin(into);
    }
    let parent = parent_of(into);
    fs::create_dir_all(parent)?;
    tempfile::Builder::new().prefix(".signpost-import-").tempdir_in(parent)
}

/// Puts the files in place: a new directory appears as a whole, and in one that is there all files are replaced or none.
pub fn publish(staging: TempDir, into: &Path, is_new: bool) -> io::Result<()> {
    if !is_new {
        return replacing::replace(staging, into);
    }
    for entry in fs::read_dir(staging.path())? {
        File::open(entry?.path())?.sync_all()?;
    }
    sync_folder(staging.path())?;
    if into.exists() {
        fs::remove_dir(into)?; // it is empty, or this fails
    }
    readable(staging.path())?;
    fs::rename(staging.path(), into)?;
    // The folder has another name now: there is nothing left for the guard to remove.
    let _ = staging.keep();
    sync_folder(parent_of(into))
}

fn parent_of(into: &Path) -> &Path {
    into.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A folder made for one's own eyes becomes an ordinary one.
#[cfg(unix)]
fn readable(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn readable(_folder: &Path) -> io::Result<()> {
    Ok(())
}
