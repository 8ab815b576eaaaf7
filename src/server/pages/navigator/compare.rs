//! Services of the shortlist side by side: one row a question that a worker would ask of each.

use super::Sent;
use super::asked::Asked;
use super::card::{Card, Fact};
use super::results::{place_of, shortlist};
use crate::server::api::Answered;
use crate::server::log::ResultCount;
use crate::server::pages::frame::Frame;
use crate::server::pages::render;
use crate::server::pages::told::Told;
use crate::server::state::AppState;
use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use std::sync::Arc;

/// The rows, in the order in which one chooses: what it is, when and where, what it asks, who can come.
const ROWS: [&str; 19] = [
    "opens",
    "hours",
    "place",
    "distance",
    "cost",
    "referral",
    "how_to_join",
    "who",
    "welcomes",
    "convictions",
    "room",
    "under_18s",
    "led_by",
    "setting",
    "languages",
    "access",
    "bring",
    "about",
    "note",
];

#[derive(Template)]
#[template(path = "navigator_compare.html")]
struct Page<'a> {
    frame: Frame,
    asked: &'a Asked,
    cards: Vec<Card>,
    rows: Vec<Row>,
}

impl Page<'_> {
    /// This page shows the shortlist alone.
    fn own_fields(&self) -> &'static [&'static str] {
        &[]
    }
}

/// One question with its answers, in the order of the services.
struct Row {
    name: String,
    answers: Vec<Fact>,
}

pub(super) async fn page(state: State<Arc<AppState>>, uri: Uri, headers: HeaderMap, body: Body) -> Answered {
    Sent::new(state, uri, headers, body)
        .answer(|fields, frame, snapshot, circumstances| {
            let asked = Asked::of(fields);
            let told = Told { t: frame.t, snapshot, now: circumstances.now };
            let cards = shortlist(told, &asked, place_of(&asked, snapshot, circumstances).as_ref(), circumstances);
            let rows = ROWS.into_iter().filter_map(|key| row(told, &cards, key)).collect();
            let count = cards.len();
            let mut response = render(&Page { frame, asked: &asked, cards, rows });
            response.extensions_mut().insert(ResultCount(count));
            Ok(response)
        })
        .await
}

/// What each service says to one question; none where no service says anything.
fn row(told: Told<'_>, cards: &[Card], key: &'static str) -> Option<Row> {
    let find = |card: &Card| {
        let facts = card.glance.iter().chain(&card.notes).chain(&card.more);
        facts.into_iter().find(|fact| fact.key == key).cloned()
    };
    let answers: Vec<Option<Fact>> = cards.iter().map(find).collect();
    answers.iter().any(Option::is_some).then(|| {
        let not_stated = told.fact(key, told.t.text("told.not_stated").to_string());
        let name = not_stated.name.clone();
        Row { name, answers: answers.into_iter().map(|fact| fact.unwrap_or_else(|| not_stated.clone())).collect() }
    })
}
