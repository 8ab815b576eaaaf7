//! A table of a package: its rows stay on disk and are found by the ids in them, so that a package of any size is joined
//! in a few bytes of memory a row.

use super::csv_file::{CsvFile, Next};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;

/// One thing that a source says: the fields of a record by name. Empty fields are not in it.
pub type Record = Map<String, Value>;

/// A table, open for being asked.
#[derive(Debug)]
pub struct Table {
    file: RefCell<CsvFile>,
    columns: Vec<String>,
    starts: Vec<u64>,
    indexes: BTreeMap<&'static str, Vec<(u64, u64)>>,
    /// Lines that are no records.
    pub broken: Vec<(u64, &'static str)>,
}

impl Table {
    /// Goes through the file once and remembers where each row is by the columns named.
    pub fn open(path: &Path, keys: &[&'static str]) -> io::Result<Self> {
        let mut file = CsvFile::open(path)?;
        let columns = file.columns.clone();
        let position = |key: &&'static str| Some((*key, columns.iter().position(|column| column == key)?));
        let positions: Vec<(&'static str, usize)> = keys.iter().filter_map(position).collect();
        let mut indexes: BTreeMap<&'static str, Vec<(u64, u64)>> = BTreeMap::new();
        let (mut starts, mut broken) = (Vec::new(), Vec::new());
        loop {
            match file.next()? {
                Next::End => break,
                Next::Broken { line, why } => broken.push((line, why)),
                Next::Record(record) => {
                    starts.push(record.at);
                    let cells = file.cells(&record.bytes);
                    for &(key, at) in &positions {
                        let id = cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
                        if !id.is_empty() {
                            indexes.entry(key).or_default().push((hash(id), record.at));
                        }
                    }
                }
            }
        }
        for index in indexes.values_mut() {
            index.sort_unstable();
        }
        Ok(Self { file: RefCell::new(file), columns, starts, indexes, broken })
    }

    pub fn len(&self) -> usize {
        self.starts.len()
    }

    pub fn has_column(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column == name)
    }

    /// The row of that number, in the order of the file.
    pub fn row(&self, number: usize) -> io::Result<Option<Record>> {
        match self.starts.get(number) {
            Some(&at) => self.read(at),
            None => Ok(None),
        }
    }

    /// The rows whose column holds that id, in the order of the file; none if the column was not named to `open`.
    pub fn find(&self, key: &str, id: &str) -> io::Result<Vec<Record>> {
        let Some(index) = self.indexes.get(key) else { return Ok(Vec::new()) };
        let wanted = hash(id);
        let from = index.partition_point(|&(hash, _)| hash < wanted);
        let mut rows = Vec::new();
        for &(_, at) in index[from..].iter().take_while(|&&(hash, _)| hash == wanted) {
            if let Some(row) = self.read(at)?
                && row.get(key).and_then(Value::as_str) == Some(id)
            {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    /// The first row whose column holds that id.
    pub fn first(&self, key: &str, id: &str) -> io::Result<Option<Record>> {
        Ok(self.find(key, id)?.into_iter().next())
    }

    /// The header as it stands in the file.
    pub fn header(&self) -> Vec<u8> {
        self.file.borrow().header.clone()
    }

    /// The row of that number as it stands in the file.
    pub fn raw(&self, number: usize) -> io::Result<Option<Vec<u8>>> {
        let Some(&at) = self.starts.get(number) else { return Ok(None) };
        Ok(self.file.borrow_mut().record_at(at)?.map(|record| record.bytes))
    }

    /// The rows that [`Table::find`] gives, as they stand in the file.
    pub fn find_raw(&self, key: &str, id: &str) -> io::Result<Vec<Vec<u8>>> {
        let at = self.columns.iter().position(|column| column == key);
        let (Some(index), Some(at)) = (self.indexes.get(key), at) else { return Ok(Vec::new()) };
        let wanted = hash(id);
        let from = index.partition_point(|&(hash, _)| hash < wanted);
        let mut rows = Vec::new();
        for &(_, start) in index[from..].iter().take_while(|&&(hash, _)| hash == wanted) {
            let mut file = self.file.borrow_mut();
            if let Some(record) = file.record_at(start)?
                && file.cells(&record.bytes).get(at).is_some_and(|cell| cell.trim() == id)
            {
                rows.push(record.bytes);
            }
        }
        Ok(rows)
    }

    fn read(&self, at: u64) -> io::Result<Option<Record>> {
        let mut file = self.file.borrow_mut();
        let Some(record) = file.record_at(at)? else { return Ok(None) };
        let cells = file.cells(&record.bytes);
        let stated = |(column, cell): (&String, String)| {
            let cell = cell.trim();
            (!cell.is_empty()).then(|| (column.clone(), Value::String(cell.to_string())))
        };
        Ok(Some(self.columns.iter().zip(cells).filter_map(stated).collect()))
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}
