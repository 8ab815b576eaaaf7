//! One record of a source → rows of ours: the service, its organisation, its places and when it is there.
//!
//! What a record says and we have a column for is carried; what had to be changed, and what we have no place for, is
//! told to the report, field by field. People's names and addresses stay behind.

mod cost;
mod left;
mod location;
mod organisation;
mod own;
mod service;
mod straight;
mod who;

pub use straight::SERVICE_NAMES;

use super::contacts::{self, Made};
use super::crosswalk::Crosswalk;
use super::ids::Ids;
use super::json;
use super::prose::{self, Plain};
use super::record::{id, list, object, text};
use super::report::Report;
use super::row::Row;
use super::schedules::hours;
use super::table::Record;
use crate::dataset::columns::Table;
use crate::model::{Area, Coded, Delivery};
use std::collections::HashSet;

/// What stays the same over an import.
pub struct Converter<'a> {
    pub source: &'a str,
    pub crosswalk: &'a Crosswalk,
    pub areas: &'a [Area],
    pub ids: &'a mut Ids,
    pub report: &'a mut Report,
    /// Rows made in this import, by table and id: the first of an id counts.
    made: HashSet<(usize, String)>,
}

/// The rows that a record makes. An organisation or location is in it only the first time it is met.
#[derive(Debug, Default)]
pub struct Converted {
    pub organisation: Option<Row>,
    /// None for a record that adds a place to a service that was there, and for an organisation alone.
    pub service: Option<Row>,
    pub locations: Vec<Row>,
    pub sessions: Vec<Row>,
}

/// What a record of a dump is; dumps of a whole feed have other things among their services.
enum Kind {
    Service,
    Organisation,
    Term,
}

fn kind(record: &Record) -> Kind {
    match record.get(json::TABLE).and_then(serde_json::Value::as_str) {
        Some("organizations") => return Kind::Organisation,
        Some(_) => return Kind::Term,
        None => {}
    }
    let has = |names: &[&str]| names.iter().any(|name| record.contains_key(*name));
    if has(&[
        "status",
        "organization",
        "organisation",
        "organization_id",
        "service_at_locations",
        "schedules",
        "cost_options",
    ]) {
        Kind::Service
    } else if has(&[
        "organization_identifiers",
        "legal_status",
        "tax_status",
        "year_incorporated",
        "parent_organization_id",
    ]) {
        Kind::Organisation
    } else if has(&["taxonomy_id", "taxonomy_detail", "term_uri", "vocabulary"]) || (has(&["version"]) && has(&["uri"]))
    {
        Kind::Term
    } else {
        Kind::Service
    }
}

/// The most places of one service.
const MAX_PLACES: usize = 1_000;

impl<'a> Converter<'a> {
    pub fn new(
        source: &'a str,
        crosswalk: &'a Crosswalk,
        areas: &'a [Area],
        ids: &'a mut Ids,
        report: &'a mut Report,
    ) -> Self {
        Self { source, crosswalk, areas, ids, report, made: HashSet::new() }
    }

    /// The rows of a service; nothing, and a word in the report, if it cannot be one.
    pub fn service(&mut self, record: &Record) -> Option<Converted> {
        let record = &*straight::straight(record);
        match kind(record) {
            Kind::Service => {}
            Kind::Organisation => return Some(self.organisation_alone(record)),
            Kind::Term => {
                self.report.left("taxonomy", "is no service", &text(record, &["name"]).unwrap_or_default());
                return None;
            }
        }
        let mut converted = Converted::default();
        let terms = self.crosswalk.terms(record, self.report);
        if terms.own("id").is_some() {
            return self.own_service(record, &terms);
        }
        let organisation = object(record, "organization").or_else(|| object(record, "organisation"));
        let name = self.service_name(record, organisation)?;
        let source_id = id(record).or_else(|| Some(stand_in_id(record, &name)))?;
        let service_id = self.ids.of(Table::Services, self.source, &source_id, &name, None);
        let adds_a_place = record.contains_key(json::ONE_PLACE);
        if !self.made.insert((Table::Services as usize, service_id.clone())) {
            if adds_a_place {
                self.places(record, &service_id, &mut Row::new(Table::Services), &mut converted);
                return Some(converted);
            }
            self.report.broken(format!("a service with the id `{source_id}` was already read: `{name}`"));
            return None;
        }
        let (organisation_id, organisation_row) = self.organisation_of(record, organisation, &name, &source_id);
        converted.organisation = organisation_row;
        let mut row = self.service_row(record, organisation, &terms);
        row.set("id", &service_id);
        row.set("organisation_id", organisation_id);
        row.set("name", &name);
        row.set("source", self.source);
        row.set("source_id", cell(&source_id));
        self.places(record, &service_id, &mut row, &mut converted);
        converted.service = Some(row);
        left::of(record, left::SERVICE, "services", self.report);
        Some(converted)
    }

    /// The row of an organisation that offers no service.
    pub fn organisation_alone(&mut self, record: &Record) -> Converted {
        let (_, organisation) = self.organisation_of(&Record::new(), Some(record), "", "");
        Converted { organisation, ..Converted::default() }
    }

    /// The places of a service and its hours at each; hours of the service alone where none are stated of a place.
    fn places(&mut self, record: &Record, service_id: &str, service: &mut Row, converted: &mut Converted) {
        let mut own = hours(record, self.report);
        let mut delivery = delivery(record);
        let mut places = list(record, &["service_at_locations", "service_at_location"]);
        // Dumps of other makes hang a location right on the service.
        let mut bare: Vec<&Record> =
            if places.is_empty() { list(record, &["locations", "location"]) } else { Vec::new() };
        let flat = location::flat(record);
        if places.is_empty() && bare.is_empty() {
            bare.extend(flat.as_ref());
        }
        places.truncate(MAX_PLACES);
        let at = places.iter().map(|place| (*place, object(place, "location")));
        let at: Vec<(&Record, Option<&Record>)> =
            at.chain(bare.into_iter().map(|location| (location, Some(location)))).collect();
        let mut placed = false;
        for (place, location) in at {
            let Some(location) = location else { continue };
            let mut hours = if std::ptr::eq(place, location) { Vec::new() } else { hours(place, self.report) };
            if hours.is_empty() {
                hours = super::schedules::hours(location, self.report);
            }
            let kind = text(location, &["location_type"]).unwrap_or_default().to_ascii_lowercase();
            if kind == "virtual" {
                push_new(&mut delivery, Delivery::Online);
                own.extend(hours);
                continue;
            }
            let (location_id, row) = self.location(location);
            converted.locations.extend(row);
            placed = true;
            if hours.is_empty() {
                hours.clone_from(&own);
            }
            if hours.is_empty() {
                hours.push(super::schedules::Hours::default());
            }
            let words = if std::ptr::eq(place, location) { None } else { text(place, &["description"]) };
            for hours in hours {
                let mut session = session(service_id, &hours);
                session.set("location_id", &location_id);
                if session.get("note").is_empty()
                    && let Some(words) = &words
                    && words.len() <= 300
                {
                    session.set("note", prose::line(words).text);
                }
                if !converted.sessions.contains(&session) {
                    converted.sessions.push(session);
                }
            }
            if !std::ptr::eq(place, location) {
                left::of(place, left::PLACE, "service_at_location", self.report);
            }
        }
        if !placed {
            for hours in own {
                converted.sessions.push(session(service_id, &hours));
            }
        }
        if !delivery.is_empty() {
            self.report.carried("services.attending_type");
            let codes: Vec<&str> = delivery.iter().map(|delivery| delivery.code()).collect();
            service.set("delivery", codes.join(";"));
        }
    }

    /// Prose of a record as a cell; its field is told to the report.
    fn prose(&mut self, field: &str, raw: Option<String>) -> String {
        let Some(raw) = raw else { return String::new() };
        let Plain { text, changed } = prose::plain(&raw);
        match changed {
            Some(how) => self.report.changed(field, how, ""),
            None => self.report.carried(field),
        }
        text
    }

    fn line(&mut self, field: &str, raw: Option<String>) -> String {
        let Some(raw) = raw else { return String::new() };
        let Plain { text, changed } = prose::line(&raw);
        match changed {
            Some(how) => self.report.changed(field, how, &raw),
            None => self.report.carried(field),
        }
        text
    }

    /// A phone number, e-mail or web address as a cell.
    fn contact(&mut self, field: &str, raw: Option<String>, read: fn(&str) -> Option<Made>) -> String {
        let Some(raw) = raw else { return String::new() };
        match read(&raw) {
            Some(Made { text, changed: None }) => {
                self.report.carried(field);
                text
            }
            Some(Made { text, changed: Some(how) }) => {
                self.report.changed(field, how, &raw);
                text
            }
            None => {
                self.report.left(field, "is none that can be used", &raw);
                String::new()
            }
        }
    }

    fn email(&mut self, field: &str, raw: Option<String>) -> String {
        self.contact(field, raw, contacts::email)
    }

    fn website(&mut self, field: &str, raw: Option<String>) -> String {
        self.contact(field, raw, contacts::website)
    }
}

fn session(service_id: &str, hours: &super::schedules::Hours) -> Row {
    let mut row = Row::new(Table::Sessions);
    row.set("service_id", service_id);
    row.set("opening_hours", &hours.opening_hours);
    row.set("starts_on", hours.starts_on.map(|date| date.to_string()).unwrap_or_default());
    row.set("ends_on", hours.ends_on.map(|date| date.to_string()).unwrap_or_default());
    row.set("note", prose::line(&hours.note).text);
    row
}

/// How a service is given, from what is said about attending it.
fn delivery(record: &Record) -> Vec<Delivery> {
    let mut found = Vec::new();
    let mut said = super::record::texts(record, &["attending_type", "attending_access", "pc_attendingType"]);
    for schedule in list(record, &["schedules", "schedule", "regular_schedules"]) {
        said.extend(text(schedule, &["attending_type"]));
    }
    said.extend(record.get("pc_attendingType").map(super::record::words).unwrap_or_default());
    for word in said {
        let word = word.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|known| word.contains(known));
        if has(&["online", "virtual", "video", "webinar", "zoom", "teams"]) {
            push_new(&mut found, Delivery::Online);
        }
        if has(&["phone", "telephone", "call"]) {
            push_new(&mut found, Delivery::Phone);
        }
        if has(&["venue", "in person", "in-person", "in_person", "face to face", "face-to-face", "physical"]) {
            push_new(&mut found, Delivery::InPerson);
        }
        if has(&["home visit", "home_visit", "outreach", "at home"]) {
            push_new(&mut found, Delivery::Outreach);
        }
    }
    found
}

fn push_new<T: PartialEq>(to: &mut Vec<T>, value: T) {
    if !to.contains(&value) {
        to.push(value);
    }
}

/// What stands for the id of a record that has none: the same whenever the same is said. Branches of one name differ in
/// where they are.
fn stand_in_id(record: &Record, name: &str) -> String {
    use sha2::{Digest, Sha256};
    let place = list(record, &["service_at_locations"]).first().and_then(|place| object(place, "location").cloned());
    let place = place.and_then(|place| text(&place, &["name", "id"])).unwrap_or_default();
    let organisation =
        object(record, "organization").and_then(|record| text(record, &["id", "name"])).unwrap_or_default();
    let flat: Vec<String> =
        ["postcode", "address_1", "latitude", "longitude"].iter().filter_map(|field| text(record, &[field])).collect();
    let flat = if flat.is_empty() { String::new() } else { format!("\0{}", flat.join("\0")) };
    let digest = Sha256::digest(format!("{name}\0{organisation}\0{place}{flat}"));
    let hex: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("no-id-{hex}")
}

/// An id of theirs as our cell may hold it.
fn cell(source_id: &str) -> String {
    prose::line(source_id).text
}
