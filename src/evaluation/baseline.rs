//! The plain search that stands beside ours: BM25 of the words as they are typed, over the same fields.
//!
//! It has the stems and the common words left out, as every engine has, and nothing else: no spelling, no thesaurus, no
//! categories but their text, no place, no rules about who may come.

use super::judgements::Asked;
use crate::index::Snapshot;
use crate::index::analysis::{is_filler, stem, words};
use crate::model::Status;
use crate::search::NoAnswer;
use crate::search::text::{self, Match};
use crate::search::understand::{Concept, Way};
use std::collections::HashMap;

/// The ids of the services that plain BM25 finds, the best first.
///
/// # Errors
/// The index cannot be read.
pub fn ranking(snapshot: &Snapshot, asked: &Asked, most: usize) -> Result<Vec<String>, NoAnswer> {
    let mut stems: Vec<String> = words(&text_of(snapshot, asked))
        .iter()
        .filter(|word| !is_filler(&word.text))
        .map(|word| stem(&word.text))
        .collect();
    stems.sort_unstable();
    stems.dedup();
    if stems.is_empty() {
        return Ok(Vec::new());
    }
    let concept =
        |stem: String| Concept { ways: vec![Way::Words { words: vec![stem], weight: 1.0 }], ..Concept::default() };
    let concepts: Vec<Concept> = stems.into_iter().map(concept).collect();
    let found = text::find(snapshot, &concepts, Match::Some, None, &|| false)?;
    let facts = snapshot.facts();
    let mut scores: HashMap<u32, f32> = HashMap::new();
    for found in found {
        let service = facts.listings[found.listing as usize].service;
        let score = scores.entry(service).or_insert(0.0);
        *score = score.max(found.score);
    }
    let is_active = |service: u32| facts.services[service as usize].status == Status::Active;
    let mut ranked: Vec<(u32, f32)> = scores.into_iter().filter(|(service, _)| is_active(*service)).collect();
    ranked.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let id = |(service, _): &(u32, f32)| Some(snapshot.service_row(*service as usize)?.id.to_string());
    Ok(ranked.iter().take(most).filter_map(id).collect())
}

/// The words of a question; a goal that was chosen by its code has the words of its name.
fn text_of(snapshot: &Snapshot, asked: &Asked) -> String {
    let profile = match asked {
        Asked::Search(ask) => return ask.q.clone().unwrap_or_default(),
        Asked::Match(profile) => profile,
    };
    let lexicon = snapshot.lexicon();
    let name = |code: &String| Some(snapshot.vocabulary().goals[usize::from(lexicon.goal(code)?)].name.clone());
    let texts = profile.goals.iter().map(|goal| {
        let name = goal.goal.as_ref().and_then(name).unwrap_or_default();
        format!("{name} {}", goal.words.as_deref().unwrap_or_default())
    });
    texts.collect::<Vec<_>>().join(". ")
}
