//! What an import was given: a package (a folder or zip of CSV tables) or JSON dumps.

use super::ImportError;
use super::convert::SERVICE_NAMES;
use super::csv_file::CsvFile;
use super::json::{self, OnRecord};
use super::json_tables;
use super::live::Pages;
use super::package::{Package, canonical, is_not_carried, unreadable};
use super::report::Report;
use super::table::Record;
use super::unpack::unpack;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A source, open.
pub struct Source {
    kind: Kind,
    /// Under what name its rows are known, unless the person gives one.
    pub name: String,
    /// Where a zip was unpacked; gone with the source.
    _unpacked: Option<TempDir>,
}

enum Kind {
    Package(Box<Package>),
    Dumps(Vec<PathBuf>),
}

/// How deep in a folder tables are looked for.
const MAX_DEPTH: usize = 3;
/// The most files of a folder that are looked at.
const MAX_FILES: usize = 10_000;

impl Source {
    /// # Errors
    /// There is nothing there that can be read.
    pub fn open(path: &Path, report: &mut Report) -> Result<Self, ImportError> {
        let metadata = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        let name = name_of(path);
        if metadata.is_dir() {
            let mut files = Vec::new();
            files_in(path, MAX_DEPTH, &mut files).map_err(|error| unreadable(path, &error))?;
            return Self::of_files(files, name, None, report);
        }
        let mut beginning = [0; 4];
        let count = File::open(path)
            .and_then(|mut file| file.read(&mut beginning))
            .map_err(|error| unreadable(path, &error))?;
        if beginning[..count].starts_with(b"PK") {
            let folder = tempfile::tempdir().map_err(|error| ImportError::io("a folder to unpack into", error))?;
            let files = unpack(path, folder.path())?;
            return Self::of_files(files, name, Some(folder), report);
        }
        let file = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        if file == "datapackage.json" || file.ends_with(".csv") {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            if is_of_a_package(path, folder) {
                return Self::open(folder, report);
            }
            if !is_list_of_services(path) {
                return Err(no_name_column(path));
            }
            return Self::of_files(vec![path.to_path_buf()], name, None, report);
        }
        Self::of_dumps(vec![path.to_path_buf()], name, None, report)
    }

    /// JSON files: tables, or dumps of whole records.
    fn of_dumps(
        dumps: Vec<PathBuf>,
        name: String,
        unpacked: Option<TempDir>,
        report: &mut Report,
    ) -> Result<Self, ImportError> {
        let folder = tempfile::tempdir().map_err(|error| ImportError::io("a folder for tables", error))?;
        if let Some(tables) = json_tables::unpack(&dumps, folder.path())? {
            let package = Package::open(&tables, report)?;
            return Ok(Self { kind: Kind::Package(Box::new(package)), name, _unpacked: Some(folder) });
        }
        Ok(Self { kind: Kind::Dumps(dumps), name, _unpacked: unpacked })
    }

    /// The pages of a feed that were read.
    pub fn of_pages(pages: &Pages) -> Self {
        Self { kind: Kind::Dumps(pages.files.clone()), name: pages.name.clone(), _unpacked: None }
    }

    fn of_files(
        files: Vec<PathBuf>,
        mut name: String,
        unpacked: Option<TempDir>,
        report: &mut Report,
    ) -> Result<Self, ImportError> {
        let mut tables: BTreeMap<&'static str, PathBuf> = BTreeMap::new();
        let mut dumps = Vec::new();
        // Spreadsheets of services under names of their own.
        let mut strangers = Vec::new();
        let mut described = BTreeMap::new();
        for file in &files {
            if file.file_name().is_some_and(|name| name == "datapackage.json") {
                let (title, resources) = description(file);
                described.extend(resources);
                name = title.unwrap_or(name);
            }
        }
        for file in files {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy().to_string();
            let extension = file.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
            let file_name = file.file_name().unwrap_or_default().to_string_lossy().to_string();
            match extension.as_str() {
                "csv" => {
                    let known = canonical(&stem).or_else(|| canonical(described.get(&file_name)?));
                    match known {
                        Some(table) => drop(tables.entry(table).or_insert(file)),
                        None if !is_not_carried(&stem) && is_list_of_services(&file) => {
                            strangers.push((file, file_name))
                        }
                        None => {
                            let why = if is_not_carried(&stem) {
                                "has no place in the directory"
                            } else {
                                "is no table of the standard"
                            };
                            report.left(&file_name, why, "");
                        }
                    }
                }
                "json" | "ndjson" | "jsonl" | "geojson" if file_name != "datapackage.json" => dumps.push(file),
                _ => {}
            }
        }
        if let ([(file, _)], true) = (strangers.as_slice(), tables.is_empty() && dumps.is_empty()) {
            tables.insert("services", file.clone());
        } else {
            strangers.iter().for_each(|(_, name)| report.left(name, "is no table of the standard", ""));
        }
        if tables.contains_key("services") || tables.contains_key("organizations") {
            let package = Package::open(&tables, report)?;
            return Ok(Self { kind: Kind::Package(Box::new(package)), name, _unpacked: unpacked });
        }
        if dumps.is_empty() {
            return Err(ImportError::Source {
                message: "there is neither a package of the standard nor a JSON dump in it".to_string(),
                help: "a package has services.csv and organizations.csv; a dump is a .json or .ndjson file of services"
                    .to_string(),
            });
        }
        // Whole services first: what is nested in them says more than the lists beside them.
        let is_services =
            |file: &PathBuf| canonical(&file.file_stem().unwrap_or_default().to_string_lossy()) == Some("services");
        dumps.sort_by_key(|file| (!is_services(file), file.clone()));
        Self::of_dumps(dumps, name, unpacked, report)
    }

    /// How many services there are, if that is known before they are read.
    pub fn count(&self) -> Option<usize> {
        match &self.kind {
            Kind::Package(package) => Some(package.services()),
            Kind::Dumps(_) => None,
        }
    }

    /// Every service, one after the other.
    pub fn services(&self, on: &mut OnRecord<'_>) -> Result<(), ImportError> {
        match &self.kind {
            Kind::Package(package) => {
                for number in 0..package.services() {
                    let service = package.service(number).map_err(|error| ImportError::io("the package", error))?;
                    if let Some(service) = service {
                        on(service)?;
                    }
                }
                Ok(())
            }
            Kind::Dumps(files) => {
                for path in files {
                    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    // Where there are several files, what each holds is in its name.
                    let table = path.file_stem().filter(|_| files.len() > 1).and_then(|stem| canonical(stem.to_str()?));
                    let table = table.filter(|table| !matches!(*table, "services" | "service_at_location"));
                    json::read(file, &name, &mut |mut record: Record| {
                        if let Some(table) = table.filter(|_| !record.contains_key("services")) {
                            record.insert(json::TABLE.to_string(), Value::String(table.to_string()));
                        }
                        for service in json::services(record) {
                            on(service)?;
                        }
                        Ok(())
                    })?;
                }
                Ok(())
            }
        }
    }

    /// The organisations that offer no service, where the source lists organisations.
    pub fn organisations_alone(&self) -> Result<Vec<Record>, ImportError> {
        match &self.kind {
            Kind::Package(package) => {
                package.organisations_alone().map_err(|error| ImportError::io("the package", error))
            }
            Kind::Dumps(_) => Ok(Vec::new()),
        }
    }
}

/// The name of a package that says one of its own, and the table that each of its files is.
fn description(path: &Path) -> (Option<String>, BTreeMap<String, String>) {
    let text = std::fs::read(path).unwrap_or_default();
    let package: Value = serde_json::from_slice(&text).unwrap_or_default();
    let title =
        package["name"].as_str().filter(|name| !name.starts_with("human_services_data") && !name.contains("hsds"));
    let mut resources = BTreeMap::new();
    for resource in package["resources"].as_array().into_iter().flatten() {
        if let (Some(path), Some(name)) = (resource["path"].as_str(), resource["name"].as_str()) {
            let file = path.rsplit('/').next().unwrap_or(path);
            resources.insert(file.to_string(), name.to_string());
        }
    }
    (title.map(super::ids::slug).filter(|name| !name.is_empty()), resources)
}

/// Whether the folder that a file lies in is a package, and the file says what is in it or is one of its tables. Any
/// other CSV file is a list of its own, whatever lies beside it.
fn is_of_a_package(file: &Path, folder: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    name.eq_ignore_ascii_case("datapackage.json")
        || canonical(&stem).is_some()
        || is_not_carried(&stem)
        || description(&folder.join("datapackage.json")).1.get(&*name).is_some_and(|table| canonical(table).is_some())
}

/// Whether a CSV file has a column for the names of services, and not only parts of them.
fn is_list_of_services(file: &Path) -> bool {
    let is_name = |column: &String| {
        let column = column.replace([' ', '-'], "_");
        SERVICE_NAMES.iter().any(|name| name.eq_ignore_ascii_case(&column))
    };
    CsvFile::open(file).is_ok_and(|file| file.columns.iter().any(is_name))
}

fn no_name_column(path: &Path) -> ImportError {
    let columns = CsvFile::open(path).map(|file| file.columns).unwrap_or_default();
    let columns = if columns.is_empty() { "none".to_string() } else { columns.join(", ") };
    ImportError::Source {
        message: format!("`{}` has no column with the name of each service; it has: {columns}", path.display()),
        help: "call the column with the names `name`, and put the columns' names in the first line".to_string(),
    }
}

/// A name for a source that has none of its own: that of its file, without what changes from day to day.
fn name_of(path: &Path) -> String {
    let stem = path.canonicalize().unwrap_or(path.to_path_buf());
    let stem = stem.file_stem().unwrap_or_default().to_string_lossy().to_string();
    let slug = super::ids::slug(&stem);
    let lasting: Vec<&str> =
        slug.split('-').filter(|word| !(word.len() <= 8 && word.bytes().all(|byte| byte.is_ascii_digit()))).collect();
    if lasting.is_empty() { "open-referral".to_string() } else { lasting.join("-") }
}

fn files_in(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        if found.len() >= MAX_FILES || entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() && depth > 0 {
            files_in(&entry.path(), depth - 1, found)?;
        } else if kind.is_file() || kind.is_symlink() {
            found.push(entry.path());
        }
    }
    Ok(())
}
