//! What goes wrong with a request, as problem details (RFC 9457): a lasting type, a sentence for whoever asked, and the
//! field with its cure.
//!
//! The outside sentence is fixed text and never repeats what was typed. The inside cause is for the log alone; the two
//! meet nowhere but in `log`, which takes the cause off the response.

use crate::search::NoAnswer;
use crate::search::mistake::Mistake;
use crate::server::limits::RETRY_AFTER_SECONDS;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// The kinds of problems: `type` is `/problems/` and the kind's name, and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Question,
    Json,
    NotFound,
    Method,
    NotAcceptable,
    SlowBody,
    BodyTooLarge,
    UrlTooLong,
    MediaType,
    Inside,
    NoIndex,
    Busy,
    OutOfTime,
}

impl Kind {
    /// Every kind, in the order in which the documentation shows them.
    pub const ALL: [Kind; 13] = [
        Kind::Question,
        Kind::Json,
        Kind::NotFound,
        Kind::Method,
        Kind::NotAcceptable,
        Kind::SlowBody,
        Kind::BodyTooLarge,
        Kind::UrlTooLong,
        Kind::MediaType,
        Kind::Inside,
        Kind::NoIndex,
        Kind::Busy,
        Kind::OutOfTime,
    ];

    /// Its lasting name, status, title, and the sentence for whoever asked.
    fn facts(self) -> (&'static str, StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Kind::Question => (
                "invalid-question",
                S::BAD_REQUEST,
                "The question cannot be answered as it stands",
                "Each entry of `errors` names a field, what is wrong with it, and how to mend it.",
            ),
            Kind::Json => (
                "malformed-json",
                S::BAD_REQUEST,
                "The body is not the JSON that was expected",
                "Each entry of `errors` names a field or position, what is wrong, and how to mend it.",
            ),
            Kind::NotFound => (
                "not-found",
                S::NOT_FOUND,
                "There is nothing here",
                "No page, service or organisation has this address. It may have been closed or renamed.",
            ),
            Kind::Method => (
                "method-not-allowed",
                S::METHOD_NOT_ALLOWED,
                "This address does not take that method",
                "The `Allow` header lists the methods that it takes.",
            ),
            Kind::NotAcceptable => (
                "not-acceptable",
                S::NOT_ACCEPTABLE,
                "None of the accepted formats can be given",
                "Ask in the `Accept` header for a format of this address, such as `application/json`; `/api/docs` names \
                 them.",
            ),
            Kind::SlowBody => (
                "body-too-slow",
                S::REQUEST_TIMEOUT,
                "The body did not arrive in time",
                "Send the whole body within five seconds.",
            ),
            Kind::BodyTooLarge => {
                ("body-too-large", S::PAYLOAD_TOO_LARGE, "The body is too large", "A body may have at most 64 KB.")
            }
            Kind::UrlTooLong => (
                "url-too-long",
                S::URI_TOO_LONG,
                "The address is too long",
                "A path with its query string may have at most 8 KB; `POST /api/v1/services/search` takes a question \
                 as JSON.",
            ),
            Kind::MediaType => (
                "unsupported-media-type",
                S::UNSUPPORTED_MEDIA_TYPE,
                "The body is not JSON",
                "Send the body as `Content-Type: application/json`, in UTF-8 and without a `Content-Encoding`.",
            ),
            Kind::Inside => (
                "internal",
                S::INTERNAL_SERVER_ERROR,
                "Something went wrong inside Signpost",
                "It is not your doing, and it has been logged. Please try again.",
            ),
            Kind::NoIndex => (
                "not-ready",
                S::SERVICE_UNAVAILABLE,
                "The directory is not ready yet",
                "There is no index to answer from yet. `/health/ready` says why.",
            ),
            Kind::Busy => {
                ("too-busy", S::SERVICE_UNAVAILABLE, "Too many questions at once", "Please ask again in a second.")
            }
            Kind::OutOfTime => (
                "out-of-time",
                S::SERVICE_UNAVAILABLE,
                "The answer took too long",
                "Please ask again, with fewer words or a smaller circle.",
            ),
        }
    }

    pub fn name(self) -> &'static str {
        self.facts().0
    }

    pub fn status(self) -> StatusCode {
        self.facts().1
    }

    pub fn title(self) -> &'static str {
        self.facts().2
    }

    pub fn detail(self) -> &'static str {
        self.facts().3
    }
}

/// A problem on its way to whoever asked.
#[derive(Debug)]
pub struct Problem {
    kind: Kind,
    errors: Vec<FieldError>,
    /// For the log only.
    inside: Option<String>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FieldError {
    /// The field, as in `within_km` or `about.age`; empty for the body as a whole.
    #[schema(example = "within_km")]
    pub field: String,
    /// A lasting name: `unknown-field`, `not-a-number`, `not-a-choice`, `out-of-range`, `too-long`, `too-many`,
    /// `unknown-code`, `unknown-place`, `missing` or `malformed`.
    #[schema(example = "out-of-range")]
    pub kind: String,
    #[schema(example = "is less than 0.1")]
    pub message: String,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "write a number of km from 0.1 to 500")]
    pub help: Option<String>,
}

/// Problem details as RFC 9457 has them, with the fields that are at fault.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDetails {
    /// Lasting; leads to a page that explains it.
    #[serde(rename = "type")]
    #[schema(example = "/problems/invalid-question", format = "uri-reference")]
    pub kind: String,
    #[schema(example = "The question cannot be answered as it stands")]
    pub title: String,
    #[schema(example = 400)]
    pub status: u16,
    pub detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// The inside cause, carried on a response to `log`, which takes it off.
#[derive(Clone, Debug)]
pub struct InsideCause(pub String);

/// The kind of the problem that a response tells of, for whoever puts it into words for people.
#[derive(Clone, Copy, Debug)]
pub struct ProblemKind(pub Kind);

impl Problem {
    pub fn new(kind: Kind) -> Self {
        Self { kind, errors: Vec::new(), inside: None }
    }

    /// Our own fault; the cause goes to the log and nowhere else, so it must not hold a person's words.
    pub fn inside(cause: impl Into<String>) -> Self {
        Self { kind: Kind::Inside, errors: Vec::new(), inside: Some(cause.into()) }
    }

    /// A question with mistakes.
    pub fn mistakes(mistakes: Vec<Mistake>) -> Self {
        Self::of(Kind::Question, mistakes)
    }

    /// A problem with the fields at fault.
    pub fn of(kind: Kind, mistakes: Vec<Mistake>) -> Self {
        let error = |mistake: Mistake| FieldError {
            field: mistake.field,
            kind: mistake.kind.name().to_string(),
            message: mistake.message,
            help: mistake.help,
        };
        Self { kind, errors: mistakes.into_iter().map(error).collect(), inside: None }
    }
}

impl From<NoAnswer> for Problem {
    fn from(no_answer: NoAnswer) -> Self {
        match no_answer {
            NoAnswer::Mistakes(mistakes) => Problem::mistakes(mistakes),
            NoAnswer::OutOfTime => Problem::new(Kind::OutOfTime),
            NoAnswer::Inside(cause) => Problem::inside(cause),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (name, status, title, detail) = self.kind.facts();
        let details = ProblemDetails {
            kind: format!("/problems/{name}"),
            title: title.to_string(),
            status: status.as_u16(),
            detail: detail.to_string(),
            errors: self.errors,
        };
        // Strings and a number: serialisation has nothing to fail on.
        let body = serde_json::to_vec(&details).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS));
        }
        if self.kind == Kind::SlowBody || self.kind == Kind::BodyTooLarge {
            // The rest of the body is not wanted.
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response.extensions_mut().insert(ProblemKind(self.kind));
        if let Some(cause) = self.inside {
            response.extensions_mut().insert(InsideCause(cause));
        }
        response
    }
}
