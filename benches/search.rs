//! How long a question takes on the sample directory, in process: reported, not asserted. `cargo bench`.

#![allow(clippy::expect_used, clippy::print_stdout)]

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::{DateTime, date};
use signpost::gazetteer::Gazetteer;
use signpost::index::{self, Snapshot};
use signpost::search::ask::Ask;
use signpost::search::{Circumstances, search, suggest};
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
            ("q", "group"),
            ("near", "Salford"),
            ("within_km", "20"),
            ("category", "sport,arts,community"),
            ("goal", "new_friends"),
            ("audience", "women"),
            ("age", "34"),
            ("language", "en"),
            ("access", "step_free"),
            ("delivery", "in_person"),
            ("referral", "drop_in,self"),
            ("led_by", "peers,volunteers"),
            ("free", "true"),
            ("convictions", "true"),
            ("open_at", "2026-11-27T18:30"),
        ],
    ),
    ("everything, with facets", &[]),
];

fn questions(criterion: &mut Criterion) {
    let gazetteer = Gazetteer::built_in();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let snapshot = sample(&gazetteer, folder.path());
    let circumstances = Circumstances { gazetteer: &gazetteer, now: now(), out_of_time: &|| false };

    let mut group = criterion.benchmark_group("search");
    for (name, pairs) in QUESTIONS {
        let ask = Ask::from_pairs(pairs.iter().copied()).expect("the question is well formed");
        let once = || search(&snapshot, &ask, &circumstances).expect("the question has an answer");
        println!("{name}: {} services", once().total);
        group.bench_function(name, |bencher| bencher.iter(|| black_box(once())));
    }
    group.finish();

    let mut group = criterion.benchmark_group("suggest");
    for typed in ["ga", "citizens ad"] {
        group.bench_function(typed, |bencher| {
            bencher.iter(|| black_box(suggest(&snapshot, &gazetteer, black_box(typed), 10)));
        });
    }
    group.finish();
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
