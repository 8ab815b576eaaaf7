//! The directory as an Open Referral feed, through the router.

use crate::api::site::Site;
use crate::fixture::Folder;
use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};
use signpost::exchange::standard::ids::id;
use std::collections::BTreeSet;
use std::path::Path;

fn contents(site: &Site, uri: &str) -> Vec<Value> {
    let answer = site.get(uri);
    assert_eq!(answer.status, 200, "{uri}: {}", answer.text());
    answer.json()["contents"].as_array().unwrap().clone()
}

fn names(site: &Site, uri: &str) -> Vec<String> {
    contents(site, uri).iter().map(|item| item["name"].as_str().unwrap_or_default().to_string()).collect()
}

/// Every value of a JSON document.
fn values<'v>(value: &'v Value, on: &mut dyn FnMut(&'v Value)) {
    on(value);
    match value {
        Value::Array(items) => items.iter().for_each(|item| values(item, on)),
        Value::Object(fields) => fields.values().for_each(|item| values(item, on)),
        _ => {}
    }
}

#[test]
fn the_feed_says_what_it_is() {
    let site = Site::minimal();
    for uri in ["/hsds", "/hsds/"] {
        let answer = site.get_with(uri, "host", "feed.example.org");
        let root = answer.json();
        assert_eq!(root["version"], "HSDS-UK-3.0");
        assert_eq!(root["openapi_url"], "http://feed.example.org/hsds/openapi.json");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
    }
    let profile = site.get("/hsds/profile").json();
    assert!(profile["extensions"]["fields"].as_array().unwrap().len() > 15);
    let paths = site.get("/hsds/openapi.json").json()["paths"].as_object().unwrap().len();
    assert_eq!(paths, 12);
    let evil = site.get_with("/hsds/", "host", "a\"b<c>");
    assert_eq!(evil.json()["profile"], "http://localhost/hsds/profile");
}

#[test]
fn pages_add_up_to_the_whole_and_say_where_they_are() {
    let site = Site::minimal();
    let mut all = Vec::new();
    for page in 1..=2 {
        let answer = site.get(&format!("/hsds/services?page={page}&per_page=3")).json();
        assert_eq!(answer["total_items"], 4);
        assert_eq!(answer["total_pages"], 2);
        assert_eq!((&answer["first_page"], &answer["last_page"]), (&json!(page == 1), &json!(page == 2)));
        let items = answer["contents"].as_array().unwrap();
        assert_eq!(answer["size"], items.len());
        all.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_string()));
    }
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 4);
    let beyond = site.get("/hsds/services?page=9").json();
    assert_eq!((&beyond["empty"], &beyond["size"]), (&json!(true), &json!(0)));
    let lines = site.get("/hsds/services?format=ndjson&full=true");
    assert_eq!(lines.header("content-type"), "application/x-ndjson");
    let ids: Vec<String> = lines
        .text()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_string())
        .collect();
    assert_eq!(ids, all);
    assert_eq!(contents(&site, "/hsds/services?minimal=true&per_page=1").len(), 4, "all on one page");
}

#[test]
fn one_record_is_the_whole_of_it() {
    let site = Site::minimal();
    let uri = format!("/hsds/services/{}", id("service", "housing-advice"));
    let answer = site.get(&uri);
    let service = answer.json();
    assert_eq!(service["name"], "Housing advice");
    assert_eq!(service["description"], "Help to find and keep a home\n\nOne person, one adviser, as long as it takes.");
    assert_eq!(service["organization"]["name"], "Doorway Advice");
    let place = &service["service_at_locations"][0];
    assert_eq!(place["location"]["addresses"][0]["postal_code"], "M3 6AF");
    assert_eq!(place["schedules"][0]["byday"], "MO,TU,WE,TH,FR");
    assert_eq!(place["schedules"][0]["opens_at"], "09:00:00");
    assert_eq!(service["schedules"][0]["notes"], "By phone");
    assert_eq!(service["service_areas"][0]["name"], "Greater Manchester");
    let terms: Vec<&str> = service["attributes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|attribute| attribute["taxonomy_term"]["code"].as_str().unwrap())
        .collect();
    for code in ["signpost.category:housing", "signpost.goal:own_home", "signpost:led_by", "signpost:convictions"] {
        assert!(terms.contains(&code), "{code}: {terms:?}");
    }
    assert!(!answer.header("etag").is_empty());
    assert_eq!(site.get_with(&uri, "if-none-match", answer.header("etag")).status, 304);
    for nowhere in ["/hsds/services/x", "/hsds/services/00000000-0000-0000-0000-000000000000", "/hsds/nothing"] {
        assert_eq!(site.get(nowhere).status, 404, "{nowhere}");
    }
}

#[test]
fn every_parameter_does_what_the_standard_says() {
    let site = Site::minimal();
    let term = |taxonomy: &str, code: &str| id("taxonomy_term", &format!("{taxonomy}/{code}"));
    let services = |query: &str| names(&site, &format!("/hsds/services?{query}"));
    assert_eq!(services("search=allotment"), ["Allotment mornings"]);
    assert_eq!(services("search=zzzz"), Vec::<String>::new());
    assert_eq!(
        services(&format!("taxonomy_term_id={}", term("categories", "home"))),
        ["Housing advice"],
        "those below too"
    );
    assert_eq!(services(&format!("taxonomy_term_id={}", term("goals", "outside_more"))), ["Allotment mornings"]);
    assert_eq!(services(&format!("taxonomy_term_id={}", term("audiences", "women"))), ["Women together"]);
    assert_eq!(services(&format!("taxonomy_term_id={}", term("fields", "wait_weeks"))), ["Housing advice"]);
    let two = format!(
        "taxonomy_term_id={}&taxonomy_term_id={}",
        term("categories", "housing"),
        term("categories", "gardening")
    );
    assert_eq!(services(&two), ["Allotment mornings", "Housing advice"], "any of one parameter");
    let and = format!("{two}&organization_id={}", id("organization", "doorway-advice"));
    assert_eq!(services(&and), ["Housing advice"], "all of several");
    assert_eq!(services(&format!("taxonomy_id={}", id("taxonomy", "audiences"))), ["Women together"]);
    assert_eq!(services("taxonomy_term_id=unknown"), Vec::<String>::new());
    assert_eq!(services("modified_after=2026-11-24").len(), 4, "seen for the first time at ten");
    assert_eq!(services("modified_after=2026-11-24T10:00:01Z"), Vec::<String>::new());
    assert_eq!(services("maximum_age=17"), ["Housing advice", "Night line", "Women together"]);
    assert_eq!(services("day=WE&start_time=18:00&end_time=19:00"), ["Housing advice", "Women together"]);
    assert_eq!(services("day=SA&start_time=09:00&end_time=12:00"), ["Allotment mornings"]);
    let places = |query: &str| names(&site, &format!("/hsds/service_at_locations?{query}"));
    assert_eq!(places(""), ["Allotment mornings", "Housing advice"], "a confidential venue is in no feed");
    assert_eq!(places("postcode=M1+4BT&proximity=1000"), ["Allotment mornings"]);
    assert_eq!(
        places("postcode=M3+6AF&proximity=50000"),
        ["Housing advice", "Allotment mornings"],
        "the nearest first"
    );
    assert_eq!(places("postcode=EX1+1HS"), ["Allotment mornings"], "one states no area, the other does not cover it");
    assert_eq!(site.get("/hsds/service_at_locations?postcode=nowhere").status, 404);
    let organisations = |query: &str| names(&site, &format!("/hsds/organizations?{query}"));
    assert_eq!(organisations("search=advice"), ["Doorway Advice"]);
    assert_eq!(organisations(&format!("taxonomy_term_id={}", term("categories", "gardening"))), ["Common Ground"]);
    assert_eq!(
        contents(&site, "/hsds/organizations?full_service=true")[2]["services"][0]["phones"][0]["number"],
        "0161 496 0103"
    );
    let terms = |query: &str| contents(&site, &format!("/hsds/taxonomy_terms?per_page=100&{query}")).len();
    assert_eq!(contents(&site, "/hsds/taxonomies").len(), 4);
    assert_eq!(terms(&format!("taxonomy_id={}", id("taxonomy", "categories"))), 6);
    assert_eq!(terms(&format!("taxonomy_id={}&top_only=true", id("taxonomy", "categories"))), 4);
    assert_eq!(terms(&format!("parent_id={}", term("categories", "outdoors"))), 1);
}

#[test]
fn whoever_asks_what_was_modified_misses_no_edit_and_is_told_of_no_check() {
    let mut site = Site::minimal();
    let since = |site: &Site, moment: &str| {
        let list = contents(site, &format!("/hsds/services?modified_after={moment}&minimal=true"));
        let dates = list.iter().map(|item| item["last_modified"].as_str().unwrap().to_string());
        (names(site, &format!("/hsds/services?modified_after={moment}")), dates.collect::<Vec<_>>())
    };
    assert_eq!(since(&site, "2026-11-24T10:30:00Z").0, Vec::<String>::new());
    // A row that somebody checked in September, edited today; and the place of another.
    site.edit(|folder| {
        folder.replace_in("services.csv", "Help to find and keep a home", "Help to keep a home").replace_in(
            "locations.csv",
            "Station Road allotments,Station Road",
            "Station Road allotments,2 Station Road",
        )
    });
    site.read_again_an_hour_later();
    let (found, dates) = since(&site, "2026-11-24T10:30:00Z");
    assert_eq!(found, ["Allotment mornings", "Housing advice"]);
    assert_eq!(dates, ["2026-11-24T11:00:00Z", "2026-11-24T11:00:00Z"]);
    let edited = site.get(&format!("/hsds/services/{}", id("service", "housing-advice"))).json();
    assert_eq!(edited["last_modified"], "2026-11-24T11:00:00Z");
    assert_eq!(edited["assured_date"], "2026-09-15", "an edit is no check");
    // The same text again is another edit, and another service keeps its moment.
    site.edit(|folder| folder.replace_in("services.csv", "Help to keep a home", "Help to find and keep a home"));
    site.read_again_an_hour_later();
    assert_eq!(since(&site, "2026-11-24T10:30:00Z").0, ["Allotment mornings", "Housing advice"]);
    let untouched = site.get(&format!("/hsds/services/{}", id("service", "night-line"))).json();
    assert_eq!(untouched["last_modified"], "2026-11-24T10:00:00Z");
}

#[test]
fn a_question_may_be_posted_so_that_nothing_of_it_is_in_an_address() {
    let site = Site::minimal();
    let found = |answer: &crate::api::site::Answer| answer.json()["contents"][0]["name"].clone();
    assert_eq!(found(&site.post("/hsds/services", r#"{"search": "allotment", "per_page": 1}"#)), "Allotment mornings");
    let form = Request::post("/hsds/services")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("search=allotment"))
        .unwrap();
    assert_eq!(found(&site.ask(form)), "Allotment mornings");
    assert_eq!(found(&site.with_method(Method::POST, "/hsds/services?search=allotment")), "Allotment mornings");
    assert_eq!(site.post("/hsds/services", "[1]").status, 400);
    for wrong in [r#"{"search": null}"#, r#"{"search": 1}"#, r#"{"full": "true"}"#, r#"{"page": "2"}"#] {
        assert_eq!(site.post("/hsds/services", wrong).status, 400, "{wrong}");
    }
    let several = r#"{"taxonomy_term_id": ["x", "y"], "full": true}"#;
    assert_eq!(site.post("/hsds/services", several).status, 200);
    assert_eq!(site.post("/hsds/services", r#"{"colour": "red"}"#).status, 400);
    assert_eq!(site.with_method(Method::DELETE, "/hsds/services").status, 405);
    let preflight = site.with_method(Method::OPTIONS, "/hsds/services");
    assert_eq!(preflight.status, 204);
    assert!(preflight.header("access-control-allow-methods").contains("POST"));
}

#[test]
fn nothing_is_null_nothing_confidential_is_told_and_every_record_can_be_asked_for() {
    let site = Site::over(sample());
    let confidential = signpost::dataset::read(&sample_folder(), &signpost::dataset::NothingBefore)
        .unwrap()
        .directory
        .locations
        .into_iter()
        .filter(|location| location.confidential);
    let secrets: Vec<String> = confidential
        .flat_map(|row| [id("location", row.id.as_str()), row.address.clone(), row.postcode.unwrap_or_default()])
        .filter(|secret| !secret.is_empty())
        .collect();
    assert!(!secrets.is_empty());
    for list in ["services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"] {
        let full = if list.starts_with("taxonom") { "" } else { "&full=true" };
        let text = site.get(&format!("/hsds/{list}?format=ndjson{full}"));
        let mut count = 0;
        for line in text.text().lines() {
            assert!(!secrets.iter().any(|secret| line.contains(secret.as_str())), "{list}: {line}");
            let record: Value = serde_json::from_str(line).unwrap();
            values(&record, &mut |value| {
                assert!(!value.is_null() && *value != json!("") && *value != json!([]), "{line}")
            });
            if count % 37 == 0 {
                let one = site.get(&format!("/hsds/{list}/{}", record["id"].as_str().unwrap()));
                assert_eq!(one.status, 200);
                assert_eq!(one.json()["id"], record["id"]);
            }
            count += 1;
        }
        assert!(count > 3, "{list}");
    }
}

fn sample_folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory")
}

/// The sample, in a folder of its own.
fn sample() -> Folder {
    let mut folder = Folder::empty();
    for name in signpost::dataset::file_names() {
        folder = folder.with_bytes(name, &std::fs::read(sample_folder().join(name)).unwrap());
    }
    folder
}
