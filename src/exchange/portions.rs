//! A directory read in portions: some thousand services at a time, with the organisations, places and sessions that they
//! lead to, so that a nation's directory is exported in the memory of a town's.

use super::import::table::Table as Rows;
use crate::dataset::columns::{FILES, Table};
use crate::dataset::{self, NothingBefore, Reading, replacing};
use crate::model::Directory;
use serde_json::Value;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use tempfile::TempDir;

/// Rows of a portion: with everything around them some 20 MB.
const ROWS: usize = 5_000;

/// A folder of CSV files, to be read in portions.
pub struct Portions {
    organisations: Rows,
    services: Rows,
    locations: Rows,
    sessions: Rows,
    /// A folder with the small files, in which each portion is laid out.
    desk: TempDir,
    /// How many errors the rows had so far.
    pub errors: u64,
}

/// Files that every portion needs whole.
const SMALL: [&str; 7] = [
    "areas.csv",
    "areas.geojson",
    "categories.csv",
    "audiences.csv",
    "goals.csv",
    "goal_categories.csv",
    "datapackage.json",
];

impl Portions {
    /// Opens the folder; nothing if one of its files cannot be used at all.
    pub fn open(folder: &Path) -> io::Result<Option<Self>> {
        replacing::at_one_moment(folder, || Self::open_now(folder))?
    }

    fn open_now(folder: &Path) -> io::Result<Option<Self>> {
        let desk = tempfile::tempdir()?;
        for name in SMALL {
            if folder.join(name).is_file() {
                std::fs::copy(folder.join(name), desk.path().join(name))?;
            }
        }
        let open = |table: Table, keys: &[&'static str]| match Rows::open(&folder.join(table.file().name), keys) {
            Ok(rows) => Ok(Some(rows)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        };
        let (Some(organisations), Some(services), Some(locations), Some(sessions)) = (
            open(Table::Organisations, &["id"])?,
            open(Table::Services, &["id"])?,
            open(Table::Locations, &["id"])?,
            open(Table::Sessions, &["service_id"])?,
        ) else {
            return Ok(None);
        };
        let mut portions = Self { organisations, services, locations, sessions, desk, errors: 0 };
        let reading = portions.read(&Layout::default())?;
        Ok((!reading.is_rejected()).then_some(portions))
    }

    /// The areas, categories and other words, without any rows.
    pub fn vocabulary(&mut self) -> io::Result<Directory> {
        Ok(self.read(&Layout::default())?.directory)
    }

    /// All organisations, by id.
    pub fn organisations(&mut self, on: &mut dyn FnMut(&Directory) -> io::Result<()>) -> io::Result<()> {
        for numbers in by_id(&self.organisations)?.chunks(ROWS) {
            let mut layout = Layout::default();
            for (_, number) in numbers {
                layout.organisations.extend(self.organisations.raw(*number)?);
            }
            let mut reading = self.read(&layout)?;
            reading.directory.organisations.sort_by(|a, b| a.id.cmp(&b.id));
            on(&reading.directory)?;
        }
        Ok(())
    }

    /// All services, by id, with what they lead to.
    pub fn services(&mut self, on: &mut dyn FnMut(&Directory) -> io::Result<()>) -> io::Result<()> {
        for numbers in by_id(&self.services)?.chunks(ROWS) {
            let mut layout = Layout::default();
            let (mut organisations, mut places) = (HashSet::new(), HashSet::new());
            for (id, number) in numbers {
                layout.services.extend(self.services.raw(*number)?);
                let row = self.services.row(*number)?.unwrap_or_default();
                if let Some(organisation) = row.get("organisation_id").and_then(Value::as_str)
                    && organisations.insert(organisation.to_string())
                {
                    layout.organisations.extend(self.organisations.find_raw("id", organisation)?);
                }
                layout.sessions.extend(self.sessions.find_raw("service_id", id)?);
                for session in self.sessions.find("service_id", id)? {
                    if let Some(place) = session.get("location_id").and_then(Value::as_str)
                        && places.insert(place.to_string())
                    {
                        layout.locations.extend(self.locations.find_raw("id", place)?);
                    }
                }
            }
            let reading = self.read(&layout)?;
            self.errors += reading.errors;
            on(&reading.directory)?;
        }
        Ok(())
    }

    /// Lays a portion out and reads it.
    fn read(&mut self, layout: &Layout) -> io::Result<Reading> {
        for (table, rows, records) in [
            (Table::Organisations, &self.organisations, &layout.organisations),
            (Table::Services, &self.services, &layout.services),
            (Table::Locations, &self.locations, &layout.locations),
            (Table::Sessions, &self.sessions, &layout.sessions),
        ] {
            let mut file = BufWriter::new(File::create(self.desk.path().join(FILES[table as usize].name))?);
            line(&mut file, &rows.header())?;
            for record in records {
                line(&mut file, record)?;
            }
            file.flush()?;
        }
        dataset::read(self.desk.path(), &NothingBefore).map_err(io::Error::other)
    }
}

/// The records of a portion as they stand in their files.
#[derive(Default)]
struct Layout {
    organisations: Vec<Vec<u8>>,
    services: Vec<Vec<u8>>,
    locations: Vec<Vec<u8>>,
    sessions: Vec<Vec<u8>>,
}

fn line(file: &mut impl Write, record: &[u8]) -> io::Result<()> {
    file.write_all(record)?;
    if record.ends_with(b"\n") { Ok(()) } else { file.write_all(b"\n") }
}

/// The ids and numbers of the rows, by id; of two with one id the first of the file counts, as everywhere.
fn by_id(rows: &Rows) -> io::Result<Vec<(String, usize)>> {
    let mut ids = Vec::with_capacity(rows.len());
    for number in 0..rows.len() {
        if let Some(id) = rows.row(number)?.as_ref().and_then(|row| row.get("id")?.as_str()) {
            ids.push((id.to_string(), number));
        }
    }
    ids.sort();
    ids.dedup_by(|later, first| later.0 == first.0);
    Ok(ids)
}
