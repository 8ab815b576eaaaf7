//! The first page: what this is and where to go on.

use super::render;
use crate::index::Counts;
use crate::server::state::AppState;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    sample: bool,
    counts: Option<Counts>,
}

pub(super) async fn page(State(state): State<Arc<AppState>>) -> Response {
    let snapshot = state.snapshot();
    let sample = snapshot.as_ref().is_some_and(|snapshot| snapshot.vocabulary().is_sample);
    render(&Home { sample, counts: snapshot.map(|snapshot| snapshot.counts()) })
}
