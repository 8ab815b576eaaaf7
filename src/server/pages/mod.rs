//! Pages for people: what this is, whose data it uses, how the API is used, what its problems mean. Rendered on the
//! server, readable without scripts, with styles of our own from inside the binary (`assets`), in the reader's language
//! (`frame`); what is said of a service (`told`) and its place on a `map` are the same on each.

pub mod assets;
pub(super) mod frame;
mod entry;

mod map;
mod told;

mod about;
mod directory;
mod docs;
mod home;
mod kiosk;
mod list;
mod navigator;
mod plan;
mod problems;
mod service;

pub(super) use plan::plan;
pub(super) use problems::for_people;

use crate::language::Language;
use crate::server::error::Problem;
use crate::server::openapi;
use crate::server::state::AppState;
use askama::Template;
use axum::Router;
use axum::http::Uri;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use frame::{Frame, Section};
use std::sync::Arc;
use utoipa::openapi::OpenApi;

/// The routes of the pages. The description of the API is rendered once.
pub(super) fn routes(state: &AppState, description: &Arc<OpenApi>) -> Router<Arc<AppState>> {
    let for_json = Arc::clone(description);
    let docs = docs::page(description, Frame::of(state, Language::English, "/api/docs", Section::Api));
    Router::new()
        .route("/", get(home::page))
        .merge(navigator::routes())
        .merge(directory::routes())
        .route("/services/{id}", get(service::page))
        .route("/about", get(about::page))
        .route("/list", get(list::page))
        .merge(kiosk::routes())
        .route("/problems/{kind}", get(problems::page))
        .route("/assets/{name}", get(assets::asset))
        .route("/api/docs", get(async move || docs.map(Html).map_err(|()| cannot_render())))
        .route(openapi::PATH, get(async move |uri: Uri| openapi::response(&for_json, &uri)))
}

/// A template as a page.
fn render(template: &impl Template) -> Response {
    template.render().map_or_else(|_| cannot_render().into_response(), |page| Html(page).into_response())
}

fn cannot_render() -> Problem {
    Problem::inside("a page could not be rendered")
}
