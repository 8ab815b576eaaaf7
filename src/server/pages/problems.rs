//! The pages to which a problem's `type` leads.

use super::render;
use crate::server::error::{Kind, Problem};
use crate::server::request::PathText;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    kind: Kind,
}

pub(super) async fn page(PathText(name): PathText) -> Result<Response, Problem> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name).ok_or(Problem::new(Kind::NotFound))?;
    Ok(render(&ProblemPage { kind }))
}
