//! Generations come and go; what a writer left behind is swept.

use crate::fixture::Folder;
use crate::fixture::served::{GAZETTEER, Served, ask, ids};
use serde_json::json;
use signpost::index;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Barrier;

/// The names in the index folder.
fn names(index: &Path) -> BTreeSet<String> {
    fs::read_dir(index).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Renames the allotment service, and updates.
fn rename(served: &mut Served, to: &str) -> String {
    let from = served.snapshot.service("allotment-mornings").unwrap().service.name;
    served.edit(|folder| folder.replace_in("services.csv", &from, to));
    served.update();
    served.snapshot.generation().to_string()
}

#[test]
fn what_a_writer_left_behind_is_swept() {
    let mut served = Served::new(Folder::minimal());
    let leftover = served.index().join("gen-tmp-abc123");
    fs::create_dir_all(leftover.join("text")).unwrap();
    fs::write(leftover.join("text/half"), "half").unwrap();
    fs::write(served.index().join("CURRENT.tmp-xyz"), "gen-").unwrap();
    assert_eq!(index::open(served.index()).unwrap().generation(), served.snapshot.generation());
    let first = served.snapshot.generation().to_string();
    let second = rename(&mut served, "Marrow mornings");
    assert_eq!(names(served.index()), ["CURRENT", "LOCK", &first, &second].map(String::from).into());
}

#[test]
fn three_generations_are_kept() {
    let mut served = Served::new(Folder::minimal());
    let mut generations = vec![served.snapshot.generation().to_string()];
    for name in ["Marrow mornings", "Onion mornings", "Leek mornings", "Bean mornings"] {
        generations.push(rename(&mut served, name));
    }
    let kept: BTreeSet<String> = names(served.index()).into_iter().filter(|name| name.starts_with("gen-")).collect();
    assert_eq!(kept, generations[2..].iter().cloned().collect());
    assert_eq!(index::open(served.index()).unwrap().generation(), generations[4]);
}

#[test]
fn a_reader_goes_on_after_its_generation_is_pruned() {
    let mut served = Served::new(Folder::minimal());
    let reader = std::sync::Arc::clone(&served.snapshot);
    for name in ["Marrow mornings", "Onion mornings", "Leek mornings"] {
        rename(&mut served, name);
    }
    assert!(!names(served.index()).contains(reader.generation()));
    assert_eq!(ids(&ask(&reader, json!({"q": "allotment mornings"})))[0], "allotment-mornings");
    assert!(reader.service("night-line").is_some());
}

#[test]
fn an_update_from_a_generation_that_was_pruned() {
    let mut served = Served::new(Folder::minimal());
    let old = std::sync::Arc::clone(&served.snapshot);
    for name in ["Marrow mornings", "Onion mornings", "Leek mornings", "Bean mornings"] {
        rename(&mut served, name);
    }
    let update = index::update(served.folder.path(), served.index(), &GAZETTEER, Some(&old), false).unwrap();
    assert_eq!(ids(&ask(&update.snapshot, json!({"q": "bean"}))), ["allotment-mornings"]);
}

#[test]
fn back_to_files_as_they_were() {
    let mut served = Served::new(Folder::minimal());
    let first = served.snapshot.generation().to_string();
    rename(&mut served, "Marrow mornings");
    assert_eq!(rename(&mut served, "Allotment mornings"), first);
    assert_eq!(index::open(served.index()).unwrap().generation(), first);
    assert_eq!(served.ids(json!({"q": "marrow"})), Vec::<String>::new());
}

#[test]
fn two_updates_at_once() {
    let mut served = Served::new(Folder::minimal());
    served.edit(|folder| folder.replace_in("services.csv", "Allotment mornings", "Marrow mornings"));
    let start = Barrier::new(2);
    let (one, two) = std::thread::scope(|scope| {
        let update = || {
            start.wait();
            served.try_update(false).unwrap().snapshot
        };
        let (one, two) = (scope.spawn(update), scope.spawn(update));
        (one.join().unwrap(), two.join().unwrap())
    });
    assert_eq!(one.generation(), two.generation());
    for snapshot in [&one, &two, &index::open(served.index()).unwrap()] {
        assert_eq!(snapshot.fell_back(), None);
        assert_eq!(ids(&ask(snapshot, json!({"q": "marrow"}))), ["allotment-mornings"]);
    }
    let left: Vec<String> = names(served.index()).into_iter().filter(|name| name.contains("tmp")).collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn two_first_builds_at_once() {
    let folder = Folder::minimal();
    let index = tempfile::tempdir().unwrap();
    let start = Barrier::new(2);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                start.wait();
                index::update(folder.path(), index.path(), &GAZETTEER, None, false).unwrap();
            });
        }
    });
    let opened = index::open(index.path()).unwrap();
    assert_eq!((opened.fell_back(), opened.counts().services), (None, 4));
}
