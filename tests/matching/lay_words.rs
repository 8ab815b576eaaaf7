//! A person's own words count (DESIGN §5, 6): words that share no stem with a service's texts find it through the
//! thesaurus, the categories and the goals, whatever is said around them.

use super::made::{a_service, answer, folder, ids, opened};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;

/// What people say, and the category that it leads to: by the thesaurus, a category's words, a goal's words.
const SAID: [(&str, &str); 5] = [
    ("somewhere to sleep", "housing"),
    ("kipping", "housing"),
    ("landlord", "housing"),
    ("nobody to talk to", "peer_support"),
    ("fresh air", "gardening"),
];
/// What is said around it and carries no weight.
const BEFORE: [&str; 6] =
    ["", "I want ", "I need help with ", "can you find me ", "please, I'm looking for ", "I've got "];
const AFTER: [&str; 4] = ["", " please", "?", " for me"];

proptest! {
    #[test]
    fn lay_words_find_every_service_of_what_they_stand_for(
        services in proptest::collection::vec(a_service(), 0..=12), said in 0..SAID.len(), before in 0..BEFORE.len(),
        after in 0..AFTER.len(),
    ) {
        let (words, category) = SAID[said];
        // Nothing in the texts gives it away.
        let services: Vec<_> = services.iter().map(|made| made.with("summary", "").with("places", "")).collect();
        let words = format!("{}{words}{}", BEFORE[before], AFTER[after]);
        let answer = answer(&opened(&folder(&services, &[])), &json!({"goals": [{"words": words}], "limit": 50}));
        let found: BTreeSet<&str> = ids(&answer).into_iter().collect();
        for (number, made) in services.iter().enumerate() {
            let is_of_it = made.row["categories"].split(';').any(|own| own == category);
            if is_of_it && made.row["status"] == "active" {
                let id = format!("s-{number:02}");
                let twins = answer["options"].as_array().unwrap().iter();
                let among = |option: &serde_json::Value| {
                    let also = option["also"].as_array().cloned().unwrap_or_default();
                    also.iter().any(|elsewhere| elsewhere["service_id"] == id.as_str())
                };
                prop_assert!(found.contains(&*id) || twins.clone().any(among), "{} for “{}”", id, words);
            }
        }
    }
}
