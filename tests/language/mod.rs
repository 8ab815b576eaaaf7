//! What is said to people: nothing missing in any language, and no key that nobody knows or uses.

use signpost::language::{ENGLISH_FILE, Language, Texts, WELSH_FILE};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The forms by number that a key may end with.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Names of the directory's own words: English has them from the directory.
const VOCABULARY: &str = "vocabulary.";

/// The key without its form by number.
fn without_form(key: &str) -> &str {
    key.rsplit_once('.').filter(|(_, form)| FORMS.contains(form)).map_or(key, |(key, _)| key)
}

fn keys(texts: &Texts) -> BTreeSet<&str> {
    texts.all().map(|(key, _)| without_form(key)).filter(|key| !key.starts_with(VOCABULARY)).collect()
}

/// The names between braces.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_language_is_read_whole() {
    for (language, file) in [(Language::English, ENGLISH_FILE), (Language::Welsh, WELSH_FILE)] {
        let table: toml::Table = file.parse().unwrap();
        let texts = count(&toml::Value::Table(table));
        assert_eq!(language.texts().all().count(), texts, "{language:?} has something that is no text");
        for (key, text) in language.texts().all() {
            assert!(!text.trim().is_empty() && text.trim() == text, "{language:?}: `{key}`");
        }
    }
}

fn count(value: &toml::Value) -> usize {
    value.as_table().map_or(usize::from(value.is_str()), |table| table.values().map(count).sum())
}

#[test]
fn no_language_lacks_a_text_or_has_one_too_many() {
    let english = keys(Language::English.texts());
    assert!(english.len() > 50);
    for language in [Language::Welsh, Language::Mirrored] {
        let other = keys(language.texts());
        let missing: Vec<_> = english.difference(&other).collect();
        let unknown: Vec<_> = other.difference(&english).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{language:?} lacks {missing:?}, and only it has {unknown:?}"
        );
    }
}

#[test]
fn every_count_has_a_form_for_any_number() {
    for language in [Language::English, Language::Welsh] {
        let texts = language.texts();
        let all: BTreeSet<&str> = texts.all().map(|(key, _)| key).collect();
        for key in all.iter().filter(|key| without_form(key) != **key) {
            let other = format!("{}.other", without_form(key));
            assert!(all.contains(other.as_str()), "{language:?}: `{key}` without `{other}`");
        }
    }
}

/// Also between the forms of a count: only `{n}` may be left out, as in "one service".
#[test]
fn a_text_has_the_same_places_for_values_in_every_language() {
    let english = Language::English.texts();
    for language in [Language::Welsh, Language::Mirrored] {
        for (key, text) in language.texts().all().filter(|(key, _)| !key.starts_with(VOCABULARY)) {
            let same = english.all().find(|(known, _)| *known == key);
            let other = format!("{}.other", without_form(key));
            let (_, said) = same.or_else(|| english.all().find(|(known, _)| *known == other)).unwrap();
            let (mut ours, mut theirs) = (places(text), places(said));
            if without_form(key) != key {
                ours.remove("n");
                theirs.remove("n");
            }
            assert_eq!(ours, theirs, "{language:?}: `{key}`");
        }
    }
}

/// Every goal, category and audience of the sample has its Welsh name, and no name is for something else.
#[test]
fn the_words_of_the_sample_directory_have_welsh_names() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory");
    let welsh = Language::Welsh.texts();
    for kind in ["goals", "categories", "audiences"] {
        let mut reader = csv::Reader::from_path(folder.join(format!("{kind}.csv"))).unwrap();
        let codes: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_string()).collect();
        let lacking: Vec<&String> = codes.iter().filter(|code| welsh.vocabulary(kind, code).is_none()).collect();
        assert!(lacking.is_empty(), "{kind} without a Welsh name: {lacking:?}");
        let prefix = format!("{VOCABULARY}{kind}.");
        let named = welsh.all().filter_map(|(key, _)| key.strip_prefix(&prefix));
        let unknown: Vec<&str> = named.filter(|code| !codes.iter().any(|known| known == code)).collect();
        assert!(unknown.is_empty(), "Welsh names of {kind} that there are not: {unknown:?}");
    }
}

/// Whoever reads Welsh is helped in Welsh: a message that is changed in crisis.csv is shown in English until it is
/// translated again, and this finds it.
#[test]
fn the_crisis_messages_of_the_sample_directory_are_in_welsh_too() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory/crisis.csv");
    let welsh = Language::Welsh.texts();
    let mut reader = csv::Reader::from_path(file).unwrap();
    let messages: Vec<String> = reader.records().map(|row| row.unwrap()[3].to_string()).collect();
    for message in &messages {
        let said = welsh.vocabulary("crisis", message).unwrap_or_else(|| panic!("not in Welsh: {message}"));
        let numbers = |text: &str| {
            let words = text.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
            let mut numbers: Vec<String> = words.map(str::to_string).collect();
            numbers.sort();
            numbers
        };
        assert_eq!(numbers(said), numbers(message), "the numbers to ring are the same: {message}");
    }
    let prefix = format!("{VOCABULARY}crisis.");
    let named = welsh.all().filter_map(|(key, _)| key.strip_prefix(&prefix));
    let unknown: Vec<&str> = named.filter(|known| !messages.iter().any(|message| message == known)).collect();
    assert!(unknown.is_empty(), "in Welsh, but nowhere in crisis.csv: {unknown:?}");
}

/// Every text in quotes that looks like a key is one, and every key is used.
#[test]
fn the_keys_in_pages_and_code_are_those_of_the_files() {
    let english = Language::English.texts();
    let known = keys(english);
    let rooms: BTreeSet<&str> = known.iter().filter_map(|key| key.split('.').next()).collect();
    let mut used = BTreeSet::new();
    for (path, text) in sources() {
        for quoted in text.split('"') {
            let looks_like = quoted.split_once('.').is_some_and(|(room, _)| rooms.contains(room))
                && quoted.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c));
            if looks_like && known.contains(quoted) {
                used.insert(quoted.to_string());
            } else {
                // Names of files and of settings look like keys too.
                let other = ["js", "css", "svg", "html", "rs"].iter().any(|kind| quoted.ends_with(&format!(".{kind}")))
                    || signpost::config::KEYS.contains(&quoted)
                    // Fields of Open Referral are written alike, and no page speaks of them.
                    || path.starts_with(root().join("src/exchange"));
                assert!(!looks_like || other, "{}: there is no text `{quoted}`", path.display());
            }
        }
    }
    let unused: Vec<_> = known.iter().filter(|key| !used.contains(**key)).collect();
    assert!(unused.is_empty(), "texts that nobody says: {unused:?}");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The templates, and the code without the tests in it.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut paths = vec![root().join("src"), root().join("templates")];
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            found.push((path.clone(), lines.collect::<Vec<_>>().join("\n")));
        }
    }
    assert!(found.len() > 100, "the sources were not found");
    found
}
