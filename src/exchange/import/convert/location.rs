//! A venue, with its address and what it has for whoever comes.

use super::own::raw;
use super::{Converter, cell, left};
use crate::dataset::columns::Table;
use crate::exchange::import::prose;
use crate::exchange::import::record::{id, list, scalar, text, texts};
use crate::exchange::import::row::Row;
use crate::exchange::import::table::Record;

/// What is said of a venue, and our code for it.
const ACCESSIBILITY: [(&str, &[&str]); 8] = [
    (
        "step_free",
        &[
            "step free",
            "step-free",
            "wheelchair",
            "level access",
            "ramp",
            "handicap access",
            "disabled access",
            "lift access",
            "accessible entrance",
        ],
    ),
    (
        "accessible_toilet",
        &[
            "accessible toilet",
            "disabled toilet",
            "adapted toilet",
            "accessible wc",
            "disabled wc",
            "toilet for disabled",
        ],
    ),
    ("hearing_loop", &["hearing loop", "induction loop", "loop system"]),
    ("parking", &["parking", "blue badge", "car park"]),
    ("changing_places", &["changing place"]),
    ("bsl", &["sign language", "bsl"]),
    ("large_print", &["large print"]),
    ("quiet_space", &["quiet space", "quiet room", "sensory room"]),
];

impl Converter<'_> {
    /// The id of the location and, the first time it is met, its row.
    pub(super) fn location(&mut self, record: &Record) -> (String, Option<Row>) {
        let addresses = list(record, &["addresses", "address", "physical_addresses", "physical_address"]);
        let postal = |address: &&&Record| text(address, &["address_type"]).is_some_and(|kind| kind == "postal");
        let address =
            addresses.iter().find(|address| !postal(address)).or(addresses.first()).copied().unwrap_or(record);
        // `attention` names a person.
        let lines: Vec<String> = ["address_1", "address_2", "region"]
            .iter()
            .filter_map(|field| text(address, &[field]))
            .map(|line| prose::line(&line).text.trim_matches([',', ' ']).to_string())
            .filter(|line| !line.is_empty())
            .collect();
        let town = self.line("address.city", text(address, &["city", "town", "locality"]));
        let stated = text(address, &["postal_code", "postcode", "post_code"]);
        let postcode = stated.as_deref().and_then(postcode);
        match (&stated, &postcode) {
            (Some(stated), None) => {
                self.report.left("address.postal_code", "is no postcode of the United Kingdom", stated)
            }
            (Some(_), Some(_)) => self.report.carried("address.postal_code"),
            _ => {}
        }
        let stated_name = self.line("location.name", text(record, &["name", "alternate_name"]));
        let name = [
            stated_name.as_str(),
            lines.first().map_or("", String::as_str),
            town.as_str(),
            postcode.as_deref().unwrap_or_default(),
        ]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or("Venue")
        .to_string();
        let source_id = id(record).unwrap_or_else(|| {
            format!(
                "at:{}:{}:{}",
                name.to_lowercase(),
                lines.join(",").to_lowercase(),
                postcode.clone().unwrap_or_default()
            )
        });
        let terms = self.crosswalk.terms(record, &mut super::Report::default());
        let own_id = self.ids.of(Table::Locations, self.source, &source_id, &name, terms.own("id"));
        if !self.made.insert((Table::Locations as usize, own_id.clone())) {
            return (own_id, None);
        }
        let mut row = Row::new(Table::Locations);
        row.set("id", &own_id);
        if stated_name.is_empty() {
            self.report.changed("location.name", "is not stated; the address stands in", &name);
        }
        row.set("name", &name);
        let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|line| *line != name && *line != town).collect();
        if !lines.is_empty() {
            self.report.carried("address.address_1");
        }
        row.set("address", prose::line(&lines.join(", ")).text);
        row.set("town", town);
        row.set("postcode", postcode.unwrap_or_default());
        self.position(record, &mut row);
        self.accessibility(record, &mut row);
        let getting_here = self.prose("location.transportation", text(record, &["transportation"]));
        row.set("getting_here", getting_here);
        if terms.own("id").is_some() {
            row.set("name", raw(record, "name"));
            row.set("getting_here", raw(record, "transportation"));
            for column in ["address", "town", "postcode", "accessibility"] {
                row.set(column, "");
            }
        }
        row.set("source", self.source);
        row.set("source_id", cell(&source_id));
        self.own_columns(&mut row, &terms);
        left::of(record, left::LOCATION, "location", self.report);
        (own_id, Some(row))
    }

    fn position(&mut self, record: &Record, row: &mut Row) {
        let number = |names: &[&str]| text(record, names).and_then(|text| text.parse::<f64>().ok());
        let (latitude, longitude) = (number(&["latitude", "lat"]), number(&["longitude", "lon", "lng"]));
        let (Some(mut latitude), Some(mut longitude)) = (latitude, longitude) else {
            if latitude.is_some() != longitude.is_some() {
                self.report.left("location.latitude", "is half a place", "");
            }
            return;
        };
        let in_uk =
            |latitude: f64, longitude: f64| (49.0..=61.0).contains(&latitude) && (-9.0..=2.1).contains(&longitude);
        if latitude == 0.0 && longitude == 0.0 {
            return self.report.left("location.latitude", "is 0, 0: a place nobody meant", "");
        }
        if !in_uk(latitude, longitude) && in_uk(longitude, latitude) {
            (latitude, longitude) = (longitude, latitude);
            self.report.changed(
                "location.latitude",
                "was swapped with the longitude",
                &format!("{longitude}, {latitude}"),
            );
        } else if (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) {
            self.report.carried("location.latitude");
        } else {
            return self.report.left("location.latitude", "is no place on earth", &format!("{latitude}, {longitude}"));
        }
        row.set("latitude", latitude.to_string());
        row.set("longitude", longitude.to_string());
    }

    fn accessibility(&mut self, record: &Record, row: &mut Row) {
        let mut codes: Vec<&str> = Vec::new();
        for stated in list(record, &["accessibility", "accessibility_for_disabilities", "accessibilities"]) {
            let said = texts(stated, &["description", "accessibility", "details"]).join(" ");
            let lower = said.to_lowercase();
            let denies = ["no ", "not ", "without "]
                .iter()
                .any(|word| lower.starts_with(word) || lower.contains(&format!(" {word}")));
            let found: Vec<&str> = ACCESSIBILITY
                .iter()
                .filter(|(_, words)| !denies && words.iter().any(|word| lower.contains(word)))
                .map(|(code, _)| *code)
                .collect();
            if found.is_empty() && !said.is_empty() {
                self.report.left("accessibility", "says nothing that we have a code for, or denies it", &said);
            }
            for code in found {
                self.report.changed("accessibility", "became a code", &said);
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
        }
        row.set("accessibility", codes.join(";"));
    }
}

/// The location of a record that says where it is without a location of its own: `{"name": …, "postcode": …}`.
pub(super) fn flat(record: &Record) -> Option<Record> {
    let mut place = Record::new();
    for field in left::FLAT_PLACE {
        if let Some(value) = record.get(*field).filter(|value| scalar(value).is_some()) {
            place.insert((*field).to_string(), value.clone());
        }
    }
    if place.is_empty() {
        return None;
    }
    for field in ["id", "name"] {
        place.insert(field.to_string(), record.get(field).cloned().unwrap_or_default());
    }
    Some(place)
}

/// A postcode in its form `M1 4BT`.
fn postcode(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    let parsed = crate::gazetteer::Postcode::parse(&bare)?;
    parsed.is_full().then(|| parsed.to_string())
}
