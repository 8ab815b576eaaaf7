//! What a request says, taken apart strictly: the pairs of a query string, a form, and a JSON body. A fault becomes a problem
//! that names the field and the cure and does not repeat the value.

use crate::search::mistake::{Mistake, MistakeKind};
use crate::server::error::{Kind, Problem};
use crate::server::limits::{BODY_BYTES, QUERY_CHARACTERS, URL_BYTES};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use percent_encoding::percent_decode;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::borrow::Cow;
use tokio::time::Instant;

/// Turns away addresses that are too long to be a question.
pub async fn bound_url(request: Request, next: Next) -> Response {
    let uri = request.uri();
    let bytes = uri.path().len() + uri.query().map_or(0, str::len);
    if bytes > URL_BYTES { Problem::new(Kind::UrlTooLong).into_response() } else { next.run(request).await }
}

/// The one variable part of a path; what is no text leads nowhere.
pub struct PathText(pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathText {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.map(|Path(text)| Self(text)).map_err(|_| Problem::new(Kind::NotFound))
    }
}

/// The name-value pairs of a query string, decoded; a name may come more than once.
///
/// # Errors
/// Bytes that are no UTF-8. Decoding them anyway would search for something else than was asked.
pub fn pairs(uri: &Uri) -> Result<Vec<(String, String)>, Problem> {
    let query = uri.query().unwrap_or_default();
    let mut pairs = Vec::new();
    let mut mistakes = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match (decode(name), decode(value)) {
            (Some(name), Some(value)) => pairs.push((name, value)),
            (name, _) => {
                let name: String = name.unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).collect();
                mistakes.push(
                    Mistake::new(&name, MistakeKind::Malformed, "is not UTF-8 when its %-escapes are read")
                        .with_help("encode the text as UTF-8 before it is %-escaped: `é` is `%C3%A9`, not `%E9`"),
                );
            }
        }
    }
    if mistakes.is_empty() { Ok(pairs) } else { Err(Problem::mistakes(mistakes)) }
}

fn decode(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode(spaced.as_bytes()).decode_utf8().ok().map(Cow::into_owned)
}

/// The one text that a look-up needs, `?q=`; no other parameter is known.
///
/// # Errors
/// It is missing, empty or too long, or there are others.
pub fn only_text(uri: &Uri) -> Result<String, Problem> {
    let [text] = known(uri, ["q"])?;
    let text = text.unwrap_or_default();
    let mistake = if text.trim().is_empty() {
        Mistake::new("q", MistakeKind::Missing, "is missing").with_help("write what is looked for, as in `?q=M1`")
    } else if text.chars().count() > QUERY_CHARACTERS {
        Mistake::new("q", MistakeKind::TooLong, format!("is longer than {QUERY_CHARACTERS} characters"))
            .with_help("a few words are enough")
    } else {
        return Ok(text);
    };
    Err(Problem::mistakes(vec![mistake]))
}

/// The values of the parameters that a route knows.
///
/// # Errors
/// Others are given, or one of them twice.
pub fn known<const N: usize>(uri: &Uri, names: [&str; N]) -> Result<[Option<String>; N], Problem> {
    let mut values = [const { None }; N];
    let mut mistakes = Vec::new();
    for (name, value) in pairs(uri)? {
        match names.iter().position(|known| *known == name) {
            Some(at) if values[at].is_some() => mistakes.push(
                Mistake::new(names[at], MistakeKind::TooMany, "is given more than once").with_help("give it once"),
            ),
            Some(at) => values[at] = Some(value),
            None => mistakes.push(Mistake::unknown_field(&name, &names)),
        }
    }
    if mistakes.is_empty() { Ok(values) } else { Err(Problem::mistakes(mistakes)) }
}

/// Reads a JSON body.
///
/// # Errors
/// Another content type, too large, too slow, not JSON, or JSON of another shape.
pub async fn json<T: DeserializeOwned>(headers: &HeaderMap, body: Body, deadline: Instant) -> Result<T, Problem> {
    if !is_json(headers) {
        return Err(Problem::new(Kind::MediaType));
    }
    let bytes = whole(headers, body, BODY_BYTES, deadline).await?;
    parse(&bytes).map_err(|mistake| Problem::of(Kind::Json, vec![mistake]))
}

/// Reads the fields of a form of a page; a name may come more than once. Bytes that are no UTF-8 are shown as such:
/// what a person typed is never refused for its encoding.
///
/// # Errors
/// Another content type, too large, or too slow.
pub async fn form(headers: &HeaderMap, body: Body, deadline: Instant) -> Result<Vec<(String, String)>, Problem> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(Problem::new(Kind::MediaType));
    }
    let bytes = whole(headers, body, BODY_BYTES, deadline).await?;
    let text = String::from_utf8_lossy(&bytes);
    let decode = |text: &str| percent_decode(text.replace('+', " ").as_bytes()).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    Ok(pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(n, v)| (decode(n), decode(v))).collect())
}

/// Reads a body of at most so many bytes.
///
/// # Errors
/// It is too large or too slow.
pub async fn whole(headers: &HeaderMap, body: Body, most: usize, deadline: Instant) -> Result<Bytes, Problem> {
    // A client that states a length that is too large is spared the sending.
    let stated = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if stated.is_some_and(|bytes| bytes > most as u64) {
        return Err(Problem::new(Kind::BodyTooLarge));
    }
    let body = tokio::time::timeout_at(deadline, Limited::new(body, most).collect()).await;
    match body {
        Err(_) => Err(Problem::new(Kind::SlowBody)),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Problem::new(Kind::BodyTooLarge)),
        // The client went away half-way: nobody reads the answer.
        Ok(Err(_)) => Err(Problem::new(Kind::SlowBody)),
        Ok(Ok(body)) => Ok(body.to_bytes()),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let content_type = text(header::CONTENT_TYPE).to_ascii_lowercase();
    let mut parts = content_type.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let charset = parts.find_map(|part| part.strip_prefix("charset=")).map(|charset| charset.trim_matches('"'));
    let plain = matches!(text(header::CONTENT_ENCODING), "" | "identity");
    let json = essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"));
    json && plain && matches!(charset, None | Some("utf-8" | "utf8"))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Mistake> {
    // serde takes a list for an object, by the order of its fields: nobody means that.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(Mistake::new("", MistakeKind::Malformed, "is a list and not an object")
            .with_help("write fields with their names in braces, such as {}"));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        explain(&path, error.inner())
    })?;
    reader.end().map_err(|error| explain("", &error))?;
    Ok(value)
}

/// serde's messages repeat what was typed, so only their fixed parts are used: what kind of fault, and what was
/// expected.
fn explain(path: &str, error: &serde_json::Error) -> Mistake {
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        Category::Eof | Category::Io => {
            return Mistake::new("", MistakeKind::Malformed, "the JSON ends too early")
                .with_help("send an object, such as `{}`, and close every bracket and quote");
        }
        Category::Syntax => {
            let message = format!("the JSON cannot be read at line {line}, column {column}");
            return Mistake::new("", MistakeKind::Malformed, message)
                .with_help("check the quotes, commas, brackets and escapes there; brackets may be 128 deep");
        }
        Category::Data => (),
    }
    let message = error.to_string();
    if let Some(mistake) = unknown_field(path, &message) {
        return mistake;
    }
    let field = shown_path(path);
    if let Some(rest) = message.strip_prefix("duplicate field `") {
        // serde names the field as the type has it, not as it was typed; the path ends before it.
        let name = rest.split('`').next().unwrap_or_default();
        let field = if field.is_empty() { name.to_string() } else { format!("{field}.{name}") };
        return Mistake::new(&field, MistakeKind::TooMany, "is given twice").with_help("give each field once");
    }
    if field == "near" {
        return Mistake::new("near", MistakeKind::Malformed, "is neither a text nor a point").with_help(
            "write a postcode or a place's name, or `{\"latitude\": 53.48, \"longitude\": -2.24}` in degrees",
        );
    }
    let (what, help) = expected(message.rsplit_once("expected ").map_or("", |(_, rest)| rest));
    let mistake = Mistake::new(&field, MistakeKind::Malformed, format!("is not {what}"));
    mistake.with_help(help)
}

/// "unknown field `x`, expected one of `a`, `b`" as a mistake that names the nearest of them.
fn unknown_field(path: &str, message: &str) -> Option<Mistake> {
    let rest = message.strip_prefix("unknown field `")?;
    // The name is typed by whoever asked and may hold anything; the last list is serde's, of our own fields.
    let (name, expected) = rest.rsplit_once("`, expected ")?;
    let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    let mut mistake = Mistake::unknown_field(name, &known);
    // serde_path_to_error ends the path with the unknown name itself, or with the object that holds it.
    let parent = shown_path(path);
    let parent = parent.strip_suffix(mistake.field.as_str()).unwrap_or(&parent).trim_end_matches('.');
    if !parent.is_empty() {
        mistake.field = format!("{parent}.{}", mistake.field);
    }
    Some(mistake)
}

/// A path such as `about.age` or `goals[0].words`, without anything else.
fn shown_path(path: &str) -> String {
    let path = path.trim_start_matches(['.', '?']);
    path.chars().filter(|c| c.is_ascii_alphanumeric() || "_.[]".contains(*c)).take(80).collect()
}

/// What serde expected, in words, and how to write it.
fn expected(kind: &str) -> (&'static str, &'static str) {
    let kind = kind.split(" at line").next().unwrap_or_default();
    match kind {
        "f64" => ("a number", "write a number without quotes, such as 2.5"),
        "i64" => ("a whole number", "write a whole number without quotes, such as 34"),
        "a boolean" => ("true or false", "write true or false without quotes"),
        "a string" => ("a text", "write it in quotes"),
        "a sequence" => ("a list", "write it in square brackets, such as [\"women\"]"),
        _ if kind.starts_with("struct") => ("an object", "write it in braces, such as {}"),
        _ => ("of the kind that was expected", "`/api/docs` shows each field and its kind"),
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, parse};
    use crate::matching::profile::Profile;
    use crate::search::ask::Ask;

    fn ask(json: &str) -> String {
        parse::<Ask>(json.as_bytes()).map_or_else(|mistake| mistake.to_string(), |ask| format!("{ask:?}"))
    }

    fn profile(json: &str) -> String {
        parse::<Profile>(json.as_bytes()).map_or_else(|mistake| mistake.to_string(), |_| "read".to_string())
    }

    #[test]
    fn a_misspelt_field_is_named_with_the_nearest_one() {
        assert_eq!(
            ask(r#"{"wihtin_km": 3}"#),
            "`wihtin_km` is not a field of this question\nhelp: did you mean `within_km`?"
        );
        assert_eq!(
            profile(r#"{"goals": [], "about": {"aeg": 34}}"#),
            "`about.aeg` is not a field of this question\nhelp: did you mean `age`?"
        );
        assert_eq!(
            profile(r#"{"goals": [{"goal": "belonging"}, {"importnce": 2}]}"#),
            "`goals[1].importnce` is not a field of this question\nhelp: did you mean `importance`?"
        );
    }

    #[test]
    fn a_field_of_the_wrong_kind_is_named_without_its_value() {
        assert_eq!(
            profile(r#"{"about": {"age": "sentinel"}}"#),
            "`about.age` is not a whole number\nhelp: write a whole number without quotes, such as 34"
        );
        assert_eq!(
            ask(r#"{"within_km": "sentinel"}"#),
            "`within_km` is not a number\nhelp: write a number without quotes, such as 2.5"
        );
        assert!(ask(r#"{"near": {"latitude": 1}}"#).starts_with("`near` is neither a text nor a point"));
        assert!(ask(r#"{"x`, expected `y`, `z": 1}"#).ends_with(
            "the fields are q, exact, near, within_km, category, goal, \
             audience, age, language, access, delivery, referral, led_by, free, convictions, open_at, open_now, sort, \
             page, per_page"
        ));
        assert!(!ask(r#"{"category": {"sentinel": 7}}"#).contains("sentinel"));
        assert!(!ask(r#""sentinel""#).contains("sentinel"));
    }

    #[test]
    fn what_is_no_json_is_placed_by_line_and_column() {
        assert!(ask("{\"q\": \"\\ud800\"}").contains("the JSON cannot be read at line 1"));
        assert!(ask("{} {}").contains("line 1, column 4"));
        assert!(ask("{\"q\": ").contains("ends too early"));
        assert!(ask(&format!("{{\"category\": {}", "[".repeat(1000))).contains("cannot be read"));
        assert!(ask("{\"q\": 1, \"q\": 2}").contains("is not a text"));
        assert!(ask("{\"q\": \"a\", \"q\": \"b\"}").contains("given twice"));
        assert!(ask("NaN").contains("cannot be read"));
    }

    #[test]
    fn a_query_string_is_decoded_strictly_as_utf_8() {
        assert_eq!(decode("caf%C3%A9+bar").as_deref(), Some("café bar"));
        assert_eq!(decode("100%").as_deref(), Some("100%"));
        assert_eq!(decode("caf%E9"), None);
        assert_eq!(decode("%ED%A0%80"), None, "a lone surrogate is no UTF-8");
    }
}
