//! Rules that the source keeps: the core is calm, files are one topic, and nothing of a person can reach a log.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules that know no HTTP, no clock, no environment and no command line.
const CORE: &[&str] = &[
    "language",
    "model",
    "dataset",
    "gazetteer",
    "meaning",
    "index",
    "search",
    "matching",
    "report",
    "evaluation",
    "tagging",
    "atlas",
];

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path, fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }
    found.sort();
    assert!(found.len() > 100, "the sources were not found");
    found
}

/// The code of a file, without comments and without its unit tests.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn is_test(path: &Path) -> bool {
    path.ends_with("tests.rs")
}

fn in_module(path: &Path, module: &str) -> bool {
    path.starts_with(Path::new("src").join(module)) || path == Path::new("src").join(format!("{module}.rs"))
}

#[test]
fn the_core_knows_no_http_no_clock_and_no_environment() {
    let forbidden = [
        "axum",
        "hyper",
        "tower",
        "askama",
        "tokio",
        "clap",
        "tracing",
        "std::env",
        "env::var",
        "SystemTime::now",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "std::net",
        "crate::server",
        "crate::commands",
        "println!",
    ];
    for (path, text) in sources() {
        if !CORE.iter().any(|module| in_module(&path, module)) || is_test(&path) {
            continue;
        }
        for word in forbidden {
            assert!(!code(&text).contains(word), "{} uses `{word}`", path.display());
        }
    }
}

#[test]
fn the_map_of_the_core_points_one_way() {
    // What a module may not use, since those come after it.
    let later: &[(&str, &[&str])] = &[
        ("model", &["dataset", "gazetteer", "index", "search", "matching"]),
        ("meaning", &["dataset", "gazetteer", "search", "matching"]),
        ("gazetteer", &["dataset", "index", "search", "matching"]),
        ("dataset", &["index", "search", "matching"]),
        ("search", &["matching"]),
    ];
    for (path, text) in sources() {
        for (module, others) in later.iter().filter(|(module, _)| in_module(&path, module)) {
            for other in *others {
                let uses = code(&text).contains(&format!("crate::{other}"));
                assert!(!uses, "{} of `{module}` uses `{other}`", path.display());
            }
        }
    }
}

#[test]
fn only_one_file_knows_the_hours_crate_and_chrono() {
    for (path, text) in sources() {
        if !path.starts_with("src/model/hours") {
            for word in ["opening_hours::", "opening_hours_syntax", "chrono::"] {
                assert!(!code(&text).contains(word), "{} uses `{word}`", path.display());
            }
        }
    }
}

#[test]
fn every_file_says_what_it_is_for_and_is_one_topic() {
    for (path, text) in sources() {
        assert!(text.starts_with("//!"), "{} does not say what it is for", path.display());
        let lines = text.lines().count();
        assert!(lines <= 500 || is_test(&path), "{} has {lines} lines: what is the second topic?", path.display());
    }
}

#[test]
fn no_template_switches_escaping_off() {
    let mut paths = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")];
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for word in ["|safe", "| safe", "{% autoescape", "style=\"", "<script>", "onclick"] {
            assert!(!text.contains(word), "{} has `{word}`", path.display());
        }
    }
}
