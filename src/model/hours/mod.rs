//! Opening hours in OpenStreetMap syntax, in local time.
//!
//! `reading` decides which texts state hours, `cure` guesses what was meant by those that do not, `calendar` answers
//! when it is open, `words` says it in plain English. Only this folder knows the `opening-hours` crates and chrono.
//!
//! Everything is wall-clock time without a zone: a session from 00:30 to 03:00 on the night the clocks change is just
//! that. What counts as open, where OpenStreetMap leaves it vague:
//! - a comment after a time is a remark: `Mo 10:00-12:00 "ring first"` is open;
//! - a comment in place of a time is not a time: `Sa "by appointment"` and every `unknown` count as not open;
//! - `18:00+` is open until midnight, since nobody promised more;
//! - hours past midnight belong to the day they began on: `Fr 22:00-02:00; Sa 10:00-12:00` is open at 01:00 on Saturday
//!   (the crate alone drops that hour). A day that is closed outright (`PH off`) is closed from its midnight on;
//! - school holidays differ by council and are not known: `SH off` parses and never applies.

mod calendar;
mod cure;
mod reading;
#[cfg(test)]
mod tests;
mod words;

use super::{BankHoliday, Nation};
use crate::language::Language;
use calendar::{Calendar, Rules};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How far ahead an opening is looked for. A fortnight sees every weekly and fortnightly session once.
pub const HORIZON_DAYS: i64 = 14;

/// How many days `overlap_minutes` compares.
const WEEK_DAYS: i64 = 7;

/// The days on which `PH` rules apply, for one nation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holidays {
    calendar: Calendar,
}

impl Holidays {
    /// The bank holidays of a nation.
    pub fn of(nation: Nation, all: &[BankHoliday]) -> Self {
        let days = all.iter().filter(|day| day.nation == nation).map(|day| day.date);
        Self { calendar: Calendar::of_public_holidays(days) }
    }
}

/// Hours that were understood, and are open at some time or other. Cheap to clone.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OpeningHours(Arc<Stated>);

#[derive(Debug)]
struct Stated {
    text: String,
    rules: Rules,
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
    /// Reads hours, or says why they are none and what was likely meant. A suggestion always parses.
    pub fn parse(text: &str) -> Result<Self, InvalidHours> {
        let text = text.trim();
        match reading::read(text) {
            Ok(rules) => Ok(Self(Arc::new(Stated { text: text.to_string(), rules }))),
            Err(refusal) => {
                let candidates = [refusal.candidate, cure::guess(text)];
                let suggestion = candidates.into_iter().flatten().find(|guess| reading::read(guess).is_ok());
                Err(InvalidHours { reason: refusal.reason, suggestion })
            }
        }
    }

    /// The text as the file states it, without blanks around it.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// The hours in plain English: "Monday to Friday 9am to 5pm; closed on bank holidays". Where that cannot be said
    /// surely, the text itself.
    pub fn describe(&self) -> String {
        self.describe_in(Language::English)
    }

    /// The same in a language. Comments in the hours stay as they are.
    pub fn describe_in(&self, language: Language) -> String {
        words::describe(&self.0.text, language.texts()).unwrap_or_else(|| self.0.text.clone())
    }

    /// Whether it is open at that minute. 22:00–02:00 on Friday is open at 01:00 on Saturday.
    pub fn is_open(&self, at: DateTime, holidays: &Holidays) -> bool {
        let minute = i64::from(at.hour()) * 60 + i64::from(at.minute());
        let today = self.0.rules.under(&holidays.calendar).open_on(at.date(), 0);
        today.into_iter().any(|open| open.contains(&minute))
    }

    /// The opening that `from` falls into, or the next one that starts within [`HORIZON_DAYS`].
    ///
    /// The start of the current opening is looked for back to the midnight that began the day before `from`: one that
    /// began earlier is said to begin there. Openings that touch are one.
    pub fn next_opening(&self, from: DateTime, holidays: &Holidays) -> Option<Opening> {
        let minute = i64::from(from.hour()) * 60 + i64::from(from.minute());
        let latest = minute + HORIZON_DAYS * calendar::DAY;
        let mut timeline = self.0.rules.under(&holidays.calendar).timeline(from.date());
        let next = timeline.find(|open| open.end > minute).filter(|open| open.start <= latest)?;
        calendar::opening(from.date(), &next)
    }

    /// Every opening that touches the `days` days from `from`'s on, in order; at most [`HORIZON_DAYS`].
    ///
    /// An opening that began before the first midnight or goes on after the last is given whole.
    pub fn openings(&self, from: DateTime, days: i64, holidays: &Holidays) -> Vec<Opening> {
        if days <= 0 {
            return Vec::new();
        }
        let end = days.min(HORIZON_DAYS) * calendar::DAY;
        let timeline = self.0.rules.under(&holidays.calendar).timeline(from.date());
        let touching = timeline.skip_while(|open| open.end <= 0).take_while(|open| open.start < end);
        touching.filter_map(|open| calendar::opening(from.date(), &open)).collect()
    }

    /// Minutes for which both this and `wanted` are open in the seven days that start at `from`'s midnight.
    pub fn overlap_minutes(&self, wanted: &OpeningHours, from: DateTime, holidays: &Holidays) -> u32 {
        let ours = self.0.rules.under(&holidays.calendar);
        let theirs = wanted.0.rules.under(&holidays.calendar);
        let mut minutes = 0;
        for day in 0..WEEK_DAYS {
            let their_day = theirs.open_on(from.date(), day);
            for our in ours.open_on(from.date(), day) {
                for their in &their_day {
                    minutes += (our.end.min(their.end) - our.start.max(their.start)).max(0);
                }
            }
        }
        u32::try_from(minutes).unwrap_or(0)
    }
}

impl PartialEq for OpeningHours {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl Eq for OpeningHours {}

impl TryFrom<String> for OpeningHours {
    type Error = InvalidHours;
    fn try_from(text: String) -> Result<Self, InvalidHours> {
        Self::parse(&text)
    }
}

impl From<OpeningHours> for String {
    fn from(hours: OpeningHours) -> Self {
        hours.0.text.clone()
    }
}
