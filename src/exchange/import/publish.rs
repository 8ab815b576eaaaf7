//! New files → the folder of the directory, so that whoever reads it finds whole files whenever they look.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use tempfile::TempDir;

/// The order in which files take their place: whatever a row leads to is there before it.
const ORDER: [&str; 4] = ["organisations.csv", "locations.csv", "services.csv", "sessions.csv"];

/// Puts the files in place. A new directory appears as a whole; in one that is there each file is replaced by renaming.
pub fn publish(staging: TempDir, into: &Path, is_new: bool) -> io::Result<()> {
    for entry in fs::read_dir(staging.path())? {
        File::open(entry?.path())?.sync_all()?;
    }
    if is_new {
        if into.exists() {
            fs::remove_dir(into)?; // it is empty, or this fails
        }
        let path = staging.keep();
        readable(&path)?;
        fs::rename(&path, into)?;
    } else {
        for name in ORDER {
            let target = into.join(name);
            if let Ok(metadata) = fs::metadata(&target) {
                fs::set_permissions(staging.path().join(name), metadata.permissions())?;
            }
            fs::rename(staging.path().join(name), target)?;
        }
    }
    let parent = into.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync_folder(into)?;
    sync_folder(parent)
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

fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder) {
        Ok(folder) => folder.sync_all(),
        Err(_) => Ok(()), // not every system opens folders
    }
}
