//! Where: near, far, by phone, and places nobody may know.

use super::{NO_SESSIONS, NO_VENUES, town};
use crate::fixture::served::Served;
use serde_json::{Value, json};
use signpost::search::mistake::MistakeKind;

/// Around Piccadilly (M1 4BT): a chess club on the spot, guitar lessons 5 km away, an office 20 km away, help by phone.
fn around_piccadilly() -> Served {
    town(
        "id,organisation_id,name,summary,status,categories,covers\n\
         chess,common-ground,Chess,A board and a guitar in the corner,active,peer_support,\n\
         guitar,common-ground,Guitar lessons,Learn the guitar,active,peer_support,\n\
         office,doorway-advice,Tenancy team,We come to you,active,housing,manchester\n\
         far-office,doorway-advice,Rent team,We come to you,active,housing,salford\n\
         line,doorway-advice,Guitar by phone,Tune it with us,active,peer_support,\n\
         salford-line,doorway-advice,Salford line,For people in Salford,active,peer_support,salford\n\
         lost,common-ground,Guitar somewhere,At a place nobody could find,active,peer_support,\n",
        "id,name,town,latitude,longitude\n\
         spot,The corner,Manchester,53.4772,-2.2310\n\
         south,South hall,Manchester,53.4330,-2.2310\n\
         east,East office,Oldham,53.4772,-1.9300\n\
         nowhere,Unknown hall,,,\n",
        "service_id,location_id,opening_hours\n\
         chess,spot,\nguitar,south,\noffice,east,\nfar-office,east,\nline,,\nsalford-line,,\nlost,nowhere,\n",
    )
}

#[test]
fn relevance_is_kept_when_a_postcode_is_given() {
    let served = around_piccadilly();
    let ids = served.ids(json!({"q": "guitar lessons", "near": "M1 4BT"}));
    assert_eq!(ids[0], "guitar", "5 km away, but what was asked for: {ids:?}");
    assert!(!ids.contains(&"office".to_string()), "what has none of the words is not found for being near");
}

#[test]
fn a_phone_service_is_never_lost_to_a_radius() {
    let served = around_piccadilly();
    for question in [
        json!({"near": "M1 4BT", "within_km": 1}),
        json!({"q": "guitar by phone", "near": "M1 4BT", "within_km": 1}),
        json!({"q": "guitar", "near": {"latitude": 57.15, "longitude": -2.09}, "within_km": 0.1}),
    ] {
        let answer = served.ask(question.clone());
        let hit = answer.results.iter().find(|hit| hit.service.id.as_str() == "line").expect("the phone service");
        assert_eq!((hit.distance_km, hit.location.is_none(), hit.covers_place), (None, true, false), "{question}");
    }
}

#[test]
fn a_phone_service_for_another_borough_is_not_near() {
    let ids = around_piccadilly().ids(json!({"near": {"latitude": 53.4772, "longitude": -2.2250}, "within_km": 1}));
    assert!(!ids.contains(&"salford-line".to_string()), "{ids:?}");
    let ids = around_piccadilly().ids(json!({"near": {"latitude": 53.49, "longitude": -2.33}, "within_km": 1}));
    assert!(ids.contains(&"salford-line".to_string()), "{ids:?}");
}

#[test]
fn an_office_twenty_km_away_that_covers_the_borough_is_near() {
    let near = json!({"latitude": 53.4772, "longitude": -2.2250});
    for q in ["", "tenancy", "we come to you"] {
        let question = json!({"q": q, "near": near, "within_km": 2});
        let answer = around_piccadilly().ask(question);
        let hit = answer.results.iter().find(|hit| hit.service.id.as_str() == "office").expect("the office");
        assert!(hit.covers_place);
        assert!((19.0..21.0).contains(&hit.distance_km.unwrap()), "{:?}", hit.distance_km);
        assert!(answer.results.iter().all(|hit| hit.service.id.as_str() != "far-office"));
    }
}

#[test]
fn a_venue_that_nobody_could_place_is_kept() {
    let ids = around_piccadilly().ids(json!({"near": "M1 4BT", "within_km": 1}));
    assert!(ids.contains(&"lost".to_string()), "{ids:?}");
}

#[test]
fn longitude_zero_is_a_place() {
    let served = town(
        "id,organisation_id,name,status,categories\nmeridian,common-ground,Meridian walk,active,outdoors\n",
        "id,name,latitude,longitude\nobservatory,The line,51.4779,0\n",
        "service_id,location_id,opening_hours\nmeridian,observatory,Su 10:00-12:00\n",
    );
    for question in [json!({}), json!({"q": "walk"})] {
        let mut question = question;
        question["near"] = json!({"latitude": 51.4779, "longitude": 0.0});
        question["within_km"] = json!(0.1);
        let answer = served.ask(question);
        assert_eq!(answer.total, 1);
        assert_eq!(answer.results[0].distance_km, Some(0.0));
    }
}

#[test]
fn on_both_sides_of_the_meridian() {
    let served = town(
        "id,organisation_id,name,status,categories\n\
         east,common-ground,East,active,outdoors\nwest,common-ground,West,active,outdoors\n",
        "id,name,latitude,longitude\neast,East,51.4779,0.0014\nwest,West,51.4779,-0.0014\n",
        "service_id,location_id\neast,east\nwest,west\n",
    );
    let answer = served.ask(json!({"near": {"latitude": 51.4779, "longitude": 0.0}, "within_km": 0.2}));
    let distances: Vec<_> = answer.results.iter().map(|hit| hit.distance_km).collect();
    assert_eq!(distances, [Some(0.1), Some(0.1)]);
}

/// A refuge at a confidential address, and a hall around the corner.
fn refuge() -> Served {
    town(
        "id,organisation_id,name,summary,status,categories,phone\n\
         safe,brightwater,A safe place,Ring us first,active,peer_support,0161 496 0101\n\
         hall,common-ground,Hall club,Bingo,active,peer_support,\n",
        "id,name,address,town,postcode,latitude,longitude,confidential,accessibility,getting_here\n\
         larkspur-house,Larkspur House,17 Nightingale Lane,Urmston,M41 5AA,53.4490,-2.3620,yes,step_free,Past the Crown\n\
         hall,Village hall,1 High Street,Davyhulme,M41 7AA,53.4530,-2.3680,no,,\n",
        "service_id,location_id,opening_hours\nsafe,larkspur-house,Mo-Su 00:00-24:00\nhall,hall,We 18:00-20:00\n",
    )
}

#[test]
fn a_confidential_address_appears_nowhere() {
    let served = refuge();
    let near = json!({"latitude": 53.4490, "longitude": -2.3620});
    for question in [
        json!({}),
        json!({"q": "safe place"}),
        json!({"q": "safe place", "near": "M1 4BT"}),
        json!({"near": "M1 4BT", "within_km": 30, "sort": "distance"}),
        json!({"q": "safe", "near": "M1 4BT", "sort": "opens", "access": "step_free"}),
    ] {
        let answer = served.ask(question.clone());
        let hit = answer.results.iter().find(|hit| hit.service.id.as_str() == "safe").expect("the refuge is found");
        if let Some(km) = hit.distance_km {
            assert_eq!(km.fract(), 0.0, "{question}");
        }
        let json = serde_json::to_string(&answer).unwrap().to_lowercase();
        for secret in ["larkspur", "nightingale", "urmston", "m41 5aa", "crown", "53.449", "2.362"] {
            assert!(!json.contains(secret), "`{secret}` in the answer to {question}");
        }
    }
    let detail = serde_json::to_string(&served.snapshot.service("safe").unwrap()).unwrap().to_lowercase();
    for secret in ["larkspur", "nightingale", "urmston", "m41 5aa", "crown", "53.449", "2.362"] {
        assert!(!detail.contains(secret), "`{secret}` in {detail}");
    }
    let at_the_door = served.ask(json!({"near": near, "within_km": 1}));
    let hit = at_the_door.results.iter().find(|hit| hit.service.id.as_str() == "safe").unwrap();
    assert_eq!(hit.distance_km.map(f64::fract), Some(0.0));
}

#[test]
fn a_confidential_address_cannot_be_found_by_its_words() {
    let served = refuge();
    for q in
        ["Larkspur House", "larkspur", "17 Nightingale Lane", "nightingale", "Urmston", "M41 5AA", "larkspur-house"]
    {
        let answer = served.ask(json!({"q": q}));
        assert!(answer.results.iter().all(|hit| hit.service.id.as_str() != "safe"), "{q}");
        assert!(
            answer.understood.words.iter().all(|word| word.corrected_to.is_empty() && word.begins.is_empty()),
            "{q}"
        );
    }
    assert_eq!(served.ids(json!({"q": "Davyhulme"})), ["hall"], "an open address can");
}

#[test]
fn the_answers_do_not_tell_two_doors_of_one_neighbourhood_apart() {
    // Wherever in its cell of half a kilometre the refuge is, every question has the same answer.
    let answers = |latitude: &str| {
        let mut served = refuge();
        served.edit(|folder| folder.replace_in("locations.csv", "53.4490", latitude));
        served.snapshot = served.built_anew();
        let from = (0..40).map(|step| json!({"latitude": 53.43 + f64::from(step) / 1000.0, "longitude": -2.36}));
        let ask = |near: Value| {
            let mut answer = serde_json::to_value(served.ask(json!({"near": near, "within_km": 0.3}))).unwrap();
            answer["generation"] = Value::Null;
            answer
        };
        from.map(ask).collect::<Vec<_>>()
    };
    assert_eq!(answers("53.4490"), answers("53.4492"));
}

#[test]
fn mistakes_about_places_say_what_is_wrong() {
    let served = town(
        "id,organisation_id,name,status,categories\nwalk,common-ground,Walk,active,outdoors\n",
        NO_VENUES,
        NO_SESSIONS,
    );
    for (question, field, kind) in [
        (json!({"near": "ZZ99 9ZZ"}), "near", MistakeKind::UnknownPlace),
        (json!({"near": {"latitude": 91.0, "longitude": 0.0}}), "near", MistakeKind::OutOfRange),
        (json!({"within_km": 5}), "within_km", MistakeKind::Missing),
        (json!({"near": "M1 4BT", "within_km": 0}), "within_km", MistakeKind::OutOfRange),
        (json!({"near": "M1 4BT", "within_km": 1e9}), "within_km", MistakeKind::OutOfRange),
        (json!({"sort": "distance"}), "sort", MistakeKind::Missing),
    ] {
        let mistakes = served.mistakes(question.clone());
        assert_eq!((mistakes[0].field.as_str(), mistakes[0].kind), (field, kind), "{question}");
        assert!(mistakes[0].help.is_some(), "{question}");
    }
}
