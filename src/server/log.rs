//! The log: one event a request, and nothing in it that tells a person.
//!
//! Promise: a request's event holds the method, the matched route (`/api/v1/services/{id}`, never the address that was
//! asked for), the status, the duration, how many results as a bucket, and the generation. No query, place, profile,
//! address, header or id; no other crate writes to the log, because their events are filtered out. A panic is logged
//! by its place in the source and not by what it said. `tests/server/privacy.rs` keeps it.

use crate::config::LogFormat;
use crate::server::error::InsideCause;
use crate::server::state::AppState;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::Instant;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

/// How many results an answer has; handlers put it on the response.
#[derive(Clone, Copy, Debug)]
pub struct ResultCount(pub usize);

impl ResultCount {
    /// The bucket that is logged: the exact number together with the minute may tell which question it was.
    fn bucket(self) -> &'static str {
        match self.0 {
            0 => "0",
            1..=9 => "1-9",
            10..=99 => "10-99",
            _ => "100+",
        }
    }
}

/// The route of requests that match none.
const UNMATCHED: &str = "unmatched";

/// Counts the request and writes its event.
pub async fn request(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = known_method(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let in_flight = state.metrics.begin();
    let mut response = next.run(request).await;
    drop(in_flight);

    let took = started.elapsed();
    let route = route.as_ref().map_or(UNMATCHED, MatchedPath::as_str);
    let status = response.status().as_u16();
    state.metrics.record(route, status, took);
    let results = response.extensions().get::<ResultCount>().map_or("-", |count| count.bucket());
    let cause = response.extensions_mut().remove::<InsideCause>();
    let snapshot = state.snapshot();
    let generation = snapshot.as_ref().map_or("none", |snapshot| snapshot.generation());
    let ms = took.as_secs_f64() * 1000.0;
    let ms = (ms * 10.0).round() / 10.0;
    match cause {
        Some(InsideCause(cause)) => {
            tracing::error!(target: "signpost::request", method, route, status, ms, results, generation, cause);
        }
        None => tracing::info!(target: "signpost::request", method, route, status, ms, results, generation),
    }
    response
}

/// The name of a common method. HTTP lets a client make one up, and it could hold anything.
fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Starts the log on stderr. Only this crate's own events are let through.
pub fn start(format: LogFormat, level: LevelFilter) {
    let ours = || Targets::new().with_target("signpost", level);
    let registry = tracing_subscriber::registry();
    // A log that was started before (by a test) stays.
    let _ = match format {
        LogFormat::Json => registry
            .with(fmt::layer().json().flatten_event(true).with_writer(std::io::stderr).with_filter(ours()))
            .try_init(),
        LogFormat::Text => {
            registry.with(fmt::layer().with_ansi(false).with_writer(std::io::stderr).with_filter(ours())).try_init()
        }
    };
    std::panic::set_hook(Box::new(|panic| {
        let (file, line) = panic.location().map_or(("unknown", 0), |place| (place.file(), place.line()));
        tracing::error!(target: "signpost::panic", file, line, "a panic inside Signpost");
    }));
}
