//! Completions while somebody types.

use super::{Answered, deadline, json, work};
use crate::search::{self, Suggestion};
use crate::server::log::ResultCount;
use crate::server::request;
use crate::server::state::AppState;
use axum::extract::State;
use axum::http::Uri;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// How many are shown beneath a field before it becomes a list to read.
const MOST: usize = 10;

/// Completions, the best first.
#[derive(Serialize, ToSchema)]
pub struct Suggestions {
    results: Vec<Suggestion>,
}

/// Completions of what is being typed: services, organisations, categories, goals and places.
#[utoipa::path(get, operation_id = "suggest", path = "/api/v1/suggest", tag = "services",
    params(("q" = String, Query, max_length = 200, description = "The text so far", example = "foo")),
    responses((status = 200, description = "Up to ten completions.", body = Suggestions))
)]
pub async fn suggest(State(state): State<Arc<AppState>>, uri: Uri) -> Answered {
    let text = request::only_text(&uri)?;
    work(&state, deadline(&state), move |snapshot, circumstances| {
        let results = search::suggest(snapshot, circumstances.gazetteer, &text, MOST);
        let count = ResultCount(results.len());
        let mut response = json(&Suggestions { results })?;
        response.extensions_mut().insert(count);
        Ok(response)
    })
    .await
}
