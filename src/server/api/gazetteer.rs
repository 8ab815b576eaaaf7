//! Where a postcode or a place lies.

use super::{Answered, deadline, json};
use crate::gazetteer::{Place, Precision};
use crate::server::limits::in_time;
use crate::server::log::ResultCount;
use crate::server::request;
use crate::server::state::AppState;
use axum::extract::State;
use axum::http::Uri;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// How many places are given: enough to tell those of one name apart.
const MOST: usize = 10;

/// Places of that name.
#[derive(Serialize, ToSchema)]
pub struct PlaceList {
    results: Vec<FoundPlace>,
}

/// A place.
#[derive(PartialEq, Serialize, ToSchema)]
pub struct FoundPlace {
    #[schema(example = "M1 4BT")]
    name: String,
    /// `postcode`, `sector`, `outcode` or `place`.
    #[schema(example = "postcode")]
    precision: &'static str,
    latitude: f64,
    longitude: f64,
    /// What it lies in, to tell places of one name apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<String>,
    /// True for a postcode that is no longer in use.
    terminated: bool,
}

/// Where a postcode or a place lies.
///
/// The place that a search would take the text for comes first, then those that begin like it. Looked up in files of
/// our own; nothing is asked of anybody else.
#[utoipa::path(get, operation_id = "findPlaces", path = "/api/v1/gazetteer", tag = "places",
    params(("q" = String, Query, max_length = 200, description = "A postcode, the start of one, or a place's name",
        example = "M1 4BT")),
    responses((status = 200, description = "Up to ten places; none if nothing is called that.", body = PlaceList))
)]
pub async fn find(State(state): State<Arc<AppState>>, uri: Uri) -> Answered {
    let text = request::only_text(&uri)?;
    let for_work = Arc::clone(&state);
    in_time(&state, deadline(&state), move |_| {
        let mut results: Vec<FoundPlace> = Vec::new();
        let found = for_work.gazetteer.find(&text).ok();
        for place in found.into_iter().chain(for_work.gazetteer.suggest(&text, MOST)).map(found_place) {
            if !results.contains(&place) && results.len() < MOST {
                results.push(place);
            }
        }
        let count = ResultCount(results.len());
        let mut response = json(&PlaceList { results })?;
        response.extensions_mut().insert(count);
        Ok(response)
    })
    .await?
}

fn found_place(place: Place) -> FoundPlace {
    let precision = match place.precision {
        Precision::Postcode => "postcode",
        Precision::Sector => "sector",
        Precision::Outcode => "outcode",
        Precision::Place => "place",
    };
    let Place { name, latitude, longitude, within, terminated, .. } = place;
    FoundPlace { name, precision, latitude, longitude, within, terminated }
}
