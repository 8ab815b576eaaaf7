//! Whether the server lives, and whether it has something to answer from. Neither waits for a permit: a busy server is
//! alive.

use crate::diagnostic::Severity;
use crate::index::Counts;
use crate::server::limits::BAD_ROWS_NAMED;
use crate::server::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Whether the server can answer questions, and how its data is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Readiness {
    pub ready: bool,
    /// `ok`; `kept_back`: it answers from the last good files, since the newest are not good enough; `no_index`; or
    /// `draining`: it has been told to stop.
    #[schema(example = "ok")]
    pub state: &'static str,
    /// The generation that is served.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "gen-0123456789abcdef")]
    pub generation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
    /// Errors and warnings in the files as they are now; `/api/v1/directory` lists them.
    pub errors: usize,
    pub warnings: usize,
    /// The rows with errors, as file, line, id and code; the first twenty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(example = json!(["services.csv:131 fenny-row-beds E050"]))]
    pub bad_rows: Vec<String>,
    /// Why the newest files are not served, one sentence each.
    pub kept_back: Vec<String>,
}

/// The process runs and answers.
#[utoipa::path(get, operation_id = "live", path = "/health/live", tag = "health", responses((status = 200, description = "It lives.")))]
pub async fn live() -> &'static str {
    "alive\n"
}

/// There is a directory to answer from. 503 when there is none, or when the server has been told to stop; newest files
/// that are not good enough do not make it unready, since the last good ones are served.
#[utoipa::path(get, operation_id = "ready", path = "/health/ready", tag = "health", responses(
    (status = 200, description = "Ready.", body = Readiness),
    (status = 503, description = "Not ready, and why.", body = Readiness),
))]
pub async fn ready(State(state): State<Arc<AppState>>) -> Response {
    let snapshot = state.snapshot();
    let status = state.status();
    let count = |severity| status.problems.iter().filter(|problem| problem.severity == severity).count();
    let word = match () {
        () if state.is_draining() => "draining",
        () if snapshot.is_none() => "no_index",
        () if !status.kept_back.is_empty() => "kept_back",
        () => "ok",
    };
    let readiness = Readiness {
        ready: matches!(word, "ok" | "kept_back"),
        state: word,
        generation: snapshot.as_ref().map(|snapshot| snapshot.generation().to_string()),
        counts: snapshot.as_ref().map(|snapshot| snapshot.counts()),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        bad_rows: status.bad_rows(BAD_ROWS_NAMED),
        kept_back: status.kept_back.clone(),
    };
    let code = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (code, Json(readiness)).into_response()
}
