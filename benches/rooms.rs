//! How long the server takes for each page of the navigator, of a service and of the directory, in process, on the sample
//! directory: reported, not asserted. `cargo bench --bench rooms`.

#![allow(clippy::expect_used, clippy::print_stdout)]

use axum::body::Body;
use axum::http::Request;
use criterion::{Criterion, criterion_group, criterion_main};
use http_body_util::BodyExt;
use jiff::civil::{DateTime, date};
use signpost::gazetteer::Gazetteer;
use signpost::server::limits::Limits;
use signpost::server::reload::{self, Folders};
use signpost::server::router;
use signpost::server::site::Site;
use signpost::server::state::AppState;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// A Friday evening: the answers must not depend on when this runs.
fn now() -> DateTime {
    date(2026, 11, 27).at(18, 30, 0, 0)
}

/// Pages by their address, and the form that is sent if one is.
const PAGES: [(&str, &str, Option<&str>); 8] = [
    ("the navigator's first page", "/navigator", None),
    ("results near a postcode", "/navigator", Some("q=somewhere+to+sleep&near=M1+4BT&within_km=8")),
    ("results with filters", "/navigator", Some("near=Salford&category=food&audience=women&age=34&free=true")),
    ("completions", "/navigator/suggest", Some("q=box")),
    ("options for one person", "/navigator/person", Some("match=yes&goal1=nobody+to+talk+to&near=M1+4BT")),
    ("side by side", "/navigator/compare", Some("keep=alongside-gate-mentors&keep=acre-shared-plot")),
    ("one service", "/services/alongside-gate-mentors", None),
    ("the directory's page", "/directory", None),
];

fn request(path: &str, form: Option<&str>) -> Request<Body> {
    let builder = match form {
        Some(_) => Request::post(path).header("content-type", "application/x-www-form-urlencoded"),
        None => Request::get(path),
    };
    builder.body(Body::from(form.unwrap_or_default().to_string())).expect("the request is well formed")
}

fn pages(criterion: &mut Criterion) {
    let index = tempfile::tempdir().expect("a temporary folder");
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory");
    let site = Site { directory: Some(directory.clone()), ..Site::default() };
    let state = AppState::new(Gazetteer::built_in(), now, Limits::default()).with_site(site);
    let folders = Folders {
        directory,
        index: index.path().to_path_buf(),
        accept_shrink: false,
        moment: signpost::clock::utc_now,
    };
    reload::update(&state, &folders).expect("the sample directory is good");
    let app = router(Arc::new(state));
    let runtime = Runtime::new().expect("threads");
    let once = |path: &str, form: Option<&str>| {
        runtime.block_on(async {
            let response = app.clone().oneshot(request(path, form)).await.expect("a router always answers");
            assert_eq!(response.status(), 200, "{path}");
            response.into_body().collect().await.expect("a body in memory").to_bytes().len()
        })
    };
    let mut group = criterion.benchmark_group("pages");
    for (name, path, form) in PAGES {
        println!("{name}: {} bytes", once(path, form));
        group.bench_function(name, |bencher| bencher.iter(|| once(path, form)));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_millis(1500));
    targets = pages
}
criterion_main!(benches);
