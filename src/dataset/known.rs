//! Which rows there are: what a reference may lead to, and which code was probably meant by one that leads nowhere.

use super::cells::{fold, nearest};
use super::columns::Table;
use std::cell::Cell;
use std::collections::HashMap;

/// How many codes may be compared with misspelt ones while a folder is read. Among a million ids one search takes a
/// second, so a file full of misspelt ids must not ask a thousand times.
const COMPARISONS: usize = 5_000_000;

/// The ids and codes of all files read so far.
#[derive(Debug)]
pub(super) struct Known {
    tables: [Rows; Table::ALL.len()],
    comparisons_left: Cell<usize>,
}

#[derive(Debug, Default)]
struct Rows {
    by_key: HashMap<Box<str>, Entry>,
    rejected: bool,
}

#[derive(Debug)]
struct Entry {
    line: u64,
    standing: Standing,
}

/// Whether a row is in the directory.
#[derive(Clone, Debug)]
pub(super) enum Standing {
    There,
    /// It has an error of its own.
    LeftOut,
    /// It leads to another row that is not there.
    Follows(Box<Consequence>),
}

/// Why a row that is right in itself cannot stand.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Consequence {
    /// It leads, perhaps by way of others, to a row with an error.
    LeftOut(Table, String),
    /// It leads into a file that could not be read.
    Unknown,
}

/// What a reference leads to.
#[derive(Debug, PartialEq)]
pub(super) enum Leads {
    ToARow,
    ToLeftOut(Consequence),
    Nowhere,
}

impl Default for Known {
    fn default() -> Self {
        Self { tables: std::array::from_fn(|_| Rows::default()), comparisons_left: Cell::new(COMPARISONS) }
    }
}

impl Known {
    pub(super) fn add(&mut self, table: Table, key: &str, line: u64, standing: Standing) {
        self.tables[table as usize].by_key.insert(key.into(), Entry { line, standing });
    }

    /// The row is there no more.
    pub(super) fn leave_out(&mut self, table: Table, key: &str, standing: Standing) {
        if let Some(entry) = self.tables[table as usize].by_key.get_mut(key) {
            entry.standing = standing;
        }
    }

    /// Nothing is known of a file's rows.
    pub(super) fn reject(&mut self, table: Table) {
        self.tables[table as usize].rejected = true;
    }

    /// The line of the first row with this id.
    pub(super) fn line_of(&self, table: Table, key: &str) -> Option<u64> {
        self.tables[table as usize].by_key.get(key).map(|entry| entry.line)
    }

    pub(super) fn leads(&self, table: Table, key: &str) -> Leads {
        let rows = &self.tables[table as usize];
        match rows.by_key.get(key).map(|entry| &entry.standing) {
            Some(Standing::There) => Leads::ToARow,
            _ if rows.rejected => Leads::ToLeftOut(Consequence::Unknown),
            Some(Standing::LeftOut) => Leads::ToLeftOut(Consequence::LeftOut(table, key.to_string())),
            Some(Standing::Follows(cause)) => Leads::ToLeftOut(Consequence::clone(cause)),
            None => Leads::Nowhere,
        }
    }

    pub(super) fn has(&self, table: Table, key: &str) -> bool {
        self.leads(table, key) == Leads::ToARow
    }

    /// The key that differs only in capitals and in the signs between words: `Peer support` for `peer_support`.
    pub(super) fn same(&self, table: Table, text: &str) -> Option<String> {
        let folded = fold(text);
        [folded.replace('_', "-"), folded].into_iter().find(|key| self.has(table, key))
    }

    /// The key that was probably meant; of equally near ones the first in the alphabet.
    pub(super) fn nearest(&self, table: Table, text: &str) -> Option<&str> {
        let keys = &self.tables[table as usize].by_key;
        let left = self.comparisons_left.get().checked_sub(keys.len())?;
        self.comparisons_left.set(left);
        let most = text.len() / 3 + 1;
        let mut candidates: Vec<&str> =
            keys.keys().map(|key| &**key).filter(|key| key.len().abs_diff(text.len()) <= most).collect();
        candidates.sort_unstable();
        nearest(text, candidates.into_iter())
    }
}
