//! Which listings are open in the evening or at the weekend: the hours that are left to people who work, or report to
//! somebody, by day.

use crate::index::Snapshot;
use crate::index::facts::{Listing, SessionFacts};
use crate::model::hours::{Opening, OpeningHours};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};

/// How many days are looked at, from today on: each day of the week once.
const DAYS: usize = 7;
/// An evening: Monday to Friday from six to ten.
const EVENING: (i8, i8) = (18, 22);
/// A weekend's day begins at six in the morning: the small hours of Saturday are Friday's night.
const WEEKEND_FROM: i8 = 6;

/// Days from today on, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct OpenDays {
    evening: u8,
    weekend: u8,
}

/// When listings are open in the seven days from one day on. Each different text of hours is worked out once.
pub struct Times<'a> {
    snapshot: &'a Snapshot,
    days: Vec<Date>,
    by_hours: Vec<OpenDays>,
}

/// What a listing's hours say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Open {
    pub evenings: bool,
    pub weekends: bool,
}

impl<'a> Times<'a> {
    pub fn new(snapshot: &'a Snapshot, today: Date) -> Self {
        let days: Vec<Date> = (0..DAYS as i64).filter_map(|day| today.checked_add(day.days()).ok()).collect();
        let numbers = 0..snapshot.facts().hours.len() as u32;
        let hours = numbers.map(|number| snapshot.hours(number));
        let by_hours = hours.map(|hours| hours.map(|h| open_days(snapshot, h, &days)).unwrap_or_default()).collect();
        Self { snapshot, days, by_hours }
    }

    /// When it is open. Hours that are not stated are no hours: what nobody can rely on is not counted.
    pub fn of(&self, listing: &Listing) -> Open {
        let mut open = Open::default();
        for session in self.sessions(listing) {
            let Some(hours) = session.hours.and_then(|hours| self.by_hours.get(hours as usize)) else { continue };
            let runs = self.days_of(session);
            open.evenings |= hours.evening & runs != 0;
            open.weekends |= hours.weekend & runs != 0;
        }
        open
    }

    /// Whether all of its sessions have ended: it is still in the files, and nobody can go there.
    pub fn is_over(&self, listing: &Listing) -> bool {
        let sessions = self.sessions(listing);
        let Some(today) = self.days.first() else { return false };
        !sessions.is_empty() && sessions.iter().all(|session| session.ends_on.is_some_and(|last| last < *today))
    }

    fn sessions(&self, listing: &Listing) -> &[SessionFacts] {
        &self.snapshot.facts().sessions[listing.sessions.start as usize..listing.sessions.end as usize]
    }

    /// The days on which a session runs.
    fn days_of(&self, session: &SessionFacts) -> u8 {
        let runs = self.days.iter().enumerate().filter(|(_, day)| session.runs_on(**day));
        runs.fold(0, |all, (at, _)| all | 1 << at)
    }
}

fn open_days(snapshot: &Snapshot, hours: &OpeningHours, days: &[Date]) -> OpenDays {
    let Some(first) = days.first() else { return OpenDays::default() };
    let openings = hours.openings(first.at(0, 0, 0, 0), DAYS as i64, snapshot.holidays());
    let mut open = OpenDays::default();
    for (at, day) in days.iter().enumerate() {
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let (from, to) = if is_weekend {
            (day.at(WEEKEND_FROM, 0, 0, 0), day.at(23, 59, 59, 0))
        } else {
            (day.at(EVENING.0, 0, 0, 0), day.at(EVENING.1, 0, 0, 0))
        };
        if openings.iter().any(|opening| touches(opening, from, to)) {
            let days = if is_weekend { &mut open.weekend } else { &mut open.evening };
            *days |= 1 << at;
        }
    }
    open
}

fn touches(opening: &Opening, from: DateTime, to: DateTime) -> bool {
    opening.starts < to && opening.ends.is_none_or(|ends| ends > from)
}
