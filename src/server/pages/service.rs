//! The page of one service: everything that anyone may know of it, its next two weeks, where it is, who to ask, and how to
//! tell the team that something is wrong. QR codes lead here.
//!
//! What only workers are told (under-18s on site) and confidential places are not on it. It depends on the directory and
//! the day alone, so it has an ETag and says nothing of "now".

use super::assets;
use super::frame::{Frame, Section};
use super::map::{self, MapView};
use super::render;
use super::told::{Checked, Told};
use crate::atlas::{Size, Wanted};
use crate::index::{ServiceDetail, SessionDetail, Snapshot};
use crate::model::hours::HORIZON_DAYS;
use crate::model::{Session, Status};
use crate::search::Circumstances;
use crate::search::public::{OpenLocation, PublicLocation, PublicOrganisation, PublicService};
use crate::server::api::{self, Answered};
use crate::server::error::{Kind, Problem};
use crate::server::etag;
use crate::server::request::{self, PathText};
use crate::server::site::Site;
use crate::server::state::AppState;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use jiff::civil::{Date, DateTime, Time};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;

/// The map on the page.
const MAP: Size = Size { width: 600, height: 320 };

/// How far the map reaches around a single place, km.
const AROUND_KM: f64 = 1.2;

#[derive(Template)]
#[template(path = "service.html")]
struct Page<'a> {
    frame: Frame,
    service: &'a PublicService,
    organisation: &'a PublicOrganisation,
    warnings: Vec<String>,
    facts: Vec<(&'static str, String)>,
    places: Vec<PlaceView>,
    days: Vec<Day>,
    map: Option<MapView>,
    checked: Checked,
    report: Option<String>,
    data: DataBlock,
}

#[derive(Template)]
#[template(path = "service_missing.html")]
struct Missing {
    frame: Frame,
}

/// A place with what happens there.
struct PlaceView {
    number: usize,
    name: String,
    address: String,
    getting_here: String,
    access: String,
    /// Hours in words, with the days between which they hold.
    hours: Vec<String>,
}

/// A day with its openings.
struct Day {
    day: String,
    date: Date,
    openings: Vec<Opening>,
}

struct Opening {
    starts: DateTime,
    text: String,
    place: String,
}

/// JSON-LD inside the page. It is data and not a script; `<` is escaped, so no text of the directory can end it.
struct DataBlock(Value);

impl fmt::Display for DataBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        f.write_str(&text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
    }
}

impl askama::filters::HtmlSafe for DataBlock {}

pub(super) async fn page(
    State(state): State<Arc<AppState>>,
    PathText(id): PathText,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let [_language] = request::known(&uri, [super::frame::LANGUAGE])?;
    let frame = Frame::new(&state, &uri, Section::Elsewhere);
    let served = state.snapshot().ok_or(Problem::new(Kind::NoIndex))?;
    let language = frame.language().code();
    // The page names its styles by their hash, so another build of this program is another page.
    let styles = assets::path("signpost.css");
    let version = move |snapshot: &Snapshot, today: Date| {
        format!("{}-{today}-{language}-{}", snapshot.generation(), styles.trim_start_matches("/assets/"))
    };
    if let Some(response) = etag::unchanged(&headers, &version(&served, (state.clock)().date())) {
        return Ok(response);
    }
    let site = state.site.clone();
    let deadline = tokio::time::Instant::now() + state.limits.deadline;
    api::work(&state, deadline, move |snapshot, circumstances| {
        let Some(number) = snapshot.service_number(&id) else { return Ok(missing(frame)) };
        let (Some(detail), Some(record)) = (snapshot.service(&id), snapshot.record(number)) else {
            return Err(Problem::inside("a service could not be read"));
        };
        let response = found(frame, snapshot, circumstances, &detail, &record.sessions, &site);
        Ok(etag::mark(response, &version(snapshot, circumstances.now.date())))
    })
    .await
}

fn missing(frame: Frame) -> axum::response::Response {
    let mut response = render(&Missing { frame });
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn found(
    frame: Frame,
    snapshot: &Snapshot,
    circumstances: &Circumstances<'_>,
    detail: &ServiceDetail,
    sessions: &[Session],
    site: &Site,
) -> axum::response::Response {
    let today = circumstances.now.date();
    let told = Told { t: frame.t, snapshot, now: today.to_datetime(Time::midnight()) };
    let service = &detail.service;
    let is_closed = service.status == Status::Closed;
    let days = if is_closed { Vec::new() } else { days(told, detail, sessions) };
    let places = places(told, service, &detail.sessions);
    let map = map_of(told, detail, circumstances, site.map_tiles.as_deref());
    let report = site.contact_email.as_deref().map(|email| report(told, email, service));
    let data = DataBlock(linked_data(told, detail, &days));
    render(&Page {
        warnings: super::navigator::warnings(told, service),
        facts: facts(told, service),
        checked: told.checked(service.checked_on),
        organisation: &detail.organisation,
        frame,
        service,
        places,
        days,
        map,
        report,
        data,
    })
}

/// What is stated, each with the key of its name.
fn facts(told: Told<'_>, service: &PublicService) -> Vec<(&'static str, String)> {
    let mut facts =
        vec![("navigator.fact.cost", told.cost(service)), ("navigator.fact.referral", told.joining(service))];
    let mut add =
        |key, text: Option<String>| facts.extend(text.filter(|text| !text.is_empty()).map(|text| (key, text)));
    add("navigator.fact.how_to_join", Some(service.how_to_join.clone()));
    add("navigator.fact.who", told.only_for(service));
    add("navigator.fact.welcomes", told.welcomes(service));
    add("navigator.fact.convictions", service.convictions.map(|_| told.convictions(service)));
    add("navigator.fact.room", told.room(service));
    add("navigator.fact.bring", Some(service.bring.clone()));
    add("navigator.fact.led_by", Some(told.codes("led_by", &service.led_by)));
    add("navigator.fact.setting", Some(told.codes("setting", &service.setting)));
    let spoken: Vec<String> = service.languages.iter().map(|code| told.spoken(code)).collect();
    add("navigator.fact.languages", Some(spoken.join(", ")));
    add("navigator.fact.delivery", Some(told.codes("delivery", &service.delivery)));
    let area = |id: &crate::model::Id| {
        let areas = &told.snapshot.vocabulary().areas;
        areas.iter().find(|area| area.id == *id).map(|area| area.name.clone())
    };
    let areas: Vec<String> = service.covers.iter().filter_map(area).collect();
    add("navigator.fact.covers", Some(areas.join(", ")));
    facts
}

/// The places in the order of the sessions, each once; sessions without one come under what they are instead.
fn places(told: Told<'_>, service: &PublicService, sessions: &[SessionDetail]) -> Vec<PlaceView> {
    let mut places: Vec<(Option<String>, PlaceView)> = Vec::new();
    for session in sessions {
        let key = match &session.location {
            Some(PublicLocation::Open(place)) => Some(place.id.to_string()),
            Some(PublicLocation::Confidential(_)) => Some(String::new()),
            None => None,
        };
        let hours = hours(told, session);
        if let Some((_, known)) = places.iter_mut().find(|(other, _)| *other == key) {
            known.hours.extend(hours);
            continue;
        }
        let number = places.len() + 1;
        let mut view = match &session.location {
            Some(PublicLocation::Open(place)) => open_place(told, place),
            Some(PublicLocation::Confidential(place)) => {
                PlaceView { access: told.access(&place.accessibility), ..named(told.t.text("told.confidential")) }
            }
            None => named(&told.without_venue(service)),
        };
        (view.number, view.hours) = (number, hours.into_iter().collect());
        places.push((key, view));
    }
    places.into_iter().map(|(_, view)| view).collect()
}

fn named(name: &str) -> PlaceView {
    PlaceView {
        number: 0,
        name: name.to_string(),
        address: String::new(),
        getting_here: String::new(),
        access: String::new(),
        hours: Vec::new(),
    }
}

fn open_place(told: Told<'_>, place: &OpenLocation) -> PlaceView {
    let postcode = place.postcode.as_deref().unwrap_or_default();
    let parts = [place.address.as_str(), &place.town, postcode];
    PlaceView {
        address: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        getting_here: place.getting_here.clone(),
        access: told.access(&place.accessibility),
        ..named(&place.name)
    }
}

/// "Tuesday 10am to 1pm (1 March to 30 November). Not in frost"; none if nothing is stated.
fn hours(told: Told<'_>, session: &SessionDetail) -> Option<String> {
    let stated = &session.session;
    let mut text = told.hours(stated).unwrap_or_default();
    let dates = match (stated.starts_on, stated.ends_on) {
        (Some(from), Some(to)) => {
            Some(told.t.say("told.dates.between", &[("from", &told.t.date(from)), ("to", &told.t.date(to))]))
        }
        (Some(from), None) => Some(told.t.say("told.dates.from", &[("from", &told.t.date(from))])),
        (None, Some(to)) => Some(told.t.say("told.dates.to", &[("to", &told.t.date(to))])),
        (None, None) => None,
    };
    if let Some(dates) = dates {
        text = format!("{text} ({dates})");
    }
    if !stated.note.is_empty() {
        text = if text.is_empty() { stated.note.clone() } else { format!("{text}. {}", stated.note) };
    }
    (!text.is_empty()).then_some(text)
}

/// The openings of the next two weeks, by day.
fn days(told: Told<'_>, detail: &ServiceDetail, sessions: &[Session]) -> Vec<Day> {
    let holidays = told.snapshot.holidays();
    let several_places = detail.sessions.len() > 1;
    let mut openings = Vec::new();
    for (session, shown) in sessions.iter().zip(&detail.sessions) {
        let Some(hours) = &session.opening_hours else { continue };
        for opening in hours.openings(told.now, HORIZON_DAYS, holidays) {
            if !session.runs_on(opening.starts.date()) || opening.starts.date() < told.now.date() {
                continue;
            }
            let place = match &shown.location {
                Some(PublicLocation::Open(place)) => place.name.clone(),
                Some(PublicLocation::Confidential(_)) => told.t.text("told.confidential_short").to_string(),
                None => told.without_venue(&detail.service),
            };
            let text = told.times(opening.starts, opening.ends);
            openings.push(Opening {
                starts: opening.starts,
                text,
                place: if several_places { place } else { String::new() },
            });
        }
    }
    openings.sort_by(|a, b| a.starts.cmp(&b.starts).then_with(|| a.place.cmp(&b.place)));
    let mut days: Vec<Day> = Vec::new();
    for opening in openings {
        let date = opening.starts.date();
        match days.last_mut().filter(|day| day.date == date) {
            Some(day) => day.openings.push(opening),
            None => days.push(Day { day: told.t.day(date), date, openings: vec![opening] }),
        }
    }
    days
}

fn map_of(
    told: Told<'_>,
    detail: &ServiceDetail,
    circumstances: &Circumstances<'_>,
    tiles: Option<&str>,
) -> Option<MapView> {
    let mut pins = Vec::new();
    let mut names = Vec::new();
    for session in &detail.sessions {
        let Some(pin) = map::pin(names.len() + 1, session.location.as_ref()) else { continue };
        if let Some(PublicLocation::Open(place)) = &session.location
            && !names.contains(&place.name)
        {
            names.push(place.name.clone());
            pins.push(pin);
        }
    }
    let only = match pins.as_slice() {
        [] => return None,
        [only] => Some(only.point),
        _ => None,
    };
    // Around one place there is a walk to be seen; its own circle is not drawn.
    let mut wanted = Wanted { pins, areas: map::areas(told.snapshot), ..Wanted::default() };
    (wanted.here, wanted.within_km) = (only, only.map(|_| AROUND_KM));
    let mut view = MapView::new(&wanted, names, false, circumstances.gazetteer, MAP, tiles);
    (view.picture.circle, view.picture.here) = (None, None);
    Some(view)
}

/// The address of an e-mail to the team, with what it is about filled in.
fn report(told: Told<'_>, email: &str, service: &PublicService) -> String {
    let subject = told.t.say("service.report_subject", &[("name", &service.name), ("id", &service.id)]);
    format!("mailto:{email}?subject={}", utf8_percent_encode(&subject, NON_ALPHANUMERIC))
}

/// The service in the words of schema.org, for whoever gathers such pages.
fn linked_data(told: Told<'_>, detail: &ServiceDetail, days: &[Day]) -> Value {
    let (service, organisation) = (&detail.service, &detail.organisation);
    let place = |location: &PublicLocation| match location {
        PublicLocation::Open(place) => {
            let mut value = json!({
                "@type": "Place",
                "name": place.name,
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": place.address,
                    "addressLocality": place.town,
                    "postalCode": place.postcode,
                    "addressCountry": "GB",
                },
            });
            if let Some((latitude, longitude)) = place.latitude.zip(place.longitude) {
                value["geo"] = json!({"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude});
            }
            Some(value)
        }
        PublicLocation::Confidential(_) => None,
    };
    let mut locations: Vec<Value> = Vec::new();
    for value in detail.sessions.iter().filter_map(|session| place(session.location.as_ref()?)) {
        if !locations.contains(&value) {
            locations.push(value);
        }
    }
    let hours: Vec<Value> = days
        .iter()
        .flat_map(|day| day.openings.iter().map(move |opening| (day.date, opening)))
        .map(|(date, opening)| {
            json!({
                "@type": "OpeningHoursSpecification",
                "opens": opening.starts.time().to_string(),
                "validFrom": date.to_string(),
                "validThrough": date.to_string(),
            })
        })
        .collect();
    let mut channel = json!({"@type": "ServiceChannel", "serviceLocation": locations});
    if let Some(phone) = &service.phone {
        channel["servicePhone"] = json!({"@type": "ContactPoint", "telephone": phone});
    }
    if let Some(website) = &service.website {
        channel["serviceUrl"] = json!(website);
    }
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "Service",
        "identifier": service.id,
        "name": service.name,
        "description": if service.summary.is_empty() { &service.description } else { &service.summary },
        "serviceType": told.names("categories", &service.categories),
        "provider": {
            "@type": "Organization",
            "name": organisation.name,
            "url": organisation.website,
            "telephone": organisation.phone,
            "email": organisation.email,
        },
        "availableChannel": channel,
        "hoursAvailable": hours,
    });
    if let Some(cost) = service.cost {
        value["isAccessibleForFree"] = json!(cost.is_free());
        value["offers"] = json!({"@type": "Offer", "price": cost, "priceCurrency": "GBP"});
    }
    if told.snapshot.vocabulary().is_sample {
        value["disambiguatingDescription"] = json!("Sample data: a fictional organisation");
    }
    value
}
