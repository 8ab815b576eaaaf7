//! The words of one directory, made ready for look-ups: as they are written, by their beginnings, by a typo or two, and
//! by how they sound. Finite-state maps: a look-up takes microseconds among hundreds of thousands of words.

use super::heard::{consonants, heard};
use std::collections::BTreeMap;
use std::io;
use std::ops::Deref;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy_fst::map::Stream;
use tantivy_fst::{Automaton, Streamer};

pub(super) use tantivy_fst::{IntoStreamer, Map};

/// The words that stand in the texts of services and in the directory's phrases.
pub struct Dictionary {
    /// Written words with the number of services that have them.
    words: Map<Vec<u8>>,
    /// Consonants, a zero byte and the word.
    sounds: Map<Vec<u8>>,
}

impl Dictionary {
    /// Makes a dictionary of folded words with the number of services that have each.
    ///
    /// # Errors
    /// A map cannot be built: a fault of ours.
    pub fn new(words: &BTreeMap<&str, u64>) -> io::Result<Self> {
        let map = |bytes: Vec<u8>| Map::from_bytes(bytes).map_err(io::Error::other);
        let mut sounds: Vec<(String, u64)> = words.keys().map(|word| (sound_key(word), 0)).collect();
        sounds.sort_unstable();
        Ok(Self {
            words: map(map_bytes(words.iter().map(|(word, count)| (*word, *count)))?)?,
            sounds: map(map_bytes(sounds)?)?,
        })
    }

    /// In how many services the word stands as it is written; a word of a phrase alone counts as one.
    pub fn services(&self, word: &str) -> u64 {
        self.words.get(word).unwrap_or(0)
    }

    /// Up to `limit` words that begin so, the commonest first.
    pub fn beginning(&self, prefix: &str, limit: usize) -> Vec<String> {
        let mut found = words_of(self.words.range().ge(prefix).lt(after(prefix)).into_stream());
        found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found.into_iter().take(limit).map(|(word, _)| word).collect()
    }

    /// Words within `typos` edits (a swap of neighbours is one) that begin with `beginning`.
    pub(super) fn like(&self, word: &str, typos: u8, beginning: &str) -> Vec<String> {
        words_like(&self.words, word, typos, beginning).into_iter().map(|(word, _)| word).collect()
    }

    /// Words with these consonants, by how they sound.
    pub(super) fn sounding(&self, consonants: &str) -> Vec<String> {
        let range = self.sounds.range().ge(format!("{consonants}\0")).lt(format!("{consonants}\u{1}"));
        words_of(range.into_stream())
            .into_iter()
            .filter_map(|(key, _)| Some(key.split_once('\0')?.1.to_string()))
            .collect()
    }
}

/// What comes after everything that begins so.
fn after(prefix: &str) -> Vec<u8> {
    let mut end = prefix.as_bytes().to_vec();
    end.push(0xff);
    end
}

/// The key under which a word stands by its sound.
pub(super) fn sound_key(word: &str) -> String {
    format!("{}\0{word}", consonants(&heard(word)))
}

/// The bytes of a map; the keys are in order.
pub(super) fn map_bytes<K: AsRef<[u8]>>(pairs: impl IntoIterator<Item = (K, u64)>) -> io::Result<Vec<u8>> {
    let mut builder = tantivy_fst::MapBuilder::memory();
    for (key, value) in pairs {
        builder.insert(key, value).map_err(io::Error::other)?;
    }
    builder.into_inner().map_err(io::Error::other)
}

pub(super) fn words_like<Data: Deref<Target = [u8]>>(
    map: &Map<Data>,
    word: &str,
    typos: u8,
    beginning: &str,
) -> Vec<(String, u64)> {
    let term = Term::from_field_text(Field::from_field_id(0), word);
    let Ok(automaton) = FuzzyTermQuery::new(term, typos, true).automaton() else { return Vec::new() };
    words_of(map.search(automaton).ge(beginning).lt(after(beginning)).into_stream())
}

pub(super) fn words_of<A: Automaton>(mut stream: Stream<'_, A>) -> Vec<(String, u64)> {
    let mut words = Vec::new();
    while let Some((word, value)) = stream.next() {
        if let Ok(word) = std::str::from_utf8(word) {
            words.push((word.to_string(), value));
        }
    }
    words
}
