//! The JSON API, one file a resource.

pub mod directory;
pub mod gazetteer;
pub mod matching;
pub mod organisations;
pub mod plan;
pub mod services;
pub mod suggest;
pub mod vocabulary;

mod geojson;
mod paging;
pub(super) mod spreadsheet;

use crate::index::Snapshot;
use crate::model::Id;
use crate::search::{Circumstances, Uses};
use crate::server::error::{Kind, Problem};
use crate::server::etag;
use crate::server::limits::in_time;
use crate::server::state::AppState;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;
use tokio::time::Instant;

/// What handlers give: an answer or a problem.
pub(in crate::server) type Answered = Result<Response, Problem>;

/// Works on the generation that is served now, under a permit and away from the threads that serve connections.
/// Everything that touches the index goes through here: it may wait for the disk.
pub(in crate::server) async fn work<F>(state: &Arc<AppState>, deadline: Instant, task: F) -> Answered
where
    F: FnOnce(&Snapshot, &Circumstances<'_>) -> Answered + Send + 'static,
{
    let snapshot = state.snapshot().ok_or(Problem::new(Kind::NoIndex))?;
    let for_work = Arc::clone(state);
    in_time(state, deadline, move |out_of_time| {
        let gazetteer = &for_work.gazetteer;
        task(&snapshot, &Circumstances { gazetteer, now: (for_work.clock)(), out_of_time, uses: Uses::ALL })
    })
    .await?
}

/// Works out an answer that depends on nothing but the directory: with an ETag, and 304 for whoever has it already.
pub(in crate::server) async fn unchanging<T, F>(state: &Arc<AppState>, headers: &HeaderMap, task: F) -> Answered
where
    T: Serialize,
    F: FnOnce(&Snapshot) -> Result<T, Problem> + Send + 'static,
{
    let snapshot = state.snapshot().ok_or(Problem::new(Kind::NoIndex))?;
    if let Some(response) = etag::unchanged(headers, snapshot.generation()) {
        return Ok(response);
    }
    in_time(state, deadline(state), move |_| {
        let response = json(&task(&snapshot)?)?;
        Ok(etag::mark(response, snapshot.generation()))
    })
    .await?
}

/// When a request that begins now must have its answer.
pub(in crate::server) fn deadline(state: &AppState) -> Instant {
    Instant::now() + state.limits.deadline
}

/// A JSON response.
pub(in crate::server) fn json(value: &impl Serialize) -> Answered {
    let body = serde_json::to_vec(value).map_err(|_| Problem::inside("an answer could not be written as JSON"))?;
    Ok(with_type(body, "application/json"))
}

fn with_type(body: Vec<u8>, content_type: &'static str) -> Response {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// An id from a path; what cannot be an id leads nowhere.
fn id(text: &str) -> Result<Id, Problem> {
    Id::new(text).map_err(|_| Problem::new(Kind::NotFound))
}
