//! Ten people over the sample directory, to be read as a navigator would read them out.

use super::made::{answer, opened, options};
use crate::fixture::Folder;
use serde_json::{Value, json};
use signpost::index::Snapshot;
use std::fmt::Write;
use std::path::Path;
use std::sync::{Arc, LazyLock};

static SAMPLE: LazyLock<Arc<Snapshot>> = LazyLock::new(|| {
    let folder = Folder::empty();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory");
    for entry in std::fs::read_dir(sample).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.file(path.file_name().unwrap().to_str().unwrap())).unwrap();
    }
    opened(&folder)
});

fn read_out(profile: &Value) -> String {
    let answer = answer(&SAMPLE, profile);
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let mut out = String::new();
    for help in answer.get("crisis").map(list).unwrap_or_default() {
        writeln!(out, "!! {}", text(&help["message"])).unwrap();
    }
    for (number, option) in options(&answer).iter().enumerate() {
        let service = &option["service"];
        let (name, organisation) = (text(&service["name"]), text(&service["organisation"]["name"]));
        writeln!(out, "{}. {name} · {organisation}", number + 1).unwrap();
        for (mark, reasons) in [("+", &option["because"]), ("?", &option["check_first"])] {
            for reason in list(reasons) {
                writeln!(out, "   {mark} {}", text(&reason["text"])).unwrap();
            }
        }
        for fund in list(&option["funds"]) {
            let pays_for: Vec<String> = list(&fund["pays_for"]).iter().map(text).collect();
            writeln!(out, "   £ {}: {}", text(&fund["name"]), pays_for.join(", ")).unwrap();
        }
    }
    for miss in list(&answer["almost"]) {
        let name = text(&miss["service"]["name"]);
        writeln!(out, "almost: {name}. {}. {}", text(&miss["text"]), text(&miss["help"])).unwrap();
    }
    for gap in list(&answer["gaps"]) {
        writeln!(out, "nothing for goal {}", gap["goal"]).unwrap();
    }
    for relax in list(&answer["relax"]) {
        writeln!(out, "{}: {} more", text(&relax["text"]), relax["gains"]).unwrap();
    }
    writeln!(out, "ruled out: {}", answer["ruled_out"]).unwrap();
    out
}

#[test]
fn a_mother_who_wants_to_belong_and_speaks_polish() {
    insta::assert_snapshot!(read_out(&json!({
        "goals": [{"goal": "belonging", "importance": 3}, {"words": "see my kids more and stay off the drink"}],
        "near": "M1 4BT", "about": {"age": 34, "audiences": ["women", "mothers"], "languages": ["pl"]}, "limit": 8
    })));
}

#[test]
fn a_young_man_leaving_care_who_wants_work_on_site() {
    insta::assert_snapshot!(read_out(&json!({
        "goals": [{"words": "get a job on site"}], "near": "Bolton", "travel": "bus", "when": "Mo-Fr 18:00-22:00",
        "about": {"age": 19, "audiences": ["men", "care_leavers"], "convictions": true}, "limit": 8
    })));
}

#[test]
fn a_veteran_with_nowt_to_do_all_day() {
    insta::assert_snapshot!(read_out(&json!({
        "goals": [{"words": "nowt to do all day"}], "near": "Wigan", "travel": "walk",
        "about": {"age": 58, "audiences": ["men", "veterans"], "access": ["step_free"]}, "limit": 8
    })));
}

#[test]
fn somebody_with_nowhere_to_sleep_tonight() {
    insta::assert_snapshot!(read_out(&json!({
        "goals": [{"words": "somewhere to sleep tonight"}], "near": "M1 4BT", "limit": 8
    })));
}

#[test]
fn a_mother_of_two_who_left_home_and_wants_to_feel_safe() {
    insta::assert_snapshot!(read_out(&json!({
        "goals": [{"goal": "feel_safe_from_harm", "importance": 3}, {"words": "someone to mind the kids while I sort myself out"}],
        "near": "Bury", "within_km": 15, "travel": "bus", "spend": {"most": 2, "fund": "women"},
        "about": {"age": 29, "audiences": ["women", "mothers"]}, "limit": 8
    })));
}

#[test]
fn a_grandfather_who_wants_to_read_a_letter_for_himself_in_the_daytime() {
    insta::assert_snapshot!(read_out(&json!({
        "goals": [{"goal": "read_and_write_better"}, {"words": "read a letter on my own"}], "near": "Oldham",
        "when": "Mo-Fr 10:00-15:00", "about": {"age": 61, "audiences": ["men"], "languages": ["ur", "en"]},
        "prefer": {"setting": ["one_to_one"]}, "limit": 8
    })));
}

#[test]
fn a_wheelchair_user_who_makes_music_and_has_three_pounds() {
    insta::assert_snapshot!(read_out(&json!({
        "goals": [{"goal": "make_music", "importance": 3}, {"goal": "new_friends"}], "near": "Stockport", "travel": "car",
        "within_km": 12, "about": {"age": 45, "audiences": ["disabled_people"], "access": ["step_free", "accessible_toilet"]},
        "spend": {"most": 3}, "prefer": {"led_by": ["members"], "setting": ["group"]}, "limit": 8
    })));
}

#[test]
fn somebody_who_cannot_go_on() {
    insta::assert_snapshot!(read_out(&json!({
        "goals": [{"words": "I can't go on, I want to kill myself"}], "near": "Rochdale", "limit": 5
    })));
}

#[test]
fn somebody_of_22_who_wants_people_like_them_and_no_pub() {
    insta::assert_snapshot!(read_out(&json!({
        "goals": [{"words": "meet people like me, not in a pub"}, {"goal": "be_myself"}], "near": "M1 4BT", "travel": "walk",
        "within_km": 4, "about": {"age": 22, "audiences": ["lgbt"]}, "limit": 8
    })));
}

#[test]
fn a_night_worker_who_wants_to_start_something_where_there_is_nothing() {
    insta::assert_snapshot!(read_out(&json!({
        "goals": [{"goal": "be_with_animals_and_nature"}, {"words": "look after horses"}], "near": "Leigh", "within_km": 2,
        "travel": "cycle", "when": "Mo-Fr 09:00-11:00", "about": {"age": 38, "convictions": true},
        "spend": {"most": 0, "fund": "personal"}, "limit": 6
    })));
}
