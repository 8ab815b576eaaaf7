//! One CSV file of somebody else's, read record by record: where each begins is known, so that it can be read again.
//!
//! Not the reader of `dataset`, which names every slip in our own files, and not the csv crate, which would take a field
//! of a gigabyte into memory. Here a record has at most [`MAX_RECORD_BYTES`]; what is longer, or has a quote that never
//! closes, is counted and passed over, and reading goes on with the next line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// The longest record that is read: fifty times the longest description that anybody publishes.
pub const MAX_RECORD_BYTES: usize = 1024 * 1024;
/// The most columns a file may have; the widest table of the standard has 23.
const MAX_COLUMNS: usize = 1_000;

/// An open file, past its header.
#[derive(Debug)]
pub struct CsvFile {
    reader: BufReader<File>,
    delimiter: u8,
    /// The names of the columns: trimmed, in small letters.
    pub columns: Vec<String>,
    /// The header as it stands in the file, its line end included.
    pub header: Vec<u8>,
    /// Where the next record begins.
    at: u64,
    line: u64,
}

/// A record as it stands in the file, its line end included.
#[derive(Debug)]
pub struct RawRecord {
    pub at: u64,
    pub bytes: Vec<u8>,
}

/// What comes next in a file.
#[derive(Debug)]
pub enum Next {
    Record(RawRecord),
    /// A line that is no record, and why not.
    Broken {
        line: u64,
        why: &'static str,
    },
    End,
}

impl CsvFile {
    /// Opens a file and reads its header; an empty file has no columns.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut reader = BufReader::with_capacity(64 * 1024, File::open(path)?);
        let mut at = 0;
        if reader.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
            reader.consume(3);
            at = 3;
        }
        let delimiter = delimiter(reader.fill_buf()?);
        let mut file = Self { reader, delimiter, columns: Vec::new(), header: Vec::new(), at, line: 1 };
        if let Next::Record(header) = file.next()? {
            let names = file.cells(&header.bytes);
            if names.len() > MAX_COLUMNS {
                return Err(io::Error::other(format!("the header has {} columns", names.len())));
            }
            file.columns = names.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
            file.header = header.bytes;
        }
        Ok(file)
    }

    /// The next record that is not blank.
    pub fn next(&mut self) -> io::Result<Next> {
        loop {
            let next = self.read_record()?;
            match &next {
                Next::Record(record) if record.bytes.iter().all(|byte| b" ,;\t\r\n\"".contains(byte)) => {}
                _ => return Ok(next),
            }
        }
    }

    fn read_record(&mut self) -> io::Result<Next> {
        let (at, line) = (self.at, self.line);
        let mut bytes = Vec::new();
        let mut first_line = None;
        let mut scan = Scan::default();
        loop {
            let begins = bytes.len();
            let left = (MAX_RECORD_BYTES + 1).saturating_sub(begins) as u64;
            let count = (&mut self.reader).take(left).read_until(b'\n', &mut bytes)?;
            if count == 0 && bytes.is_empty() {
                return Ok(Next::End);
            }
            let complete = bytes.ends_with(b"\n");
            let first = *first_line.get_or_insert(bytes.len() as u64);
            if bytes.len() > MAX_RECORD_BYTES {
                if begins == 0 && !complete {
                    let skipped = self.skip_line()?;
                    self.at = at + bytes.len() as u64 + skipped;
                    self.line = line + 1;
                    return Ok(Next::Broken { line, why: "is longer than 1 MB" });
                }
                self.rewind(at + first, line + 1)?;
                return Ok(Next::Broken { line, why: "has a quote that is not closed" });
            }
            scan.line(&bytes[begins..], self.delimiter);
            if !scan.in_quotes {
                self.at = at + bytes.len() as u64;
                self.line += bytes.iter().filter(|&&byte| byte == b'\n').count().max(1) as u64;
                return Ok(Next::Record(RawRecord { at, bytes }));
            }
            if count == 0 || !complete {
                self.rewind(at + first, line + 1)?;
                return Ok(Next::Broken { line, why: "has a quote that is not closed" });
            }
        }
    }

    fn rewind(&mut self, to: u64, line: u64) -> io::Result<()> {
        self.reader.seek(SeekFrom::Start(to))?;
        (self.at, self.line) = (to, line);
        Ok(())
    }

    fn skip_line(&mut self) -> io::Result<u64> {
        let mut skipped = 0;
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(skipped);
            }
            let end = buffer.iter().position(|&byte| byte == b'\n');
            let count = end.map_or(buffer.len(), |at| at + 1);
            self.reader.consume(count);
            skipped += count as u64;
            if end.is_some() {
                return Ok(skipped);
            }
        }
    }

    /// The record that begins there.
    pub fn record_at(&mut self, at: u64) -> io::Result<Option<RawRecord>> {
        let way = at as i64 - self.at as i64;
        self.reader.seek_relative(way)?;
        self.at = at;
        match self.read_record()? {
            Next::Record(record) => Ok(Some(record)),
            _ => Ok(None),
        }
    }

    /// The cells of a record, without their quotes, as text: UTF-8, or else Windows-1252, in which Excel saves.
    pub fn cells(&self, record: &[u8]) -> Vec<String> {
        let text = match std::str::from_utf8(record) {
            Ok(text) => text.to_string(),
            Err(_) => record.iter().map(|&byte| windows_1252(byte)).collect(),
        };
        split(text.trim_end_matches(['\r', '\n']), char::from(self.delimiter))
    }

    /// Whether the lines end as on Windows.
    pub fn has_crlf(&self) -> bool {
        self.header.ends_with(b"\r\n")
    }

    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }
}

/// The separator that the first line has most of.
fn delimiter(beginning: &[u8]) -> u8 {
    let line = beginning.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|&&byte| byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

/// Whether a record goes on after a line.
#[derive(Default)]
struct Scan {
    in_quotes: bool,
    inside_cell: bool,
    /// The last byte was a quote within quotes: the closing one, unless another follows.
    quote: bool,
}

impl Scan {
    fn line(&mut self, bytes: &[u8], delimiter: u8) {
        for &byte in bytes {
            if self.in_quotes {
                if self.quote {
                    self.quote = false;
                    if byte != b'"' {
                        self.in_quotes = false;
                        self.inside_cell = byte != delimiter;
                    }
                } else {
                    self.quote = byte == b'"';
                }
            } else if byte == delimiter {
                self.inside_cell = false;
            } else if byte == b'"' && !self.inside_cell {
                self.in_quotes = true;
            } else if byte != b' ' {
                self.inside_cell = true;
            }
        }
        if self.quote {
            // The end of the file, right after a closing quote.
            (self.quote, self.in_quotes) = (false, false);
        }
    }
}

fn split(text: &str, delimiter: char) -> Vec<String> {
    let mut cells = Vec::new();
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start_matches(' ');
        let (cell, after) = match trimmed.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted, delimiter),
            None => match rest.split_once(delimiter) {
                Some((cell, after)) => (cell.to_string(), Some(after)),
                None => (rest.to_string(), None),
            },
        };
        cells.push(cell);
        match after {
            Some(after) => rest = after,
            None => return cells,
        }
    }
}

fn quoted_cell(quoted: &str, delimiter: char) -> (String, Option<&str>) {
    let mut cell = String::new();
    let mut rest = quoted;
    while let Some((before, after)) = rest.split_once('"') {
        cell.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None => {
                return match after.split_once(delimiter) {
                    Some((tail, after)) => (cell + tail.trim_end(), Some(after)),
                    None => (cell + after.trim_end(), None),
                };
            }
        }
    }
    (cell + rest, None)
}

/// The characters of 0x80 to 0x9F; the five that are none become the sign for a lost letter.
const WINDOWS_1252: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ";

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252.chars().nth(usize::from(byte - 0x80)).unwrap_or('\u{fffd}'),
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, bytes).unwrap();
        let mut file = CsvFile::open(&path).unwrap();
        let mut seen = vec![file.columns.join("|")];
        let mut starts = Vec::new();
        loop {
            match file.next().unwrap() {
                Next::Record(record) => {
                    starts.push((record.at, record.bytes.clone()));
                    seen.push(file.cells(&record.bytes).join("|"));
                }
                Next::Broken { line, why } => seen.push(format!("{line} {why}")),
                Next::End => break,
            }
        }
        for (at, bytes) in starts.into_iter().rev() {
            assert_eq!(file.record_at(at).unwrap().unwrap().bytes, bytes);
        }
        seen
    }

    #[test]
    fn records_of_every_make() {
        assert_eq!(
            read(b"ID,Name\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n\r\n2,5\" nails\r\n"),
            ["id|name", "1|a, \"b\"\r\nc", "2|5\" nails"]
        );
        assert_eq!(read(b"\xef\xbb\xbfid;name\n1;Caf\xe9 \x96 tea\n"), ["id|name", "1|Café – tea"]);
        assert_eq!(read(b"id,name\n1,\"last\""), ["id|name", "1|last"]);
        assert_eq!(read(b""), [""]);
    }

    #[test]
    fn a_record_that_never_ends_is_passed_over() {
        assert_eq!(read(b"id,name\n1,\"open\n2,b\n"), ["id|name", "2 has a quote that is not closed", "2|b"]);
        let mut long = b"id,name\n1,".to_vec();
        long.extend(std::iter::repeat_n(b'x', 3 * MAX_RECORD_BYTES));
        long.extend(b"\n2,b\n");
        assert_eq!(read(&long), ["id|name", "2 is longer than 1 MB", "2|b"]);
    }
}
