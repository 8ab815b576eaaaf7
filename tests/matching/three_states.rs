//! Fits, does not fit, not stated (DESIGN §5, 2): a service that fits, a copy that does not state one thing, and a copy
//! that does not fit in that one thing.

use super::made::{Made, a_service, answer, folder, ids, merged, opened, options, services};
use proptest::prelude::*;
use serde_json::{Value, json};

const OPEN: [&str; 4] = ["hall-1", "Mo-Su 08:00-22:00", "", ""];

/// One thing that may be in the way.
struct Thing {
    name: &'static str,
    asked: Value,
    /// The field to check first when it is not stated.
    field: &'static str,
    not_stated: Option<Made>,
    does_not_fit: Made,
}

fn things(fits: &Made) -> Vec<Thing> {
    let column = |name, asked: Value, field: &'static str, column, other: &str| Thing {
        name,
        asked,
        field,
        not_stated: Some(fits.with(column, "")),
        does_not_fit: fits.with(column, other),
    };
    vec![
        column("age", json!({"about": {"age": 34}}), "services.minimum_age", "minimum_age", "50"),
        column("audience", json!({"about": {"audiences": ["women"]}}), "services.only_for", "only_for", "veterans"),
        column("convictions", json!({"about": {"convictions": true}}), "services.convictions", "convictions", "no"),
        column("language", json!({"about": {"languages": ["pl"]}}), "services.languages", "languages", "ur"),
        column("places", json!({}), "services.places", "places", "full"),
        Thing {
            name: "access",
            asked: json!({"about": {"access": ["step_free"]}}),
            field: "locations.accessibility",
            not_stated: Some(fits.at(&[["hall-silent", OPEN[1], "", ""]])),
            does_not_fit: fits.at(&[["hall-parking", OPEN[1], "", ""]]),
        },
        Thing {
            name: "when",
            asked: json!({"when": "Mo-Fr 18:00-22:00"}),
            field: "sessions.opening_hours",
            not_stated: Some(fits.at(&[["hall-1", "", "", ""]])),
            does_not_fit: fits.at(&[["hall-1", "Sa 03:00-04:00", "", ""]]),
        },
        Thing {
            name: "distance",
            asked: json!({"near": {"latitude": 53.48, "longitude": -2.24}, "within_km": 5}),
            field: "",
            not_stated: None,
            does_not_fit: fits.at(&[["hall-5", OPEN[1], "", ""]]).with("covers", ""),
        },
        Thing {
            name: "area",
            asked: json!({"near": {"latitude": 53.48, "longitude": -2.24}}),
            field: "services.covers",
            not_stated: Some(fits.with("covers", "leigh")),
            does_not_fit: fits.at(&[["", OPEN[1], "", ""]]).with("covers", "leigh"),
        },
    ]
}

/// A service that fits whatever is asked here, and otherwise any.
fn that_fits(any: &Made) -> Made {
    let stated = [
        ("status", "active"),
        ("categories", "peer_support"),
        ("minimum_age", "18"),
        ("maximum_age", ""),
        ("only_for", "women"),
        ("welcomes", ""),
        ("convictions", "yes"),
        ("languages", "pl"),
        ("places", "open"),
        ("covers", "manchester"),
        ("organisation_id", "t-1"),
    ];
    stated.iter().fold(any.at(&[OPEN]), |made, (column, value)| made.with(column, value))
}

proptest! {
    #[test]
    fn not_stated_is_kept_below_what_fits_and_checked_first_and_a_misfit_is_a_near_miss(
        any in a_service(), others in services(4), which in 0..9usize, everything in any::<bool>(),
    ) {
        let fits = that_fits(&any);
        let thing = things(&fits).into_iter().nth(which).unwrap();
        let said = if everything {
            let about = json!({"age": 34, "audiences": ["women"], "languages": ["pl"], "access": ["step_free"],
                "convictions": true});
            merged(&[json!({"about": about}), json!({"when": "Mo-Fr 18:00-22:00"}),
                json!({"near": {"latitude": 53.48, "longitude": -2.24}, "within_km": 5})])
        } else {
            thing.asked.clone()
        };
        let profile = merged(&[json!({"goals": [{"goal": "belonging"}], "limit": 50}), said]);
        // The first by id is the last by merit, so that ids help nobody.
        let mut named = vec![("c-fits", fits.clone()), ("a-misfit", thing.does_not_fit.with("organisation_id", "t-3"))];
        named.extend(thing.not_stated.as_ref().map(|made| ("b-silent", made.with("organisation_id", "t-2"))));
        let answer = answer(&opened(&folder(&others, &named)), &profile);

        let order = ids(&answer);
        let fitting = order.iter().position(|id| *id == "c-fits");
        prop_assert!(fitting.is_some(), "{:?}", order);
        if thing.not_stated.is_some() {
            let silent = order.iter().position(|id| *id == "b-silent");
            prop_assert!(fitting < silent, "{}: {:?}", thing.name, order);
            let checks = options(&answer)[silent.unwrap()]["check_first"].as_array().unwrap().clone();
            prop_assert!(checks.iter().any(|check| check["field"] == thing.field), "{}: {:?}", thing.name, checks);
        }
        prop_assert!(!order.contains(&"a-misfit"), "{}", thing.name);
        prop_assert!(answer["ruled_out"][thing.name].as_u64() >= Some(1), "{}", answer["ruled_out"]);
        if others.is_empty() {
            prop_assert_eq!(&answer["ruled_out"], &json!({thing.name: 1}));
        }
        let almost = answer["almost"].as_array().unwrap();
        let miss = almost.iter().find(|miss| miss["service"]["id"] == "a-misfit");
        prop_assert_eq!(miss.map(|miss| miss["in_the_way"].clone()), Some(json!(thing.name)));
    }
}
