//! The rows that an import makes, kept on disk until everything was read: an import of any size needs a few bytes of
//! memory a row.

use super::row::Row;
use crate::dataset::columns::Table;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// Rows of one file, by id; several of one id for sessions.
pub struct Incoming {
    table: Table,
    file: BufWriter<File>,
    at: u64,
    places: HashMap<String, Vec<u64>>,
    /// The ids in the order in which they came.
    order: Vec<String>,
    used: HashSet<String>,
}

impl Incoming {
    pub fn new(table: Table) -> io::Result<Self> {
        Ok(Self {
            table,
            file: BufWriter::new(tempfile::tempfile()?),
            at: 0,
            places: HashMap::new(),
            order: Vec::new(),
            used: HashSet::new(),
        })
    }

    pub fn add(&mut self, row: &Row) -> io::Result<()> {
        let bytes = postcard::to_stdvec(row.cells()).map_err(io::Error::other)?;
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        self.file.write_all(&length.to_le_bytes())?;
        self.file.write_all(&bytes)?;
        let places = self.places.entry(row.id().to_string()).or_default();
        if places.is_empty() {
            self.order.push(row.id().to_string());
        }
        places.push(self.at);
        self.at += 4 + u64::from(length);
        Ok(())
    }

    /// A row is only written if something that is written leads to it.
    pub fn mark_used(&mut self, id: &str) {
        if !self.used.contains(id) {
            self.used.insert(id.to_string());
        }
    }

    pub fn has(&self, id: &str) -> bool {
        self.used.contains(id)
    }

    /// Ready to be read.
    pub fn finish(self) -> io::Result<Arrived> {
        let Self { table, file, places, order, used, .. } = self;
        let file = file.into_inner().map_err(|error| error.into_error())?;
        Ok(Arrived { table, file: BufReader::new(file), at: u64::MAX, places, order, used })
    }
}

/// The same, read again by id.
pub struct Arrived {
    pub table: Table,
    file: BufReader<File>,
    at: u64,
    places: HashMap<String, Vec<u64>>,
    order: Vec<String>,
    used: HashSet<String>,
}

impl Arrived {
    /// The ids of the rows to be written, in the order in which they came.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(String::as_str).filter(|id| self.used.contains(*id))
    }

    pub fn has(&self, id: &str) -> bool {
        self.used.contains(id) && self.places.contains_key(id)
    }

    /// The rows of an id, in the order in which they came.
    pub fn rows(&mut self, id: &str) -> io::Result<Vec<Row>> {
        if !self.used.contains(id) {
            return Ok(Vec::new());
        }
        let places = self.places.get(id).cloned().unwrap_or_default();
        places.into_iter().map(|place| self.read(place)).collect()
    }

    fn read(&mut self, place: u64) -> io::Result<Row> {
        match self.at {
            u64::MAX => drop(self.file.seek(SeekFrom::Start(place))?),
            at => self.file.seek_relative(place as i64 - at as i64)?,
        }
        let mut length = [0; 4];
        self.file.read_exact(&mut length)?;
        let length = u32::from_le_bytes(length);
        let mut bytes = vec![0; length as usize];
        self.file.read_exact(&mut bytes)?;
        self.at = place + 4 + u64::from(length);
        let cells: Vec<String> = postcard::from_bytes(&bytes).map_err(io::Error::other)?;
        let mut row = Row::new(self.table);
        for (column, cell) in self.table.file().columns.iter().zip(cells) {
            row.set(column.name, cell);
        }
        Ok(row)
    }
}
