//! What a question means as a whole, beside what its words are: the direction it points in, and the categories and
//! goals of the directory that it comes nearest to.

use super::answer::UnderstoodWords;
use crate::index::Snapshot;
use crate::index::analysis::{is_filler, words};
use crate::meaning::{Model, Sum, Vector};

/// The sense of a text. Everything is empty for a text that says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sense {
    pub direction: Option<Vector>,
    /// Categories by number, with how sure that is, 0–1; the surest first.
    pub categories: Vec<(u16, f32)>,
    /// Goals by number, the same way.
    pub goals: Vec<(u16, f32)>,
}

impl Sense {
    /// The sense of words as they were understood: a misspelt word counts as what it was meant for, and one that nobody
    /// knows for nothing. Fillers count: "off the drink" is not "drink".
    pub fn of(understood: &[UnderstoodWords], snapshot: &Snapshot) -> Self {
        let meant = understood.iter().map(|words| words.corrected_to.first().unwrap_or(&words.typed));
        let meant: Vec<String> = meant.flat_map(|text| words(text)).map(|word| word.text).collect();
        let is_known = |word: &&String| Model::compiled_in().word(word).is_some();
        if !meant.iter().filter(is_known).any(|word| !is_filler(word)) {
            return Self::default();
        }
        let Some(direction) = Sum::of(meant.iter().filter(is_known).map(String::as_str)) else {
            return Self::default();
        };
        let wordings = snapshot.lexicon().wordings();
        Self {
            direction: Some(direction),
            categories: wordings.categories_near(&direction),
            goals: wordings.goals_near(&direction),
        }
    }
}
