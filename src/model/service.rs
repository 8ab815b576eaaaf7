//! A service: anything a person can join or use.

use super::coded::coded_enum;
use super::{Code, Email, Id, Phone, Pounds, Website};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded_enum! {
    /// Whether a service runs now.
    Status { Active = "active", Paused = "paused", Closed = "closed" }
}
coded_enum! {
    /// How a person gets in.
    Referral { DropIn = "drop_in", SelfReferral = "self", Professional = "professional" }
}
coded_enum! {
    /// Whether people with convictions are welcome.
    Convictions { Yes = "yes", No = "no", Ask = "ask" }
}
coded_enum! {
    /// Where a service happens.
    Delivery { InPerson = "in_person", Phone = "phone", Online = "online", Outreach = "outreach" }
}
coded_enum! {
    /// Who leads it.
    LedBy { Peers = "peers", Volunteers = "volunteers", Professionals = "professionals", Members = "members" }
}
coded_enum! {
    /// With others or alone with one person.
    Setting { Group = "group", OneToOne = "one_to_one" }
}
coded_enum! {
    /// Whether there is room.
    Places { Open = "open", WaitingList = "waiting_list", Full = "full" }
}

/// An age in whole years from `minimum` to `maximum`, both included: 18 is inside `18–25`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeRange {
    pub minimum: Option<u8>,
    pub maximum: Option<u8>,
}

impl AgeRange {
    /// `None` when neither end is stated.
    pub fn includes(self, age: u8) -> Option<bool> {
        if self.minimum.is_none() && self.maximum.is_none() {
            return None;
        }
        let old_enough = self.minimum.is_none_or(|minimum| age >= minimum);
        let young_enough = self.maximum.is_none_or(|maximum| age <= maximum);
        Some(old_enough && young_enough)
    }
}

/// A row of `services.csv`. `None`, an empty list and empty text mean *not stated*: never "no", never "everyone".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Service {
    pub id: Id,
    pub organisation_id: Id,
    pub name: String,
    pub summary: String,
    pub description: String,
    pub status: Status,
    pub categories: Vec<Code>,
    pub website: Option<Website>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub referral: Vec<Referral>,
    pub how_to_join: String,
    /// GBP a visit; zero is free.
    pub cost: Option<Pounds>,
    pub cost_note: String,
    pub bring: String,
    pub age: AgeRange,
    /// Audiences it is restricted to.
    pub only_for: Vec<Code>,
    /// Audiences it is especially for, without turning others away.
    pub welcomes: Vec<Code>,
    pub convictions: Option<Convictions>,
    pub convictions_note: String,
    /// ISO 639-1 codes, lower case.
    pub languages: Vec<String>,
    pub delivery: Vec<Delivery>,
    pub led_by: Vec<LedBy>,
    pub setting: Vec<Setting>,
    pub places: Option<Places>,
    pub wait_weeks: Option<u16>,
    /// Areas it covers.
    pub covers: Vec<Id>,
    pub notice: String,
    /// The day a person last confirmed the row.
    pub checked_on: Option<Date>,
    pub source: Option<String>,
    pub source_id: Option<String>,
}
