//! The manifest of a generation: what it was made from, and the SHA-256 of every file in it.
//!
//! tantivy does not check its checksums when it opens an index: a flipped bit gives silently wrong scores or a panic.
//! So nothing of a generation is opened before [`Manifest::verify`] has read all of it.

use super::Counts;
use crate::diagnostic::Problem;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Raised whenever a file's form changes; an older generation is then built anew.
pub const FORMAT: u32 = 4;

/// The manifest's own name.
pub const FILE_NAME: &str = "manifest.json";

/// What `manifest.json` holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    pub generation: String,
    /// SHA-256 of each file it was made from, by name; and which places were known.
    pub sources: BTreeMap<String, String>,
    pub counts: Counts,
    /// Problems in those files.
    pub problems: Vec<Problem>,
    /// Files with their sizes and hashes, by path within the generation.
    pub files: BTreeMap<String, FileSum>,
}

/// Size and hash of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSum {
    pub bytes: u64,
    pub sha256: String,
}

/// The manifest file: the manifest as text, and the hash of that text, so that it vouches for itself too.
#[derive(Serialize, Deserialize)]
struct Sealed {
    sha256: String,
    manifest: Box<serde_json::value::RawValue>,
}

impl Manifest {
    /// The bytes of `manifest.json`.
    pub fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let manifest = serde_json::value::to_raw_value(self).map_err(io::Error::other)?;
        let sealed = Sealed { sha256: hex(&Sha256::digest(manifest.get().as_bytes())), manifest };
        serde_json::to_vec(&sealed).map_err(io::Error::other)
    }

    /// Reads `manifest.json` of a folder.
    ///
    /// # Errors
    /// It is missing, was altered, or is of another format.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let bytes = std::fs::read(folder.join(FILE_NAME))?;
        let sealed: Sealed = serde_json::from_slice(&bytes).map_err(io::Error::other)?;
        if hex(&Sha256::digest(sealed.manifest.get().as_bytes())) != sealed.sha256 {
            return Err(io::Error::other("the manifest was altered"));
        }
        let manifest: Manifest = serde_json::from_str(sealed.manifest.get()).map_err(io::Error::other)?;
        if manifest.format != FORMAT {
            return Err(io::Error::other(format!("format {} is not {FORMAT}", manifest.format)));
        }
        Ok(manifest)
    }

    /// Reads every file and compares its size and hash; a file too many is a fault too.
    pub fn verify(&self, folder: &Path) -> io::Result<()> {
        let found = files_below(folder)?;
        for name in found.iter().filter(|name| name.as_str() != FILE_NAME) {
            if !self.files.contains_key(name) {
                return Err(io::Error::other(format!("`{name}` does not belong to the generation")));
            }
        }
        for (name, sum) in &self.files {
            if file_sum(&folder.join(name))? != *sum {
                return Err(io::Error::other(format!("`{name}` was altered")));
            }
        }
        Ok(())
    }
}

/// The paths of all files below a folder, relative to it, with `/`, in order.
pub fn files_below(folder: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    let mut open = vec![String::new()];
    while let Some(prefix) = open.pop() {
        for entry in std::fs::read_dir(folder.join(&prefix))? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                open.push(format!("{name}/"));
            } else {
                files.push(name);
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// Size and SHA-256 of a file, read in pieces.
pub fn file_sum(path: &Path) -> io::Result<FileSum> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(FileSum { bytes, sha256: hex(&hash.finalize()) });
        }
        bytes += read as u64;
        hash.update(&buffer[..read]);
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
