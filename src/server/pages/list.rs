//! A list of services to share: its address holds their ids, which are public, and nothing else. The code on a kiosk's
//! sheet leads here.

use super::entry::{Entry, Place};
use super::frame::{Frame, Section};
use super::render;
use super::told::Told;
use crate::model::Id;
use crate::server::api::{deadline, work};
use crate::server::error::Problem;
use crate::server::log::ResultCount;
use crate::server::request;
use crate::server::state::AppState;
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use std::sync::Arc;

/// Services in one list: an address that still can be read out, and a page that still can be read.
pub const MOST: usize = 20;

#[derive(Template)]
#[template(path = "list.html")]
struct List {
    frame: Frame,
    entries: Vec<Entry>,
    /// How many are no longer in the directory, in words; empty if all are.
    gone: String,
}

pub(super) async fn page(State(state): State<Arc<AppState>>, uri: Uri) -> Result<Response, Problem> {
    let mut frame = Frame::new(&state, &uri, Section::Elsewhere);
    let pairs = request::pairs(&uri)?;
    let asked = pairs.iter().filter(|(name, _)| name == "ids").flat_map(|(_, value)| value.split(','));
    let mut ids: Vec<String> = Vec::new();
    for id in asked.map(str::trim) {
        if Id::new(id).is_ok() && ids.len() < MOST && !ids.iter().any(|known| known == id) {
            ids.push(id.to_string());
        }
    }
    frame.path = format!("/list?ids={}", ids.join(","));
    work(&state, deadline(&state), move |snapshot, circumstances| {
        let t = frame.t;
        let told = Told { t, snapshot, now: circumstances.now };
        let entry = |id: &String| Entry::of_service(told, id);
        let entries: Vec<Entry> = ids.iter().filter_map(entry).collect();
        let gone = match ids.len() - entries.len() {
            0 => String::new(),
            gone => t.count("list.gone", gone as u64, &[]),
        };
        let count = ResultCount(entries.len());
        let mut response = render(&List { frame, entries, gone });
        response.extensions_mut().insert(count);
        Ok(response)
    })
    .await
}
