//! `signpost match`: a profile from a file or from standard input.

use crate::fixture::Folder;
use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};

const PROFILE: &str = r#"{"goals": [{"goal": "outside_more"}, {"words": "somewhere to sleep"}], "near": "M1 4BT"}"#;

fn signpost(directory: &Folder, arguments: &[&str], stdin: &str) -> Output {
    let index = tempfile::tempdir().unwrap();
    let kept = std::env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("SIGNPOST_"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
    command.env_clear().envs(kept).arg("match").args(arguments);
    command.arg("--directory").arg(directory.path()).arg("--index").arg(index.path());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that does not read its input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

fn told(output: &Output) -> String {
    format!(
        "exit: {}\n--- stdout\n{}--- stderr\n{}",
        output.status.code().unwrap(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn from_a_file_or_from_standard_input() {
    let folder = Folder::minimal();
    let profile = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(profile.path(), PROFILE).unwrap();
    let from_file = signpost(&folder, &[profile.path().to_str().unwrap()], "");
    let from_input = signpost(&folder, &["-"], PROFILE);
    assert_eq!(from_file.stdout, from_input.stdout);
    let text = String::from_utf8(from_file.stdout).unwrap();
    assert_eq!(from_file.status.code(), Some(0));
    assert!(text.contains("1. ") && text.contains("Allotment mornings · Common Ground"), "{text}");
    assert!(text.contains("+ For “somewhere to sleep”: Housing advice"), "{text}");
}

#[test]
fn for_programs() {
    let output = signpost(&Folder::minimal(), &["-", "--json"], PROFILE);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(answer["options"].as_array().unwrap().len(), 2);
    assert_eq!(answer["goals"][1]["goals"][0]["code"], "own_home");
}

#[test]
fn what_is_wrong_is_said_with_its_cure() {
    let folder = Folder::minimal();
    insta::assert_snapshot!(told(&signpost(&folder, &["-"], "{\"goals\": [")), @r##"
    exit: 1
    --- stdout
    --- stderr
    error: the profile is not right: EOF while parsing a list at line 1 column 11
      = help: a profile looks like `{"goals": [{"words": "make some friends"}], "near": "M1 4BT"}`
    "##);
    insta::assert_snapshot!(told(&signpost(&folder, &["-"], r#"{"goal": "belonging"}"#)), @r##"
    exit: 1
    --- stdout
    --- stderr
    error: the profile is not right: unknown field `goal`, expected one of `goals`, `near`, `within_km`, `travel`, `when`, `about`, `prefer`, `spend`, `limit` at line 1 column 7
      = help: a profile looks like `{"goals": [{"words": "make some friends"}], "near": "M1 4BT"}`
    "##);
    insta::assert_snapshot!(
        told(&signpost(&folder, &["-"], r#"{"goals": [{"goal": "belongin"}], "limit": 99}"#)), @r##"
    exit: 1
    --- stdout
    --- stderr
    error: several things are wrong
      - `goals[0].goal` is not a goal
        = help: did you mean `belonging`? the goals are listed at /api/v1/goals
      - `limit` is out of range
        = help: give a whole number from 1 to 50
    "##);
    insta::assert_snapshot!(told(&signpost(&folder, &["no-such-file.json"], "")), @r##"
    exit: 1
    --- stdout
    --- stderr
    error: the profile cannot be read: No such file or directory (os error 2)
      = help: name a file that holds a profile as JSON, or `-` for standard input
    "##);
}
