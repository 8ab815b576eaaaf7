//! What an update counts, and what it leaves alone.

use crate::fixture::Folder;
use crate::fixture::served::Served;
use serde_json::json;
use signpost::index::Changes;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Forty services, so that one edit is few enough to be added to what is there.
fn forty() -> Folder {
    let mut rows = "id,organisation_id,name,summary,status,categories\n".to_string();
    for number in 0..40 {
        rows += &format!("service-{number:02},common-ground,Walk {number:02},A walk,active,outdoors\n");
    }
    let mut sessions = "service_id,location_id,opening_hours\n".to_string();
    for number in 0..40 {
        sessions += &format!("service-{number:02},station-allotments,Mo 10:00-12:00\n");
    }
    Folder::minimal().with("services.csv", &rows).with("sessions.csv", &sessions).replace_in(
        "crisis.csv",
        "night-line",
        "service-00",
    )
}

/// Pieces of the text index, by name.
fn pieces(generation: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(generation.join("text")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.ends_with(".json")).collect()
}

fn changes(added: usize, changed: usize, removed: usize, unchanged: usize) -> Changes {
    Changes { added, changed, removed, unchanged }
}

#[test]
fn nothing_changed() {
    let mut served = Served::new(forty());
    let before = Arc::clone(&served.snapshot);
    let update = served.update();
    assert_eq!(update.changes, changes(0, 0, 0, 40));
    assert!(Arc::ptr_eq(&before, &served.snapshot));
}

#[test]
fn a_file_saved_again_without_a_change_of_meaning() {
    let mut served = Served::new(forty());
    served.edit(|folder| {
        let crlf = folder.text("services.csv").replace('\n', "\r\n");
        folder.with("services.csv", &crlf)
    });
    assert_eq!(served.update().changes, changes(0, 0, 0, 40));
}

#[test]
fn one_row_added_one_changed_one_removed() {
    let mut served = Served::new(forty());
    served.edit(|folder| {
        folder
            .append("services.csv", "zumba,common-ground,Zumba,Dancing,active,outdoors")
            .replace_in("services.csv", "Walk 07,A walk", "Walk 07,A stroll by the canal")
            .replace_in("services.csv", "service-08,common-ground,Walk 08,A walk,active,outdoors\n", "")
            .replace_in("sessions.csv", "service-08,station-allotments,Mo 10:00-12:00\n", "")
    });
    assert_eq!(served.update().changes, changes(1, 1, 1, 38));
    // What means nearly the same may follow.
    assert_eq!(served.ids(json!({"q": "zumba"}))[0], "zumba");
    assert_eq!(served.ids(json!({"q": "stroll"}))[0], "service-07");
    assert_eq!(served.ids(json!({"q": "canal"}))[0], "service-07");
    assert_eq!(served.ask(json!({})).total, 40);
}

#[test]
fn unchanged_rows_are_not_indexed_again() {
    let mut served = Served::new(forty());
    let first = pieces(&served.generation_folder());
    served.edit(|folder| folder.replace_in("services.csv", "Walk 07,A walk", "Walk 07,A stroll"));
    served.update();
    let second = pieces(&served.generation_folder());
    assert!(first.is_subset(&second), "{first:?} are not all among {second:?}");
    assert!(second.len() > first.len());
}

#[test]
fn hours_change_a_row_but_not_its_text() {
    let mut served = Served::new(forty());
    let first = pieces(&served.generation_folder());
    served.edit(|folder| {
        folder.replace_in("sessions.csv", "service-07,station-allotments,Mo", "service-07,station-allotments,We")
    });
    assert_eq!(served.update().changes, changes(0, 1, 0, 39));
    assert_eq!(pieces(&served.generation_folder()), first);
    assert_eq!(served.ids(json!({"open_at": "2026-11-25T11:00"})), ["service-07"]);
}

#[test]
fn many_edits_one_after_the_other_do_not_scatter_the_index() {
    let mut served = Served::new(forty());
    for edit in 0..20 {
        let (from, to) = (format!("Walk 07,{}", stroll(edit)), format!("Walk 07,{}", stroll(edit + 1)));
        served.edit(|folder| folder.replace_in("services.csv", &from, &to));
        assert_eq!(served.update().changes, changes(0, 1, 0, 39));
    }
    let mut kinds: Vec<String> = pieces(&served.generation_folder()).into_iter().collect();
    kinds.retain(|name| name.ends_with(".store"));
    assert!(kinds.len() <= 8, "{} pieces", kinds.len());
    assert_eq!(served.ids(json!({"q": stroll(20)})), ["service-07"]);
    assert_eq!(served.ask(json!({"q": "walk"})).total, 40);
}

fn stroll(number: usize) -> String {
    match number {
        0 => "A walk".to_string(),
        number => format!("stroll{number}"),
    }
}

#[test]
fn new_words_of_a_category_are_found_at_once() {
    let mut served = Served::new(Folder::minimal());
    assert_eq!(served.ids(json!({"q": "marrows"})), Vec::<String>::new());
    served.edit(|folder| folder.replace_in("categories.csv", "allotment;growing", "allotment;growing;marrows"));
    assert_eq!(served.update().changes, changes(0, 1, 0, 3));
    assert_eq!(served.ids(json!({"q": "marrows"})), ["allotment-mornings"]);
}
