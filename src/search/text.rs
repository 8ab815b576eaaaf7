//! Concepts → the listings whose texts have them, with a score.
//!
//! Text of a person never reaches tantivy's query parser, which recurses on brackets until the stack overflows: queries
//! are built here, from at most ten concepts. Scores are BM25 (k1 1.2, b 0.75, as tantivy fixes them) over word counts
//! of our own, so that an edited index scores like one built anew.

use super::NoAnswer;
use super::limits::DOCUMENTS_BETWEEN_LOOKS;
use super::question::Where;
use super::understand::{Concept, Way};
use crate::index::Snapshot;
use crate::index::document::{FIELD_WEIGHTS, TEXT_FIELDS};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EnableScoring, Occur, Query, TermQuery,
    TermSetQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

/// A listing that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    pub listing: u32,
    pub score: f32,
}

/// Whether a listing must have every concept or at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    All,
    Some,
}

/// The listings that have the concepts, within the circle of `place` if there is one; in no order.
///
/// # Errors
/// The time is up, or the index cannot be read.
pub fn find(
    snapshot: &Snapshot,
    concepts: &[Concept],
    matching: Match,
    place: Option<&Where>,
    out_of_time: &dyn Fn() -> bool,
) -> Result<Vec<Found>, NoAnswer> {
    let occur = if matching == Match::All { Occur::Must } else { Occur::Should };
    let concepts = concepts.iter().map(|concept| (occur, concept_query(snapshot, concept))).collect();
    let mut query: Box<dyn Query> = Box::new(BooleanQuery::new(concepts));
    if let Some((place, within_km)) = place.and_then(|place| Some((place, place.within_km?))) {
        let terms = snapshot.place_terms(place.point, within_km, &place.areas);
        let near = ConstScoreQuery::new(Box::new(TermSetQuery::new(terms)), 0.0);
        query = Box::new(BooleanQuery::new(vec![(Occur::Must, query), (Occur::Must, Box::new(near))]));
    }
    collect(snapshot, query.as_ref(), out_of_time)
}

fn collect(snapshot: &Snapshot, query: &dyn Query, out_of_time: &dyn Fn() -> bool) -> Result<Vec<Found>, NoAnswer> {
    let inside = |error: tantivy::TantivyError| NoAnswer::Inside(error.to_string());
    let searcher = snapshot.searcher();
    let scoring = EnableScoring::enabled_from_statistics_provider(snapshot.statistics(), searcher);
    let weight = query.weight(scoring).map_err(inside)?;
    let mut found = Vec::new();
    let mut looked_at = 0;
    for (piece, reader) in searcher.segment_readers().iter().enumerate() {
        let mut scorer = weight.scorer(reader, 1.0).map_err(inside)?;
        let mut document = scorer.doc();
        while document != TERMINATED {
            if let Some(listing) = snapshot.listing_of(piece, document) {
                found.push(Found { listing, score: scorer.score() });
            }
            looked_at += 1;
            if looked_at % DOCUMENTS_BETWEEN_LOOKS == 0 && out_of_time() {
                return Err(NoAnswer::OutOfTime);
            }
            document = scorer.advance();
        }
    }
    Ok(found)
}

/// The services whose names have all of these stems; in no order, and perhaps twice.
///
/// # Errors
/// The time is up, or the index cannot be read.
pub fn services_named(
    snapshot: &Snapshot,
    stems: &[String],
    out_of_time: &dyn Fn() -> bool,
) -> Result<Vec<u32>, NoAnswer> {
    const NAME: usize = 0;
    let term = |stem: &String| TermQuery::new(snapshot.text_term(NAME, stem), IndexRecordOption::Basic);
    let has = |stem| (Occur::Must, Box::new(term(stem)) as Box<dyn Query>);
    let found = collect(snapshot, &BooleanQuery::new(stems.iter().map(has).collect()), out_of_time)?;
    Ok(found.into_iter().map(|found| snapshot.facts().listings[found.listing as usize].service).collect())
}

/// The score that a text has which says everything that was asked, each in few words: what scores are measured by, so
/// that one word of a long sentence is not taken for all of it.
pub fn whole_score(snapshot: &Snapshot, concepts: &[Concept]) -> f32 {
    /// A word in a short summary scores about so much for each unit of its rarity.
    const SAID_ONCE: f32 = 2.5;
    let services = snapshot.facts().services.len() as f32;
    let rarity = |word: &String| {
        let having = snapshot.statistics().frequency(word).any as f32;
        (1.0 + (services - having + 0.5).max(0.0) / (having + 0.5)).ln()
    };
    let of_way = |way: &Way| match way {
        Way::Words { words, weight } => weight * SAID_ONCE * words.iter().map(rarity).sum::<f32>(),
        Way::Category { score, .. } => *score,
    };
    let of_concept = |concept: &Concept| concept.ways.iter().map(of_way).fold(0.0, f32::max);
    concepts.iter().map(of_concept).sum()
}

/// The best of a concept's ways: a service that says "shelter" and is in the category is not twice a shelter.
fn concept_query(snapshot: &Snapshot, concept: &Concept) -> Box<dyn Query> {
    let ways = concept.ways.iter().map(|way| match way {
        Way::Words { words, weight } => words_query(snapshot, words, *weight),
        Way::Category { category, score } => {
            let term = TermQuery::new(snapshot.category_term(*category), IndexRecordOption::Basic);
            Box::new(ConstScoreQuery::new(Box::new(term), *score)) as Box<dyn Query>
        }
    });
    // A little of the other ways breaks ties: text that says it as well as the category.
    const OTHER_WAYS: f32 = 0.2;
    Box::new(DisjunctionMaxQuery::with_tie_breaker(ways.collect(), OTHER_WAYS))
}

fn words_query(snapshot: &Snapshot, words: &[String], weight: f32) -> Box<dyn Query> {
    let word_query = |word: &String| -> Box<dyn Query> {
        let in_field = |field: usize| {
            let term = TermQuery::new(snapshot.text_term(field, word), IndexRecordOption::WithFreqs);
            let boosted = BoostQuery::new(Box::new(term), FIELD_WEIGHTS[field] * weight);
            (Occur::Should, Box::new(boosted) as Box<dyn Query>)
        };
        Box::new(BooleanQuery::new((0..TEXT_FIELDS).map(in_field).collect()))
    };
    match words {
        [word] => word_query(word),
        words => Box::new(BooleanQuery::new(words.iter().map(|word| (Occur::Must, word_query(word))).collect())),
    }
}
