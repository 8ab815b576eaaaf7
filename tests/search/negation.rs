//! What is not wanted: never looked for, last of all, and told so; and needs that only sound like it.

use super::sample::SAMPLE;
use super::{NO_SESSIONS, NO_VENUES, town};
use crate::fixture::served::ask;
use serde_json::json;
use signpost::search::understand::Understanding;

/// The parts of a text that were taken as not wanted.
fn unwanted(text: &str) -> Vec<String> {
    let words = Understanding::of(text, &SAMPLE).words;
    words.into_iter().filter(|words| words.negated).map(|words| words.typed).collect()
}

#[test]
fn what_is_not_wanted_is_told() {
    for (text, parts) in [
        ("a night out without drinking", &["without drinking"][..]),
        ("somewhere to eat but not in a church", &["not in a church"]),
        ("a group with no men", &["no men"]),
        ("no men please", &["no men"]),
        ("I don't want a group", &["don't want a group"]),
        ("don't like crowds, want to meet people", &["don't like crowds"]),
        ("exercise, not the gym", &["not the gym"]),
        ("sport but not football", &["not football"]),
        ("something creative rather than sport", &["rather than sport"]),
        ("music without drink or drugs", &["without drink", "or drugs"]),
        ("I do not want to go to church", &["do not want to go to church"]),
        ("help that is not religious", &["not religious"]),
        ("I'm not into sport", &["not into sport"]),
        ("I hate groups", &["hate groups"]),
        ("anything but boxing", &["anything but boxing"]),
        ("somewhere quiet, no kids", &["no kids"]),
        ("meals with people but I don't want to talk to a counsellor", &["don't want to talk to a counsellor"]),
    ] {
        assert_eq!(unwanted(text), parts, "{text}");
    }
}

#[test]
fn a_need_is_not_taken_for_something_unwanted() {
    for text in [
        "no money",
        "I've got no friends",
        "I have no food in",
        "nowhere to stay",
        "nobody to talk to",
        "no one to talk to",
        "can't read",
        "I can't read or write",
        "not sleeping",
        "I don't sleep",
        "not drinking",
        "stop drinking",
        "I don't want to drink any more",
        "I don't want to use drugs any more",
        "no more spice",
        "not coping",
        "I'm not coping",
        "not in work",
        "I'm not in a job",
        "not got a penny",
        "without a home",
        "living without electricity",
        "get a job without a CV",
        "I don't want to be alone",
        "I don't want to be homeless again",
        "I don't want to go back to prison",
        "don't know my rights",
        "don't understand my phone",
        "no phone",
        "no heating",
        "no ID",
        "not safe at home",
        "I don't feel safe",
        "not eating",
        "not well",
        "never learned to read",
        "nothing to do",
        "nothing to eat",
        "I hate my life",
        "I hate drinking every night",
        "no recourse to public funds",
        "don't like being on my own",
    ] {
        assert_eq!(unwanted(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_is_not_wanted_comes_last() {
    let served = town(
        "id,organisation_id,name,summary,status,categories\n\
         a-church,common-ground,Supper at St Luke's church,Supper supper supper for all,active,volunteering\n\
         b-hall,common-ground,Supper in the hall,Supper and a brew,active,volunteering\n\
         c-beds,common-ground,Supper and digging,Supper among the beans,active,gardening\n",
        NO_VENUES,
        NO_SESSIONS,
    );
    assert_eq!(served.ids(json!({"q": "supper"}))[0], "a-church");
    // By the name.
    let answer = served.ask(json!({"q": "supper, not in a church"}));
    let ids: Vec<&str> = answer.results.iter().map(|hit| hit.service.id.as_str()).collect();
    assert_eq!((ids.len(), ids.last()), (3, Some(&"a-church")));
    assert!(answer.results[2].score.parts["unwanted"] < 0.0);
    assert!(!answer.results[0].score.parts.contains_key("unwanted"));
    // By the category.
    let ids = served.ids(json!({"q": "supper but I don't want gardening"}));
    assert_eq!(ids.last().map(String::as_str), Some("c-beds"));
    let negated = answer.understood.words.iter().filter(|words| words.negated).map(|words| words.typed.as_str());
    assert_eq!(negated.collect::<Vec<_>>(), ["not in a church"]);
}

#[test]
fn what_is_not_wanted_is_never_looked_for() {
    let answer = ask(&SAMPLE, json!({"q": "meet people without drinking", "per_page": 10}));
    for hit in &answer.results {
        let categories: Vec<&str> = hit.service.categories.iter().map(|code| code.as_str()).collect();
        assert!(!categories.contains(&"alcohol_support"), "{} {categories:?}", hit.service.id);
    }
}
