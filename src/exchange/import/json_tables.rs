//! Tables as JSON (`{"organizations": […], "services": […]}`, or a file for each) → the CSV files of a package, in which
//! rows are found by their ids whatever their number. Records that have what belongs to them nested are no tables.

use super::ImportError;
use super::json::{self, bounded};
use super::package::{canonical, unreadable};
use super::record::scalar;
use super::table::Record;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Tables whose rows lead to each other: one alone is a dump of records.
const FEWEST: usize = 2;

/// The tables of these JSON files as CSV files in a folder of our own; nothing if they are dumps of whole records.
///
/// # Errors
/// They are tables, and cannot be read or written.
pub fn unpack(files: &[PathBuf], into: &Path) -> Result<Option<BTreeMap<&'static str, PathBuf>>, ImportError> {
    let mut desk = Desk::default();
    match files {
        [file] => {
            if tables_in(file).is_none_or(|tables| tables.len() < FEWEST) {
                return Ok(None);
            }
            let open = File::open(file).map_err(|error| unreadable(file, &error))?;
            let mut on = |table: &'static str, row: Record| desk.add(table, row, into);
            let mut json = serde_json::Deserializer::from_reader(BufReader::new(open));
            (Tables { on: &mut on })
                .deserialize(&mut json)
                .map_err(|error| unreadable(file, &io::Error::other(error)))?;
        }
        files => {
            let tables: Vec<(&'static str, &PathBuf)> = files
                .iter()
                .filter_map(|file| Some((canonical(&file.file_stem()?.to_string_lossy())?, file)))
                .collect();
            let services = tables.iter().find(|(table, _)| *table == "services");
            if tables.len() < FEWEST || !services.is_some_and(|(_, file)| first_is_flat(file)) {
                return Ok(None);
            }
            for (table, file) in tables {
                let open = File::open(file).map_err(|error| unreadable(file, &error))?;
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                json::read(open, &name, &mut |row| {
                    desk.add(table, row, into).map_err(|error| ImportError::io("a table of JSON", error))
                })?;
            }
        }
    }
    desk.finish(into).map(Some).map_err(|error| ImportError::io("a table of JSON", error))
}

/// Whether a row has nothing nested that says something.
fn is_flat(row: &Record) -> bool {
    !row.values().any(|value| match value {
        Value::Object(fields) => !fields.is_empty(),
        Value::Array(items) => items.iter().any(Value::is_object),
        _ => false,
    })
}

fn first_is_flat(file: &Path) -> bool {
    let mut flat = false;
    let Ok(open) = File::open(file) else { return false };
    // Stops at the first record, which is told as a refusal.
    let _ = json::read(open, "", &mut |row| {
        flat = is_flat(&row);
        Err(ImportError::io("", io::Error::other("seen")))
    });
    flat
}

/// The tables that one object lists, if their rows are flat; nothing is kept of them.
fn tables_in(file: &Path) -> Option<Vec<&'static str>> {
    let mut reader = BufReader::new(File::open(file).ok()?);
    // Only an object has tables. One that is too large to be looked at whole is no table either.
    let begins = reader.fill_buf().ok()?.iter().copied().find(|byte| !b" \t\r\n\xef\xbb\xbf".contains(byte));
    if begins != Some(b'{') {
        return None;
    }
    let (reader, left) = bounded(reader);
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(reader));
    let mut tables: Vec<&'static str> = Vec::new();
    let mut flat = true;
    let mut on = |table: &'static str, row: Record| {
        left.set(json::MAX_RECORD_BYTES);
        if !tables.contains(&table) {
            tables.push(table);
            flat &= table != "services" || is_flat(&row);
        }
        Ok(())
    };
    (Tables { on: &mut on }).deserialize(&mut json).ok()?;
    (flat && tables.contains(&"services")).then_some(tables)
}

/// Rows of each table, with the columns that any of them has.
#[derive(Default)]
struct Desk {
    tables: BTreeMap<&'static str, (BufWriter<File>, Vec<String>)>,
}

impl Desk {
    fn add(&mut self, table: &'static str, row: Record, into: &Path) -> io::Result<()> {
        if !self.tables.contains_key(table) {
            let file = BufWriter::new(File::create(into.join(format!("{table}.rows")))?);
            self.tables.insert(table, (file, Vec::new()));
        }
        let Some((file, columns)) = self.tables.get_mut(table) else { return Ok(()) };
        for column in row.keys() {
            if !columns.contains(column) {
                columns.push(column.clone());
            }
        }
        serde_json::to_writer(&mut *file, &row)?;
        file.write_all(b"\n")
    }

    fn finish(self, into: &Path) -> io::Result<BTreeMap<&'static str, PathBuf>> {
        let mut made = BTreeMap::new();
        for (table, (mut file, columns)) in self.tables {
            file.flush()?;
            let path = into.join(format!("{table}.csv"));
            let mut out = csv::Writer::from_path(&path).map_err(io::Error::other)?;
            out.write_record(&columns).map_err(io::Error::other)?;
            for line in BufReader::new(File::open(into.join(format!("{table}.rows")))?).lines() {
                let row: Record = serde_json::from_str(&line?)?;
                let cell = |column: &String| row.get(column).and_then(scalar).unwrap_or_default();
                out.write_record(columns.iter().map(cell)).map_err(io::Error::other)?;
            }
            out.flush()?;
            made.insert(table, path);
        }
        Ok(made)
    }
}

/// What is done with each row.
type OnRow<'a> = dyn FnMut(&'static str, Record) -> io::Result<()> + 'a;

/// An object that lists tables by their names; what else is in it is passed over.
struct Tables<'o, 'a> {
    on: &'o mut OnRow<'a>,
}

impl<'de> DeserializeSeed<'de> for Tables<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Tables<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of tables")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(name) = fields.next_key::<String>()? {
            match canonical(&name) {
                Some(table) => fields.next_value_seed(Rows { table, on: self.on })?,
                None => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

struct Rows<'o, 'a> {
    table: &'static str,
    on: &'o mut OnRow<'a>,
}

impl<'de> DeserializeSeed<'de> for Rows<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        while let Some(row) = rows.next_element::<Record>()? {
            (self.on)(self.table, row).map_err(serde::de::Error::custom)?;
        }
        Ok(())
    }
}
