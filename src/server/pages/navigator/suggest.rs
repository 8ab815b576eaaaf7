//! Completions while somebody types, for the page's script: by `POST`, so that half a question stands in no address.

use super::Sent;
use crate::search::{self, Suggestion};
use crate::server::api::{Answered, json};
use crate::server::log::ResultCount;
use crate::server::pages::told::Told;
use crate::server::state::AppState;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use serde::Serialize;
use std::sync::Arc;

/// How many are shown beneath a field before it becomes a list to read.
const MOST: usize = 8;

#[derive(Serialize)]
struct Completion {
    /// What the script does with it: `service`, `category`, `goal` or `place`.
    kind: &'static str,
    /// The same in words.
    label: String,
    text: String,
    id: Option<String>,
}

/// Completions of `q` (services, categories, goals, places) or of `near` (places).
pub(super) async fn completions(state: State<Arc<AppState>>, uri: Uri, headers: HeaderMap, body: Body) -> Answered {
    Sent::new(state, uri, headers, body)
        .answer(|fields, frame, snapshot, circumstances| {
            let told = Told { t: frame.t, snapshot, now: circumstances.now };
            let found = if fields.has("near") {
                let places = circumstances.gazetteer.suggest(fields.value("near"), MOST);
                let text = |name: String, within: Option<String>| {
                    within.map_or(name.clone(), |within| format!("{name}, {within}"))
                };
                places
                    .into_iter()
                    .map(|place| Suggestion { kind: "place", text: text(place.name, place.within), id: None })
                    .collect()
            } else {
                search::suggest(snapshot, circumstances.gazetteer, fields.value("q"), MOST)
            };
            let completions: Vec<Completion> = found.into_iter().map(|found| completion(told, found)).collect();
            let count = completions.len();
            let mut response = json(&completions)?;
            response.extensions_mut().insert(ResultCount(count));
            Ok(response)
        })
        .await
}

fn completion(told: Told<'_>, found: Suggestion) -> Completion {
    let (key, kind) = match found.kind {
        "category" => ("navigator.kind.category", Some("categories")),
        "goal" => ("navigator.kind.goal", Some("goals")),
        "place" => ("navigator.kind.place", None),
        _ => ("navigator.kind.service", None),
    };
    let text = match (kind, &found.id) {
        (Some(kind), Some(code)) => told.name(kind, code),
        _ => found.text,
    };
    Completion { kind: found.kind, label: told.t.text(key).to_string(), text, id: found.id }
}
