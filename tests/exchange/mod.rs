//! Open Referral in and out.

mod duplicates;
mod feed;
mod import;
mod live;
mod malice;
mod replacing;
mod round_trip;
mod shapes;
mod sources;
mod valid;

use crate::fixture::served::GAZETTEER;
use signpost::dataset::{self, NothingBefore};
use signpost::exchange::import::report::Report;
use signpost::exchange::import::{ImportError, Origin, Request, import as import_into};
use signpost::index;
use signpost::model::Directory;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An import that is asked for nothing special.
fn request(source: &Path, into: &Path) -> Request {
    Request {
        source: Origin::Path(source.to_path_buf()),
        into: into.to_path_buf(),
        source_name: Some("feed".to_string()),
        area: None,
        within_km: 10.0,
        dry_run: false,
        close_missing: false,
    }
}

/// A folder with a file to import, and the folder to import into.
struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A file of the source, with its folders.
    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    fn home(&self) -> PathBuf {
        self.dir.path().join("directory")
    }

    /// Imports a file that is written first.
    fn import(&self, name: &str, text: &str) -> Report {
        self.run(&request(&self.file(name, text), &self.home())).unwrap().0
    }

    /// The report and the differences that are told.
    fn run(&self, request: &Request) -> Result<(Report, String), ImportError> {
        let mut told = Vec::new();
        let report = import_into(request, &GAZETTEER, &mut told, &mut |_, _| {})?;
        Ok((report, String::from_utf8(told).unwrap()))
    }

    /// What the directory holds now; it must be without errors.
    fn directory(&self) -> Directory {
        let reading = dataset::read(&self.home(), &NothingBefore).unwrap();
        let errors: Vec<_> = reading.problems.iter().filter(|problem| problem.code.starts_with('E')).collect();
        assert!(errors.is_empty() && !reading.is_rejected(), "{errors:#?}");
        reading.directory
    }

    /// What a search of the directory finds, by the ids that the source has given.
    fn found(&self, question: serde_json::Value) -> Vec<String> {
        let index = self.dir.path().join("index");
        let served = index::open(&index);
        let update = index::update(&self.home(), &index, &GAZETTEER, served.as_ref(), true).unwrap();
        let answer = crate::fixture::served::ask(&update.snapshot, question);
        answer.results.iter().map(|hit| hit.service.source_id.clone().unwrap_or_default()).collect()
    }

    fn text(&self, file: &str) -> String {
        std::fs::read_to_string(self.home().join(file)).unwrap()
    }

    /// Every file of the directory with its bytes.
    fn bytes(&self) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(self.home())
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap()))
            .collect();
        files.sort();
        files
    }
}

/// What a field's report says happened, as `what: count`.
fn happened(report: &Report, field: &str) -> Vec<String> {
    let Some(field) = report.fields.get(field) else { return Vec::new() };
    let all = field.changed.iter().chain(&field.left);
    all.map(|(what, happened)| format!("{what}: {}", happened.count)).collect()
}
