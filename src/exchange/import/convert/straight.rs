//! Records of other makes in the words of the standard: lists of charities, maps, rows of a spreadsheet.
//!
//! Nothing is read into them: a field that is called otherwise gets its name in the standard, a position or an address
//! that hangs on the record becomes the place of it, and prose under names of its own joins the description.

use crate::exchange::import::record::{list, object, scalar, text};
use crate::exchange::import::table::Record;
use crate::gazetteer::Postcode;
use serde_json::{Value, json};
use std::borrow::Cow;

/// What others call the name of a service; a list of libraries or clubs has a column for the name of each.
pub const SERVICE_NAMES: [&str; 22] = [
    "Name",
    "title",
    "service_name",
    "servicename",
    "charity_name",
    "site_name",
    "activity_name",
    "group_name",
    "club_name",
    "library_name",
    "project_name",
    "programme_name",
    "scheme_name",
    "session_name",
    "facility_name",
    "venue_name",
    "centre_name",
    "center_name",
    "place_name",
    "organisation_name",
    "organization_name",
    "label",
];
/// Fields of a service, and what others call them; the first that states something counts.
const NAMES: [(&str, &[&str]); 11] = [
    (
        "id",
        &[
            "ID",
            "Id",
            "_id",
            "@id",
            "uuid",
            "guid",
            "service_id",
            "serviceid",
            "external_id",
            "identifier",
            "reference",
            "site_id",
            "charity_number",
            "registered_charity_number",
        ],
    ),
    ("name", &SERVICE_NAMES),
    ("description", &["Description", "service_description"]),
    ("url", &["website", "web", "web_address", "homepage", "link", "service_url", "contact_web"]),
    ("email", &["contact_email", "email_address", "service_email"]),
    (
        "organization_name",
        &["organisation_name", "organization", "organisation", "provider", "provider_name", "charity_name", "operator"],
    ),
    ("organization_id", &["organisation_id", "provider_id"]),
    ("postcode", &["postal_code", "post_code", "Postcode", "charity_contact_postcode"]),
    ("latitude", &["lat", "Latitude", "y"]),
    ("longitude", &["lon", "lng", "long", "Longitude", "x"]),
    ("application_process", &["how_to_join", "how_to_apply", "referral_process", "access_process", "how_to_access"]),
];
/// Prose that joins the description, and what is put before it.
const PROSE: [(&str, &str); 32] = [
    ("details", ""),
    ("about", ""),
    ("text", ""),
    ("body", ""),
    ("content", ""),
    ("overview", ""),
    ("long_description", ""),
    ("full_description", ""),
    ("short_description", ""),
    ("activities", ""),
    ("charity_activities", ""),
    ("objects", ""),
    ("charitable_objects", ""),
    ("objectives", ""),
    ("aims", ""),
    ("mission", ""),
    ("purpose", ""),
    ("purposes", ""),
    ("what_we_do", ""),
    ("what", ""),
    ("notes", ""),
    ("additional_information", ""),
    ("additional_info", ""),
    ("information", ""),
    ("facilities", "Facilities: "),
    ("who", "Who it is for: "),
    ("beneficiaries", "Who it is for: "),
    ("target_audience", "Who it is for: "),
    ("how", "How: "),
    ("accreditations", "Accreditations: "),
    ("area_of_operation", "Area: "),
    ("area_of_benefit", "Area: "),
];
/// Fields that hold what others call keywords, beside those of the standard and the older ones.
const KEYWORDS: [&str; 12] = [
    "classification",
    "classifications",
    "causes",
    "topics",
    "topic",
    "themes",
    "subjects",
    "service_type",
    "service_types",
    "services_offered",
    "needs",
    "type_of_service",
];
const PHONES: [&str; 6] = ["phone", "telephone", "tel", "phone_number", "contact_phone", "telephone_number"];
/// The days of a week as columns are called after them, and as hours name them.
const DAYS: [(&str, &str); 7] = [
    ("monday", "Mo"),
    ("tuesday", "Tu"),
    ("wednesday", "We"),
    ("thursday", "Th"),
    ("friday", "Fr"),
    ("saturday", "Sa"),
    ("sunday", "Su"),
];
/// What may stand behind a day in the name of such a column.
const HOURS_OF_A_DAY: [&str; 8] =
    ["", "_hours", "_opening_hours", "_opening_times", "_opening", "_times", "_open", "_staffed_hours"];
/// Fields that may hold a position: `{"lat": …, "lon": …}`, `[lon, lat]`, a point of GeoJSON, `"53.4, -2.2"`.
const POSITIONS: [&str; 8] =
    ["geo", "geometry", "coordinates", "position", "point", "geolocation", "geocode", "location"];

/// The record as the standard would have it; most are as they should be.
pub(super) fn straight(record: &Record) -> Cow<'_, Record> {
    let is_of_the_standard = record.contains_key("id")
        && record.contains_key("name")
        && ["service_at_locations", "organization_id"].iter().any(|name| record.contains_key(*name));
    let says = |name: &str| record.get(name).is_some_and(|value| !value.is_null());
    let has_prose =
        PROSE.iter().any(|(name, _)| says(name)) || KEYWORDS.iter().any(|name| says(name)) || says("keywords");
    if (is_of_the_standard && !has_prose && !PHONES.iter().any(|name| says(name))) || is_own(record) {
        return Cow::Borrowed(record);
    }
    let mut made = record.clone();
    out_of_feature(&mut made);
    plain_names(&mut made);
    rename(&mut made);
    join_prose(&mut made);
    join_keywords(&mut made);
    join_phones(&mut made);
    join_days(&mut made);
    place(&mut made);
    Cow::Owned(made)
}

/// Whether another Signpost has published it: then nothing of it is touched.
fn is_own(record: &Record) -> bool {
    let code = |attribute: &&Record| object(attribute, "taxonomy_term").and_then(|term| text(term, &["code"]));
    list(record, &["attributes"]).iter().filter_map(code).any(|code| code.starts_with(super::super::crosswalk::OWN))
}

/// A feature of GeoJSON: its properties are the record.
fn out_of_feature(record: &mut Record) {
    if text(record, &["type"]).as_deref() != Some("Feature") {
        return;
    }
    record.remove("type");
    if let Some(Value::Object(properties)) = record.remove("properties") {
        for (name, value) in properties {
            record.entry(name).or_insert(value);
        }
    }
}

/// `Opening times`, `Opening-Times` → `opening_times`, as far as nothing else is called so.
fn plain_names(record: &mut Record) {
    let others: Vec<String> = record.keys().filter(|name| name.contains([' ', '-'])).cloned().collect();
    for name in others {
        let plain = name.trim().to_lowercase().replace([' ', '-'], "_");
        if !record.contains_key(&plain)
            && let Some(value) = record.remove(&name)
        {
            record.insert(plain, value);
        }
    }
}

fn rename(record: &mut Record) {
    for (name, others) in NAMES {
        if text(record, &[name]).is_some() {
            continue;
        }
        let found = others.iter().find_map(|other| Some((*other, scalar(record.get(*other)?)?)));
        let Some((other, said)) = found else { continue };
        // What is said of something else as well stays where it is.
        if !matches!(
            other,
            "charity_name" | "organisation_name" | "organization_name" | "charity_number" | "registered_charity_number"
        ) {
            record.remove(other);
        }
        record.insert(name.to_string(), Value::String(said));
    }
}

fn join_prose(record: &mut Record) {
    let mut paragraphs: Vec<String> = text(record, &["description"]).into_iter().collect();
    for (name, before) in PROSE {
        let said = match record.get(name) {
            Some(Value::Array(items)) => items.iter().filter_map(scalar).collect::<Vec<_>>().join(", "),
            Some(value) => scalar(value).unwrap_or_default(),
            None => continue,
        };
        if said.is_empty() {
            continue;
        }
        record.remove(name);
        if !paragraphs.iter().any(|paragraph| paragraph.contains(&said)) {
            paragraphs.push(format!("{before}{said}"));
        }
    }
    if !paragraphs.is_empty() {
        record.insert("description".to_string(), Value::String(paragraphs.join("\n\n")));
    }
}

fn join_keywords(record: &mut Record) {
    let mut words = record.get("keywords").map(keywords).unwrap_or_default();
    for name in KEYWORDS {
        words.extend(record.remove(name).as_ref().map(keywords).unwrap_or_default());
    }
    if !words.is_empty() {
        record.insert("keywords".to_string(), json!(words));
    }
}

/// `["a", {"name": "b"}]`, `"a; b"` and `"a, b"` alike.
fn keywords(value: &Value) -> Vec<String> {
    let said = super::super::record::words(value);
    let separator = if said.iter().any(|word| word.contains([';', '|'])) { [';', '|'] } else { [',', ','] };
    said.iter()
        .flat_map(|word| word.split(separator))
        .map(|word| word.trim().to_string())
        .filter(|word| !word.is_empty())
        .collect()
}

fn join_phones(record: &mut Record) {
    if !list(record, &["phones"]).is_empty() {
        return;
    }
    let found = PHONES.iter().find_map(|name| Some((*name, scalar(record.get(*name)?)?)));
    if let Some((name, number)) = found {
        record.remove(name);
        record.insert("phones".to_string(), json!([{ "number": number }]));
    }
}

/// A column for each day of the week, as one text: `Mo 10:00-13:00,14:00-17:00; Tu 10:00-17:00`.
fn join_days(record: &mut Record) {
    let is_said = |name: &str| record.get(name).and_then(scalar).is_some();
    if ["opening_hours", "opening_times", "hours"].into_iter().any(is_said) {
        return;
    }
    let mut week = Vec::new();
    for (day, short) in DAYS {
        let columns = HOURS_OF_A_DAY.iter().map(|behind| format!("{day}{behind}"));
        let found = columns.filter_map(|name| Some((scalar(record.get(&name)?)?, name))).next();
        week.extend(found.map(|(times, column)| (column, short, times)));
    }
    // One day alone may be anything, a Sunday's own remark for one.
    if week.len() < 2 {
        return;
    }
    let open = week.iter().filter(|(_, _, times)| !times.eq_ignore_ascii_case("closed"));
    let said: Vec<String> = open.map(|(_, short, times)| format!("{short} {times}")).collect();
    for (column, _, _) in week {
        record.remove(&column);
    }
    if !said.is_empty() {
        record.insert("opening_times".to_string(), Value::String(said.join("; ")));
    }
}

/// Where it is, if the record has no location of its own.
fn place(record: &mut Record) {
    if ["service_at_locations", "service_at_location", "locations"].iter().any(|name| !list(record, &[name]).is_empty())
    {
        return;
    }
    let is_location = object(record, "location").is_some_and(|location| {
        ["addresses", "physical_addresses", "latitude", "name", "id", "postcode", "postal_code"]
            .iter()
            .any(|name| location.contains_key(*name))
    });
    if is_location {
        return;
    }
    if text(record, &["latitude"]).is_none()
        && let Some((name, [latitude, longitude])) =
            POSITIONS.iter().find_map(|name| Some((*name, position(record.get(*name)?)?)))
    {
        record.remove(name);
        record.insert("latitude".to_string(), json!(latitude));
        record.insert("longitude".to_string(), json!(longitude));
    }
    let address = list(record, &["address", "addresses", "physical_addresses"]).first().map(|found| (*found).clone());
    let said = record.get("address").and_then(scalar);
    if let Some(address) = address {
        for name in ["address", "addresses", "physical_addresses"] {
            record.remove(name);
        }
        for (name, value) in address {
            if super::left::FLAT_PLACE.contains(&name.as_str()) {
                record.entry(name).or_insert(value);
            }
        }
    } else if let Some(said) = said {
        record.remove("address");
        let (line, postcode) = without_postcode(&said);
        record.entry("address_1").or_insert(Value::String(line));
        if let Some(postcode) = postcode {
            record.entry("postcode").or_insert(Value::String(postcode));
        }
    }
}

/// Latitude and longitude.
fn position(value: &Value) -> Option<[f64; 2]> {
    match value {
        Value::Array(pair) => match pair.as_slice() {
            [longitude, latitude] | [longitude, latitude, _] => Some([latitude.as_f64()?, longitude.as_f64()?]),
            _ => None,
        },
        Value::Object(fields) => {
            if let Some(pair) = fields.get("coordinates") {
                return position(pair);
            }
            let number = |names: &[&str]| text(fields, names).and_then(|text| text.parse::<f64>().ok());
            Some([number(&["lat", "latitude"])?, number(&["lon", "lng", "long", "longitude"])?])
        }
        Value::String(text) => {
            let (latitude, longitude) = text.split_once(',')?;
            Some([latitude.trim().parse().ok()?, longitude.trim().parse().ok()?])
        }
        _ => None,
    }
}

/// An address in one line, and the postcode at its end.
fn without_postcode(address: &str) -> (String, Option<String>) {
    let words: Vec<&str> = address.split([' ', ',', '\n']).filter(|word| !word.is_empty()).collect();
    for count in [2, 1] {
        let Some(at) = words.len().checked_sub(count) else { continue };
        let found = Postcode::parse(&words[at..].concat().to_uppercase()).filter(|postcode| postcode.is_full());
        if let Some(postcode) = found {
            let line = address.find(words[at]).map_or(address, |_| {
                let end = address.rfind(words[at]).unwrap_or(address.len());
                &address[..end]
            });
            return (line.trim_end_matches([' ', ',', '\n']).to_string(), Some(postcode.to_string()));
        }
    }
    (address.to_string(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(record: Value) -> Value {
        Value::Object(straight(record.as_object().unwrap()).into_owned())
    }

    #[test]
    fn a_charity_of_a_register_says_the_same_in_the_words_of_the_standard() {
        let charity = json!({
            "charity_name": "Oak", "registered_charity_number": 222333, "activities": "Choirs.", "beneficiaries": ["Elders"],
            "classification": "Arts; Old age", "telephone": "0161 496 0101", "address": "2 Elm Road, Manchester M4 1HQ",
        });
        let expected = json!({
            "id": "222333", "registered_charity_number": 222333,
            "name": "Oak", "charity_name": "Oak", "organization_name": "Oak",
            "description": "Choirs.\n\nWho it is for: Elders", "keywords": ["Arts", "Old age"],
            "phones": [{ "number": "0161 496 0101" }], "address_1": "2 Elm Road, Manchester", "postcode": "M4 1HQ",
        });
        assert_eq!(made(charity), expected);
    }

    #[test]
    fn positions_of_every_make() {
        let expected = json!({ "id": "1", "name": "a", "latitude": 53.4, "longitude": -2.2 });
        for place in [
            json!({ "geo": { "lat": 53.4, "lng": "-2.2" } }),
            json!({ "coordinates": [-2.2, 53.4] }),
            json!({ "location": { "type": "Point", "coordinates": [-2.2, 53.4] } }),
            json!({ "position": "53.4, -2.2" }),
        ] {
            let mut record = json!({ "id": "1", "name": "a" });
            record.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
            assert_eq!(made(record), expected, "{place}");
        }
        let feature = json!({ "type": "Feature", "id": "1", "properties": { "name": "a" },
                              "geometry": { "type": "Point", "coordinates": [-2.2, 53.4] } });
        assert_eq!(made(feature), expected);
    }

    #[test]
    fn names_of_columns_as_people_write_them() {
        let record = json!({ "Referral method": "Ring", "Opening times": "Mo 10:00-12:00", "Service name": "a", "Site-ID": "7" });
        let expected = json!({ "id": "7", "name": "a", "opening_times": "Mo 10:00-12:00", "referral_method": "Ring" });
        assert_eq!(made(record), expected);
    }

    #[test]
    fn a_column_for_each_day_becomes_opening_times() {
        let library = json!({
            "Library name": "Airyhall", "Monday staffed hours": "09:00-19:00", "Tuesday staffed hours": "closed",
            "Saturday staffed hours": "10:00-13:00,14:00-17:00", "Sunday staffed hours": "",
            "Monday unstaffed hours": "07:00-09:00", "UPRN": "9051031064",
        });
        let expected = json!({
            "name": "Airyhall", "opening_times": "Mo 09:00-19:00; Sa 10:00-13:00,14:00-17:00",
            "sunday_staffed_hours": "", "monday_unstaffed_hours": "07:00-09:00", "UPRN": "9051031064",
        });
        assert_eq!(made(library), expected);
        let remark = json!({ "id": "1", "name": "a", "sunday": "Ring the bell." });
        assert_eq!(made(remark.clone()), remark, "one day alone is no week");
    }

    #[test]
    fn a_record_of_the_standard_is_left_alone() {
        let record = json!({ "id": "1", "name": "a", "organization_id": "o", "service_at_locations": [] });
        assert!(matches!(straight(record.as_object().unwrap()), Cow::Borrowed(_)));
    }
}
