//! English words and how often they are written, compiled in: which words are good although no service has them.
//!
//! `data/english/README.md` says where they come from and how they are made again.

use super::dictionary::{IntoStreamer, Map, words_like, words_of};
use std::sync::LazyLock;
use tantivy_fst::raw::Fst;

/// What is known of an English word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct English {
    pub kind: Kind,
    /// Ten times the power of ten of its occurrences in a milliard words: 58 for "need", 28 for "wheezing".
    pub written: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Word,
    /// Spelt the American way: the directory may have it in the British.
    American,
    /// A name of people or places, or an abbreviation: never mended, and never proposed.
    Name,
}

/// First names of the United Kingdom that are in no list of English words.
const FIRST_NAMES: [&str; 48] = [
    "aaliyah",
    "aleksandra",
    "aoife",
    "ayesha",
    "bronwyn",
    "ciara",
    "cian",
    "ciaran",
    "dafydd",
    "declan",
    "demi",
    "ewan",
    "fatima",
    "ffion",
    "finlay",
    "gethin",
    "gwen",
    "hamza",
    "ibrahim",
    "ieuan",
    "imran",
    "jaden",
    "jayden",
    "kayleigh",
    "keira",
    "khadija",
    "kieran",
    "kieron",
    "lewis",
    "lowri",
    "mairi",
    "mohammed",
    "muhammad",
    "nia",
    "niamh",
    "oisin",
    "orla",
    "parveen",
    "rhiannon",
    "rhys",
    "roisin",
    "saoirse",
    "shanice",
    "sian",
    "sinead",
    "tariq",
    "zainab",
    "zoe",
];

const NAME: u64 = 64;
const AMERICAN: u64 = 128;

/// Rarer words are not proposed in place of another.
const RAREST_PROPOSED: u8 = 14;

static WORDS: LazyLock<Option<Map<&'static [u8]>>> =
    LazyLock::new(|| Fst::new(&include_bytes!("../../../data/english/words.fst")[..]).ok().map(Map::from));
/// Words by how they sound: the consonants, a zero byte, the word.
static SOUNDS: LazyLock<Option<Map<&'static [u8]>>> =
    LazyLock::new(|| Fst::new(&include_bytes!("../../../data/english/sounds.fst")[..]).ok().map(Map::from));

impl English {
    /// What is known of a folded word; nothing if it is no English word.
    pub fn of(word: &str) -> Option<Self> {
        let known = WORDS.as_ref()?.get(word).map(Self::read);
        known.or_else(|| FIRST_NAMES.contains(&word).then_some(Self { kind: Kind::Name, written: 0 }))
    }

    fn read(value: u64) -> Self {
        let kind = match value {
            AMERICAN.. => Kind::American,
            NAME.. => Kind::Name,
            _ => Kind::Word,
        };
        Self { kind, written: (value % NAME) as u8 }
    }

    fn is_proposed(self) -> bool {
        self.kind == Kind::Word && self.written >= RAREST_PROPOSED
    }
}

/// Words within `typos` edits that begin with `beginning`; the rarest are left out.
pub(super) fn like(word: &str, typos: u8, beginning: &str) -> Vec<String> {
    let Some(map) = WORDS.as_ref() else { return Vec::new() };
    let found = words_like(map, word, typos, beginning).into_iter();
    found.filter(|(_, value)| English::read(*value).is_proposed()).map(|(word, _)| word).collect()
}

/// Words with these consonants, by how they sound.
pub(super) fn sounding(consonants: &str) -> Vec<String> {
    let Some(map) = SOUNDS.as_ref() else { return Vec::new() };
    let found = words_of(map.range().ge(format!("{consonants}\0")).lt(format!("{consonants}\u{1}")).into_stream());
    found.into_iter().filter_map(|(key, _)| Some(key.split_once('\0')?.1.to_string())).collect()
}

/// The lines of `words.tsv` → the two files that are compiled in. Run by `examples/english_words.rs`.
///
/// # Errors
/// A line is not a word and a number, or the words are not in order.
pub fn compile(lines: &str) -> Result<(Vec<u8>, Vec<u8>), String> {
    let mut words: Vec<(&str, u64)> = Vec::new();
    for line in lines.lines() {
        let pair = line.split_once('\t').and_then(|(word, value)| Some((word, value.parse().ok()?)));
        words.push(pair.ok_or_else(|| format!("`{line}` is not a word, a tab and a number"))?);
    }
    let proposed = words.iter().filter(|(_, value)| English::read(*value).is_proposed());
    let mut sounds: Vec<(String, u64)> = proposed.map(|(word, _)| (super::dictionary::sound_key(word), 0)).collect();
    sounds.sort();
    let words = super::dictionary::map_bytes(words).map_err(|error| error.to_string())?;
    Ok((words, super::dictionary::map_bytes(sounds).map_err(|error| error.to_string())?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::spelling::heard::{consonants, heard};
    use tantivy_fst::Streamer;

    #[test]
    fn words_names_and_american_spellings_are_told_apart() {
        let kind = |word| English::of(word).map(|english| english.kind);
        assert_eq!(kind("counselling"), Some(Kind::Word));
        assert_eq!(kind("dont"), Some(Kind::Word));
        assert_eq!(kind("counseling"), Some(Kind::American));
        assert_eq!(kind("salford"), Some(Kind::Name));
        assert_eq!(kind("counceling"), None);
        assert!(English::of("need").unwrap().written > English::of("wheezing").unwrap().written);
    }

    #[test]
    fn the_sounds_are_those_that_the_program_hears_today() {
        // If this fails, `heard` has changed: make `sounds.fst` again as `data/english/README.md` says.
        let mut stream = SOUNDS.as_ref().unwrap().stream();
        let mut count = 0;
        while let Some((key, _)) = stream.next() {
            let (sound, word) = std::str::from_utf8(key).unwrap().split_once('\0').unwrap();
            assert_eq!(sound, consonants(&heard(word)), "{word}");
            count += 1;
        }
        assert!(count > 40_000, "{count} words");
    }
}
