//! What a person says about themselves is used for eligibility only (DESIGN §5, 5).

use super::made::{Made, a_profile, about, answer, folder, ids, merged, opened, options, services};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Columns in which a service states something about the people it is for.
const PERSONAL: [&str; 6] = ["minimum_age", "maximum_age", "only_for", "welcomes", "convictions", "languages"];

fn states_nothing(made: &Made) -> bool {
    PERSONAL.iter().all(|column| made.row[column].is_empty())
}

/// The same profile with another age, audience, language or record; what is needed to get in stays.
fn said_otherwise(profile: &Value, about: &Value) -> Value {
    let mut about = about.clone();
    about.as_object_mut().unwrap().remove("access");
    if let Some(access) = profile["about"].get("access") {
        about["access"] = access.clone();
    }
    merged(&[profile.clone(), json!({"about": about})])
}

proptest! {
    #[test]
    fn scores_of_services_that_state_nothing_about_people_do_not_change(
        services in services(12), profile in a_profile(), about in about(),
    ) {
        let snapshot = opened(&folder(&services, &[]));
        let answers = [answer(&snapshot, &profile), answer(&snapshot, &said_otherwise(&profile, &about))];
        let [before, after] = answers.map(|answer| {
            let silent = options(&answer).iter().filter(|option| is_silent(option, &services));
            silent.map(|o| (o["service"]["id"].to_string(), o["score"].clone())).collect::<BTreeMap<_, _>>()
        });
        // They are the same services, too: nothing that they do not state rules them out.
        prop_assert_eq!(before, after);
    }

    #[test]
    fn services_that_state_nothing_about_people_keep_their_order(
        mut services in services(7), profile in a_profile(), about in about(), halls in proptest::collection::vec(0..6usize, 7),
    ) {
        const HALLS: [&str; 6] = ["hall-1", "hall-2", "hall-3", "hall-4", "hall-5", "hall-6"];
        const ORGANISATIONS: [&str; 7] = ["o-1", "o-2", "o-3", "o-4", "t-1", "t-2", "t-3"];
        // Neither organisations repeat nor ways of taking part differ, and one goal is served by all options.
        for ((made, hall), organisation) in services.iter_mut().zip(halls).zip(ORGANISATIONS) {
            *made = made.at(&[[HALLS[hall], "Mo-Su 10:00-21:00", "", ""]]).with("organisation_id", organisation);
        }
        let profile = merged(&[profile, json!({"goals": [{"goal": "belonging"}]})]);
        let snapshot = opened(&folder(&services, &[]));
        let answers = [answer(&snapshot, &profile), answer(&snapshot, &said_otherwise(&profile, &about))];
        let [before, after] = answers.map(|answer| {
            let silent = |id: &&str| options(&answer).iter().any(|o| o["service"]["id"] == **id && is_silent(o, &services));
            ids(&answer).into_iter().filter(silent).map(str::to_string).collect::<Vec<_>>()
        });
        prop_assert_eq!(before, after);
    }
}

fn is_silent(option: &Value, services: &[Made]) -> bool {
    let id = option["service"]["id"].as_str().unwrap();
    let number: usize = id.trim_start_matches("s-").parse().unwrap();
    states_nothing(&services[number])
}
