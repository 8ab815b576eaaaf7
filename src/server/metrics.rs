//! Counters as text for Prometheus: a few numbers of our own rather than a crate.
//!
//! Labels are the matched route and the status class: a bounded set, and nothing in it that tells a person.

use crate::server::state::AppState;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Upper ends of the duration buckets in seconds: from "at once" to the deadline.
const BUCKETS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];

/// Requests of one route with one class of status.
#[derive(Clone, Default)]
struct Series {
    count: u64,
    seconds: f64,
    buckets: [u64; BUCKETS.len()],
}

/// How a look at changed files ended.
#[derive(Clone, Copy, Debug)]
pub enum Reload {
    /// A new generation, or the same facts in changed files.
    Taken,
    /// The files were not good enough to replace what is served.
    KeptBack,
    /// The update failed.
    Failed,
}

/// What is counted.
#[derive(Default)]
pub struct Metrics {
    requests: Mutex<BTreeMap<(String, u16), Series>>,
    in_flight: AtomicUsize,
    shed: AtomicU64,
    reloads: [AtomicU64; 3],
}

/// A request that is being answered; counted until it is dropped.
pub struct InFlight<'a>(&'a AtomicUsize);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    /// A request has come.
    pub fn begin(&self) -> InFlight<'_> {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(&self.in_flight)
    }

    /// A request has been answered.
    pub fn record(&self, route: &str, status: u16, took: Duration) {
        let seconds = took.as_secs_f64();
        let mut requests = self.requests();
        let series = requests.entry((route.to_string(), status / 100)).or_default();
        series.count += 1;
        series.seconds += seconds;
        for (bucket, end) in series.buckets.iter_mut().zip(BUCKETS) {
            *bucket += u64::from(seconds <= end);
        }
    }

    /// A request was turned away because too many were waiting.
    pub fn shed(&self) {
        self.shed.fetch_add(1, Ordering::Relaxed);
    }

    /// The files were looked at again.
    pub fn reload(&self, result: Reload) {
        self.reloads[result as usize].fetch_add(1, Ordering::Relaxed);
    }

    fn requests(&self) -> MutexGuard<'_, BTreeMap<(String, u16), Series>> {
        // A panic while counting leaves numbers that are off by one, not wrong in kind.
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The text that Prometheus reads, version 0.0.4 of its format.
    fn render(&self, state: &AppState) -> String {
        let mut text = String::new();
        let mut line = |parts: std::fmt::Arguments<'_>| {
            // Writing to a String does not fail.
            let _ = writeln!(text, "{parts}");
        };
        let requests = self.requests().clone();
        line(format_args!("# HELP signpost_requests_total Requests answered, by matched route and class of status."));
        line(format_args!("# TYPE signpost_requests_total counter"));
        for ((route, class), series) in &requests {
            let count = series.count;
            line(format_args!("signpost_requests_total{{route=\"{route}\",status=\"{class}xx\"}} {count}"));
        }
        line(format_args!("# HELP signpost_request_seconds How long requests took."));
        line(format_args!("# TYPE signpost_request_seconds histogram"));
        for ((route, class), series) in &requests {
            let labels = format!("route=\"{route}\",status=\"{class}xx\"");
            let (count, seconds) = (series.count, series.seconds);
            for (end, bucket) in BUCKETS.iter().zip(series.buckets) {
                line(format_args!("signpost_request_seconds_bucket{{{labels},le=\"{end}\"}} {bucket}"));
            }
            line(format_args!("signpost_request_seconds_bucket{{{labels},le=\"+Inf\"}} {count}"));
            line(format_args!("signpost_request_seconds_sum{{{labels}}} {seconds:.6}"));
            line(format_args!("signpost_request_seconds_count{{{labels}}} {count}"));
        }
        line(format_args!("# HELP signpost_requests_in_flight Requests being answered now."));
        line(format_args!("# TYPE signpost_requests_in_flight gauge"));
        line(format_args!("signpost_requests_in_flight {}", self.in_flight.load(Ordering::Relaxed)));
        line(format_args!("# HELP signpost_requests_shed_total Requests turned away because too many were waiting."));
        line(format_args!("# TYPE signpost_requests_shed_total counter"));
        line(format_args!("signpost_requests_shed_total {}", self.shed.load(Ordering::Relaxed)));
        line(format_args!("# HELP signpost_reloads_total Looks at changed directory files, by how they ended."));
        line(format_args!("# TYPE signpost_reloads_total counter"));
        for (result, count) in ["taken", "kept_back", "failed"].iter().zip(&self.reloads) {
            line(format_args!("signpost_reloads_total{{result=\"{result}\"}} {}", count.load(Ordering::Relaxed)));
        }
        if let Some(snapshot) = state.snapshot() {
            let (generation, counts) = (snapshot.generation(), snapshot.counts());
            line(format_args!("# HELP signpost_generation_info The generation that is served."));
            line(format_args!("# TYPE signpost_generation_info gauge"));
            line(format_args!("signpost_generation_info{{generation=\"{generation}\"}} 1"));
            line(format_args!("# HELP signpost_services Services in the directory."));
            line(format_args!("# TYPE signpost_services gauge"));
            line(format_args!("signpost_services {}", counts.services));
        }
        text
    }
}

/// `GET /metrics`.
pub async fn metrics(State(state): State<Arc<AppState>>) -> Response {
    let text = state.metrics.render(&state);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
