//! What a request to the feed asks: the parameters of HSDS 3.2 and of the UK's profile, from the address or a posted
//! body. Different parameters must all hold; of one that is given several times any may.

use crate::search::mistake::{Mistake, MistakeKind};
use crate::server::error::{Kind, Problem};
use crate::server::limits::{BODY_BYTES, PER_PAGE, PER_PAGE_DEFAULT, QUERY_CHARACTERS};
use crate::server::request;
use axum::body::Body;
use axum::http::{HeaderMap, Uri, header};
use jiff::Timestamp;
use jiff::civil::{DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use serde_json::Value;
use tokio::time::Instant;

/// The parameters of each list.
pub const SERVICES: &[&str] = &[
    "search",
    "page",
    "per_page",
    "format",
    "taxonomy_term_id",
    "taxonomy_id",
    "organization_id",
    "modified_after",
    "minimal",
    "full",
    "minimum_age",
    "maximum_age",
    "day",
    "start_time",
    "end_time",
    "postcode",
    "proximity",
];
pub const SERVICE_AT_LOCATIONS: &[&str] = &[
    "search",
    "page",
    "per_page",
    "format",
    "taxonomy_term_id",
    "taxonomy_id",
    "organization_id",
    "modified_after",
    "full",
    "postcode",
    "proximity",
    "minimum_age",
    "maximum_age",
    "day",
    "start_time",
    "end_time",
];
pub const ORGANIZATIONS: &[&str] =
    &["search", "page", "per_page", "format", "taxonomy_term_id", "taxonomy_id", "full", "full_service"];
pub const TAXONOMIES: &[&str] = &["search", "page", "per_page", "format"];
pub const TAXONOMY_TERMS: &[&str] = &["search", "page", "per_page", "format", "taxonomy_id", "top_only", "parent_id"];

/// Parameters that are true or false, numbers, and those of which there may be several; all others are texts. An empty
/// text asks for nothing; an empty number, or a word that is none of a few, is a slip.
const YES_NO: [&str; 4] = ["minimal", "full", "full_service", "top_only"];
const NUMBERS: [&str; 5] = ["page", "per_page", "minimum_age", "maximum_age", "proximity"];
const SEVERAL: [&str; 5] = ["taxonomy_term_id", "taxonomy_id", "organization_id", "parent_id", "day"];

/// The deepest page. A feed is read to its end, so it is far: the largest directory by pages of one.
const DEEPEST_PAGE: u64 = 5_000_000;
/// The farthest proximity, in metres: Great Britain from end to end.
const FARTHEST: f64 = 1_000_000.0;

/// A question to a list; what is not asked does not limit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    pub search: String,
    pub page: usize,
    pub per_page: usize,
    /// Everything, a record a line.
    pub lines: bool,
    pub taxonomy_term_id: Vec<String>,
    pub taxonomy_id: Vec<String>,
    pub organization_id: Vec<String>,
    pub parent_id: Vec<String>,
    pub modified_after: Option<Timestamp>,
    pub minimal: bool,
    pub full: bool,
    pub full_service: bool,
    pub top_only: bool,
    pub minimum_age: Option<u8>,
    pub maximum_age: Option<u8>,
    pub days: Vec<Weekday>,
    pub start_time: Option<Time>,
    pub end_time: Option<Time>,
    pub postcode: Option<String>,
    /// Metres.
    pub proximity: Option<f64>,
}

/// A question in the address.
pub fn of(uri: &Uri, known: &[&str]) -> Result<Question, Problem> {
    read(request::pairs(uri)?, known)
}

/// The same, posted: as JSON, as a form, or still in the address.
pub async fn posted(
    uri: &Uri,
    headers: &HeaderMap,
    body: Body,
    deadline: Instant,
    known: &[&str],
) -> Result<Question, Problem> {
    let mut pairs = request::pairs(uri)?;
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let content_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let bytes = request::whole(headers, body, BODY_BYTES, deadline).await?;
    match content_type.as_str() {
        _ if bytes.iter().all(u8::is_ascii_whitespace) => {}
        "application/json" => pairs.extend(of_json(&bytes)?),
        "application/x-www-form-urlencoded" => {
            let form = std::str::from_utf8(&bytes).ok().and_then(|text| format!("/?{text}").parse::<Uri>().ok());
            let form = form.ok_or_else(|| malformed("the form cannot be read"))?;
            pairs.extend(request::pairs(&form)?);
        }
        _ => return Err(Problem::new(Kind::MediaType)),
    }
    read(pairs, known)
}

fn malformed(what: &str) -> Problem {
    let mistake = Mistake::new("", MistakeKind::Malformed, what).with_help("send an object of parameters");
    Problem::of(Kind::Json, vec![mistake])
}

fn of_json(bytes: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    let Ok(Value::Object(fields)) = serde_json::from_slice(bytes) else {
        return Err(malformed("is not a JSON object"));
    };
    // A number is a number and a text a text, so that a slip is told and not guessed at.
    let text = |name: &str, value: &Value| match value {
        Value::Bool(yes) if YES_NO.contains(&name) => Some(yes.to_string()),
        Value::Number(number) if NUMBERS.contains(&name) => Some(number.to_string()),
        Value::String(text) if !YES_NO.contains(&name) && !NUMBERS.contains(&name) => Some(text.clone()),
        _ => None,
    };
    let wrong = |name: &str| {
        let message = "is of another kind than it should be";
        let mistake = Mistake::new(name, MistakeKind::Malformed, message);
        Problem::of(Kind::Json, vec![mistake.with_help("write texts in quotes, numbers and true or false without")])
    };
    let mut pairs = Vec::new();
    for (name, value) in fields {
        let items = match &value {
            Value::Array(items) if SEVERAL.contains(&name.as_str()) => items.as_slice(),
            value => std::slice::from_ref(value),
        };
        for item in items {
            // What is not known is told with all else that is wrong.
            let known = [SERVICES, ORGANIZATIONS, TAXONOMY_TERMS].iter().any(|known| known.contains(&name.as_str()));
            let said = if known { text(&name, item).ok_or_else(|| wrong(&name))? } else { String::new() };
            pairs.push((name.clone(), said));
        }
    }
    Ok(pairs)
}

/// Reads parameters; everything wrong with them is told at once.
fn read(pairs: Vec<(String, String)>, known: &[&str]) -> Result<Question, Problem> {
    let mut question = Question { page: 1, per_page: PER_PAGE_DEFAULT, ..Question::default() };
    let mut mistakes = Vec::new();
    for (name, value) in pairs {
        let value = value.trim();
        if !known.contains(&name.as_str()) {
            mistakes.push(Mistake::unknown_field(&name, known));
        } else if (!value.is_empty() || is_no_text(&name))
            && let Err(mistake) = question.take(&name, value)
        {
            mistakes.push(mistake);
        }
    }
    if mistakes.is_empty() { Ok(question) } else { Err(Problem::mistakes(mistakes)) }
}

fn is_no_text(name: &str) -> bool {
    YES_NO.contains(&name) || NUMBERS.contains(&name) || matches!(name, "format" | "day")
}

impl Question {
    fn take(&mut self, name: &str, value: &str) -> Result<(), Mistake> {
        match name {
            "search" if value.chars().count() > QUERY_CHARACTERS => {
                let message = format!("is longer than {QUERY_CHARACTERS} characters");
                return Err(Mistake::new("search", MistakeKind::TooLong, message).with_help("a few words are enough"));
            }
            "search" => self.search = value.chars().filter(|c| !crate::dataset::is_invisible(*c)).collect(),
            "page" => self.page = whole("page", value, 1, DEEPEST_PAGE)? as usize,
            "per_page" => self.per_page = whole("per_page", value, 1, PER_PAGE as u64)? as usize,
            "format" => {
                self.lines = choice("format", value, &["json", "ndjson"])? == "ndjson";
            }
            "taxonomy_term_id" => self.taxonomy_term_id.extend(several(value)),
            "taxonomy_id" => self.taxonomy_id.extend(several(value)),
            "organization_id" => self.organization_id.extend(several(value)),
            "parent_id" => self.parent_id.extend(several(value)),
            "modified_after" => self.modified_after = Some(moment(value)?),
            "minimal" => self.minimal = yes_no("minimal", value)?,
            "full" => self.full = yes_no("full", value)?,
            "full_service" => self.full_service = yes_no("full_service", value)?,
            "top_only" => self.top_only = yes_no("top_only", value)?,
            "minimum_age" => self.minimum_age = Some(whole("minimum_age", value, 0, 120)? as u8),
            "maximum_age" => self.maximum_age = Some(whole("maximum_age", value, 0, 120)? as u8),
            "day" => {
                for day in value.split(',') {
                    self.days.push(weekday(day.trim())?);
                }
            }
            "start_time" => self.start_time = Some(time("start_time", value)?),
            "end_time" => self.end_time = Some(time("end_time", value)?),
            "postcode" => self.postcode = Some(value.to_string()),
            "proximity" => {
                let metres = value.parse::<f64>().ok().filter(|metres| (0.0..=FARTHEST).contains(metres));
                let mistake = || {
                    Mistake::new("proximity", MistakeKind::OutOfRange, "is not a number of metres from 0 to 1000000")
                        .with_help("write metres, as in `proximity=5000`")
                };
                self.proximity = Some(metres.ok_or_else(mistake)?);
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether anything is asked of when a service is open.
    pub fn asks_for_hours(&self) -> bool {
        !self.days.is_empty() || self.start_time.is_some() || self.end_time.is_some()
    }
}

fn several(value: &str) -> impl Iterator<Item = String> {
    value.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_string)
}

fn whole(name: &str, value: &str, from: u64, to: u64) -> Result<u64, Mistake> {
    // `18.0` is a whole number of JSON.
    let number = value.parse::<f64>().ok().filter(|number| number.fract() == 0.0);
    match number {
        Some(number) if (from as f64..=to as f64).contains(&number) => Ok(number as u64),
        Some(_) => Err(Mistake::new(name, MistakeKind::OutOfRange, format!("is not from {from} to {to}"))
            .with_help(format!("write a whole number from {from} to {to}"))),
        None => Err(Mistake::new(name, MistakeKind::NotANumber, "is not a whole number")
            .with_help(format!("write a whole number from {from} to {to}"))),
    }
}

fn choice<'v>(name: &str, value: &'v str, choices: &[&str]) -> Result<&'v str, Mistake> {
    if choices.contains(&value) {
        return Ok(value);
    }
    Err(Mistake::new(name, MistakeKind::NotAChoice, "is none of its values")
        .with_help(format!("write {}", choices.join(" or "))))
}

fn yes_no(name: &str, value: &str) -> Result<bool, Mistake> {
    match value {
        "true" | "1" | "yes" => Ok(true),
        "false" | "0" | "no" => Ok(false),
        _ => {
            Err(Mistake::new(name, MistakeKind::NotAChoice, "is neither true nor false")
                .with_help("write true or false"))
        }
    }
}

/// `2026-11-22`, `2026-11-22T10:00:00` (UTC) or `2026-11-22T10:00:00+01:00`.
fn moment(value: &str) -> Result<Timestamp, Mistake> {
    // The plus of an offset that was not encoded arrives as a blank.
    let value = if value.contains(['T', 't']) { value.replace(' ', "+") } else { value.to_string() };
    let utc = |at: DateTime| at.to_zoned(TimeZone::UTC).map(|at| at.timestamp()).ok();
    // An hour alone (`T10`), which the parser would take, is half a moment.
    let whole = value.find(['T', 't']).is_none_or(|at| value[at..].contains(':'));
    let moment = || value.parse::<Timestamp>().ok().or_else(|| value.parse::<DateTime>().ok().and_then(utc));
    let read = if whole { moment() } else { None };
    read.ok_or_else(|| {
        Mistake::new("modified_after", MistakeKind::Malformed, "is not a date or a date with a time")
            .with_help("write `2026-11-22` or `2026-11-22T10:00:00Z`")
    })
}

fn weekday(value: &str) -> Result<Weekday, Mistake> {
    let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let upper = value.to_ascii_uppercase();
    let at = days.iter().position(|day| upper == *day || (upper.len() > 2 && upper.starts_with(day)));
    at.and_then(|at| Weekday::from_monday_zero_offset(at as i8).ok()).ok_or_else(|| {
        Mistake::new("day", MistakeKind::NotAChoice, "is not a day of the week")
            .with_help("write MO, TU, WE, TH, FR, SA or SU")
    })
}

fn time(name: &str, value: &str) -> Result<Time, Mistake> {
    let clock = value.get(..5).filter(|_| matches!(value.len(), 5 | 8)).unwrap_or_default();
    let parts = clock.split_once(':').and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
    parts.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok()).ok_or_else(|| {
        Mistake::new(name, MistakeKind::Malformed, "is not a time of day").with_help("write it as `18:30`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Result<Question, Problem> {
        of(&format!("/hsds/services?{query}").parse().unwrap(), SERVICES)
    }

    #[test]
    fn parameters_are_read() {
        let question =
            asked("page=2&per_page=5&day=MO,tuesday&start_time=18:30&taxonomy_term_id=a&taxonomy_term_id=b").unwrap();
        assert_eq!((question.page, question.per_page, question.days.len()), (2, 5, 2));
        assert_eq!(question.taxonomy_term_id, ["a", "b"]);
        assert!(asked("search=&taxonomy_id=&postcode=&modified_after=&start_time=").is_ok());
        let moment = |query: &str| asked(query).unwrap().modified_after.unwrap().to_string();
        assert_eq!(moment("modified_after=2026-11-22"), "2026-11-22T00:00:00Z");
        assert_eq!(moment("modified_after=2026-06-22T10:00:00%2B01:00"), "2026-06-22T09:00:00Z");
        assert_eq!(moment("modified_after=2026-06-22T10:00:00+01:00"), "2026-06-22T09:00:00Z");
        assert_eq!(moment("modified_after=2026-06-22T10:00:00"), "2026-06-22T10:00:00Z");
        assert!(asked("full=true&format=ndjson&minimum_age=18.0&modified_after=2026-01-01T00:00:00Z").is_ok());
    }

    #[test]
    fn mistakes_are_told() {
        for wrong in [
            "page=0",
            "per_page=101",
            "page=x",
            "format=xml",
            "format=",
            "page=",
            "day=",
            "minimum_age=",
            "proximity=",
            "full=maybe",
            "day=XX",
            "start_time=25:00",
            "proximity=x",
            "proximity=-1&postcode=M1",
            "minimum_age=200",
            "modified_after=soon",
            "modified_after=2026-11-22x",
            "modified_after=2026-11-22T10",
            "colour=red",
            "page=1e9",
        ] {
            assert!(asked(wrong).is_err(), "{wrong}");
        }
    }
}
