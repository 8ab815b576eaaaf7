//! The answer to a search: what was found, how the question was understood, and what the filters took away.

use super::public::{PublicLocation, PublicService, PublicSession};
use crate::model::{Code, Id, Phone};
use jiff::civil::DateTime;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;
use utoipa::ToSchema;

/// A page of results.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Answer {
    /// Services that fit, on all pages.
    pub total: usize,
    pub page: usize,
    pub per_page: usize,
    /// Help that is shown first when the words speak of a crisis.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub crisis: Vec<CrisisHelp>,
    pub results: Vec<Hit>,
    /// For each facet, how many of the `total` have each value; the most frequent first.
    pub facets: BTreeMap<&'static str, Vec<FacetCount>>,
    pub understood: Understood,
    /// For each filter, how many more services there would be without that one alone.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub removed_by: BTreeMap<&'static str, usize>,
    /// The generation of the index that answered.
    pub generation: String,
    /// True when the organisations are fictional.
    pub sample: bool,
}

/// One service, at its best session.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Hit {
    pub service: PublicService,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<PublicSession>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<PublicLocation>,
    /// Great-circle distance, km; whole km for a confidential location. Left out where there is no `near`, or nowhere
    /// to travel to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_km: Option<f64>,
    /// True when the service covers the place that was asked for, wherever its office is.
    pub covers_place: bool,
    pub score: Score,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub highlights: Vec<Highlight>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<Opens>,
    /// Filters about which the service states nothing: ask before going.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_stated: Vec<&'static str>,
    /// Other places at which the same service can be joined.
    #[serde(skip_serializing_if = "is_zero")]
    pub other_places: usize,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A score and the named parts that add up to it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Score {
    pub total: f64,
    pub parts: BTreeMap<&'static str, f64>,
}

/// A field in which words of the question stand.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Highlight {
    pub field: &'static str,
    pub parts: Vec<HighlightPart>,
}

/// A piece of text, and whether it is one of the words that were looked for.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct HighlightPart {
    pub text: String,
    #[serde(rename = "match")]
    pub is_match: bool,
}

/// The opening that is going on, or the next one within 14 days; local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct Opens {
    pub open_now: bool,
    #[schema(value_type = String, example = "2026-11-27T18:30:00")]
    pub starts: DateTime,
    /// Left out if it does not close within 14 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub ends: Option<DateTime>,
}

/// How many have one value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FacetCount {
    pub code: String,
    pub name: String,
    pub count: usize,
}

/// How the question was understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Understood {
    /// Word by word, or phrase by phrase.
    pub words: Vec<UnderstoodWords>,
    /// `all`: every result has all the words; `some`: those with all come first, then those with some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words_matched: Option<WordsMatched>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<UnderstoodPlace>,
}

/// Whether results have all the words or some.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum WordsMatched {
    All,
    Some,
}

/// A word or phrase of the question, and what it was taken for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct UnderstoodWords {
    pub typed: String,
    /// The words of the directory that were looked for in place of a misspelt one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrected_to: Vec<String>,
    /// The same word as others spell it, which was looked for as well: "food bank" for "foodbank".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Words of the directory that begin with what was typed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub begins: Vec<String>,
    /// Search words that the thesaurus gives for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub means: Vec<String>,
    /// Categories whose words it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Code>,
    /// True for words such as "the" and "I want to", which were not looked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ignored: bool,
    /// True for what the person does not want, as in "not in a church": it was not looked for, and services that are
    /// just that come last.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub negated: bool,
    /// True when no service has the word or anything like it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unknown: bool,
    /// The words as they were meant: mended.
    #[serde(skip)]
    pub meant: String,
    /// Where it stands in the text, in bytes.
    #[serde(skip)]
    pub span: Range<usize>,
}

/// The place that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct UnderstoodPlace {
    pub name: String,
    /// `postcode`, `sector`, `outcode`, `place` or `point`.
    pub precision: &'static str,
    pub latitude: f64,
    pub longitude: f64,
    /// What it lies in, to tell places of one name apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// True for a postcode that is no longer in use.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub terminated: bool,
}

/// Help in a crisis.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CrisisHelp {
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_id: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_name: Option<String>,
}
