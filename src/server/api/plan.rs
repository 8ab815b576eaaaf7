//! `POST /api/v1/plan`: what a person chose → one page that they and a worker write together and sign. The choice lives
//! in the request and the plan in the answer; neither is kept.

use super::{Answered, deadline, json, work};
use crate::matching::plan;
use crate::matching::plan::request::PlanRequest;
use crate::matching::plan::sheet::Plan;
use crate::server::error::{Kind, Problem};
use crate::server::log::ResultCount;
use crate::server::negotiate;
use crate::server::pages;
use crate::server::pages::frame::{Frame, Section};
use crate::server::request;
use crate::server::state::AppState;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use std::sync::Arc;

/// Where it is.
pub const PATH: &str = "/api/v1/plan";

/// The forms of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Json,
    Page,
}

const FORMS: [(Form, &str); 2] = [(Form::Json, "application/json"), (Form::Page, "text/html")];

/// A plan on one page.
///
/// `Accept: text/html` gives a page to print, `Accept-Language: cy` either in Welsh. What is asked of each fund is added up and held against the fund's limit.
/// No names are taken, and nothing is stored: names and signatures are written on the paper.
#[utoipa::path(post, operation_id = "plan", path = "/api/v1/plan", tag = "matching",
    request_body(content = PlanRequest, example = json!({
        "options": [
            {
                "service": "allotment-mornings",
                "session": {"location_id": "station-allotments", "opening_hours": "Tu,Sa 10:00-13:00"},
                "goal": "outside_more", "first_step": "Sam and I go together on Saturday",
                "ask": {"fund": "fresh-start", "amount": 24.5, "for": "kit", "reason": "Boots that keep the wet out"},
            },
            {"service": "housing-advice", "goal_words": "a place of my own"},
        ],
    })),
    responses((status = 200, description = "The plan.", content(
        (Plan = "application/json"), (String = "text/html"),
    )))
)]
pub async fn make(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap, body: Body) -> Answered {
    let deadline = deadline(&state);
    let [] = request::known(&uri, [])?;
    let form = negotiate::wanted_most(&headers, &FORMS).ok_or(Problem::new(Kind::NotAcceptable))?;
    let chosen: PlanRequest = request::json(&headers, body, deadline).await?;
    let language = negotiate::language(&headers);
    let frame = Frame::of(&state, language, "", Section::Elsewhere);
    work(&state, deadline, move |snapshot, circumstances| {
        let plan = plan::plan(snapshot, &chosen, circumstances.now, language).map_err(Problem::mistakes)?;
        let mut response = match form {
            Form::Json => json(&plan)?,
            Form::Page => pages::plan(frame, &plan, Vec::new()),
        };
        let headers = response.headers_mut();
        headers.insert(header::VARY, HeaderValue::from_static("accept, accept-language"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
        response.extensions_mut().insert(ResultCount(plan.options()));
        Ok(response)
    })
    .await
}
