//! Completing what is being typed: services and organisations by name, categories, goals, places. Words are understood
//! as in a search: misspelt ones are mended, and lay ones bring the categories and goals that they stand for.

use super::Suggestion;
use super::filter;
use super::limits::{MAX_QUERY_CHARS, MAX_SUGGESTIONS};
use super::text;
use super::understand::{Concept, Understanding, Way};
use crate::gazetteer::Gazetteer;
use crate::index::Snapshot;
use crate::index::analysis::words;

/// Continuations of the last word that are looked for; the commonest ones.
const CONTINUATIONS: usize = 32;
/// No more than this share of the suggestions is of one kind while there are others.
const MOST_OF_A_KIND: usize = 6;
/// Categories, and goals, that lay words bring.
const MOST_MEANT: usize = 2;

/// Up to `limit` (≤ 20) completions of a text of at most 200 characters, best first.
pub fn suggest(snapshot: &Snapshot, gazetteer: &Gazetteer, text: &str, limit: usize) -> Vec<Suggestion> {
    let limit = limit.min(MAX_SUGGESTIONS);
    let text: String = text.chars().take(MAX_QUERY_CHARS).collect();
    let understanding = Understanding::of(&text, snapshot);
    let is_mended = understanding.words.iter().any(|words| !words.corrected_to.is_empty());
    let as_meant = if is_mended { understanding.as_meant.as_str() } else { text.as_str() };
    let typed: Vec<String> = words(as_meant).into_iter().map(|word| word.text).collect();
    let Some((last, before)) = typed.split_last() else { return Vec::new() };
    let mut suggestions = Vec::new();
    let vocabulary = snapshot.vocabulary();
    let categories = vocabulary.categories.iter().map(|row| (row.name.as_str(), row.code.as_str()));
    suggestions.extend(by_words("category", categories, before, last));
    let goals = vocabulary.goals.iter().map(|row| (row.name.as_str(), row.code.as_str()));
    suggestions.extend(by_words("goal", goals, before, last));
    for suggestion in meant(snapshot, &understanding) {
        if !suggestions.contains(&suggestion) {
            suggestions.push(suggestion);
        }
    }
    suggestions.extend(services(snapshot, before, last));
    let places = gazetteer.suggest(text.trim(), MOST_OF_A_KIND / 2);
    suggestions.extend(places.into_iter().map(|place| Suggestion {
        kind: "place",
        text: match place.within {
            Some(within) => format!("{}, {within}", place.name),
            None => place.name,
        },
        id: None,
    }));
    suggestions.truncate(limit);
    suggestions
}

/// The categories and goals that the words stand for, the surest first: "skint" brings debt advice.
fn meant(snapshot: &Snapshot, understanding: &Understanding) -> Vec<Suggestion> {
    let vocabulary = snapshot.vocabulary();
    let mut categories: Vec<(u16, f32)> = understanding.concepts.iter().flat_map(Concept::categories).collect();
    categories.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut known = Vec::new();
    categories.retain(|(category, _)| {
        !known.contains(category) && known.len() < MOST_MEANT && {
            known.push(*category);
            true
        }
    });
    let mut goals: Vec<u16> = understanding.concepts.iter().flat_map(|concept| &concept.goals).copied().collect();
    goals.sort_unstable();
    goals.dedup();
    let suggestion = |kind: &'static str, name: &str, code: &str| Suggestion {
        kind,
        text: name.to_string(),
        id: Some(code.to_string()),
    };
    let categories = categories.iter().map(|(at, _)| &vocabulary.categories[usize::from(*at)]);
    let goals = goals.iter().take(MOST_MEANT).map(|at| &vocabulary.goals[usize::from(*at)]);
    let categories = categories.map(|row| suggestion("category", &row.name, row.code.as_str()));
    categories.chain(goals.map(|row| suggestion("goal", &row.name, row.code.as_str()))).collect()
}

/// Names that have all the words, the last one as the beginning of a word; names that begin so come first.
fn by_words<'a>(
    kind: &'static str,
    names: impl Iterator<Item = (&'a str, &'a str)>,
    before: &[String],
    last: &str,
) -> Vec<Suggestion> {
    let mut found: Vec<(usize, &str, &str)> = names
        .filter_map(|(name, code)| {
            let own = words(name);
            let has_all = before.iter().all(|word| own.iter().any(|other| other.text == *word));
            let at = own.iter().position(|word| word.text.starts_with(last))?;
            has_all.then_some((at, name, code))
        })
        .collect();
    found.sort_unstable();
    let suggestion =
        |(_, name, code): (usize, &str, &str)| Suggestion { kind, text: name.to_string(), id: Some(code.to_string()) };
    found.into_iter().take(MOST_OF_A_KIND / 2).map(suggestion).collect()
}

/// Active services whose text has the words, those with the best score first.
fn services(snapshot: &Snapshot, before: &[String], last: &str) -> Vec<Suggestion> {
    let whole = |word: &String| Concept {
        ways: vec![Way::Words { words: vec![word.clone()], weight: 1.0 }],
        ..Concept::default()
    };
    let mut concepts: Vec<Concept> = before.iter().take(super::limits::MAX_CONCEPTS - 1).map(whole).collect();
    let continuations = snapshot.dictionary().beginning(last, CONTINUATIONS);
    if continuations.is_empty() {
        return Vec::new();
    }
    let ways = continuations.into_iter().map(|word| Way::Words { words: vec![word], weight: 1.0 });
    concepts.push(Concept { ways: ways.collect(), ..Concept::default() });
    let Ok(mut found) = text::find(snapshot, &concepts, text::Match::All, None, &|| false) else {
        return Vec::new();
    };
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.listing.cmp(&b.listing)));
    let mut numbers: Vec<u32> = Vec::new();
    for hit in found {
        let service = snapshot.facts().listings[hit.listing as usize].service;
        if !numbers.contains(&service) && filter::is_active(&snapshot.facts().services[service as usize]) {
            numbers.push(service);
        }
        if numbers.len() == MOST_OF_A_KIND {
            break;
        }
    }
    let suggestion = |number: u32| {
        let service = snapshot.service_row(number as usize)?;
        Some(Suggestion { kind: "service", text: service.name, id: Some(service.id.to_string()) })
    };
    numbers.into_iter().filter_map(suggestion).collect()
}
