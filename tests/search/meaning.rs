//! What texts mean: services are found without one of their words, and nothing absurd is.

use super::{NO_SESSIONS, NO_VENUES, town};
use crate::fixture::served::Served;
use serde_json::json;

/// Services without a category, as an import leaves them.
fn imported() -> Served {
    town(
        "id,organisation_id,name,summary,description,status,categories\n\
         shelter,doorway-advice,St Luke's,Emergency accommodation,Night shelter for homeless men and women,active,\n\
         befriending,common-ground,Good neighbours,Visits for older people,Befriending for those who are isolated,active,\n\
         singers,common-ground,The Larks,Community choir,We sing in four parts every Thursday,active,\n\
         paper,common-ground,Paper store,A quire of paper or a ream,Stationery and paper supplies for schools,active,\n\
         samaritans,common-ground,The listening line,For people in despair,Emotional support for anybody who is suicidal,active,\n\
         advice,doorway-advice,Money matters,Debt advice,Free confidential help with debts and bailiffs,active,\n",
        NO_VENUES,
        NO_SESSIONS,
    )
}

#[test]
fn lay_words_find_services_that_have_none_of_them() {
    let served = imported();
    for (q, first) in [
        ("kipping in a doorway", "shelter"),
        ("I've got nobody to talk to", "befriending"),
        ("up to my neck in red letters", "advice"),
        ("I love singing", "singers"),
        ("I don't want to be here any more", "samaritans"),
    ] {
        assert_eq!(served.ids(json!({"q": q}))[0], first, "{q}");
    }
}

#[test]
fn meaning_is_a_part_of_the_score() {
    let answer = imported().ask(json!({"q": "kipping in a doorway"}));
    for hit in &answer.results {
        let parts: f64 = hit.score.parts.values().sum();
        assert!((parts - hit.score.total).abs() < 1e-9, "{:?}", hit.score);
    }
    assert!(answer.results[0].score.parts["meaning"] > 0.0);
}

#[test]
fn nothing_absurd_is_found() {
    let served = imported();
    assert!(!served.ids(json!({"q": "choir"})).contains(&"paper".to_string()));
    assert!(!served.ids(json!({"q": "somewhere to sleep"})).contains(&"paper".to_string()));
    for q in ["qwxzv plok", "xkcdq"] {
        let answer = served.ask(json!({"q": q}));
        assert_eq!(answer.total, 0, "{q}");
        assert!(answer.understood.words.iter().all(|words| words.unknown), "{q}");
    }
}

#[test]
fn a_name_exactly_as_typed_comes_first_whatever_it_means() {
    let served = town(
        "id,organisation_id,name,summary,status,categories\n\
         named,common-ground,Somewhere to sleep,A band that plays on Fridays,active,peer_support\n\
         shelter,doorway-advice,Night shelter,Somewhere to sleep for homeless people. Emergency beds,active,housing\n",
        NO_VENUES,
        NO_SESSIONS,
    );
    assert_eq!(served.ids(json!({"q": "somewhere to sleep"}))[0], "named");
}

#[test]
fn what_a_crisis_list_names_comes_first() {
    let mut served = imported();
    served.edit(|folder| {
        folder
            .with("crisis.csv", "words,service_id,phone,message\nkill myself;end it all,samaritans,116 123,Ring now.\n")
    });
    served.update();
    let answer = served.ask(json!({"q": "i could kill myself over these debts and bailiffs"}));
    assert_eq!(answer.results[0].service.id.as_str(), "samaritans");
    assert!(answer.results[0].score.parts["crisis"] > 0.0);
    assert!(answer.results.iter().any(|hit| hit.service.id.as_str() == "advice"));
}
