//! Whatever the shape in which services come: all that is said of them can be searched, where they are is known, and
//! their own ids come back with the answers.

use super::{Desk, request};
use serde_json::{Value, json};

/// A service that says something in every field, with a word that is nowhere else in each.
fn full() -> Value {
    json!({
        "id": "abc-1", "name": "Wednesday club", "alternate_name": "Quockerwodger", "status": "active",
        "description": "<p>Come &amp; play <b>snorkelfish</b></p>", "fees_description": "Pay in bumfuzzle tokens",
        "eligibility_description": "For people who like kakorrhaph", "application_process": "Ring the flibbert desk",
        "accreditations": "Gold wabbit standard", "interpretation_services": "Snollygost speakers",
        "alert": "Closed for gardyloo", "wait_time": "about a wamble", "keywords": ["taradiddle", "Hullabaloo"],
        "organization": { "id": "org-9", "name": "Gobbledygook Trust", "alternate_name": "Widdershins",
                          "description": "A charity for collywobbles" },
        "service_areas": [{ "id": "sa", "name": "Malarkeyshire" }, { "id": "sb", "name": "Manchester" }],
        "program": { "id": "p", "name": "Foofaraw", "description": "A programme" },
        "attributes": [{ "id": "a1", "taxonomy_term": { "id": "t1", "code": "X:1", "name": "Lollygag support", "description": "-" } }],
        "cost_options": [{ "id": "c", "option": "cattywampus ticket", "amount": 3, "currency": "GBP" }],
        "required_documents": [{ "id": "r", "document": "skedaddle card" }],
        "service_at_locations": [{ "id": "sal", "location": {
            "id": "l1", "location_type": "physical", "name": "Canoodle Hall",
            "addresses": [{ "id": "ad", "address_1": "1 Donnybrook Road", "city": "Manchester", "state_province": "-",
                            "postal_code": "M1 4BT", "country": "GB", "address_type": "physical" }] } }],
    })
}

/// The words that are each in one field of it.
const SAID: [&str; 20] = [
    "malarkeyshire",
    "quockerwodger",
    "snorkelfish",
    "bumfuzzle",
    "kakorrhaph",
    "flibbert",
    "wabbit",
    "snollygost",
    "gardyloo",
    "wamble",
    "taradiddle",
    "hullabaloo",
    "gobbledygook",
    "widdershins",
    "collywobbles",
    "foofaraw",
    "lollygag",
    "cattywampus",
    "skedaddle",
    "canoodle",
];

#[test]
fn every_word_that_is_said_of_a_service_finds_it() {
    let desk = Desk::new();
    desk.import("dump.json", &json!([full()]).to_string());
    let lost: Vec<&str> =
        SAID.into_iter().filter(|word| desk.found(json!({ "q": word, "exact": true })) != ["abc-1"]).collect();
    assert_eq!(lost, Vec::<&str>::new());
}

#[test]
fn a_long_description_is_searched_to_its_end_and_so_is_what_follows_it() {
    let desk = Desk::new();
    let story = "We walk and talk by the canal, with tea afterwards. ".repeat(400);
    let record = json!([{ "id": "1", "name": "Walks", "description": format!("{story} Then zyxenic."), "keywords": ["Lollygag"] }]);
    desk.import("dump.json", &record.to_string());
    for word in ["zyxenic", "lollygag"] {
        assert_eq!(desk.found(json!({ "q": word, "exact": true })), ["1"], "{word}");
    }
    // Longer than any cell: cut at a sentence, and said so; the keywords are kept.
    let record = json!([{ "id": "1", "name": "Walks", "description": story.repeat(3), "keywords": ["Lollygag"] }]);
    let report = desk.import("dump.json", &record.to_string());
    assert_eq!(super::happened(&report, "services.description"), ["cut to what its cell holds: 1"]);
    assert_eq!(desk.found(json!({ "q": "lollygag", "exact": true })), ["1"]);
}

/// Files of a source, the word to ask for, and the ids that must come back.
type Shape = (&'static str, Vec<(&'static str, String)>, &'static str, &'static [&'static str]);

fn shapes() -> Vec<Shape> {
    let two = [
        json!({ "id": "GB-CHC-1", "name": "Xylogarden", "description": "Grow" }),
        json!({ "id": "GB-CHC-2", "name": "Xylogarden", "description": "Grow too" }),
    ];
    let page = json!({ "total_items": 2, "total_pages": 1, "page_number": 1, "size": 2, "first_page": true,
                       "last_page": true, "empty": false, "contents": two });
    let lines = format!("{}\n{}\n", two[0], two[1]);
    let organizations = json!([{ "id": "o1", "name": "Oak House", "description": "A house" }]);
    let services =
        json!([{ "id": "s1", "organization_id": "o1", "name": "Choir", "description": "Sing", "status": "active" }]);
    let links = json!([{ "id": "x", "service_id": "s1", "location_id": "l1" }]);
    let locations = json!([{ "id": "l1", "name": "Hall", "latitude": 53.477, "longitude": -2.2309 }]);
    let tables = json!({ "organizations": organizations, "services": services, "locations": locations,
                         "service_at_locations": links, "version": "3.0" });
    let csv = [
        ("organizations", "id,name,description\no1,Oak House,A house\n"),
        ("services", "id,organization_id,name,description,status\ns1,o1,Choir,Sing,active\n"),
        ("locations", "id,name,latitude,longitude\nl1,Hall,53.477,-2.2309\n"),
        ("service_at_location", "id,service_id,location_id\nx,s1,l1\n"),
    ];
    let named = |folder: &'static [&'static str]| {
        folder.iter().zip(csv).map(|(name, (_, text))| (*name, text.to_string())).collect()
    };
    let described =
        csv.iter().enumerate().map(|(at, (name, _))| json!({ "name": name, "path": format!("data/r{at}.csv") }));
    let package = json!({ "name": "uk-services", "resources": described.collect::<Vec<_>>() });
    let mut elsewhere: Vec<(&str, String)> =
        named(&["given/data/r0.csv", "given/data/r1.csv", "given/data/r2.csv", "given/data/r3.csv"]);
    elsewhere.push(("given/datapackage.json", package.to_string()));
    vec![
        ("a list", vec![("given/x.json", json!(two).to_string())], "xylogarden", &["GB-CHC-1", "GB-CHC-2"]),
        ("a page", vec![("given/x.json", page.to_string())], "xylogarden", &["GB-CHC-1", "GB-CHC-2"]),
        ("lines", vec![("given/x.jsonl", lines)], "xylogarden", &["GB-CHC-1", "GB-CHC-2"]),
        (
            "a map",
            vec![("given/x.geojson", json!({ "type": "FeatureCollection", "features": [{ "type": "Feature", "id": "f1",
                "properties": { "name": "Mapped hootenanny" }, "geometry": { "type": "Point", "coordinates": [-2.2309, 53.477] } }] }).to_string())],
            "hootenanny",
            &["f1"],
        ),
        ("tables in one file", vec![("given/x.json", tables.to_string())], "house sing hall", &["s1"]),
        (
            "a file of JSON for each table",
            vec![
                ("given/organizations.json", organizations.to_string()),
                ("given/services.json", services.to_string()),
                ("given/locations.json", locations.to_string()),
                ("given/service_at_locations.json", links.to_string()),
            ],
            "house sing hall",
            &["s1"],
        ),
        (
            "whole services beside the lists of their organisations and places",
            vec![
                ("given/organizations.json", json!([{ "id": "org-9", "name": "Gobbledygook Trust" }]).to_string()),
                ("given/services.json", json!([full()]).to_string()),
                ("given/locations.json", locations.to_string()),
            ],
            "snorkelfish",
            &["abc-1"],
        ),
        (
            "tables",
            named(&["given/organizations.csv", "given/services.csv", "given/locations.csv", "given/service_at_location.csv"]),
            "house sing hall",
            &["s1"],
        ),
        ("tables elsewhere", elsewhere, "house sing hall", &["s1"]),
        (
            "a spreadsheet",
            vec![("given/our list.csv", "reference,title,about,postcode,telephone\nr-7,Fandango,Dance,M1 4BT,0161 496 0101\n".into())],
            "fandango",
            &["r-7"],
        ),
        (
            "records of another make",
            vec![("given/x.json", json!([{ "service_id": "svc-5", "service_name": "Rigmarole", "service_description": "Gongoozlers",
                "organisation_name": "Flat Org", "category": "Argle" }]).to_string())],
            "gongoozlers argle",
            &["svc-5"],
        ),
        (
            "a register of charities",
            vec![("given/x.json", json!([{ "charity_name": "Oak", "registered_charity_number": 222333, "activities": "Zonkydonk choirs",
                "classification": ["Boondoggle"], "beneficiaries": "Elders", "address": "2 Elm Road, Manchester M4 1HQ" }]).to_string())],
            "zonkydonk boondoggle elders",
            &["222333"],
        ),
    ]
}

#[test]
fn services_of_every_shape_are_found_under_their_own_ids() {
    for (shape, files, word, ids) in shapes() {
        let desk = Desk::new();
        let paths: Vec<_> = files.iter().map(|(name, text)| desk.file(name, text)).collect();
        let source = if let [path] = paths.as_slice() { path.clone() } else { desk.dir.path().join("given") };
        let (report, _) = desk.run(&request(&source, &desk.home())).unwrap();
        assert_eq!(report.services.added as usize, ids.len(), "{shape}: {:?}", report.refused);
        let mut found = desk.found(json!({ "q": word, "exact": true }));
        found.sort();
        assert_eq!(found, ids, "{shape}");
    }
}

#[test]
fn one_spreadsheet_of_many_in_a_folder_is_read_alone() {
    let desk = Desk::new();
    desk.file("given/banks.csv", "Name,Postcode\nFood bank,M1 4BT\n");
    desk.file("given/areas.csv", "code,population\nE08000003,550000\n");
    let libraries = desk.file(
        "given/libraries.csv",
        "Local authority,Library name,Address 1,Address 2,Postcode,Monday staffed hours,Saturday staffed hours,Notes\n\
         Leeds,Airyhall,3 Elm Road,Leeds,LS1 3AD,09:00-19:00,\"10:00-13:00,14:00-17:00\",Has a garden\n",
    );
    let (report, _) = desk.run(&request(&libraries, &desk.home())).unwrap();
    assert_eq!((report.records, report.services.added), (1, 1), "{:?}", report.refused);
    for (file, said) in [
        ("services.csv", "Airyhall"),
        ("locations.csv", "3 Elm Road"),
        ("sessions.csv", "Mo 09:00-19:00; Sa 10:00-13:00,14:00-17:00"),
    ] {
        assert!(desk.text(file).contains(said), "{said}: {}", desk.text(file));
    }

    let areas = desk.dir.path().join("given/areas.csv");
    let error = desk.run(&request(&areas, &desk.home())).unwrap_err().to_string();
    assert!(error.contains("has no column with the name of each service; it has: code, population"), "{error}");
}

#[test]
fn branches_of_one_name_without_ids_are_each_there() {
    let desk = Desk::new();
    let source = desk.file(
        "given/banks.csv",
        "Name,Opening times,Address,Postcode\nFood bank,Mo 10:00-12:00,1 Road,M1 4BT\nFood bank,,2 Road,M3 6AF\nFood bank,,2 Road,M3 6AF\n",
    );
    let (report, _) = desk.run(&request(&source, &desk.home())).unwrap();
    assert_eq!(
        (report.records, report.services.added, report.refused.len()),
        (3, 2, 1),
        "the third says what the second says"
    );
    let (report, _) = desk.run(&request(&source, &desk.home())).unwrap();
    assert_eq!((report.services.unchanged, report.services.added), (2, 0), "the same again have the same ids");
}

#[test]
fn where_a_service_is_may_be_said_in_any_way() {
    let at = json!({ "latitude": 53.4770, "longitude": -2.2309 });
    let ways = json!([
        { "id": "01", "postcode": "M1 4BT" },
        { "id": "02", "location": at },
        { "id": "03", "service_at_locations": [{ "location": at }] },
        { "id": "04", "geo": { "lat": 53.4770, "lon": "-2.2309" } },
        { "id": "05", "coordinates": [-2.2309, 53.4770] },
        { "id": "06", "address": { "address_1": "3 Road", "city": "Manchester", "postal_code": "m14bt" } },
        { "id": "07", "addresses": [{ "address_1": "3 Road", "city": "Manchester", "postal_code": "M1 4BT" }] },
        { "id": "08", "locations": [{ "id": "L8", "name": "n", "latitude": "53.4770", "longitude": "-2.2309" }] },
        { "id": "09", "location": { "type": "Point", "coordinates": [-2.2309, 53.4770] } },
        { "id": "10", "address": "3 Road, Manchester, M1 4BT" },
        { "id": "11", "lat": 53.4770, "lng": -2.2309 },
        { "id": "12", "physical_addresses": [{ "address_1": "3 Road", "postal_code": "M1 4BT" }] },
    ]);
    let records: Vec<Value> = ways
        .as_array()
        .unwrap()
        .iter()
        .map(|way| {
            let mut record = json!({ "name": format!("Club {}", way["id"]), "description": "Here." });
            record.as_object_mut().unwrap().extend(way.as_object().unwrap().clone());
            record
        })
        .collect();
    let desk = Desk::new();
    desk.import("dump.json", &json!(records).to_string());
    let index = desk.dir.path().join("index");
    desk.found(json!({ "q": "club" }));
    let snapshot = signpost::index::open(&index).unwrap();
    let answer = crate::fixture::served::ask(&snapshot, json!({ "near": "M1 4BT", "within_km": 2, "per_page": 50 }));
    let mut near: Vec<&str> = answer
        .results
        .iter()
        .filter(|hit| hit.distance_km.is_some())
        .map(|hit| hit.service.source_id.as_deref().unwrap())
        .collect();
    near.sort_unstable();
    let all: Vec<&str> = ways.as_array().unwrap().iter().map(|way| way["id"].as_str().unwrap()).collect();
    assert_eq!(near, all);
}
