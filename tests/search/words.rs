//! Words: short ones, misspelt ones, a person's own.

use super::{NO_SESSIONS, NO_VENUES, town};
use crate::fixture::Folder;
use crate::fixture::served::{Served, try_ask};
use proptest::prelude::*;
use serde_json::json;
use signpost::search::NoAnswer;
use signpost::search::mistake::MistakeKind;
use std::sync::LazyLock;

fn nothing() -> Vec<String> {
    Vec::new()
}

#[test]
fn words_of_two_letters() {
    let served = town(
        "id,organisation_id,name,summary,status,categories\n\
         meeting,common-ground,AA on Tuesdays,Twelve steps and a brew,active,peer_support\n\
         papers,common-ground,Getting your ID,Birth certificates and passports,active,housing\n\
         surgery,common-ground,Find a GP,Registering with a doctor,active,peer_support\n\
         aardvarks,common-ground,Aardvark ideas,Gpx files,active,outdoors\n",
        NO_VENUES,
        NO_SESSIONS,
    );
    for (q, id) in [("AA", "meeting"), ("aa", "meeting"), ("ID", "papers"), ("id", "papers"), ("GP", "surgery")] {
        assert_eq!(served.ids(json!({"q": q})), [id], "{q}");
    }
}

#[test]
fn a_name_with_typos() {
    let served = Served::new(Folder::minimal());
    for q in ["allotmnet mornings", "alotment", "allotment mornigns", "Alotment Morning", "allottment"] {
        assert_eq!(served.ids(json!({"q": q}))[0], "allotment-mornings", "{q}");
    }
    let answer = served.ask(json!({"q": "alotment"}));
    insta::assert_json_snapshot!(answer.understood);
}

#[test]
fn what_is_still_being_typed() {
    let served = Served::new(Folder::minimal());
    assert_eq!(served.ids(json!({"q": "allotm"})), ["allotment-mornings"]);
}

/// Nothing in its row says so.
const LODGINGS: &str = "id,organisation_id,name,summary,status,categories\n\
    lodgings,doorway-advice,Doorway,One adviser as long as it takes,active,housing\n\
    circle,common-ground,The circle,Tuesdays in the library,active,peer_support\n\
    marrows,common-ground,Marrows,Dig and plant,active,gardening\n";

#[test]
fn lay_words_that_share_no_stem_with_the_service() {
    let served = town(LODGINGS, NO_VENUES, NO_SESSIONS);
    for (q, id, why) in [
        ("somewhere to sleep", "lodgings", "thesaurus"),
        ("I'm kipping at my mate's", "lodgings", "thesaurus, one word of it"),
        ("I need somewhere safe to sleep tonight", "lodgings", "thesaurus, with words between"),
        ("landlord", "lodgings", "the category's words"),
        ("my landlords", "lodgings", "the category's words by stem"),
        ("nobody to talk to", "circle", "the goal's words"),
        ("growing", "marrows", "the category's words"),
        ("nature", "marrows", "words of the category above"),
    ] {
        assert_eq!(served.ids(json!({"q": q})).first().map(String::as_str), Some(id), "{q}: {why}");
    }
}

#[test]
fn how_lay_words_were_understood() {
    let served = town(LODGINGS, NO_VENUES, NO_SESSIONS);
    insta::assert_json_snapshot!(served.ask(json!({"q": "i want somewhere to sleep and a gardn xyzzy"})).understood);
}

#[test]
fn an_exact_name_comes_before_a_long_text_that_repeats_the_word() {
    let text = "shed tools in the shed, a shed for sheds, shed ".repeat(12);
    let served = town(
        &format!(
            "id,organisation_id,name,summary,description,status,categories\n\
             long,common-ground,A place with everything,The shed shed,\"{text}\",active,gardening\n\
             shed,common-ground,The Shed,Make and mend,,active,volunteering\n"
        ),
        NO_VENUES,
        NO_SESSIONS,
    );
    for q in ["the shed", "The Shed", "shed"] {
        assert_eq!(served.ids(json!({"q": q})), ["shed", "long"], "{q}");
    }
}

#[test]
fn services_with_all_the_words_come_before_those_with_some() {
    let served = town(
        "id,organisation_id,name,summary,status,categories\n\
         a-guitar,common-ground,Guitar guitar guitar,Guitar,active,peer_support\n\
         b-both,common-ground,Evenings,Once a week we sit down with a guitar and sing the old songs,active,peer_support\n\
         c-songs,common-ground,Songs songs songs,Songs,active,peer_support\n",
        NO_VENUES,
        NO_SESSIONS,
    );
    let ids = served.ids(json!({"q": "guitar songs"}));
    assert_eq!((ids[0].as_str(), ids.len()), ("b-both", 3));
}

#[test]
fn words_of_asking_alone_are_looked_for_too() {
    let served = Served::new(Folder::minimal());
    assert!(served.ids(json!({"q": "someone help"})).contains(&"night-line".to_string()));
    // Punctuation is no question: there is nothing to look for, and nothing is found.
    assert_eq!(served.ids(json!({"q": "?!"})), nothing());
}

#[test]
fn paused_and_closed_services_are_in_no_answer() {
    let served = town(
        "id,organisation_id,name,summary,status,categories\n\
         open,common-ground,Walk one,A walk,active,outdoors\n\
         resting,common-ground,Walk two,A walk,paused,outdoors\n\
         over,common-ground,Walk three,A walk,closed,outdoors\n",
        NO_VENUES,
        NO_SESSIONS,
    );
    for question in [json!({}), json!({"q": "walk"}), json!({"q": "Walk two"}), json!({"category": "outdoors"})] {
        let answer = served.ask(question.clone());
        assert_eq!((answer.total, answer.results[0].service.id.as_str()), (1, "open"), "{question}");
        assert_eq!(answer.facets["category"][0].count, 1, "{question}");
        assert!(answer.removed_by.is_empty(), "{question}");
    }
}

#[test]
fn words_of_a_crisis_bring_help_first() {
    let served = Served::new(Folder::minimal());
    insta::assert_json_snapshot!(served.ask(json!({"q": "I want to kill myself"})).crisis);
    for q in ["i wanna just end it all", "killing myself", "KILL MYSELF!!", "thinking about killing myself tonight"] {
        assert_eq!(served.ask(json!({"q": q})).crisis.len(), 1, "{q}");
    }
    for q in ["skill myself", "end of tenancy cleaning", "weekend", "all myself", "kill time"] {
        assert!(served.ask(json!({"q": q})).crisis.is_empty(), "{q}");
    }
}

#[test]
fn little_words_turn_the_meaning_of_one_word() {
    let mut served = town(
        "id,organisation_id,name,summary,status,categories\n\
         beds,doorway-advice,Beds,For tonight,active,housing\n\
         kickers,common-ground,Kickers,Kick a ball about,active,outdoors\n\
         needles,doorway-advice,Needles,Clean ones,active,volunteering\n\
         sober,doorway-advice,Sober,No drink,active,peer_support\n",
        NO_VENUES,
        NO_SESSIONS,
    );
    served.edit(|folder| {
        folder
            .replace_in("categories.csv", "rent;landlord;homeless", "kicked out;a bed")
            .replace_in("categories.csv", "talk;listen", "get clean")
            .replace_in("categories.csv", "help out", "clean needles")
    });
    served.update();
    for (q, id, categories) in [
        ("kick", "kickers", &[][..]),
        ("kicking a ball", "kickers", &[]),
        ("I got kicked out last night", "beds", &["housing"]),
        ("a bed", "beds", &["housing"]),
        ("getting clean", "sober", &["peer_support"]),
        ("get clean needles", "needles", &["volunteering"]),
    ] {
        let answer = served.ask(json!({"q": q}));
        assert_eq!(answer.results[0].service.id.as_str(), id, "{q}");
        let understood = answer.understood.words.iter().flat_map(|word| &word.categories).map(|code| code.as_str());
        assert_eq!(understood.collect::<Vec<_>>(), categories, "{q}");
    }
}

#[test]
fn a_thousand_brackets() {
    let served = Served::new(Folder::minimal());
    let mistakes = served.mistakes(json!({"q": "(".repeat(1_000)}));
    assert_eq!((mistakes[0].field.as_str(), mistakes[0].kind), ("q", MistakeKind::TooLong));
    for brackets in ["(".repeat(199), "((((a ".repeat(33), "()[]{}\"'+-*?:\\/^~".repeat(12)] {
        let brackets: String = brackets.chars().take(199).collect();
        served.ask(json!({"q": brackets}));
    }
}

static SERVED: LazyLock<Served> = LazyLock::new(|| Served::new(Folder::minimal()));

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered_or_refused(q in ".{0,210}") {
        match try_ask(&SERVED.snapshot, json!({"q": q, "per_page": 100})) {
            Ok(answer) => {
                prop_assert!(q.chars().count() <= 200);
                prop_assert!(answer.total <= 4 && answer.results.len() == answer.total);
                let looked_for = answer.understood.words.iter().filter(|word| !word.ignored && !word.unknown).count();
                prop_assert!(looked_for <= 10);
                prop_assert!(answer.results.iter().all(|hit| hit.score.total.is_finite()));
            }
            Err(NoAnswer::Mistakes(mistakes)) => prop_assert_eq!(&mistakes[0].field, "q"),
            Err(other) => return Err(TestCaseError::fail(format!("{other:?}"))),
        }
    }

    #[test]
    fn words_in_any_order_and_spelling_are_bounded(
        words in proptest::collection::vec("[a-z]{1,9}|allotment|morning|women|talk|sleep|to|somewhere", 1..30)
    ) {
        let q: String = words.join(" ").chars().take(200).collect();
        let answer = SERVED.ask(json!({"q": q}));
        let looked_for = answer.understood.words.iter().filter(|word| !word.ignored && !word.unknown).count();
        prop_assert!(looked_for <= 10);
    }

    #[test]
    fn any_near_is_a_place_or_a_mistake(near in ".{0,40}") {
        match try_ask(&SERVED.snapshot, json!({"near": near, "within_km": 5})) {
            Ok(answer) => prop_assert!(answer.understood.place.is_some()),
            Err(NoAnswer::Mistakes(mistakes)) => prop_assert_eq!(&mistakes[0].field, "near"),
            Err(other) => return Err(TestCaseError::fail(format!("{other:?}"))),
        }
    }
}
