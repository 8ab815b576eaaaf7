use super::program::{Program, command};
use crate::fixture::Folder;
use std::io::Read;
use std::process::ExitStatus;

/// Runs it to its end: for starts that are refused.
fn refused(folder: &Folder, arguments: &[&str], variables: &[(&str, &str)]) -> (ExitStatus, String) {
    let index = tempfile::tempdir().unwrap();
    let mut child = command(folder, &index).args(arguments).envs(variables.iter().copied()).spawn().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap(), said)
}

#[test]
fn it_says_where_it_serves_and_what() {
    let program = Program::start(Folder::minimal(), &[]);
    let said = program.log();
    assert!(said.contains(": 4 services of 3 organisations at 3 locations"), "{said}");
    assert!(program.get("/health/ready").starts_with("HTTP/1.1 200 "));
}

#[test]
fn a_saved_file_is_served_without_a_restart_and_a_bad_one_is_not() {
    let program = Program::start(Folder::minimal(), &[]);
    let services = program.folder.text("services.csv");
    std::fs::write(program.folder.file("services.csv"), services.replace("Allotment mornings", "Growing together"))
        .unwrap();
    program.wait_for("/api/v1/services/allotment-mornings", "Growing together");

    std::fs::write(program.folder.file("services.csv"), "half a fi").unwrap();
    program.wait_for("/health/ready", "\"state\":\"kept_back\"");
    assert!(program.get("/api/v1/services/allotment-mornings").contains("Growing together"));

    std::fs::write(program.folder.file("services.csv"), services).unwrap();
    program.wait_for("/health/ready", "\"state\":\"ok\"");
    program.wait_for("/api/v1/services/allotment-mornings", "Allotment mornings");
}

#[test]
fn the_folder_may_be_away_for_a_moment() {
    let program = Program::start(Folder::minimal(), &[]);
    let (here, away) = (program.folder.path().to_path_buf(), program.folder.path().with_extension("away"));
    std::fs::rename(&here, &away).unwrap();
    program.wait_for("/health/ready", "the directory folder cannot be read");
    assert!(program.get("/api/v1/services/night-line").starts_with("HTTP/1.1 200 "));
    std::fs::rename(&away, &here).unwrap();
    program.wait_for("/health/ready", "\"state\":\"ok\"");
}

#[test]
fn it_ends_well_when_it_is_told_to() {
    for signal in ["TERM", "INT"] {
        let program = Program::start(Folder::minimal(), &[]);
        program.signal(signal);
        let (status, said) = program.ended();
        assert_eq!(status.code(), Some(0), "{signal}: {said}");
        assert!(said.contains("stopped"), "{said}");
    }
}

#[test]
fn a_restart_serves_the_same_generation_and_bad_files_do_not_stop_it() {
    let first = Program::start(Folder::minimal(), &[]);
    let generation = first.log().split(" from ").nth(1).unwrap().split(':').next().unwrap().to_string();
    assert!(generation.starts_with("gen-"), "{generation}");
    std::fs::write(first.folder.file("services.csv"), "half a fi").unwrap();
    let mut again = command(&first.folder, &first.index).spawn().unwrap();
    let mut said = String::new();
    let mut stderr = again.stderr.take().unwrap();
    let mut part = [0; 512];
    while !said.contains("serving http://") {
        let bytes = stderr.read(&mut part).unwrap();
        assert_ne!(bytes, 0, "{said}");
        said.push_str(&String::from_utf8_lossy(&part[..bytes]));
    }
    again.kill().unwrap();
    again.wait().unwrap();
    assert!(said.contains(&generation) && said.contains("services.csv"), "{said}");
}

#[test]
fn a_port_in_use_is_said_at_once() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (status, said) = refused(&Folder::minimal(), &[&format!("--listen={address}")], &[]);
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("is in use") && said.contains("help: "), "{said}");
}

#[test]
fn bad_settings_and_bad_data_are_refused_with_the_cure() {
    let good = Folder::minimal();
    let (status, said) = refused(&good, &[], &[("SIGNPOST_LISTN", "x")]);
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("SIGNPOST_LISTN: is not a setting") && said.contains("did you mean `listen`?"), "{said}");

    let (status, said) = refused(&good, &["--config", "no-such.toml"], &[]);
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("no-such.toml") && said.contains("cannot be read"), "{said}");

    let (status, said) = refused(&Folder::empty(), &[], &[]);
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("signpost check"), "{said}");
}

#[test]
fn settings_come_from_a_file_too() {
    let settings = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(settings.path(), "log = \"json\"\nlog_level = \"debug\"\n").unwrap();
    let program = Program::start(Folder::minimal(), &["--config", settings.path().to_str().unwrap()]);
    program.get("/health/live");
    program.signal("TERM");
    let (_, said) = program.ended();
    let line = said.lines().find(|line| line.contains("/health/live")).unwrap_or_else(|| panic!("{said}"));
    let event: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!((&event["method"], &event["status"]), (&"GET".into(), &200.into()));
}
