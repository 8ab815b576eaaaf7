//! Services that nobody has checked for long, by the organisation to ask.
//!
//! Closed services are left out: nobody is sent there, so nobody needs to check them.

use crate::index::Snapshot;
use crate::model::{Id, Status};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// How old a check may be, in days, if nothing else is said.
pub const DAYS: u32 = 365;

/// What nobody has checked for long.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Freshness {
    /// True when the organisations are fictional.
    pub sample: bool,
    #[schema(value_type = String, format = Date)]
    pub today: Date,
    /// A check is old when more days than these have passed since.
    pub older_than_days: u32,
    /// Active and paused services.
    pub services: usize,
    /// Of these, those of which no check is known.
    pub unchecked: usize,
    /// And those whose check is old.
    pub old: usize,
    /// Those with something to check: first those with a service that was never checked, then by the oldest check.
    pub organisations: Vec<ToCheck>,
    /// Services to check that are not listed here, because the list would be too long.
    pub not_listed: usize,
}

/// An organisation with services to check.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ToCheck {
    pub organisation: Id,
    pub name: String,
    pub unchecked: usize,
    pub old: usize,
    /// Unchecked first, then the oldest.
    pub services: Vec<Stale>,
}

/// A service to check.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Stale {
    pub service: Id,
    pub name: String,
    pub status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub checked_on: Option<Date>,
    /// Days since the check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i32>,
}

/// Lists what to check, at most `most` services: names are read from disk one by one, counts are of all.
pub fn freshness(snapshot: &Snapshot, today: Date, older_than_days: u32, most: usize) -> Freshness {
    let facts = snapshot.facts();
    let mut stale: HashMap<u32, Vec<(Option<Date>, u32)>> = HashMap::new();
    let mut services = 0;
    for (number, service) in facts.services.iter().enumerate().filter(|(_, row)| row.status != Status::Closed) {
        services += 1;
        if service.checked_on.is_none_or(|day| days_since(day, today) > i64::from(older_than_days)) {
            stale.entry(service.organisation).or_default().push((service.checked_on, number as u32));
        }
    }
    // A missing date sorts before every date, and numbers are in the order of ids.
    stale.values_mut().for_each(|services| services.sort_unstable());
    let mut groups: Vec<(u32, Vec<_>)> = stale.into_iter().collect();
    groups.sort_unstable_by_key(|(organisation, services)| (services.first().map(|first| first.0), *organisation));

    let all: usize = groups.iter().map(|(_, services)| services.len()).sum();
    let unchecked = groups.iter().flat_map(|(_, services)| services).filter(|(day, _)| day.is_none()).count();
    let mut room = most;
    let mut organisations = Vec::new();
    for (organisation, services) in groups {
        if room == 0 {
            break;
        }
        let Some(row) = snapshot.organisation_row(organisation) else { continue };
        let unchecked = services.iter().filter(|(day, _)| day.is_none()).count();
        let old = services.len() - unchecked;
        let listed: Vec<Stale> =
            services.into_iter().take(room).filter_map(|(_, service)| row_of(snapshot, service, today)).collect();
        room -= listed.len();
        organisations.push(ToCheck { organisation: row.id, name: row.name, unchecked, old, services: listed });
    }
    Freshness {
        sample: snapshot.vocabulary().is_sample,
        today,
        older_than_days,
        services,
        unchecked,
        old: all - unchecked,
        not_listed: all - (most - room),
        organisations,
    }
}

fn row_of(snapshot: &Snapshot, number: u32, today: Date) -> Option<Stale> {
    let service = snapshot.service_row(number as usize)?;
    let days = service.checked_on.map(|day| i32::try_from(days_since(day, today)).unwrap_or(i32::MAX));
    Some(Stale {
        service: service.id,
        name: service.name,
        status: service.status,
        checked_on: service.checked_on,
        days,
    })
}

fn days_since(day: Date, today: Date) -> i64 {
    today.duration_since(day).as_hours() / 24
}
