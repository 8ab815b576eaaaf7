//! Spelling: what a misspelt word was meant for, by the directory's own words, its phrases, and English.
//!
//! A word that is already good is never mended: one that a service or a phrase has, an English word, a name. What is
//! left is compared with the words that are near it by letters (`edits`) or by sound (`heard`); the cheapest mistake
//! wins, and among equals the commoner word. In reading order: `heard`, `edits`, the words of a directory
//! (`dictionary`), those of the language (`english`), and here how they are weighed.

pub mod heard;
pub mod edits;
pub mod dictionary;
pub mod english;

use crate::index::Snapshot;
use crate::index::analysis::{is_filler, stem};
use edits::Typed;
use english::{English, Kind};
use heard::{consonants, heard};
use std::collections::BTreeSet;

/// Words that are nearly as likely as the best are looked for as well.
const NEARLY_AS_LIKELY: f32 = 0.12;
/// … up to this many in all.
const MOST_PROPOSED: usize = 3;
/// Words that are as much less likely are meant if they make a phrase with the words around.
const POSSIBLE: f32 = 0.6;
const MOST_POSSIBLE: usize = 5;
/// The dearest mistake that still counts as the same sound.
const SAME_SOUND: f32 = 0.35;

/// The spelling of one directory.
#[derive(Clone, Copy)]
pub struct Spelling<'a> {
    snapshot: &'a Snapshot,
}

/// What is to be done about a word.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It is good, and the directory has it; these are the same word as others spell it.
    Known {
        also: Vec<String>,
    },
    /// It is good English, or a name, and the directory has it nowhere.
    Good,
    /// It was meant for one of the `likely` words, the likeliest first; or, if the words around it say so, for one of
    /// the `possible` ones.
    Mended {
        likely: Vec<String>,
        possible: Vec<String>,
    },
    /// Two words written as one.
    Parted(String, String),
    Unknown,
}

impl<'a> Spelling<'a> {
    pub fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot }
    }

    /// Whether some service or phrase has the word or one of its stem.
    pub fn knows(&self, word: &str) -> bool {
        let statistics = self.snapshot.statistics();
        let has = |word: &str| statistics.frequency(word).any > 0;
        has(word) || self.snapshot.lexicon().is_phrase_word(word) || has(&stem(word))
    }

    /// What a folded word is.
    pub fn judge(&self, word: &str) -> Verdict {
        let english = English::of(word);
        if self.knows(word) {
            return Verdict::Known { also: self.spelt_otherwise(word, english) };
        }
        if word.chars().any(|letter| letter.is_ascii_digit()) {
            return Verdict::Unknown;
        }
        if is_filler(word) {
            return Verdict::Good;
        }
        if let Some(english) = english {
            return self
                .of_english(word, english)
                .map_or(Verdict::Good, |meant| Verdict::Mended { likely: vec![meant], possible: Vec::new() });
        }
        if let Some((first, second)) = self.two_that_mean_something(word) {
            return Verdict::Parted(first, second);
        }
        let proposed = self.proposals(word);
        let dearest = |cost: f32| proposed.first().is_none_or(|(_, best)| *best > cost);
        // "Helpwith" is two words sooner than a third one; "gardning" is not "gard" and something.
        const DEAR: f32 = 1.0;
        if dearest(DEAR)
            && let Some((first, second)) = self.two_good_words(word).or_else(|| self.two_with_a_typo(word))
        {
            return Verdict::Parted(first, second);
        }
        let Some(best) = proposed.first().map(|(_, cost)| *cost) else { return Verdict::Unknown };
        let (likely, possible): (Vec<_>, Vec<_>) =
            proposed.into_iter().partition(|(_, cost)| *cost <= best + NEARLY_AS_LIKELY);
        let words =
            |proposed: Vec<(String, f32)>, most| proposed.into_iter().map(|(word, _)| word).take(most).collect();
        Verdict::Mended { likely: words(likely, MOST_PROPOSED), possible: words(possible, MOST_POSSIBLE) }
    }

    /// Words within the budget for their length, the likeliest first, with what the mistake and the rarity cost.
    fn proposals(&self, word: &str) -> Vec<(String, f32)> {
        /// Beyond a typo: two, where the word begins as typed.
        const LONG: usize = 6;
        let letters = word.chars().count();
        let budget = match letters {
            0..3 => return Vec::new(),
            3 => 0.75,
            4 => 1.0,
            5 => 1.3,
            6 | 7 => 1.6,
            _ => 2.2,
        };
        let typed = Typed::new(word);
        let dictionary = self.snapshot.dictionary();
        let sounds = consonants(&heard(word));
        let mut near: BTreeSet<String> = dictionary.like(word, 1, "").into_iter().collect();
        near.extend(english::like(word, 1, ""));
        if sounds.len() > 1 {
            near.extend(dictionary.sounding(&sounds));
            near.extend(english::sounding(&sounds));
        }
        let weigh = |near: BTreeSet<String>| -> Vec<(String, f32)> {
            // Three letters are mended to little words ("teh"), or to what sounds just the same ("fud").
            let sound = heard(word);
            let near = near.into_iter().filter(|other| letters > 3 || is_filler(other) || heard(other) == sound);
            let near = near.filter(|other| other.chars().count() > 2 || is_filler(other));
            let weighed = near.filter_map(|other| {
                let cost = typed.cost(&other);
                (cost <= budget).then(|| {
                    let rarity = self.rarity(&other);
                    (other, cost + rarity)
                })
            });
            weighed.collect()
        };
        let mut found = weigh(near);
        let best = |found: &[(String, f32)]| found.iter().map(|(_, cost)| *cost).fold(f32::INFINITY, f32::min);
        const LIKELY: f32 = 0.8;
        if letters >= LONG && best(&found) > LIKELY {
            let first: String = word.chars().take(1).collect();
            let farther: BTreeSet<String> = dictionary.like(word, 2, &first).into_iter().collect();
            found.extend(weigh(farther));
            if best(&found) > LIKELY {
                found.extend(weigh(english::like(word, 2, &first).into_iter().collect()));
            }
        }
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        found.dedup_by(|a, b| a.0 == b.0);
        // A far-off word that the directory has not would explain nothing: it is some other word, or a name.
        const NEAR: f32 = 0.5;
        let is_used = |word: &str| is_filler(word) || dictionary.services(word) > 0;
        let is_near = |other: &str| typed.cost(other) <= NEAR && other.chars().next() == word.chars().next();
        if found.first().is_some_and(|(other, _)| !is_used(other) && !is_near(other)) {
            return Vec::new();
        }
        let best = best(&found);
        found.retain(|(_, cost)| *cost <= best + POSSIBLE);
        found
    }

    /// How unlikely a word is to be meant, beside the cost of the mistake.
    fn rarity(&self, word: &str) -> f32 {
        const IN_NO_SERVICE: f32 = 0.4;
        /// Perhaps a typo itself, or a name.
        const NO_ENGLISH: f32 = 0.25;
        const LITTLE_WORD: f32 = 0.0;
        const RAREST_SERVICE: f32 = 0.2;
        let english = English::of(word).filter(|english| english.kind == Kind::Word);
        let services = self.snapshot.dictionary().services(word);
        if is_filler(word) {
            return LITTLE_WORD;
        }
        if services == 0 {
            return IN_NO_SERVICE
                + english.map_or(NO_ENGLISH, |english| f32::from(60 - english.written.min(60)) / 100.0);
        }
        let all = self.snapshot.facts().services.len() as f32;
        let share = (1.0 + services as f32).ln() / (2.0 + all).ln();
        let doubt = if english.is_none() && services < 3 { NO_ENGLISH } else { 0.0 };
        RAREST_SERVICE * (1.0 - share.min(1.0)) + doubt
    }

    /// A good word that is better understood as another of the same sound: an American spelling of a word of the
    /// directory; or one so rare ("kneed") that a much commoner one ("need") was meant.
    fn of_english(&self, word: &str, english: English) -> Option<String> {
        const RARE: u8 = 22;
        const MUCH_COMMONER: u8 = 25;
        let american = english.kind == Kind::American;
        if !american && (english.kind == Kind::Name || english.written > RARE) {
            return None;
        }
        let typed = Typed::new(word);
        let sounds = consonants(&heard(word));
        let mut others = self.snapshot.dictionary().sounding(&sounds);
        if !american {
            others.extend(english::sounding(&sounds).into_iter().filter(|other| is_filler(other)));
        }
        others.retain(|other| {
            let commoner = English::of(other).is_some_and(|other| other.written >= english.written + MUCH_COMMONER);
            (american || commoner) && typed.cost(other) <= SAME_SOUND
        });
        others.into_iter().min_by(|a, b| self.rarity(a).total_cmp(&self.rarity(b)).then_with(|| a.cmp(b)))
    }

    /// The same word as others spell it: services write "foodbank" and "food bank", and some misspell what most spell
    /// right. What was typed stays.
    fn spelt_otherwise(&self, word: &str, english: Option<English>) -> Vec<String> {
        /// So many times more services write it otherwise.
        const FAR_MORE: u64 = 8;
        const SHORTEST: usize = 6;
        let mut others = Vec::new();
        if let Some((first, second)) = self.two_that_mean_something(word) {
            others.push(format!("{first} {second}"));
        }
        let is_english = english.is_some_and(|english| english.kind != Kind::American);
        if is_english || word.len() < SHORTEST || self.snapshot.lexicon().is_phrase_word(word) {
            return others;
        }
        let dictionary = self.snapshot.dictionary();
        let own = dictionary.services(word).max(1);
        let typed = Typed::new(word);
        let mut same = dictionary.sounding(&consonants(&heard(word)));
        same.retain(|other| {
            let is_word = English::of(other).is_some_and(|english| english.kind == Kind::Word);
            other != word
                && is_word
                && dictionary.services(other) >= own.saturating_mul(FAR_MORE)
                && typed.cost(other) <= SAME_SOUND
        });
        others.extend(same.into_iter().max_by_key(|other| dictionary.services(other)));
        others
    }

    /// The two words that a word is made of, if both are used and mean something together: "foodbank".
    fn two_that_mean_something(&self, word: &str) -> Option<(String, String)> {
        const SHORTEST: usize = 3;
        let used = |word: &str| word.chars().count() >= SHORTEST && self.snapshot.statistics().frequency(word).any > 0;
        let together =
            |first: &str, second: &str| self.snapshot.lexicon().meaning([first, second].into_iter()).is_some();
        let mut splits = word.char_indices().map(|(at, _)| word.split_at(at));
        splits
            .find(|(first, second)| used(first) && used(second) && together(first, second))
            .map(|(first, second)| (first.to_string(), second.to_string()))
    }

    /// Two words with the space left out: "helpwith", "debtadvice". Both are words that the directory or the little
    /// words of the language have, and of several ways the one with the commoner rarer half.
    fn two_good_words(&self, word: &str) -> Option<(String, String)> {
        const SHORTEST: usize = 4;
        let how_common = |half: &str| -> u32 {
            if is_filler(half) && half.len() > 1 {
                return u32::MAX;
            }
            if half.chars().count() < SHORTEST || English::of(half).is_none_or(|english| english.kind != Kind::Word) {
                return 0;
            }
            self.snapshot.statistics().frequency(half).written
        };
        let splits = word.char_indices().map(|(at, _)| word.split_at(at));
        let rarer = |(first, second): &(&str, &str)| how_common(first).min(how_common(second));
        let best = splits.max_by_key(rarer).filter(|halves| rarer(halves) > 0)?;
        Some((best.0.to_string(), best.1.to_string()))
    }

    /// The same with a typo in one of the two: "foodbnak". The half with the typo has four letters or more, and the two
    /// must mean something together, so this finds little that was not meant.
    fn two_with_a_typo(&self, word: &str) -> Option<(String, String)> {
        const SHORTEST: usize = 4;
        let used = |half: &str| self.snapshot.statistics().frequency(half).any > 0;
        let mean = |first: &str, second: &str| self.snapshot.lexicon().meaning([first, second].into_iter()).is_some();
        let dictionary = self.snapshot.dictionary();
        for (at, _) in word.char_indices() {
            let (first, second) = word.split_at(at);
            if first.chars().count() < SHORTEST || second.chars().count() < SHORTEST {
                continue;
            }
            if used(first)
                && let Some(other) = dictionary.like(second, 1, "").into_iter().find(|other| mean(first, other))
            {
                return Some((first.to_string(), other));
            }
            if used(second)
                && let Some(other) = dictionary.like(first, 1, "").into_iter().find(|other| mean(other, second))
            {
                return Some((other, second.to_string()));
            }
        }
        None
    }
}
