//! The physical lines of a file, with their true numbers and the hash of every byte.
//!
//! The file is streamed: a directory of a million services is 900 MB, and none of it is needed twice. A line is what an
//! editor counts as one: it ends at `\n`, after `\r` or not. (The csv crate counts otherwise on CRLF files: a row on line
//! 2 reports line 1.)

use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

/// The longest row, line breaks within quotes included. A service with every text at its longest is about 20 KB; more
/// than this is a missing quote or not a directory.
pub(super) const MAX_ROW_BYTES: usize = 64 * 1024;

/// One line with its line end, if it has one.
#[derive(Debug, PartialEq)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) bytes: Vec<u8>,
    /// The line is longer than [`MAX_ROW_BYTES`]; only its beginning is here.
    pub(super) cut: bool,
}

/// Reads lines, and takes back those that turned out to belong to the next row.
pub(super) struct Lines<R: Read> {
    from: BufReader<Hashing<R>>,
    taken_back: VecDeque<Line>,
    number: u64,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(from: R) -> Self {
        let hashing = Hashing { from, hash: Sha256::new() };
        Self { from: BufReader::with_capacity(256 * 1024, hashing), taken_back: VecDeque::new(), number: 0 }
    }

    /// The first bytes of the file, before anything is read: what kind of file is it?
    pub(super) fn peek(&mut self) -> io::Result<&[u8]> {
        self.from.fill_buf()
    }

    /// Passes over bytes that belong to no line: a byte order mark.
    pub(super) fn skip(&mut self, count: usize) {
        self.from.consume(count);
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.taken_back.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        let limit = MAX_ROW_BYTES as u64 + 1;
        (&mut self.from).take(limit).read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let cut = bytes.len() > MAX_ROW_BYTES && bytes.last() != Some(&b'\n');
        if cut {
            self.skip_to_line_end()?;
        }
        Ok(Some(Line { number: self.number, bytes, cut }))
    }

    /// Gives lines back, to be read again before anything else; they stand in the order of the file.
    pub(super) fn take_back(&mut self, lines: impl DoubleEndedIterator<Item = Line>) {
        for line in lines.rev() {
            self.taken_back.push_front(line);
        }
    }

    /// SHA-256 of the whole file, read or not, in lower-case hex.
    pub(super) fn finish(mut self) -> io::Result<String> {
        io::copy(&mut self.from, &mut io::sink())?;
        let digest = self.from.into_inner().hash.finalize();
        Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn skip_to_line_end(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.from.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            match buffer.iter().position(|&byte| byte == b'\n') {
                Some(at) => {
                    self.from.consume(at + 1);
                    return Ok(());
                }
                None => {
                    let all = buffer.len();
                    self.from.consume(all);
                }
            }
        }
    }
}

struct Hashing<R> {
    from: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        self.hash.update(&into[..count]);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let mut lines = Lines::new(&b"a\r\n\r\nb\nc"[..]);
        let mut seen = Vec::new();
        while let Ok(Some(line)) = lines.next() {
            seen.push((line.number, String::from_utf8_lossy(&line.bytes).into_owned()));
        }
        assert_eq!(seen, [(1, "a\r\n".into()), (2, "\r\n".into()), (3, "b\n".into()), (4, "c".into())]);
    }

    #[test]
    fn a_line_too_long_is_cut_and_passed_over() -> io::Result<()> {
        let text = format!("{}\nnext\n", "x".repeat(3 * MAX_ROW_BYTES));
        let mut lines = Lines::new(text.as_bytes());
        assert!(lines.next()?.is_some_and(|line| line.cut && line.bytes.len() == MAX_ROW_BYTES + 1));
        assert_eq!(lines.next()?, Some(Line { number: 2, bytes: b"next\n".to_vec(), cut: false }));
        Ok(())
    }
}
