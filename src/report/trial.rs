//! A file that somebody tries: what is wrong with it, and what it would change row by row. Nothing is changed, kept or
//! written: the file is in memory while this is worked out, and then it is gone.
//!
//! What is served of a confidential location is told to nobody, so rows of `locations.csv` that are confidential, here or
//! there, are counted and not compared.

use crate::dataset::columns::Table;
use crate::dataset::rowwise::{self, ColumnChange};
use crate::dataset::{self, DatasetError, Given, LastGood, Reading};
use crate::diagnostic::Problem;
use crate::index::{self, Snapshot};
use crate::model::{Location, Session};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use thiserror::Error;

/// The files of a directory that is looked through for one trial may have so many bytes in all: everything is read for
/// it, and whoever waits should not wait long. A directory of 100,000 services is about this large.
pub const MOST_FOLDER_BYTES: u64 = 64 * 1024 * 1024;

/// What came of it.
#[derive(Debug)]
pub struct Trial {
    pub file: &'static str,
    /// Rows that were found, and those that would be left out.
    pub rows: usize,
    pub left_out: usize,
    /// What is wrong with the file.
    pub problems: Vec<Problem>,
    /// What would be wrong with other files because of it.
    pub elsewhere: Vec<Problem>,
    /// Why the server would not take the file, one sentence each; empty if it would.
    pub kept_back: Vec<String>,
    pub changes: RowChanges,
}

/// How the rows differ from those that are served.
#[derive(Debug, Default, PartialEq)]
pub struct RowChanges {
    pub added: Vec<RowName>,
    pub changed: Vec<ChangedRow>,
    pub removed: Vec<RowName>,
    pub unchanged: usize,
    /// Confidential rows, which are not compared.
    pub not_compared: usize,
}

/// A row by its id, or by its cells where it has none.
#[derive(Clone, Debug, PartialEq)]
pub struct RowName {
    pub id: String,
    pub name: String,
}

/// A row that would change.
#[derive(Debug, PartialEq)]
pub struct ChangedRow {
    pub row: RowName,
    pub columns: Vec<ColumnChange>,
}

/// Why nothing can be tried.
#[derive(Debug, Error)]
pub enum CannotTry {
    #[error("the directory is too large to be looked through here")]
    TooLarge,
    #[error(transparent)]
    Folder(#[from] DatasetError),
}

/// Reads the folder with this file in the place of its own, and compares it with what is served.
///
/// # Errors
/// The folder cannot be read, or is too large.
pub fn trial(folder: &Path, snapshot: &Snapshot, table: Table, bytes: &[u8]) -> Result<Trial, CannotTry> {
    let file = table.file().name;
    if bytes_in(folder) > MOST_FOLDER_BYTES {
        return Err(CannotTry::TooLarge);
    }
    let reading = dataset::read_with(folder, Some(Given { file, bytes }), snapshot)?;
    let found = reading.files.iter().find(|reading| reading.name == file);
    let (rows, left_out) = found.map_or((0, 0), |found| (found.rows, found.left_out));
    let rejected = found.is_some_and(|found| found.rejected);
    let kept_back = index::reasons_to_keep_back(&reading, Some(snapshot), false);
    // The rows of a file that cannot be used are whatever could be read of it: no differences to speak of.
    let changes = if rejected { RowChanges::default() } else { changes(table, &reading, snapshot) };
    let known: HashSet<(&str, &str, &str)> = snapshot.problems().iter().map(fingerprint).collect();
    let elsewhere = reading.problems.iter().filter(|problem| problem.file != file);
    let elsewhere = elsewhere.filter(|problem| !known.contains(&fingerprint(problem))).cloned().collect();
    let mut problems: Vec<Problem> = reading.problems.iter().filter(|problem| problem.file == file).cloned().collect();
    // A guess at a location must not be helped to one that is confidential.
    problems.iter_mut().filter(|problem| problem.column.as_deref() == Some("location_id")).for_each(|problem| {
        problem.help = None;
    });
    Ok(Trial { file, rows, left_out, problems, elsewhere, kept_back, changes })
}

fn bytes_in(folder: &Path) -> u64 {
    let bytes = |name: &str| std::fs::metadata(folder.join(name)).map_or(0, |facts| facts.len());
    dataset::file_names().map(bytes).sum()
}

/// A problem without its line: a row above it may have come or gone.
fn fingerprint(problem: &Problem) -> (&str, &str, &str) {
    (&problem.file, &problem.code, &problem.message)
}

fn changes(table: Table, reading: &Reading, snapshot: &Snapshot) -> RowChanges {
    let (now, then) = (&reading.directory, snapshot.vocabulary());
    let numbers = |count: usize| 0..count;
    match table {
        Table::Organisations => {
            let ids = snapshot.organisations(0, usize::MAX).into_iter().map(|row| row.id);
            let before = ids.filter_map(|id| LastGood::organisation(snapshot, &id)).collect();
            compare(before, &now.organisations, |row| (row.id.to_string(), row.name.clone()))
        }
        Table::Services => {
            let rows = numbers(snapshot.counts().services).filter_map(|number| snapshot.service_row(number));
            compare(rows.collect(), &now.services, |row| (row.id.to_string(), row.name.clone()))
        }
        Table::Locations => locations(&now.locations, snapshot),
        Table::Sessions => {
            let records = numbers(snapshot.counts().services).filter_map(|number| snapshot.record(number));
            sessions(records.flat_map(|record| record.sessions).collect(), &now.sessions, snapshot)
        }
        Table::Areas => compare(then.areas.clone(), &now.areas, |row| (row.id.to_string(), row.name.clone())),
        Table::Categories => {
            compare(then.categories.clone(), &now.categories, |row| (row.code.to_string(), row.name.clone()))
        }
        Table::Audiences => {
            compare(then.audiences.clone(), &now.audiences, |row| (row.code.to_string(), row.name.clone()))
        }
        Table::Goals => compare(then.goals.clone(), &now.goals, |row| (row.code.to_string(), row.name.clone())),
        Table::Funds => compare(then.funds.clone(), &now.funds, |row| (row.id.to_string(), row.name.clone())),
        Table::GoalCategories => whole(then.goal_categories.clone(), &now.goal_categories),
        Table::Thesaurus => whole(then.thesaurus.clone(), &now.thesaurus),
        Table::Crisis => whole(then.crisis.clone(), &now.crisis),
        Table::BankHolidays => whole(then.bank_holidays.clone(), &now.bank_holidays),
    }
}

/// Confidential rows are set aside first: a guess at one is not told whether it was right.
fn locations(now: &[Location], snapshot: &Snapshot) -> RowChanges {
    let rows = (0..snapshot.counts().locations).filter_map(|number| snapshot.location_row(number as u32));
    let (hidden, before): (Vec<Location>, Vec<Location>) = rows.partition(|row| row.confidential);
    let is_hidden = |row: &Location| row.confidential || hidden.iter().any(|other| other.id == row.id);
    let after: Vec<Location> = now.iter().filter(|row| !is_hidden(row)).cloned().collect();
    let becomes_hidden: HashSet<&str> = now.iter().filter(|row| row.confidential).map(|row| row.id.as_str()).collect();
    let before = before.into_iter().filter(|row| !becomes_hidden.contains(row.id.as_str())).collect();
    let not_compared = now.iter().filter(|row| is_hidden(row)).count();
    RowChanges { not_compared, ..compare(before, &after, |row| (row.id.to_string(), row.name.clone())) }
}

/// The id of a confidential location may tell where it is, so sessions there are compared and shown without it.
fn sessions(before: Vec<Session>, after: &[Session], snapshot: &Snapshot) -> RowChanges {
    let rows = (0..snapshot.counts().locations).filter_map(|number| snapshot.location_row(number as u32));
    let hidden: HashSet<String> = rows.filter(|row| row.confidential).map(|row| row.id.to_string()).collect();
    let without = |session: Session| {
        let location_id = session.location_id.filter(|id| !hidden.contains(id.as_str()));
        Session { location_id, ..session }
    };
    let after: Vec<Session> = after.iter().cloned().map(without).collect();
    whole(before.into_iter().map(without).collect(), &after)
}

/// Compares rows by their ids.
fn compare<T: Serialize>(before: Vec<T>, after: &[T], name: impl Fn(&T) -> (String, String)) -> RowChanges {
    let mut before: BTreeMap<String, T> = before.into_iter().map(|row| (name(&row).0, row)).collect();
    let mut changes = RowChanges::default();
    for row in after {
        let (id, called) = name(row);
        let named = RowName { id: id.clone(), name: called };
        match before.remove(&id) {
            None => changes.added.push(named),
            Some(old) => match rowwise::columns(&old, row) {
                columns if columns.is_empty() => changes.unchanged += 1,
                columns => changes.changed.push(ChangedRow { row: named, columns }),
            },
        }
    }
    changes.removed = before.iter().map(|(id, row)| RowName { id: id.clone(), name: name(row).1 }).collect();
    changes
}

/// Compares rows that have no id: one whose cells are not there as they are is gone or new.
fn whole<T: Serialize>(before: Vec<T>, after: &[T]) -> RowChanges {
    let text = |row: &T| {
        let cells = rowwise::cells(row);
        cells.into_iter().map(|(_, cell)| cell).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in &before {
        *counts.entry(text(row)).or_default() += 1;
    }
    let named = |text: String| RowName { id: String::new(), name: text };
    let mut changes = RowChanges::default();
    for text in after.iter().map(text) {
        match counts.get_mut(&text).filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                changes.unchanged += 1;
            }
            None => changes.added.push(named(text)),
        }
    }
    let gone = counts.into_iter().flat_map(|(text, count)| std::iter::repeat_n(text, count));
    changes.removed = gone.map(named).collect();
    changes
}

/// The file that a name stands for: its own, or one that was saved as a copy, such as `services (2).csv`.
pub fn table_of(name: &str) -> Option<Table> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    let stem = name.strip_suffix(".csv").unwrap_or(&name);
    let is_of = |table: &&Table| {
        let own = table.file().name.trim_end_matches(".csv");
        stem.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '(', '-', '.', '_']))
    };
    Table::ALL.iter().find(is_of).copied()
}

#[cfg(test)]
mod tests {
    use super::table_of;
    use crate::dataset::columns::Table;

    #[test]
    fn a_copy_of_a_file_is_known_by_its_name() {
        assert_eq!(table_of("services.csv"), Some(Table::Services));
        assert_eq!(table_of("C:\\Users\\me\\Services (2).CSV"), Some(Table::Services));
        assert_eq!(table_of("goal_categories.csv"), Some(Table::GoalCategories));
        assert_eq!(table_of("goals-new.csv"), Some(Table::Goals));
        assert_eq!(table_of("servicesofall.csv"), None);
        assert_eq!(table_of(""), None);
    }
}
