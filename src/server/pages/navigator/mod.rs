//! The navigator's pages: for a worker who looks things up forty times a day, by keyboard.
//!
//! In reading order: what a form says (`asked`), one service as a worker sees it (`card`), the filters with their counts
//! (`filters`), the list and the map (`results`), completions (`suggest`), side by side (`compare`), as a spreadsheet
//! (`spreadsheet`), for one person with reasons (`person`), and what was chosen as a plan (`plan`).
//!
//! Every page is answered to a form (`POST`): nothing of a question or of a shortlist stands in an address, and nothing of
//! it is kept here. The way to another language sends the form along, so that nothing is lost on it either. All of it works
//! without scripts, but for completions and moving the map.

mod asked;
mod card;
mod filters;
mod results;

mod compare;
mod person;
mod plan;
mod spreadsheet;
mod suggest;

pub(super) use card::warnings;

use crate::index::Snapshot;
use crate::language::Texts;
use crate::search::Circumstances;
use crate::search::mistake::{Mistake, MistakeKind};
use crate::server::api::{self, Answered};
use crate::server::form::Fields;
use crate::server::pages::frame::{Frame, Section};
use crate::server::state::AppState;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Redirect;
use axum::routing::{get, post};
use std::sync::Arc;
use tokio::time::Instant;

/// The routes of the navigator.
pub(super) fn routes() -> Router<Arc<AppState>> {
    Router::new()
        .route("/navigator", get(results::first).post(results::page))
        .route("/navigator/suggest", post(suggest::completions))
        .route("/navigator/compare", post(compare::page).get(back))
        .route("/navigator/csv", post(spreadsheet::download))
        .route("/navigator/person", get(person::first).post(person::page))
        .route("/navigator/plan", post(plan::form).get(back))
        .route("/navigator/sheet", post(plan::sheet).get(back))
}

/// A page that answers to a form alone has nothing to show to whoever comes by its address.
async fn back(State(state): State<Arc<AppState>>, uri: Uri) -> Redirect {
    Redirect::to(&Frame::new(&state, &uri, Section::Navigator).link("/navigator"))
}

/// What a handler of a form is given.
struct Sent {
    state: Arc<AppState>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
}

impl Sent {
    fn new(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap, body: Body) -> Self {
        Self { state, uri, headers, body }
    }

    /// Reads the form and works on the answer, with the frame of the page.
    async fn answer<F>(self, task: F) -> Answered
    where
        F: FnOnce(Fields, Frame, &Snapshot, &Circumstances<'_>) -> Answered + Send + 'static,
    {
        let deadline = Instant::now() + self.state.limits.deadline;
        let fields = Fields::read(&self.headers, self.body, deadline).await?;
        let frame = Frame::new(&self.state, &self.uri, Section::Navigator).with_form();
        let state = Arc::clone(&self.state);
        api::work(&state, deadline, move |snapshot, circumstances| task(fields, frame, snapshot, circumstances)).await
    }
}

/// Something wrong with a form, in the page's language: which field, and what to do.
pub(super) struct Wrong {
    /// The id of the field on the page.
    pub field: String,
    pub text: String,
}

/// The mistakes of a question in words. What only English says (which places have a name like it) is added as it is.
fn in_words(mistakes: &[Mistake], t: &Texts, name: impl Fn(&str) -> String) -> Vec<Wrong> {
    let say = |mistake: &Mistake| {
        let key = match mistake.kind {
            MistakeKind::UnknownPlace => "navigator.wrong.place",
            MistakeKind::NotANumber => "navigator.wrong.number",
            MistakeKind::OutOfRange => "navigator.wrong.range",
            MistakeKind::TooLong => "navigator.wrong.long",
            MistakeKind::TooMany => "navigator.wrong.too_many",
            MistakeKind::Missing => "navigator.wrong.missing",
            MistakeKind::UnknownCode | MistakeKind::NotAChoice | MistakeKind::UnknownField => "navigator.wrong.choice",
            MistakeKind::Malformed => "navigator.wrong.again",
        };
        let mut text = t.say(key, &[("field", &name(&mistake.field))]);
        if mistake.kind == MistakeKind::UnknownPlace && t.language() == crate::language::Language::English {
            text = format!("{text} ({})", mistake.message);
        }
        Wrong { field: mistake.field.replace(['.', '[', ']'], "-"), text }
    };
    mistakes.iter().map(say).collect()
}
