//! What comes first is a choice (DESIGN §5, 4): every goal among the first five, no organisation more than twice among
//! the first six, in person, online and phone mixed, and what is the same thing elsewhere only once. Held against all sets
//! of six that could have been chosen.

use super::made::{a_profile, answer, folder, ids, merged, opened, options, services};
use super::own_words::plain;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// All that counts of an option.
#[derive(Clone, Debug)]
struct Option_ {
    organisation: String,
    goals: BTreeSet<u64>,
    mode: &'static str,
}

impl Option_ {
    fn new(option: &Value) -> Self {
        let delivery = option["service"]["delivery"].as_array().cloned().unwrap_or_default();
        let has = |mode: &str| delivery.contains(&json!(mode));
        let supports = option["supports"].as_array().unwrap();
        Self {
            organisation: option["service"]["organisation"]["id"].as_str().unwrap().to_string(),
            goals: supports.iter().map(|support| support["goal"].as_u64().unwrap()).collect(),
            mode: match () {
                () if option.get("location").is_some() => "in person",
                () if has("phone") => "phone",
                () if has("online") => "online",
                () if has("outreach") => "",
                () if has("in_person") => "in person",
                () => "",
            },
        }
    }
}

fn most_of_one_organisation(set: &[&Option_]) -> usize {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for option in set {
        *counts.entry(&option.organisation).or_default() += 1;
    }
    counts.into_values().max().unwrap_or(0)
}

fn modes(set: &[&Option_]) -> usize {
    set.iter().map(|option| option.mode).filter(|mode| !mode.is_empty()).collect::<BTreeSet<_>>().len()
}

/// Whether the set, put in the best order, has every goal among its first five.
fn can_show(set: &[&Option_], goals: &BTreeSet<u64>) -> bool {
    let served = |without: Option<usize>| -> BTreeSet<u64> {
        let others = set.iter().enumerate().filter(|(at, _)| Some(*at) != without);
        others.flat_map(|(_, option)| option.goals.iter().copied()).collect()
    };
    match set.len() {
        ..=5 => served(None) == *goals,
        _ => (0..set.len()).any(|last| served(Some(last)) == *goals),
    }
}

/// All sets of so many of the options.
fn sets(options: &[Option_], size: usize) -> Vec<Vec<&Option_>> {
    let chosen = |bits: u32| (0..options.len()).filter(|at| bits & 1 << at != 0).map(|at| &options[at]).collect();
    (0_u32..1 << options.len()).filter(|bits| bits.count_ones() as usize == size).map(chosen).collect()
}

proptest! {
    #[test]
    fn the_first_six_are_as_good_a_choice_as_there_is(services in services(11), profile in a_profile()) {
        let answer = answer(&opened(&folder(&services, &[])), &profile);
        let all: Vec<Option_> = options(&answer).iter().map(Option_::new).collect();
        let goals: BTreeSet<u64> = all.iter().flat_map(|option| option.goals.clone()).collect();
        let front: Vec<&Option_> = all.iter().take(6).collect();

        let among_five: BTreeSet<u64> = front.iter().take(5).flat_map(|option| option.goals.clone()).collect();
        prop_assert_eq!(&among_five, &goals, "a goal is not among the first five");

        let mut possible = sets(&all, front.len());
        possible.retain(|set| can_show(set, &goals) && most_of_one_organisation(set) <= 2);
        if let Some(most_modes) = possible.iter().map(|set| modes(set)).max() {
            prop_assert!(most_of_one_organisation(&front) <= 2, "an organisation is there three times");
            prop_assert_eq!(modes(&front), most_modes, "ways of taking part could be more mixed");
        }
    }

    #[test]
    fn asking_for_fewer_never_hides_a_goal_that_five_could_show(services in services(11), profile in a_profile()) {
        let snapshot = opened(&folder(&services, &[]));
        let all = answer(&snapshot, &profile);
        let five = answer(&snapshot, &merged(&[profile, json!({"limit": 5})]));
        let goals = |answer: &Value| -> BTreeSet<u64> {
            options(answer).iter().flat_map(|option| Option_::new(option).goals).collect()
        };
        prop_assert_eq!(goals(&five), goals(&all));
    }
}

#[test]
fn the_same_thing_elsewhere_is_one_option_with_its_other_places() {
    let at = |hall| plain("gardening", "Dig and grow").at(&[[hall, "We 10:00-12:00", "", ""]]);
    let services = [
        ("dig-far", at("hall-4")),
        ("dig-far-for-women", at("hall-4").with("only_for", "women")),
        (
            "dig-near",
            plain("gardening", "Dig and grow")
                .at(&[["hall-1", "Mo 10:00-12:00", "", ""], ["hall-2", "Tu 10:00-12:00", "", ""]]),
        ),
        ("dig-of-others", at("hall-4").with("organisation_id", "o-2")),
        ("dig-too-far", at("hall-5")),
    ];
    let snapshot = opened(&folder(&[], &services));
    let here = json!({"goals": [{"goal": "outside_more"}], "near": {"latitude": 53.48, "longitude": -2.24},
        "within_km": 10});
    let answer = answer(&snapshot, &here);
    assert_eq!(ids(&answer), ["dig-near", "dig-of-others", "dig-far-for-women"]);
    let also = options(&answer)[0]["also"].as_array().unwrap().iter().map(|elsewhere| {
        let text = |value: &Value| value.as_str().unwrap().to_string();
        let km = &elsewhere["distance_km"];
        format!(
            "{} at {}, {km} km: {}",
            text(&elsewhere["service_id"]),
            text(&elsewhere["location"]["id"]),
            text(&elsewhere["session"]["opening_hours"])
        )
    });
    assert_eq!(
        also.collect::<Vec<_>>(),
        ["dig-near at hall-2, 3.0 km: Tu 10:00-12:00", "dig-far at hall-4, 9.0 km: We 10:00-12:00",]
    );
    // The twin that is too far away is an option already, elsewhere: it is neither a near miss nor something to gain.
    assert_eq!(answer["almost"], json!([]));
    assert_eq!(answer["relax"], json!([]));
    assert_eq!(answer["ruled_out"], json!({"distance": 1}));
}
