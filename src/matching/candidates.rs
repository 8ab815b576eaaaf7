//! Every service that serves one of the aims, judged and scored at its best listing.

use super::aims::Aim;
use super::eligibility::{Barrier, Barriers, Judge, Standing};
use super::person::Person;
use super::score::{Parts, Weights, parts};
use crate::index::Snapshot;
use crate::index::facts::ServiceFacts;
use crate::model::Status;
use crate::search::limits::DOCUMENTS_BETWEEN_LOOKS;
use crate::search::text::{self, Match};
use crate::search::{Circumstances, NoAnswer};
use std::cmp::Ordering;
use std::collections::HashMap;

/// A text that scores less than this share of the best says too little to serve an aim by itself.
const TEXT_FLOOR: f32 = 0.35;
/// Words in a text are weaker evidence than a category that the team gave.
const TEXT_FIT: f64 = 0.6;

/// A service that serves at least one aim.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub service: u32,
    /// The listing at which it suits best.
    pub listing: u32,
    pub standing: Standing,
    /// How directly it serves each aim, 0–1.
    pub fits: Vec<f64>,
    pub parts: Parts,
    pub total: f64,
    pub distance_km: Option<f64>,
    /// Barriers each of which is the only one at some listing: without it the service would fit.
    pub only_barriers: Barriers,
}

impl Candidate {
    pub fn is_eligible(&self) -> bool {
        self.standing.fails.is_empty()
    }
}

/// The best first: highest score, then nearest, then by id.
pub fn best_first(a: &Candidate, b: &Candidate) -> Ordering {
    let far = |candidate: &Candidate| candidate.distance_km.unwrap_or(f64::INFINITY);
    let score = b.total.total_cmp(&a.total);
    score.then_with(|| far(a).total_cmp(&far(b))).then_with(|| (a.service, a.listing).cmp(&(b.service, b.listing)))
}

/// All active services that serve an aim, the best first, eligible or not.
///
/// # Errors
/// The time is up, or the index cannot be read.
pub fn candidates(
    snapshot: &Snapshot,
    person: &Person,
    weights: &Weights,
    circumstances: &Circumstances<'_>,
) -> Result<Vec<Candidate>, NoAnswer> {
    let facts = snapshot.facts();
    let by_text: Vec<HashMap<u32, f64>> =
        person.aims.iter().map(|aim| fits_by_text(snapshot, aim, circumstances)).collect::<Result<_, _>>()?;
    let judge = Judge::new(snapshot, person, circumstances);
    let today = circumstances.now.date();
    let mut found = Vec::new();
    for (number, service) in facts.services.iter().enumerate() {
        if number % DOCUMENTS_BETWEEN_LOOKS == 0 && (circumstances.out_of_time)() {
            return Err(NoAnswer::OutOfTime);
        }
        if service.status != Status::Active {
            continue;
        }
        let fits: Vec<f64> = person
            .aims
            .iter()
            .zip(&by_text)
            .map(|(aim, by_text)| {
                let text = by_text.get(&(number as u32)).copied().unwrap_or(0.0);
                fit_by_category(service, aim).max(text)
            })
            .collect();
        if fits.iter().all(|fit| *fit == 0.0) {
            continue;
        }
        found.extend(at_best_listing(snapshot, person, weights, &judge, number as u32, fits, today));
    }
    found.sort_unstable_by(best_first);
    Ok(found)
}

fn at_best_listing(
    snapshot: &Snapshot,
    person: &Person,
    weights: &Weights,
    judge: &Judge<'_>,
    number: u32,
    fits: Vec<f64>,
    today: jiff::civil::Date,
) -> Option<Candidate> {
    let facts = snapshot.facts();
    let service = &facts.services[number as usize];
    let mut best: Option<Candidate> = None;
    let mut only_barriers = Barriers::default();
    for at in service.listings.clone() {
        let listing = &facts.listings[at as usize];
        let standing = judge.standing(service, listing);
        if let Some(barrier) = standing.fails.only() {
            only_barriers.add(barrier);
        }
        let parts = parts(weights, person, service, listing, &standing, &fits, today);
        let candidate = Candidate {
            service: number,
            listing: at,
            standing,
            fits: Vec::new(),
            total: parts.total(),
            parts,
            distance_km: person.place.as_ref().and_then(|place| Some(listing.point?.distance_km(place.point))),
            only_barriers: Barriers::default(),
        };
        let fewer_barriers = |known: &Candidate| {
            let barriers = candidate.standing.fails.len().cmp(&known.standing.fails.len());
            barriers.then_with(|| best_first(&candidate, known)) == Ordering::Less
        };
        if best.as_ref().is_none_or(fewer_barriers) {
            best = Some(candidate);
        }
    }
    best.map(|best| Candidate { fits, only_barriers, ..best })
}

fn fit_by_category(service: &ServiceFacts, aim: &Aim) -> f64 {
    service.categories.iter().map(|category| aim.fits[usize::from(*category)]).fold(0.0, f64::max)
}

/// How well the texts of services have an aim's words, relative to the best text, before anything is ruled out: so
/// that what a person says about themselves changes nothing here.
fn fits_by_text(
    snapshot: &Snapshot,
    aim: &Aim,
    circumstances: &Circumstances<'_>,
) -> Result<HashMap<u32, f64>, NoAnswer> {
    let mut fits = HashMap::new();
    for concept in &aim.concepts {
        let found = text::find(snapshot, std::slice::from_ref(concept), Match::All, None, circumstances.out_of_time)?;
        let best = found.iter().map(|found| found.score).fold(0.0, f32::max);
        for found in found.into_iter().filter(|found| found.score >= best * TEXT_FLOOR) {
            let service = snapshot.facts().listings[found.listing as usize].service;
            let fit: &mut f64 = fits.entry(service).or_insert(0.0);
            *fit = fit.max(TEXT_FIT * f64::from(found.score / best));
        }
    }
    Ok(fits)
}

/// How many services are ruled out by each barrier; one may count under several.
pub fn ruled_out(candidates: &[Candidate]) -> std::collections::BTreeMap<&'static str, usize> {
    let mut counts = std::collections::BTreeMap::new();
    for candidate in candidates.iter().filter(|candidate| !candidate.is_eligible()) {
        for barrier in Barrier::ALL.into_iter().filter(|barrier| candidate.standing.fails.has(*barrier)) {
            *counts.entry(barrier.name()).or_default() += 1;
        }
    }
    counts
}
