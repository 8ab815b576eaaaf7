//! A text's direction: the sum of the rows of its words.

use super::{DIMENSIONS, Gist, Model, Vector, needs};

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
    /// The sum of the words of a text.
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut sum = Self::default();
        sum.add(words, 1.0);
        sum
    }

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

    /// The direction of the sum by itself; `None` if nothing was added that points anywhere.
    pub fn vector(&self) -> Option<Vector> {
        Vector::new(&self.numbers)
    }

    /// The direction in which the answers to a question lie, and the needs it speaks of.
    pub fn of_question(&self) -> Option<Gist> {
        let (direction, needs) = needs::of_question(self.vector()?, Model::compiled_in().taught());
        Some(Gist { direction, needs })
    }

    /// The direction of a service's text, and the needs that its sentences speak of.
    pub fn of_service(&self, sentences: impl Iterator<Item = Self>) -> Option<Gist> {
        let taught = Model::compiled_in().taught();
        let direction = needs::lean_text(self.vector()?, taught);
        Some(Gist { direction, needs: needs::of_sentences(sentences.filter_map(|sum| sum.vector()), taught) })
    }
}
