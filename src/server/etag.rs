//! ETags for answers that depend on nothing but the directory: the generation, and the version of this program, since
//! another version may write the same facts in another shape.
//!
//! Searches carry none: "open now" changes with the clock while the generation stays.

use crate::server::headers::REVALIDATE;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The weak ETag of a generation. Weak, because a compressed answer is another sequence of bytes.
fn of_generation(generation: &str) -> String {
    format!("W/\"{generation}-{}\"", env!("CARGO_PKG_VERSION"))
}

/// `304 Not Modified` if the client has this generation's answer already.
pub fn unchanged(headers: &HeaderMap, generation: &str) -> Option<Response> {
    let own = of_generation(generation);
    let values = headers.get_all(header::IF_NONE_MATCH);
    let known = values.iter().filter_map(|value| value.to_str().ok()).any(|list| names(list, &own));
    known.then(|| mark(StatusCode::NOT_MODIFIED.into_response(), generation))
}

/// Whether a list of ETags names this one, by the weak comparison of RFC 9110: `W/` does not count.
fn names(list: &str, own: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_string();
    list.trim() == "*" || list.split(',').any(|tag| opaque(tag) == opaque(own))
}

/// Puts the ETag on an answer, and leave to keep it as long as it is asked about.
pub fn mark(mut response: Response, generation: &str) -> Response {
    if let Ok(tag) = HeaderValue::from_str(&of_generation(generation)) {
        response.headers_mut().insert(header::ETAG, tag);
        response.headers_mut().insert(header::CACHE_CONTROL, REVALIDATE);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn weak_and_strong_tags_are_compared_by_what_is_between_the_quotes() {
        assert!(names("W/\"gen-1-0.1\"", "W/\"gen-1-0.1\""));
        assert!(names("\"other\", \"gen-1-0.1\"", "W/\"gen-1-0.1\""));
        assert!(names(" * ", "W/\"gen-1-0.1\""));
        assert!(!names("gen-1-0.1", "W/\"gen-1-0.1\""), "a tag has quotes");
        assert!(!names("W/\"gen-2-0.1\"", "W/\"gen-1-0.1\""));
    }
}
