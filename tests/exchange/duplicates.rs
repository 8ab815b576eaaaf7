//! Rows that two sources both have: found, with the evidence, and nothing else.

use crate::fixture::Folder;
use signpost::dataset::{self, NothingBefore};
use signpost::exchange::duplicates::pairs;
use std::process::Command;

fn folder() -> Folder {
    Folder::minimal()
        .append(
            "organisations.csv",
            "doorway-2,The Doorway Advice Ltd.,Advice,https://www.doorway.example.org,,0161 496 0103,,09000003,council,o7",
        )
        .append("organisations.csv", "brightside,Brightside,Lamps,,,0161 496 0999,,,,")
        .append(
            "services.csv",
            "housing-2,doorway-2,Housing Advice,,,active,housing,,,+44 161 496 0103,,,,,,,,,,,,,,,,,,,,,council,s9",
        )
        .append("services.csv", "housing-3,brightside,Housing advice,,,active,housing,,,,,,,,,,,,,,,,,,,,,,,,,")
        .append("locations.csv", "far,Far office,,Exeter,EX1 1HS,50.7260,-3.5275,,,,,,")
        .append("sessions.csv", "housing-3,far,,,,")
}

#[test]
fn likely_pairs_come_with_their_evidence() {
    let directory = dataset::read(folder().path(), &NothingBefore).unwrap().directory;
    let found: Vec<String> = pairs(&directory)
        .iter()
        .map(|pair| format!("{} {} | {}", pair.kind, pair.ids.join(" "), pair.evidence.join("; ")))
        .collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    organisation doorway-advice doorway-2 | the same company number, 9000003; the same phone number, 01614960103; the same name
    service housing-advice housing-2 | the same phone number, 01614960103; the same name
    ");
}

#[test]
fn the_small_directory_has_none_and_the_command_says_so() {
    let run = |folder: &Folder, arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_signpost"))
            .args(["check", folder.path().to_str().unwrap(), "--duplicates"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(run(&Folder::minimal(), &[]), "0 likely pairs; nothing was changed\n");
    assert!(run(&folder(), &[]).ends_with("2 likely pairs; nothing was changed\n"));
    let json: serde_json::Value = serde_json::from_str(&run(&folder(), &["--format", "json"])).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 2);
}
