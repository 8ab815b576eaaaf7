//! What a text means, as a direction: texts that mean the same point the same way, also where they share no word.
//!
//! A small model of our own is compiled in (`data/meaning` says how it was made and of what). It has a row for each of
//! many words, for pairs of words that mean something together, and for the letters of words it does not know. A text's
//! direction is the sum of its rows. In reading order: the rows (`model`), a text's sum (`sum`), the direction it
//! gives (`vector`), the needs it was taught and how a direction leans towards them (`needs`), and both together
//! (`gist`). Nothing here reads a file, knows a directory or remembers a text.

mod model;
mod sum;
mod vector;
mod needs;
mod gist;

#[cfg(test)]
mod tests;

pub use gist::{BYTES, Gist, Question};
pub use model::Model;
pub use needs::Needs;
pub use sum::Sum;
pub use vector::{Likeness, Vector};

use vector::row_likeness;

/// Numbers in a direction.
pub const DIMENSIONS: usize = 128;
