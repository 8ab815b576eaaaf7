//! When a listing opens next.

use super::answer::Opens;
use crate::index::Snapshot;
use crate::index::facts::{Listing, SessionFacts};
use crate::model::hours::{HORIZON_DAYS, Opening};
use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, ToSpan};
use std::collections::HashMap;

/// Next openings at one moment. Each different text of hours is worked out once.
pub struct Openings<'a> {
    snapshot: &'a Snapshot,
    now: DateTime,
    known: HashMap<u32, Option<Opening>>,
}

impl<'a> Openings<'a> {
    pub fn new(snapshot: &'a Snapshot, now: DateTime) -> Self {
        Self { snapshot, now, known: HashMap::new() }
    }

    /// The session of a listing that opens first (or is open), with its opening. A listing none of whose sessions
    /// opens within 14 days has the first session that has not ended.
    pub fn of(&mut self, listing: &Listing) -> (Option<&'a SessionFacts>, Option<Opens>) {
        let sessions = &self.snapshot.facts().sessions[listing.sessions.start as usize..listing.sessions.end as usize];
        let mut best: Option<(Opens, &SessionFacts)> = None;
        for session in sessions {
            let Some(opens) = self.next(session) else { continue };
            if best.is_none_or(|(known, _)| (!opens.open_now, opens.starts) < (!known.open_now, known.starts)) {
                best = Some((opens, session));
            }
        }
        match best {
            Some((opens, session)) => (Some(session), Some(opens)),
            None => {
                let today = self.now.date();
                let lasting = sessions.iter().find(|session| session.ends_on.is_none_or(|last| last >= today));
                (lasting.or(sessions.first()), None)
            }
        }
    }

    /// The first moment in the next 14 days at which a listing is open and one of those times is going on.
    pub fn first_shared(&self, listing: &Listing, free: &[Opening]) -> Option<DateTime> {
        let sessions = &self.snapshot.facts().sessions[listing.sessions.start as usize..listing.sessions.end as usize];
        let moments = sessions.iter().filter_map(|session| {
            let hours = self.snapshot.hours(session.hours?)?;
            let openings = hours.openings(self.now, HORIZON_DAYS, self.snapshot.holidays());
            let runs = openings.into_iter().filter(|opening| session.runs_on(opening.starts.date()));
            runs.filter_map(|opening| first_shared(&opening, free, self.now)).min()
        });
        moments.min()
    }

    /// When one session is open or opens next.
    pub fn next(&mut self, session: &SessionFacts) -> Option<Opens> {
        let number = session.hours?;
        let hours = self.snapshot.hours(number)?;
        let holidays = self.snapshot.holidays();
        let first = session.starts_on.map(|day| day.to_datetime(Time::midnight()));
        let mut opening = match first.filter(|first| *first > self.now) {
            None => *self.known.entry(number).or_insert_with(|| hours.next_opening(self.now, holidays)),
            Some(first) => {
                let horizon: Span = HORIZON_DAYS.days();
                if first > self.now.checked_add(horizon).ok()? {
                    return None;
                }
                hours.next_opening(first, holidays)
            }
        }?;
        if let Some(first) = first.filter(|first| opening.starts < *first) {
            match opening.ends.filter(|_| is_of_one_day(&opening)) {
                Some(ends) => opening = hours.next_opening(ends, holidays)?,
                None => opening.starts = first,
            }
        }
        let last_day = session.ends_on.unwrap_or(Date::MAX);
        let is_over = self.now.date() > last_day && !is_of_one_day(&opening);
        if opening.starts.date() > last_day || is_over {
            return None;
        }
        Some(Opens { open_now: opening.starts <= self.now, starts: opening.starts, ends: opening.ends })
    }
}

/// Whether an opening that goes on past midnight belongs to the day on which it began: one that is open round the
/// clock belongs to each of its days. (How far back a start is looked for ends at a midnight.)
pub fn is_of_one_day(opening: &Opening) -> bool {
    opening.starts.time() != Time::midnight()
}

/// The first moment from `now` on at which an opening and one of the free times meet.
fn first_shared(opening: &Opening, free: &[Opening], now: DateTime) -> Option<DateTime> {
    free.iter().find_map(|free| {
        let starts = opening.starts.max(free.starts).max(now);
        let is_over = |end: Option<DateTime>| end.is_some_and(|end| end <= starts);
        (!is_over(opening.ends) && !is_over(free.ends)).then_some(starts)
    })
}
