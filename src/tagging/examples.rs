//! What the services that have a code say and others do not: the team's own choices, as words that speak for a code.
//!
//! For each stem and code the logarithm of the odds ratio: how much likelier a service with the code is to say the word
//! than one without. (Words of a class against the rest, as in naive Bayes; only what speaks for a code is kept.)

use std::collections::{BTreeSet, HashMap};

/// From more examples nothing is learned that fewer would not tell.
pub(super) const MOST_EXAMPLES: usize = 20_000;
/// A word that only one example of a code says may be chance.
const SAID_BY: u32 = 2;
/// Added to each count, so that what was never seen is unlikely and not impossible.
const SMOOTHING: f64 = 0.5;
/// Weaker words are left out: there are very many, and they say nothing.
const LEAST: f64 = 1.0;

/// The words that speak for each code.
#[derive(Default)]
pub(super) struct Examples {
    words: HashMap<String, Vec<(u16, f64)>>,
    pub count: usize,
}

impl Examples {
    /// Learns from services that have codes: the stems of their texts, and the codes.
    pub fn learn(examples: &[(BTreeSet<String>, Vec<u16>)]) -> Self {
        let mut with_code: HashMap<u16, u32> = HashMap::new();
        let mut with_word: HashMap<&str, u32> = HashMap::new();
        let mut with_both: HashMap<(&str, u16), u32> = HashMap::new();
        for (stems, codes) in examples {
            for &code in codes {
                *with_code.entry(code).or_default() += 1;
            }
            for stem in stems {
                *with_word.entry(stem).or_default() += 1;
                for &code in codes {
                    *with_both.entry((stem, code)).or_default() += 1;
                }
            }
        }
        let count = examples.len();
        let mut words: HashMap<String, Vec<(u16, f64)>> = HashMap::new();
        for ((stem, code), both) in with_both.into_iter().filter(|(_, both)| *both >= SAID_BY) {
            let (of_code, of_word) = (f64::from(with_code[&code]), f64::from(with_word[stem]));
            let both = f64::from(both);
            let here = (both + SMOOTHING) / (of_code + 2.0 * SMOOTHING);
            let elsewhere = (of_word - both + SMOOTHING) / (count as f64 - of_code + 2.0 * SMOOTHING);
            let weight = (here / elsewhere).ln();
            if weight >= LEAST {
                words.entry(stem.to_string()).or_default().push((code, weight));
            }
        }
        for codes in words.values_mut() {
            codes.sort_unstable_by_key(|(code, _)| *code);
        }
        Self { words, count }
    }

    /// The words of a service that speak for codes, with how much.
    pub fn words_for<'s>(&self, stems: &'s BTreeSet<String>) -> impl Iterator<Item = (&'s str, u16, f64)> {
        let of_stem = |stem: &'s String| {
            let codes = self.words.get(stem).map(Vec::as_slice).unwrap_or_default();
            codes.iter().map(move |(code, weight)| (stem.as_str(), *code, *weight))
        };
        stems.iter().flat_map(of_stem)
    }
}
