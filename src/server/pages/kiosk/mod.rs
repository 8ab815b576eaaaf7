//! The kiosk: a touch screen in a waiting room, and the same pages on a phone. For people with little time, little
//! reading, poor sight or shaking hands, in English or Welsh, with or without scripts.
//!
//! In reading order: the `step`s, the `answers` that travel from one to the next (`place`, `time` are two of them), what
//! is `around` each page, the pages that ask (`asking`), the `options` that answer, and the `sheet` that is taken away
//! with its `qr` code.
//!
//! Promise: what a person says is in the body of a request and in the hidden fields of its answer, and nowhere else. No
//! cookie, no storage, no address, no log; a page that is left alone is cleared after 80 seconds, and one out of the
//! browser's history is not answered. Which of the places under-18s go to, and where a confidential place is, are on no
//! page. `tests/pages/kiosk` and `tests/server/privacy.rs` keep it.

mod answers;
mod around;
mod asking;
mod options;
mod place;
mod qr;
mod sheet;
pub(super) mod step;
mod time;

use super::problems::{in_place_of, in_words};
use super::render;
use super::told::Told;
use crate::index::Snapshot;
use crate::language::Language;
use crate::search::{Circumstances, NoAnswer};
use crate::server::api::{deadline, work};
use crate::server::error::{Kind, Problem, ProblemKind};
use crate::server::request;
use crate::server::state::AppState;
use answers::Answers;
use around::Around;
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::sync::Arc;
use step::Step;

/// The first page of the kiosk.
const START: &str = "/kiosk";

/// The routes of the kiosk.
pub(super) fn routes() -> Router<Arc<AppState>> {
    Router::new()
        .route(START, get(start))
        .route("/kiosk/{language}", get(begin))
        .route("/kiosk/{language}/{step}", get(open).post(answer))
}

#[derive(Template)]
#[template(path = "kiosk/start.html")]
struct Start {
    around: Around,
    languages: Vec<(Language, String)>,
}

/// Which language. It needs no directory, and has help for whoever cannot wait.
async fn start(State(state): State<Arc<AppState>>) -> Response {
    let around = Around::plain(&state, Language::English, Step::Language);
    let languages = Language::OFFERED.map(|language| (language, Step::Goals.path(language))).to_vec();
    render(&Start { around, languages })
}

/// `/kiosk/cy` is the first question in Welsh.
async fn begin(State(state): State<Arc<AppState>>, language: Result<Path<String>, Unreadable>) -> Response {
    match language.ok().and_then(|Path(code)| state.site.language(&code)) {
        Some(language) => Redirect::to(&Step::Goals.path(language)).into_response(),
        None => Redirect::to(START).into_response(),
    }
}

type Unreadable = axum::extract::rejection::PathRejection;

/// A page that was asked for without answers: the first question, or that all is cleared. Any other begins again: there
/// is nothing to go on from.
async fn open(
    State(state): State<Arc<AppState>>,
    path: Result<Path<(String, String)>, Unreadable>,
) -> Result<Response, Problem> {
    let (language, step) = which(&state, path)?;
    match step {
        Step::Goals => Ok(show(&state, language, step, Answers::read(&[])).await),
        Step::Finished => Ok(render(&asking::Finished { around: Around::plain(&state, language, step) })),
        _ => Ok(Redirect::to(START).into_response()),
    }
}

/// A page that goes on from the answers in the body.
async fn answer(
    State(state): State<Arc<AppState>>,
    path: Result<Path<(String, String)>, Unreadable>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let (language, step) = which(&state, path)?;
    let pairs = match request::form(&headers, body, deadline(&state)).await {
        Ok(pairs) => pairs,
        Err(problem) => return Ok(apology(&state, language, step, Vec::new(), problem)),
    };
    let answers = Answers::read(&pairs);
    if answers.is_stale((state.clock)()) {
        return Ok(Redirect::to(START).into_response());
    }
    Ok(show(&state, language, step, answers).await)
}

fn which(state: &AppState, path: Result<Path<(String, String)>, Unreadable>) -> Result<(Language, Step), Problem> {
    let Ok(Path((language, step))) = path else { return Err(Problem::new(Kind::NotFound)) };
    let language = state.site.language(&language).ok_or(Problem::new(Kind::NotFound))?;
    let step = Step::from_path(&step).ok_or(Problem::new(Kind::NotFound))?;
    Ok((language, step))
}

/// The page of a step, or an earlier one if an answer that it needs is missing or wrong.
async fn show(state: &Arc<AppState>, language: Language, step: Step, answers: Answers) -> Response {
    let for_work = Arc::clone(state);
    // Whoever has to try again has not to begin again.
    let kept = answers.fields(&[], (state.clock)());
    let shown = work(state, deadline(state), move |snapshot, circumstances| {
        let visit = Visit { state: &for_work, snapshot, circumstances, language, answers: &answers };
        match step {
            Step::Place => visit.place_page(),
            Step::Time => visit.time_page(),
            Step::Options => options::page(&visit),
            Step::Sheet => sheet::page(&visit),
            Step::Goals | Step::Language | Step::Finished => Ok(visit.goals_page(None)),
        }
    });
    match shown.await {
        Ok(response) => response,
        Err(problem) => apology(state, language, step, kept, problem),
    }
}

/// A page on its way: who is asked and what was answered.
struct Visit<'a> {
    state: &'a AppState,
    snapshot: &'a Snapshot,
    circumstances: &'a Circumstances<'a>,
    language: Language,
    answers: &'a Answers,
}

impl Visit<'_> {
    fn told(&self) -> Told<'_> {
        Told { t: self.language.texts(), snapshot: self.snapshot, now: self.circumstances.now }
    }

    fn around(&self, step: Step) -> Around {
        Around::of(self.state, self.snapshot, self.language, step, self.answers, self.circumstances.now)
    }
}

#[derive(Template)]
#[template(path = "kiosk/sorry.html")]
struct Sorry {
    around: Around,
    title: &'static str,
    detail: &'static str,
}

/// What cannot be answered now, said kindly, with the numbers that answer always.
fn apology(
    state: &AppState,
    language: Language,
    step: Step,
    hidden: Vec<(&'static str, String)>,
    problem: Problem,
) -> Response {
    let response = problem.into_response();
    let kind = response.extensions().get::<ProblemKind>().map_or(Kind::Inside, |kind| kind.0);
    let (title, detail) = match kind {
        Kind::NoIndex => (language.texts().text("kiosk.not_ready"), language.texts().text("kiosk.not_ready_do")),
        other => in_words(other, language),
    };
    let around = Around { hidden, ..Around::plain(state, language, step) };
    in_place_of(response, &Sorry { around, title, detail })
}

/// An answer of the core, or why there is none.
fn answered<T>(answer: Result<T, NoAnswer>) -> Result<T, Problem> {
    answer.map_err(Problem::from)
}
