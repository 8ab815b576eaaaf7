//! The model that is compiled in, against what the script that made it says of the same texts; and what must hold of
//! every text.

use super::{DIMENSIONS, Gist, Likeness, Model, Sum, Vector};
use crate::index::analysis::words;
use proptest::prelude::*;

/// Texts and the directions that `data/meaning/pack.py` gives them.
const KNOWN: &str = include_str!("../../data/meaning/known.tsv");

fn sum(text: &str) -> Sum {
    Sum::of(words(text).iter().map(|word| word.text.as_str()))
}

fn vector(text: &str) -> Option<Vector> {
    sum(text).vector()
}

/// Of a service whose text is one sentence.
fn service(text: &str) -> Option<Gist> {
    sum(text).of_service([sum(text)].into_iter())
}

/// Of a question and a service's text.
fn likeness(question: &str, text: &str) -> f32 {
    sum(question).of_question().unwrap().question().likeness(&service(text).unwrap().to_bytes()).cosine()
}

#[test]
fn the_model_says_what_the_script_that_made_it_says() {
    assert!(Model::compiled_in().word("homeless").is_some());
    for line in KNOWN.lines() {
        let [text, kind, numbers] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        if let Some(whose) = kind.strip_suffix("'s needs") {
            let gist = if whose == "question" { sum(text).of_question() } else { service(text) };
            let ours: Vec<(usize, u8)> = gist.map(|gist| gist.needs.stated().collect()).unwrap_or_default();
            let theirs = numbers.split_whitespace().map(|pair| pair.split_once(':').unwrap());
            let theirs: Vec<(usize, u8)> =
                theirs.map(|(k, share)| (k.parse().unwrap(), share.parse().unwrap())).collect();
            let share = |of: &[(usize, u8)], need| of.iter().find(|(k, _)| *k == need).map_or(0, |(_, share)| *share);
            let all = ours.iter().chain(&theirs).map(|(need, _)| *need);
            for need in all {
                // A number that is rounded the other way moves a share a little.
                assert!(share(&ours, need).abs_diff(share(&theirs, need)) <= 4, "{text}: {ours:?} is not {theirs:?}");
            }
            continue;
        }
        let numbers: Vec<i16> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
        let ours = match kind {
            "sum" => sum(text).vector(),
            "question" => sum(text).of_question().map(|gist| gist.direction),
            "service" => service(text).map(|gist| gist.direction),
            other => panic!("{other}"),
        };
        let ours = ours.map_or([0; DIMENSIONS], |vector| vector.widened());
        // The order of additions may differ, and with it the last digit.
        let close = ours.iter().zip(&numbers).all(|(a, b)| (a - b).abs() <= 1);
        assert!(close, "{text}: {ours:?} is not {numbers:?}");
    }
}

#[test]
fn it_is_no_larger_than_was_promised() {
    assert!(include_bytes!("../../data/meaning/model.bin").len() <= 8_000_000);
}

#[test]
fn lay_words_lie_near_what_answers_them() {
    let near_and_far = [
        ("somewhere to sleep tonight", "night shelter for homeless people", "allotments and gardening club"),
        ("nobody to talk to", "befriending for lonely people", "plumbing and heating course"),
        ("skint and nowt to eat", "food bank", "amateur boxing club"),
        ("stay off the drink", "support for people with alcohol problems", "parent and toddler group"),
        ("see my kids", "child contact centre", "english classes for speakers of other languages"),
    ];
    for (need, near, far) in near_and_far {
        let (near, far) = (likeness(need, near), likeness(need, far));
        assert!(near > far + 0.2, "{need}: {near} and {far}");
    }
}

#[test]
fn a_choir_is_no_quire_of_paper() {
    // Below what a search takes for an answer (`search/sense.rs`).
    assert!(likeness("choir", "quire of paper supplies") < 0.4);
}

#[test]
fn a_file_of_another_form_is_refused() {
    assert!(Model::open(b"").is_none());
    assert!(Model::open(b"SPM1").is_none());
    let whole: &[u8] = include_bytes!("../../data/meaning/model.bin");
    assert!(Model::open(&whole[..whole.len() - 1]).is_none());
    let longer = [whole, &[0]].concat();
    assert!(Model::open(&longer).is_none());
}

proptest! {
    #[test]
    fn every_text_has_a_direction_of_the_same_length_or_none(text in "\\PC{0,60}") {
        if let Some(vector) = vector(&text) {
            let same = vector.likeness(&vector).cosine();
            prop_assert!((0.9..1.1).contains(&same), "{same}");
        }
    }

    #[test]
    fn likeness_does_not_ask_which_came_first(a in "[a-z ]{1,30}", b in "[a-z ]{1,30}") {
        if let (Some(a), Some(b)) = (vector(&a), vector(&b)) {
            prop_assert_eq!(a.likeness(&b), b.likeness(&a));
            prop_assert!(a.likeness(&b) <= Likeness::new(1.1));
        }
    }

    #[test]
    fn saying_it_twice_changes_nothing(text in "[a-z]{1,12}( [a-z]{1,12}){0,4}") {
        // Twice the same words with nothing between that could make a pair.
        let twice = |text: &str| {
            let mut sum = Sum::default();
            for _ in 0..2 {
                sum.add(words(text).iter().map(|word| word.text.as_str()), 1.0);
            }
            sum.vector()
        };
        prop_assert_eq!(vector(&text), twice(&text));
    }
}
