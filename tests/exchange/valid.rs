//! Every record of the feed over the sample, held against schemas of the standard's objects.
//!
//! The schemas here are written from the standard's tables: which fields an object may have, which it must, their types,
//! formats and codes. They know no field that the standard does not, and no null. The standard's own schemas, whose
//! licence keeps them out of this repository, are checked in `.ci/run` where they are at hand.

use crate::api::site::Site;
use crate::fixture::Folder;
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use signpost::exchange::standard::tables::TABLES;
use std::path::Path;

/// A field, the table of what is nested in it, and whether it is a list.
type Nested = (&'static str, &'static str, bool);

/// Objects by the name of their table without `.csv`; what must be stated; and what may be nested in it.
const OBJECTS: [(&str, &[&str], &[Nested]); 13] = [
    (
        "services",
        &["id", "name", "status"],
        &[
            ("organization", "organizations", false),
            ("phones", "phones", true),
            ("schedules", "schedules", true),
            ("service_areas", "service_areas", true),
            ("service_at_locations", "service_at_location", true),
            ("languages", "languages", true),
            ("cost_options", "cost_options", true),
            ("required_documents", "required_documents", true),
            ("attributes", "attributes", true),
        ],
    ),
    (
        "organizations",
        &["id", "name", "description"],
        &[
            ("phones", "phones", true),
            ("organization_identifiers", "organization_identifiers", true),
            ("attributes", "attributes", true),
            ("services", "services", true),
        ],
    ),
    (
        "service_at_location",
        &["id"],
        &[
            ("schedules", "schedules", true),
            ("attributes", "attributes", true),
            ("location", "locations", false),
            ("service", "services", false),
        ],
    ),
    (
        "locations",
        &["id", "location_type"],
        &[
            ("addresses", "addresses", true),
            ("accessibility", "accessibility", true),
            ("attributes", "attributes", true),
        ],
    ),
    ("addresses", &["id", "address_1", "city", "state_province", "postal_code", "country", "address_type"], &[]),
    ("phones", &["id", "number"], &[]),
    ("schedules", &["id"], &[]),
    ("service_areas", &["id"], &[]),
    ("languages", &["id"], &[]),
    ("cost_options", &["id"], &[]),
    ("required_documents", &["id"], &[]),
    ("accessibility", &["id"], &[]),
    ("organization_identifiers", &["id", "identifier_type", "identifier"], &[]),
];

fn field(name: &str) -> Value {
    match name {
        "id" => json!({ "type": "string", "format": "uuid" }),
        name if name.ends_with("_id") => json!({ "type": "string", "format": "uuid" }),
        "url" | "website" | "uri" => json!({ "type": "string", "format": "uri" }),
        "email" => json!({ "type": "string", "format": "email" }),
        "latitude" | "longitude" | "amount" | "minimum_age" | "maximum_age" | "interval" | "count" | "timezone" => {
            json!({ "type": "number" })
        }
        "valid_from" | "valid_to" | "dtstart" | "assured_date" => json!({ "type": "string", "format": "date" }),
        "opens_at" | "closes_at" => json!({ "type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]:00$" }),
        "last_modified" => json!({ "type": "string", "format": "date-time" }),
        "status" => json!({ "enum": ["active", "inactive", "defunct", "temporarily closed"] }),
        "freq" => json!({ "enum": ["WEEKLY", "MONTHLY"] }),
        "location_type" | "address_type" => json!({ "enum": ["physical", "postal", "virtual"] }),
        _ => json!({ "type": "string", "minLength": 1 }),
    }
}

fn columns(table: &str) -> Map<String, Value> {
    let layout = TABLES.iter().find(|layout| layout.file.trim_end_matches(".csv") == table).unwrap();
    layout.columns.iter().map(|name| (name.to_string(), field(name))).collect()
}

/// The schema of an object and of all that can be nested in it.
fn schema(of: &str) -> Validator {
    let mut definitions = Map::new();
    for (table, required, nested) in OBJECTS {
        let mut properties = columns(table);
        if table == "service_at_location" {
            // The UK's validator takes it for a service.
            properties.extend(["name", "status"].map(|name| (name.to_string(), field(name))));
        }
        for (name, table, is_list) in nested {
            let one = json!({ "$ref": format!("#/$defs/{table}") });
            let value = if *is_list { json!({ "type": "array", "minItems": 1, "items": one }) } else { one };
            properties.insert(name.to_string(), value);
        }
        definitions.insert(
            table.to_string(),
            json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false }),
        );
    }
    let mut term = columns("taxonomy_terms");
    let mut attribute = columns("attributes");
    attribute.insert("taxonomy_term".to_string(), json!({ "$ref": "#/$defs/taxonomy_terms" }));
    term.insert("id".to_string(), field("id"));
    for (name, required, properties) in [
        ("taxonomy_terms", &["id", "name", "description", "code"][..], term),
        ("attributes", &["id", "link_id", "taxonomy_term_id", "link_entity", "taxonomy_term"][..], attribute),
        ("taxonomies", &["id", "name", "description"][..], columns("taxonomies")),
    ] {
        let object =
            json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false });
        definitions.insert(name.to_string(), object);
    }
    let whole = json!({ "$ref": format!("#/$defs/{of}"), "$defs": definitions });
    jsonschema::options().should_validate_formats(true).build(&whole).unwrap()
}

fn sample() -> Folder {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory");
    signpost::dataset::file_names()
        .fold(Folder::empty(), |folder, name| folder.with_bytes(name, &std::fs::read(from.join(name)).unwrap()))
}

#[test]
fn every_record_of_the_sample_is_valid() {
    let site = Site::over(sample());
    for (list, of) in [
        ("services", "services"),
        ("service_at_locations", "service_at_location"),
        ("organizations", "organizations"),
        ("taxonomies", "taxonomies"),
        ("taxonomy_terms", "taxonomy_terms"),
    ] {
        let validator = schema(of);
        let parameters = ["format=ndjson", "format=ndjson&full=true", "format=ndjson&full_service=true"];
        for (number, parameters) in parameters.iter().enumerate() {
            let allowed = match (list, number) {
                (_, 0) => true,
                ("organizations", _) => true,
                (list, 1) => !list.starts_with("taxonom"),
                _ => false,
            };
            if !allowed {
                continue;
            }
            let answer = site.get(&format!("/hsds/{list}?{parameters}"));
            assert_eq!(answer.status, 200, "{list} {parameters}: {}", answer.text());
            assert!(answer.text().lines().count() > 3, "{list}");
            for line in answer.text().lines() {
                let record: Value = serde_json::from_str(line).unwrap();
                let errors: Vec<String> =
                    validator.iter_errors(&record).map(|error| format!("{}: {error}", error.instance_path())).collect();
                assert!(errors.is_empty(), "{list} {parameters}: {errors:#?}\n{record:#}");
            }
        }
    }
}

#[test]
fn the_schemas_find_what_is_wrong() {
    let validator = schema("services");
    let good = json!({ "id": "5f1d6b0a-8c3e-4e0f-9a57-2d417c90e6b3", "name": "One", "status": "active" });
    assert!(validator.is_valid(&good));
    for (field, wrong) in [
        ("id", json!("x")),
        ("status", json!("open")),
        ("email", json!("nobody")),
        ("url", json!("www.example.org")),
        ("minimum_age", json!("18")),
        ("alert", Value::Null),
        ("colour", json!("red")),
        ("phones", json!([])),
        ("phones", json!([{ "id": "5f1d6b0a-8c3e-4e0f-9a57-2d417c90e6b3" }])),
    ] {
        let mut bad = good.clone();
        bad[field] = wrong;
        assert!(!validator.is_valid(&bad), "{field}");
    }
}
