//! How far what was typed is from a word: edits weighed by how easily they are made.
//!
//! A doubled letter or two letters in the wrong order is a slip; a wrong vowel or the key beside is likely; any other
//! letter, or another first letter, is not. What sounds alike costs little however it is written.

use super::heard::{heard, is_vowel};
use crate::index::analysis::MAX_WORD_CHARS;

/// Sounds like it, written otherwise.
const SOUNDS_ALIKE: f32 = 0.3;
/// Another first letter, or first sound: rarely wrong.
const FIRST_LETTER: f32 = 0.4;

/// What an edit costs.
struct Costs {
    other_letter: f32,
    other_vowel: f32,
    near_sound: f32,
    near_key: f32,
    swapped: f32,
    doubled: f32,
    missing: f32,
    missing_vowel: f32,
    added: f32,
}

const OF_LETTERS: Costs = Costs {
    other_letter: 1.0,
    other_vowel: 0.5,
    near_sound: 0.6,
    near_key: 0.75,
    swapped: 0.3,
    doubled: 0.3,
    missing: 0.9,
    missing_vowel: 0.6,
    added: 0.9,
};

const OF_SOUNDS: Costs = Costs { other_vowel: 0.3, missing_vowel: 0.4, ..OF_LETTERS };

/// A word that was typed, made ready to be compared with many.
pub struct Typed {
    letters: Vec<char>,
    sounds: Vec<char>,
}

impl Typed {
    pub fn new(word: &str) -> Self {
        Self { letters: word.chars().collect(), sounds: heard(word).chars().collect() }
    }

    /// The cost of having meant this word; 0 for itself.
    pub fn cost(&self, meant: &str) -> f32 {
        let letters: Vec<char> = meant.chars().collect();
        let by_letter = cost(&self.letters, &letters, &OF_LETTERS);
        if by_letter <= SOUNDS_ALIKE {
            return by_letter;
        }
        let sounds: Vec<char> = heard(meant).chars().collect();
        by_letter.min(SOUNDS_ALIKE + cost(&self.sounds, &sounds, &OF_SOUNDS))
    }
}

/// The least sum of edits that make `meant` of `typed` (optimal string alignment).
fn cost(typed: &[char], meant: &[char], costs: &Costs) -> f32 {
    const ROW: usize = 2 * MAX_WORD_CHARS;
    if typed.len() >= ROW || meant.len() >= ROW {
        return f32::INFINITY;
    }
    let (mut two_before, mut before, mut row) = ([0.0_f32; ROW], [0.0_f32; ROW], [0.0_f32; ROW]);
    for (at, letter) in meant.iter().enumerate() {
        before[at + 1] = before[at] + missing(*letter, at.checked_sub(1).map(|at| meant[at]), costs);
    }
    for (i, letter) in typed.iter().enumerate() {
        row[0] = before[0] + added(*letter, i.checked_sub(1).map(|i| typed[i]), costs);
        for (j, wanted) in meant.iter().enumerate() {
            let mut least = before[j] + other(*letter, *wanted, costs);
            least = least.min(before[j + 1] + added(*letter, i.checked_sub(1).map(|i| typed[i]), costs));
            least = least.min(row[j] + missing(*wanted, j.checked_sub(1).map(|j| meant[j]), costs));
            if i > 0 && j > 0 && letter != wanted && *letter == meant[j - 1] && typed[i - 1] == *wanted {
                least = least.min(two_before[j - 1] + costs.swapped);
            }
            row[j + 1] = least;
        }
        (two_before, before, row) = (before, row, two_before);
    }
    let other_first = typed.first() != meant.first();
    before[meant.len()] + if other_first { FIRST_LETTER } else { 0.0 }
}

fn other(typed: char, meant: char, costs: &Costs) -> f32 {
    if typed == meant {
        return 0.0;
    }
    let vowel = |letter| is_vowel(letter) || letter == 'y';
    if vowel(typed) && vowel(meant) {
        return costs.other_vowel;
    }
    let either = |pair: &str| pair.contains(typed) && pair.contains(meant);
    const NEAR_SOUNDS: [&str; 8] = ["ck", "cs", "sz", "fv", "gj", "dt", "bp", "mn"];
    if NEAR_SOUNDS.iter().any(|pair| either(pair)) {
        return costs.near_sound;
    }
    if are_neighbours(typed, meant) { costs.near_key } else { costs.other_letter }
}

fn added(letter: char, before: Option<char>, costs: &Costs) -> f32 {
    if before == Some(letter) { costs.doubled } else { costs.added }
}

fn missing(letter: char, before: Option<char>, costs: &Costs) -> f32 {
    if before == Some(letter) {
        costs.doubled
    } else if is_vowel(letter) || letter == 'h' {
        costs.missing_vowel
    } else {
        costs.missing
    }
}

/// Keys beside each other on a British keyboard.
fn are_neighbours(one: char, other: char) -> bool {
    const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let place = |letter: char| ROWS.iter().enumerate().find_map(|(row, keys)| Some((row, keys.find(letter)?)));
    let (Some(one), Some(other)) = (place(one), place(other)) else { return false };
    match one.0.abs_diff(other.0) {
        0 => one.1.abs_diff(other.1) == 1,
        // Each row begins half a key further right than the one above.
        1 => {
            let (upper, lower) = if one.0 < other.0 { (one, other) } else { (other, one) };
            upper.1 == lower.1 || upper.1 == lower.1 + 1
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn likely_slips_cost_less() {
        for (typed, likely, unlikely) in [
            ("benifits", "benefits", "misfits"),
            ("wheazing", "wheezing", "weeding"),
            ("councelling", "counselling", "cancelling"),
            ("alottment", "allotment", "allocent"),
            ("hosing", "housing", "hosting"),
            ("gardning", "gardening", "warding"),
            ("foid", "food", "fond"),
        ] {
            let typed_word = Typed::new(typed);
            assert!(typed_word.cost(likely) < typed_word.cost(unlikely), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_word_is_nearest_to_itself(one in "[a-zé]{1,12}", other in "[a-z]{1,12}") {
            prop_assert_eq!(Typed::new(&one).cost(&one), 0.0);
            prop_assert!(one == other || Typed::new(&one).cost(&other) > 0.0);
            prop_assert!(Typed::new(&one).cost(&other).is_finite());
        }
    }
}
