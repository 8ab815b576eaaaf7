//! What a text means in few bytes: its direction and its needs. How alike two of them are is what a search by meaning
//! goes by.

use super::needs::{self, Asked, NEEDS_BYTES, Needs};
use super::{DIMENSIONS, Likeness, Model, Vector, row_likeness};

/// Bytes of a gist, in memory and on disk.
pub const BYTES: usize = DIMENSIONS + NEEDS_BYTES;

/// How much being for the very needs that are asked for counts beside the cosine of the directions.
const BY_NEEDS: f32 = 0.25;

/// What a text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gist {
    pub direction: Vector,
    pub needs: Needs,
}

impl Gist {
    /// That of a direction which nobody worded: a category's, say.
    pub fn of_direction(direction: Vector) -> Self {
        Self { direction, needs: needs::of_direction(&direction, Model::compiled_in().taught()) }
    }

    pub fn from_bytes(bytes: &[u8; BYTES]) -> Option<Self> {
        let (direction, needs) = bytes.split_first_chunk::<DIMENSIONS>()?;
        Some(Self { direction: Vector::from_bytes(direction), needs: Needs::from_bytes(needs.try_into().ok()?) })
    }

    pub fn to_bytes(self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        let (direction, needs) = bytes.split_at_mut(DIMENSIONS);
        direction.copy_from_slice(&self.direction.to_bytes());
        needs.copy_from_slice(&self.needs.to_bytes());
        bytes
    }

    /// The gist of a question, made ready to be compared with many.
    pub fn question(&self) -> Question {
        Question { gist: *self, direction: self.direction.widened(), needs: self.needs.asked() }
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    gist: Gist,
    direction: [i16; DIMENSIONS],
    needs: Asked,
}

impl Question {
    pub fn gist(&self) -> &Gist {
        &self.gist
    }

    /// How alike the text of a row is to what is asked: the cosine of the directions, and for the needs up to a quarter
    /// more. In whole numbers, so that it is the same on every machine.
    pub fn likeness(&self, row: &[u8; BYTES]) -> Likeness {
        const ALL_NEEDS: u32 = 255 * 255;
        const MOST: u32 = (BY_NEEDS * Likeness::SAME as f32) as u32;
        let Some((direction, needs)) = row.split_first_chunk::<DIMENSIONS>() else { return Likeness::default() };
        let Some(needs) = needs.first_chunk::<NEEDS_BYTES>() else { return Likeness::default() };
        let by_needs = self.needs.in_row(needs).min(ALL_NEEDS) / 16 * MOST / (ALL_NEEDS / 16);
        Likeness(row_likeness(&self.direction, direction).0 + by_needs.cast_signed())
    }
}
