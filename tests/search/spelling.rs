//! Misspelt words: what they are taken for, what is left alone, and how it is refused.

use super::sample::SAMPLE;
use crate::fixture::served::ask;
use proptest::prelude::*;
use serde_json::json;
use signpost::index::analysis::words;
use signpost::search::spelling::{Spelling, Verdict};
use signpost::search::understand::Understanding;

/// What a word of a question was taken for.
fn taken_for(q: &str) -> Vec<String> {
    let understood = ask(&SAMPLE, json!({"q": q})).understood.words;
    understood.into_iter().flat_map(|words| words.corrected_to).collect()
}

#[test]
fn misspelt_words_are_taken_for_those_that_were_meant() {
    let mut missed = String::new();
    for (typed, meant) in [
        // As they sound.
        ("councelling", "counselling"),
        ("alchohol", "alcohol"),
        ("benifits", "benefits"),
        ("sumwhere to sleep", "somewhere"),
        ("fone", "phone"),
        ("gimnastics", "gymnastics"),
        ("riting group", "writing"),
        ("skool", "school"),
        ("beravement", "bereavement"),
        ("greef", "grief"),
        ("adiction", "addiction"),
        ("volenteering", "volunteering"),
        ("temporery", "temporary"),
        ("nervus", "nervous"),
        ("lonley", "lonely"),
        ("freinds", "friends"),
        ("gamberling", "gambling"),
        ("probashun", "probation"),
        ("universel credit", "universal"),
        ("citizans advice", "citizens"),
        ("solisiter", "solicitor"),
        ("domestick violence", "domestic"),
        ("abbuse", "abuse"),
        // Slips of the finger.
        ("hosuing", "housing"),
        ("gardning", "gardening"),
        ("fotball", "football"),
        ("swiming", "swimming"),
        ("boxng", "boxing"),
        ("debtt", "debt"),
        ("furnitre", "furniture"),
        ("anxeity", "anxiety"),
        ("depresion", "depression"),
        ("clohtes", "clothes"),
        ("mecahnic", "mechanic"),
        ("recvery cafe", "recovery"),
        // Joined and parted.
        ("foodbnak", "food bank"),
        ("debtadvice", "debt advice"),
        ("needsomewhere to sleep", "need somewhere"),
    ] {
        let taken = taken_for(typed);
        if !taken.iter().any(|word| word == meant) {
            missed += &format!("{typed} → {meant}, but was taken for {taken:?}\n");
        }
    }
    assert!(missed.is_empty(), "{missed}");
}

#[test]
fn a_good_word_is_left_alone_although_no_service_has_it() {
    for word in [
        "wheezing",
        "ukulele",
        "wombat",
        "quantum",
        "knackered",
        "trapeze",
        "opera",
        "sausage",
        "hedgehog",
        "blimey",
        "velvet",
        "salad",
        "zebra",
        "Siobhan",
        "Llandudno",
        "Cheltenham",
        "Kieran",
        "Dundee",
    ] {
        for q in [word.to_string(), format!("{word} "), format!("I like {word} very much")] {
            assert_eq!(taken_for(&q), Vec::<String>::new(), "{q}");
        }
    }
}

#[test]
fn a_name_inside_a_sentence_is_left_alone() {
    assert_eq!(taken_for("my worker Gardn said so"), Vec::<String>::new());
    assert_eq!(taken_for("my worker gardn said so"), ["garden"]);
}

#[test]
fn short_words_and_abbreviations_are_left_alone() {
    for q in ["xq", "zz", "qd group", "pq5", "b12", "xjw"] {
        assert_eq!(taken_for(q), Vec::<String>::new(), "{q}");
    }
}

#[test]
fn misspelt_little_words_are_mended_and_passed_over() {
    for (q, meant, rest) in [
        ("hte allotment", "the", "allotment"),
        ("hlep with debt", "help", "debt"),
        ("wiht gardening", "with", "gardening"),
        ("suport for carers", "support", "carers"),
    ] {
        let understood = ask(&SAMPLE, json!({"q": q})).understood.words;
        let little = &understood[0];
        assert_eq!((little.corrected_to.as_slice(), little.ignored), (&[meant.to_string()][..], true), "{q}");
        assert!(understood.iter().any(|words| words.typed == rest && !words.ignored), "{q}");
    }
    // Where there is nothing else, it is looked for.
    let alone = ask(&SAMPLE, json!({"q": "hlep"})).understood.words;
    assert!(alone[0].corrected_to == ["help"] && !alone[0].ignored);
}

#[test]
fn a_correction_is_refused_with_exact() {
    let mended = ask(&SAMPLE, json!({"q": "gardning"}));
    assert_eq!(mended.understood.words[0].corrected_to, ["gardening"]);
    assert!(mended.total > 0);
    let exact = ask(&SAMPLE, json!({"q": "gardning", "exact": true}));
    assert!(exact.understood.words[0].corrected_to.is_empty() && exact.understood.words[0].unknown);
    // What the words stand for still counts.
    assert!(ask(&SAMPLE, json!({"q": "leccy", "exact": true})).total > 0);
}

#[test]
fn the_words_around_decide_between_two_that_are_as_near() {
    // "Meal" and "male" are as near; the phrase decides.
    let understanding = Understanding::of("a hot mael with others", &SAMPLE);
    assert_eq!(understanding.as_meant, "a hot meal with others");
}

#[test]
fn what_is_meant_is_kept_word_for_word() {
    let understanding = Understanding::of("I need hlep with my benifits, not in a church", &SAMPLE);
    assert_eq!(understanding.as_meant, "i need help with my benefits");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn a_word_of_the_directory_is_never_corrected(service in 0..250_usize, at in any::<prop::sample::Index>()) {
        let service = service % SAMPLE.facts().services.len();
        let row = SAMPLE.service_row(service).unwrap();
        let own = words(&format!("{} {} {}", row.name, row.summary, row.description));
        let word = &own[at.index(own.len())].text;
        let known = matches!(Spelling::new(&SAMPLE).judge(word), Verdict::Known { .. });
        prop_assert!(known, "{}", word);
    }

    #[test]
    fn good_words_are_not_lost_beside_misspelt_ones(noise in "[a-z]{4,12}", before in any::<bool>()) {
        let q = if before { format!("{noise} allotment") } else { format!("allotment {noise} ") };
        let understanding = Understanding::of(&q, &SAMPLE);
        prop_assert!(understanding.as_meant.split(' ').any(|word| word == "allotment"), "{}", understanding.as_meant);
        let kept = understanding.words.iter().any(|words| words.typed.contains("allotment") && !words.unknown);
        prop_assert!(kept, "{:?}", understanding.words);
    }

    #[test]
    fn any_text_is_understood(text in ".{0,200}") {
        let understanding = Understanding::of(&text, &SAMPLE);
        for words in &understanding.words {
            prop_assert!(text.get(words.span.clone()).is_some());
        }
    }

    #[test]
    fn any_words_are_understood(
        words in proptest::collection::vec("[a-z']{1,12}|not|no|without|dont want|in a|church|or|I'm", 0..25)
    ) {
        Understanding::of(&words.join(" "), &SAMPLE);
    }
}
