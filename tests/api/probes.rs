//! Twelve things that directories get wrong, each asked as a program would ask it.

use super::site::Site;
use crate::fixture::Folder;
use serde_json::{Value, json};

const LOCATIONS: &str = "id,name,address,town,postcode,latitude,longitude,confidential,accessibility,under_18s,getting_here,source,source_id\n";
const SESSIONS: &str = "service_id,location_id,opening_hours,starts_on,ends_on,note\n";
/// The columns of services that the probes fill.
const SERVICES: &str =
    "id,organisation_id,name,summary,description,status,categories,minimum_age,maximum_age,delivery,covers,phone\n";

/// The small directory's crisis words lead to services that the probes do without.
const CRISIS: &str = "words,service_id,phone,message\nkill myself,,999,Ring 999 now.\n";

/// Kept by every probe: one place in Manchester (M1 4BT is at 53.4794, -2.2346), one 20 km away, one on the meridian.
fn places() -> String {
    format!(
        "{LOCATIONS}\
         near,Long Room,1 Long Row,Manchester,,53.4790,-2.2350,no,,,,,\n\
         far,Hill Office,2 Hill Row,Bolton,,53.6000,-2.4600,no,,,,,\n\
         meridian,Line House,3 Line Row,London,,51.4779,0.0,no,,,,,\n\
         refuge,Heather House,4 Hidden Walk,Sale,M33 7XZ,53.4250,-2.3220,yes,,,,,\n"
    )
}

/// A directory with these services and sessions, over the small one's organisations, areas and words.
fn site(services: &str, sessions: &str) -> Site {
    let folder = Folder::minimal()
        .with("locations.csv", &places())
        .with("services.csv", &format!("{SERVICES}{services}"))
        .with("sessions.csv", &format!("{SESSIONS}{sessions}"));
    Site::over(folder.with("crisis.csv", CRISIS))
}

fn service(id: &str, name: &str, summary: &str, rest: &str) -> String {
    format!("{id},brightwater,{name},{summary},,active,{rest}\n")
}

#[test]
fn words_and_a_postcode_keep_their_relevance() {
    let services = service("walking", "Sunday walk", "A walk by the canal.", "volunteering,,,in_person,,")
        + &service("welding", "Welding class", "Learn to weld.", "volunteering,,,in_person,,");
    let site = site(&services, "walking,near,,,,\nwelding,far,,,,\n");
    let found = site.get("/api/v1/services?q=welding&near=M1%204BT");
    assert_eq!(found.ids(), ["welding"], "the nearer walk is no welding class");
    assert!(found.json()["results"][0]["score"]["parts"]["text"].as_f64() > Some(0.0));
}

#[test]
fn a_phone_service_is_not_lost_to_a_radius() {
    let services = service("line", "Listening line", "Talk to somebody.", "volunteering,,,phone,,0161 496 0100");
    let found =
        site(&services, "line,,Mo-Su 09:00-17:00,,,\n").get("/api/v1/services?q=talk&near=M1%204BT&within_km=1");
    assert_eq!(found.ids(), ["line"]);
}

#[test]
fn an_office_far_away_that_covers_the_place_is_found() {
    let services =
        service("visits", "Home visits", "Advice at your kitchen table.", "volunteering,,,outreach,ancoats,")
            + &service("office", "Office hours", "Advice at our desk.", "volunteering,,,in_person,,");
    let folder = Folder::minimal()
        .append("areas.csv", "ancoats,Ancoats,ward,manchester,53.4800,-2.2300,2")
        .with("locations.csv", &places())
        .with("services.csv", &format!("{SERVICES}{services}"))
        .with("sessions.csv", &format!("{SESSIONS}visits,far,,,,\noffice,far,,,,\n"))
        .with("crisis.csv", CRISIS);
    let found = Site::over(folder).get("/api/v1/services?q=advice&near=M1%204BT&within_km=5");
    assert_eq!(found.ids(), ["visits"]);
    let hit = &found.json()["results"][0];
    assert_eq!(hit["covers_place"], json!(true));
    assert!(hit["distance_km"].as_f64() > Some(15.0));
}

#[test]
fn two_letters_are_a_word() {
    let services = service("papers", "ID help desk", "Get your papers.", "volunteering,,,in_person,,")
        + &service("idle", "Idle hands", "Make things.", "volunteering,,,in_person,,");
    let found = site(&services, "papers,near,,,,\nidle,near,,,,\n").get("/api/v1/services?q=ID");
    assert_eq!(found.ids()[0], "papers");
}

#[test]
fn longitude_nought_is_a_place() {
    let services = service("line-house", "Line House club", "A social club.", "volunteering,,,in_person,,");
    let site = site(&services, "line-house,meridian,,,,\n");
    let asked = json!({"near": {"latitude": 51.4779, "longitude": 0.0}, "within_km": 1});
    let found = site.post("/api/v1/services/search", asked.to_string());
    assert_eq!(found.ids(), ["line-house"]);
    assert_eq!(found.json()["results"][0]["distance_km"], json!(0.0));
    assert_eq!(site.get("/api/v1/services?near=51.4779,0.0&within_km=1").ids(), ["line-house"]);
    let nowhere = site.get("/api/v1/services?near=91,NaN");
    assert_eq!(nowhere.problem(), "400 /problems/invalid-question near out-of-range");
}

#[test]
fn eighteen_is_old_enough_for_eighteen_and_over() {
    let services = service("adults", "Adults", "A group.", "volunteering,18,,in_person,,")
        + &service("silent", "Silent", "A group.", "volunteering,,,in_person,,");
    let site = site(&services, "adults,near,,,,\nsilent,near,,,,\n");
    assert_eq!(site.get("/api/v1/services?q=group&age=18").ids(), ["adults", "silent"], "not stated comes after yes");
    assert_eq!(site.get("/api/v1/services?q=group&age=17").ids(), ["silent"]);
    assert_eq!(site.get("/api/v1/services?q=group&age=17").json()["removed_by"], json!({"age": 1}));
}

#[test]
fn friday_night_is_open_on_saturday_morning() {
    let services = service("late", "Late room", "Open late.", "volunteering,,,in_person,,");
    let site = site(&services, "late,near,Fr 22:00-02:00,,,\n");
    let open_at = |at: &str| site.get(&format!("/api/v1/services?open_at={at}")).json()["total"].clone();
    assert_eq!(open_at("2026-11-28T01:00"), json!(1));
    assert_eq!(open_at("2026-11-28T02:00"), json!(0));
    assert_eq!(open_at("2026-11-27T01:00"), json!(0));
}

#[test]
fn a_typo_in_a_name_is_mended_and_said() {
    let services = service("marigold", "Marigold Circle", "A women's group.", "volunteering,,,in_person,,");
    let found = site(&services, "marigold,near,,,,\n").get("/api/v1/services?q=marigld%20circle");
    assert_eq!(found.ids(), ["marigold"]);
    let words = &found.json()["understood"]["words"][0];
    assert_eq!((&words["typed"], &words["corrected_to"]), (&json!("marigld"), &json!(["marigold"])));
}

#[test]
fn lay_words_that_share_no_stem_with_the_service_find_it() {
    let services = service("beds", "Night shelter", "Beds and breakfast.", "housing,,,in_person,,")
        + &service("choir", "Choir", "Sing with us.", "volunteering,,,in_person,,");
    let folder = site(&services, "beds,near,,,,\nchoir,near,,,,\n");
    let found = folder.get("/api/v1/services?q=roofless");
    assert!(found.ids().is_empty(), "nobody has said what it means");
    let thesaurus = "words,means\nroofless,housing\n";
    let folder = folder.folder.with("thesaurus.csv", thesaurus);
    assert_eq!(Site::over(folder).get("/api/v1/services?q=roofless").ids(), ["beds"]);
}

#[test]
fn an_exact_name_comes_before_a_text_that_repeats_it() {
    let often =
        "The allotment is an allotment like no allotment: allotment plots and allotment sheds on the allotment.";
    let services = service("sheds", "Sheds and plots", often, "volunteering,,,in_person,,")
        + &service("allotment", "Allotment", "Grow things.", "volunteering,,,in_person,,");
    let found = site(&services, "sheds,near,,,,\nallotment,near,,,,\n").get("/api/v1/services?q=allotment");
    assert_eq!(found.ids(), ["allotment", "sheds"]);
}

#[test]
fn one_bad_row_of_500_is_named_and_499_are_served() {
    let row = |at: usize| {
        let cost = if at == 250 { "a fiver" } else { "5" };
        format!("service-{at},brightwater,Group {at},A group.,active,volunteering,{cost}\n")
    };
    let rows: String = (0..500).map(row).collect();
    let folder = Folder::minimal()
        .with("services.csv", &format!("id,organisation_id,name,summary,status,categories,cost\n{rows}"))
        .with("sessions.csv", SESSIONS)
        .with("crisis.csv", CRISIS);
    let site = Site::over(folder);
    assert_eq!(site.get("/api/v1/services").json()["total"], json!(499));
    let ready = site.get("/health/ready").json();
    assert_eq!(ready["bad_rows"], json!(["services.csv:252 service-250 E039"]));
    let problems = site.get("/api/v1/directory").json()["problems"].clone();
    let named: Vec<&Value> = problems.as_array().unwrap().iter().filter(|p| p["severity"] == "error").collect();
    assert_eq!(named.len(), 1);
    assert_eq!((&named[0]["file"], &named[0]["line"]), (&json!("services.csv"), &json!(252)));
    assert_eq!((&named[0]["column"], &named[0]["row_id"]), (&json!("cost"), &json!("service-250")));
}

#[test]
fn a_confidential_address_is_in_no_answer() {
    let services =
        service("safe", "Safe house", "A room behind a locked door.", "volunteering,,,in_person,,0161 496 0100");
    let site = site(&services, "safe,refuge,24/7,,,\n");
    let profile = json!({"goals": [{"words": "a room behind a locked door"}], "near": "M1 4BT", "travel": "walk"});
    let answers = [
        site.get("/api/v1/services?q=room&near=M1%204BT&within_km=30"),
        site.get("/api/v1/services?q=Hidden%20Walk"),
        site.get("/api/v1/services?q=Heather"),
        site.get_with("/api/v1/services?q=room", "accept", "application/geo+json"),
        site.get_with("/api/v1/services?q=room", "accept", "text/csv"),
        site.get("/api/v1/services/safe"),
        site.get("/api/v1/suggest?q=heather"),
        site.get("/api/v1/directory"),
        site.post("/api/v1/match", profile.to_string()),
    ];
    for answer in &answers {
        // What the person typed comes back as it was understood, and only there.
        let told = match serde_json::from_slice::<Value>(&answer.body) {
            Ok(mut json) => {
                json["understood"] = Value::Null;
                json.to_string()
            }
            Err(_) => answer.text().to_string(),
        };
        for secret in ["Heather House", "Hidden Walk", "53.425", "-2.322", "\"Sale\"", ",Sale,"] {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
    }
    let km = answers[0].json()["results"][0]["distance_km"].as_f64().unwrap();
    assert_eq!(km, km.round(), "only whole km are told");
    assert!(answers[1].ids().is_empty() && answers[2].ids().is_empty(), "it is not found by its address");
    assert_eq!(answers[8].json()["options"][0]["service"]["id"], json!("safe"));
}

#[test]
fn a_bad_row_of_a_confidential_place_is_named_without_its_address() {
    let site = site(&service("safe", "Safe house", "A room.", "volunteering,,,in_person,,"), "safe,near,,,,\n");
    let broken = places().replace("53.4250", "53.4250 at 4 Hidden Walk");
    let folder = site.folder.with("locations.csv", &broken);
    let ready = Site::over(folder).get("/health/ready");
    let named = ready.json()["bad_rows"].to_string();
    assert!(named.contains("locations.csv"), "{named}");
    for secret in ["Hidden", "Heather", "53.425", "M33"] {
        assert!(!ready.text().contains(secret), "{secret} in {}", ready.text());
    }
}
