//! A question → ranked answers: pure, synchronous, bounded.
//!
//! In reading order: what is asked (`ask`), what may be wrong with it (`mistake`, `limits`), the checked `question`, how
//! its words are spelt (`spelling`), understood (`understand`, with what it `uses`; as a whole, `sense`) and found
//! (`find`, `text`), what is `unwanted`, the `filter`s, when things open (`opens`), the score (`rank`), the whole way of
//! a question (`run`), and the shapes of what comes out (`answer`, `public`).

pub mod ask;
pub mod limits;
pub mod mistake;
pub mod question;

pub mod crisis;
pub mod filter;
pub mod opens;
pub mod rank;
pub mod sense;
pub mod spelling;
pub mod text;
pub mod understand;
pub mod uses;

mod facets;
mod find;
mod highlight;
mod run;
mod suggest;
pub mod unwanted;

pub mod answer;
pub mod public;

pub use suggest::suggest;

use crate::gazetteer::Gazetteer;
use crate::index::Snapshot;
use answer::Answer;
use ask::Ask;
use jiff::civil::DateTime;
use mistake::Mistake;
use question::Question;
use serde::Serialize;
pub use uses::Uses;
use utoipa::ToSchema;

/// What an answer depends on beside the question and the directory.
pub struct Circumstances<'a> {
    pub gazetteer: &'a Gazetteer,
    /// Local time in the United Kingdom.
    pub now: DateTime,
    /// True once the request's time is up: the work stops at the next look.
    pub out_of_time: &'a (dyn Fn() -> bool + Sync),
    /// Everything, but where the worth of a part is measured.
    pub uses: Uses,
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
///
/// # Errors
/// Everything that is wrong with the question at once; or the time was up; or the index could not be read.
pub fn search(snapshot: &Snapshot, ask: &Ask, circumstances: &Circumstances<'_>) -> Result<Answer, NoAnswer> {
    let question =
        Question::new(ask, snapshot, circumstances.gazetteer, circumstances.now).map_err(NoAnswer::Mistakes)?;
    run::run(snapshot, &question, circumstances)
}

/// How many services each of some questions finds: for the counts beside filters. Questions that differ from the first in
/// their filters alone take little more time than one.
///
/// # Errors
/// Those of [`search`].
pub fn totals(snapshot: &Snapshot, asks: &[Ask], circumstances: &Circumstances<'_>) -> Result<Vec<usize>, NoAnswer> {
    let checked = |ask: &Ask| Question::new(ask, snapshot, circumstances.gazetteer, circumstances.now);
    let questions: Vec<Question> = asks.iter().map(checked).collect::<Result<_, _>>().map_err(NoAnswer::Mistakes)?;
    run::totals(snapshot, &questions, circumstances)
}

/// Something to complete what is being typed with.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Suggestion {
    /// `service`, `category`, `goal` or `place`.
    pub kind: &'static str,
    pub text: String,
    /// The id or code, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}
