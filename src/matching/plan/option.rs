//! One chosen option as the sheet shows it: when, where, what it costs, how to join, what comes first.

use super::check::Chosen;
use crate::index::Snapshot;
use crate::index::facts::Listing;
use crate::language::Texts;
use crate::matching::answer::Reason;
use crate::matching::wording::{self, facts};
use crate::model::{Email, Id, Location, Phone, Places, Pounds, Referral, Service, Session, Status};
use crate::search::answer::Opens;
use crate::search::opens::Openings;
use crate::search::public::OrganisationName;
use jiff::civil::{Date, DateTime, Time};
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
pub fn option(
    snapshot: &Snapshot,
    choice: &Chosen<'_>,
    openings: &mut Openings<'_>,
    today: Date,
    texts: &Texts,
) -> PlanOption {
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
        when_next: when_next(row, opens, today, texts),
        hours: row.and_then(|row| row.opening_hours.as_ref()).map(|hours| hours.describe_in(texts.language())),
        place: place(service, location.as_ref(), texts),
        getting_here: location.filter(|location| !location.confidential).map(|l| l.getting_here).unwrap_or_default(),
        cost: service.cost,
        cost_in_words: facts::cost(texts, service.cost, &service.cost_note),
        bring: service.bring.clone(),
        how_to_join: how_to_join(service, texts),
        phone: service.phone.clone().or(phone),
        email: service.email.clone().or(email),
        first_step: choice.first_step.clone(),
        warnings: warnings(service, row, opens, today, texts),
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

/// "Saturday 28 November, 10am to 1pm"; for what is open now "Tuesday 24 November, until 1pm". Always with its day: the
/// paper is read later.
fn when_next(session: Option<&Session>, opens: Option<Opens>, today: Date, texts: &Texts) -> String {
    let Some(opens) = opens else {
        let to_come = session.and_then(|session| session.starts_on);
        return facts::next(texts, None, to_come, today.to_datetime(Time::midnight()));
    };
    // The regular hours stand beside it, and write minutes after a colon.
    let clock = |at: DateTime| texts.clock(at.time()).replace('.', ":");
    let (day, from) = (texts.day(opens.starts.date()), clock(opens.starts));
    match (opens.open_now, opens.ends) {
        (true, None) => texts.text("entry.always_open").to_string(),
        (true, Some(ends)) => texts.say("entry.day_until", &[("day", &texts.day(ends.date())), ("time", &clock(ends))]),
        (false, None) => texts.say("entry.day_from", &[("day", &day), ("from", &from)]),
        (false, Some(ends)) => texts.say("entry.day_from_to", &[("day", &day), ("from", &from), ("to", &clock(ends))]),
    }
}

fn place(service: &Service, location: Option<&Location>, texts: &Texts) -> String {
    match location {
        Some(location) if location.confidential => texts.text("entry.they_tell_you").to_string(),
        Some(location) => {
            let postcode = location.postcode.as_deref().unwrap_or_default();
            facts::address(&location.name, &location.address, &location.town, postcode)
        }
        None => facts::without_venue(texts, &service.delivery).to_string(),
    }
}

fn how_to_join(service: &Service, texts: &Texts) -> String {
    let way = facts::join(texts, &service.referral, &service.delivery);
    let by_worker_only = service.referral == [Referral::Professional];
    match service.how_to_join.as_str() {
        "" => way.to_string(),
        stated if by_worker_only => format!("{way}. {stated}"),
        stated => stated.to_string(),
    }
}

fn warnings(
    service: &Service,
    session: Option<&Session>,
    opens: Option<Opens>,
    today: Date,
    texts: &Texts,
) -> Vec<Reason> {
    let mut warnings = Vec::new();
    let mut warn = |field, text: String| warnings.push(Reason { field, text });
    let text = |key: &'static str| texts.text(key).to_string();
    match service.status {
        Status::Active => {}
        Status::Paused => warn("services.status", text("plan.paused")),
        Status::Closed => warn("services.status", text("plan.closed")),
    }
    if !service.notice.is_empty() {
        warn("services.notice", service.notice.clone());
    }
    match service.places {
        Some(Places::WaitingList) => warn("services.places", wording::waiting_list(texts, service.wait_weeks)),
        Some(Places::Full) => warn("services.places", text("entry.full")),
        Some(Places::Open) | None => {}
    }
    let over = session.and_then(|session| session.ends_on).filter(|last| *last < today);
    let to_come = session.and_then(|session| session.starts_on).filter(|first| *first > today);
    let dated = |key, day| texts.say(key, &[("date", &texts.date(day))]);
    match (over, to_come) {
        (Some(last), _) => warn("sessions.ends_on", dated("check_first.ended", last)),
        (None, Some(first)) => warn("sessions.starts_on", dated("check_first.starts", first)),
        (None, None) if opens.is_none() && session.is_some_and(|session| session.opening_hours.is_some()) => {
            warn("sessions.opening_hours", text("check_first.closed"));
        }
        (None, None) => {}
    }
    warnings.extend(wording::checked_long_ago(texts, service, today));
    warnings
}
