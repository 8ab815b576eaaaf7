//! A plan as a page to print. It is given by `POST /api/v1/plan` and has no address of its own.

use super::render;
use crate::matching::plan::sheet::Plan;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "plan.html")]
struct PlanPage<'a> {
    plan: &'a Plan,
}

pub(in crate::server) fn plan(plan: &Plan) -> Response {
    render(&PlanPage { plan })
}
