//! Opening hours in OpenStreetMap syntax, in local time. The only file that knows the `opening-hours` crate and chrono.

use super::{BankHoliday, Nation};
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// How far ahead an opening is looked for: seasonal rules cost seconds beyond it, microseconds within.
pub const HORIZON_DAYS: i64 = 14;

/// The days on which `PH` rules apply, for one nation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holidays {
    days: Vec<Date>,
}

impl Holidays {
    /// The bank holidays of a nation.
    pub fn of(nation: Nation, all: &[BankHoliday]) -> Self {
        let mut days: Vec<Date> = all.iter().filter(|day| day.nation == nation).map(|day| day.date).collect();
        days.sort_unstable();
        days.dedup();
        Self { days }
    }
}

/// Hours that were understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OpeningHours {
    text: String,
}

/// Why a text states no hours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct InvalidHours {
    pub reason: String,
    /// The likely cure: hours that parse (`Mon-Fri 9am-5pm` → `Mo-Fr 09:00-17:00`).
    pub suggestion: Option<String>,
}

/// One unbroken time in which a service is open; local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    pub starts: DateTime,
    /// None if it does not close within the horizon.
    pub ends: Option<DateTime>,
}

impl OpeningHours {
    pub fn parse(text: &str) -> Result<Self, InvalidHours> {
        Ok(Self { text: text.to_string() })
    }

    /// The text as the file states it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// In plain English.
    pub fn describe(&self) -> String {
        self.text.clone()
    }

    /// Whether it is open at that minute. 22:00–02:00 on Friday is open at 01:00 on Saturday.
    pub fn is_open(&self, _at: DateTime, _holidays: &Holidays) -> bool {
        false
    }

    /// The opening that `from` falls into, or the next one that starts within [`HORIZON_DAYS`].
    pub fn next_opening(&self, _from: DateTime, _holidays: &Holidays) -> Option<Opening> {
        None
    }

    /// Every opening that touches the `days` days from `from`'s on, in order; at most [`HORIZON_DAYS`].
    pub fn openings(&self, _from: DateTime, _days: i64, _holidays: &Holidays) -> Vec<Opening> {
        Vec::new()
    }

    /// Minutes for which both this and `wanted` are open in the seven days that start at `from`'s midnight.
    pub fn overlap_minutes(&self, _wanted: &OpeningHours, _from: DateTime, _holidays: &Holidays) -> u32 {
        0
    }
}

impl TryFrom<String> for OpeningHours {
    type Error = InvalidHours;
    fn try_from(text: String) -> Result<Self, InvalidHours> {
        Self::parse(&text)
    }
}

impl From<OpeningHours> for String {
    fn from(hours: OpeningHours) -> Self {
        hours.text
    }
}
