//! What is said to people, in their language: one file a language (`languages/en.toml`, `languages/cy.toml`), compiled
//! in. `dates` says days and times, `mirror` makes a right-to-left language out of English for tests of the layout.
//!
//! A text is found by its key (`layout.skip`), may have places for values (`{n}`), and may have forms by number
//! (`minutes.one`, `minutes.two`, `minutes.other`). English is the one that is complete: a text that another language
//! lacks is said in English, and `tests/language` fails. Nothing here reads a file or panics.

mod dates;
mod mirror;

use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::sync::LazyLock;

/// A language that texts are in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    English,
    Welsh,
    /// English in the letters of a script that runs from right to left: nobody's language, for tests of the layout.
    Mirrored,
}

impl Language {
    /// The languages that people are offered, in the order in which they are.
    pub const OFFERED: [Language; 2] = [Language::English, Language::Welsh];

    /// The offered language of a code such as `cy`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::OFFERED.into_iter().find(|language| language.code() == code)
    }

    /// As it stands in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Welsh => "cy",
            Language::Mirrored => "mirrored",
        }
    }

    /// As it stands in the `lang` attribute (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en-GB",
            Language::Welsh => "cy",
            Language::Mirrored => "en-x-mirror",
        }
    }

    /// As it stands in the `dir` attribute.
    pub fn direction(self) -> &'static str {
        if self == Language::Mirrored { "rtl" } else { "ltr" }
    }

    /// What it calls itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Welsh => "Cymraeg",
            Language::Mirrored => "Mirrored",
        }
    }

    /// Its texts.
    pub fn texts(self) -> &'static Texts {
        static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::English, ENGLISH_FILE));
        static WELSH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::Welsh, WELSH_FILE));
        static MIRRORED: LazyLock<Texts> = LazyLock::new(|| mirror::mirrored(Language::English.texts()));
        match self {
            Language::English => &ENGLISH,
            Language::Welsh => &WELSH,
            Language::Mirrored => &MIRRORED,
        }
    }

    /// The form of a noun after a number: the plural rules of the Unicode CLDR.
    fn number_form(self, number: u64) -> &'static str {
        match (self, number) {
            (Language::Welsh, 0) => "zero",
            (Language::Welsh, 2) => "two",
            (Language::Welsh, 3) => "few",
            (Language::Welsh, 6) => "many",
            (_, 1) => "one",
            _ => "other",
        }
    }
}

/// The file of English.
pub const ENGLISH_FILE: &str = include_str!("../../languages/en.toml");
/// The file of Welsh.
pub const WELSH_FILE: &str = include_str!("../../languages/cy.toml");

/// Where the names of the directory's own words stand in a language's file: `[vocabulary.goals]` and the like, by code.
const VOCABULARY: &str = "vocabulary";

/// All texts of one language.
#[derive(Debug)]
pub struct Texts {
    language: Language,
    by_key: BTreeMap<String, String>,
}

impl Texts {
    /// Reads a language's file. What is no text is left out; `tests/language` finds it.
    fn read(language: Language, toml: &str) -> Self {
        let mut by_key = BTreeMap::new();
        if let Ok(table) = toml.parse::<toml::Table>() {
            gather("", table, &mut by_key);
        }
        Self { language, by_key }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// Every key with its text.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_key.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// A text without places for values. A key that no language has is given back as it is.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        match self.known(key) {
            Some(text) => text,
            None => key,
        }
    }

    /// A text with its places filled: `say("kiosk.near", &[("place", &name)])`.
    pub fn say(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        fill(self.text(key), values)
    }

    /// A text in the form that a number asks for; `{n}` is the number.
    pub fn count(&self, key: &str, number: u64, values: &[(&str, &dyn Display)]) -> String {
        let form = |form: &str| self.by_key.get(&format!("{key}.{form}")).map(String::as_str);
        let own = form(self.language.number_form(number)).or_else(|| form("other"));
        let Some(text) = own else {
            let english = Language::English.texts();
            return if self.language == Language::English {
                key.to_string()
            } else {
                english.count(key, number, values)
            };
        };
        let mut values = values.to_vec();
        values.push(("n", &number));
        fill(text, &values)
    }

    /// The name of a goal, category or audience of the directory in this language, where its file has one: the
    /// directory itself is in English. `kind` is `goals`, `categories` or `audiences`.
    pub fn vocabulary(&self, kind: &str, code: &str) -> Option<&str> {
        self.by_key.get(&format!("{VOCABULARY}.{kind}.{code}")).map(String::as_str)
    }

    fn known(&self, key: &str) -> Option<&str> {
        match self.by_key.get(key) {
            Some(text) => Some(text),
            None if self.language != Language::English => Language::English.texts().known(key),
            None => None,
        }
    }
}

/// The texts of a table and of the tables in it, by their keys joined with points.
fn gather(prefix: &str, table: toml::Table, by_key: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::String(text) => {
                by_key.insert(key, text);
            }
            toml::Value::Table(inner) => gather(&key, inner, by_key),
            _ => {}
        }
    }
}

/// The text with `{name}` replaced by the value of that name; a place without a value stays as it is.
fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, later)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            // Writing to a String does not fail.
            Some((_, value)) => _ = write!(filled, "{value}"),
            None => _ = write!(filled, "{{{name}}}"),
        }
        rest = later;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::{Language, fill};

    #[test]
    fn places_are_filled_once_and_values_are_not_read_again() {
        assert_eq!(fill("{a} and {b}, {a}", &[("a", &"{b}"), ("b", &2)]), "{b} and 2, {b}");
        assert_eq!(fill("{unknown} { open", &[]), "{unknown} { open");
    }

    #[test]
    fn welsh_counts_by_its_own_rules() {
        let services = |language: Language, n| language.texts().count("home.services", n, &[]);
        assert_eq!([1, 2, 5].map(|n| services(Language::English, n)), ["1 service", "2 services", "5 services"]);
        assert_eq!([1, 2, 5].map(|n| services(Language::Welsh, n)), ["1 gwasanaeth", "2 wasanaeth", "5 gwasanaeth"]);
    }

    #[test]
    fn a_text_that_is_missing_is_said_in_english_and_never_panics() {
        assert_eq!(Language::Welsh.texts().text("no.such.key"), "no.such.key");
        assert_eq!(Language::Welsh.texts().count("no.such.key", 2, &[]), "no.such.key");
        assert_eq!(Language::English.texts().vocabulary("goals", "belonging"), None, "the directory is in English");
    }
}
