//! The directory as others want it: the standard's package of 24 tables, GeoJSON for a map, CSV for a spreadsheet.
//!
//! Everything is in the order of the ids, so that the same directory is always the same bytes. Confidential venues are in
//! none of it.

pub use super::portions::Portions;
use super::standard::entry::{Entries, Entry};
use super::standard::objects::{self, Depth};
use super::standard::tables::{self, Layout, TABLES};
use super::standard::terms::{Object, TAXONOMIES, Terms, taxonomy};
use crate::gazetteer::Gazetteer;
use crate::model::{Location, Point};
use crate::spreadsheet;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// How many rows a package has.
#[derive(Debug, Default, PartialEq)]
pub struct Written {
    pub services: usize,
    pub organisations: usize,
    pub locations: usize,
}

/// The standard's package of a directory, into a folder that is there: 24 CSV files and their description.
pub fn package(from: &mut Portions, folder: &Path) -> io::Result<Written> {
    let mut files = Files::create(folder)?;
    let vocabulary = from.vocabulary()?;
    let terms = Terms::new(&vocabulary);
    let mut written = Written::default();
    from.organisations(&mut |directory| {
        for organisation in &directory.organisations {
            files.add("organizations.csv", &objects::organization(organisation, &terms, Depth::Full))?;
            written.organisations += 1;
        }
        Ok(())
    })?;
    let mut places = HashSet::new();
    from.services(&mut |directory| {
        for entry in Entries::new(directory).all() {
            files.add("services.csv", &objects::service(&entry, &terms, Depth::Full))?;
            written.services += 1;
            for location in objects::places(&entry) {
                if places.insert(location.id.clone()) {
                    files.add("locations.csv", &objects::location(location, &terms))?;
                    written.locations += 1;
                }
            }
        }
        Ok(())
    })?;
    for (name, ..) in TAXONOMIES {
        files.add("taxonomies.csv", &taxonomy(name).unwrap_or_default())?;
    }
    // Only the terms in use, as the standard advises, and those above them.
    let used = std::mem::take(&mut files.terms);
    for (name, ..) in TAXONOMIES {
        let all: Vec<Object> = terms.codes(name).into_iter().map(|code| terms.term(name, code)).collect();
        let text = |term: &Object, field: &str| term.get(field).and_then(Value::as_str).unwrap_or_default().to_string();
        let mut wanted = used.clone();
        for _ in 0..all.len() {
            let parents: Vec<String> = all
                .iter()
                .filter(|term| wanted.contains(&text(term, "id")))
                .map(|term| text(term, "parent_id"))
                .collect();
            let before = wanted.len();
            wanted.extend(parents.into_iter().filter(|parent| !parent.is_empty()));
            if wanted.len() == before {
                break;
            }
        }
        for term in all.iter().filter(|term| wanted.contains(&text(term, "id"))) {
            files.add("taxonomy_terms.csv", term)?;
        }
    }
    files.finish()?;
    let description = serde_json::to_string_pretty(&description(vocabulary.is_sample)).map_err(io::Error::other)?;
    std::fs::write(folder.join("datapackage.json"), description + "\n")?;
    Ok(written)
}

/// The files of a package, being written.
struct Files {
    writers: Vec<csv::Writer<BufWriter<File>>>,
    /// The terms that attributes lead to.
    terms: BTreeSet<String>,
}

impl Files {
    fn create(folder: &Path) -> io::Result<Self> {
        let mut writers = Vec::new();
        for Layout { file, columns } in &TABLES {
            let file = BufWriter::new(File::create(folder.join(file))?);
            let mut writer = csv::Writer::from_writer(file);
            writer.write_record(*columns).map_err(io::Error::other)?;
            writers.push(writer);
        }
        Ok(Self { writers, terms: BTreeSet::new() })
    }

    /// An object with everything nested in it, each in its table.
    fn add(&mut self, table: &'static str, object: &Object) -> io::Result<()> {
        let mut outcome = Ok(());
        tables::rows(table, object, &mut |table, row| {
            if let ("attributes.csv", Some(term)) = (table, row.get("taxonomy_term_id").and_then(Value::as_str))
                && !self.terms.contains(term)
            {
                self.terms.insert(term.to_string());
            }
            let Some(at) = TABLES.iter().position(|layout| layout.file == table) else { return };
            let written = self.writers[at].write_record(tables::cells(&TABLES[at], &row)).map_err(io::Error::other);
            if outcome.is_ok() {
                outcome = written;
            }
        });
        outcome
    }

    fn finish(self) -> io::Result<()> {
        for mut writer in self.writers {
            writer.flush()?;
        }
        Ok(())
    }
}

/// What the files and columns are, as a Frictionless Tabular Data Package.
fn description(is_sample: bool) -> Value {
    let kind = |column: &str| match column {
        "latitude" | "longitude" | "amount" | "minimum_age" | "maximum_age" | "timezone" | "count" | "interval"
        | "year_incorporated" | "available" | "maximum" | "extension" => "number",
        "valid_from" | "valid_to" | "dtstart" | "assured_date" | "last_action_date" => "date",
        "opens_at" | "closes_at" => "time",
        _ => "string",
    };
    let field = |column: &&str| {
        let mut field = json!({ "name": column, "type": kind(column) });
        if *column == "id" {
            field["constraints"] = json!({ "required": true, "unique": true });
        }
        field
    };
    let resource = |layout: &Layout| {
        let name = layout.file.trim_end_matches(".csv");
        let leads: [(&str, &str); 6] = [
            ("organization_id", "organizations"),
            ("service_id", "services"),
            ("location_id", "locations"),
            ("service_at_location_id", "service_at_location"),
            ("taxonomy_id", "taxonomies"),
            ("taxonomy_term_id", "taxonomy_terms"),
        ];
        let keys = leads.iter().filter(|(column, _)| layout.columns.contains(column));
        let keys: Vec<Value> = keys
            .map(|(column, table)| json!({ "fields": column, "reference": { "resource": table, "fields": "id" } }))
            .collect();
        json!({
            "profile": "tabular-data-resource", "name": name, "path": layout.file, "encoding": "utf-8",
            "schema": { "fields": layout.columns.iter().map(field).collect::<Vec<_>>(), "primaryKey": "id", "foreignKeys": keys },
        })
    };
    json!({
        "profile": "tabular-data-package",
        "name": if is_sample { "signpost-sample-open-referral" } else { "signpost-open-referral" },
        "title": if is_sample { "A sample of community services (fictional) as Open Referral tables" } else { "Community services as Open Referral tables" },
        "description": "Human Services Data Specification 3.2.3. What it has no field for is in attributes.csv: the terms of \
                        the taxonomy `Signpost fields` say what each is.",
        "resources": TABLES.iter().map(resource).collect::<Vec<_>>(),
    })
}

/// Where a public location is: as it says, or as its postcode says.
fn point(location: &Location, gazetteer: &Gazetteer) -> Option<Point> {
    let of_postcode = || {
        let place = gazetteer.find(location.postcode.as_deref()?).ok()?;
        Point::new(place.latitude, place.longitude)
    };
    location.point.or_else(of_postcode)
}

/// A map: a feature for each service at each public place.
pub fn geojson(from: &mut Portions, gazetteer: &Gazetteer, out: &mut dyn Write) -> io::Result<Written> {
    let mut written = Written::default();
    write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
    from.services(&mut |directory| {
        for entry in Entries::new(directory).all() {
            written.services += 1;
            for location in objects::places(&entry) {
                let Some(point) = point(location, gazetteer) else { continue };
                write!(out, "{}", if written.locations == 0 { "\n" } else { ",\n" })?;
                written.locations += 1;
                serde_json::to_writer(&mut *out, &feature(&entry, location, point)).map_err(io::Error::other)?;
            }
        }
        Ok(())
    })?;
    writeln!(out, "\n]}}")?;
    Ok(written)
}

fn feature(entry: &Entry, location: &Location, point: Point) -> Value {
    let mut properties = Object::new();
    for (name, text) in facts(entry, Some(location)) {
        if !text.is_empty() {
            properties.insert(name.to_string(), json!(text));
        }
    }
    json!({
        "type": "Feature", "id": format!("{}/{}", entry.service.id, location.id),
        "geometry": { "type": "Point", "coordinates": [point.longitude(), point.latitude()] },
        "properties": properties,
    })
}

/// A spreadsheet: a row for each service at each public place, and one for a service without any.
pub fn spreadsheet(from: &mut Portions, out: &mut dyn Write) -> io::Result<Written> {
    let mut written = Written::default();
    let mut rows = csv::Writer::from_writer(out);
    let mut has_header = false;
    from.services(&mut |directory| {
        for entry in Entries::new(directory).all() {
            written.services += 1;
            let places: Vec<Option<&Location>> = objects::places(&entry).into_iter().map(Some).collect();
            let places = if places.is_empty() { vec![None] } else { places };
            for place in places {
                let facts = facts(&entry, place);
                if !has_header {
                    rows.write_record(facts.iter().map(|(name, _)| *name)).map_err(io::Error::other)?;
                    has_header = true;
                }
                written.locations += usize::from(place.is_some());
                rows.write_record(facts.iter().map(|(_, text)| spreadsheet::text(text))).map_err(io::Error::other)?;
            }
        }
        Ok(())
    })?;
    rows.flush()?;
    Ok(written)
}

/// What is told of a service at a place.
fn facts(entry: &Entry, at: Option<&Location>) -> Vec<(&'static str, String)> {
    fn words<T: ToString>(values: &[T]) -> String {
        values.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")
    }
    fn some(value: Option<&impl ToString>) -> String {
        value.map(ToString::to_string).unwrap_or_default()
    }
    let service = &entry.service;
    let here =
        entry.sessions.iter().filter(|(_, location)| location.as_ref().map(|row| &row.id) == at.map(|row| &row.id));
    let hours = here.filter_map(|(session, _)| session.opening_hours.as_ref()).map(|hours| hours.as_str().to_string());
    let place = |text: fn(&Location) -> String| at.map(text).unwrap_or_default();
    vec![
        ("id", service.id.to_string()),
        ("name", service.name.clone()),
        ("organisation", entry.organisation.name.clone()),
        ("status", service.status.to_string()),
        ("summary", service.summary.clone()),
        ("categories", words(&service.categories)),
        ("phone", some(service.phone.as_ref())),
        ("email", some(service.email.as_ref())),
        ("website", some(service.website.as_ref())),
        ("how_to_join", service.how_to_join.clone()),
        ("cost", service.cost.map(|cost| cost.pounds().to_string()).unwrap_or_default()),
        ("only_for", words(&service.only_for)),
        ("welcomes", words(&service.welcomes)),
        ("delivery", words(&service.delivery)),
        ("led_by", words(&service.led_by)),
        ("convictions", some(service.convictions.as_ref())),
        ("checked_on", some(service.checked_on.as_ref())),
        ("location", place(|row| row.name.clone())),
        ("address", place(|row| row.address.clone())),
        ("town", place(|row| row.town.clone())),
        ("postcode", place(|row| row.postcode.clone().unwrap_or_default())),
        ("accessibility", place(|row| words(&row.accessibility))),
        ("opening_hours", hours.collect::<Vec<_>>().join(" | ")),
    ]
}
