//! Whose data the places come from, and what this server keeps about people: nothing.

use super::frame::{Frame, Section};
use super::render;
use crate::gazetteer::Gazetteer;
use crate::server::state::AppState;
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "about.html")]
struct About {
    frame: Frame,
    attribution: &'static str,
    version: String,
}

pub(super) async fn page(State(state): State<Arc<AppState>>, uri: Uri) -> Response {
    let frame = Frame::new(&state, &uri, Section::About);
    let version = frame.t.say("about_page.version", &[("version", &env!("CARGO_PKG_VERSION"))]);
    render(&About { frame, attribution: Gazetteer::attribution(), version })
}
