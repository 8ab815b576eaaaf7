//! The directory as an Open Referral feed: HSDS 3.2 and its UK profile, under `/hsds`.
//!
//! `routes` says what there is, `question` reads what is asked, `select` finds what fits, `answers` gives it, `pages` wraps
//! it, `lines` streams all of it, `known` finds records by the standard's ids, `about` describes the feed. The records
//! themselves are made in `exchange::standard`.

mod about;
mod answers;
mod known;
mod lines;
mod pages;
mod question;
mod select;

pub use known::KnownIds;

use crate::server::error::{Kind, Problem};
use crate::server::state::AppState;
use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use std::sync::Arc;

/// Where the feed is.
pub const BASE: &str = "/hsds";

/// The routes of the feed.
pub fn routes() -> Router<Arc<AppState>> {
    let list = |methods: MethodRouter<Arc<AppState>>| methods.options(async || preflight("GET, HEAD, POST, OPTIONS"));
    let one = |methods: MethodRouter<Arc<AppState>>| methods.options(async || preflight("GET, HEAD, OPTIONS"));
    let at = |path: &str| format!("{BASE}{path}");
    Router::new()
        .route(BASE, one(get(about::root)))
        .route(&at("/"), one(get(about::root)))
        .route(&at("/profile"), one(get(about::profile)))
        .route(&at("/openapi.json"), one(get(about::openapi)))
        .route(&at("/services"), list(get(answers::services).post(answers::services_posted)))
        .route(&at("/services/{id}"), one(get(answers::service)))
        .route(
            &at("/service_at_locations"),
            list(get(answers::service_at_locations).post(answers::service_at_locations_posted)),
        )
        .route(&at("/service_at_locations/{id}"), one(get(answers::service_at_location)))
        .route(&at("/organizations"), list(get(answers::organizations).post(answers::organizations_posted)))
        .route(&at("/organizations/{id}"), one(get(answers::organization)))
        .route(&at("/taxonomies"), list(get(answers::taxonomies).post(answers::taxonomies_posted)))
        .route(&at("/taxonomies/{id}"), one(get(answers::taxonomy)))
        .route(&at("/taxonomy_terms"), list(get(answers::taxonomy_terms).post(answers::taxonomy_terms_posted)))
        .route(&at("/taxonomy_terms/{id}"), one(get(answers::taxonomy_term)))
        .method_not_allowed_fallback(async || Problem::new(Kind::Method))
        .layer(map_response(open_to_all))
}

/// A feed is for everybody: any page may read it.
async fn open_to_all(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("etag, retry-after, allow"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    response
}

/// What a browser asks before it posts a question from another page.
fn preflight(methods: &'static str) -> Response {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, methods),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type, if-none-match"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        (header::ALLOW, methods),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}
