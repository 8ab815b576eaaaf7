//! What each part of understanding is worth: the same questions asked with the text alone, and then with one part more
//! at a time, down to everything.
//!
//! A row differs from the one above it by one part, so a part's worth is its row less the row above. Parts help each
//! other (a word must be spelt right before the thesaurus knows it): the order is that of the way of a question.

use super::judgements::Judged;
use super::measures::{interval, mean};
use super::run::{ALL, ndcg_of_each};
use crate::index::Snapshot;
use crate::search::rank::round;
use crate::search::{Circumstances, NoAnswer, Uses};
use serde::Serialize;

/// The same questions with these parts in use.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// The part that came in: `text`, `spelling`, …
    pub part: &'static str,
    /// A mean for each kind, in the order of the questions, and one for all.
    pub kinds: Vec<Mean>,
}

/// The mean nDCG@10 of a kind of question.
#[derive(Clone, Debug, Serialize)]
pub struct Mean {
    pub kind: String,
    pub ndcg_10: f64,
    /// 95 %, by bootstrap over the questions.
    pub interval: (f64, f64),
    /// How much more than without the part, for 95 of 100 sets of questions like these; none of the first step.
    pub gain: Option<(f64, f64)>,
}

/// What is in use at each step.
fn steps() -> [(&'static str, Uses); 5] {
    let text = Uses::TEXT;
    let spelling = Uses { spelling: true, ..text };
    let vocabulary = Uses { vocabulary: true, ..spelling };
    let meaning = Uses { meaning: true, ..vocabulary };
    [
        ("text", text),
        ("spelling", spelling),
        ("vocabulary", vocabulary),
        ("meaning", meaning),
        ("categories", Uses::ALL),
    ]
}

/// Asks every question with one part more at each step.
///
/// # Errors
/// A question has a mistake in it (with its id), or the index cannot be read.
pub fn ablation(
    snapshot: &Snapshot,
    judged: &Judged,
    circumstances: &Circumstances<'_>,
) -> Result<Vec<Step>, (String, NoAnswer)> {
    let mut done: Vec<Step> = Vec::new();
    let mut before: Option<Vec<f64>> = None;
    for (part, uses) in steps() {
        let values = ndcg_of_each(snapshot, judged, &Circumstances { uses, ..*circumstances })?;
        let of_kind = |kind: &str| {
            let is_one = |at: &usize| kind == ALL || judged.queries[*at].kind == kind;
            let chosen: Vec<usize> = (0..values.len()).filter(is_one).collect();
            let here: Vec<f64> = chosen.iter().map(|at| values[*at]).collect();
            let gained = before.as_ref().map(|before| chosen.iter().map(|at| values[*at] - before[*at]).collect());
            Mean {
                kind: kind.to_string(),
                ndcg_10: round(mean(&here).unwrap_or_default()),
                interval: rounded(interval(&here)),
                gain: gained.map(|gained: Vec<f64>| rounded(interval(&gained))),
            }
        };
        let kinds = judged.kinds().into_iter().chain([ALL]).map(of_kind).collect();
        done.push(Step { part, kinds });
        before = Some(values);
    }
    Ok(done)
}

fn rounded(interval: Option<(f64, f64)>) -> (f64, f64) {
    let (low, high) = interval.unwrap_or_default();
    (round(low), round(high))
}
