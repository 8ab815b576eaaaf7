//! A direction in few bytes, and how alike two of them are.

use super::DIMENSIONS;

/// A direction of length 1 is written down in whole numbers of this length. Its numbers are nearly all below a fifth
/// of it, and what is beyond half of it is cut off, so that each fits a byte.
const LENGTH: f32 = 256.0;

/// The cosine between two directions, as a whole number up to [`Likeness::SAME`]: sums of whole numbers are the same on
/// every machine, so that an order by them is too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness(pub i32);

impl Likeness {
    /// That of a direction and itself, but for rounding.
    pub const SAME: i32 = 256 * 256;

    pub fn new(cosine: f32) -> Self {
        Self((cosine * Self::SAME as f32) as i32)
    }

    /// −1 to 1.
    pub fn cosine(self) -> f32 {
        self.0 as f32 / Self::SAME as f32
    }
}

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vector([i8; DIMENSIONS]);

impl Vector {
    /// The direction of these numbers; `None` if they point nowhere.
    pub fn new(numbers: &[f32; DIMENSIONS]) -> Option<Self> {
        let length = numbers.iter().map(|number| number * number).sum::<f32>().sqrt();
        if !length.is_finite() || length < 1e-3 {
            return None;
        }
        let whole = |number: f32| (number / length * LENGTH).round().clamp(-127.0, 127.0) as i8;
        Some(Self(numbers.map(whole)))
    }

    /// The middle of several directions; `None` if there is none, or they cancel out.
    pub fn middle(directions: &[Self]) -> Option<Self> {
        Self::between(directions.iter().map(|direction| (*direction, 1.0)))
    }

    /// A direction between several, nearer to those that weigh more.
    pub fn between(directions: impl Iterator<Item = (Self, f32)>) -> Option<Self> {
        let mut sum = [0.0; DIMENSIONS];
        for (direction, weight) in directions {
            sum.iter_mut().zip(direction.0).for_each(|(sum, number)| *sum += weight * f32::from(number));
        }
        Self::new(&sum)
    }

    pub fn from_bytes(bytes: &[u8; DIMENSIONS]) -> Self {
        Self(bytes.map(u8::cast_signed))
    }

    pub fn to_bytes(self) -> [u8; DIMENSIONS] {
        self.0.map(i8::cast_unsigned)
    }

    pub fn likeness(&self, other: &Self) -> Likeness {
        row_likeness(&self.widened(), &other.to_bytes())
    }

    /// The numbers as `row_likeness` takes them.
    pub fn widened(&self) -> [i16; DIMENSIONS] {
        self.0.map(i16::from)
    }
}

/// The likeness of a direction and one written down: the one loop that a search over a million services spends its time
/// in. Cut into sixteens and widened first, it becomes eight products a step, without instructions that an old machine
/// lacks; written plainly it takes six times as long.
pub fn row_likeness(direction: &[i16; DIMENSIONS], row: &[u8; DIMENSIONS]) -> Likeness {
    const AT_ONCE: usize = 16;
    let mut sum = 0;
    let sixteens = direction.as_chunks::<AT_ONCE>().0.iter().zip(row.as_chunks::<AT_ONCE>().0);
    for (direction, row) in sixteens {
        let row = row.map(|byte| i16::from(byte.cast_signed()));
        sum += direction.iter().zip(row).map(|(a, b)| i32::from(*a) * i32::from(b)).sum::<i32>();
    }
    Likeness(sum)
}
