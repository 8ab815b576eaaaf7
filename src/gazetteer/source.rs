//! Opens what a person downloaded (a zip file, a folder or one CSV file) and hands out its lines.
//!
//! Nothing is ever unpacked to disk. Everything is bounded: the length of a line, the size of an entry, and how much
//! larger than its packed form it may be.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::error::GazetteerError;

/// The ONS directory is 1.3 GB as one CSV file and grows by some 2 % a year.
const LARGEST_ENTRY: u64 = 4 << 30;
/// Postcode CSVs shrink to a sixth. A thousandth is the mark of a zip bomb.
const MOST_EXPANSION: u64 = 100;
/// Small files may pack better than that without harm.
const SMALL_ENTRY: u64 = 16 << 20;
/// Code-Point Open has 130 entries, the ONS directory some 200.
const MOST_FILES: usize = 5_000;
/// A row of the ONS directory has some 350 characters.
const LONGEST_LINE: usize = 16 << 10;
/// Folders inside a folder, such as `Data/CSV`.
const DEEPEST: usize = 6;

/// Calls `read` for each CSV file in `source`, with its name and its lines.
pub(super) fn each_csv(
    source: &Path,
    mut read: impl FnMut(&str, &mut Lines<'_>) -> io::Result<()>,
) -> Result<(), GazetteerError> {
    let failed = |source: io::Error, path: &Path| GazetteerError::Read { path: path.to_owned(), source };
    if source.is_dir() {
        let mut files = Vec::new();
        collect_csv(source, 0, &mut files).map_err(|e| failed(e, source))?;
        files.sort();
        let names: Vec<String> = files.iter().map(|f| shown(f, source)).collect();
        for (path, name) in files.iter().zip(&names) {
            if is_a_repeat(name, &names) {
                continue;
            }
            let file = File::open(path).map_err(|e| failed(e, path))?;
            read(name, &mut Lines::new(&mut BufReader::new(file))).map_err(|e| failed(e, path))?;
        }
        return Ok(());
    }

    let mut file = File::open(source).map_err(|e| failed(e, source))?;
    let mut start = [0; 2];
    let got = file.read(&mut start).map_err(|e| failed(e, source))?;
    io::Seek::rewind(&mut file).map_err(|e| failed(e, source))?;
    if start[..got] == *b"PK" {
        return each_csv_in_zip(source, file, read);
    }
    let name = source.file_name().unwrap_or_default().to_string_lossy();
    read(&name, &mut Lines::new(&mut BufReader::new(file))).map_err(|e| failed(e, source))
}

fn each_csv_in_zip(
    path: &Path,
    file: File,
    mut read: impl FnMut(&str, &mut Lines<'_>) -> io::Result<()>,
) -> Result<(), GazetteerError> {
    let broken = |error: zip::result::ZipError| GazetteerError::Zip { path: path.to_owned(), why: error.to_string() };
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    if archive.len() > MOST_FILES {
        return Err(GazetteerError::Suspicious {
            file: path.display().to_string(),
            why: format!("it has more than {MOST_FILES} files in it"),
        });
    }
    let mut names: Vec<String> =
        archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).filter(|name| is_csv(name)).collect();
    names.sort();
    for name in &names {
        if is_a_repeat(name, &names) {
            continue;
        }
        let entry = archive.by_name(name).map_err(broken)?;
        let (packed, size) = (entry.compressed_size(), entry.size());
        if size > LARGEST_ENTRY || (size > SMALL_ENTRY && size / MOST_EXPANSION > packed) {
            return Err(GazetteerError::Suspicious {
                file: name.clone(),
                why: format!("it claims to grow from {packed} to {size} bytes"),
            });
        }
        // An entry may lie about its size: never read more than it claimed.
        let mut entry = BufReader::new(entry.take(size));
        read(name, &mut Lines::new(&mut entry))
            .map_err(|source| GazetteerError::Read { path: path.join(name), source })?;
    }
    Ok(())
}

fn collect_csv(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() && depth < DEEPEST {
            collect_csv(&entry.path(), depth + 1, found)?;
        } else if kind.is_file() && is_csv(&entry.file_name().to_string_lossy()) && found.len() < MOST_FILES {
            found.push(entry.path());
        }
    }
    Ok(())
}

fn is_csv(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".csv")
}

/// The ONS directory comes as one file and again as one file an area, under `multi_csv`.
fn is_a_repeat(name: &str, all: &[String]) -> bool {
    let whole = |n: &str| n.contains("ONSPD") && !n.contains("multi_csv");
    name.contains("multi_csv") && all.iter().any(|n| whole(n))
}

fn shown(file: &Path, folder: &Path) -> String {
    let name = file.strip_prefix(folder).unwrap_or(file);
    name.to_string_lossy().replace('\\', "/")
}

/// The lines of a file, numbered from 1, cut into cells.
///
/// A quoted cell may hold commas but no line break; neither of the two products has one.
pub(super) struct Lines<'a> {
    from: &'a mut dyn BufRead,
    line: Vec<u8>,
    pub(super) number: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn new(from: &'a mut dyn BufRead) -> Lines<'a> {
        Lines { from, line: Vec::new(), number: 0 }
    }

    /// The cells of the next line that is not empty; `None` at the end.
    pub(super) fn next_row(&mut self) -> io::Result<Option<Vec<String>>> {
        loop {
            self.line.clear();
            let mut limited = (&mut *self.from).take(LONGEST_LINE as u64 + 1);
            let got = limited.read_until(b'\n', &mut self.line)?;
            if got == 0 {
                return Ok(None);
            }
            self.number += 1;
            if got > LONGEST_LINE {
                let why = format!("line {} has more than {LONGEST_LINE} characters", self.number);
                return Err(io::Error::new(io::ErrorKind::InvalidData, why));
            }
            let text = String::from_utf8_lossy(&self.line);
            let text = text.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
            if !text.trim().is_empty() {
                return Ok(Some(cells(text)));
            }
        }
    }
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(c);
                }
            }
        }
    }
    for cell in &mut cells {
        if cell.trim().len() != cell.len() {
            *cell = cell.trim().to_owned();
        }
    }
    cells
}
