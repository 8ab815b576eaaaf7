//! Help that is shown first when somebody's words speak of a crisis: by the directory's own reviewed list.

use super::NoAnswer;
use super::answer::CrisisHelp;
use super::rank::{CRISIS, round};
use super::text::{self, Match};
use super::understand::Understanding;
use crate::index::Snapshot;
use crate::index::analysis::words;
use crate::index::lexicon::CrisisPhrases;
use crate::index::spoken::Spoken;
use crate::meaning::Vector;
use crate::model::Crisis;
use std::collections::HashMap;

/// The help whose words stand in the text, in the order of `crisis.csv`, each once. `as_meant` is the text with its
/// spelling mended: "sucide" is no less a cry for help.
pub fn help_for(text: &str, as_meant: &str, snapshot: &Snapshot) -> Vec<CrisisHelp> {
    rows_said(text, as_meant, snapshot)
        .map(|(row, _)| {
            let service_id = row.service_id.clone();
            let number = service_id.as_ref().and_then(|id| snapshot.service_number(id.as_str()));
            CrisisHelp {
                message: row.message.clone(),
                phone: row.phone.clone(),
                service_name: number.and_then(|number| snapshot.service_row(number)).map(|service| service.name),
                service_id,
            }
        })
        .collect()
}

/// How well each listing helps in the crisis that a question speaks of, beside the one that helps best.
#[derive(Default)]
pub(super) struct CrisisShares(HashMap<u32, f64>);

impl CrisisShares {
    /// Nothing, without a crisis.
    pub(super) fn new(
        understanding: &Understanding,
        snapshot: &Snapshot,
        out_of_time: &dyn Fn() -> bool,
    ) -> Result<Self, NoAnswer> {
        let Some(help) = &understanding.crisis else { return Ok(Self::default()) };
        let found = text::find(snapshot, std::slice::from_ref(help), Match::Some, None, out_of_time)?;
        let best = found.iter().map(|found| found.score).fold(0.0, f32::max);
        Ok(Self(found.into_iter().map(|found| (found.listing, f64::from(found.score / best))).collect()))
    }

    /// The points of a listing.
    pub(super) fn points(&self, listing: u32) -> f64 {
        self.0.get(&listing).map_or(0.0, |share| round(CRISIS * share))
    }
}

/// The search words of the crises that a text speaks of, by which services that help in them are found: what the
/// thesaurus gives for the first phrase of each row.
pub(super) fn search_words(text: &str, as_meant: &str, snapshot: &Snapshot) -> Vec<String> {
    let mut found = Vec::new();
    for (row, _) in rows_said(text, as_meant, snapshot) {
        let folded: Vec<String> =
            row.words.iter().take(1).flat_map(|phrase| words(phrase)).map(|word| word.text).collect();
        if let Some(meaning) = snapshot.lexicon().meaning(folded.iter().map(String::as_str)) {
            found.extend(meaning.means.iter().cloned());
        }
    }
    found
}

/// The services that the rows name which a text speaks of, and the directions of these rows.
pub fn spoken_of(text: &str, as_meant: &str, snapshot: &Snapshot) -> (Vec<u32>, Vec<Vector>) {
    let rows: Vec<&Crisis> = rows_said(text, as_meant, snapshot).map(|(row, _)| row).collect();
    let named = rows.iter().filter_map(|row| snapshot.service_number(row.service_id.as_ref()?.as_str()));
    let all = snapshot.vocabulary().crisis.iter().enumerate();
    let said = all.filter(|(_, row)| rows.iter().any(|said| std::ptr::eq(*said, *row)));
    let directions = said.filter_map(|(number, _)| snapshot.lexicon().wordings().crisis(number));
    (named.map(|number| number as u32).collect(), directions.collect())
}

fn rows_said<'a>(
    text: &str,
    as_meant: &str,
    snapshot: &'a Snapshot,
) -> impl Iterator<Item = (&'a Crisis, &'a CrisisPhrases)> {
    let (text, as_meant) = (Spoken::new(text), (as_meant != text).then(|| Spoken::new(as_meant)));
    let rows = snapshot.vocabulary().crisis.iter().zip(snapshot.lexicon().crisis_phrases());
    rows.filter(move |(_, phrases)| {
        phrases.are_said_in(&text) || as_meant.as_ref().is_some_and(|text| phrases.are_said_in(text))
    })
}
