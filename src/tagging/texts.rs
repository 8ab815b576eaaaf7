//! The texts of a service, cut into words: its name says in three words what its description says in a hundred.

use crate::index::analysis::{is_filler, stem, words};
use crate::model::Service;
use std::collections::BTreeSet;

/// Words of a description after these are not looked at: they are the wording of statutes, and how to get there.
const MOST_WORDS: usize = 150;

/// One text of a service.
pub(super) struct Text {
    /// As it is called to people: "in the name".
    pub field: &'static str,
    /// How much a phrase in it tells.
    pub weight: f64,
    pub words: Vec<String>,
}

/// The texts of a service, those that tell most first.
pub(super) fn texts(service: &Service, organisation: &str) -> Vec<Text> {
    let fields = [
        ("name", 1.0, service.name.as_str()),
        ("summary", 0.8, service.summary.as_str()),
        ("description", 0.5, service.description.as_str()),
        // An organisation may do many things beside this one.
        ("organisation's name", 0.4, if organisation == service.name { "" } else { organisation }),
    ];
    let cut = |text: &str| words(text).into_iter().take(MOST_WORDS).map(|word| word.text).collect::<Vec<String>>();
    let texts = fields.into_iter().map(|(field, weight, text)| Text { field, weight, words: cut(text) });
    texts.filter(|text| !text.words.is_empty()).collect()
}

/// The different stems of a service's texts, without common words and figures.
pub(super) fn stems(texts: &[Text]) -> BTreeSet<String> {
    let told = |word: &&String| !is_filler(word) && !word.bytes().all(|byte| byte.is_ascii_digit());
    texts.iter().flat_map(|text| &text.words).filter(told).map(|word| stem(word)).collect()
}
