//! What the feed says of itself: its version, the profile that declares what is ours, and its description in OpenAPI.

use super::BASE;
use super::question;
use crate::exchange::standard::ids::id;
use crate::exchange::standard::objects::organization_id;
use crate::exchange::standard::terms::{FIELDS, TAXONOMIES, taxonomy_id, term_id};
use crate::index::Snapshot;
use crate::server::api::{Answered, unchanging};
use crate::server::error::Kind;
use crate::server::request;
use crate::server::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, Uri, header};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The version that the UK's validator knows; a feed of it is one of HSDS 3.2 too.
const VERSION: &str = "HSDS-UK-3.0";

type Shared = State<Arc<AppState>>;

/// The address under which this request came, which others can call again. A proxy says whether it was https.
fn address(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let plain = |host: &&str| {
        !host.is_empty()
            && host.len() <= 255
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
    };
    let host = Some(text(header::HOST.as_str())).filter(plain).unwrap_or("localhost");
    let scheme = if text("x-forwarded-proto") == "https" { "https" } else { "http" };
    format!("{scheme}://{host}{BASE}")
}

/// `GET /hsds/`
pub async fn root(State(state): Shared, uri: Uri, headers: HeaderMap) -> Answered {
    let [] = request::known(&uri, [])?;
    let base = address(&headers);
    unchanging(&state, &HeaderMap::new(), move |snapshot| {
        let sample = snapshot.vocabulary().is_sample;
        let description = if sample {
            "A sample directory: the organisations and services are fictional."
        } else {
            "Community services. Confidential venues are left out."
        };
        Ok(json!({
            "version": VERSION, "profile": format!("{base}/profile"), "openapi_url": format!("{base}/openapi.json"),
            "description": description, "data_guide": format!("{base}/profile"), "publisher": { "name": "Signpost" },
        }))
    })
    .await
}

/// `GET /hsds/profile`: what this feed adds to the standard, and how it reads what the standard leaves open.
pub async fn profile(State(state): Shared, uri: Uri, headers: HeaderMap) -> Answered {
    let [] = request::known(&uri, [])?;
    let base = address(&headers);
    unchanging(&state, &HeaderMap::new(), move |_| {
        let fields: Vec<Value> = FIELDS
            .iter()
            .map(|(name, says)| json!({ "code": format!("signpost:{name}"), "taxonomy_term_id": term_id("fields", name), "says": says }))
            .collect();
        let taxonomies: Vec<Value> = TAXONOMIES
            .iter()
            .map(|(name, title, says)| json!({ "id": taxonomy_id(name), "name": title, "says": says }))
            .collect();
        Ok(json!({
            "title": "Signpost's use of HSDS 3.2 and of Open Referral UK 3.0",
            "uri": format!("{base}/profile"),
            "extends": ["https://docs.openreferral.org/en/v3.2.3/", "https://openreferraluk.org/specifications/3.0"],
            "extensions": {
                "how": "Nothing is added to the objects. What the standard has no field for is an attribute that leads to a \
                        term: `goals`, `led_by`, `convictions` and the rest are terms of the taxonomies below, and \
                        `checked_on` (the day a person last confirmed a record) is the standard's `assured_date`.",
                "taxonomies": taxonomies,
                "fields": fields,
                "goals": "An attribute with link_type `goal` leads to each goal that the service's categories serve.",
            },
            "choices": {
                "ids": "UUIDs of version 5 of our own ids, in a fixed namespace: the same in every version of the feed.",
                "confidential": "The location of a refuge or any other confidential venue is in no part of the feed; its \
                                 service is, with its hours.",
                "times": "Times are local times of Europe/London, summer and winter.",
                "schedules": "Hours that the fields of a schedule cannot say (months, bank holidays) are in its description; \
                              `signpost:session` has them whole, in OpenStreetMap syntax.",
                "modified_after": "`last_modified` is the moment since which a service, with its organisation and \
                                   locations, is as this server knows it; nobody says by it that the service was checked. \
                                   Without an offset a moment is in UTC. After a new start of an index everything counts \
                                   as modified then: nothing is missed.",
                "search": "Finds at most the first 1000, best first, and of active services alone.",
                "filters": "Different parameters must all hold. One that is given several times, or with a comma, means any.",
                "ages": "A service that states no age takes all ages.",
                "postcode": "With `proximity` (metres) what is within that distance; alone, what covers the postcode or \
                             states no area. A postcode that is none is answered with 404; `proximity` without one says \
                             nothing.",
                "top_only": "Terms without a parent.",
                "minimal": "Ids and dates of everything, on one page.",
                "per_page": "1 to 100; 20 if not given.",
                "service_at_location": "Has the `name` and `status` of its service too, since a validator asks for them.",
            },
        }))
    })
    .await
}

/// A parameter: its schema and what it does.
fn parameter(name: &str) -> (Value, &'static str) {
    match name {
        "search" => (json!({ "type": "string", "maxLength": 200 }), "Words to find, best first."),
        "page" => (json!({ "type": "integer", "minimum": 1, "maximum": 5_000_000 }), "From 1."),
        "per_page" => (json!({ "type": "integer", "minimum": 1, "maximum": 100 }), "20 if not given."),
        "format" => {
            (json!({ "type": "string", "enum": ["json", "ndjson"] }), "`ndjson` streams everything, a record a line.")
        }
        "taxonomy_term_id" => (json!({ "type": "string" }), "Only records with this term, or one below it."),
        "taxonomy_id" => (json!({ "type": "string" }), "Only records with some term of this taxonomy."),
        "organization_id" => (json!({ "type": "string" }), "Only services of this organisation."),
        "modified_after" => (
            json!({ "type": "string", "pattern": "^([12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[+-]0[0-9]:[0-5][0-9])?)?)?$" }),
            "A day or moment; see the profile.",
        ),
        "minimal" => (json!({ "type": "boolean" }), "Only ids and dates of change, all on one page."),
        "full" => (json!({ "type": "boolean" }), "Everything nested, and not only what there is one of."),
        "full_service" => (json!({ "type": "boolean" }), "With the services, each with everything nested."),
        "top_only" => (json!({ "type": "boolean" }), "Only terms without a parent."),
        "parent_id" => (json!({ "type": "string" }), "Only terms right below this one."),
        "minimum_age" | "maximum_age" => (
            json!({ "type": "integer", "minimum": 0, "maximum": 120 }),
            "Only what takes people from or up to this age.",
        ),
        "day" => (
            json!({ "type": "string", "enum": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] }),
            "Only what is open on this day of the week.",
        ),
        "start_time" | "end_time" => (
            json!({ "type": "string", "pattern": "^(([01][0-9]|2[0-3]):[0-5][0-9])?$" }),
            "Only what is open at some time from `start_time` to `end_time`.",
        ),
        "postcode" => (json!({ "type": "string" }), "A place; needed for `proximity`."),
        _ => (json!({ "type": "number", "minimum": 0, "maximum": 1_000_000 }), "Metres from the postcode."),
    }
}

/// `GET /hsds/openapi.json`
pub async fn openapi(State(state): Shared, uri: Uri, headers: HeaderMap) -> Answered {
    let [] = request::known(&uri, [])?;
    let base = address(&headers);
    unchanging(&state, &HeaderMap::new(), move |snapshot| Ok(describe(&base, snapshot))).await
}

fn describe(base: &str, snapshot: &Snapshot) -> Value {
    let lists: [(&str, &str, &[&str], Option<String>); 5] = [
        ("services", "Service", question::SERVICES, first_service(snapshot)),
        ("service_at_locations", "ServiceAtLocation", question::SERVICE_AT_LOCATIONS, first_place(snapshot)),
        ("organizations", "Organization", question::ORGANIZATIONS, first_organisation(snapshot)),
        ("taxonomies", "Taxonomy", question::TAXONOMIES, Some(taxonomy_id("categories"))),
        ("taxonomy_terms", "TaxonomyTerm", question::TAXONOMY_TERMS, Some(term_id("fields", "led_by"))),
    ];
    let mut paths = Map::new();
    let plain = |id: &str, summary: &str| json!({ "get": { "operationId": id, "summary": summary, "responses": responses(json!({ "type": "object" }), false) } });
    paths.insert("/".to_string(), plain("about", "What the feed is."));
    paths.insert("/profile".to_string(), plain("profile", "What the feed adds to the standard."));
    for (name, schema, parameters, example) in lists {
        let in_query: Vec<Value> = parameters
            .iter()
            .map(|name| {
                let (schema, says) = parameter(name);
                json!({ "name": name, "in": "query", "required": false, "description": says, "schema": schema })
            })
            .collect();
        let page = json!({
            "type": "object",
            "required": ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"],
            "properties": {
                "total_items": { "type": "integer" }, "total_pages": { "type": "integer" }, "page_number": { "type": "integer" },
                "size": { "type": "integer" }, "first_page": { "type": "boolean" }, "last_page": { "type": "boolean" },
                "empty": { "type": "boolean" },
                "contents": { "type": "array", "items": { "$ref": format!("#/components/schemas/{schema}") } },
            },
        });
        let fields: Map<String, Value> = parameters.iter().map(|name| (name.to_string(), parameter(name).0)).collect();
        let body = json!({ "type": "object", "properties": fields, "additionalProperties": false });
        paths.insert(format!("/{name}"), json!({
            "get": { "operationId": format!("list_{name}"), "summary": format!("A page of {}.", name.replace('_', " ")),
                     "parameters": in_query, "responses": responses(page.clone(), true) },
            "post": { "operationId": format!("search_{name}"), "summary": "The same, with nothing of the question in the address.",
                      "requestBody": { "required": false, "content": { "application/json": { "schema": body } } },
                      "responses": responses(page, true) },
        }));
        let id = json!({
            "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" },
            "examples": { "one": { "value": example } },
        });
        let mut one = json!({
            "operationId": format!("get_{name}"), "summary": "One, with everything nested.", "parameters": [id],
            "responses": responses(json!({ "$ref": format!("#/components/schemas/{schema}") }), false),
        });
        if name == "organizations" {
            let (schema, says) = parameter("full_service");
            let parameter = json!({ "name": "full_service", "in": "query", "required": false, "description": says, "schema": schema });
            if let Some(parameters) = one["parameters"].as_array_mut() {
                parameters.push(parameter);
            }
        }
        paths.insert(format!("/{name}/{{id}}"), json!({ "get": one }));
    }
    let object = |fields: &[&str]| {
        let properties: Map<String, Value> =
            fields.iter().map(|name| (name.to_string(), json!({ "type": "string" }))).collect();
        json!({ "type": "object", "required": ["id"], "properties": properties })
    };
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Signpost as an Open Referral feed", "version": VERSION,
                  "description": "HSDS 3.2 and Open Referral UK 3.0. The schemas of the records are the standard's." },
        "servers": [{ "url": base }],
        "paths": paths,
        "components": { "schemas": {
            "Service": object(&["id", "name", "status", "description", "url", "email"]),
            "ServiceAtLocation": object(&["id"]),
            "Organization": object(&["id", "name", "description"]),
            "Taxonomy": object(&["id", "name", "description"]),
            "TaxonomyTerm": object(&["id", "code", "name", "description"]),
            "Problem": { "type": "object", "required": ["type", "title", "status", "detail"], "properties": {
                "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" },
                "detail": { "type": "string" }, "errors": { "type": "array", "items": { "type": "object" } } } },
        } },
    })
}

fn refusal(says: &str) -> Value {
    json!({ "description": says, "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } })
}

fn responses(schema: Value, is_list: bool) -> Value {
    let mut content = json!({ "application/json": { "schema": schema } });
    if is_list {
        content["application/x-ndjson"] = json!({ "schema": { "type": "string" } });
    }
    let mut made = json!({ "200": { "description": "What was asked for.", "content": content } });
    for (kind, says) in [
        (Kind::Question, "The question cannot be answered as it stands; `errors` says why."),
        (Kind::NotFound, "There is no such record, or no such postcode."),
        (Kind::Method, "This address does not take that method."),
        (Kind::SlowBody, "The body did not arrive in time."),
        (Kind::BodyTooLarge, "The body is too large."),
        (Kind::UrlTooLong, "The address is too long."),
        (Kind::MediaType, "The body is neither JSON nor a form."),
        (Kind::Inside, "Something went wrong inside."),
        (Kind::NoIndex, "Not ready, too busy, or out of time."),
    ] {
        made[kind.status().as_str()] = refusal(says);
    }
    made
}

fn first_service(snapshot: &Snapshot) -> Option<String> {
    snapshot.facts().services.first().map(|of| id("service", &of.id))
}

fn first_organisation(snapshot: &Snapshot) -> Option<String> {
    let row = snapshot.organisation_row(0)?;
    Some(organization_id(&row))
}

fn first_place(snapshot: &Snapshot) -> Option<String> {
    let facts = snapshot.facts();
    let listing = facts.listings.iter().find(|listing| listing.location.is_some() && !listing.confidential)?;
    let location = snapshot.location_row(listing.location?)?;
    let service = &facts.services[listing.service as usize].id;
    Some(id("service_at_location", &format!("{service}/{}", location.id)))
}
