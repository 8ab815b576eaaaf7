//! The phrases of the vocabulary that stand in a service's texts, and the codes they speak for.
//!
//! A phrase tells more the fewer services say it ("allotment", not "group") and the fewer codes it stands for.

use super::texts::Text;
use crate::index::analysis::is_filler;
use crate::index::lexicon::{LONGEST_PHRASE, Lexicon, Meaning};
use std::collections::{BTreeSet, HashMap};

/// How much a phrase of the thesaurus counts, beside the words of the code itself: it is what people say, and services
/// say it of other things too.
const BY_THESAURUS: f64 = 0.4;

/// A phrase in a text of a service.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub phrase: String,
    pub field: &'static str,
    /// 0–1: how much it tells by where it stands and how rare it is.
    pub weight: f64,
    /// The codes it stands for, with how much of it speaks for each.
    pub categories: Vec<(u16, f64)>,
    pub audiences: Vec<(u16, f64)>,
    /// It says "only": "women only", "only for veterans".
    pub only: bool,
}

/// How rare the phrases of the vocabulary are among the services of a directory.
pub(super) struct Phrases<'a> {
    lexicon: &'a Lexicon,
    said_by: HashMap<String, usize>,
    services: usize,
}

impl<'a> Phrases<'a> {
    /// Counts the phrases in these services.
    pub fn count<'t>(lexicon: &'a Lexicon, services: impl Iterator<Item = &'t [Text]>) -> Self {
        let mut phrases = Self { lexicon, said_by: HashMap::new(), services: 0 };
        for texts in services {
            phrases.services += 1;
            let here: BTreeSet<String> = texts
                .iter()
                .flat_map(|text| phrases.spans(text))
                .map(|(from, to, text, _)| key(text, from, to))
                .collect();
            for phrase in here {
                *phrases.said_by.entry(phrase).or_default() += 1;
            }
        }
        phrases
    }

    /// The phrases in a service's texts, each once, where it tells most.
    pub fn found(&self, texts: &[Text]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for text in texts {
            for (from, to, _, meaning) in self.spans(text) {
                let phrase = key(text, from, to);
                let word = |at: Option<usize>| at.and_then(|at| text.words.get(at)).map(String::as_str);
                let only = word(Some(to)) == Some("only")
                    || (word(from.checked_sub(1)) == Some("for") && word(from.checked_sub(2)) == Some("only"));
                if let Some(other) = found.iter_mut().find(|other| other.phrase == phrase) {
                    other.only |= only;
                    continue;
                }
                let weight = text.weight * self.rarity(&phrase);
                let (categories, audiences) = (self.categories(meaning), shares(&meaning.audiences, 1.0));
                found.push(Found { phrase, field: text.field, weight, categories, audiences, only });
            }
        }
        found.retain(|found| !found.categories.is_empty() || !found.audiences.is_empty());
        found
    }

    /// Where phrases that stand for something begin and end, the longest at each place.
    fn spans<'t>(&self, text: &'t Text) -> Vec<(usize, usize, &'t Text, &'a Meaning)> {
        let words = &text.words;
        let mut spans = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = LONGEST_PHRASE.min(words.len() - at);
            let is_alone_a_filler = |length: usize| length == 1 && is_filler(&words[at]);
            // A phrase ends with a word of its own: "boxing for" is "boxing".
            let ends_in_filler = |length: usize| length > 1 && is_filler(&words[at + length - 1]);
            // … and begins with one, unless the filler belongs to it: "and self harm" is "self harm", and "on tick" is not
            // "tick".
            let without_first = |length: usize| {
                is_filler(&words[at])
                    && self.lexicon.meaning(words[at + 1..at + length].iter().map(String::as_str)).is_some()
            };
            let lengths = (1..=longest)
                .rev()
                .filter(|length| !is_alone_a_filler(*length) && !ends_in_filler(*length) && !without_first(*length));
            let meaning = |length: usize| self.lexicon.meaning(words[at..at + length].iter().map(String::as_str));
            match lengths.filter_map(|length| Some((length, meaning(length)?))).next() {
                Some((length, meaning)) => {
                    spans.push((at, at + length, text, meaning));
                    at += length;
                }
                None => at += 1,
            }
        }
        spans
    }

    /// 1 for a phrase that one service says, towards 0 for one that all say.
    fn rarity(&self, phrase: &str) -> f64 {
        let said_by = self.said_by.get(phrase).copied().unwrap_or(0).max(1) as f64;
        // In a directory of a few services nothing can be called common.
        let services = self.services.max(50) as f64;
        ((services / said_by).ln() / services.ln()).clamp(0.0, 1.0)
    }

    /// The categories a phrase names itself, and those that the thesaurus leads to.
    fn categories(&self, meaning: &Meaning) -> Vec<(u16, f64)> {
        let mut all = shares(&meaning.categories, 1.0);
        let mut led_to: Vec<u16> = Vec::new();
        for means in &meaning.means {
            let words = crate::index::analysis::words(means);
            if let Some(meaning) = self.lexicon.meaning(words.iter().map(|word| word.text.as_str())) {
                led_to.extend(meaning.categories.iter().filter(|category| !meaning_has(&all, **category)));
            }
        }
        led_to.sort_unstable();
        led_to.dedup();
        all.extend(shares(&led_to, BY_THESAURUS));
        all
    }
}

fn meaning_has(all: &[(u16, f64)], category: u16) -> bool {
    all.iter().any(|(other, _)| *other == category)
}

/// A phrase that stands for four codes says half as much of each as one that stands for one.
fn shares(codes: &[u16], weight: f64) -> Vec<(u16, f64)> {
    let share = weight / (codes.len().max(1) as f64).sqrt();
    codes.iter().map(|code| (*code, share)).collect()
}

fn key(text: &Text, from: usize, to: usize) -> String {
    text.words[from..to].join(" ")
}
