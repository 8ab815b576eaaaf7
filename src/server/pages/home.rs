//! The first page: what this is, and the doors to it, one for each who uses it.

use super::frame::{Frame, Section};
use super::render;
use crate::server::state::AppState;
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    /// What the directory holds, if there is one.
    counts: Option<String>,
}

pub(super) async fn page(State(state): State<Arc<AppState>>, uri: Uri) -> Response {
    let frame = Frame::new(&state, &uri, Section::Home);
    let counts = state.snapshot().map(|snapshot| {
        let counts = snapshot.counts();
        let services = frame.t.count("home.services", counts.services as u64, &[]);
        let organisations = frame.t.count("home.organisations", counts.organisations as u64, &[]);
        let places = frame.t.count("home.places", counts.locations as u64, &[]);
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("services", &services), ("organisations", &organisations), ("places", &places)];
        frame.t.say("home.counts", &values)
    });
    render(&Home { frame, counts })
}
