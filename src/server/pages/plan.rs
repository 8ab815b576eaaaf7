//! A plan as a page to print. It is given by `POST /api/v1/plan` and has no address of its own.

use super::frame::Frame;
use super::render;
use crate::matching::plan::sheet::Plan;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "plan.html")]
struct PlanPage<'a> {
    frame: Frame,
    plan: &'a Plan,
}

pub(in crate::server) fn plan(frame: Frame, plan: &Plan) -> Response {
    render(&PlanPage { frame, plan })
}
