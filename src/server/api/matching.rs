//! `POST /api/v1/match`: a person's profile → options to choose from, with reasons. The profile lives in the request
//! and nowhere else.

use super::{Answered, deadline, json, work};
use crate::matching::answer::Options;
use crate::matching::profile::Profile;
use crate::matching::{self, Manner};
use crate::server::log::ResultCount;
use crate::server::state::AppState;
use crate::server::{negotiate, request};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use std::sync::Arc;

/// Options for a person.
///
/// What a person says about themselves decides what they can use, and never the order. Nothing is ruled out because a
/// service does not state something: it is kept, and named under `check_first`. What is said to people is in English, or
/// in Welsh where `Accept-Language` asks for it.
#[utoipa::path(post, operation_id = "match", path = "/api/v1/match", tag = "matching",
    request_body(content = Profile, example = json!({
        "goals": [{"goal": "belonging", "importance": 3}, {"words": "see my kids more and stay off the drink"}],
        "near": "M1 4BT", "within_km": 5, "travel": "bus", "when": "Mo-Fr 18:00-22:00",
        "about": {"age": 34, "audiences": ["women"], "languages": ["pl"], "access": ["step_free"], "convictions": true},
        "prefer": {"led_by": ["peers"], "setting": ["group"], "delivery": ["in_person"]},
        "spend": {"most": 5.0, "fund": "personal"}, "limit": 12,
    })),
    responses((status = 200, description = "Options with reasons, near misses and gaps.", body = Options))
)]
pub async fn options(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap, body: Body) -> Answered {
    let deadline = deadline(&state);
    let [] = request::known(&uri, [])?;
    let profile: Profile = request::json(&headers, body, deadline).await?;
    let manner = Manner { language: negotiate::language(&headers), ..state.manner.clone() };
    work(&state, deadline, move |snapshot, circumstances| {
        let options = matching::match_profile(snapshot, &profile, &manner, circumstances)?;
        let mut response = json(&options)?;
        response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(manner.language.code()));
        response.extensions_mut().insert(ResultCount(options.options.len()));
        Ok(response)
    })
    .await
}
