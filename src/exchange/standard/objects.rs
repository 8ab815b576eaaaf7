//! An entry → the standard's objects. A field that states nothing is left out: the standard knows no null.

use super::entry::Entry;
use super::ids::id;
use super::schedules;
use super::terms::{Link, Object, Terms, object};
use crate::model::{Coded, Location, Organisation, Service, Session, Status};
use serde_json::{Value, json};

/// How much of an object is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The fields of the object itself, and those it has only one of.
    OneToOne,
    /// Everything nested.
    Full,
}

/// The country of every address, and what stands for the state or province that the standard wants.
const COUNTRY: &str = "GB";
const PROVINCE: &str = "United Kingdom";

pub fn service_id(service: &Service) -> String {
    id("service", service.id.as_str())
}

pub fn organization_id(organisation: &Organisation) -> String {
    id("organization", organisation.id.as_str())
}

pub fn location_id(location: &Location) -> String {
    id("location", location.id.as_str())
}

pub fn service_at_location_id(service: &Service, location: &Location) -> String {
    id("service_at_location", &format!("{}/{}", service.id, location.id))
}

/// `active`, `temporarily closed`, `defunct`.
fn status(status: Status) -> &'static str {
    match status {
        Status::Active => "active",
        Status::Paused => "temporarily closed",
        Status::Closed => "defunct",
    }
}

/// Puts a text into an object, if it states something.
fn put(into: &mut Object, field: &str, text: &str) {
    if !text.is_empty() {
        into.insert(field.to_string(), json!(text));
    }
}

fn put_some(into: &mut Object, field: &str, text: Option<impl ToString>) {
    if let Some(text) = text {
        into.insert(field.to_string(), json!(text.to_string()));
    }
}

fn put_list(into: &mut Object, field: &str, list: Vec<Value>) {
    if !list.is_empty() {
        into.insert(field.to_string(), Value::Array(list));
    }
}

/// A service.
pub fn service(entry: &Entry, terms: &Terms<'_>, depth: Depth) -> Object {
    let service = &entry.service;
    let own_id = service_id(service);
    let mut made = scalars_of_service(service, terms);
    put_some(&mut made, "last_modified", entry.last_modified());
    made.insert("organization_id".to_string(), json!(organization_id(&entry.organisation)));
    made.insert("organization".to_string(), Value::Object(organization(&entry.organisation, terms, depth)));
    if depth == Depth::OneToOne {
        return made;
    }
    put_list(&mut made, "phones", phones(service.phone.as_ref().map(ToString::to_string), "service", &own_id));
    let languages = service
        .languages
        .iter()
        .map(|code| json!({ "id": id("language", &format!("{}/{code}", service.id)), "code": code }));
    put_list(&mut made, "languages", languages.collect());
    if let Some(cost) = service.cost {
        let option = json!({
            "id": id("cost_option", service.id.as_str()), "service_id": own_id, "currency": "GBP", "amount": cost.pounds(),
        });
        put_list(&mut made, "cost_options", vec![option]);
    }
    if !service.bring.is_empty() {
        let document = json!({ "id": id("required_document", service.id.as_str()), "document": service.bring });
        put_list(&mut made, "required_documents", vec![document]);
    }
    let area = |area: &crate::model::Id| {
        let name = terms.area(area.as_str()).map_or_else(|| area.to_string(), |area| area.name.clone());
        json!({ "id": id("service_area", &format!("{}/{area}", service.id)), "name": name })
    };
    put_list(&mut made, "service_areas", service.covers.iter().map(area).collect());
    put_list(&mut made, "schedules", schedules_of(entry, None));
    let places = places(entry);
    let at = |location: &&Location| {
        let mut place = service_at_location_alone(entry, location, terms);
        place.insert("location".to_string(), Value::Object(self::location(location, terms)));
        Value::Object(place)
    };
    put_list(&mut made, "service_at_locations", places.iter().map(at).collect());
    put_list(&mut made, "attributes", attributes_of_service(entry, terms, &own_id));
    made
}

fn scalars_of_service(service: &Service, terms: &Terms<'_>) -> Object {
    let mut made = object(json!({
        "id": service_id(service), "name": service.name, "status": status(service.status),
    }));
    put(&mut made, "description", &description(service));
    put_some(&mut made, "url", service.website.as_ref());
    put_some(&mut made, "email", service.email.as_ref());
    put(&mut made, "application_process", &service.how_to_join);
    put(&mut made, "fees_description", &service.cost_note);
    put(&mut made, "alert", &service.notice);
    put_some(&mut made, "assured_date", service.checked_on);
    for (field, age) in [("minimum_age", service.age.minimum), ("maximum_age", service.age.maximum)] {
        if let Some(age) = age {
            made.insert(field.to_string(), json!(age));
        }
    }
    if !service.only_for.is_empty() {
        let names: Vec<&str> = service.only_for.iter().map(|code| terms.name("audiences", code.as_str())).collect();
        put(&mut made, "eligibility_description", &format!("Only for: {}", names.join("; ")));
    }
    made
}

/// The summary and the description as one text.
fn description(service: &Service) -> String {
    match (service.summary.as_str(), service.description.as_str()) {
        (summary, "") => summary.to_string(),
        ("", description) => description.to_string(),
        (summary, description) => format!("{summary}\n\n{description}"),
    }
}

fn phones(number: Option<String>, kind: &str, of: &str) -> Vec<Value> {
    let phone = |number: String| json!({ "id": id("phone", &format!("{kind}/{of}")), "number": number });
    number.map(phone).into_iter().collect()
}

/// What the standard has no field for: ids, codes and our own columns.
fn attributes_of_service(entry: &Entry, terms: &Terms<'_>, own_id: &str) -> Vec<Value> {
    fn codes<T: Coded>(values: &[T]) -> String {
        values.iter().map(|value| value.code()).collect::<Vec<_>>().join(";")
    }
    fn words<T: ToString>(values: &[T]) -> String {
        values.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")
    }
    let service = &entry.service;
    let cells = [
        ("id", service.id.to_string()),
        ("summary", service.summary.clone()),
        ("categories", words(&service.categories)),
        ("referral", codes(&service.referral)),
        ("only_for", words(&service.only_for)),
        ("welcomes", words(&service.welcomes)),
        ("convictions", service.convictions.map(|value| value.code().to_string()).unwrap_or_default()),
        ("convictions_note", service.convictions_note.clone()),
        ("languages", service.languages.join(";")),
        ("delivery", codes(&service.delivery)),
        ("led_by", codes(&service.led_by)),
        ("setting", codes(&service.setting)),
        ("places", service.places.map(|value| value.code().to_string()).unwrap_or_default()),
        ("wait_weeks", service.wait_weeks.map(|weeks| weeks.to_string()).unwrap_or_default()),
        ("covers", words(&service.covers)),
        ("cost", service.cost.map(|cost| cost.pounds().to_string()).unwrap_or_default()),
        ("cost_note", service.cost_note.clone()),
        ("bring", service.bring.clone()),
    ];
    let mut made = Vec::new();
    let link = |taxonomy, link_type| Link { entity: "service", of: own_id, taxonomy, link_type, number: 0 };
    for category in &service.categories {
        made.push(terms.attribute(link("categories", "category"), category.as_str(), ""));
    }
    for goal in terms.goals(&service.categories) {
        made.push(terms.attribute(link("goals", "goal"), goal, ""));
    }
    for audience in &service.only_for {
        made.push(terms.attribute(link("audiences", "eligibility"), audience.as_str(), ""));
    }
    for audience in &service.welcomes {
        made.push(terms.attribute(link("audiences", "intended audience"), audience.as_str(), ""));
    }
    for (field, cell) in cells.iter().filter(|(_, cell)| !cell.is_empty()) {
        made.push(terms.attribute(Link::field("service", own_id), field, cell));
    }
    made.extend(sessions_of(entry, None, "service", own_id, terms));
    made
}

/// The sessions at a place, each as an attribute that says it whole, in the order of the file.
fn sessions_of(entry: &Entry, at: Option<&Location>, entity: &str, of: &str, terms: &Terms<'_>) -> Vec<Value> {
    let here =
        entry.sessions.iter().enumerate().filter(|(_, (_, location))| {
            location.as_ref().map(|location| &location.id) == at.map(|location| &location.id)
        });
    let attribute = |(number, (session, _)): (usize, &(Session, Option<Location>))| {
        let mut said = object(json!({ "n": number }));
        put(&mut said, "hours", session.opening_hours.as_ref().map_or("", |hours| hours.as_str()));
        put_some(&mut said, "starts", session.starts_on);
        put_some(&mut said, "ends", session.ends_on);
        put(&mut said, "note", &session.note);
        let link = Link { number, ..Link::field(entity, of) };
        terms.attribute(link, "session", &Value::Object(said).to_string())
    };
    here.map(attribute).collect()
}

/// The schedules of the sessions at a place, or of those that have none.
fn schedules_of(entry: &Entry, at: Option<&Location>) -> Vec<Value> {
    let mut made = Vec::new();
    for (number, (session, location)) in entry.sessions.iter().enumerate() {
        if location.as_ref().map(|location| &location.id) != at.map(|location| &location.id) {
            continue;
        }
        let base = |part: usize| {
            let mut schedule =
                object(json!({ "id": id("schedule", &format!("{}/{number}/{part}", entry.service.id)) }));
            put_some(&mut schedule, "valid_from", session.starts_on);
            put_some(&mut schedule, "valid_to", session.ends_on);
            put(&mut schedule, "notes", &session.note);
            if let Some(hours) = &session.opening_hours {
                put(&mut schedule, "description", &hours.describe());
            }
            schedule
        };
        let openings =
            session.opening_hours.as_ref().and_then(|hours| schedules::of(hours.as_str())).unwrap_or_default();
        let says_something = session.opening_hours.is_some()
            || session.starts_on.is_some()
            || session.ends_on.is_some()
            || !session.note.is_empty();
        if openings.is_empty() && says_something {
            made.push(Value::Object(base(0)));
        }
        for (part, opening) in openings.into_iter().enumerate() {
            let mut schedule = base(part);
            schedule.insert("freq".to_string(), json!(opening.freq));
            schedule.insert("interval".to_string(), json!(opening.interval));
            put(&mut schedule, "byday", &opening.byday);
            put_some(&mut schedule, "dtstart", opening.dtstart);
            put(&mut schedule, "opens_at", &opening.opens_at);
            put_some(&mut schedule, "closes_at", opening.closes_at);
            made.push(Value::Object(schedule));
        }
    }
    made
}

/// The places of a service, each once, in the order in which they come.
pub fn places(entry: &Entry) -> Vec<&Location> {
    let mut places: Vec<&Location> = Vec::new();
    for (_, location) in &entry.sessions {
        if let Some(location) = location
            && !places.iter().any(|place| place.id == location.id)
        {
            places.push(location);
        }
    }
    places
}

/// A service at a location, without either.
fn service_at_location_alone(entry: &Entry, location: &Location, terms: &Terms<'_>) -> Object {
    let own_id = service_at_location_id(&entry.service, location);
    let mut made = object(json!({
        "id": own_id, "service_id": service_id(&entry.service), "location_id": location_id(location),
    }));
    put_list(&mut made, "schedules", schedules_of(entry, Some(location)));
    put_list(&mut made, "attributes", sessions_of(entry, Some(location), "service_at_location", &own_id, terms));
    made
}

/// A service at a location. Name and status are the service's: the UK's validator takes it for one.
pub fn service_at_location(entry: &Entry, location: &Location, terms: &Terms<'_>, depth: Depth) -> Object {
    let mut made = match depth {
        Depth::Full => service_at_location_alone(entry, location, terms),
        Depth::OneToOne => object(json!({ "id": service_at_location_id(&entry.service, location) })),
    };
    made.insert("name".to_string(), json!(entry.service.name));
    made.insert("status".to_string(), json!(status(entry.service.status)));
    let (place, service) = match depth {
        Depth::Full => {
            let mut service = self::service(entry, terms, Depth::Full);
            service.remove("service_at_locations");
            (self::location(location, terms), service)
        }
        Depth::OneToOne => (location_alone(location), self::service(entry, terms, Depth::OneToOne)),
    };
    made.insert("location".to_string(), Value::Object(place));
    made.insert("service".to_string(), Value::Object(service));
    made
}

fn location_alone(location: &Location) -> Object {
    let mut made = object(json!({ "id": location_id(location), "location_type": "physical", "name": location.name }));
    put(&mut made, "transportation", &location.getting_here);
    if let Some(point) = location.point {
        made.insert("latitude".to_string(), json!(point.latitude()));
        made.insert("longitude".to_string(), json!(point.longitude()));
    }
    made
}

/// A location with its address and what it has.
pub fn location(location: &Location, terms: &Terms<'_>) -> Object {
    let own_id = location_id(location);
    let mut made = location_alone(location);
    let postcode = location.postcode.as_deref().unwrap_or_default();
    // The standard wants all of an address; half of one is in the attributes.
    if !location.town.is_empty() && !postcode.is_empty() {
        let street = if location.address.is_empty() { &location.name } else { &location.address };
        let address = json!({
            "id": id("address", location.id.as_str()), "location_id": own_id, "address_1": street, "city": location.town,
            "state_province": PROVINCE, "postal_code": postcode, "country": COUNTRY, "address_type": "physical",
        });
        put_list(&mut made, "addresses", vec![address]);
    }
    let has = |code: &crate::model::Code| {
        let words = code.as_str().replace('_', " ");
        json!({ "id": id("accessibility", &format!("{}/{code}", location.id)), "description": words })
    };
    put_list(&mut made, "accessibility", location.accessibility.iter().map(has).collect());
    let access: Vec<&str> = location.accessibility.iter().map(|code| code.as_str()).collect();
    let access = access.join(";");
    let cells = [
        ("id", location.id.as_str()),
        ("address", location.address.as_str()),
        ("town", location.town.as_str()),
        ("postcode", postcode),
        ("accessibility", access.as_str()),
    ];
    let cells = cells.iter().filter(|(_, cell)| !cell.is_empty());
    let attributes = cells.map(|(field, cell)| terms.attribute(Link::field("location", &own_id), field, cell));
    put_list(&mut made, "attributes", attributes.collect());
    made
}

/// An organisation, without its services.
pub fn organization(organisation: &Organisation, terms: &Terms<'_>, depth: Depth) -> Object {
    let own_id = organization_id(organisation);
    // A description must be stated. Who has none says the name again.
    let description = if organisation.description.is_empty() { &organisation.name } else { &organisation.description };
    let mut made = object(json!({ "id": own_id, "name": organisation.name, "description": description }));
    put_some(&mut made, "website", organisation.website.as_ref());
    put_some(&mut made, "email", organisation.email.as_ref());
    if depth == Depth::OneToOne {
        return made;
    }
    put_list(
        &mut made,
        "phones",
        phones(organisation.phone.as_ref().map(ToString::to_string), "organization", &own_id),
    );
    let charity = |number: &str| match number.get(..2).unwrap_or_default().to_ascii_uppercase().as_str() {
        "SC" => "GB-SC",
        "NI" => "GB-NIC",
        _ => "GB-CHC",
    };
    let identifiers = [
        (organisation.charity_number.as_deref(), "charity", organisation.charity_number.as_deref().map_or("", charity)),
        (organisation.company_number.as_deref(), "company", "GB-COH"),
    ];
    let identifiers = identifiers.into_iter().filter_map(|(number, kind, scheme)| {
        let own = id("organization_identifier", &format!("{}/{kind}", organisation.id));
        Some(json!({
            "id": own, "organization_id": own_id, "identifier_scheme": scheme, "identifier_type": kind, "identifier": number?,
        }))
    });
    put_list(&mut made, "organization_identifiers", identifiers.collect());
    let attribute = terms.attribute(Link::field("organization", &own_id), "id", organisation.id.as_str());
    put_list(&mut made, "attributes", vec![attribute]);
    made
}
