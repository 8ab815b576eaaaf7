//! The listings that may answer a question: those whose texts have its words, and those whose texts mean the same.

use super::answer::WordsMatched;
use super::filter::covers;
use super::question::{Question, Where};
use super::text::{self, Found, Match};
use super::understand::Understanding;
use super::{Circumstances, NoAnswer};
use crate::index::Snapshot;
use crate::index::facts::Listing;
use std::collections::HashSet;

/// With fewer services that have all the words, those that have some are shown after them.
const ENOUGH: usize = 10;
/// Relevance of a service that has only some of the words stays below this share of the best.
const SOME_WORDS_AT_MOST: f32 = 0.4;

/// As near in meaning as the nearest text that has all the words, or so little less.
const ABOUT_AS_NEARLY: f64 = 0.4;

/// A listing that may answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) listing: u32,
    /// How well its texts have the words, 0–1.
    pub(super) text: f64,
    /// How nearly they mean the same, 0–1.
    pub(super) meaning: f64,
}

/// Everything that may answer, and whether all of it has all the words.
pub(super) struct Finding {
    pub(super) candidates: Vec<Candidate>,
    pub(super) words_matched: Option<WordsMatched>,
}

pub(super) struct Finder<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) question: &'a Question,
    pub(super) circumstances: &'a Circumstances<'a>,
    pub(super) understanding: &'a Understanding,
}

impl Finder<'_> {
    /// The candidates, each listing once, in the order of listings.
    pub(super) fn find(&self) -> Result<Finding, NoAnswer> {
        if self.question.text.is_empty() {
            let found = |listing| Candidate { listing, text: 0.0, meaning: 0.0 };
            let candidates = self.listings_in_the_circle().into_iter().map(found).collect();
            return Ok(Finding { candidates, words_matched: None });
        }
        let (found, have_all, mut words_matched) = self.by_words()?;
        let best = found.iter().map(|found| found.score).fold(0.0, f32::max);
        // What has every word is as good as words can make it; else the best has only a part of what was asked.
        let wanted = text::whole_score(self.snapshot, &self.understanding.concepts);
        let whole = if have_all > 0 { best } else { best.max(wanted) };
        let candidate = |found: Found| Candidate {
            listing: found.listing,
            text: f64::from(if whole > 0.0 { found.score / whole } else { 0.0 }),
            meaning: 0.0,
        };
        let mut candidates: Vec<Candidate> = found.into_iter().map(candidate).collect();
        let with_all: Vec<u32> = candidates[..have_all].iter().map(|candidate| candidate.listing).collect();
        candidates.sort_unstable_by_key(|candidate| candidate.listing);
        if self.circumstances.uses.meaning && self.add_meaning(&mut candidates, &with_all)? {
            words_matched = WordsMatched::Some;
        }
        Ok(Finding { candidates, words_matched: Some(words_matched) })
    }

    /// First listings with all the words (and how many they are), then, where those are few, listings with some of them.
    fn by_words(&self) -> Result<(Vec<Found>, usize, WordsMatched), NoAnswer> {
        let mut whole = self.with_words(Match::All)?;
        let have_all = whole.len();
        if self.understanding.concepts.len() > 1 && services_in(self.snapshot, &whole) < ENOUGH {
            let some = self.with_words(Match::Some)?;
            if some.len() > whole.len() {
                put_whole_matches_first(&mut whole, some);
                return Ok((whole, have_all, WordsMatched::Some));
            }
        }
        let all_known = self.understanding.words.iter().all(|words| !words.unknown);
        Ok((whole, have_all, if all_known { WordsMatched::All } else { WordsMatched::Some }))
    }

    fn with_words(&self, matching: Match) -> Result<Vec<Found>, NoAnswer> {
        if self.understanding.concepts.is_empty() {
            return Ok(Vec::new());
        }
        let place = self.question.place.as_ref();
        text::find(self.snapshot, &self.understanding.concepts, matching, place, self.circumstances.out_of_time)
    }

    /// Says how nearly each candidate means what was asked, and adds those that mean it without having its words. True
    /// if there are any. Where listings have all the words (`with_all`), those that have not must mean it about as nearly.
    fn add_meaning(&self, candidates: &mut Vec<Candidate>, with_all: &[u32]) -> Result<bool, NoAnswer> {
        let facts = self.snapshot.facts();
        let sense = &self.understanding.sense;
        for candidate in candidates.iter_mut() {
            candidate.meaning = sense.meant_by(facts.listings[candidate.listing as usize].service, self.snapshot);
        }
        let circle = self.circle().map(|_| services_of(self.snapshot, &self.listings_in_the_circle()));
        let near = sense.answered_by(circle.as_deref(), self.snapshot, self.circumstances.out_of_time);
        let mut near = near.ok_or(NoAnswer::OutOfTime)?;
        let meant = |listing: &u32| sense.meant_by(facts.listings[*listing as usize].service, self.snapshot);
        let nearest = with_all.iter().map(meant).fold(0.0, f64::max);
        near.retain(|(_, meaning)| *meaning >= nearest - ABOUT_AS_NEARLY);
        for &service in &sense.crisis {
            let is_in_the_circle = circle.as_ref().is_none_or(|circle| circle.binary_search(&service).is_ok());
            if is_in_the_circle && near.iter().all(|(other, _)| *other != service) {
                near.push((service, sense.meant_by(service, self.snapshot)));
            }
        }
        let have_words = candidates.len();
        for (service, meaning) in near {
            for listing in facts.services[service as usize].listings.clone() {
                if candidates[..have_words].binary_search_by_key(&listing, |candidate| candidate.listing).is_err() {
                    candidates.push(Candidate { listing, text: 0.0, meaning });
                }
            }
        }
        let added = candidates.len() > have_words;
        candidates.sort_unstable_by_key(|candidate| candidate.listing);
        Ok(added)
    }

    fn circle(&self) -> Option<(&Where, f64)> {
        self.question.place.as_ref().and_then(|place| Some((place, place.within_km?)))
    }

    /// Every listing that can be used within the circle; every listing at all where there is none.
    fn listings_in_the_circle(&self) -> Vec<u32> {
        let facts = self.snapshot.facts();
        match self.circle() {
            None => (0..facts.listings.len() as u32).collect(),
            Some((place, within_km)) => {
                let mut listings: Vec<u32> = self.snapshot.tree().within(place.point, within_km).collect();
                listings.extend(self.snapshot.unplaced());
                let covering = |listing: &Listing| {
                    let service = &facts.services[listing.service as usize];
                    listing.point.is_some() && covers(service, &place.areas)
                };
                let placed = facts.listings.iter().enumerate().filter(|(_, listing)| covering(listing));
                listings.extend(placed.map(|(at, _)| at as u32));
                listings.sort_unstable();
                listings.dedup();
                listings
            }
        }
    }
}

/// Adds listings that have some of the words below all those that have every word.
fn put_whole_matches_first(whole: &mut Vec<Found>, some: Vec<Found>) {
    let has_all: HashSet<u32> = whole.iter().map(|found| found.listing).collect();
    let best_whole = whole.iter().map(|found| found.score).fold(0.0, f32::max);
    let rest: Vec<Found> = some.into_iter().filter(|found| !has_all.contains(&found.listing)).collect();
    let best_rest = rest.iter().map(|found| found.score).fold(0.0, f32::max);
    let most = if whole.is_empty() { best_rest } else { best_whole * SOME_WORDS_AT_MOST };
    let scale = if best_rest > 0.0 { (most / best_rest).min(1.0) } else { 1.0 };
    whole.extend(rest.into_iter().map(|found| Found { score: found.score * scale, ..found }));
}

/// The services of listings that are in order, each once.
fn services_of(snapshot: &Snapshot, listings: &[u32]) -> Vec<u32> {
    let mut services: Vec<u32> =
        listings.iter().map(|&listing| snapshot.facts().listings[listing as usize].service).collect();
    services.dedup();
    services
}

fn services_in(snapshot: &Snapshot, found: &[Found]) -> usize {
    let services: HashSet<u32> =
        found.iter().map(|found| snapshot.facts().listings[found.listing as usize].service).collect();
    services.len()
}
