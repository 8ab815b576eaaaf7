//! What others publish → our CSV files: `signpost import hsds`.
//!
//! In reading order: what was given (`source`, `live`, `unpack`, `csv_file`, `table`, `package`, `json`,
//! `json_tables`, `record`), how one record
//! becomes rows (`convert`, with `prose`, `contacts`, `times`, `schedules`, `crosswalk`, `ids`), what is told of it
//! (`report`), and how rows become files (`incoming`, `merge`, `starter`, `publish`).
//!
//! Nothing is changed before everything was read: a source that breaks off, a disk that is full, leave what was there.

mod contacts;
mod convert;
mod crosswalk;
pub(super) mod csv_file;
mod ids;
mod incoming;
mod json;
mod json_tables;
pub mod live;
mod merge;
mod package;
mod prose;
mod publish;
mod record;
pub mod report;
mod row;
mod schedules;
mod source;
mod starter;
pub(super) mod table;
mod times;
mod unpack;
mod within;

use crate::dataset::columns::Table;
use crate::dataset::{self, NothingBefore, replacing};
use crate::gazetteer::Gazetteer;
use crate::model::Directory;
use convert::{Converted, Converter};
use crosswalk::Crosswalk;
use ids::Ids;
use incoming::{Arrived, Incoming};
use publish::Held;
use report::Report;
use row::Row;
use serde_json::Value;
use source::Source;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use table::{Record, Table as Rows};
use tempfile::TempDir;
use thiserror::Error;
use within::Within;

/// What is asked for.
#[derive(Debug)]
pub struct Request {
    pub source: Origin,
    /// The folder of CSV files; it may be empty or not there yet.
    pub into: PathBuf,
    /// What `source` is to say; if it is not given, the name of the package or file.
    pub source_name: Option<String>,
    /// Only services at or covering this place: an area of the directory, a postcode or a place name.
    pub area: Option<String>,
    /// How far around a place that is no area, in km.
    pub within_km: f64,
    /// Change nothing, and say what would be changed.
    pub dry_run: bool,
    /// Set services that came from this source and are not in it any more to `closed`.
    pub close_missing: bool,
}

/// Where to import from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A folder, a zip or a file.
    Path(PathBuf),
    Feed(live::Feed),
}

/// Why nothing was imported. What was there is as it was.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The source, or the question, is at fault.
    #[error("{message}")]
    Source { message: String, help: String },
    /// The disk failed.
    #[error("{what}: {source}")]
    Io { what: String, source: io::Error },
}

impl ImportError {
    fn io(what: &str, source: io::Error) -> Self {
        Self::Io { what: what.to_string(), source }
    }
}

/// Reads the source whole and, unless it is a dry run, writes the files. Differences go to `differences`, a line each;
/// `progress` is told how many services were read.
///
/// # Errors
/// Nothing was changed: the source cannot be read to its end, or a file cannot be written.
pub fn import(
    request: &Request,
    gazetteer: &Gazetteer,
    differences: &mut dyn Write,
    progress: &mut dyn FnMut(u64, Option<usize>),
) -> Result<Report, ImportError> {
    let mut report = Report::default();
    let (source, pages) = match &request.source {
        Origin::Path(path) => (Source::open(path, &mut report)?, None),
        Origin::Feed(feed) => {
            let pages = live::download(feed, &request.into, progress)?;
            (Source::of_pages(&pages), Some(pages))
        }
    };
    let name = request.source_name.clone().unwrap_or_else(|| source.name.clone());
    report.source.clone_from(&name);
    let _held = hold(&request.into)?;
    let base = Base::open(&request.into, &name)?;
    let vocabulary = base.vocabulary()?;
    let mut ids = base.ids(&name)?;
    let mut within = match &request.area {
        Some(area) => Some(Within::find(area, request.within_km, &vocabulary, gazetteer)?),
        None => None,
    };
    let crosswalk = Crosswalk::new(&vocabulary);
    let mut rows = Incomings::new().map_err(|error| ImportError::io("a file for the rows", error))?;
    let mut places = base.is_new.then(|| within::Holding::new(&vocabulary.areas));
    let mut unread = base.other_sources(&name)?;
    {
        let mut converter = Converter::new(&name, &crosswalk, &vocabulary.areas, &mut ids, &mut report);
        source.services(&mut |record: Record| {
            converter.report.records += 1;
            if converter.report.records.is_multiple_of(100) {
                progress(converter.report.records, source.count());
            }
            if let Some(id) = record::id(&record) {
                unread.look(&id)?;
            }
            let Some(converted) = converter.service(&record) else { return Ok(()) };
            let kept = within.as_mut().is_none_or(|within| within.takes(&converted, gazetteer));
            if kept && let Some(places) = &mut places {
                places.add(&converted, gazetteer);
            }
            rows.add(converted, kept).map_err(|error| ImportError::io("a file for the rows", error))
        })?;
        if within.is_none() {
            for record in source.organisations_alone()? {
                let converted = converter.organisation_alone(&record);
                rows.add(converted, true).map_err(|error| ImportError::io("a file for the rows", error))?;
            }
        }
    }
    if request.source_name.is_none() {
        unread.refuse(report.records)?;
    }
    let staging = publish::staging(&request.into, base.is_new)
        .map_err(|error| ImportError::io("a folder for the new files", error))?;
    base.write(staging.path(), rows, request, &mut report, differences)
        .map_err(|error| ImportError::io("the new files could not be written", error))?;
    if let Some(places) = &places {
        let keep = |id: &str| places.holds(id);
        starter::keep_areas(staging.path(), &keep).map_err(|error| ImportError::io("areas.csv", error))?;
    }
    if !request.dry_run {
        publish::publish(staging, &request.into, base.is_new)
            .map_err(|error| ImportError::io("the new files could not be put in place", error))?;
    }
    if let Some(pages) = pages {
        pages.done().map_err(|error| ImportError::io("the pages of the feed", error))?;
    }
    Ok(report)
}

/// Sees to it that the directory, if there is one, is whole and changed by nobody else.
fn hold(into: &Path) -> Result<Option<Held>, ImportError> {
    if !into.is_dir() {
        return Ok(None);
    }
    let held = Held::hold(into).map_err(|error| ImportError::io("the directory cannot be held", error))?;
    if held.is_none() {
        return Err(ImportError::Source {
            message: format!("another import into `{}` is under way", into.display()),
            help: "wait until it has ended".to_string(),
        });
    }
    replacing::finish(into).map_err(|error| ImportError::io("an import that did not end cannot be finished", error))?;
    Ok(held)
}

/// The directory as it is, or the beginning of a new one.
struct Base {
    folder: PathBuf,
    is_new: bool,
    _started: Option<TempDir>,
}

/// The files that an import writes.
const WRITTEN: [Table; 4] = [Table::Organisations, Table::Services, Table::Locations, Table::Sessions];

impl Base {
    fn open(into: &Path, source: &str) -> Result<Self, ImportError> {
        if into.join(Table::Services.file().name).exists() {
            for table in WRITTEN {
                let file = table.file().name;
                if !into.join(file).is_file() {
                    return Err(ImportError::Source {
                        message: format!("`{}` has no {file}", into.display()),
                        help: "`signpost check` names everything wrong in the files; mend them, then import"
                            .to_string(),
                    });
                }
            }
            return Ok(Self { folder: into.to_path_buf(), is_new: false, _started: None });
        }
        let occupied = std::fs::read_dir(into).ok().is_some_and(|mut entries| entries.next().is_some());
        if occupied || into.is_file() {
            return Err(ImportError::Source {
                message: format!("`{}` is neither a directory of CSV files nor empty", into.display()),
                help: "name the folder of CSV files, or one that is empty or not there yet".to_string(),
            });
        }
        let started = tempfile::tempdir().map_err(|error| ImportError::io("a folder for the new files", error))?;
        starter::write(started.path(), source).map_err(|error| ImportError::io("the new files", error))?;
        Ok(Self { folder: started.path().to_path_buf(), is_new: true, _started: Some(started) })
    }

    /// Areas, categories and audiences.
    fn vocabulary(&self) -> Result<Directory, ImportError> {
        let failed = |error| ImportError::io("the vocabulary of the directory", error);
        let folder = tempfile::tempdir().map_err(failed)?;
        for file in &dataset::columns::FILES {
            let header: Vec<&str> = file.columns.iter().map(|column| column.name).collect();
            std::fs::write(folder.path().join(file.name), header.join(",") + "\n").map_err(failed)?;
        }
        for name in ["areas.csv", "areas.geojson", "categories.csv", "audiences.csv"] {
            let from = self.folder.join(name);
            if from.is_file() {
                std::fs::copy(from, folder.path().join(name)).map_err(failed)?;
            }
        }
        let reading = dataset::read(folder.path(), &NothingBefore).map_err(|error| ImportError::Source {
            message: error.to_string(),
            help: "`signpost check` names everything wrong in the files".to_string(),
        })?;
        Ok(reading.directory)
    }

    fn rows(&self, table: Table, keys: &[&'static str]) -> Result<Rows, ImportError> {
        let path = self.folder.join(table.file().name);
        Rows::open(&path, keys).map_err(|error| package::unreadable(&path, &error))
    }

    /// The ids that are there, and those of this source by the ids they have in it.
    fn ids(&self, source: &str) -> Result<Ids, ImportError> {
        let mut ids = Ids::default();
        for table in [Table::Organisations, Table::Services, Table::Locations] {
            let rows = self.rows(table, &[])?;
            for number in 0..rows.len() {
                let Some(row) = rows.row(number).map_err(|error| ImportError::io(table.file().name, error))? else {
                    continue;
                };
                let cell = |name: &str| row.get(name).and_then(Value::as_str);
                let from_here = cell("source") == Some(source);
                if let Some(id) = cell("id") {
                    ids.there(table, id, cell("source_id").filter(|_| from_here));
                }
            }
        }
        Ok(ids)
    }

    /// Services of other sources, to see whether this is one of them under another name.
    fn other_sources(&self, source: &str) -> Result<Overlap, ImportError> {
        let rows = self.rows(Table::Services, &["source_id"])?;
        Ok(Overlap { rows, source: source.to_string(), met: std::collections::BTreeMap::new() })
    }

    fn write(
        &self,
        staging: &Path,
        mut rows: Incomings,
        request: &Request,
        report: &mut Report,
        differences: &mut dyn Write,
    ) -> io::Result<()> {
        if self.is_new {
            for entry in std::fs::read_dir(&self.folder)? {
                let entry = entry?;
                std::fs::copy(entry.path(), staging.join(entry.file_name()))?;
            }
        }
        let there = |table: Table| self.folder.join(table.file().name);
        let new = |table: Table| staging.join(table.file().name);
        let mut silent = io::sink();
        let differences: &mut dyn Write = if request.dry_run { differences } else { &mut silent };
        if request.area.is_none() {
            report.gone = self.gone(&report.source, &rows)?;
            if request.close_missing {
                rows.close(&report.gone)?;
            }
        }
        let [mut organisations, mut services, mut locations, mut sessions] = rows.finish()?;
        for (arrived, counts) in [
            (&mut organisations, &mut report.organisations),
            (&mut services, &mut report.services),
            (&mut locations, &mut report.locations),
        ] {
            let table = arrived.table;
            merge::write_rows(&there(table), &new(table), arrived, counts, differences)?;
        }
        let table = Table::Sessions;
        merge::write_sessions(&there(table), &new(table), &mut sessions, &mut services, differences)
    }

    /// The services of this source that are there and did not come.
    fn gone(&self, source: &str, came: &Incomings) -> io::Result<Vec<String>> {
        let rows = Rows::open(&self.folder.join(Table::Services.file().name), &[])?;
        let mut gone = Vec::new();
        for number in 0..rows.len() {
            let Some(row) = rows.row(number)? else { continue };
            let cell = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
            if cell("source") == source && cell("status") != "closed" && !came.has_service(cell("id")) {
                gone.push(cell("id").to_string());
            }
        }
        Ok(gone)
    }
}

/// Whether what is read is already there under the name of another source.
struct Overlap {
    rows: Rows,
    source: String,
    met: std::collections::BTreeMap<String, u64>,
}

impl Overlap {
    fn look(&mut self, source_id: &str) -> Result<(), ImportError> {
        let found = self.rows.first("source_id", source_id).map_err(|error| ImportError::io("services.csv", error))?;
        let source = found.as_ref().and_then(|row| row.get("source")).and_then(Value::as_str);
        if let Some(source) = source.filter(|source| *source != self.source) {
            *self.met.entry(source.to_string()).or_default() += 1;
        }
        Ok(())
    }

    /// Refuses an import that would bring in again, under another name, most of what is there. Numbers such as `136`
    /// are ids in many sources; nobody's half are the same.
    fn refuse(&self, records: u64) -> Result<(), ImportError> {
        let Some((source, _)) = self.met.iter().find(|(_, count)| **count * 2 > records) else { return Ok(()) };
        Err(ImportError::Source {
            message: format!("most of these services are there already, from the source `{source}`"),
            help: format!(
                "to update them add `--source {source}`; if they are others with the same ids, `--source {}`",
                self.source
            ),
        })
    }
}

/// The rows of the four files.
struct Incomings([Incoming; 4]);

impl Incomings {
    fn new() -> io::Result<Self> {
        let [organisations, services, locations, sessions] = WRITTEN;
        Ok(Self([
            Incoming::new(organisations)?,
            Incoming::new(services)?,
            Incoming::new(locations)?,
            Incoming::new(sessions)?,
        ]))
    }

    /// Takes the rows of a record. Those of a service that is not kept are there for others that lead to them.
    fn add(&mut self, converted: Converted, kept: bool) -> io::Result<()> {
        let [organisations, services, locations, sessions] = &mut self.0;
        let alone = converted.service.is_none() && converted.sessions.is_empty();
        if let Some(row) = &converted.organisation {
            organisations.add(row)?;
            if alone && kept {
                organisations.mark_used(row.id());
            }
        }
        for row in &converted.locations {
            locations.add(row)?;
        }
        if !kept {
            return Ok(());
        }
        if let Some(row) = &converted.service {
            services.add(row)?;
            services.mark_used(row.id());
            organisations.mark_used(row.get("organisation_id"));
        }
        for row in &converted.sessions {
            sessions.add(row)?;
            sessions.mark_used(row.id());
            locations.mark_used(row.get("location_id"));
        }
        Ok(())
    }

    fn has_service(&self, id: &str) -> bool {
        self.0[1].has(id)
    }

    /// Services that are there and did not come: their status, and nothing else of them, is closed.
    fn close(&mut self, ids: &[String]) -> io::Result<()> {
        for id in ids {
            let mut row = Row::new(Table::Services);
            row.set("id", id);
            row.set("status", "closed");
            self.0[1].add(&row)?;
            self.0[1].mark_used(id);
        }
        Ok(())
    }

    fn finish(self) -> io::Result<[Arrived; 4]> {
        let [organisations, services, locations, sessions] = self.0;
        Ok([organisations.finish()?, services.finish()?, locations.finish()?, sessions.finish()?])
    }
}
