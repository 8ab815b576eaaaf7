//! CSV files → a `Directory` and every problem in them.
//!
//! Wrong data is ordinary, so it is a value: reading gives what could be read and a list of all problems. `Err` is for
//! a folder that cannot be read at all.
//!
//! From the outside in: `columns` says what the files are, `reader` goes through them, `table` finds the columns of one,
//! `records` and `lines` take it apart, `row` and `rows` make a row of the directory out of cells, `cells` one value out
//! of one cell, `known`, `parents` and `outlines` hold the rows against each other, `catalogue` explains every problem; `rowwise` says in
//! which columns two versions of a row differ; `replacing` puts several new files in place as one.

pub mod catalogue;
mod cells;
pub mod columns;
mod folder;
mod known;
mod lines;
mod outlines;
mod parents;
mod problems;
mod reader;
mod records;
pub mod render;
pub mod replacing;
pub mod rowwise;
mod row;
mod rows;
mod table;

pub use folder::{file_names, inode};
pub use problems::is_invisible;

use crate::diagnostic::Problem;
use crate::model::{Directory, Id, Location, Organisation, Service};
use reader::Reader;
use std::path::Path;
use thiserror::Error;

/// What a folder of CSV files holds.
///
/// If any file is rejected, the directory is whatever the other files make and must not replace a good one.
#[derive(Clone, Debug)]
pub struct Reading {
    pub directory: Directory,
    /// All problems, by file, then line; at most 1,000 of a kind for each file, and one that counts the rest.
    pub problems: Vec<Problem>,
    pub files: Vec<FileReading>,
    /// How many problems there are, those that are not listed included.
    pub errors: u64,
    pub warnings: u64,
}

impl Reading {
    /// Whether a file is so bad that the directory must not replace a good one.
    pub fn is_rejected(&self) -> bool {
        self.files.iter().any(|file| file.rejected)
    }
}

/// One file of the folder. `areas.geojson` and `datapackage.json` are listed only if they are there; their rows are
/// features and none.
#[derive(Clone, Debug, PartialEq)]
pub struct FileReading {
    pub name: String,
    /// Data rows found, blank ones aside.
    pub rows: usize,
    /// Rows left out for an error of their own or of a row they lead to. Those that keep their last good version are
    /// not left out.
    pub left_out: usize,
    /// A bad file (missing, wrong header, not UTF-8, most rows bad) never replaces a good index.
    pub rejected: bool,
    /// SHA-256 of the bytes read, lower-case hex; empty if the file is missing.
    pub sha256: String,
}

impl FileReading {
    fn new(name: &str) -> Self {
        Self { name: name.to_string(), rows: 0, left_out: 0, rejected: false, sha256: String::new() }
    }
}

/// Where a row's last good version is found: the generation that is served now, or nothing.
pub trait LastGood {
    fn organisation(&self, _id: &Id) -> Option<Organisation> {
        None
    }
    fn service(&self, _id: &Id) -> Option<Service> {
        None
    }
    fn location(&self, _id: &Id) -> Option<Location> {
        None
    }
    /// The small files' rows (areas, categories … bank holidays), in a directory whose large lists are empty.
    fn vocabulary(&self) -> Option<&Directory> {
        None
    }
}

/// Nothing was good before.
pub struct NothingBefore;
impl LastGood for NothingBefore {}

/// Why a folder could not be read at all.
#[derive(Debug, Error)]
pub enum DatasetError {
    #[error("`{folder}` is not a folder that can be read: {source}")]
    Folder { folder: String, source: std::io::Error },
    #[error(
        "`{folder}` is half replaced by an import that did not end, and the rest cannot be moved: {source}; give whoever \
         runs Signpost leave to write there, or move the files of `{}` up yourself",
        replacing::REPLACING
    )]
    HalfReplaced { folder: String, source: std::io::Error },
}

/// Reads the folder whole.
///
/// A row with an error is replaced by its last good version, or left out; no row changes what is read of another, save
/// those that lead to it. Within the directory every reference leads to a row that is there.
pub fn read(folder: &Path, last_good: &dyn LastGood) -> Result<Reading, DatasetError> {
    read_with(folder, None, last_good)
}

/// The text of one file, to be read in place of the one in the folder.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    pub file: &'a str,
    pub bytes: &'a [u8],
}

/// The same with one CSV file that is not in the folder, or not yet: what would be, if it were. Nothing is written.
pub fn read_with(folder: &Path, given: Option<Given<'_>>, last_good: &dyn LastGood) -> Result<Reading, DatasetError> {
    let half = |source| DatasetError::HalfReplaced { folder: folder.display().to_string(), source };
    replacing::at_one_moment(folder, || read_once(folder, given, last_good)).map_err(half)?
}

fn read_once(folder: &Path, given: Option<Given<'_>>, last_good: &dyn LastGood) -> Result<Reading, DatasetError> {
    let mut reader = Reader::new(folder, given, last_good);
    folder::near_misses(folder, &mut reader.problems)
        .map_err(|source| DatasetError::Folder { folder: folder.display().to_string(), source })?;
    // In this order whatever a row leads to is known before it.
    let areas = reader.read();
    let mut areas = parents::check(&mut reader, areas);
    outlines::read(&mut reader, &mut areas);
    let categories = reader.read();
    let categories = parents::check(&mut reader, categories);
    let directory = Directory {
        areas,
        categories,
        audiences: reader.read(),
        goals: reader.read(),
        organisations: reader.read(),
        services: reader.read(),
        locations: reader.read(),
        sessions: reader.read(),
        goal_categories: reader.read(),
        thesaurus: reader.read(),
        funds: reader.read(),
        crisis: reader.read(),
        bank_holidays: reader.read(),
        is_sample: folder::is_sample(&mut reader),
    };
    let Reader { problems, mut files, .. } = reader;
    files.sort_by_key(|file| folder::rank(&file.name));
    let (errors, warnings) = (problems.errors, problems.warnings);
    Ok(Reading { directory, problems: problems.finish(folder::rank), files, errors, warnings })
}
