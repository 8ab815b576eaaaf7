//! How long the server takes for each page over the sample directory, in process, from the request to the last byte of
//! the answer: the median of some hundred, reported and not asserted. `cargo bench --bench pages`.

#![allow(clippy::expect_used, clippy::print_stdout)]

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use jiff::civil::{DateTime, date};
use signpost::gazetteer::Gazetteer;
use signpost::server::limits::Limits;
use signpost::server::reload::{self, Folders};
use signpost::server::router;
use signpost::server::site::{Here, Site};
use signpost::server::state::AppState;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Answers to each page, after some to warm up.
const TIMES: usize = 200;
const WARM_UP: usize = 20;

/// The answers that a page of the kiosk goes on from.
const ANSWERS: &str = "goal=belonging&goal=get_fit&words=see+my+kids+more&start=typed&near=M1+4BT&far=bus-30&when=evening\
                       &live=1&sheet=acre-shared-plot";

/// Each page: its address, and the form that is sent, if one is.
const PAGES: [(&str, Option<&str>); 10] = [
    ("/", None),
    ("/about", None),
    ("/api/docs", None),
    ("/kiosk", None),
    ("/kiosk/en/goals", None),
    ("/kiosk/en/where", Some(ANSWERS)),
    ("/kiosk/en/when", Some(ANSWERS)),
    ("/kiosk/cy/options", Some(ANSWERS)),
    ("/kiosk/en/sheet", Some(ANSWERS)),
    ("/list?ids=acre-shared-plot", None),
];

/// A Friday evening: the answers must not depend on when this runs.
fn now() -> DateTime {
    date(2026, 11, 27).at(18, 30, 0, 0)
}

fn main() {
    let index = tempfile::tempdir().expect("a temporary folder");
    let site = Site {
        here: Some(Here { name: "Here".to_string(), near: "M1 4BT".to_string() }),
        public_url: Some("https://signpost.example.org".to_string()),
        ..Site::default()
    };
    let state = AppState::new(Gazetteer::built_in(), now, Limits::default()).with_site(site);
    let state = Arc::new(state);
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory");
    let _ = reload::update(
        &state,
        &Folders {
            directory,
            index: index.path().to_path_buf(),
            accept_shrink: false,
            moment: signpost::clock::utc_now,
        },
    );
    assert!(state.snapshot().is_some(), "the sample directory is good");
    let (app, runtime) = (router(state), Runtime::new().expect("a runtime"));
    println!("{:<32} {:>9} {:>9} {:>8}", "page", "median", "slowest", "bytes");
    for (path, form) in PAGES {
        let mut took = Vec::with_capacity(TIMES);
        let mut bytes = 0;
        for time in 0..WARM_UP + TIMES {
            let began = Instant::now();
            bytes = runtime.block_on(ask(&app, path, form));
            if time >= WARM_UP {
                took.push(began.elapsed());
            }
        }
        took.sort_unstable();
        let ms = |at: usize| took.get(at).map_or(0.0, |took: &Duration| took.as_secs_f64() * 1000.0);
        println!("{path:<32} {:>6.2} ms {:>6.2} ms {bytes:>8}", ms(TIMES / 2), ms(TIMES - 1));
    }
}

/// The bytes of an answer.
async fn ask(app: &Router, path: &str, form: Option<&'static str>) -> usize {
    let request = match form {
        None => Request::get(path).body(Body::empty()),
        Some(form) => {
            Request::post(path).header("content-type", "application/x-www-form-urlencoded").body(Body::from(form))
        }
    };
    let answer = app.clone().oneshot(request.expect("a request")).await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    answer.into_body().collect().await.expect("a body").to_bytes().len()
}
