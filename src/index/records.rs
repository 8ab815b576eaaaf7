//! Whole rows on disk, read one at a time: services with their sessions, organisations, locations.
//!
//! A file of rows is written once. When a few rows change, the next generation links the old files and adds a small
//! one; rows are compacted into one file when the index is built anew.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, BufWriter, Write};
use std::marker::PhantomData;
use std::path::Path;
use tantivy::Directory as _;
use tantivy::directory::{MmapDirectory, OwnedBytes};

/// Where each row is: its file, first byte and length.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Addresses {
    pub files: Vec<String>,
    pub rows: Vec<Address>,
}

/// Where one row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub file: u16,
    pub from: u64,
    pub length: u32,
}

/// Rows of one kind, open for reading by memory map.
pub struct Records<T> {
    addresses: Addresses,
    files: Vec<OwnedBytes>,
    row: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Records<T> {
    /// Opens the files that the addresses name.
    pub fn open(folder: &Path, addresses: Addresses) -> io::Result<Self> {
        let directory = MmapDirectory::open(folder).map_err(io::Error::other)?;
        let read = |name: &String| -> io::Result<OwnedBytes> {
            directory.open_read(Path::new(name)).map_err(io::Error::other)?.read_bytes()
        };
        let files = addresses.files.iter().map(read).collect::<io::Result<Vec<_>>>()?;
        Ok(Self { addresses, files, row: PhantomData })
    }

    pub fn len(&self) -> usize {
        self.addresses.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.addresses.rows.is_empty()
    }

    /// The row of that number; `None` if there is none. (The files were verified when they were opened, so a row that
    /// cannot be read is our own mistake; it counts as missing rather than ending the process.)
    pub fn get(&self, number: usize) -> Option<T> {
        postcard::from_bytes(self.bytes(number)?).ok()
    }

    /// Only what a row begins with: its first fields, as a type of their own.
    pub fn beginning<B: DeserializeOwned>(&self, number: usize) -> Option<B> {
        postcard::take_from_bytes(self.bytes(number)?).ok().map(|(beginning, _)| beginning)
    }

    fn bytes(&self, number: usize) -> Option<&[u8]> {
        let address = self.addresses.rows.get(number)?;
        let file = self.files.get(usize::from(address.file))?;
        let from = usize::try_from(address.from).ok()?;
        file.as_slice().get(from..from.checked_add(address.length as usize)?)
    }

    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }
}

/// Writes rows one after the other into a new file.
pub struct RecordWriter {
    out: BufWriter<std::fs::File>,
    file: u16,
    at: u64,
}

impl RecordWriter {
    /// `file` is the number that the new file will have among the addresses' files.
    pub fn create(path: &Path, file: u16) -> io::Result<Self> {
        Ok(Self { out: BufWriter::with_capacity(1 << 18, std::fs::File::create_new(path)?), file, at: 0 })
    }

    pub fn write<T: Serialize>(&mut self, row: &T) -> io::Result<Address> {
        self.write_bytes(&postcard::to_stdvec(row).map_err(io::Error::other)?)
    }

    /// Writes a row that is already in its form on disk.
    pub fn write_bytes(&mut self, bytes: &[u8]) -> io::Result<Address> {
        self.out.write_all(bytes)?;
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        let address = Address { file: self.file, from: self.at, length };
        self.at += u64::from(length);
        Ok(address)
    }

    /// Writes what is buffered. Files are synced to disk when the generation is published.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}
