//! Lines → rows of cells (RFC 4180), each cell knowing where it stands in the file.
//!
//! Not the csv crate's reader, because a slip with a quote must be named and must stay in its row: that reader takes
//! `"Bar"z` for `Barz`, and a quote that is never closed for a cell that goes on to the end of the file. Here such a row
//! is named at the line where its quote opens, and reading goes on with the next line.

use super::lines::{Line, Lines, MAX_ROW_BYTES};
use std::borrow::Cow;
use std::io::{self, Read};
use std::ops::Range;

/// A row of a file.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The line on which it starts.
    pub(super) line: u64,
    /// The bytes of the file, as text.
    pub(super) text: String,
    cells: Vec<Span>,
}

#[derive(Debug)]
struct Span {
    /// Where the cell stands in the text, its quotes included.
    outer: Range<usize>,
    /// The same without quotes.
    inner: Range<usize>,
    /// It has doubled quotes.
    escaped: bool,
}

impl Record {
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Every cell is empty: a blank line, or one of the rows of commas that Excel leaves behind.
    pub(super) fn is_blank(&self) -> bool {
        (0..self.len()).all(|at| self.raw(at).trim().is_empty())
    }

    /// The cell without its quotes, not trimmed; empty if the row ends before it.
    pub(super) fn cell(&self, at: usize) -> Cow<'_, str> {
        let raw = self.raw(at);
        match self.cells.get(at) {
            Some(span) if span.escaped => Cow::Owned(raw.replace("\"\"", "\"")),
            _ => Cow::Borrowed(raw),
        }
    }

    fn raw(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |span| &self.text[span.inner.clone()])
    }

    /// Where the cell stands in the text, its quotes included; the end of the text if the row ends before it.
    pub(super) fn span(&self, at: usize) -> Range<usize> {
        let end = self.text.trim_end_matches(['\r', '\n']).len();
        self.cells.get(at).map_or(end..end, |span| span.outer.clone())
    }

    /// The line of the file on which a byte of the text stands.
    pub(super) fn line_at(&self, byte: usize) -> u64 {
        self.line + self.text.as_bytes()[..byte].iter().filter(|&&byte| byte == b'\n').count() as u64
    }
}

/// What comes next in a file.
#[derive(Debug)]
pub(super) enum Next {
    Record(Record),
    Broken(Broken),
    End,
}

/// A row that cannot be taken apart.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) line: u64,
    pub(super) why: Why,
    /// The line as it stands (bytes that are no text made visible), and where in it the slip is.
    pub(super) text: String,
    pub(super) at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Why {
    /// A quote opens and is not closed where a cell ends. `to_end`: nor anywhere else in the file.
    QuoteOpen {
        to_end: bool,
    },
    /// Text follows a closing quote.
    AfterQuote,
    TooLong,
    NotUtf8,
}

/// Reads rows.
pub(super) struct Records<R: Read> {
    lines: Lines<R>,
    pub(super) delimiter: u8,
}

impl<R: Read> Records<R> {
    pub(super) fn new(lines: Lines<R>) -> Self {
        Self { lines, delimiter: b',' }
    }

    /// See [`Lines::finish`].
    pub(super) fn finish(self) -> io::Result<String> {
        self.lines.finish()
    }

    pub(super) fn next(&mut self) -> io::Result<Next> {
        let Some(first) = self.lines.next()? else { return Ok(Next::End) };
        if first.cut {
            return Ok(Next::Broken(broken(&first, 0, Why::TooLong)));
        }
        let mut scan = Scan::new(self.delimiter);
        scan.line(&first.bytes);
        if !scan.open_quote() {
            return Ok(self.finished(first.number, first.bytes, scan, Vec::new()));
        }
        // A line break within quotes: the row goes on, and its lines are kept apart in case it should not have.
        let (number, mut bytes) = (first.number, first.bytes.clone());
        let mut lines = vec![first];
        while scan.open_quote() {
            let next = self.lines.next()?;
            let too_long = next.as_ref().is_some_and(|line| line.cut || bytes.len() + line.bytes.len() > MAX_ROW_BYTES);
            match next {
                Some(line) if !too_long => {
                    scan.line(&line.bytes);
                    bytes.extend_from_slice(&line.bytes);
                    lines.push(line);
                }
                next => {
                    let to_end = next.is_none();
                    self.lines.take_back(next.into_iter());
                    return Ok(self.broken_quote(lines, scan.cell_start, Why::QuoteOpen { to_end }));
                }
            }
        }
        Ok(self.finished(number, bytes, scan, lines))
    }

    fn finished(&mut self, line: u64, bytes: Vec<u8>, scan: Scan, lines: Vec<Line>) -> Next {
        if let Some(at) = scan.after_quote {
            // Text after a quote that closed on a later line: most likely it was not the closing one.
            let why = if bytes[scan.cell_start..at].contains(&b'\n') {
                Why::QuoteOpen { to_end: false }
            } else {
                Why::AfterQuote
            };
            let lines = if lines.is_empty() { vec![Line { number: line, bytes, cut: false }] } else { lines };
            let at = if why == Why::AfterQuote { at } else { scan.cell_start };
            return self.broken_quote(lines, at, why);
        }
        match String::from_utf8(bytes) {
            Ok(text) => Next::Record(Record { line, text, cells: scan.cells }),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let before = bytes[..at].iter().filter(|&&byte| byte == b'\n').count();
                let start = bytes[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
                let rest = bytes[start..].split_inclusive(|&byte| byte == b'\n').next().unwrap_or_default();
                let line = Line { number: line + before as u64, bytes: rest.to_vec(), cut: false };
                Next::Broken(broken(&line, at - start, Why::NotUtf8))
            }
        }
    }

    /// Names the line on which the slip at byte `at` of the row is, and gives back the lines after it.
    fn broken_quote(&mut self, lines: Vec<Line>, at: usize, why: Why) -> Next {
        let mut before = 0;
        let mut lines = lines.into_iter();
        for line in lines.by_ref() {
            if at < before + line.bytes.len() {
                let found = broken(&line, at - before, why);
                self.lines.take_back(lines);
                return Next::Broken(found);
            }
            before += line.bytes.len();
        }
        Next::End
    }
}

fn broken(line: &Line, at: usize, why: Why) -> Broken {
    let before = String::from_utf8_lossy(&line.bytes[..at]).len();
    Broken { line: line.number, why, text: String::from_utf8_lossy(&line.bytes).into_owned(), at: before }
}

/// The state between two bytes.
#[derive(Clone, Copy, PartialEq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    /// After a quote within quotes: the closing one, or the first of two.
    Quote,
    RowEnd,
}

/// Takes one row apart, line by line.
struct Scan {
    delimiter: u8,
    state: State,
    at: usize,
    cell_start: usize,
    /// The last quote that may be the closing one.
    closing_quote: usize,
    escaped: bool,
    cells: Vec<Span>,
    /// Where text follows a closing quote.
    after_quote: Option<usize>,
}

impl Scan {
    fn new(delimiter: u8) -> Self {
        let cells = Vec::with_capacity(32);
        Self {
            delimiter,
            state: State::CellStart,
            at: 0,
            cell_start: 0,
            closing_quote: 0,
            escaped: false,
            cells,
            after_quote: None,
        }
    }

    fn open_quote(&self) -> bool {
        self.state == State::Quoted
    }

    fn line(&mut self, bytes: &[u8]) {
        let start = self.at;
        for (offset, &byte) in bytes.iter().enumerate() {
            self.at = start + offset;
            match (self.state, byte) {
                (State::CellStart, b'"') => self.state = State::Quoted,
                (State::Quoted, b'"') => {
                    self.closing_quote = self.at;
                    self.state = State::Quote;
                }
                (State::Quote, b'"') => {
                    self.escaped = true;
                    self.state = State::Quoted;
                }
                (State::Quoted, _) => {}
                (_, byte) if byte == self.delimiter => {
                    self.end_cell(self.at);
                    self.cell_start = self.at + 1;
                    self.state = State::CellStart;
                }
                (_, b'\n') => {
                    self.end_cell(self.at);
                    self.state = State::RowEnd;
                }
                (_, b'\r') if bytes.get(offset + 1).is_none_or(|&next| next == b'\n') => {
                    self.end_cell(self.at);
                    self.state = State::RowEnd;
                    return;
                }
                (State::Quote, b' ') => {} // `"Bar" ,`: harmless
                (State::Quote, _) => {
                    self.after_quote = Some(self.at);
                    return;
                }
                (State::CellStart | State::Plain | State::RowEnd, _) => self.state = State::Plain,
            }
        }
        self.at = start + bytes.len();
        if matches!(self.state, State::CellStart | State::Plain | State::Quote) {
            self.end_cell(self.at); // the last line of a file without a line end
            self.state = State::RowEnd;
        }
    }

    fn end_cell(&mut self, end: usize) {
        let outer = self.cell_start..end;
        let inner = if self.state == State::Quote { outer.start + 1..self.closing_quote } else { outer.clone() };
        self.cells.push(Span { outer, inner, escaped: self.escaped });
        self.escaped = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as `line: cell|cell`, slips as `line! why`.
    fn read(text: &str) -> Vec<String> {
        let mut records = Records::new(Lines::new(text.as_bytes()));
        let mut seen = Vec::new();
        loop {
            match records.next() {
                Ok(Next::Record(row)) => {
                    let cells: Vec<_> = (0..row.len()).map(|at| row.cell(at).into_owned()).collect();
                    seen.push(format!("{}: {}", row.line, cells.join("|")));
                }
                Ok(Next::Broken(broken)) => seen.push(format!("{}! {:?} at {}", broken.line, broken.why, broken.at)),
                Ok(Next::End) | Err(_) => return seen,
            }
        }
    }

    #[test]
    fn quotes_line_breaks_and_line_ends() {
        let text = "a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\r\n\"two\r\nlines\",5\" nails\r\nlast,";
        assert_eq!(read(text), ["1: a|b", "2: x, y|say \"hi\"", "3: two\r\nlines|5\" nails", "5: last|"]);
    }

    #[test]
    fn a_slip_with_a_quote_stays_in_its_row() {
        assert_eq!(read("a,\"Bar\"z,c\nd,e\n"), ["1! AfterQuote at 7", "2: d|e"]);
        assert_eq!(read("a,\"Bar\nb,c\nd,\"e\"\n"), ["1! QuoteOpen { to_end: false } at 2", "2: b|c", "3: d|e"]);
        assert_eq!(read("a,b\nc,\"d\ne,f\n"), ["1: a|b", "2! QuoteOpen { to_end: true } at 2", "3: e|f"]);
    }
}
