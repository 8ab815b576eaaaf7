//! What came and what is there → new files: a row that was imported before is updated in its place, new ones come last,
//! and nobody else's row is touched.
//!
//! Each column has an owner. What the source says of *its* columns wins over what is there; *the team's* columns are
//! filled only while they are empty. A column about which the source says nothing stays as it is.

use super::csv_file::{CsvFile, Next};
use super::incoming::Arrived;
use super::report::{Counts, shown};
use super::row::Row;
use super::table::Table as Rows;
use crate::dataset::columns::Table;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The team's own columns: what somebody here found out, decided or checked.
const TEAMS: [&str; 18] = [
    "categories",
    "referral",
    "bring",
    "only_for",
    "welcomes",
    "convictions",
    "convictions_note",
    "delivery",
    "led_by",
    "setting",
    "places",
    "wait_weeks",
    "covers",
    "notice",
    "confidential",
    "accessibility",
    "under_18s",
    "getting_here",
];

/// Where differences are told: a line for each row and column.
pub type Differences<'a> = dyn Write + 'a;

/// What is there and what came, made into one row.
fn merged(there: &Row, came: &Row) -> Row {
    let mut row = there.clone();
    for column in there.table.file().columns {
        let (old, new) = (there.get(column.name), came.get(column.name));
        let keeps = match column.name {
            "id" | "source" | "source_id" => !old.is_empty(),
            // The later of two days on which somebody looked. One that came before is not news.
            "checked_on" => new <= old,
            // Both texts are cut from one description: they change together.
            "summary" => came.get("description").is_empty() && new.is_empty(),
            "description" if there.table == Table::Services => new.is_empty() && came.get("summary").is_empty(),
            name if TEAMS.contains(&name) => !old.is_empty(),
            _ => new.is_empty(),
        };
        if !keeps {
            row.set(column.name, new);
        }
    }
    row
}

/// A file of ours as it is, and how to write to its like.
struct Writer {
    out: BufWriter<File>,
    columns: Vec<String>,
    delimiter: u8,
    line_end: &'static str,
}

impl Writer {
    /// Begins a file with the header of another, and the columns of ours that it lacks.
    fn beginning_like(file: &CsvFile, table: Table, path: &Path) -> io::Result<(Self, bool)> {
        let mut columns = file.columns.clone();
        let missing = table.file().columns.iter().filter(|column| !file.columns.iter().any(|name| name == column.name));
        columns.extend(missing.map(|column| column.name.to_string()));
        let same = columns.len() == file.columns.len();
        let line_end = if file.has_crlf() { "\r\n" } else { "\n" };
        let mut writer =
            Self { out: BufWriter::new(File::create(path)?), columns, delimiter: file.delimiter(), line_end };
        if same {
            writer.raw(&file.header)?;
        } else {
            let names = writer.columns.clone();
            writer.cells(names.iter().map(String::as_str))?;
        }
        Ok((writer, same))
    }

    /// A record as it stood.
    fn raw(&mut self, record: &[u8]) -> io::Result<()> {
        self.out.write_all(record)?;
        if record.ends_with(b"\n") { Ok(()) } else { self.out.write_all(self.line_end.as_bytes()) }
    }

    /// A row, with the cells of columns that are not ours as they were.
    fn row(&mut self, row: &Row, others: &HashMap<String, String>) -> io::Result<()> {
        let is_ours = |name: &str| row.table.file().columns.iter().any(|column| column.name == name);
        let columns = self.columns.clone();
        let cells = columns
            .iter()
            .map(|name| if is_ours(name) { row.get(name) } else { others.get(name).map_or("", String::as_str) });
        self.cells(cells)
    }

    fn cells<'c>(&mut self, cells: impl Iterator<Item = &'c str>) -> io::Result<()> {
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                self.out.write_all(&[self.delimiter])?;
            }
            let quote = cell.bytes().any(|byte| byte == self.delimiter || b"\"\r\n".contains(&byte));
            if quote || cell.starts_with(' ') || cell.ends_with(' ') {
                write!(self.out, "\"{}\"", cell.replace('"', "\"\""))?;
            } else {
                self.out.write_all(cell.as_bytes())?;
            }
        }
        self.out.write_all(self.line_end.as_bytes())
    }

    fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        self.out.get_ref().sync_all()
    }
}

/// The cells of a record by column, and the row that they make.
fn read_row(file: &CsvFile, table: Table, record: &[u8]) -> (Row, HashMap<String, String>) {
    let cells: HashMap<String, String> =
        file.columns.iter().cloned().zip(file.cells(record).into_iter().map(|cell| cell.trim().to_string())).collect();
    let mut row = Row::new(table);
    for column in table.file().columns {
        row.set(column.name, cells.get(column.name).cloned().unwrap_or_default());
    }
    (row, cells)
}

/// Writes the new file of a table whose rows have ids.
pub fn write_rows(
    there: &Path,
    into: &Path,
    arrived: &mut Arrived,
    counts: &mut Counts,
    differences: &mut Differences<'_>,
) -> io::Result<()> {
    let table = arrived.table;
    let mut file = CsvFile::open(there)?;
    let (mut writer, same_columns) = Writer::beginning_like(&file, table, into)?;
    let mut updated = HashSet::new();
    while let Some(record) = next(&mut file)? {
        let (row, others) = read_row(&file, table, &record);
        let came = if arrived.has(row.id()) { arrived.rows(row.id())?.into_iter().next() } else { None };
        let Some(came) = came.filter(|_| updated.insert(row.id().to_string())) else {
            if same_columns {
                writer.raw(&record)?
            } else {
                writer.row(&row, &others)?
            }
            continue;
        };
        let new = merged(&row, &came);
        if new == row {
            counts.unchanged += 1;
            if same_columns {
                writer.raw(&record)?
            } else {
                writer.row(&row, &others)?
            }
            continue;
        }
        counts.changed += 1;
        for column in table.file().columns {
            tell_change(table, row.id(), column.name, row.get(column.name), new.get(column.name), differences)?;
        }
        writer.row(&new, &others)?;
    }
    let new: Vec<String> = arrived.ids().filter(|id| !updated.contains(*id)).map(str::to_string).collect();
    for id in new {
        for row in arrived.rows(&id)?.into_iter().take(1) {
            counts.added += 1;
            writeln!(differences, "{} + {id}  {}", table.file().name, shown(row.get("name")))?;
            writer.row(&row, &HashMap::new())?;
        }
    }
    writer.finish()
}

/// Writes the new file of sessions: those of a service that came replace those that were there, but for hours that the
/// source does not state.
pub fn write_sessions(
    there: &Path,
    into: &Path,
    arrived: &mut Arrived,
    services: &mut Arrived,
    differences: &mut Differences<'_>,
) -> io::Result<()> {
    let table = Table::Sessions;
    let before = Rows::open(there, &["service_id"])?;
    let mut file = CsvFile::open(there)?;
    let (mut writer, same_columns) = Writer::beginning_like(&file, table, into)?;
    let mut written = HashSet::new();
    while let Some(record) = next(&mut file)? {
        let (row, others) = read_row(&file, table, &record);
        if !arrived.has(row.id()) {
            if same_columns {
                writer.raw(&record)?
            } else {
                writer.row(&row, &others)?
            }
            continue;
        }
        if !written.insert(row.id().to_string()) {
            continue;
        }
        let old: Vec<Row> = before.find("service_id", row.id())?.into_iter().map(|cells| session(&cells)).collect();
        let new = merged_sessions(&old, arrived.rows(row.id())?);
        tell_sessions(row.id(), &old, &new, differences)?;
        for row in new {
            writer.row(&row, &HashMap::new())?;
        }
    }
    let new: Vec<String> = services.ids().filter(|id| !written.contains(*id)).map(str::to_string).collect();
    for id in new {
        let rows = arrived.rows(&id)?;
        tell_sessions(&id, &[], &rows, differences)?;
        for row in rows {
            writer.row(&row, &HashMap::new())?;
        }
    }
    writer.finish()
}

fn session(cells: &super::table::Record) -> Row {
    let mut row = Row::new(Table::Sessions);
    for column in Table::Sessions.file().columns {
        row.set(column.name, cells.get(column.name).and_then(Value::as_str).unwrap_or_default());
    }
    row
}

/// The sessions that came; one without hours takes those that somebody here wrote down for the same place.
fn merged_sessions(old: &[Row], came: Vec<Row>) -> Vec<Row> {
    let mut new: Vec<Row> = Vec::new();
    for row in came {
        let place = row.get("location_id").to_string();
        let at_place: Vec<&Row> = old.iter().filter(|old| old.get("location_id") == place).collect();
        if row.get("opening_hours").is_empty() && at_place.iter().any(|old| !old.get("opening_hours").is_empty()) {
            new.extend(at_place.into_iter().filter(|old| !new.contains(*old)).cloned().collect::<Vec<_>>());
        } else {
            new.push(row);
        }
    }
    new
}

fn tell_change(
    table: Table,
    id: &str,
    column: &str,
    old: &str,
    new: &str,
    differences: &mut Differences<'_>,
) -> io::Result<()> {
    if old == new {
        return Ok(());
    }
    let old = if old.is_empty() { "(empty)".to_string() } else { format!("`{}`", shown(old)) };
    let new = if new.is_empty() { "(empty)".to_string() } else { format!("`{}`", shown(new)) };
    writeln!(differences, "{} ~ {id}  {column}: {old} → {new}", table.file().name)
}

fn tell_sessions(id: &str, old: &[Row], new: &[Row], differences: &mut Differences<'_>) -> io::Result<()> {
    let name = Table::Sessions.file().name;
    let words = |row: &Row| {
        let cells: Vec<&str> = row.cells()[1..].iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        shown(&cells.join(" · "))
    };
    for row in old.iter().filter(|row| !new.contains(row)) {
        writeln!(differences, "{name} - {id}  {}", words(row))?;
    }
    for row in new.iter().filter(|row| !old.contains(row)) {
        writeln!(differences, "{name} + {id}  {}", words(row))?;
    }
    Ok(())
}

/// The next record, as it stands; a line that is none is kept as it is.
fn next(file: &mut CsvFile) -> io::Result<Option<Vec<u8>>> {
    match file.next()? {
        Next::Record(record) => Ok(Some(record.bytes)),
        Next::End => Ok(None),
        Next::Broken { line, why } => {
            Err(io::Error::other(format!("line {line} {why}; `signpost check` names everything wrong in the files")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(cells: &[(&str, &str)]) -> Row {
        let mut row = Row::new(Table::Services);
        for (column, cell) in cells {
            row.set(column, *cell);
        }
        row
    }

    #[test]
    fn the_source_wins_its_columns_and_the_team_keeps_its_own() {
        let there = service(&[
            ("id", "a"),
            ("name", "Old"),
            ("phone", "999"),
            ("led_by", "peers"),
            ("notice", "Ours"),
            ("checked_on", "2026-05-01"),
        ]);
        let came = service(&[
            ("id", "b"),
            ("name", "New"),
            ("led_by", "members"),
            ("notice", "Theirs"),
            ("bring", "Boots"),
            ("checked_on", "2026-01-01"),
        ]);
        let new = merged(&there, &came);
        let cells = ["id", "name", "phone", "led_by", "notice", "bring", "checked_on"].map(|column| new.get(column));
        assert_eq!(cells, ["a", "New", "999", "peers", "Ours", "Boots", "2026-05-01"]);
    }
}
