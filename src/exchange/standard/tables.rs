//! The 24 tables of the standard, and its objects laid out as their rows.

use super::terms::Object;
use serde_json::{Value, json};

/// A table: its file, and its columns in the order of the standard's data package.
pub struct Layout {
    pub file: &'static str,
    pub columns: &'static [&'static str],
}

const fn layout(file: &'static str, columns: &'static [&'static str]) -> Layout {
    Layout { file, columns }
}

/// Every table.
pub static TABLES: [Layout; 24] = [
    layout(
        "organizations.csv",
        &[
            "id",
            "name",
            "alternate_name",
            "description",
            "email",
            "website",
            "tax_status",
            "tax_id",
            "year_incorporated",
            "legal_status",
            "logo",
            "uri",
            "parent_organization_id",
        ],
    ),
    layout("programs.csv", &["id", "organization_id", "name", "alternate_name", "description"]),
    layout(
        "services.csv",
        &[
            "id",
            "organization_id",
            "program_id",
            "name",
            "alternate_name",
            "description",
            "url",
            "email",
            "status",
            "interpretation_services",
            "application_process",
            "fees_description",
            "wait_time",
            "fees",
            "accreditations",
            "eligibility_description",
            "minimum_age",
            "maximum_age",
            "assured_date",
            "assurer_email",
            "licenses",
            "alert",
            "last_modified",
        ],
    ),
    layout("attributes.csv", &["id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value", "label"]),
    layout("service_at_location.csv", &["id", "service_id", "location_id", "description"]),
    layout(
        "locations.csv",
        &[
            "id",
            "location_type",
            "url",
            "organization_id",
            "name",
            "alternate_name",
            "description",
            "transportation",
            "latitude",
            "longitude",
            "external_identifier",
            "external_identifier_type",
        ],
    ),
    layout(
        "phones.csv",
        &[
            "id",
            "location_id",
            "service_id",
            "organization_id",
            "contact_id",
            "service_at_location_id",
            "number",
            "extension",
            "type",
            "description",
        ],
    ),
    layout(
        "contacts.csv",
        &[
            "id",
            "organization_id",
            "service_id",
            "service_at_location_id",
            "location_id",
            "name",
            "title",
            "department",
            "email",
        ],
    ),
    layout(
        "addresses.csv",
        &[
            "id",
            "location_id",
            "attention",
            "address_1",
            "address_2",
            "city",
            "region",
            "state_province",
            "postal_code",
            "country",
            "address_type",
        ],
    ),
    layout(
        "schedules.csv",
        &[
            "id",
            "service_id",
            "location_id",
            "service_at_location_id",
            "valid_from",
            "valid_to",
            "dtstart",
            "timezone",
            "until",
            "count",
            "wkst",
            "freq",
            "interval",
            "byday",
            "byweekno",
            "bymonthday",
            "byyearday",
            "description",
            "opens_at",
            "closes_at",
            "schedule_link",
            "attending_type",
            "notes",
        ],
    ),
    layout("funding.csv", &["id", "organization_id", "service_id", "source"]),
    layout(
        "service_areas.csv",
        &["id", "service_id", "service_at_location_id", "name", "description", "extent", "extent_type", "uri"],
    ),
    layout("required_documents.csv", &["id", "service_id", "document", "uri"]),
    layout("languages.csv", &["id", "service_id", "location_id", "phone_id", "name", "code", "note"]),
    layout("accessibility.csv", &["id", "location_id", "description", "details", "url"]),
    layout(
        "taxonomy_terms.csv",
        &["id", "code", "name", "description", "parent_id", "taxonomy", "language", "taxonomy_id", "term_uri"],
    ),
    layout(
        "metadata.csv",
        &[
            "id",
            "resource_id",
            "resource_type",
            "last_action_date",
            "last_action_type",
            "field_name",
            "previous_value",
            "replacement_value",
            "updated_by",
        ],
    ),
    layout("meta_table_descriptions.csv", &["id", "name", "language", "character_set"]),
    layout(
        "cost_options.csv",
        &["id", "service_id", "valid_from", "valid_to", "option", "currency", "amount", "amount_description"],
    ),
    layout(
        "organization_identifiers.csv",
        &["id", "organization_id", "identifier_scheme", "identifier_type", "identifier"],
    ),
    layout("taxonomies.csv", &["id", "name", "description", "uri", "version"]),
    layout("service_capacity.csv", &["id", "service_id", "unit_id", "available", "maximum", "description", "updated"]),
    layout("units.csv", &["id", "name", "scheme", "identifier", "uri"]),
    layout("url.csv", &["id", "label", "url", "organization_id", "service_id"]),
];

/// Fields that hold objects of other tables, and the table of each.
const NESTED: [(&str, &str); 11] = [
    ("phones", "phones.csv"),
    ("schedules", "schedules.csv"),
    ("service_areas", "service_areas.csv"),
    ("languages", "languages.csv"),
    ("cost_options", "cost_options.csv"),
    ("required_documents", "required_documents.csv"),
    ("attributes", "attributes.csv"),
    ("accessibility", "accessibility.csv"),
    ("addresses", "addresses.csv"),
    ("organization_identifiers", "organization_identifiers.csv"),
    ("service_at_locations", "service_at_location.csv"),
];

/// Takes an object apart: its own row, and those of everything nested in it, each with what leads back to it. What has
/// a place of its own (a service's organisation, the location of a service there) is not taken along.
pub fn rows(table: &'static str, object: &Object, on: &mut dyn FnMut(&'static str, Object)) {
    let parent = match table {
        "services.csv" => Some("service_id"),
        "organizations.csv" => Some("organization_id"),
        "locations.csv" => Some("location_id"),
        "service_at_location.csv" => Some("service_at_location_id"),
        _ => None,
    };
    on(table, object.clone());
    for (field, nested) in NESTED {
        for item in object.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
            let mut item = item.clone();
            if let (Some(parent), true) = (parent, nested != "attributes.csv") {
                item.insert(parent.to_string(), object.get("id").cloned().unwrap_or(json!("")));
            }
            rows(nested, &item, on);
        }
    }
}

/// The cells of a row, in the order of the columns.
pub fn cells(layout: &Layout, row: &Object) -> Vec<String> {
    let cell = |column: &&str| match row.get(*column) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(yes)) => yes.to_string(),
        _ => String::new(),
    };
    layout.columns.iter().map(cell).collect()
}
