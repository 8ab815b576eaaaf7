//! Orders and pages.

use super::sample::SAMPLE;
use super::town;
use crate::fixture::served::{GAZETTEER, Served, ask, ids, now};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;
use signpost::search::ask::Ask;
use signpost::search::{Circumstances, Uses, totals};

/// The great-circle distance by the law of cosines: another way than the one under test.
fn km(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (a, b) = (from.0.to_radians(), to.0.to_radians());
    let turn = (to.1 - from.1).to_radians();
    6_371.008_8 * (a.sin() * b.sin() + a.cos() * b.cos() * turn.cos()).clamp(-1.0, 1.0).acos()
}

/// Services that differ by nothing but their places.
fn alike(places: &[(f64, f64)]) -> Served {
    let mut services = "id,organisation_id,name,summary,status,categories\n".to_string();
    let mut locations = "id,name,latitude,longitude\n".to_string();
    let mut sessions = "service_id,location_id,opening_hours\n".to_string();
    for (at, (latitude, longitude)) in places.iter().enumerate() {
        services += &format!("club-{at:03},common-ground,Football club,Kick a ball about,active,outdoors\n");
        locations += &format!("pitch-{at:03},Pitch,{latitude},{longitude}\n");
        sessions += &format!("club-{at:03},pitch-{at:03},Mo 18:00-20:00\n");
    }
    town(&services, &locations, &sessions)
}

#[test]
fn the_nearest_of_many_alike_comes_first_whatever_its_id() {
    // Farther than the names that are read to tell exact ones from the rest.
    let places: Vec<(f64, f64)> = (0..150).map(|at| (54.0 - f64::from(at) * 0.003, -2.24)).collect();
    let served = alike(&places);
    for q in ["football club", "football", "fotball club"] {
        let found = served.ask(json!({"q": q, "near": {"latitude": 53.5, "longitude": -2.24}, "per_page": 100}));
        let distances: Vec<f64> = found.results.iter().map(|hit| hit.distance_km.unwrap()).collect();
        assert!(distances.is_sorted(), "{q}: {distances:?}");
        assert_eq!(found.results[0].service.id.as_str(), "club-149", "{q}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nearer_is_never_below_farther_all_else_equal(
        places in vec((53.3..53.7f64, -2.6..-1.9f64), 2..20), within in prop::option::of(1.0..40.0f64),
    ) {
        let served = alike(&places);
        let centre = (53.48, -2.24);
        for q in [None, Some("football"), Some("football club kick"), Some("footbal")] {
            for sort in ["best", "distance"] {
                let near = json!({"latitude": centre.0, "longitude": centre.1});
                let answer = served.ask(json!({"q": q, "near": near, "within_km": within, "sort": sort, "per_page": 100}));
                let expected = places.iter().filter(|place| within.is_none_or(|within| km(centre, **place) <= within));
                prop_assert_eq!(answer.total, expected.count());
                let mut last = 0.0;
                for hit in &answer.results {
                    let at: usize = hit.service.id.as_str()["club-".len()..].parse().unwrap();
                    let distance = km(centre, places[at]);
                    prop_assert!((hit.distance_km.unwrap() - distance).abs() <= 0.0051);
                    prop_assert!(distance >= last - 1e-6, "{} after {}", distance, last);
                    last = distance;
                }
            }
        }
    }
}

#[test]
fn page_by_page_is_the_whole() {
    let places: Vec<(f64, f64)> = (0..25).map(|at| (53.3 + f64::from(at % 7) * 0.05, -2.24)).collect();
    let served = alike(&places);
    for mut question in [
        json!({}),
        json!({"q": "football"}),
        json!({"near": {"latitude": 53.477, "longitude": -2.231}, "sort": "distance"}),
        json!({"sort": "name"}),
        json!({"sort": "opens"}),
    ] {
        question["per_page"] = json!(100);
        let whole = served.ids(question.clone());
        let mut pages = Vec::new();
        question["per_page"] = json!(6);
        for page in 1..=5 {
            question["page"] = json!(page);
            let answer = served.ask(question.clone());
            assert_eq!(answer.total, 25);
            pages.extend(ids(&answer));
        }
        assert_eq!(pages, whole, "{question}");
        question["page"] = json!(6);
        assert_eq!(served.ids(question), Vec::<String>::new());
    }
}

/// A club that meets near by on Mondays and far away on Wednesdays; another in between on Tuesdays.
fn two_places() -> Served {
    town(
        "id,organisation_id,name,status,categories,delivery\n\
         between,common-ground,Between,active,outdoors,\n\
         both,common-ground,Both,active,outdoors,\n\
         line,common-ground,Line,active,outdoors,phone\n",
        "id,name,latitude,longitude,accessibility\n\
         near,Near,53.4775,-2.231,\nmiddle,Middle,53.4810,-2.231,step_free\nfar,Far,53.4840,-2.231,step_free\n",
        "service_id,location_id,opening_hours\n\
         between,middle,Th 10:00-12:00\nboth,near,Mo 10:00-12:00\nboth,far,We 10:00-14:00\nline,,Fr 10:00-12:00\n",
    )
}

#[test]
fn by_distance_a_service_stands_at_its_nearest_place() {
    // The far place states that it is step-free and scores better; asked by distance, the near one counts.
    let question =
        json!({"near": {"latitude": 53.477, "longitude": -2.231}, "access": "step_free", "sort": "distance"});
    let best = two_places().ask(json!({"near": {"latitude": 53.477, "longitude": -2.231}, "access": "step_free"}));
    assert!(best.results.iter().all(|hit| hit.distance_km.is_none_or(|km| km > 0.3)));
    let answer = two_places().ask(question);
    let shown: Vec<_> = answer.results.iter().map(|hit| (hit.service.id.as_str(), hit.distance_km.is_some())).collect();
    assert_eq!(shown, [("both", true), ("between", true), ("line", false)]);
    assert!(answer.results[0].distance_km.unwrap() < 0.3);
    assert_eq!(answer.results[0].other_places, 1);
}

#[test]
fn by_opening_a_service_stands_at_the_place_that_opens_first() {
    let answer = two_places().ask(json!({"near": {"latitude": 53.477, "longitude": -2.231}, "sort": "opens"}));
    assert_eq!(ids(&answer), ["both", "between", "line"]);
    assert!(answer.results[0].opens.unwrap().open_now, "Wednesday noon, at the far place");
}

#[test]
fn by_name_capitals_and_ids_do_not_matter() {
    let served = town(
        "id,organisation_id,name,status,categories\n\
         d,common-ground,apple day,active,outdoors\nc,common-ground,Apple day,active,outdoors\n\
         b,common-ground,Zebra,active,outdoors\na,common-ground,banana,active,outdoors\n",
        super::NO_VENUES,
        super::NO_SESSIONS,
    );
    assert_eq!(served.ids(json!({"sort": "name"})), ["c", "d", "a", "b"]);
}

#[test]
fn too_deep_a_page_is_a_mistake() {
    let served = alike(&[(53.4, -2.2)]);
    for question in [json!({"page": 101, "per_page": 100}), json!({"page": i64::MAX}), json!({"page": 0})] {
        assert_eq!(served.mistakes(question)[0].field, "page");
    }
    for per_page in [0, 101, -1] {
        assert_eq!(served.mistakes(json!({"per_page": per_page}))[0].field, "per_page");
    }
}

#[test]
fn totals_are_those_of_the_questions_asked_one_by_one() {
    let questions = [
        json!({"q": "somewhere to make friends", "near": "Rochdale", "within_km": 10.0}),
        json!({"q": "somewhere to make friends", "near": "Rochdale", "within_km": 10.0, "free": true}),
        json!({"q": "somewhere to make friends", "near": "Rochdale", "within_km": 10.0, "access": ["step_free"]}),
        json!({"q": "somewhere to make friends", "free": true}),
        json!({"q": "a choir", "near": "Rochdale", "within_km": 10.0}),
    ];
    let one_by_one: Vec<usize> = questions.iter().map(|question| ask(&SAMPLE, question.clone()).total).collect();
    let asks: Vec<Ask> = questions.into_iter().map(|question| serde_json::from_value(question).unwrap()).collect();
    let circumstances = Circumstances { gazetteer: &GAZETTEER, now: now(), out_of_time: &|| false, uses: Uses::ALL };
    let Ok(together) = totals(&SAMPLE, &asks, &circumstances) else { panic!("not counted") };
    assert_eq!(together, one_by_one);
    assert!(one_by_one[1] < one_by_one[0], "a filter takes something away here: {one_by_one:?}");
}
