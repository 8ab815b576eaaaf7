//! Everything that is wrong with a profile, with its field and its cure.

use super::made::{asked, folder, opened};
use serde_json::{Value, json};
use signpost::index::Snapshot;

fn told(snapshot: &Snapshot, profile: &Value) -> String {
    match asked(snapshot, profile) {
        Ok(_) => "nothing is wrong\n".to_string(),
        Err(mistakes) => mistakes.iter().map(|mistake| format!("{} {mistake}\n", mistake.kind.name())).collect(),
    }
}

#[test]
fn each_mistake_names_its_field_and_its_cure() {
    let snapshot = opened(&folder(&[], &[]));
    let goals = json!([{"goal": "belonging"}]);
    let one = |field: &str, value: Value| json!({"goals": goals, field: value});
    let goal = |goal: Value| json!({"goals": [goal]});
    let wrong = [
        ("no goals", json!({"goals": []})),
        ("six goals", json!({"goals": vec![json!({"goal": "belonging"}); 6]})),
        ("a goal that says nothing", goal(json!({}))),
        ("code and words", goal(json!({"goal": "belonging", "words": "friends"}))),
        ("a goal nearly right", goal(json!({"goal": "belongings"}))),
        ("a goal of no kind", goal(json!({"goal": "zzz"}))),
        ("no words", goal(json!({"words": "  "}))),
        ("201 characters", goal(json!({"words": "a".repeat(201)}))),
        ("control characters", goal(json!({"words": "make\u{0} friends"}))),
        ("importance 0", goal(json!({"goal": "belonging", "importance": 0}))),
        ("importance 4", goal(json!({"goal": "belonging", "importance": 4}))),
        ("hours in a person's writing", one("when", json!("Mon-Fri 6pm-10pm"))),
        ("hours of no kind", one("when", json!("whenever"))),
        ("no hours", one("when", json!(""))),
        ("travel", one("travel", json!("train"))),
        ("age -1", one("about", json!({"age": -1}))),
        ("age 200", one("about", json!({"age": 200}))),
        ("an audience nearly right", one("about", json!({"audiences": ["woman"]}))),
        ("a language by name", one("about", json!({"languages": ["Polish"]}))),
        ("an access need nearly right", one("about", json!({"access": ["stepfree"]}))),
        ("who leads it", one("prefer", json!({"led_by": ["peer"]}))),
        ("a place nobody knows", one("near", json!("Xyzzyville"))),
        ("a place off the earth", one("near", json!({"latitude": 91, "longitude": 0}))),
        ("how far, from nowhere", one("within_km", json!(5))),
        ("how far, 0", json!({"goals": goals, "near": "M1 4BT", "within_km": 0})),
        ("spend -1", one("spend", json!({"most": -1}))),
        ("a fund of no kind", one("spend", json!({"fund": "lottery"}))),
        ("limit 0", one("limit", json!(0))),
        ("limit 51", one("limit", json!(51))),
        (
            "all at once",
            json!({"goals": [{"goal": "belonging", "importance": 9}, {}], "travel": "train", "limit": 0,
                   "about": {"age": 200}}),
        ),
    ];
    let table: String =
        wrong.iter().map(|(name, profile)| format!("{name}\n{}\n", indented(&told(&snapshot, profile)))).collect();
    insta::assert_snapshot!(table);
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

#[test]
fn the_edges_are_right() {
    let snapshot = opened(&folder(&[], &[]));
    for profile in [
        json!({"goals": [{"goal": " belonging ", "importance": 1}], "limit": 1, "about": {"age": 0}}),
        json!({"goals": vec![json!({"words": "ż".repeat(200), "importance": 3}); 5], "limit": 50, "about": {"age": 120}}),
        json!({"goals": [{"goal": "belonging"}], "near": "m14bt", "within_km": 0.1, "spend": {"most": 0}}),
        json!({"goals": [{"words": "?!"}], "near": "M1", "within_km": 500, "when": "24/7"}),
    ] {
        assert_eq!(told(&snapshot, &profile), "nothing is wrong\n");
    }
}
