//! A question → ranked answers: pure, synchronous, bounded.

pub mod answer;
pub mod ask;
pub mod mistake;
pub mod public;

use crate::gazetteer::Gazetteer;
use crate::index::Snapshot;
use answer::Answer;
use ask::Ask;
use jiff::civil::DateTime;
use mistake::Mistake;
use serde::Serialize;
use utoipa::ToSchema;

/// What an answer depends on beside the question and the directory.
pub struct Circumstances<'a> {
    pub gazetteer: &'a Gazetteer,
    /// Local time in the United Kingdom.
    pub now: DateTime,
    /// True once the request's time is up: the work stops at the next look.
    pub out_of_time: &'a (dyn Fn() -> bool + Sync),
}

/// Why there is no answer.
#[derive(Debug)]
pub enum NoAnswer {
    /// Something is wrong with the question.
    Mistakes(Vec<Mistake>),
    /// The time was up.
    OutOfTime,
    /// The index could not be read.
    Inside(String),
}

/// Answers a question.
pub fn search(_snapshot: &Snapshot, _ask: &Ask, _circumstances: &Circumstances<'_>) -> Result<Answer, NoAnswer> {
    Err(NoAnswer::OutOfTime)
}

/// Something to complete what is being typed with.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Suggestion {
    /// `service`, `organisation`, `category`, `goal` or `place`.
    pub kind: &'static str,
    pub text: String,
    /// The id or code, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// Up to `limit` (≤ 20) completions of a text of at most 200 characters, best first.
pub fn suggest(_snapshot: &Snapshot, _gazetteer: &Gazetteer, _text: &str, _limit: usize) -> Vec<Suggestion> {
    Vec::new()
}
