//! An import into a directory that is there: all files are replaced, or none.

use super::{Desk, request};
use signpost::dataset::replacing::{self, REPLACING};
use std::path::Path;

const FIRST: &str = r#"[{"id":"1","name":"One","description":"First.","organization":{"id":"o","name":"Oak"}}]"#;
const SECOND: &str = r#"[{"id":"1","name":"One","description":"Changed.","organization":{"id":"o","name":"Elm"}}]"#;

fn names(folder: &Path) -> Vec<String> {
    let entries =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    entries.filter(|name| name.starts_with('.')).collect()
}

/// A directory whose importer died at the worst moment: the new files are decided on, and some have been moved.
fn half_replaced(moved: usize) -> Desk {
    let desk = Desk::new();
    desk.import("dump.json", FIRST);
    let old = desk.bytes();
    desk.import("dump.json", SECOND);
    let folder = desk.home().join(REPLACING);
    std::fs::create_dir(&folder).unwrap();
    let files = ["organisations.csv", "services.csv", "locations.csv", "sessions.csv"];
    for file in files.iter().skip(moved) {
        std::fs::rename(desk.home().join(file), folder.join(file)).unwrap();
        let (_, bytes) = old.iter().find(|(name, _)| name == file).unwrap();
        std::fs::write(desk.home().join(file), bytes).unwrap();
    }
    desk
}

fn is_the_second(desk: &Desk) {
    let directory = desk.directory();
    assert_eq!(directory.services[0].description, "Changed.");
    assert_eq!(directory.organisations[0].name, "Elm");
    assert_eq!(names(&desk.home()), Vec::<String>::new());
}

#[test]
fn whoever_reads_next_finishes_what_an_importer_did_not_live_to_finish() {
    for moved in 0..=4 {
        let desk = half_replaced(moved);
        is_the_second(&desk); // `check`, `serve` and `build` read like this
        let desk = half_replaced(moved);
        assert_eq!(desk.found(serde_json::json!({ "q": "changed" })), ["1"]);
        is_the_second(&desk);
        let desk = half_replaced(moved);
        let portions = signpost::exchange::export::Portions::open(&desk.home()).unwrap().unwrap();
        assert_eq!(portions.errors, 0);
        is_the_second(&desk);
        let desk = half_replaced(moved);
        let again = desk.import("dump.json", SECOND);
        assert_eq!((again.services.unchanged, again.organisations.unchanged), (1, 1));
        is_the_second(&desk);
    }
}

#[test]
fn a_generation_that_is_served_is_not_fresh_while_files_wait_to_be_moved() {
    let desk = half_replaced(4);
    std::fs::remove_dir(desk.home().join(REPLACING)).unwrap();
    assert_eq!(desk.found(serde_json::json!({ "q": "changed" })), ["1"]);
    // No file of the directory differs from what the generation was made of: only the waiting one does.
    let waiting = replacing::begin(&desk.home()).unwrap().keep();
    let services = desk.text("services.csv").replace("Changed.", "Altered.");
    std::fs::write(waiting.join("services.csv"), services).unwrap();
    std::fs::rename(waiting, desk.home().join(REPLACING)).unwrap();
    assert_eq!(desk.found(serde_json::json!({ "q": "altered" })), ["1"]);
}

#[test]
fn two_imports_at_once_do_not_lose_each_others_rows() {
    let desk = Desk::new();
    desk.import("dump.json", FIRST);
    let other = std::fs::File::open(desk.home()).unwrap();
    other.lock().unwrap();
    let before = desk.bytes();
    let error = desk.run(&request(&desk.file("dump.json", SECOND), &desk.home())).unwrap_err().to_string();
    assert!(error.contains("another import into") && error.contains("is under way"), "{error}");
    assert_eq!(desk.bytes(), before);
    drop(other);
    desk.import("dump.json", SECOND);
    is_the_second(&desk);
}

#[test]
#[cfg(unix)]
fn a_directory_that_cannot_be_made_whole_is_not_read() {
    use std::os::unix::fs::PermissionsExt;
    let desk = half_replaced(1);
    let mode = |mode| std::fs::set_permissions(desk.home(), std::fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    // Root may write anywhere: then there is nothing to refuse.
    let may_write = std::fs::write(desk.home().join("try"), "").is_ok();
    if !may_write {
        let reading = signpost::dataset::read(&desk.home(), &signpost::dataset::NothingBefore);
        assert!(reading.unwrap_err().to_string().contains("half replaced by an import that did not end"));
    }
    mode(0o755);
    let _ = std::fs::remove_file(desk.home().join("try"));
    is_the_second(&desk);
}
