//! A text's direction: the sum of the rows of its words.

use super::{DIMENSIONS, Model, Vector};

/// What the pieces of an unknown word weigh together; a known word's row weighs 1.
const UNKNOWN_WORD: f32 = 3.0;
/// A shorter unknown word says nothing by its letters.
const SHORTEST_UNKNOWN: usize = 3;

/// A sum that is being gathered.
#[derive(Clone, Debug)]
pub struct Sum {
    numbers: [f32; DIMENSIONS],
}

impl Default for Sum {
    fn default() -> Self {
        Self { numbers: [0.0; DIMENSIONS] }
    }
}

impl Sum {
    /// Adds the words of a text, folded as [`crate::index::analysis::words`] folds them.
    pub fn add<'a>(&mut self, words: impl IntoIterator<Item = &'a str>, weight: f32) {
        let model = Model::compiled_in();
        let mut before = None;
        for word in words {
            let known = model.word(word);
            match known {
                Some(row) => {
                    model.add(row, weight, &mut self.numbers);
                    if let Some(pair) = before.and_then(|before| model.pair(before, row)) {
                        model.add(pair, weight, &mut self.numbers);
                    }
                }
                None if word.chars().count() >= SHORTEST_UNKNOWN => {
                    let pieces = model.pieces(word);
                    let weight = weight * UNKNOWN_WORD / pieces.len().max(1) as f32;
                    pieces.into_iter().for_each(|piece| model.add(piece, weight, &mut self.numbers));
                }
                None => {}
            }
            before = known;
        }
    }

    /// The direction of the sum; `None` if nothing was added that points anywhere.
    pub fn vector(&self) -> Option<Vector> {
        Vector::new(&self.numbers)
    }

    /// The direction of a text by itself.
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<Vector> {
        let mut sum = Self::default();
        sum.add(words, 1.0);
        sum.vector()
    }
}
