//! When it is open: rules laid over days.
//!
//! Days are evaluated one at a time, and only as many as the answer needs. The crate's own walk from change to change
//! took 739 ms for a plain seasonal rule, and with its bound of 14 days it calls any longer state endless; a day costs
//! the same whatever the season.

use super::{HORIZON_DAYS, Opening};
use chrono::{Days, NaiveDate};
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time, Weekday};
use opening_hours::localization::NoLocation;
use opening_hours::{Context, ContextHolidays, RuleKind};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// Minutes in a day.
pub(super) const DAY: i64 = 24 * 60;

/// Minutes from the midnight that begins some first day.
pub(super) type Minutes = Range<i64>;

/// Which days are public holidays.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Calendar(Context<NoLocation>);

impl Calendar {
    pub(super) fn of_public_holidays(days: impl Iterator<Item = Date>) -> Self {
        let public = Arc::new(days.filter_map(crate_date).collect());
        Self(Context::default().with_holidays(ContextHolidays::new(public, Arc::default())))
    }
}

/// Shared by all rules at rest, which would otherwise carry four empty calendars each.
static NO_HOLIDAYS: LazyLock<Context<NoLocation>> = LazyLock::new(Context::default);

/// Parsed rules.
#[derive(Clone, Debug)]
pub(super) struct Rules(opening_hours::OpeningHours<NoLocation>);

impl Rules {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let rules: opening_hours::OpeningHours<NoLocation> = text.parse().ok()?;
        Some(Self(rules.with_context(NO_HOLIDAYS.clone())))
    }

    /// The same rules with these holidays.
    pub(super) fn under(&self, calendar: &Calendar) -> Self {
        Self(self.0.clone().with_context(calendar.0.clone()))
    }

    /// The open times of the day `days` after `first`, within that day, in order and apart; minutes from its midnight.
    pub(super) fn open_on(&self, first: Date, days: i64) -> Vec<Minutes> {
        let mut open: Vec<Minutes> = Vec::new();
        let Some(day) = crate_date(first).and_then(|first| days_after(first, days)) else { return open };
        for part in self.0.schedule_at(day) {
            if part.kind != RuleKind::Open {
                continue;
            }
            let start = i64::from(part.range.start.mins_from_midnight());
            let end = i64::from(part.range.end.mins_from_midnight()).min(DAY);
            match open.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => open.push(start..end),
            }
        }
        open
    }

    /// All open times from the day before `first` to the end of the horizon, those that touch joined.
    pub(super) fn timeline(self, first: Date) -> Timeline {
        Timeline { rules: self, first, day: -1, today: Vec::new().into_iter(), pending: None }
    }
}

/// See [`Rules::timeline`]. Minutes are counted from the midnight that begins `first`.
pub(super) struct Timeline {
    rules: Rules,
    first: Date,
    /// The next day to look at.
    day: i64,
    /// What is left of the day before it.
    today: std::vec::IntoIter<Minutes>,
    /// An opening that may go on.
    pending: Option<Minutes>,
}

impl Iterator for Timeline {
    type Item = Minutes;

    fn next(&mut self) -> Option<Minutes> {
        loop {
            if let Some(next) = self.today.next() {
                match self.pending.as_mut() {
                    Some(pending) if pending.end == next.start => pending.end = next.end,
                    Some(_) => return self.pending.replace(next),
                    None => self.pending = Some(next),
                }
                continue;
            }
            let may_go_on = self.pending.as_ref().is_none_or(|pending| pending.end == self.day * DAY);
            if !may_go_on || self.day > HORIZON_DAYS {
                return self.pending.take();
            }
            let midnight = self.day * DAY;
            let open = self.rules.open_on(self.first, self.day);
            self.today =
                open.into_iter().map(|open| open.start + midnight..open.end + midnight).collect::<Vec<_>>().into_iter();
            self.day += 1;
        }
    }
}

/// A piece of a timeline that began at `first`'s midnight. None beyond the last year of the calendar.
pub(super) fn opening(first: Date, open: &Minutes) -> Option<Opening> {
    let moment = |minutes| -> Option<DateTime> {
        first.to_datetime(Time::midnight()).checked_add(SignedDuration::from_mins(minutes)).ok()
    };
    let closes = open.end < (HORIZON_DAYS + 1) * DAY;
    Some(Opening { starts: moment(open.start)?, ends: if closes { moment(open.end) } else { None } })
}

/// Whether there is any open time in the year, with a public holiday on its first day, on a Monday and at Christmas.
pub(super) fn ever_open_in(year: i16, rules: &Rules) -> bool {
    let Ok(first) = Date::new(year, 1, 1) else { return false };
    let may = (1..=7).filter_map(|day| Date::new(year, 5, day).ok()).find(|day| day.weekday() == Weekday::Monday);
    let christmas = [25, 26].into_iter().filter_map(|day| Date::new(year, 12, day).ok());
    let calendar = Calendar::of_public_holidays([first].into_iter().chain(may).chain(christmas));
    let rules = rules.under(&calendar);
    (0..366).any(|day| !rules.open_on(first, day).is_empty())
}

fn crate_date(date: Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::from(date.year()), u32::try_from(date.month()).ok()?, u32::try_from(date.day()).ok()?)
}

fn days_after(first: NaiveDate, days: i64) -> Option<NaiveDate> {
    let whole = Days::new(days.unsigned_abs());
    if days < 0 { first.checked_sub_days(whole) } else { first.checked_add_days(whole) }
}
