//! `signpost search` and `signpost build`.

use super::town_folder;
use crate::fixture::Folder;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A directory and an index folder for the binary.
struct Desk {
    folder: Folder,
    index: TempDir,
}

impl Desk {
    fn new(folder: Folder) -> Self {
        Self { folder, index: tempfile::tempdir().unwrap() }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_signpost"))
            .args(arguments)
            .env_clear()
            .env("SIGNPOST_DIRECTORY", self.folder.path())
            .env("SIGNPOST_INDEX", self.index.path())
            .output()
            .unwrap()
    }

    /// Exit code, stdout and stderr, as one text.
    fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        format!(
            "exit {}\n----- stdout\n{}----- stderr\n{}",
            output.status.code().unwrap(),
            text(&output.stdout),
            text(&output.stderr)
        )
    }
}

/// Nothing in it depends on the day: no hours but one that is always open.
fn desk() -> Desk {
    Desk::new(town_folder(
        "id,organisation_id,name,summary,status,categories,cost,covers,minimum_age\n\
         walk,common-ground,Canal walk,\"Slow, with a brew after\",active,outdoors,0,,\n\
         plot,common-ground,Plot by the canal,We dig,active,gardening,2.50,,18\n\
         refuge,brightwater,Safe house by the canal,Ring first,active,housing,,,\n\
         line,doorway-advice,Canal line,A voice at night,active,peer_support,0,,\n\
         resting,common-ground,Canal choir,Resting,paused,outdoors,0,,\n",
        "id,name,town,latitude,longitude,confidential\n\
         towpath,The towpath,Manchester,53.4790,-2.2330,no\n\
         plot,Plot,Salford,53.4900,-2.2700,no\n\
         house,Larkspur House,Urmston,53.4480,-2.3700,yes\n",
        "service_id,location_id,opening_hours\nwalk,towpath,\nplot,plot,\nrefuge,house,24/7\nline,,24/7\n",
    ))
}

#[test]
fn a_search_as_a_table() {
    insta::assert_snapshot!(desk().says(&["search", "canal", "--near", "M1 4BT"]));
    insta::assert_snapshot!(desk().says(&["search", "canal", "--near", "Manchester", "--within", "30"]));
}

#[test]
fn filters_say_what_they_took_away() {
    insta::assert_snapshot!(desk().says(&["search", "canal", "--filter", "age=17", "--filter", "free=yes"]));
}

#[test]
fn nothing_found() {
    insta::assert_snapshot!(desk().says(&["search", "zebra"]));
}

#[test]
fn json_is_the_answer_of_the_api() {
    let output = desk().run(&["search", "canal", "--json"]);
    assert!(output.status.success());
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["total"], 4);
    assert_eq!(answer["results"].as_array().unwrap().len(), 4);
    assert!(!String::from_utf8(output.stdout).unwrap().contains("Larkspur"));
    assert_eq!(output.stderr, b"");
}

#[test]
fn questions_with_a_mistake() {
    let desk = desk();
    insta::assert_snapshot!(desk.says(&["search", "canal", "--near", "Atlantis"]));
    insta::assert_snapshot!(desk.says(&["search", "canal", "--near", "M1 4BT", "--within", "-3"]));
    insta::assert_snapshot!(desk.says(&["search", "canal", "--filter", "aeg=18"]));
    insta::assert_snapshot!(desk.says(&["search", "canal", "--filter", "category=gardenin"]));
    insta::assert_snapshot!(desk.says(&["search", &"(".repeat(1_000)]));
}

#[test]
fn a_build_a_second_build_and_a_build_after_an_edit() {
    let mut desk = desk();
    let mut said = vec![desk.says(&["build"]), desk.says(&["build"])];
    desk.folder = desk.folder.replace_in("services.csv", "Canal walk", "Towpath walk");
    said.push(desk.says(&["build"]));
    desk.folder = desk.folder.replace_in("services.csv", ",active,", ",open,");
    said.push(desk.says(&["build"]));
    insta::with_settings!({filters => vec![("gen-[0-9a-f]{16}", "[generation]")]}, {
        insta::assert_snapshot!(said.join("\n\n"));
    });
}

#[test]
fn a_second_build_leaves_the_index_alone() {
    let desk = desk();
    desk.run(&["build"]);
    let current = |desk: &Desk| {
        let name = std::fs::read_to_string(desk.index.path().join("CURRENT")).unwrap();
        let manifest = desk.index.path().join(name.trim()).join("manifest.json");
        (name, std::fs::metadata(manifest).unwrap().modified().unwrap())
    };
    let before = current(&desk);
    desk.run(&["build"]);
    desk.run(&["search", "canal"]);
    assert_eq!(current(&desk), before);
}

#[test]
fn a_directory_that_is_not_there() {
    let desk = desk();
    let output = desk.run(&["build", "--directory", "/nowhere/at/all"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(String::from_utf8(output.stderr).unwrap());
}
