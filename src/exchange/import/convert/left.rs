//! Which fields of a record are read; all others are told to the report.

use crate::exchange::import::record::{scalar, words};
use crate::exchange::import::report::Report;
use crate::exchange::import::table::Record;
use serde_json::Value;

/// Fields of a service that are read, or that only join it to others.
pub const SERVICE: &[&str] = &[
    "id",
    "organization_id",
    "organization",
    "organisation",
    "name",
    "organization_name",
    "organisation_name",
    "charity_name",
    "charity_number",
    "registered_charity_number",
    "program",
    "title",
    "alternate_name",
    "description",
    "url",
    "email",
    "status",
    "application_process",
    "fees",
    "fees_description",
    "eligibility_description",
    "minimum_age",
    "maximum_age",
    "assured_date",
    "assurer_email",
    "alert",
    "last_modified",
    "phones",
    "contacts",
    "schedules",
    "schedule",
    "regular_schedules",
    "regular_schedule",
    "service_areas",
    "service_at_locations",
    "service_at_location",
    "languages",
    "cost_options",
    "required_documents",
    "attributes",
    "eligibilities",
    "eligibilitys",
    "eligibility",
    "service_taxonomys",
    "service_taxonomies",
    "services_taxonomy",
    "service_taxonomy",
    "taxonomies",
    "taxonomy_terms",
    "categories",
    "category",
    "tags",
    "keywords",
    "pc_targetAudience",
    "pc_category",
    "pc_attendingType",
    "attending_type",
    "attending_access",
    "interpretation_services",
    "locations",
    "location",
    "wait_time",
    "hours",
    "opening_hours",
    "opening_times",
    "website",
    "summary",
];
/// Fields in which a record without a location says where it is.
pub const FLAT_PLACE: &[&str] = &[
    "postcode",
    "postal_code",
    "post_code",
    "latitude",
    "longitude",
    "lat",
    "lon",
    "lng",
    "address_1",
    "address_2",
    "city",
    "town",
];
/// The same of an organisation, a location, and a service at a location.
pub const ORGANISATION: &[&str] = &[
    "id",
    "name",
    "alternate_name",
    "description",
    "email",
    "url",
    "website",
    "uri",
    "phones",
    "organization_identifiers",
    "attributes",
    "services",
    "contacts",
    "locations",
    "last_modified",
];
pub const LOCATION: &[&str] = &[
    "id",
    "organization_id",
    "name",
    "alternate_name",
    "location_type",
    "transportation",
    "latitude",
    "longitude",
    "addresses",
    "address",
    "physical_addresses",
    "physical_address",
    "accessibility",
    "accessibility_for_disabilities",
    "accessibilities",
    "schedules",
    "schedule",
    "regular_schedules",
    "regular_schedule",
    "attributes",
    "address_1",
    "address_2",
    "city",
    "postal_code",
    "postcode",
    "state_province",
    "region",
    "country",
    "last_modified",
    "external_identifier",
    "external_identifier_type",
];
pub const PLACE: &[&str] = &[
    "id",
    "service_id",
    "location_id",
    "location",
    "service",
    "description",
    "schedules",
    "schedule",
    "regular_schedules",
    "regular_schedule",
    "contacts",
    "phones",
    "attributes",
    "last_modified",
];

/// Fields that hold what people said and not what the service is, or that hold people: never shown.
const PERSONAL: [&str; 7] = ["reviews", "assurer", "owner", "author", "created_by", "updated_by", "modified_by"];

/// Tells the report about every field of a record that says something and is not among those that are read.
pub fn of(record: &Record, read: &[&str], kind: &str, report: &mut Report) {
    for (name, value) in record {
        let is_flat_place = kind == "services" && FLAT_PLACE.contains(&name.as_str());
        if is_flat_place || read.contains(&name.as_str()) || name.starts_with('\0') || !says_something(value) {
            continue;
        }
        let personal =
            PERSONAL.contains(&name.as_str()) || ["mail", "phone", "contact"].iter().any(|part| name.contains(part));
        let example = if personal { String::new() } else { words(value).into_iter().next().unwrap_or_default() };
        report.left(&format!("{kind}.{name}"), "has no place in the directory", &example);
    }
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => items.iter().any(says_something),
        Value::Object(object) => object.values().any(says_something),
        value => scalar(value).is_some(),
    }
}
