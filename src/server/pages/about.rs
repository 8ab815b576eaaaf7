//! Whose data the places come from, and what this server keeps about people: nothing.

use super::render;
use crate::gazetteer::Gazetteer;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "about.html")]
struct About {
    attribution: &'static str,
    version: &'static str,
}

pub(super) async fn page() -> Response {
    render(&About { attribution: Gazetteer::attribution(), version: env!("CARGO_PKG_VERSION") })
}
