//! Reading the CSV files: every problem named, no row harmed by another.

/// Every kind of problem once, as `signpost check` shows it.
mod every_kind;

/// Lines are those of an editor, and what Excel saves works.
mod files;

/// A bad row is left out or keeps its last good version, and no other row changes.
mod rows;

/// `signpost check` and `signpost explain`: formats, exit codes.
mod commands;

/// `datapackage.json` says the same as our table of columns.
mod datapackage;

/// Whatever the bytes, nothing panics.
mod properties;

use crate::fixture::Folder;
use signpost::dataset::{NothingBefore, Reading, read, render};

/// Reads the folder with nothing before it.
fn reading(folder: &Folder) -> Reading {
    read(folder.path(), &NothingBefore).unwrap()
}

/// What `signpost check` prints.
fn checked(folder: &Folder) -> String {
    let mut out = Vec::new();
    render::text(&reading(folder), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The codes of all problems, each with its line.
fn codes(reading: &Reading) -> Vec<String> {
    let line = |line: Option<u64>| line.map_or(String::new(), |line| format!(":{line}"));
    reading.problems.iter().map(|problem| format!("{} {}{}", problem.code, problem.file, line(problem.line))).collect()
}

#[test]
fn the_minimal_folder_is_clean() {
    let folder = Folder::minimal();
    insta::assert_snapshot!(checked(&folder), @"13 files, 41 rows: all good");
    let directory = reading(&folder).directory;
    assert_eq!((directory.organisations.len(), directory.services.len(), directory.sessions.len()), (3, 4, 5));
    assert!(!directory.is_sample);
}

#[test]
fn a_sample_says_that_it_is_one() {
    let folder = Folder::minimal().with("datapackage.json", r#"{"name": "signpost-sample"}"#);
    assert!(reading(&folder).directory.is_sample);
    let folder = folder.with("datapackage.json", r#"{"name": "leeds", "fictional": true}"#);
    assert!(reading(&folder).directory.is_sample);
    let folder = folder.with("datapackage.json", r#"{"name": "leeds"}"#);
    assert!(!reading(&folder).directory.is_sample);
}
