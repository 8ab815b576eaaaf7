//! What filters, ranking and matching look at, for every service at once: small fixed columns in memory, so that a
//! question may touch a hundred thousand services without reading one from disk.

use super::lexicon::Lexicon;
use super::place;
use super::twins::twins;
use crate::gazetteer::Gazetteer;
use crate::model::{
    AgeRange, Coded, Convictions, Delivery, Directory, LedBy, Location, Places, Point, Pounds, Referral, Service,
    Session, Setting, Status,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::ops::Range;

/// All columns. Services are in the order of their ids, so that their numbers break ties; listings are in the order of
/// services, then locations; sessions in the order of listings.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    pub services: Vec<ServiceFacts>,
    pub listings: Vec<Listing>,
    pub sessions: Vec<SessionFacts>,
    /// Each different text of opening hours once.
    pub hours: Vec<String>,
    /// Accessibility codes in use; a listing names them by number.
    pub access_codes: Vec<String>,
    /// Languages in use.
    pub languages: Vec<String>,
}

/// One service. Sets of codes are numbers into the vocabulary's lists; an empty set is *not stated*.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceFacts {
    pub id: Box<str>,
    /// Its place when all services are sorted by name, then id.
    pub name_rank: u32,
    pub organisation: u32,
    /// The number of the first service that is the same thing at another place or time; its own if there is none.
    pub twin: u32,
    pub status: Status,
    pub categories: Box<[u16]>,
    pub only_for: Box<[u16]>,
    pub welcomes: Box<[u16]>,
    pub languages: Box<[u16]>,
    pub covers: Box<[u16]>,
    pub referral: Bits,
    pub delivery: Bits,
    pub led_by: Bits,
    pub setting: Bits,
    pub age: AgeRange,
    pub cost: Option<Pounds>,
    pub convictions: Option<Convictions>,
    pub places: Option<Places>,
    pub wait_weeks: Option<u16>,
    pub checked_on: Option<Date>,
    pub listings: Range<u32>,
}

/// A service at one location, or without one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Listing {
    pub service: u32,
    /// Number of the location in the directory.
    pub location: Option<u32>,
    /// Blurred for a confidential location.
    pub point: Option<Point>,
    pub confidential: bool,
    pub access: Box<[u16]>,
    pub sessions: Range<u32>,
    /// Its lasting number.
    pub key: u64,
}

/// When a listing happens.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SessionFacts {
    /// Number of its hours; none if it states none.
    pub hours: Option<u32>,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
    /// Place of the session among its service's sessions in the record.
    pub in_record: u16,
}

impl SessionFacts {
    /// Whether the session's dates include the day.
    pub fn runs_on(&self, day: Date) -> bool {
        self.starts_on.is_none_or(|first| first <= day) && self.ends_on.is_none_or(|last| day <= last)
    }
}

/// A set of values of one small enum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bits(u8);

impl Bits {
    pub fn of<T: Coded>(values: &[T]) -> Self {
        let bit = |value: &T| T::ALL.iter().position(|other| other == value).map_or(0, |at| 1u8 << at);
        Self(values.iter().map(bit).fold(0, |all, bit| all | bit))
    }
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    pub fn meets(self, other: Bits) -> bool {
        self.0 & other.0 != 0
    }
    pub fn has<T: Coded>(self, value: T) -> bool {
        self.meets(Bits::of(&[value]))
    }
    pub fn values<T: Coded>(self) -> impl Iterator<Item = T> {
        T::ALL.iter().copied().filter(move |value| self.has(*value))
    }
}

/// The lasting number of a listing: the same in every generation, so that unchanged documents need no rewriting.
pub fn listing_key(service_id: &str, location_id: Option<&str>) -> u64 {
    let mut hash = Sha256::new();
    hash.update(service_id.as_bytes());
    hash.update([0]);
    hash.update(location_id.unwrap_or_default().as_bytes());
    let digest = hash.finalize();
    digest[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Rows of a directory by id, made once for a build.
pub struct Rows<'a> {
    pub services: Vec<&'a Service>,
    pub organisations: Vec<&'a crate::model::Organisation>,
    pub locations: Vec<&'a Location>,
    pub sessions: HashMap<&'a str, Vec<&'a Session>>,
    pub area_names: HashMap<&'a str, &'a str>,
}

impl<'a> Rows<'a> {
    /// Services, organisations and locations sorted by id; sessions by service, in file order.
    pub fn new(directory: &'a Directory) -> Self {
        let mut services: Vec<_> = directory.services.iter().collect();
        services.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let mut organisations: Vec<_> = directory.organisations.iter().collect();
        organisations.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let mut locations: Vec<_> = directory.locations.iter().collect();
        locations.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let mut sessions: HashMap<&str, Vec<&Session>> = HashMap::new();
        for session in &directory.sessions {
            sessions.entry(session.service_id.as_str()).or_default().push(session);
        }
        let area_names = directory.areas.iter().map(|area| (area.id.as_str(), area.name.as_str())).collect();
        Self { services, organisations, locations, sessions, area_names }
    }

    pub fn location(&self, id: &str) -> Option<(u32, &'a Location)> {
        let at = self.locations.binary_search_by(|row| row.id.as_str().cmp(id)).ok()?;
        Some((at as u32, self.locations[at]))
    }

    pub fn organisation(&self, id: &str) -> Option<(u32, &'a crate::model::Organisation)> {
        let at = self.organisations.binary_search_by(|row| row.id.as_str().cmp(id)).ok()?;
        Some((at as u32, self.organisations[at]))
    }

    pub fn sessions_of(&self, service_id: &str) -> &[&'a Session] {
        self.sessions.get(service_id).map_or(&[], Vec::as_slice)
    }
}

impl Facts {
    pub fn new(rows: &Rows<'_>, lexicon: &Lexicon, gazetteer: &Gazetteer) -> Self {
        let mut facts = Facts::default();
        let mut hours = Numbered::default();
        let mut access = Numbered::default();
        let mut languages = Numbered::default();
        let name_ranks = name_ranks(&rows.services);
        let twins = twins(rows, &rows.area_names);
        for (number, service) in rows.services.iter().enumerate() {
            let first_listing = facts.listings.len() as u32;
            let sessions = rows.sessions_of(service.id.as_str());
            for location_id in locations_of(sessions) {
                let found = location_id.and_then(|id| rows.location(id));
                let location = found.map(|(_, location)| location);
                let first_session = facts.sessions.len() as u32;
                for (in_record, session) in sessions.iter().enumerate() {
                    if session.location_id.as_ref().map(|id| id.as_str()) == location_id {
                        facts.sessions.push(SessionFacts {
                            hours: session.opening_hours.as_ref().map(|text| hours.number(text.as_str())),
                            starts_on: session.starts_on,
                            ends_on: session.ends_on,
                            in_record: in_record as u16,
                        });
                    }
                }
                facts.listings.push(Listing {
                    service: number as u32,
                    location: found.map(|(at, _)| at),
                    point: location.and_then(|location| position(location, gazetteer)),
                    confidential: location.is_some_and(|location| location.confidential),
                    access: location
                        .map(|l| l.accessibility.iter().map(|code| access.number(code.as_str()) as u16).collect())
                        .unwrap_or_default(),
                    sessions: first_session..facts.sessions.len() as u32,
                    key: listing_key(service.id.as_str(), location_id),
                });
            }
            let listings = first_listing..facts.listings.len() as u32;
            let mut row = service_facts(service, lexicon, rows, listings, &mut languages);
            row.name_rank = name_ranks[number];
            row.twin = twins[number];
            if row.delivery.is_empty() {
                let somewhere = facts.listings[first_listing as usize..].iter().any(|l| l.location.is_some());
                // A service that has a venue happens there, whether or not its row says so.
                row.delivery = if somewhere { Bits::of(&[Delivery::InPerson]) } else { row.delivery };
            }
            facts.services.push(row);
        }
        facts.hours = hours.texts;
        facts.access_codes = access.texts;
        facts.languages = languages.texts;
        facts
    }
}

/// The different locations of a service's sessions, in order of first mention; `None` is "without one". A service
/// without sessions has one listing without a location.
pub fn locations_of<'a>(sessions: &[&'a Session]) -> Vec<Option<&'a str>> {
    let mut locations: Vec<Option<&str>> = Vec::new();
    for session in sessions {
        let location = session.location_id.as_ref().map(|id| id.as_str());
        if !locations.contains(&location) {
            locations.push(location);
        }
    }
    if locations.is_empty() {
        locations.push(None);
    }
    locations.sort_unstable_by_key(|location| (location.is_none(), *location));
    locations
}

/// Where a location is: as stated, else where its postcode is; blurred if it is confidential.
fn position(location: &Location, gazetteer: &Gazetteer) -> Option<Point> {
    let by_postcode = || {
        let place = gazetteer.find(location.postcode.as_deref()?).ok()?;
        Point::new(place.latitude, place.longitude)
    };
    let point = location.point.or_else(by_postcode)?;
    Some(if location.confidential { place::blurred(point) } else { point })
}

fn service_facts(
    service: &Service,
    lexicon: &Lexicon,
    rows: &Rows<'_>,
    listings: Range<u32>,
    languages: &mut Numbered,
) -> ServiceFacts {
    let audiences = |codes: &[crate::model::Code]| -> Box<[u16]> {
        codes.iter().filter_map(|code| lexicon.audience(code.as_str())).collect()
    };
    ServiceFacts {
        id: service.id.as_str().into(),
        name_rank: 0,
        organisation: rows.organisation(service.organisation_id.as_str()).map_or(0, |(at, _)| at),
        twin: 0,
        status: service.status,
        categories: service.categories.iter().filter_map(|code| lexicon.category(code.as_str())).collect(),
        only_for: audiences(&service.only_for),
        welcomes: audiences(&service.welcomes),
        languages: service.languages.iter().map(|code| languages.number(code) as u16).collect(),
        covers: service.covers.iter().filter_map(|id| lexicon.area(id.as_str())).collect(),
        referral: Bits::of::<Referral>(&service.referral),
        delivery: Bits::of::<Delivery>(&service.delivery),
        led_by: Bits::of::<LedBy>(&service.led_by),
        setting: Bits::of::<Setting>(&service.setting),
        age: service.age,
        cost: service.cost,
        convictions: service.convictions,
        places: service.places,
        wait_weeks: service.wait_weeks,
        checked_on: service.checked_on,
        listings,
    }
}

fn name_ranks(services: &[&Service]) -> Vec<u32> {
    let mut order: Vec<(String, usize)> =
        services.iter().enumerate().map(|(at, service)| (service.name.to_lowercase(), at)).collect();
    order.sort_unstable();
    let mut ranks = vec![0; services.len()];
    for (rank, (_, at)) in order.into_iter().enumerate() {
        ranks[at] = rank as u32;
    }
    ranks
}

/// Texts, each numbered once.
#[derive(Default)]
struct Numbered {
    texts: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Numbered {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.to_string());
        self.numbers.insert(text.to_string(), number);
        number
    }
}
