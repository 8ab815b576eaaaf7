//! A question as it was asked: the fields of `GET /api/v1/services` and of its JSON twin, before anything is checked
//! against the directory. `question` does that.

use super::mistake::{Mistake, MistakeKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where to look: a postcode (full, sector or outcode), a place name, or a point in degrees (as text `53.48,-2.24`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Near {
    #[schema(example = "M1 4BT")]
    Text(String),
    Point(Degrees),
}

/// A point in WGS84 degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Degrees {
    #[schema(minimum = -90, maximum = 90)]
    pub latitude: f64,
    #[schema(minimum = -180, maximum = 180)]
    pub longitude: f64,
}

/// One value or a list of them.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match Option::<OneOrMany>::deserialize(deserializer)? {
        None => Vec::new(),
        Some(OneOrMany::One(value)) => vec![value],
        Some(OneOrMany::Many(values)) => values,
    })
}

/// What a person asked. Everything is optional; an empty question lists every service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Ask {
    /// Words, at most 200 characters.
    #[schema(max_length = 200, example = "somewhere to sleep")]
    pub q: Option<String>,
    /// True: look for the words as they were typed. No word is taken for another that it may have been meant for.
    pub exact: Option<bool>,
    pub near: Option<Near>,
    /// Only what is within this many km of `near`, or covers it, or needs no travel. 0.1 to 500.
    #[schema(minimum = 0.1, maximum = 500)]
    pub within_km: Option<f64>,
    /// Category codes; a service with any of them (or of their children) fits.
    #[serde(deserialize_with = "one_or_many")]
    pub category: Vec<String>,
    /// Goal codes.
    #[serde(deserialize_with = "one_or_many")]
    pub goal: Vec<String>,
    /// Audience codes: who the person is.
    #[serde(deserialize_with = "one_or_many")]
    pub audience: Vec<String>,
    /// Age in whole years.
    #[schema(minimum = 0, maximum = 120)]
    pub age: Option<i64>,
    /// ISO 639-1 codes.
    #[serde(deserialize_with = "one_or_many")]
    pub language: Vec<String>,
    /// Accessibility codes that are needed; all of them.
    #[serde(deserialize_with = "one_or_many")]
    pub access: Vec<String>,
    /// `in_person`, `phone`, `online` or `outreach`.
    #[serde(deserialize_with = "one_or_many")]
    pub delivery: Vec<String>,
    /// How one gets in: `drop_in`, `self` or `professional`.
    #[serde(deserialize_with = "one_or_many")]
    pub referral: Vec<String>,
    /// Who leads it: `peers`, `volunteers`, `professionals` or `members`.
    #[serde(deserialize_with = "one_or_many")]
    pub led_by: Vec<String>,
    /// True: only what is free, or does not state a cost.
    pub free: Option<bool>,
    /// True: the person has convictions; services that turn them away are left out.
    pub convictions: Option<bool>,
    /// A local date and time, `2026-11-27T18:30`: only what is open then.
    #[schema(example = "2026-11-27T18:30")]
    pub open_at: Option<String>,
    /// True: only what is open now.
    pub open_now: Option<bool>,
    /// `best` (the default), `distance`, `name` or `opens`.
    #[schema(example = "best")]
    pub sort: Option<String>,
    /// From 1.
    #[schema(minimum = 1)]
    pub page: Option<i64>,
    /// 1 to 100; 20 if not given.
    #[schema(minimum = 1, maximum = 100)]
    pub per_page: Option<i64>,
}

/// The names of every field, in the order in which the documentation shows them.
pub const FIELDS: [&str; 20] = [
    "q",
    "exact",
    "near",
    "within_km",
    "category",
    "goal",
    "audience",
    "age",
    "language",
    "access",
    "delivery",
    "referral",
    "led_by",
    "free",
    "convictions",
    "open_at",
    "open_now",
    "sort",
    "page",
    "per_page",
];

impl Ask {
    /// Reads the pairs of a query string. Lists are separated by commas, or the name is repeated.
    ///
    /// # Errors
    /// Every pair that cannot be read, each with its field and cure; an unknown name is one of them.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Ask, Vec<Mistake>> {
        let mut ask = Ask::default();
        let mut mistakes = Vec::new();
        for (name, value) in pairs {
            if let Err(mistake) = ask.set(name, value) {
                mistakes.push(mistake);
            }
        }
        if mistakes.is_empty() { Ok(ask) } else { Err(mistakes) }
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), Mistake> {
        // An empty value is a form field left blank: not stated.
        if value.trim().is_empty() && FIELDS.contains(&name) {
            return Ok(());
        }
        match name {
            "q" => self.q = Some(value.to_string()),
            "exact" => self.exact = Some(yes_or_no(name, value)?),
            "near" => self.near = Some(Near::Text(value.to_string())),
            "within_km" => self.within_km = Some(number(name, value)?),
            "category" => add(&mut self.category, value),
            "goal" => add(&mut self.goal, value),
            "audience" => add(&mut self.audience, value),
            "age" => self.age = Some(whole(name, value)?),
            "language" => add(&mut self.language, value),
            "access" => add(&mut self.access, value),
            "delivery" => add(&mut self.delivery, value),
            "referral" => add(&mut self.referral, value),
            "led_by" => add(&mut self.led_by, value),
            "free" => self.free = Some(yes_or_no(name, value)?),
            "convictions" => self.convictions = Some(yes_or_no(name, value)?),
            "open_at" => self.open_at = Some(value.to_string()),
            "open_now" => self.open_now = Some(yes_or_no(name, value)?),
            "sort" => self.sort = Some(value.to_string()),
            "page" => self.page = Some(whole(name, value)?),
            "per_page" => self.per_page = Some(whole(name, value)?),
            unknown => return Err(Mistake::unknown_field(unknown, &FIELDS)),
        }
        Ok(())
    }
}

fn add(list: &mut Vec<String>, value: &str) {
    list.extend(value.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_string));
}

fn number(field: &str, value: &str) -> Result<f64, Mistake> {
    value.trim().parse().map_err(|_| {
        Mistake::new(field, MistakeKind::NotANumber, "is not a number")
            .with_help("write it with a point, such as `2.5`")
    })
}

fn whole(field: &str, value: &str) -> Result<i64, Mistake> {
    value.trim().parse().map_err(|_| {
        Mistake::new(field, MistakeKind::NotANumber, "is not a whole number")
            .with_help("write digits only, such as `20`")
    })
}

fn yes_or_no(field: &str, value: &str) -> Result<bool, Mistake> {
    match value.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" | "on" => Ok(true),
        "false" | "no" | "0" | "off" => Ok(false),
        _ => Err(Mistake::new(field, MistakeKind::NotAChoice, "is neither `true` nor `false`")
            .with_help("write `true` or `false`")),
    }
}
