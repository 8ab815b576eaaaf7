//! The results, or the shortlist, as CSV for a spreadsheet: the same columns as the API's.

use super::Sent;
use super::asked::Asked;
use super::card::hit_of;
use super::results::place_of;
use crate::search::answer::Hit;
use crate::search::ask::Ask;
use crate::search::limits::MAX_PER_PAGE;
use crate::search::opens::Openings;
use crate::search::search;
use crate::server::api::{self, Answered};
use crate::server::error::Problem;
use crate::server::log::ResultCount;
use crate::server::state::AppState;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use std::sync::Arc;

/// The first hundred results or, where the button says so, the shortlist.
pub(super) async fn download(state: State<Arc<AppState>>, uri: Uri, headers: HeaderMap, body: Body) -> Answered {
    Sent::new(state, uri, headers, body)
        .answer(|fields, _, snapshot, circumstances| {
            let asked = Asked::of(fields);
            let hits: Vec<Hit> = if asked.fields.says("which", "shortlist") {
                let place = place_of(&asked, snapshot, circumstances);
                let mut openings = Openings::new(snapshot, circumstances.now);
                let ids = asked.kept.iter().map(|kept| kept.id.as_str());
                ids.filter_map(|id| hit_of(snapshot, id, place.as_ref(), &mut openings)).collect()
            } else {
                let ask = asked.ask().map_err(Problem::mistakes)?;
                let ask = Ask { page: Some(1), per_page: Some(MAX_PER_PAGE as i64), ..ask };
                search(snapshot, &ask, circumstances)?.results
            };
            let mut response = api::spreadsheet::hits(&hits, snapshot.vocabulary().is_sample)?;
            response.extensions_mut().insert(ResultCount(hits.len()));
            Ok(response)
        })
        .await
}
