//! How long a question takes on the sample directory, in process: reported, not asserted. `cargo bench`.

#![allow(clippy::expect_used, clippy::print_stdout)]

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::{DateTime, date};
use signpost::gazetteer::Gazetteer;
use signpost::index::{self, Snapshot};
use signpost::matching::profile::{About, AskedGoal, Prefer, Profile, Spend};
use signpost::matching::{Manner, match_profile};
use signpost::search::ask::{Ask, Near};
use signpost::search::understand::Understanding;
use signpost::search::{Circumstances, Uses, search, suggest};
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// A Friday evening: the answers must not depend on when this runs.
fn now() -> DateTime {
    date(2026, 11, 27).at(18, 30, 0, 0)
}

/// Questions as the pairs of a query string.
const QUESTIONS: [(&str, &[(&str, &str)]); 6] = [
    ("keyword, postcode and radius", &[("q", "boxing"), ("near", "M1 4BT"), ("within_km", "5")]),
    ("lay phrase", &[("q", "somewhere to sleep tonight")]),
    ("typo", &[("q", "gardning voluntering")]),
    ("no text, near only", &[("near", "M1 4BT")]),
    (
        "all filters",
        &[
            ("q", "friends"),
            ("near", "Manchester"),
            ("within_km", "20"),
            ("category", "community,safety,family"),
            ("goal", "new_friends,belonging"),
            ("audience", "women"),
            ("age", "34"),
            ("language", "en"),
            ("access", "step_free"),
            ("delivery", "in_person,online"),
            ("referral", "drop_in,self"),
            ("led_by", "peers,volunteers,members,professionals"),
            ("free", "true"),
            ("convictions", "true"),
            ("open_at", "2026-11-26T13:00"),
        ],
    ),
    ("everything, with facets", &[]),
];

fn questions(criterion: &mut Criterion) {
    let gazetteer = Gazetteer::built_in();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let snapshot = sample(&gazetteer, folder.path());
    let circumstances = Circumstances { gazetteer: &gazetteer, now: now(), out_of_time: &|| false, uses: Uses::ALL };

    let mut group = criterion.benchmark_group("search");
    for (name, pairs) in QUESTIONS {
        let ask = Ask::from_pairs(pairs.iter().copied()).expect("the question is well formed");
        let once = || search(&snapshot, &ask, &circumstances).expect("the question has an answer");
        println!("{name}: {} services", once().total);
        group.bench_function(name, |bencher| bencher.iter(|| black_box(once())));
    }
    group.finish();

    let mut group = criterion.benchmark_group("understand");
    for text in [
        "boxing",
        "I've got nobody to talk to and nowt to do all day",
        "hlep with benifits and councelling, not in a church",
        "gardning voluntering",
    ] {
        group.bench_function(text, |bencher| bencher.iter(|| black_box(Understanding::of(black_box(text), &snapshot))));
    }
    group.finish();

    let mut group = criterion.benchmark_group("suggest");
    for typed in ["ga", "citizens ad"] {
        group.bench_function(typed, |bencher| {
            bencher.iter(|| black_box(suggest(&snapshot, &gazetteer, black_box(typed), 10)));
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group("match");
    for (name, profile) in [("one goal and a place", one_goal()), ("everything stated", everything_stated())] {
        let once =
            || match_profile(&snapshot, &profile, &Manner::default(), &circumstances).expect("the profile has options");
        println!("{name}: {} options", once().options.len());
        group.bench_function(name, |bencher| bencher.iter(|| black_box(once())));
    }
    group.finish();
}

fn one_goal() -> Profile {
    Profile {
        goals: vec![AskedGoal { goal: Some("belonging".to_string()), ..AskedGoal::default() }],
        near: Some(Near::Text("M1 4BT".to_string())),
        ..Profile::default()
    }
}

fn everything_stated() -> Profile {
    let list = |values: &[&str]| values.iter().map(|value| value.to_string()).collect();
    let words = |words: &str| AskedGoal { words: Some(words.to_string()), ..AskedGoal::default() };
    let goal = |goal: &str| AskedGoal { goal: Some(goal.to_string()), importance: Some(3), ..AskedGoal::default() };
    Profile {
        goals: vec![
            goal("belonging"),
            goal("get_fit"),
            words("see my kids more and stay off the drink"),
            words("somewhere to sleep"),
            words("nobody to talk to"),
        ],
        near: Some(Near::Text("M1 4BT".to_string())),
        within_km: Some(10.0),
        travel: Some("bus".to_string()),
        when: Some("Mo-Fr 18:00-22:00".to_string()),
        about: About {
            age: Some(34),
            audiences: list(&["women", "on_probation"]),
            languages: list(&["pl"]),
            access: list(&["step_free"]),
            convictions: Some(true),
        },
        prefer: Prefer { led_by: list(&["peers"]), setting: list(&["group"]), delivery: list(&["in_person"]) },
        spend: Spend { most: Some(5.0), fund: Some("personal".to_string()) },
        limit: Some(12),
    }
}

/// The sample directory, indexed into a folder of its own.
fn sample(gazetteer: &Gazetteer, folder: &Path) -> Arc<Snapshot> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory");
    index::update(&directory, folder, gazetteer, None, false).expect("the sample directory is good").snapshot
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_millis(1500));
    targets = questions
}
criterion_main!(benches);
