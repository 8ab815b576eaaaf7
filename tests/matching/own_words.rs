//! A goal in a person's own words: which part of them an option serves, and which words decide nothing.

use super::made::{Made, a_service, answer, folder, opened, options};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// A plain active service.
pub fn plain(category: &str, summary: &str) -> Made {
    let any = a_service().new_tree(&mut TestRunner::deterministic()).unwrap().current();
    let empty = any.row.keys().copied().collect::<Vec<_>>();
    let made = empty.into_iter().fold(any.at(&[]), |made, column| made.with(column, ""));
    let stated = [("status", "active"), ("organisation_id", "o-1"), ("categories", category), ("summary", summary)];
    stated.iter().fold(made, |made, (column, value)| made.with(column, value))
}

/// The first reason of each option, with its field.
fn first_reasons(words: &str) -> Vec<String> {
    let services = [
        ("garden", plain("gardening", "Dig and grow").with("organisation_id", "o-2")),
        ("garden-by-canal", plain("gardening", "Dig and grow by the canal")),
        ("litter-pick", plain("volunteering", "Keep the canal clean")),
        ("talk", plain("peer_support", "Tea")),
    ];
    let snapshot = opened(&folder(&[], &services));
    let answer = answer(&snapshot, &json!({"goals": [{"words": words}]}));
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let shown = |option: &Value| {
        let reason = &option["because"][0];
        format!("{}: {} ({})", text(&option["service"]["id"]), text(&reason["text"]), text(&reason["field"]))
    };
    options(&answer).iter().map(shown).collect()
}

#[test]
fn a_word_that_stands_for_nothing_tells_services_apart() {
    insta::assert_snapshot!(first_reasons("some fresh air by the canal").join("\n"), @r"
    garden-by-canal: For “some fresh air by the canal”: Gardening (services.categories)
    garden: For “some fresh air”: Gardening (services.categories)
    litter-pick: It may help with “the canal” (services.summary)
    ");
}

#[test]
fn in_a_clause_of_its_own_it_is_a_wish() {
    insta::assert_snapshot!(first_reasons("fresh air and the canal").join("\n"), @r"
    garden-by-canal: For “fresh air”: Gardening (services.categories)
    garden: For “fresh air”: Gardening (services.categories)
    litter-pick: It may help with “the canal” (services.summary)
    ");
}

#[test]
fn each_option_says_which_part_it_serves() {
    insta::assert_snapshot!(first_reasons("I've got nobody to talk to and want more fresh air").join("\n"), @r"
    garden-by-canal: For “more fresh air”: Gardening (services.categories)
    talk: For “I've got nobody to talk to”: Peer support (services.categories)
    garden: For “more fresh air”: Gardening (services.categories)
    litter-pick: It may help with “more fresh air” (services.summary)
    ");
}
