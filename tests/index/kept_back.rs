//! Files that are bad are not taken; rows that are bad keep their last good version.

use crate::fixture::Folder;
use crate::fixture::served::{GAZETTEER, Served};
use serde_json::json;
use signpost::index::{self, IndexError};

/// Makes the files bad and says why they were kept back; what is served must not change.
fn reasons(edit: impl FnOnce(Folder) -> Folder) -> String {
    let mut served = Served::new(Folder::minimal());
    let generation = served.snapshot.generation().to_string();
    served.edit(edit);
    let update = served.update();
    assert_eq!(served.snapshot.generation(), generation);
    assert_eq!(served.ask(json!({})).total, 4);
    assert_eq!((update.changes.unchanged, update.changes.added), (4, 0));
    update.kept_back.join("\n")
}

#[test]
fn a_missing_file() {
    insta::assert_snapshot!(reasons(|folder| folder.without("services.csv")));
}

#[test]
fn a_wrong_header() {
    insta::assert_snapshot!(reasons(|folder| folder.with("services.csv", "Nr;Titel;Ort\n1;Garten;Leeds\n")));
}

#[test]
fn not_utf_8() {
    insta::assert_snapshot!(reasons(|folder| {
        folder.with_bytes("locations.csv", b"id,name\nstation-allotments,Caf\xe9\ndoorway-office,O\n")
    }));
}

#[test]
fn most_rows_bad() {
    insta::assert_snapshot!(reasons(|folder| folder.replace_in("services.csv", ",active,", ",open,")));
}

#[test]
fn an_empty_file() {
    insta::assert_snapshot!(reasons(|folder| folder.with("sessions.csv", "")));
}

#[test]
fn more_than_a_fifth_of_the_services_gone() {
    let mut served = Served::new(Folder::minimal());
    served.edit(|folder| {
        let services = folder.text("services.csv");
        let fewer: Vec<&str> = services.lines().filter(|line| !line.starts_with("allotment")).collect();
        let sessions = folder.text("sessions.csv");
        let left: Vec<&str> = sessions.lines().filter(|line| !line.starts_with("allotment")).collect();
        folder.with("services.csv", &(fewer.join("\n") + "\n")).with("sessions.csv", &(left.join("\n") + "\n"))
    });
    let update = served.update();
    insta::assert_snapshot!(update.kept_back.join("\n"));
    assert_eq!(served.ask(json!({})).total, 4);

    let update = served.try_update(true).unwrap();
    assert_eq!(update.kept_back, Vec::<String>::new());
    assert_eq!((update.changes.removed, update.snapshot.counts().services), (1, 3));
}

#[test]
fn bad_files_and_nothing_before() {
    let index = tempfile::tempdir().unwrap();
    let folder = Folder::minimal().without("services.csv");
    let refused = index::update(folder.path(), index.path(), &GAZETTEER, None, false);
    let Err(IndexError::Data { what, problems }) = refused else { panic!("an index was made of nothing") };
    insta::assert_snapshot!(what);
    assert!(problems.iter().any(|problem| problem.file == "services.csv"));
    assert!(index::open(index.path()).is_none());
}

#[test]
fn a_bad_row_keeps_its_last_good_version_and_harms_no_other() {
    let mut served = Served::new(Folder::minimal());
    served.edit(|folder| {
        folder
            .replace_in(
                "services.csv",
                "housing-advice,doorway-advice,Housing advice",
                "housing-advice,doorway-advice,Lodgings",
            )
            .replace_in("services.csv", "active,housing,", "aktive,housing,")
            .replace_in("services.csv", "Allotment mornings", "Marrow mornings")
    });
    let update = served.update();
    assert_eq!(update.kept_back, Vec::<String>::new());
    let named: Vec<_> = update.problems.iter().filter(|problem| problem.kept_last_good).collect();
    let [problem] = named[..] else { panic!("{named:?}") };
    assert_eq!((problem.row_id.as_deref(), problem.line), (Some("housing-advice"), Some(3)));
    assert_eq!(served.snapshot.problems(), update.problems);
    // The row that is wrong is as it was; the other edit of the same save is there.
    let found = served.ask(json!({"q": "landlord"}));
    assert_eq!(found.results[0].service.name, "Housing advice");
    let lodgings = served.ask(json!({"q": "lodgings"}));
    assert!(lodgings.results.iter().all(|hit| hit.service.name != "Lodgings"));
    assert_eq!(served.ids(json!({"q": "marrow mornings"}))[0], "allotment-mornings");

    // Without an index there is no last good version: the row is left out, and named.
    let anew = served.built_anew();
    assert!(anew.service_number("housing-advice").is_none());
    assert!(anew.problems().iter().any(|problem| problem.row_id.as_deref() == Some("housing-advice")));
    assert_eq!(anew.counts().services, 3);
}

#[test]
fn a_bad_row_is_kept_through_further_edits_until_it_is_mended() {
    let mut served = Served::new(Folder::minimal());
    served.edit(|folder| folder.replace_in("services.csv", "active,housing,", "aktive,housing,"));
    served.update();
    served.edit(|folder| folder.replace_in("services.csv", "Allotment mornings", "Marrow mornings"));
    served.update();
    assert!(served.snapshot.service_number("housing-advice").is_some());
    served.edit(|folder| folder.replace_in("services.csv", "aktive,housing,", "active,housing,"));
    let update = served.update();
    assert_eq!(update.problems, []);
    assert_eq!(served.snapshot.counts().services, 4);
}
