//! Reads one file after another: every good row, the last good version of bad ones, and what became of each file.
//!
//! Files are read in such an order that whatever a row leads to is already known, so that one pass is enough and a
//! directory of any size is never in memory twice.

use super::catalogue::{
    DUPLICATE, LEFT_OUT_WITH, MISSING_FILE, MOST_ROWS_BAD, TOO_BIG, TOO_MANY_CELLS, UNREADABLE_FILE,
};
use super::columns::Table;
use super::known::{Consequence, Known, Standing};
use super::lines::Lines;
use super::problems::{Finding, Problems, Spot, excerpt};
use super::records::{Next, Record, Records, Why};
use super::row::Row;
use super::table::{Header, delimiter, header, report_broken, sniff};
use super::{FileReading, Given, LastGood};
use crate::model::Id;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The most rows of one file: five times a nation's directory.
const MAX_ROWS: usize = 5_000_000;
/// A file is not rejected for fewer bad rows than this, unless none is good: one slip in a file of one row is no wrong
/// file.
const FEW_ROWS: usize = 4;

/// A row that can be read.
pub(super) trait FromRow: Sized {
    const TABLE: Table;

    /// Reads the row; `None`, or errors of the row, if it cannot be used. Everything that is wrong is reported.
    fn from_row(row: &mut Row) -> Option<Self>;

    /// The last good version of the row with this id.
    fn last_good(_last_good: &dyn LastGood, _key: &str) -> Option<Self> {
        None
    }

    /// What no two rows may share, in a file whose rows have no id.
    fn pair(&self) -> Option<String> {
        None
    }

    /// Whether everything it leads to is there.
    fn stands(&self, _known: &Known) -> bool {
        true
    }
}

/// What has been read so far.
pub(super) struct Reader<'a> {
    pub(super) folder: &'a Path,
    given: Option<Given<'a>>,
    pub(super) last_good: &'a dyn LastGood,
    pub(super) problems: Problems,
    pub(super) known: Known,
    pub(super) files: Vec<FileReading>,
    /// Where rows of the file read last name their parents, by id.
    pub(super) parents: HashMap<String, Spot>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(folder: &'a Path, given: Option<Given<'a>>, last_good: &'a dyn LastGood) -> Self {
        Self {
            folder,
            given,
            last_good,
            problems: Problems::default(),
            known: Known::default(),
            files: Vec::new(),
            parents: HashMap::new(),
        }
    }

    /// Reads a file whole.
    pub(super) fn read<T: FromRow>(&mut self) -> Vec<T> {
        let table = T::TABLE;
        let mut reading = FileReading::new(table.file().name);
        self.parents.clear();
        let mut rows = Vec::new();
        match self.open(table.file().name) {
            Ok(file) => {
                if let Err(error) = self.read_open(file, &mut reading, &mut rows) {
                    self.unreadable(&mut reading, &error);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                reading.rejected = table.file().required;
                if reading.rejected {
                    let finding = Finding::new(&MISSING_FILE, "the file is missing");
                    let help = "put it into the folder; a header line alone is enough to begin with";
                    self.problems.add(table.file().name, finding.help(help), Spot::default);
                }
            }
            Err(error) => self.unreadable(&mut reading, &error),
        }
        if reading.rejected {
            self.known.reject(table);
        }
        self.files.push(reading);
        rows
    }

    /// The file that was given under this name, or the one in the folder.
    fn open(&self, name: &str) -> io::Result<Box<dyn Read + 'a>> {
        match self.given.filter(|given| given.file == name) {
            Some(given) => Ok(Box::new(given.bytes)),
            None => Ok(Box::new(File::open(self.folder.join(name))?)),
        }
    }

    fn unreadable(&mut self, reading: &mut FileReading, error: &io::Error) {
        reading.rejected = true;
        let finding = Finding::new(&UNREADABLE_FILE, format!("the file cannot be read: {error}"));
        let help = "check that it is an ordinary file and that you may read it";
        self.problems.add(&reading.name, finding.help(help), Spot::default);
    }

    fn read_open<T: FromRow>(
        &mut self,
        file: Box<dyn Read + 'a>,
        reading: &mut FileReading,
        rows: &mut Vec<T>,
    ) -> io::Result<()> {
        let mut lines = Lines::new(file);
        if let Some(finding) = sniff(&mut lines)? {
            self.problems.add(&reading.name, finding, Spot::default);
            reading.rejected = true;
            reading.sha256 = lines.finish()?;
            return Ok(());
        }
        let separator = delimiter(&mut lines)?;
        let mut records = Records::new(lines);
        records.delimiter = separator;
        match header(&mut records, T::TABLE, &mut self.problems)? {
            Some(header) => self.read_rows(&mut records, &header, reading, rows)?,
            None => reading.rejected = true,
        }
        reading.sha256 = records.finish()?;
        Ok(())
    }

    fn read_rows<T: FromRow>(
        &mut self,
        records: &mut Records<Box<dyn Read + 'a>>,
        header: &Header,
        reading: &mut FileReading,
        rows: &mut Vec<T>,
    ) -> io::Result<()> {
        let mut bad = 0;
        let mut consequences = Consequences::default();
        loop {
            match records.next()? {
                Next::End => break,
                Next::Record(record) if record.is_blank() => {}
                Next::Record(_) if reading.rows == MAX_ROWS => {
                    let finding = Finding::new(&TOO_BIG, format!("the file has more than {MAX_ROWS} rows"));
                    self.problems.add(&reading.name, finding, Spot::default);
                    reading.rejected = true;
                    break;
                }
                Next::Record(record) => {
                    reading.rows += 1;
                    match self.read_row(&record, header) {
                        Outcome::Good(row) => rows.push(row),
                        Outcome::KeptLastGood(row) => {
                            bad += 1;
                            rows.push(row);
                        }
                        Outcome::Bad => {
                            bad += 1;
                            reading.left_out += 1;
                        }
                        Outcome::Follows(consequence) => {
                            reading.left_out += 1;
                            consequences.add(consequence, record.line);
                        }
                    }
                }
                Next::Broken(broken) => {
                    let first_problem = self.problems.len();
                    report_broken(T::TABLE, &broken, &mut self.problems);
                    if broken.why == Why::NotUtf8 {
                        reading.rejected = true;
                        break; // every other letter of the file would be named too
                    }
                    reading.rows += 1;
                    bad += 1;
                    reading.rejected |= broken.why == Why::QuoteOpen { to_end: true };
                    let first_cell = broken.text.split(char::from(records.delimiter)).next().unwrap_or_default();
                    let first_cell = first_cell.trim().trim_matches('"');
                    match self.stand_in(header, first_cell, broken.line, first_problem) {
                        Some(last) => rows.push(last),
                        None => reading.left_out += 1,
                    }
                }
            }
        }
        consequences.report(T::TABLE, &self.known, &mut self.problems);
        let none_good = bad == reading.rows && T::TABLE.file().required;
        if bad * 2 > reading.rows && (bad >= FEW_ROWS || none_good) {
            let finding = Finding::new(&MOST_ROWS_BAD, format!("{bad} of {} rows have errors", reading.rows));
            let help = "look at the first few: most likely they have one cause, such as a column that has slipped";
            self.problems.add(&reading.name, finding.help(help), Spot::default);
            reading.rejected = true;
        }
        Ok(())
    }

    fn read_row<T: FromRow>(&mut self, record: &Record, header: &Header) -> Outcome<T> {
        let table = T::TABLE;
        let first_problem = self.problems.len();
        if (header.width..record.len()).any(|at| !record.cell(at).trim().is_empty()) {
            self.too_many_cells(table, record, header);
            return match self.stand_in(header, record.cell(0).trim(), record.line, first_problem) {
                Some(last) => Outcome::KeptLastGood(last),
                None => Outcome::Bad,
            };
        }
        let mut row = Row::new(table, record, header, &self.known, &mut self.problems);
        let key = row.row_id().map(str::to_string);
        if let Some(key) = &key
            && let Some(first) = self.known.line_of(table, key)
        {
            let finding = Finding::new(&DUPLICATE, format!("`{key}` is already the id of line {first}"));
            row.wrong(table.file().columns[0].name, finding.help("give one of the two another id, or remove it"));
            return Outcome::Bad; // the first row keeps the id, good or bad
        }
        let made = T::from_row(&mut row);
        let pair = made.as_ref().and_then(T::pair);
        if let Some(pair) = &pair
            && let Some(first) = self.known.line_of(table, pair)
        {
            let finding = Finding::new(&DUPLICATE, format!("`{pair}` is already in line {first}"));
            row.wrong(table.file().columns[0].name, finding.help("remove one of the two"));
        }
        let (errors, consequence, parent) = (row.errors, row.consequence.take(), row.parent.take());
        let Some(key) = key else {
            if let Some(pair) = pair.filter(|_| errors == 0) {
                self.known.add(table, &pair, record.line, Standing::There);
            }
            return match made {
                Some(made) if errors == 0 && consequence.is_none() => Outcome::Good(made),
                _ if errors > 0 => Outcome::Bad,
                _ => consequence.map_or(Outcome::Bad, Outcome::Follows),
            };
        };
        if let Some(made) = made
            && errors == 0
            && consequence.is_none()
        {
            self.known.add(table, &key, record.line, Standing::There);
            if let Some(parent) = parent {
                self.parents.insert(key, parent);
            }
            return Outcome::Good(made);
        }
        if errors == 0
            && let Some(consequence) = consequence
        {
            self.known.add(table, &key, record.line, Standing::Follows(Box::new(consequence.clone())));
            return Outcome::Follows(consequence);
        }
        match self.last_good(&key, record.line, first_problem) {
            Some(last) => Outcome::KeptLastGood(last),
            None => Outcome::Bad,
        }
    }

    /// The last good version of a row with an error, if there is one and everything it leads to is there; its problems
    /// from number `first_problem` on say so.
    fn last_good<T: FromRow>(&mut self, key: &str, line: u64, first_problem: usize) -> Option<T> {
        let last = T::last_good(self.last_good, key).filter(|last| last.stands(&self.known));
        let standing = if last.is_some() { Standing::There } else { Standing::LeftOut };
        self.known.add(T::TABLE, key, line, standing);
        if last.is_some() {
            self.problems.mark_kept(first_problem);
        }
        last
    }

    /// The same for a row that could not be taken apart, of which only the first cell can be trusted.
    fn stand_in<T: FromRow>(&mut self, header: &Header, key: &str, line: u64, first_problem: usize) -> Option<T> {
        let is_key = T::TABLE.file().has_key() && header.positions[0] == Some(0) && Id::new(key).is_ok();
        if !is_key || self.known.line_of(T::TABLE, key).is_some() {
            return None;
        }
        self.last_good(key, line, first_problem)
    }

    fn too_many_cells(&mut self, table: Table, record: &Record, header: &Header) {
        let count = (0..record.len()).rev().find(|&at| !record.cell(at).trim().is_empty()).map_or(0, |at| at + 1);
        let finding = Finding::new(&TOO_MANY_CELLS, format!("the row has {count} cells, the header {}", header.width))
            .help("put `\"` around the text that has a comma in it");
        let discreet = table == Table::Locations; // which of its cells says `confidential` is unclear
        self.problems.add(table.file().name, finding, || {
            let cell = record.span(header.width);
            let line = Some(record.line_at(cell.start));
            Spot { line, excerpt: (!discreet).then(|| excerpt(&record.text, cell)), ..Spot::default() }
        });
    }
}

/// What became of a row.
enum Outcome<T> {
    Good(T),
    KeptLastGood(T),
    Bad,
    /// It is right in itself, but what it leads to is not there.
    Follows(Consequence),
}

/// Rows left out with others, reported once for each of those.
#[derive(Default)]
pub(super) struct Consequences {
    found: Vec<(Consequence, u64, usize)>,
    by_cause: HashMap<Consequence, usize>,
}

impl Consequences {
    pub(super) fn add(&mut self, cause: Consequence, line: u64) {
        let at = *self.by_cause.entry(cause.clone()).or_insert_with(|| {
            self.found.push((cause, line, 0));
            self.found.len() - 1
        });
        self.found[at].2 += 1;
    }

    /// Rows that lead into a file that could not be read are not reported: that file is.
    pub(super) fn report(self, of: Table, known: &Known, problems: &mut Problems) {
        for (cause, line, count) in self.found {
            let Consequence::LeftOut(table, key) = cause else { continue };
            let one = count == 1;
            let rows = if one { "this row is".to_string() } else { format!("{count} rows from here on are") };
            let back = if one { "it comes back by itself" } else { "they come back by themselves" };
            let what = table.one_row();
            let finding = Finding::new(&LEFT_OUT_WITH, format!("{rows} left out, because the {what} `{key}` is"));
            let cause_line = known.line_of(table, &key).unwrap_or_default();
            let help = format!("correct {} line {cause_line}, and {back}", table.file().name);
            problems.add(of.file().name, finding.help(help), || Spot::line(line));
        }
    }
}
