//! The rows of the model, in the form they have in its file: found by a hash table that is in the file too, so that
//! opening costs nothing and a look-up two or three reads.

use super::DIMENSIONS;
use std::sync::OnceLock;

static FILE: &[u8] = include_bytes!("../../data/meaning/model.bin");

/// The file begins so; the last letter is its version.
const MAGIC: &[u8; 4] = b"SPM3";
/// Numbers of the header: dimensions, words, pairs, letter rows, slots for words, slots for pairs, bytes of all words,
/// needs, wordings of people in them, wordings of services for them.
const HEADER: usize = 10;
/// Letters in a row that stand for a piece of an unknown word.
const GRAM_LETTERS: [usize; 3] = [3, 4, 5];

/// All rows: first those of the words, then those of pairs, then those of pieces of words.
#[derive(Debug, Default)]
pub struct Model<'a> {
    words: u32,
    pairs: u32,
    grams: u32,
    scales: &'a [[u8; 4]],
    word_slots: &'a [[u8; 4]],
    pair_slots: &'a [[u8; 4]],
    /// The two words of each pair.
    pair_words: &'a [[u8; 8]],
    /// Where each word ends in `letters`; it begins where the one before ends.
    word_ends: &'a [[u8; 4]],
    letters: &'a [u8],
    rows: &'a [[u8; DIMENSIONS]],
    taught: Taught<'a>,
}

/// The needs that it was taught, as directions.
#[derive(Debug, Default)]
pub(super) struct Taught<'a> {
    /// For each need, the direction of services for it, and …
    pub(super) services: &'a [[u8; DIMENSIONS]],
    /// … the middle of what people in it say.
    pub(super) wordings_middle: &'a [[u8; DIMENSIONS]],
    /// What people in each need say.
    pub(super) wordings: Lists<'a>,
    /// What services for each need say of themselves.
    pub(super) said: Lists<'a>,
}

/// A list of directions for each need.
#[derive(Debug, Default)]
pub(super) struct Lists<'a> {
    /// Where the list of each need ends among all; it begins where that of the one before ends.
    ends: &'a [[u8; 4]],
    rows: &'a [[u8; DIMENSIONS]],
}

impl<'a> Lists<'a> {
    pub(super) fn of(&self, need: usize) -> &'a [[u8; DIMENSIONS]] {
        span(self.ends, need).and_then(|span| self.rows.get(span)).unwrap_or_default()
    }

    fn take(rest: &mut &'a [u8], needs: u32, rows: u32) -> Option<Self> {
        Some(Self { ends: take(rest, needs as usize)?, rows: take(rest, rows as usize)? })
    }
}

impl Model<'static> {
    /// The model that is compiled in. (A file that does not hold together would be our own mistake, which a test looks
    /// for; it counts as a model that knows nothing.)
    pub fn compiled_in() -> &'static Self {
        static MODEL: OnceLock<Model<'static>> = OnceLock::new();
        MODEL.get_or_init(|| Model::open(FILE).unwrap_or_default())
    }
}

impl<'a> Model<'a> {
    /// Reads the header and cuts the file into its lists; `None` if it is not of this form.
    pub fn open(file: &'a [u8]) -> Option<Self> {
        let mut rest = file.strip_prefix(MAGIC)?;
        let mut header = [0; HEADER];
        for (number, bytes) in header.iter_mut().zip(take::<4>(&mut rest, HEADER)?) {
            *number = u32::from_le_bytes(*bytes);
        }
        let [dimensions, words, pairs, grams, word_slots, pair_slots, letters, needs, wordings, said] = header;
        if dimensions as usize != DIMENSIONS || !word_slots.is_power_of_two() || !pair_slots.is_power_of_two() {
            return None;
        }
        let rows = words.checked_add(pairs)?.checked_add(grams)? as usize;
        let model = Self {
            words,
            pairs,
            grams,
            scales: take::<4>(&mut rest, rows)?,
            word_slots: take::<4>(&mut rest, word_slots as usize)?,
            pair_slots: take::<4>(&mut rest, pair_slots as usize)?,
            pair_words: take::<8>(&mut rest, pairs as usize)?,
            word_ends: take::<4>(&mut rest, words as usize)?,
            letters: take::<1>(&mut rest, letters as usize)?.as_flattened(),
            rows: take::<DIMENSIONS>(&mut rest, rows)?,
            taught: Taught {
                services: take::<DIMENSIONS>(&mut rest, needs as usize)?,
                wordings_middle: take::<DIMENSIONS>(&mut rest, needs as usize)?,
                wordings: Lists::take(&mut rest, needs, wordings)?,
                said: Lists::take(&mut rest, needs, said)?,
            },
        };
        rest.is_empty().then_some(model)
    }

    /// What tells one model from another by what it makes of a service's text: a number made of the scales of its rows
    /// and of the needs; to read the rows as well would take longer than to open an index.
    pub fn fingerprint(&self) -> u32 {
        let needs = self.taught.services.as_flattened();
        fnv(self.scales.as_flattened().iter().chain(needs).copied())
    }

    /// The row of a folded word.
    pub fn word(&self, word: &str) -> Option<u32> {
        let is_it = |at: u32| self.text(at) == Some(word.as_bytes());
        find(self.word_slots, fnv(word.bytes()), is_it)
    }

    /// The row of two words, given by their rows, that mean something together.
    pub fn pair(&self, first: u32, second: u32) -> Option<u32> {
        let mut key = [0; 8];
        key[..4].copy_from_slice(&first.to_le_bytes());
        key[4..].copy_from_slice(&second.to_le_bytes());
        let found = find(self.pair_slots, fnv(key.into_iter()), |at| self.pair_words.get(at as usize) == Some(&key));
        found.map(|pair| self.words + pair)
    }

    /// The rows of the pieces of a word that has no row, its ends marked: "foodbnk" has `<foo`, `food`, `nk>` …
    pub fn pieces(&self, word: &str) -> Vec<u32> {
        if self.grams == 0 {
            return Vec::new();
        }
        let mut marked = Vec::with_capacity(word.len() + 2);
        marked.push(b'<');
        marked.extend_from_slice(word.as_bytes());
        marked.push(b'>');
        let pieces = GRAM_LETTERS.iter().flat_map(|&letters| marked.windows(letters));
        let first = self.words + self.pairs;
        pieces.map(|piece| first + fnv(piece.iter().copied()) % self.grams).collect()
    }

    /// Adds a row, `weight` times, to a sum.
    pub(super) fn add(&self, row: u32, weight: f32, sum: &mut [f32; DIMENSIONS]) {
        let (Some(scale), Some(row)) = (self.scales.get(row as usize), self.rows.get(row as usize)) else { return };
        let weight = weight * f32::from_le_bytes(*scale);
        for (sum, number) in sum.iter_mut().zip(row) {
            *sum += weight * f32::from(number.cast_signed());
        }
    }

    fn text(&self, word: u32) -> Option<&[u8]> {
        self.letters.get(span(self.word_ends, word as usize)?)
    }

    pub(super) fn taught(&self) -> &Taught<'a> {
        &self.taught
    }
}

/// From where to where a thing goes in a list, by where each thing ends.
fn span(ends: &[[u8; 4]], at: usize) -> Option<std::ops::Range<usize>> {
    let end = |at: usize| Some(u32::from_le_bytes(*ends.get(at)?) as usize);
    Some(if at == 0 { 0 } else { end(at - 1)? }..end(at)?)
}

/// The first `count` pieces of `N` bytes, taken off the front.
fn take<'a, const N: usize>(rest: &mut &'a [u8], count: usize) -> Option<&'a [[u8; N]]> {
    let (taken, left) = rest.split_at_checked(count.checked_mul(N)?)?;
    *rest = left;
    Some(taken.as_chunks().0)
}

/// Looks a hash up in a table whose slots hold numbers counted from 1; 0 is free, and ends the search.
fn find(slots: &[[u8; 4]], hash: u32, is_it: impl Fn(u32) -> bool) -> Option<u32> {
    let mask = slots.len().checked_sub(1)?;
    let from = hash as usize & mask;
    for step in 0..slots.len() {
        let number = u32::from_le_bytes(slots[(from + step) & mask]).checked_sub(1)?;
        if is_it(number) {
            return Some(number);
        }
    }
    None
}

/// Fowler–Noll–Vo, 32 bits: short, and the same in the script that writes the file.
fn fnv(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
