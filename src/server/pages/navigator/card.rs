//! One service as a navigator sees it: what it is, where and when, how one gets in, and what only a worker is told
//! (convictions, under-18s on site, the wait).

use crate::index::Snapshot;
use crate::index::facts::Listing;
use crate::model::Status;
use crate::search::answer::{Highlight, HighlightPart, Hit, Score};
use crate::search::opens::Openings;
use crate::search::public::{PublicLocation, PublicService, PublicSession};
use crate::search::question::Where;
use crate::search::rank::shown_distance;
use crate::server::pages::told::{Checked, Told};
use std::collections::BTreeMap;

/// A service, ready to be shown.
pub struct Card {
    /// Its number in the list and on the map, from 1.
    pub number: usize,
    pub id: String,
    pub name: Vec<HighlightPart>,
    pub plain_name: String,
    pub organisation: String,
    pub summary: Vec<HighlightPart>,
    /// What a worker looks at first: when, how far, cost, way in.
    pub glance: Vec<Fact>,
    /// For workers alone.
    pub notes: Vec<Fact>,
    /// The rest.
    pub more: Vec<Fact>,
    /// Warnings: paused, a notice, full.
    pub warnings: Vec<String>,
    /// Filters about which it says nothing.
    pub ask_about: Option<String>,
    pub phone: Option<(String, String)>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub checked: Checked,
    pub kept: bool,
    /// What the field that keeps it holds.
    pub keep: String,
}

/// The names of facts.
const FACTS: [&str; 21] = [
    "navigator.fact.opens",
    "navigator.fact.place",
    "navigator.fact.distance",
    "navigator.fact.cost",
    "navigator.fact.referral",
    "navigator.fact.convictions",
    "navigator.fact.under_18s",
    "navigator.fact.room",
    "navigator.fact.about",
    "navigator.fact.how_to_join",
    "navigator.fact.hours",
    "navigator.fact.note",
    "navigator.fact.who",
    "navigator.fact.welcomes",
    "navigator.fact.bring",
    "navigator.fact.led_by",
    "navigator.fact.setting",
    "navigator.fact.languages",
    "navigator.fact.access",
    "navigator.fact.getting_here",
    "navigator.fact.categories",
];

/// A named fact. An empty text is a fact that is not stated.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub key: &'static str,
    pub name: String,
    pub text: String,
    /// Whether it comes out of the directory as it is, in English.
    pub own_words: bool,
}

impl Card {
    /// The card of a result.
    pub fn new(told: Told<'_>, hit: &Hit, number: usize, kept: bool) -> Self {
        let service = &hit.service;
        Self {
            number,
            id: service.id.to_string(),
            name: marked(hit, "name", &service.name),
            plain_name: service.name.clone(),
            organisation: service.organisation.name.clone(),
            summary: marked(hit, "summary", &service.summary),
            glance: glance(told, hit),
            notes: notes(told, hit),
            more: more(told, hit),
            warnings: warnings(told, service),
            ask_about: ask_about(told, hit),
            phone: service.phone.as_ref().map(|phone| (phone.to_string(), phone.link())),
            email: service.email.as_ref().map(ToString::to_string),
            website: service.website.as_ref().map(ToString::to_string),
            checked: told.checked(service.checked_on),
            kept,
            keep: service.id.to_string(),
        }
    }
}

/// A text with the words that were looked for marked, where they stand in it.
fn marked(hit: &Hit, field: &str, text: &str) -> Vec<HighlightPart> {
    let found = hit.highlights.iter().find(|highlight: &&Highlight| highlight.field == field);
    // A highlight may be a piece of a long text; the whole is shown.
    let whole = found.filter(|found| found.parts.iter().map(|part| part.text.as_str()).collect::<String>() == text);
    match whole {
        Some(found) => found.parts.clone(),
        None => vec![HighlightPart { text: text.to_string(), is_match: false }],
    }
}

impl Told<'_> {
    pub fn fact(&self, key: &'static str, text: String) -> Fact {
        let name = FACTS.into_iter().find(|name| name.rsplit('.').next() == Some(key));
        let name = name.map_or(key, |name| self.t.text(name)).to_string();
        Fact { key, name, text, own_words: false }
    }

    /// A fact in the directory's own words; none if it has none.
    fn stated(&self, key: &'static str, text: &str) -> Option<Fact> {
        (!text.is_empty()).then(|| Fact { own_words: true, ..self.fact(key, text.to_string()) })
    }
}

fn glance(told: Told<'_>, hit: &Hit) -> Vec<Fact> {
    let service = &hit.service;
    let mut facts = Vec::new();
    let session = hit.session.as_ref();
    let to_come = |session: &PublicSession| session.starts_on.is_some_and(|first| first > told.now.date());
    let is_closed = hit.opens.is_none() && session.is_some_and(|session| session.hours.is_some() && !to_come(session));
    let opens = if is_closed { told.t.text("told.closed_for_now").to_string() } else { told.next(hit.opens, session) };
    facts.push(told.fact("opens", opens));
    let mut place = told.place(hit.location.as_ref(), service);
    if hit.other_places > 0 {
        place = format!("{place} ({})", told.t.count("told.other_places", hit.other_places as u64, &[]));
    }
    facts.push(told.fact("place", place));
    match hit.distance_km {
        Some(km) => facts.push(told.fact("distance", told.distance(km))),
        None if hit.covers_place => {
            facts.push(told.fact("distance", told.t.text("told.comes_to_you").to_string()));
        }
        None => {}
    }
    facts.push(told.fact("cost", told.cost(service)));
    facts.push(told.fact("referral", told.joining(service)));
    facts
}

fn notes(told: Told<'_>, hit: &Hit) -> Vec<Fact> {
    let service = &hit.service;
    let under_18s = match &hit.location {
        Some(PublicLocation::Open(place)) => told.t.text(match place.under_18s {
            Some(true) => "told.under_18s.yes",
            Some(false) => "told.under_18s.no",
            None => "told.under_18s.not_stated",
        }),
        Some(PublicLocation::Confidential(_)) => told.t.text("told.under_18s.not_stated"),
        None => told.t.text("told.under_18s.no_venue"),
    };
    let room = told.room(service).unwrap_or_else(|| told.t.text("told.places.not_stated").to_string());
    vec![
        told.fact("convictions", told.convictions(service)),
        told.fact("under_18s", under_18s.to_string()),
        told.fact("room", room),
    ]
}

fn more(told: Told<'_>, hit: &Hit) -> Vec<Fact> {
    let service = &hit.service;
    let mut facts = Vec::new();
    facts.extend(told.stated("about", &service.description));
    facts.extend(told.stated("how_to_join", &service.how_to_join));
    if let Some(hours) = hit.session.as_ref().and_then(|session| told.hours(session)) {
        facts.push(told.fact("hours", hours));
    }
    if let Some(note) = hit.session.as_ref().map(|session| session.note.as_str()) {
        facts.extend(told.stated("note", note));
    }
    facts.extend(told.only_for(service).map(|who| told.fact("who", who)));
    facts.extend(told.welcomes(service).map(|who| told.fact("welcomes", who)));
    facts.extend(told.stated("bring", &service.bring));
    if !service.led_by.is_empty() {
        facts.push(told.fact("led_by", told.codes("led_by", &service.led_by)));
    }
    if !service.setting.is_empty() {
        facts.push(told.fact("setting", told.codes("setting", &service.setting)));
    }
    if !service.languages.is_empty() {
        let spoken: Vec<String> = service.languages.iter().map(|code| told.spoken(code)).collect();
        facts.push(told.fact("languages", spoken.join(", ")));
    }
    if let Some(PublicLocation::Open(place)) = &hit.location {
        if !place.accessibility.is_empty() {
            facts.push(told.fact("access", told.access(&place.accessibility)));
        }
        facts.extend(told.stated("getting_here", &place.getting_here));
    }
    if !service.categories.is_empty() {
        facts.push(told.fact("categories", told.names("categories", &service.categories)));
    }
    facts
}

pub fn warnings(told: Told<'_>, service: &PublicService) -> Vec<String> {
    let status = match service.status {
        Status::Active => None,
        Status::Paused => Some("told.paused"),
        Status::Closed => Some("told.closed"),
    };
    let status = status.map(|key| told.t.text(key).to_string());
    let notice = (!service.notice.is_empty()).then(|| service.notice.clone());
    status.into_iter().chain(notice).collect()
}

/// "It does not say: age, languages", for filters that are set.
fn ask_about(told: Told<'_>, hit: &Hit) -> Option<String> {
    let names: Vec<&str> = hit.not_stated.iter().map(|field| told.t.text(filter_key(field))).collect();
    let names = names.join(", ");
    (!names.is_empty()).then(|| told.t.say("navigator.ask_about", &[("what", &names)]))
}

/// The key of a filter's short name.
pub fn filter_key(field: &str) -> &'static str {
    match field {
        "within_km" => "navigator.filter.within_km",
        "category" => "navigator.filter.category",
        "goal" => "navigator.filter.goal",
        "audience" => "navigator.filter.audience",
        "age" => "navigator.filter.age",
        "language" => "navigator.filter.language",
        "access" => "navigator.filter.access",
        "delivery" => "navigator.filter.delivery",
        "referral" => "navigator.filter.referral",
        "led_by" => "navigator.filter.led_by",
        "free" => "navigator.filter.free",
        "convictions" => "navigator.filter.convictions",
        "open_at" | "open_now" => "navigator.filter.open_now",
        "near" => "navigator.near",
        "sort" => "navigator.sort.label",
        "q" => "navigator.q",
        _ => "navigator.filter.this",
    }
}

/// A service by its id as a search would show it: at the place nearest to the one asked for or, without one, at the one
/// that opens first.
pub fn hit_of(snapshot: &Snapshot, id: &str, place: Option<&Where>, openings: &mut Openings<'_>) -> Option<Hit> {
    let number = snapshot.service_number(id)?;
    let facts = snapshot.facts();
    let service = &facts.services[number];
    let listings = &facts.listings[service.listings.start as usize..service.listings.end as usize];
    let mut best: Option<(&Listing, Option<f64>, bool)> = None;
    for listing in listings {
        let distance = place.and_then(|place| Some(listing.point?.distance_km(place.point)));
        let opens = openings.of(listing).1.is_some();
        let is_better = match best {
            None => true,
            Some((_, Some(known), _)) => distance.is_some_and(|distance| distance < known),
            Some((_, None, known)) => distance.is_some() || (opens && !known),
        };
        if is_better {
            best = Some((listing, distance, opens));
        }
    }
    let (listing, distance, _) = best?;
    let record = snapshot.record(number)?;
    let organisation = snapshot.organisation_row(service.organisation)?;
    let (session, opens) = openings.of(listing);
    let session = session.and_then(|session| record.sessions.get(usize::from(session.in_record)));
    let location = listing.location.and_then(|number| snapshot.location_row(number));
    Some(Hit {
        session: session.map(PublicSession::new),
        location: location.as_ref().map(PublicLocation::new),
        distance_km: distance.map(|km| shown_distance(km, listing.confidential)),
        covers_place: place.is_some_and(|place| crate::search::filter::covers(service, &place.areas)),
        score: Score { total: 0.0, parts: BTreeMap::new() },
        highlights: Vec::new(),
        opens,
        not_stated: Vec::new(),
        other_places: listings.len().saturating_sub(1),
        service: PublicService::new(&record.service, &organisation.name),
    })
}
