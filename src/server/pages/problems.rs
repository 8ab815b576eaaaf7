//! What went wrong, for people: the pages to which a problem's `type` leads, and the page that a browser gets in place of
//! problem details.

use super::frame::{Frame, Section};
use super::render;
use crate::language::Language;
use crate::server::error::{Kind, Problem, ProblemKind};
use crate::server::negotiate;
use crate::server::request::PathText;
use crate::server::state::AppState;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::{Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    kind: Kind,
}

#[derive(Template)]
#[template(path = "sorry.html")]
struct Sorry {
    frame: Frame,
    title: &'static str,
    detail: &'static str,
}

pub(super) async fn page(
    State(state): State<Arc<AppState>>,
    PathText(name): PathText,
    uri: Uri,
) -> Result<Response, Problem> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name).ok_or(Problem::new(Kind::NotFound))?;
    let frame = Frame::new(&state, &uri, Section::Elsewhere);
    Ok(render(&ProblemPage { frame, kind }))
}

/// Gives a page to people where programs get problem details: to whoever asks for HTML, outside the addresses that are
/// for programs.
pub(in crate::server) async fn for_people(
    State(state): State<Arc<AppState>>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let for_programs = ["/api/", "/hsds/", "/health/", "/metrics"].iter().any(|room| path.starts_with(room));
    let wants_page = !for_programs && negotiate::is_browser(request.headers());
    let uri = request.uri().clone();
    let response = next.run(request).await;
    let Some(&ProblemKind(kind)) = response.extensions().get::<ProblemKind>() else { return response };
    if !wants_page {
        return response;
    }
    let frame = Frame::new(&state, &Uri::from_static("/"), Section::Elsewhere);
    let frame = Frame { t: Frame::new(&state, &uri, Section::Elsewhere).t, ..frame };
    let (title, detail) = in_words(kind, frame.language());
    in_place_of(response, &Sorry { title, detail, frame })
}

/// The page with the status and the headers of a response that it takes the place of.
pub(super) fn in_place_of(response: Response, page: &impl Template) -> Response {
    let mut new = render(page);
    *new.status_mut() = response.status();
    for (name, value) in response.headers() {
        if ![header::CONTENT_TYPE, header::CONTENT_LENGTH].contains(name) {
            new.headers_mut().insert(name.clone(), value.clone());
        }
    }
    new.extensions_mut().extend(response.extensions().clone());
    new.extensions_mut().remove::<ProblemKind>();
    new
}

/// What happened and what to do, for people.
pub(super) fn in_words(kind: Kind, language: Language) -> (&'static str, &'static str) {
    let t = language.texts();
    match kind {
        Kind::NotFound => (t.text("sorry.not_found"), t.text("sorry.not_found_do")),
        Kind::NoIndex => (t.text("sorry.not_ready"), t.text("sorry.not_ready_do")),
        Kind::Busy | Kind::OutOfTime | Kind::SlowBody => (t.text("sorry.busy"), t.text("sorry.busy_do")),
        Kind::BodyTooLarge | Kind::UrlTooLong => (t.text("sorry.too_long"), t.text("sorry.too_long_do")),
        Kind::Inside => (t.text("sorry.inside"), t.text("sorry.inside_do")),
        Kind::Question | Kind::Json | Kind::Method | Kind::NotAcceptable | Kind::MediaType => {
            (t.text("sorry.not_understood"), t.text("sorry.not_understood_do"))
        }
    }
}
