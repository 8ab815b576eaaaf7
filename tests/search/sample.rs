//! The sample directory, asked as people ask. The questions were written by reading the directory, not by searching it.

use crate::fixture::served::{GAZETTEER, ask};
use serde_json::json;
use signpost::index::{self, Snapshot};
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// `data/directory`, indexed once for all tests here.
pub static SAMPLE: LazyLock<Arc<Snapshot>> = LazyLock::new(|| {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory");
    // Its files stay mapped after the folder is gone.
    let index = tempfile::tempdir().unwrap();
    index::update(&directory, index.path(), &GAZETTEER, None, false).unwrap().snapshot
});

#[test]
fn somewhere_to_sleep_near_piccadilly() {
    let answer = ask(&SAMPLE, json!({"q": "somewhere to sleep", "near": "M1 4BT", "within_km": 5}));
    let categories = &answer.results[0].service.categories;
    assert!(categories.iter().any(|code| code.as_str() == "emergency_accommodation"), "{categories:?}");
    assert!(answer.sample);
}

/// What people say, and the category of which one of the first three results must be.
const LAY_QUESTIONS: [(&str, &str); 20] = [
    ("I've got toothache and no dentist", "dentist"),
    ("bailiffs keep knocking and I'm skint", "debt_advice"),
    ("I want to see my little girl again", "child_contact"),
    ("lost my birth certificate", "id_documents"),
    ("what do I tell a boss about my record", "disclosure_advice"),
    ("can't stop betting on my phone", "gambling_support"),
    ("somebody to meet me at the gate when I come out", "peer_mentoring"),
    ("no cooker, no bed, empty flat", "furniture"),
    ("I miss my brother who died", "bereavement"),
    ("learn to read so I can read to my kids", "reading_writing"),
    ("a game of five a side with other lads", "football"),
    ("he hits me and I need to get out", "domestic_abuse"),
    ("run out of gas and electric", "fuel_help"),
    ("warm coat and some shoes", "clothing"),
    ("get off the heroin for good", "drug_support"),
    ("lift to visit my fella in prison", "prison_family_support"),
    ("left the army and can't settle", "veterans_group"),
    ("play guitar with other people", "music"),
    ("nobody to talk to all week", "befriending"),
    ("nothing to eat till Friday", "food_bank"),
];

#[test]
fn lay_questions_find_the_right_kind_of_service_among_the_first_three() {
    let mut missed = String::new();
    for (q, category) in LAY_QUESTIONS {
        for near in [None, Some("M1 4BT")] {
            let answer = ask(&SAMPLE, json!({"q": q, "near": near, "per_page": 3}));
            let right = |code: &&signpost::model::Code| code.as_str() == category;
            if !answer.results.iter().any(|hit| hit.service.categories.iter().any(|code| right(&code))) {
                missed += &format!("`{q}` near {near:?} should find {category}, but found\n");
                for hit in &answer.results {
                    missed += &format!("    {} {:?}\n", hit.service.id, hit.service.categories);
                }
                missed += &format!("    understood as {}\n", serde_json::to_string(&answer.understood.words).unwrap());
            }
        }
    }
    assert!(missed.is_empty(), "{missed}");
}

/// Found on the judged set: a typo in two words written as one, letters in another order, a letter that is not heard.
#[test]
fn spellings_more_than_one_edit_away_are_understood() {
    for (q, means) in [("foodbnak", "food bank"), ("bike repiars", "repairs"), ("riting", "writing")] {
        let understood = ask(&SAMPLE, json!({"q": q})).understood.words;
        let corrected: Vec<&String> = understood.iter().flat_map(|words| &words.corrected_to).collect();
        assert!(corrected.iter().any(|word| *word == means), "{q} → {corrected:?}");
    }
}

/// Wrong today: the first should be services for bereavement. "Mum" names the categories of families, and "died" alone
/// is only a word of the texts.
#[test]
fn questions_that_miss() {
    let first_three = |q: &str| {
        let found = ask(&SAMPLE, json!({"q": q, "per_page": 3})).results;
        let found = found.iter().map(|hit| format!("    {} {:?}\n", hit.service.id, hit.service.categories));
        format!("{q}\n{}", found.collect::<String>())
    };
    let missed = [first_three("my mum died last month"), first_three("my mum died and I can't cope")];
    insta::assert_snapshot!(missed.concat());
}

/// The words of a category for which none of its services is among the first five: mostly words that two categories
/// share. A shorter list is a better search.
#[test]
fn categories_are_found_by_their_own_words() {
    let vocabulary = SAMPLE.vocabulary();
    let mut missed = Vec::new();
    for category in &vocabulary.categories {
        for words in &category.words {
            let answer = ask(&SAMPLE, json!({"q": words, "per_page": 5}));
            let family = |code: &str| {
                code == category.code.as_str()
                    || vocabulary
                        .categories
                        .iter()
                        .any(|row| row.code.as_str() == code && row.parent.as_ref() == Some(&category.code))
            };
            if !answer.results.iter().any(|hit| hit.service.categories.iter().any(|code| family(code.as_str()))) {
                missed.push(format!("{}: {words}", category.code));
            }
        }
    }
    insta::assert_snapshot!(missed.join("\n"));
}
