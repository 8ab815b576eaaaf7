//! A zip of somebody else's → a folder of the files in it that we read.
//!
//! A zip can claim anything: names that lead out of the folder, a few bytes that become a terabyte. Nothing is written
//! under a name of its own, and nothing is unpacked beyond [`MAX_UNPACKED_BYTES`].

use super::ImportError;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// All files of a zip together, unpacked: a nation's directory as CSV is a third of it.
pub const MAX_UNPACKED_BYTES: u64 = 4 * 1024 * 1024 * 1024;
/// A file that shrinks to less than a two-hundredth is not text that anybody wrote.
const MAX_RATIO: u64 = 200;
/// Small files may shrink as they like.
const RATIO_FROM_BYTES: u64 = 16 * 1024 * 1024;
const MAX_FILES: usize = 10_000;

/// Unpacks the CSV and JSON files into the folder, which is empty, and gives where each is.
///
/// # Errors
/// It is no zip, or one that is refused.
pub fn unpack(zip: &Path, into: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let file = File::open(zip).map_err(|error| super::package::unreadable(zip, &error))?;
    let mut archive = zip::ZipArchive::new(file).map_err(|error| not_a_zip(&error))?;
    if archive.len() > MAX_FILES {
        return Err(refused(format!("it has {} files", archive.len())));
    }
    let mut left = MAX_UNPACKED_BYTES;
    let mut unpacked = Vec::new();
    for number in 0..archive.len() {
        let entry = archive.by_index(number).map_err(|error| not_a_zip(&error))?;
        let name = entry.name().map_err(|error| not_a_zip(&error))?.to_string();
        if entry.enclosed_name().is_none() || name.contains('\\') {
            return Err(refused("a name in it leads out of the folder".to_string()));
        }
        let path = Path::new(&name);
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let hidden = path.components().any(|part| part.as_os_str().to_string_lossy().starts_with(['.', '_']));
        if entry.is_dir() || hidden || !matches!(extension.as_str(), "csv" | "json" | "ndjson" | "jsonl" | "geojson") {
            continue;
        }
        let packed = entry.compressed_size().max(1);
        let most = left.min((packed.saturating_mul(MAX_RATIO)).max(RATIO_FROM_BYTES));
        // The number goes first, so that two files of one name in two folders do not meet.
        let folder = into.join(number.to_string());
        let target = folder.join(path.file_name().unwrap_or_default());
        std::fs::create_dir_all(&folder).map_err(|error| ImportError::io("a folder to unpack into", error))?;
        let mut out = File::create(&target).map_err(|error| ImportError::io("a file to unpack into", error))?;
        let written = io::copy(&mut entry.take(most + 1), &mut out).map_err(|error| damaged(&name, &error))?;
        if written > most {
            return Err(refused(format!("`{}` unpacks to far more than text would", super::report::shown(&name))));
        }
        left -= written;
        unpacked.push(target);
    }
    Ok(unpacked)
}

fn refused(why: String) -> ImportError {
    ImportError::Source {
        message: format!("the zip is refused: {why}"),
        help: "nothing of it was read; unpack it yourself if you trust it, and name the folder".to_string(),
    }
}

fn not_a_zip(error: &zip::result::ZipError) -> ImportError {
    ImportError::Source {
        message: format!("the zip cannot be read: {error}"),
        help: "download it again, or name the unpacked folder".to_string(),
    }
}

fn damaged(name: &str, error: &io::Error) -> ImportError {
    ImportError::Source {
        message: format!("`{}` in the zip cannot be unpacked: {error}", super::report::shown(name)),
        help: "download it again, or name the unpacked folder".to_string(),
    }
}
