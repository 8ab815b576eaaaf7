//! All else equal (DESIGN §5, 3): two services that differ in one thing, of two organisations, among any others, and
//! whatever counts how much.

use super::made::{Made, a_profile, a_service, asked_of, folder, ids, merged, opened, pick, services, weights};
use proptest::prelude::*;
use serde_json::{Value, json};
use signpost::matching::Manner;
use signpost::matching::score::Weights;

const HOURS: &str = "Mo-Su 10:00-21:00";
/// From the nearest to the farthest; the second and third differ by a centimetre.
const NEAR_TO_FAR: [&str; 6] = ["hall-1", "hall-2", "hall-3", "hall-4", "hall-5", "hall-6"];

type Holds = Result<(), TestCaseError>;

/// The better of the two has the id that would lose a tie.
fn keeps_order(others: &[Made], better: &Made, worse: &Made, profile: &Value, weights: Weights) -> Holds {
    let better = better.with("organisation_id", "t-1").with("status", "active");
    let worse = worse.with("organisation_id", "t-2").with("status", "active");
    let snapshot = opened(&folder(others, &[("a-worse", worse), ("z-better", better)]));
    let answer = asked_of(&snapshot, profile, &Manner { weights, ..Manner::default() }).unwrap();
    let order = ids(&answer);
    let place = |id: &str| order.iter().position(|other| *other == id);
    if let Some(worse) = place("a-worse") {
        prop_assert!(place("z-better").is_some_and(|better| better < worse), "{:?}", order);
    }
    Ok(())
}

proptest! {
    #[test]
    fn nearer_is_never_below_farther(
        any in a_service(), others in services(6), profile in a_profile(), weights in weights(), near in 0..5usize, further in 1..6usize,
    ) {
        let far = (near + further).min(5);
        let at = |hall: usize| any.at(&[[NEAR_TO_FAR[hall], HOURS, "", ""]]);
        let here = json!({"near": {"latitude": 53.48, "longitude": -2.24}});
        keeps_order(&others, &at(near), &at(far), &merged(&[profile, here]), weights)?;
    }

    #[test]
    fn serving_more_of_the_goals_is_never_below_serving_fewer(
        any in a_service(), others in services(6), profile in a_profile(), weights in weights(), goals in pick(&[
            json!([{"goal": "belonging"}, {"goal": "own_home", "importance": 1}]),
            json!([{"goal": "belonging", "importance": 1}, {"words": "somewhere to sleep"}, {"goal": "outside_more"}]),
            json!([{"words": "nobody to talk to"}, {"words": "housing tonight"}]),
        ]),
    ) {
        let profile = merged(&[profile, json!({"goals": goals})]);
        let more = any.with("categories", "peer_support;housing");
        keeps_order(&others, &more, &any.with("categories", "peer_support"), &profile, weights)?;
    }

    #[test]
    fn free_is_never_below_what_costs_more_than_the_person_can_pay(
        any in a_service(), others in services(6), profile in a_profile(), weights in weights(),
    ) {
        let profile = merged(&[profile, json!({"spend": {"most": 5}})]);
        keeps_order(&others, &any.with("cost", "0"), &any.with("cost", "30"), &profile, weights)?;
    }

    #[test]
    fn checked_this_year_is_never_below_unchecked(
        any in a_service(), others in services(6), profile in a_profile(), weights in weights(), long_ago in any::<bool>(),
    ) {
        let unchecked = any.with("checked_on", if long_ago { "2024-01-31" } else { "" });
        keeps_order(&others, &any.with("checked_on", "2026-10-01"), &unchecked, &profile, weights)?;
    }
}
