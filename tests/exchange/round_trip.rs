//! Out, in, and out again: the same bytes.

use super::{Desk, request};
use crate::fixture::Folder;
use crate::fixture::generated::{self, a_service};
use crate::fixture::served::GAZETTEER;
use proptest::prelude::*;
use signpost::dataset::columns::{FILES, Table};
use signpost::dataset::{self, NothingBefore};
use signpost::exchange::export::{self, Portions};
use signpost::model::Directory;
use std::path::Path;

fn read(folder: &Path) -> Directory {
    let reading = dataset::read(folder, &NothingBefore).unwrap();
    let errors: Vec<_> = reading.problems.iter().filter(|problem| problem.code.starts_with('E')).collect();
    assert!(!reading.is_rejected() && errors.is_empty(), "{errors:#?}");
    reading.directory
}

fn export_to(folder: &Path, out: &Path) {
    read(folder); // it is without errors
    export::package(&mut Portions::open(folder).unwrap().unwrap(), out).unwrap();
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read_to_string(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// Exports a directory, imports that into one of the same words that has no services, and exports again.
fn there_and_back(folder: &Path) {
    let desk = Desk::new();
    let out = desk.dir.path().join("first");
    std::fs::create_dir(&out).unwrap();
    export_to(folder, &out);

    std::fs::create_dir(desk.home()).unwrap();
    for file in &FILES {
        let header: Vec<&str> = file.columns.iter().map(|column| column.name).collect();
        let is_vocabulary = ["areas.csv", "categories.csv", "audiences.csv", "goals.csv", "goal_categories.csv"];
        let text = match is_vocabulary.contains(&file.name) {
            true => std::fs::read_to_string(folder.join(file.name)).unwrap(),
            false => header.join(",") + "\n",
        };
        std::fs::write(desk.home().join(file.name), text).unwrap();
    }
    for name in ["areas.geojson", "datapackage.json"] {
        if folder.join(name).is_file() {
            std::fs::copy(folder.join(name), desk.home().join(name)).unwrap();
        }
    }
    let (report, _) = desk.run(&request(&out, &desk.home())).unwrap();
    assert_eq!(report.refused, Vec::<String>::new());
    let second = desk.dir.path().join("second");
    std::fs::create_dir(&second).unwrap();
    export_to(&desk.home(), &second);
    for ((name, first), (_, again)) in files(&out).iter().zip(&files(&second)) {
        assert_eq!(first, again, "{name}");
    }
    // Imported once more, nothing is new.
    let (report, told) = desk.run(&request(&second, &desk.home())).unwrap();
    assert_eq!((report.services.added, report.services.changed, told.as_str()), (0, 0, ""));
}

#[test]
fn the_sample_comes_back_as_it_went() {
    there_and_back(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory"));
}

#[test]
fn the_small_directory_comes_back_with_every_column() {
    let folder = Folder::minimal();
    there_and_back(folder.path());
    // Not the bytes of the package alone: the rows themselves are there again, but for what is confidential or ours.
    let desk = Desk::new();
    let out = desk.dir.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let before = read(folder.path());
    export_to(folder.path(), &out);
    let (_, told) = desk.run(&super::Request { dry_run: true, ..request(&out, folder.path()) }).unwrap();
    // The team's own rows keep their ids, and a source's rows never take them.
    assert_eq!(told.lines().filter(|line| line.contains(" + ")).count(), before.services.len() + 3 + 2 + 5, "{told}");
}

proptest! {
    #[test]
    fn any_directory_comes_back_as_it_went(services in proptest::collection::vec(a_service(), 0..8)) {
        let folder = generated::folder((0..).zip(&services));
        there_and_back(folder.path());
    }
}

#[test]
fn maps_and_spreadsheets_leave_confidential_places_out() {
    let folder = Folder::minimal();
    let mut portions = Portions::open(folder.path()).unwrap().unwrap();
    let mut map = Vec::new();
    let written = export::geojson(&mut portions, &GAZETTEER, &mut map).unwrap();
    let map: serde_json::Value = serde_json::from_slice(&map).unwrap();
    assert_eq!((map["features"].as_array().unwrap().len(), written.locations), (2, 2));
    assert!(!map.to_string().contains("Brightwater house"));
    let mut sheet = Vec::new();
    export::spreadsheet(&mut portions, &mut sheet).unwrap();
    let sheet = String::from_utf8(sheet).unwrap();
    assert_eq!(sheet.lines().count(), 1 + read(folder.path()).services.len());
    assert!(!sheet.contains("M14 5TP") && !sheet.contains("Brightwater house"));
    assert!(sheet.contains("116 123"));
    assert_eq!(Table::ALL.len(), FILES.len());
}
