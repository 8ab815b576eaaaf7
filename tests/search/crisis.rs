//! Words of a crisis, in plain speech, bring help first; figures of speech do not.

use super::sample::SAMPLE;
use crate::fixture::served::ask;
use serde_json::json;

/// The numbers to ring that are shown first.
fn numbers(q: &str) -> Vec<String> {
    let answer = ask(&SAMPLE, json!({"q": q, "per_page": 1}));
    answer.crisis.iter().filter_map(|help| help.phone.as_ref().map(ToString::to_string)).collect()
}

#[test]
fn plain_words_of_a_crisis_bring_help() {
    let mut missed = String::new();
    for (number, texts) in [
        (
            "116 123",
            &[
                "I want to die",
                "thinking of ending it all",
                "want it all to stop",
                "they'd be better off without me",
                "my family would be better off without me",
                "no point living any more",
                "I've got nothing to live for",
                "wish I wouldn't wake up",
                "I feel suicidal",
                "feeling sucidal tonight",
                "I'm going to hang myself",
                "I'm tired of living",
                "can't do this anymore",
                "my mate wants to kill himself",
                "gonna top myself",
                "I want to kill meself",
                "going to take my own life",
            ][..],
        ),
        (
            "0808 157 0101",
            &[
                "I can't go on",
                "cant take it any more",
                "can't see a way out",
                "I keep cutting myself",
                "I cut myself again last night",
                "want to hurt myself",
                "I'm having a panic attack",
                "scared I'll hurt someone",
                "at the end of my tether",
                "hit rock bottom",
            ],
        ),
        (
            "999",
            &[
                "took too many tablets",
                "I've taken an overdose",
                "she took loads of tablets",
                "he's not breathing",
                "can't wake him up",
                "somebody has a knife",
                "my mate's been stabbed",
                "someone is following me",
                "he's hurting the kids",
            ],
        ),
        (
            "0808 157 0202",
            &[
                "he's going to kill me",
                "she hits me",
                "my husband hits me",
                "my partner beats me up",
                "he won't let me leave the house",
                "he strangled me",
                "I'm scared to go home",
                "not safe at home",
                "he threatens to kill me",
                "they are forcing me to marry",
            ],
        ),
        ("0808 157 0394", &["I've been raped", "he forced himself on me", "my drink was spiked"]),
        (
            "0808 157 0345",
            &[
                "nowhere to sleep tonight",
                "I've got nowhere to go tonight",
                "sleeping in my car tonight",
                "homeless tonight",
                "kicked out tonight and it's freezing",
                "need a bed tonight",
            ],
        ),
        ("0808 157 0406", &["no food for the kids", "haven't eaten for days", "we've got no gas", "no leccy"]),
    ] {
        for text in texts {
            let found = numbers(text);
            if !found.iter().any(|found| found == number) {
                missed += &format!("`{text}` should bring {number}, but brought {found:?}\n");
            }
        }
    }
    assert!(missed.is_empty(), "{missed}");
}

#[test]
fn figures_of_speech_bring_none() {
    let mut wrong = String::new();
    for text in [
        "I could murder a curry",
        "dying for a brew",
        "killing time",
        "something to kill time on my own",
        "killing time by myself",
        "shoot some hoops",
        "kill two birds with one stone",
        "my phone died",
        "suicide squad film",
        "drop dead gorgeous",
        "dead good music",
        "dead bored",
        "this job is killing me",
        "my feet are killing me",
        "I'd kill for a roast dinner",
        "dying to learn guitar",
        "knock em dead comedy night",
        "I'm dead on my feet",
        "over my dead body",
        "shoot a film",
        "photo shoot",
        "bang on the drums",
        "hit the gym",
        "hit me up for football",
        "hit the pads",
        "smash it at the gym",
        "beat boxing",
        "beats me how to use a computer",
        "cut my hair",
        "cut down on smoking",
        "cutting grass",
        "paper cutting craft",
        "get fit",
        "fits of laughter",
        "drama club",
        "stage fighting class",
        "boxing to let off steam",
        "weekend away",
        "end of tenancy cleaning",
        "fire up the barbecue",
        "attack in five a side",
        "goal attack in netball",
        "learn to score in cricket",
        "a knife skills cooking class",
        "rapeseed oil",
        "driving me up the wall",
        "I was beaten at chess",
        "crash course in Excel",
        "my car has broken down",
        "bury the hatchet with my brother",
        "volunteer for a suicide prevention course",
        "hanging out with friends",
        "burn fat",
        "get over a break up",
        "where can I sleep better",
        "run out of ideas",
    ] {
        let found = ask(&SAMPLE, json!({"q": text, "per_page": 1})).crisis;
        if let Some(help) = found.first() {
            wrong += &format!("`{text}` brought: {}\n", help.message);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn services_for_the_crisis_come_first() {
    for (q, categories) in [
        ("I can't go on and my kids would be better off without me", &["crisis_support"][..]),
        ("he hits me and I don't know where to go", &["domestic_abuse", "refuge"]),
        ("nowhere to sleep tonight and I like football", &["emergency_accommodation", "hostels"]),
    ] {
        let answer = ask(&SAMPLE, json!({"q": q, "per_page": 1}));
        let first = &answer.results[0].service;
        assert!(
            first.categories.iter().any(|code| categories.contains(&code.as_str())),
            "{q}: {} {:?}",
            first.id,
            first.categories
        );
    }
}

#[test]
fn help_comes_first_in_matching_too() {
    let profile =
        serde_json::from_value(json!({"goals": [{"words": "I feel sucidal and want to play football"}]})).unwrap();
    let circumstances = signpost::search::Circumstances {
        gazetteer: &crate::fixture::served::GAZETTEER,
        now: crate::fixture::served::now(),
        out_of_time: &|| false,
        uses: signpost::search::Uses::ALL,
    };
    let options = signpost::matching::match_profile(&SAMPLE, &profile, &Default::default(), &circumstances).unwrap();
    assert_eq!(options.crisis[0].phone.as_ref().map(ToString::to_string).as_deref(), Some("116 123"));
}
