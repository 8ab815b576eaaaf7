//! Nothing that a person asks is written anywhere. Each question below holds a sentinel; afterwards it is looked for in
//! the log at its most talkative, the metrics, the answers' headers and every file.

use super::program::Program;
use crate::fixture::Folder;
use std::path::Path;

const SENTINEL: &str = "sentinelquark";

/// A full postcode that is in no file of the directory.
const PLACE: &str = "M60 2LA";

#[test]
fn no_question_place_or_choice_is_written_anywhere() {
    let program = Program::start(Folder::minimal(), &["--log-level", "trace"]);
    let place = PLACE.replace(' ', "+");
    let mut heads = String::new();
    let mut head_of = |answer: String| heads.push_str(answer.split("\r\n\r\n").next().unwrap());
    for uri in [
        format!("/api/v1/services?q={SENTINEL}&near={place}"),
        format!("/api/v1/services?near={SENTINEL}"),
        format!("/api/v1/services?{SENTINEL}=1"),
        format!("/api/v1/services?age={SENTINEL}"),
        format!("/api/v1/services/{SENTINEL}"),
        format!("/api/v1/suggest?q={SENTINEL}"),
        format!("/api/v1/gazetteer?q={place}"),
        format!("/api/v1/gazetteer?q={SENTINEL}"),
        format!("/{SENTINEL}"),
        format!("/problems/{SENTINEL}"),
        format!("/assets/{SENTINEL}"),
    ] {
        head_of(program.get(&uri));
    }
    for (uri, json) in [
        ("/api/v1/services/search", format!(r#"{{"q": "{SENTINEL}", "near": "{PLACE}"}}"#)),
        ("/api/v1/services/search", format!(r#"{{"{SENTINEL}": 1}}"#)),
        ("/api/v1/services/search", format!(r#"{{"age": "{SENTINEL}"}}"#)),
        ("/api/v1/match", format!(r#"{{"goals": [{{"words": "{SENTINEL}"}}], "near": "{PLACE}"}}"#)),
        ("/api/v1/match", format!(r#"{{"goals": [{{"goal": "{SENTINEL}"}}]}}"#)),
        ("/api/v1/match", SENTINEL.to_string()),
        ("/api/v1/plan", plan("night-line", "fresh-start")),
        ("/api/v1/plan", plan(SENTINEL, "fresh-start")),
        ("/api/v1/plan", plan("night-line", SENTINEL)),
        ("/api/v1/plan", format!(r#"{{"options": [{{"{SENTINEL}": 1}}]}}"#)),
    ] {
        head_of(program.post(uri, &json));
    }
    for (uri, fields) in [
        ("/navigator", format!("q={SENTINEL}&near={place}&within_km=5&keep={SENTINEL}")),
        ("/navigator", format!("near={SENTINEL}&age={SENTINEL}&{SENTINEL}=1")),
        ("/navigator/suggest", format!("q={SENTINEL}")),
        ("/navigator/suggest", format!("near={SENTINEL}")),
        ("/navigator/csv", format!("q={SENTINEL}&near={place}")),
        ("/navigator/compare", format!("keep=night-line%7C{SENTINEL}&q={SENTINEL}")),
        ("/navigator/person", format!("match=yes&goal1={SENTINEL}&near={place}&age={SENTINEL}")),
        ("/navigator/person", format!("match=yes&goal1={SENTINEL}&near={place}")),
        ("/navigator/plan", format!("keep=night-line%7C{SENTINEL}")),
        ("/navigator/sheet", format!("keep=night-line&goal.night-line={SENTINEL}&first_step.night-line={SENTINEL}")),
    ] {
        head_of(program.form(uri, "application/x-www-form-urlencoded", &fields));
    }
    let file = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{SENTINEL}.csv\"\r\n\r\n{SENTINEL}\r\n\
         --edge\r\ncontent-disposition: form-data; name=\"table\"\r\n\r\nservices.csv\r\n--edge--\r\n"
    );
    head_of(program.form("/directory/try", "multipart/form-data; boundary=edge", &file));
    head_of(program.send(&format!("{} / HTTP/1.1\r\nhost: {SENTINEL}\r\nconnection: close\r\n\r\n", "SENTINELQUARK")));
    head_of(program.send(&format!(
        "GET / HTTP/1.1\r\nhost: x\r\nuser-agent: {SENTINEL}\r\nreferer: http://{SENTINEL}/\r\n\
         cookie: {SENTINEL}\r\nx-request-id: {SENTINEL}\r\nconnection: close\r\n\r\n"
    )));
    for (uri, form) in [
        ("/kiosk/en/goals", format!("words={SENTINEL}&near={place}&goal={SENTINEL}&{SENTINEL}=1&live=1")),
        ("/kiosk/cy/where", format!("words={SENTINEL}&near={place}&live=1")),
        ("/kiosk/en/when", format!("words={SENTINEL}&near={SENTINEL}&start=typed&live=1")),
        ("/kiosk/en/options", format!("words={SENTINEL}&near={place}&start=typed&when=evening&live=1")),
        ("/kiosk/en/sheet", format!("words={SENTINEL}&near={place}&sheet={SENTINEL}&sheet=night-line&live=1")),
        (&format!("/kiosk/en/{SENTINEL}"), format!("words={SENTINEL}")),
    ] {
        let length = form.len();
        head_of(program.send(&format!(
            "POST {uri} HTTP/1.1\r\nhost: x\r\naccept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n{form}"
        )));
    }
    head_of(program.get(&format!("/list?ids={SENTINEL}")));
    let metrics = program.get("/metrics");
    assert!(metrics.contains("route=\"/api/v1/services\""), "{metrics}");
    program.signal("TERM");

    let (folder, index) = (program.folder.path().to_path_buf(), program.index.path().to_path_buf());
    for file in files(&folder).into_iter().chain(files(&index)) {
        assert_clean(&file.display().to_string(), &String::from_utf8_lossy(&std::fs::read(&file).unwrap()));
    }
    let (status, log) = program.ended();
    assert!(status.success(), "{log}");
    assert!(log.matches("signpost::request").count() >= 34, "{log}");
    assert!(log.contains("route=\"/kiosk/{language}/{step}\""), "{log}");
    assert!(log.contains("route=\"/api/v1/services/{id}\"") && log.contains("method=\"other\""), "{log}");
    assert_clean("the log", &log);
    assert_clean("the metrics", &metrics);
    assert_clean("a header", &heads);
}

/// A plan with the sentinel wherever a person writes.
fn plan(service: &str, fund: &str) -> String {
    let ask = format!(r#"{{"fund": "{fund}", "amount": 5, "for": "travel", "reason": "{SENTINEL}"}}"#);
    format!(
        r#"{{"options": [{{"service": "{service}", "goal_words": "{SENTINEL}", "first_step": "{SENTINEL}", "ask": {ask}}}]}}"#
    )
}

fn assert_clean(what: &str, text: &str) {
    let lower = text.to_lowercase();
    for trace in [SENTINEL, "m60 2la", "m602la", "m60+2la", "m60%202la"] {
        assert!(!lower.contains(trace), "`{trace}` is in {what}:\n{text}");
    }
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
