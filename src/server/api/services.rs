//! Services: the search by address or by body, and one service.

use super::{Answered, deadline, geojson, id, json, spreadsheet, unchanging, with_type, work};
use crate::index::ServiceDetail;
use crate::search;
use crate::search::answer::Answer;
use crate::search::ask::Ask;
use crate::server::error::{Kind, Problem};
use crate::server::log::ResultCount;
use crate::server::negotiate::{self, Format};
use crate::server::request::{self, PathText};
use crate::server::state::AppState;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use std::sync::Arc;
use tokio::time::Instant;

/// Search for services.
///
/// Lists are separated by commas, or the name is repeated. `Accept: application/geo+json` gives a map's features,
/// `Accept: text/csv` a table for a spreadsheet. Nothing of the question is logged here, but addresses end up in the
/// logs of proxies: for what somebody says about themselves, send the same fields by `POST`.
#[utoipa::path(get, operation_id = "listServices", path = "/api/v1/services", tag = "services", responses(
    (status = 200, description = "A page of services, the best first.", content(
        (Answer = "application/json"), (geojson::Features = "application/geo+json"), (String = "text/csv"),
    )),
))]
pub async fn list(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap) -> Answered {
    let deadline = deadline(&state);
    let pairs = request::pairs(&uri)?;
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let ask = Ask::from_pairs(pairs).map_err(Problem::mistakes)?;
    answer(&state, &headers, ask, deadline).await
}

/// Search for services, with the question in the body.
///
/// The same fields as `GET /api/v1/services`, so that nothing personal stands in an address.
#[utoipa::path(post, operation_id = "searchServices", path = "/api/v1/services/search", tag = "services",
    request_body(content = Ask, example = json!({
        "q": "somewhere to sleep", "near": "M1 4BT", "within_km": 5, "audience": ["women"], "free": true,
    })),
    responses((status = 200, description = "A page of services, the best first.", content(
        (Answer = "application/json"), (geojson::Features = "application/geo+json"), (String = "text/csv"),
    )))
)]
pub async fn search(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap, body: Body) -> Answered {
    let deadline = deadline(&state);
    let [] = request::known(&uri, [])?;
    let ask = request::json(&headers, body, deadline).await?;
    answer(&state, &headers, ask, deadline).await
}

async fn answer(state: &Arc<AppState>, headers: &HeaderMap, ask: Ask, deadline: Instant) -> Answered {
    let format = negotiate::format(headers).ok_or(Problem::new(Kind::NotAcceptable))?;
    work(state, deadline, move |snapshot, circumstances| {
        let answer = search::search(snapshot, &ask, circumstances)?;
        let mut response = match format {
            Format::Json => json(&answer)?,
            Format::GeoJson => with_type(geojson::features(&answer)?, geojson::MEDIA_TYPE),
            Format::Csv => spreadsheet::table(&answer)?,
        };
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
        response.extensions_mut().insert(ResultCount(answer.total));
        Ok(response)
    })
    .await
}

/// One service.
///
/// With its organisation, its sessions and where they are. A confidential location keeps its name and address to
/// itself.
#[utoipa::path(get, operation_id = "getService", path = "/api/v1/services/{id}", tag = "services",
    params(("id" = crate::model::Id, Path, description = "The service's id")),
    responses((status = 200, description = "The service.", body = ServiceDetail))
)]
pub async fn one(
    State(state): State<Arc<AppState>>,
    PathText(text): PathText,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let [] = request::known(&uri, [])?;
    let id = id(&text)?;
    unchanging(&state, &headers, move |snapshot| snapshot.service(id.as_str()).ok_or(Problem::new(Kind::NotFound)))
        .await
}
