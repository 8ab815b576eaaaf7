//! Styles, from inside the binary: no path from a request reaches the file system.

use crate::server::error::{Kind, Problem};
use crate::server::etag;
use crate::server::request::PathText;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// Every asset: its name, its type and its bytes.
const ASSETS: [(&str, &str, &[u8]); 2] = [
    ("plan.css", "text/css; charset=utf-8", include_bytes!("../../../assets/plan.css")),
    ("signpost.css", "text/css; charset=utf-8", include_bytes!("../../../assets/signpost.css")),
];

/// Assets change with the program and not with the directory.
const GENERATION: &str = "assets";

pub(super) async fn asset(PathText(name): PathText, headers: HeaderMap) -> Result<Response, Problem> {
    let asset = ASSETS.iter().find(|(known, ..)| *known == name);
    let (_, media_type, bytes) = asset.ok_or(Problem::new(Kind::NotFound))?;
    if let Some(response) = etag::unchanged(&headers, GENERATION) {
        return Ok(response);
    }
    let response = ([(header::CONTENT_TYPE, HeaderValue::from_static(media_type))], *bytes).into_response();
    Ok(etag::mark(response, GENERATION))
}
