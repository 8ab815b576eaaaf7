//! How often words occur: the numbers BM25 weighs them by, and the dictionary that spelling is mended against.
//!
//! tantivy counts deleted documents until it merges them away, so an edited index and one built anew would score a
//! little differently. These numbers are kept by us, exactly, so both give the same answers.

use super::analysis::{stem, words};
use super::document::{Document, TEXT_FIELDS};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use tantivy::Term;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;

/// In how many services a word occurs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequency {
    /// As a word or as the stem of one.
    pub any: u32,
    /// As it is written.
    pub written: u32,
}

/// Counts over all services.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    services: u64,
    tokens: [u64; TEXT_FIELDS],
    words: BTreeMap<String, Frequency>,
}

impl Statistics {
    pub fn frequency(&self, word: &str) -> Frequency {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// Every word as it is written somewhere, in order, with the number of services.
    pub fn written_words(&self) -> impl Iterator<Item = (&str, u32)> {
        self.words.iter().filter(|(_, frequency)| frequency.written > 0).map(|(word, f)| (word.as_str(), f.written))
    }

    pub fn add(&mut self, document: &Document) {
        self.services += 1;
        let counted = Counted::new(document);
        for (total, tokens) in self.tokens.iter_mut().zip(counted.tokens) {
            *total += tokens;
        }
        for word in counted.written {
            self.words.entry(word).or_default().written += 1;
        }
        for word in counted.any {
            self.words.entry(word).or_default().any += 1;
        }
    }

    pub fn remove(&mut self, document: &Document) {
        self.services = self.services.saturating_sub(1);
        let counted = Counted::new(document);
        for (total, tokens) in self.tokens.iter_mut().zip(counted.tokens) {
            *total = total.saturating_sub(tokens);
        }
        for word in counted.written {
            if let Some(frequency) = self.words.get_mut(&word) {
                frequency.written = frequency.written.saturating_sub(1);
            }
        }
        for word in counted.any {
            if let Some(frequency) = self.words.get_mut(&word) {
                frequency.any = frequency.any.saturating_sub(1);
                if *frequency == Frequency::default() {
                    self.words.remove(&word);
                }
            }
        }
    }
}

struct Counted {
    tokens: [u64; TEXT_FIELDS],
    written: HashSet<String>,
    any: HashSet<String>,
}

impl Counted {
    fn new(document: &Document) -> Self {
        let mut counted = Self { tokens: [0; TEXT_FIELDS], written: HashSet::new(), any: HashSet::new() };
        for (field, text) in document.texts.iter().enumerate() {
            for word in words(text) {
                let stem = stem(&word.text);
                counted.tokens[field] += if stem == word.text { 1 } else { 2 };
                counted.any.insert(stem);
                counted.any.insert(word.text.clone());
                counted.written.insert(word.text);
            }
        }
        counted
    }
}

/// The same numbers for tantivy. Text fields are the first ones of the schema, in the order of the documents' texts.
impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.tokens.get(field.field_id() as usize).copied().unwrap_or(1).max(1))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.services.max(1))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let value = term.value();
        Ok(value.as_str().map_or(0, |word| u64::from(self.frequency(word).any)).min(self.services))
    }
}
