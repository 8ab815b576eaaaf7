use super::site::Site;
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use hyper::body::Frame;
use signpost::server::limits::Limits;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

const SEARCH: &str = "/api/v1/services/search";
const MATCH: &str = "/api/v1/match";

#[test]
fn each_fault_in_a_body_names_its_field_and_kind() {
    let site = Site::minimal();
    let deep = format!(r#"{{"category": {}"#, "[".repeat(1000));
    for (uri, body, expected) in [
        (SEARCH, r#"{"pgae": 2}"#, "400 /problems/malformed-json pgae unknown-field"),
        (SEARCH, r#"{"page": "two"}"#, "400 /problems/malformed-json page malformed"),
        (SEARCH, r#"{"page": 1.5}"#, "400 /problems/malformed-json page malformed"),
        (SEARCH, r#"{"within_km": 1e999}"#, "400 /problems/malformed-json  malformed"),
        (SEARCH, r#"{"near": {"latitude": 91}}"#, "400 /problems/malformed-json near malformed"),
        (SEARCH, r#"{"category": 7}"#, "400 /problems/malformed-json category malformed"),
        (SEARCH, r#"{"q": "a", "q": "b"}"#, "400 /problems/malformed-json q too-many"),
        (SEARCH, r#"{"q": "\ud800"}"#, "400 /problems/malformed-json  malformed"),
        (SEARCH, r#"{"q": "#, "400 /problems/malformed-json  malformed"),
        (SEARCH, "", "400 /problems/malformed-json  malformed"),
        (SEARCH, "[]", "400 /problems/malformed-json  malformed"),
        (SEARCH, "{} {}", "400 /problems/malformed-json  malformed"),
        (SEARCH, deep.as_str(), "400 /problems/malformed-json  malformed"),
        (SEARCH, r#"{"page": 0}"#, "400 /problems/invalid-question page out-of-range"),
        (SEARCH, r#"{"near": {"latitude": 91, "longitude": 0}}"#, "400 /problems/invalid-question near out-of-range"),
        (MATCH, r#"{"goals": [], "abuot": {}}"#, "400 /problems/malformed-json abuot unknown-field"),
        (MATCH, r#"{"about": {"age": "old"}}"#, "400 /problems/malformed-json about.age malformed"),
        (MATCH, r#"{"goals": [{"gaol": "x"}]}"#, "400 /problems/malformed-json goals[0].gaol unknown-field"),
        (MATCH, r#"{"goals": "belonging"}"#, "400 /problems/malformed-json goals malformed"),
    ] {
        assert_eq!(site.post(uri, body.to_string()).problem(), expected, "{body}");
    }
}

#[test]
fn a_question_in_the_body_may_have_no_parameters_beside_it() {
    let answer = Site::minimal().post("/api/v1/services/search?q=sleep", "{}");
    assert_eq!(answer.problem(), "400 /problems/invalid-question q unknown-field");
}

#[test]
fn only_json_is_read() {
    let site = Site::minimal();
    for (name, value) in [
        ("content-type", "text/plain"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("content-type", "application/json; charset=utf-16"),
        ("accept", "application/json"),
    ] {
        let request = Request::post(SEARCH).header(name, value).body(Body::from("{}")).unwrap();
        assert_eq!(site.ask(request).problem(), "415 /problems/unsupported-media-type", "{name}: {value}");
    }
    let packed = Request::post(SEARCH)
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .body(Body::from("{}"))
        .unwrap();
    assert_eq!(site.ask(packed).problem(), "415 /problems/unsupported-media-type");
    let plain = Request::post(SEARCH).header("content-type", "Application/JSON; Charset=UTF-8").body(Body::from("{}"));
    assert_eq!(site.ask(plain.unwrap()).status, StatusCode::OK);
}

#[test]
fn a_body_of_65_kb_is_too_large_also_where_its_length_is_not_stated() {
    let site = Site::minimal();
    let large = format!(r#"{{"q": "{}"}}"#, "x".repeat(65 * 1024));
    assert_eq!(site.post(SEARCH, large.clone()).problem(), "413 /problems/body-too-large");

    let parts: Vec<Bytes> = large.as_bytes().chunks(1000).map(Bytes::copy_from_slice).collect();
    let unstated = Body::new(Parts { parts: parts.into_iter(), ends: true });
    assert_eq!(site.post(SEARCH, unstated).problem(), "413 /problems/body-too-large");
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let site = Site::limited(Limits { deadline: Duration::from_millis(50), ..Limits::default() });
    let answer = site.post(SEARCH, Body::new(Parts { parts: Vec::new().into_iter(), ends: false }));
    assert_eq!(answer.problem(), "408 /problems/body-too-slow");
    assert_eq!(answer.header("connection"), "close");
}

/// A body that comes in parts and does not state its length; with `ends` false its end never comes.
struct Parts {
    parts: std::vec::IntoIter<Bytes>,
    ends: bool,
}

impl hyper::body::Body for Parts {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.parts.next() {
            Some(part) => Poll::Ready(Some(Ok(Frame::data(part)))),
            None if self.ends => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}
