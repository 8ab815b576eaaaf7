//! When a listing opens next.

use super::answer::Opens;
use crate::index::Snapshot;
use crate::index::facts::{Listing, SessionFacts};
use crate::model::hours::{HORIZON_DAYS, Opening};
use jiff::civil::{DateTime, Time};
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

    fn next(&mut self, session: &SessionFacts) -> Option<Opens> {
        let hours = session.hours?;
        let first_moment = session.starts_on.map(|day| day.to_datetime(Time::midnight()));
        let opening = match first_moment.filter(|first| *first > self.now) {
            None => *self.known.entry(hours).or_insert_with(|| {
                let hours = self.snapshot.hours(hours)?;
                hours.next_opening(self.now, self.snapshot.holidays())
            }),
            Some(first) => {
                let horizon: Span = HORIZON_DAYS.days();
                if first > self.now.checked_add(horizon).ok()? {
                    return None;
                }
                self.snapshot.hours(hours)?.next_opening(first, self.snapshot.holidays())
            }
        }?;
        if session.ends_on.is_some_and(|last| opening.starts.date() > last) {
            return None;
        }
        Some(Opens { open_now: opening.starts <= self.now, starts: opening.starts, ends: opening.ends })
    }
}
