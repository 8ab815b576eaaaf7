//! A session: a service at a location at certain hours, or by phone or online without one.

use super::Id;
use super::hours::OpeningHours;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A row of `sessions.csv`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub service_id: Id,
    /// None for a phone, online or outreach session.
    pub location_id: Option<Id>,
    pub opening_hours: Option<OpeningHours>,
    /// First and last day, both included.
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
    pub note: String,
}

impl Session {
    /// Whether the session's dates include the day. Dates that are not stated do not limit it.
    pub fn runs_on(&self, day: Date) -> bool {
        self.starts_on.is_none_or(|first| first <= day) && self.ends_on.is_none_or(|last| day <= last)
    }
}
