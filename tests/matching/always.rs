//! What holds for every directory and profile (DESIGN §5, 1 and 4, and what the answer promises about itself).

use super::made::{SECRETS, a_profile, answer, folder, ids, merged, opened, options, services};
use crate::fixture::Folder;
use proptest::prelude::*;
use serde_json::{Value, json};
use signpost::dataset::columns::Table;
use signpost::index::Snapshot;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

/// What people say, and what they do not mean to.
const SAID: [&str; 16] = [
    "nobody to talk to",
    "and",
    "my",
    "somewhere to sleep",
    "I want to",
    "garden",
    "fresh air",
    "or",
    "tonight",
    "get a",
    "Zoë",
    "🌳",
    "welcome",
    "houseing",
    "the",
    "don’t",
];

static EVERYTHING: LazyLock<Arc<Snapshot>> = LazyLock::new(|| opened(&Folder::minimal()));

proptest! {
    #[test]
    fn an_answer_keeps_its_promises(services in services(12), profile in a_profile(), limit in 1..=12usize) {
        let snapshot = opened(&folder(&services, &[]));
        let all = answer(&snapshot, &profile);
        prop_assert_eq!(&all, &answer(&snapshot, &profile), "asked twice");
        let few = answer(&snapshot, &merged(&[profile.clone(), json!({"limit": limit})]));
        prop_assert_eq!(options(&few).len(), options(&all).len().min(limit));
        parts_add_up(&all)?;
        reasons_name_columns(&all)?;
        order_is_by_score_after_the_first_six(&all)?;
        counts_agree(&all)?;
        goals_are_among_the_first_five(&all)?;
        near_misses_have_one_thing_in_the_way(&all)?;
        relaxations_are_exact(&all, &profile, |profile| answer(&snapshot, profile))?;
        funds_for_women_are_offered_to_women(&all, &profile)?;
        nothing_paused_or_closed(&all)?;
        let text = all.to_string();
        for secret in SECRETS {
            prop_assert!(!text.contains(secret), "{}", secret);
        }
    }

    #[test]
    fn reasons_quote_what_the_person_said(
        said in proptest::collection::vec(proptest::sample::select(&SAID[..]), 1..10), gap in "[ ,.&]{0,2}",
    ) {
        let words = said.join(if gap.is_empty() { " " } else { &gap });
        let answer = answer(&EVERYTHING, &json!({"goals": [{"words": words}]}));
        for option in options(&answer) {
            let because = option["because"].as_array().unwrap();
            let quoted = because.iter().filter_map(|reason| reason["text"].as_str()?.split(['“', '”']).nth(1));
            let quoted: Vec<&str> = quoted.collect();
            prop_assert!(!quoted.is_empty());
            for part in quoted.into_iter().chain(option["supports"][0]["name"].as_str().unwrap().split("; ")) {
                prop_assert!(words.contains(part) && !part.trim().is_empty(), "“{}” of “{}”", part, words);
            }
        }
    }

    #[test]
    fn the_order_of_rows_means_nothing(services in services(8), profile in a_profile(), turn in 1..7usize) {
        let straight = folder(&services, &[]);
        let turned = Table::ALL.iter().fold(folder(&services, &[]), |folder, table| turn_rows(folder, *table, turn));
        let mut answers = [&straight, &turned].map(|folder| answer(&opened(folder), &profile));
        for answer in &mut answers {
            // The name of a generation is made from the bytes of its files.
            answer["generation"] = Value::Null;
        }
        prop_assert_eq!(answers[0].to_string(), answers[1].to_string());
    }
}

/// The rows in another order: backwards, then turned. The order of `crisis.csv` has a meaning, and so has that of the
/// sessions of one service: of two that open at the same time the first is shown.
fn turn_rows(folder: Folder, table: Table, turn: usize) -> Folder {
    let file = table.file().name;
    if table == Table::Crisis {
        return folder;
    }
    let text = folder.text(file);
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let mut rows: Vec<&str> = lines.rev().collect();
    let middle = turn % rows.len().max(1);
    rows.rotate_left(middle);
    if table == Table::Sessions {
        let place_in_file = |row: &&str| text.lines().position(|line| line == *row);
        rows.sort_by_key(|row| (std::cmp::Reverse(row.split(',').next()), place_in_file(row)));
    }
    folder.with(file, &format!("{header}\n{}\n", rows.join("\n")))
}

type Holds = Result<(), TestCaseError>;

fn total(option: &Value) -> f64 {
    option["score"]["total"].as_f64().unwrap()
}

fn parts_add_up(answer: &Value) -> Holds {
    for option in options(answer) {
        let parts = option["score"]["parts"].as_object().unwrap();
        let sum: f64 = parts.values().map(|part| part.as_f64().unwrap()).sum();
        prop_assert!((sum - total(option)).abs() < 1e-9, "{}", option["score"]);
        for part in parts.values().map(|part| part.as_f64().unwrap()) {
            prop_assert!((part * 10_000.0 - (part * 10_000.0).round()).abs() < 1e-6, "{} is not rounded", part);
        }
    }
    Ok(())
}

fn reasons_name_columns(answer: &Value) -> Holds {
    let mut known = BTreeSet::new();
    for table in Table::ALL {
        let file = table.file();
        known.extend(
            file.columns.iter().map(|column| format!("{}.{}", file.name.trim_end_matches(".csv"), column.name)),
        );
    }
    for option in options(answer) {
        let reasons = option["because"].as_array().unwrap().iter().chain(option["check_first"].as_array().unwrap());
        for reason in reasons {
            prop_assert!(known.contains(reason["field"].as_str().unwrap()), "{}", reason);
            let text = reason["text"].as_str().unwrap();
            prop_assert!(!text.is_empty() && !text.ends_with('.') && !text.contains("“”"), "{}", text);
        }
    }
    Ok(())
}

fn order_is_by_score_after_the_first_six(answer: &Value) -> Holds {
    let rest = options(answer).get(6..).unwrap_or_default();
    for pair in rest.windows(2) {
        let id = |option: &Value| option["service"]["id"].as_str().unwrap().to_string();
        let far = |option: &Value| option["distance_km"].as_f64().unwrap_or(f64::INFINITY);
        prop_assert!(total(&pair[0]) >= total(&pair[1]));
        // Distances are shown to ten metres, and to a whole kilometre where the place is a secret.
        let is_tie = total(&pair[0]) == total(&pair[1]) && far(&pair[0]) == far(&pair[1]) && far(&pair[0]) != 2.0;
        let tells = is_tie && far(&pair[0]) != 3.0;
        prop_assert!(!tells || id(&pair[0]) < id(&pair[1]), "a tie is broken by id");
    }
    Ok(())
}

/// At most twelve services, fifty options: every eligible service is an option.
fn counts_agree(answer: &Value) -> Holds {
    let mut empty = Vec::new();
    for (at, goal) in answer["goals"].as_array().unwrap().iter().enumerate() {
        let serving = options(answer).iter().filter(|option| serves(option, at)).count();
        prop_assert_eq!(&goal["options"], &json!(serving));
        if serving == 0 {
            empty.push(json!(at));
        }
    }
    let gaps: Vec<Value> = answer["gaps"].as_array().unwrap().iter().map(|gap| gap["goal"].clone()).collect();
    prop_assert_eq!(gaps, empty);
    Ok(())
}

fn serves(option: &Value, goal: usize) -> bool {
    option["supports"].as_array().unwrap().iter().any(|support| support["goal"] == json!(goal))
}

fn goals_are_among_the_first_five(answer: &Value) -> Holds {
    for (at, goal) in answer["goals"].as_array().unwrap().iter().enumerate() {
        let is_there = options(answer).iter().take(5).any(|option| serves(option, at));
        prop_assert!(is_there || goal["options"] == json!(0), "goal {} is not among the first five", at);
    }
    Ok(())
}

fn near_misses_have_one_thing_in_the_way(answer: &Value) -> Holds {
    let offered = ids(answer);
    for miss in answer["almost"].as_array().unwrap() {
        prop_assert!(!offered.contains(&miss["service"]["id"].as_str().unwrap()));
        let barrier = miss["in_the_way"].as_str().unwrap();
        prop_assert!(answer["ruled_out"][barrier].as_u64() > Some(0), "{} is not counted", barrier);
        prop_assert!(!miss["text"].as_str().unwrap().is_empty() && !miss["help"].as_str().unwrap().is_empty());
    }
    let ruled_out: u64 = answer["ruled_out"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    prop_assert!(answer["almost"].as_array().unwrap().len() as u64 <= ruled_out);
    Ok(())
}

/// What loosening a wish gives is what asking again without it gives.
fn relaxations_are_exact(answer: &Value, profile: &Value, ask: impl Fn(&Value) -> Value) -> Holds {
    for field in ["within_km", "when"] {
        let mut loosened = profile.clone();
        if loosened.as_object_mut().unwrap().remove(field).is_none() {
            continue;
        }
        let gains = options(&ask(&loosened)).len() - options(answer).len();
        let said = answer["relax"].as_array().unwrap().iter().find(|relax| relax["field"] == field);
        prop_assert_eq!(said.map_or(0, |relax| relax["gains"].as_u64().unwrap()), gains as u64, "{}", field);
    }
    Ok(())
}

fn funds_for_women_are_offered_to_women(answer: &Value, profile: &Value) -> Holds {
    let audiences = profile["about"]["audiences"].as_array();
    if audiences.is_some_and(|audiences| audiences.contains(&json!("women"))) {
        return Ok(());
    }
    let offers = options(answer).iter().chain(answer["gaps"].as_array().unwrap());
    for fund in offers.flat_map(|option| option["funds"].as_array().unwrap()) {
        prop_assert_ne!(&fund["kind"], "women");
    }
    Ok(())
}

fn nothing_paused_or_closed(answer: &Value) -> Holds {
    let text = answer.to_string();
    prop_assert!(!text.contains("\"paused\"") && !text.contains("\"closed\""));
    Ok(())
}
