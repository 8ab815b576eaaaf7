//! One chosen option as the sheet shows it: when, where, what it costs, how to join, what comes first.

use super::check::Chosen;
use crate::index::Snapshot;
use crate::index::facts::Listing;
use crate::language::{Language, Texts};
use crate::matching::answer::Reason;
use crate::matching::wording;
use crate::model::{Delivery, Email, Id, Location, Phone, Places, Pounds, Referral, Service, Session, Status};
use crate::search::answer::Opens;
use crate::search::opens::Openings;
use crate::search::public::OrganisationName;
use jiff::civil::{Date, DateTime};
use serde::Serialize;
use utoipa::ToSchema;

/// One option on the sheet. Whether under-18s are on site is not there: the sheet goes home with the person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanOption {
    /// Its place in the request, from 0.
    pub option: usize,
    pub service: ServiceName,
    pub organisation: OrganisationName,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<Opens>,
    /// When it is next, in words.
    #[schema(example = "Saturday 28 November, 10am to 1pm")]
    pub when_next: String,
    /// The regular hours in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Tuesday and Saturday 10am to 1pm")]
    pub hours: Option<String>,
    /// Where, in words; never the address of a confidential location.
    #[schema(example = "Station Road allotments, Station Road, Manchester, M1 4BT")]
    pub place: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub getting_here: String,
    /// GBP a visit; 0 is free.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Pounds>,
    /// The price in words, with what is said about it.
    #[schema(example = "£2.50 a visit. Bus fares paid")]
    pub cost_in_words: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bring: String,
    #[schema(example = "Turn up")]
    pub how_to_join: String,
    /// The service's, or else its organisation's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// Left out if it is to be written by hand.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub first_step: String,
    /// What may be in the way, each with the field of the directory it rests on.
    pub warnings: Vec<Reason>,
}

/// A service's id and name.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ServiceName {
    pub id: Id,
    pub name: String,
}

/// The option at the session that opens first of those that were meant.
pub fn option(snapshot: &Snapshot, choice: &Chosen<'_>, openings: &mut Openings<'_>, today: Date) -> PlanOption {
    let service = &choice.record.service;
    let (session, opens) = first(snapshot, choice, openings, today);
    let listing = session.map(|(listing, _)| listing);
    let row = session
        .and_then(|(_, number)| choice.record.sessions.get(usize::from(snapshot.facts().sessions[number].in_record)));
    let location = listing.and_then(|listing| listing.location).and_then(|number| snapshot.location_row(number));
    let organisation = snapshot.organisation(service.organisation_id.as_str());
    let (name, phone, email) = match organisation {
        Some(organisation) => (organisation.name, organisation.phone, organisation.email),
        None => (String::new(), None, None),
    };
    PlanOption {
        option: choice.at,
        service: ServiceName { id: service.id.clone(), name: service.name.clone() },
        organisation: OrganisationName { id: service.organisation_id.clone(), name },
        opens,
        when_next: when_next(row, opens, today),
        hours: row.and_then(|row| row.opening_hours.as_ref()).map(|hours| hours.describe()),
        place: place(service, location.as_ref()),
        getting_here: location.filter(|location| !location.confidential).map(|l| l.getting_here).unwrap_or_default(),
        cost: service.cost,
        cost_in_words: cost(service),
        bring: service.bring.clone(),
        how_to_join: how_to_join(service),
        phone: service.phone.clone().or(phone),
        email: service.email.clone().or(email),
        first_step: choice.first_step.clone(),
        warnings: warnings(service, row, opens, today),
    }
}

type Meant<'a> = (&'a Listing, usize);

/// The session that is open or opens first; of those that do not open, the first that is not over.
fn first<'a>(
    snapshot: &Snapshot,
    choice: &Chosen<'a>,
    openings: &mut Openings<'_>,
    today: Date,
) -> (Option<Meant<'a>>, Option<Opens>) {
    let mut best: Option<(Meant<'a>, Opens)> = None;
    for &(listing, number) in &choice.sessions {
        let Some(opens) = openings.next(&snapshot.facts().sessions[number]) else { continue };
        if best.is_none_or(|(_, known)| (!opens.open_now, opens.starts) < (!known.open_now, known.starts)) {
            best = Some(((listing, number), opens));
        }
    }
    if let Some((meant, opens)) = best {
        return (Some(meant), Some(opens));
    }
    let lasts = |(_, number): &&Meant<'a>| snapshot.facts().sessions[*number].ends_on.is_none_or(|last| last >= today);
    (choice.sessions.iter().find(lasts).or(choice.sessions.first()).copied(), None)
}

/// A plan is in English: it is what two people write, and most of it is their own words.
fn english() -> &'static Texts {
    Language::English.texts()
}

/// "Saturday 28 November, 10am to 1pm"; for what is open now "Tuesday 24 November, until 1pm". Always with its day: the
/// paper is read later.
fn when_next(session: Option<&Session>, opens: Option<Opens>, today: Date) -> String {
    let Some(opens) = opens else {
        let to_come = session.and_then(|session| session.starts_on).filter(|first| *first > today);
        return to_come.map_or("Ask when it is on".to_string(), |first| format!("From {}", full_date(first)));
    };
    let day = |day: Date| day.strftime("%A %-d %B").to_string();
    // The regular hours stand beside it, and write minutes after a colon.
    let clock = |at: DateTime| english().clock(at.time()).replace('.', ":");
    let until = opens.ends.map(clock);
    let from = clock(opens.starts);
    match (opens.open_now, until) {
        (true, None) => "Any day, at any hour".to_string(),
        (true, Some(until)) => format!("{}, until {until}", day(opens.ends.map_or(today, |ends| ends.date()))),
        (false, None) => format!("{}, from {from}", day(opens.starts.date())),
        (false, Some(until)) => format!("{}, {from} to {until}", day(opens.starts.date())),
    }
}

fn full_date(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

fn place(service: &Service, location: Option<&Location>) -> String {
    match location {
        Some(location) if location.confidential => "They will tell you where".to_string(),
        Some(location) => {
            let mut parts: Vec<&str> = Vec::new();
            let postcode = location.postcode.as_deref().unwrap_or_default();
            for part in [location.name.as_str(), &location.address, &location.town, postcode] {
                if !part.is_empty() && !parts.contains(&part) {
                    parts.push(part);
                }
            }
            parts.join(", ")
        }
        None => {
            let comes = service.delivery.contains(&Delivery::Outreach);
            let phone = service.delivery.contains(&Delivery::Phone);
            let online = service.delivery.contains(&Delivery::Online);
            match (comes, phone, online) {
                (true, false, false) => "They come to you",
                (true, true, _) => "They come to you, or by phone",
                (true, false, true) => "They come to you, or online",
                (false, true, true) => "By phone or online",
                (false, true, false) => "By phone",
                (false, false, true) => "Online",
                (false, false, false) => "Ask where it is",
            }
            .to_string()
        }
    }
}

fn cost(service: &Service) -> String {
    let price = match service.cost {
        None if !service.cost_note.is_empty() => return service.cost_note.clone(),
        None => "It does not say. Ask".to_string(),
        Some(cost) if cost.is_free() => "Free".to_string(),
        Some(cost) => format!("{cost} a visit"),
    };
    if service.cost_note.is_empty() { price } else { format!("{price}. {}", service.cost_note) }
}

fn how_to_join(service: &Service) -> String {
    let by_worker_only = service.referral == [Referral::Professional];
    let way = if by_worker_only {
        "A worker has to put you forward"
    } else if service.referral.contains(&Referral::DropIn) {
        let from_afar = |delivery: &Delivery| matches!(delivery, Delivery::Phone | Delivery::Online);
        let nowhere = !service.delivery.is_empty() && service.delivery.iter().all(from_afar);
        if nowhere { "Just ring or write" } else { "Just turn up" }
    } else if service.referral.contains(&Referral::SelfReferral) {
        "Get in touch yourself"
    } else {
        "Ask how to join"
    };
    match service.how_to_join.as_str() {
        "" => way.to_string(),
        stated if by_worker_only => format!("{way}. {stated}"),
        stated => stated.to_string(),
    }
}

fn warnings(service: &Service, session: Option<&Session>, opens: Option<Opens>, today: Date) -> Vec<Reason> {
    let mut warnings = Vec::new();
    let mut warn = |field, text: String| warnings.push(Reason { field, text });
    match service.status {
        Status::Active => {}
        Status::Paused => warn("services.status", "It is paused. Ask when it starts again".to_string()),
        Status::Closed => warn("services.status", "It has closed. Choose something else".to_string()),
    }
    if !service.notice.is_empty() {
        warn("services.notice", service.notice.clone());
    }
    match service.places {
        Some(Places::WaitingList) => warn("services.places", wording::waiting_list(english(), service)),
        Some(Places::Full) => warn("services.places", "It is full. Ask when there will be room".to_string()),
        Some(Places::Open) | None => {}
    }
    let over = session.and_then(|session| session.ends_on).filter(|last| *last < today);
    let to_come = session.and_then(|session| session.starts_on).filter(|first| *first > today);
    match (over, to_come) {
        (Some(last), _) => warn("sessions.ends_on", format!("It ended on {}. Ask if it will be back", full_date(last))),
        (None, Some(first)) => warn("sessions.starts_on", format!("It starts on {}", full_date(first))),
        (None, None) if opens.is_none() && session.is_some_and(|session| session.opening_hours.is_some()) => {
            let text = "It is closed for the next two weeks. Ask when it opens";
            warn("sessions.opening_hours", text.to_string());
        }
        (None, None) => {}
    }
    warnings.extend(wording::checked_long_ago(english(), service, today));
    warnings
}
