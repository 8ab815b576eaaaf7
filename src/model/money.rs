//! Amounts of money in pounds sterling.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount in GBP, kept in whole pence, written in pounds (`2.5`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "f64", into = "f64")]
#[schema(value_type = f64, example = 2.5)]
pub struct Pounds(u32);

impl Pounds {
    /// The largest amount a directory may hold: 10,000 GBP.
    pub const MOST: Pounds = Pounds(1_000_000);
    pub const ZERO: Pounds = Pounds(0);

    /// `None` if the number is negative, not finite, or more than [`Pounds::MOST`]. Parts of a penny are rounded.
    pub fn new(pounds: f64) -> Option<Self> {
        let pence = (pounds * 100.0).round();
        (0.0..=f64::from(Self::MOST.0)).contains(&pence).then_some(Self(pence as u32))
    }

    pub fn pounds(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    pub fn pence(self) -> u32 {
        self.0
    }

    pub fn is_free(self) -> bool {
        self.0 == 0
    }
}

impl TryFrom<f64> for Pounds {
    type Error = &'static str;
    fn try_from(pounds: f64) -> Result<Self, Self::Error> {
        Pounds::new(pounds).ok_or("an amount is from 0 to 10000 GBP")
    }
}

impl From<Pounds> for f64 {
    fn from(amount: Pounds) -> Self {
        amount.pounds()
    }
}

/// `£3`, `£2.50`.
impl fmt::Display for Pounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pounds, pence) = (self.0 / 100, self.0 % 100);
        if pence == 0 { write!(f, "£{pounds}") } else { write!(f, "£{pounds}.{pence:02}") }
    }
}
