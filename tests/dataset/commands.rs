//! `signpost check` and `signpost explain`: formats, exit codes.

use crate::fixture::Folder;
use signpost::dataset::catalogue::ALL;
use std::process::{Command, Output, Stdio};

fn signpost(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_signpost")).args(arguments).output().unwrap()
}

/// Exit code, stdout, stderr; the folder's path as `DIR`.
fn told(output: &Output, folder: Option<&Folder>) -> String {
    let text = format!(
        "exit: {}\n--- stdout\n{}--- stderr\n{}",
        output.status.code().unwrap(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    match folder {
        Some(folder) => text.replace(&folder.path().display().to_string(), "DIR"),
        None => text,
    }
}

fn check(folder: &Folder, arguments: &[&str]) -> String {
    let path = folder.path().display().to_string();
    let output = signpost(&[&["check", path.as_str()], arguments].concat());
    told(&output, Some(folder))
}

#[test]
fn clean_folders_and_warnings_end_with_0_and_errors_with_1() {
    insta::assert_snapshot!(check(&Folder::minimal(), &[]), @r"
    exit: 0
    --- stdout
    13 files, 41 rows: all good
    --- stderr
    ");
    let warned = Folder::minimal().replace_in("sessions.csv", "2026-03-01", "01/03/2026");
    insta::assert_snapshot!(check(&warned, &[]), @r#"
    exit: 0
    --- stdout
    warning[W010]: `01/03/2026` was read as 1 March 2026
     --> sessions.csv:2:starts_on
      |
    2 | …llotments,"Tu,Sa 10:00-13:00",01/03/2026,2026-11-30,Not in frost
      |                                ^^^^^^^^^^
      = help: write `2026-03-01`

    13 files, 41 rows: 0 errors, 1 warning
    --- stderr
    "#);
    let wrong = Folder::minimal().replace_in("sessions.csv", "2026-03-01", "soon");
    insta::assert_snapshot!(check(&wrong, &[]), @r#"
    exit: 1
    --- stdout
    error[E036]: `soon` is not a date
     --> sessions.csv:2:starts_on
      |
    2 | …llotments,"Tu,Sa 10:00-13:00",soon,2026-11-30,Not in frost
      |                                ^^^^
      = help: write year, month and day: `2026-11-22`

    13 files, 41 rows: 1 error, 0 warnings; 1 row left out
    --- stderr
    "#);
}

#[test]
fn for_programs() {
    let wrong = Folder::minimal().replace_in("sessions.csv", "2026-03-01", "soon");
    let path = wrong.path().display().to_string();
    let output = signpost(&["check", &path, "--format", "json"]);
    let mut answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    answer["summary"]["files"].as_array_mut().unwrap().truncate(1);
    answer["summary"]["files"][0]["sha256"] = "…".into();
    insta::assert_json_snapshot!(answer);
}

#[test]
fn for_github() {
    let wrong = Folder::minimal().replace_in("sessions.csv", "2026-03-01", "100%: soon").with("service.csv", "");
    insta::assert_snapshot!(check(&wrong, &["--format", "github"]), @r"
    exit: 1
    --- stdout
    ::error file=DIR/sessions.csv,line=2,title=E036 in starts_on::`100%25: soon` is not a date%0Ahelp: write year, month and day: `2026-11-22`
    ::warning file=DIR/service.csv,title=W002::the file is not read%0Ahelp: did you mean `services.csv`? rename it, or move it out of the folder
    13 files, 41 rows: 1 error, 1 warning; 1 row left out
    --- stderr
    ");
}

#[test]
fn what_is_no_folder_is_the_askers_mistake() {
    insta::assert_snapshot!(told(&signpost(&["check", "no/such/folder"]), None), @r"
    exit: 1
    --- stdout
    --- stderr
    error: `no/such/folder` is not a folder that can be read: No such file or directory (os error 2)
      = help: name the folder of CSV files: `signpost check data/directory`
    ");
    insta::assert_snapshot!(told(&signpost(&["check", "--formt"]), None), @r"
    exit: 1
    --- stdout
    --- stderr
    error: unexpected argument '--formt' found

      tip: a similar argument exists: '--format'

    Usage: signpost check --format <FORMAT> [DIR]

    For more information, try '--help'.
    ");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let mut folder = Folder::minimal();
    let rows: String = (0..5_000).map(|at| format!("word {at},\n")).collect();
    folder = folder.with("thesaurus.csv", &format!("words,means\n{rows}"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_signpost"))
        .arg("check")
        .arg(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn explain_covers_every_code() {
    for kind in ALL {
        let output = signpost(&["explain", &kind.code.to_lowercase()]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && text.starts_with(&format!("{}: {}", kind.code, kind.title)), "{text}");
    }
    insta::assert_snapshot!(told(&signpost(&["explain", "e038"]), None), @r"
    exit: 0
    --- stdout
    E038: not opening hours

    Opening hours are written in the syntax of OpenStreetMap: days `Mo Tu We Th Fr Sa Su`, times on the
    24-hour clock, rules separated by `;`. See https://wiki.openstreetmap.org/wiki/Key:opening_hours.

    example:
        Mon-Fri 9am-5pm
        Mo-Fr 09:00-17:00

    help: write days in two letters and times as 09:00; put words such as `by appointment` into `note`
    --- stderr
    ");
    insta::assert_snapshot!(told(&signpost(&["explain", "E03"]), None), @r"
    exit: 1
    --- stdout
    --- stderr
    error: there is no code `E03`
      = help: did you mean `E003` (a file is not UTF-8)?
    ");
    insta::assert_snapshot!(told(&signpost(&["explain", "hours"]), None), @r"
    exit: 1
    --- stdout
    --- stderr
    error: there is no code `hours`
      = help: codes look like `E036` and `W010`; `signpost check` shows them
    ");
}
