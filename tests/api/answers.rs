use super::site::Site;
use crate::fixture::Folder;
use serde_json::json;

#[test]
fn a_search_finds_by_address_and_by_body_alike() {
    let site = Site::minimal();
    let by_address = site.get("/api/v1/services?q=housing&near=M3+6AF&within_km=5");
    assert_eq!(by_address.header("content-type"), "application/json");
    assert_eq!(by_address.ids()[0], "housing-advice");
    let by_body = site.post("/api/v1/services/search", r#"{"q": "housing", "near": "M3 6AF", "within_km": 5}"#);
    assert_eq!(by_address.json(), by_body.json());
    let by_point = json!({"q": "housing", "near": {"latitude": 53.4839, "longitude": -2.2521}, "within_km": 5});
    assert_eq!(site.post("/api/v1/services/search", by_point.to_string()).ids(), by_address.ids());
}

#[test]
fn lists_may_be_separated_by_commas_or_repeated() {
    let site = Site::minimal();
    let commas = site.get("/api/v1/services?category=housing,gardening&sort=name");
    let repeated = site.get("/api/v1/services?category=housing&category=gardening&sort=name");
    assert_eq!(commas.ids(), ["allotment-mornings", "housing-advice"]);
    assert_eq!(commas.json(), repeated.json());
}

#[test]
fn one_service_comes_with_its_organisation_and_sessions() {
    let site = Site::minimal();
    let json = site.get("/api/v1/services/allotment-mornings").json();
    assert_eq!(json["service"]["name"], "Allotment mornings");
    assert_eq!(json["organisation"]["name"], "Common Ground");
    assert_eq!(json["sessions"][0]["location"]["postcode"], "M1 4BT");
    assert_eq!(json["sessions"][0]["session"]["opening_hours"], "Tu,Sa 10:00-13:00");
    let confidential = site.get("/api/v1/services/women-together").json();
    assert_eq!(confidential["sessions"][0]["location"], json!({"confidential": true}));
}

#[test]
fn organisations_come_in_pages_and_alone_with_their_services() {
    let site = Site::minimal();
    let page = site.get("/api/v1/organisations?page=2&per_page=2").json();
    assert_eq!((&page["total"], &page["page"], &page["per_page"]), (&3.into(), &2.into(), &2.into()));
    assert_eq!(page["results"].as_array().unwrap().len(), 1);
    assert_eq!(page["results"][0]["id"], "doorway-advice");
    let beyond = site.get("/api/v1/organisations?page=9").json();
    assert_eq!(beyond["results"], json!([]));
    let one = site.get("/api/v1/organisations/doorway-advice").json();
    let services: Vec<&str> =
        one["services"].as_array().unwrap().iter().map(|service| service["id"].as_str().unwrap()).collect();
    assert_eq!(services, ["housing-advice", "night-line"]);
}

#[test]
fn the_words_of_the_directory_are_listed_whole() {
    let site = Site::minimal();
    let first = |list: &str| site.get(&format!("/api/v1/{list}")).json()[0].clone();
    assert_eq!(first("audiences"), json!({"code": "women", "name": "Women", "words": ["female", "lady"]}));
    assert_eq!(first("areas"), json!({"id": "england", "name": "England", "kind": "nation"}));
    assert_eq!(first("categories"), json!({"code": "home", "name": "A place to live", "words": ["house", "flat"]}));
    assert_eq!(
        first("goals")["categories"],
        json!([{"category": "peer_support", "strength": 3}, {"category": "gardening", "strength": 2}])
    );
    assert_eq!(first("funds")["pays_for"], json!(["travel", "kit", "gardening"]));
}

#[test]
fn a_postcode_is_looked_up_and_completed() {
    let site = Site::minimal();
    let found = site.get("/api/v1/gazetteer?q=m14bt").json();
    assert_eq!(found["results"][0]["name"], "M1 4BT");
    assert_eq!(found["results"][0]["precision"], "postcode");
    assert_eq!(found["results"][0]["terminated"], false);
    assert_eq!(site.get("/api/v1/gazetteer?q=Zzyzx+Nowhere").json()["results"], json!([]));
}

#[test]
fn a_profile_is_answered_with_options() {
    let answer = Site::minimal().post("/api/v1/match", r#"{"goals": [{"goal": "own_home"}], "near": "M3 6AF"}"#);
    let json = answer.json();
    assert_eq!(json["options"][0]["service"]["id"], "housing-advice", "{json:#}");
    assert_eq!(json["goals"].as_array().unwrap().len(), 1);
}

#[test]
fn geojson_has_a_point_for_whom_anyone_may_find_and_null_for_others() {
    let site = Site::minimal();
    let answer = site.get_with("/api/v1/services?sort=name", "accept", "application/geo+json");
    assert_eq!(answer.header("content-type"), "application/geo+json");
    assert!(answer.header("vary").contains("accept"));
    let json = answer.json();
    assert_eq!((&json["type"], &json["total"]), (&"FeatureCollection".into(), &4.into()));
    let features: Vec<_> = json["features"].as_array().unwrap().iter().map(|f| (&f["id"], &f["geometry"])).collect();
    assert_eq!(
        features[0],
        (&"allotment-mornings".into(), &json!({"type": "Point", "coordinates": [-2.2309, 53.477]}))
    );
    assert_eq!(features[2], (&"night-line".into(), &json!(null)), "by phone");
    assert_eq!(features[3], (&"women-together".into(), &json!(null)), "confidential");
    assert_eq!(json["features"][0]["properties"]["service"]["name"], "Allotment mornings");
}

#[test]
fn csv_holds_nothing_that_a_spreadsheet_would_run() {
    let folder = Folder::minimal()
        .replace_in("services.csv", "Allotment mornings", "\"=HYPERLINK(\"\"http://evil.example\"\",\"\"Tea\"\")\"")
        .replace_in("services.csv", "Grow food with others", "@SUM(A1:A9)")
        .replace_in("services.csv", "0161 496 0103", "+44 161 496 0103");
    let site = Site::over(folder);
    let answer = site.get_with("/api/v1/services?sort=name&near=M1+4BT", "accept", "text/csv");
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert!(answer.header("content-disposition").starts_with("attachment"));
    let mut reader = csv::Reader::from_reader(answer.body.as_slice());
    let columns = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    for cell in rows.iter().flatten() {
        let number = cell.parse::<f64>().is_ok();
        assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    let cell = |id: &str, column: &str| {
        let at = columns.iter().position(|name| name == column).unwrap();
        rows.iter().find(|row| &row[0] == id).unwrap()[at].to_string()
    };
    assert_eq!(cell("allotment-mornings", "summary"), "'@SUM(A1:A9)");
    assert_eq!(cell("allotment-mornings", "name"), "'=HYPERLINK(\"http://evil.example\",\"Tea\")");
    assert_eq!(cell("housing-advice", "phone"), "'+44 161 496 0103");
    assert_eq!(cell("allotment-mornings", "longitude"), "-2.2309");
    assert!(!answer.text().contains("M14 5TP"), "a confidential address");
}

#[test]
fn a_format_that_there_is_not_is_refused() {
    let site = Site::minimal();
    let answer = site.get_with("/api/v1/services", "accept", "application/pdf");
    assert_eq!(answer.problem(), "406 /problems/not-acceptable");
    assert_eq!(site.get_with("/api/v1/services", "accept", "text/html, */*;q=0.1").status, 200);
}
