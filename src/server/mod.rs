//! The web server. In the order in which a request meets them: the accept loop (`listen`, `unread`), what every
//! response carries and what is written down (`headers`, `log`, `metrics`), the limits, what a request says
//! (`request`, `form`, `negotiate`), the API, the Open Referral feed (`hsds`) and the pages, and the problems and ETags they
//! answer with. `state` is what they share, `site` how the pages are set up, `reload` what changes what is served,
//! `private` what of the files' problems everybody may read.

pub mod listen;
mod unread;

pub mod headers;
pub mod log;
pub mod metrics;

pub mod limits;
mod form;
mod negotiate;
mod request;

pub mod api;
pub mod health;
pub mod hsds;
pub mod openapi;
pub mod pages;

pub mod error;
mod etag;

mod private;
pub mod reload;
pub mod site;
pub mod state;

use crate::server::error::{Kind, Problem};
use crate::server::state::AppState;
use axum::Router;
use axum::body::Body;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Brotli's and gzip's level: above it, answers take longer to press than to send.
const COMPRESSION_LEVEL: i32 = 4;

/// Every route, with what every response carries. Needs no socket: tests call it as it is.
pub fn router(state: Arc<AppState>) -> Router {
    let (api, description) = api_routes().split_for_parts();
    let description = Arc::new(openapi::complete(description));
    let small = SizeAbove::new(limits::COMPRESS_FROM_BYTES).and(NotForContentType::IMAGES);
    let compression = CompressionLayer::new()
        .gzip(true)
        .br(true)
        .quality(CompressionLevel::Precise(COMPRESSION_LEVEL))
        .compress_when(small);
    let policy = state.site.tiles_origin().and_then(headers::policy_with_tiles);
    api.merge(pages::routes(&state, &description))
        .merge(hsds::routes())
        .route("/metrics", get(metrics::metrics))
        .fallback(async || Problem::new(Kind::NotFound))
        .method_not_allowed_fallback(async || Problem::new(Kind::Method))
        // The last is the outermost: it sees every response, also those that others made.
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(from_fn(request::bound_url))
        .layer(from_fn_with_state(Arc::clone(&state), pages::for_people))
        .layer(compression)
        .layer(map_response(move |response| headers::add(response, policy.clone())))
        .layer(from_fn_with_state(Arc::clone(&state), log::request))
        .with_state(state)
}

/// The routes that the API's description describes.
fn api_routes() -> OpenApiRouter<Arc<AppState>> {
    OpenApiRouter::with_openapi(openapi::beginning())
        .routes(routes!(api::services::list))
        .routes(routes!(api::services::search))
        .routes(routes!(api::services::one))
        .routes(routes!(api::matching::options))
        .routes(routes!(api::plan::make))
        .routes(routes!(api::suggest::suggest))
        .routes(routes!(api::gazetteer::find))
        .routes(routes!(api::organisations::list))
        .routes(routes!(api::organisations::one))
        .routes(routes!(api::vocabulary::categories))
        .routes(routes!(api::vocabulary::goals))
        .routes(routes!(api::vocabulary::audiences))
        .routes(routes!(api::vocabulary::areas))
        .routes(routes!(api::vocabulary::funds))
        .routes(routes!(api::directory::health))
        .routes(routes!(api::directory::coverage))
        .routes(routes!(api::directory::freshness))
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
}

/// What a client sees of a panic. What the panic said stays inside: the hook in `log` logs its place.
fn after_panic(_: Box<dyn std::any::Any + Send + 'static>) -> Response<Body> {
    Problem::inside("a handler panicked").into_response()
}
