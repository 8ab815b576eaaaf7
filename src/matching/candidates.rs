//! Every service that serves one of the aims, judged and scored at its best listing.

use super::aims::{Aim, AimFit, MOST_WISHES};
use super::eligibility::{Barriers, Judge, Standing};
use super::person::{MOST_GOALS, Person};
use super::score::{Parts, Weights, parts};
use crate::index::Snapshot;
use crate::model::Status;
use crate::search::limits::DOCUMENTS_BETWEEN_LOOKS;
use crate::search::text::{self, Match};
use crate::search::unwanted::Unwanted;
use crate::search::{Circumstances, NoAnswer};
use std::cmp::Ordering;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// A text that scores less than this share of the best says too little to serve an aim by itself.
const TEXT_FLOOR: f32 = 0.35;
/// Words in a text are weaker evidence than a category that the team gave, …
const TEXT_FIT: f64 = 0.5;
/// … and what a text means as a whole is nearly as strong. (A text never means just the same: the nearest come to some
/// two thirds.)
const SENSE_FIT: f64 = 1.2;
/// A text that means so little of the same serves nobody by that alone.
const LEAST_SENSE: f64 = 0.25;
/// A word that stands for nothing counts fully in a text that means so much of the same as the whole clause.
const ENOUGH_SENSE: f64 = 0.5;

/// A service that serves at least one aim.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub service: u32,
    /// The listing at which it suits best.
    pub listing: u32,
    pub standing: Standing,
    /// How directly it serves each aim, 0–1.
    pub fits: [f64; MOST_GOALS],
    /// For each aim, the set of its wishes that are served.
    pub served: [u16; MOST_GOALS],
    /// … and of those that are served directly.
    pub direct: [u16; MOST_GOALS],
    /// … and how directly it serves each wish of each aim, 0–255.
    pub by_wish: [[u8; MOST_WISHES]; MOST_GOALS],
    pub parts: Parts,
    pub total: f64,
    pub distance_km: Option<f64>,
    /// Barriers each of which is the only one at some listing: without it the service would fit.
    pub only_barriers: Barriers,
    /// Eligible services that are the same thing at another place or time and suit less well.
    pub twins: Vec<u32>,
}

/// All active services that serve an aim.
#[derive(Debug)]
pub struct Candidates {
    /// Those that a person can join, the best first. Of services that are the same thing elsewhere only the best is
    /// there, with the others as its twins.
    pub eligible: Vec<Candidate>,
    /// Those that something stands in the way of, in no order.
    pub ruled_out: Vec<Candidate>,
}

impl Candidate {
    pub fn is_eligible(&self) -> bool {
        self.standing.fails.is_empty()
    }

    /// What it shares with those that are the same thing elsewhere and serve the same wishes.
    pub fn thing(&self, snapshot: &Snapshot) -> Thing {
        Thing { twin: snapshot.facts().services[self.service as usize].twin, served: self.served }
    }
}

/// One thing, wherever and whenever it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Thing {
    twin: u32,
    served: [u16; MOST_GOALS],
}

/// The best first: highest score, then nearest, then by id.
pub fn best_first(a: &Candidate, b: &Candidate) -> Ordering {
    let far = |candidate: &Candidate| candidate.distance_km.unwrap_or(f64::INFINITY);
    let score = b.total.total_cmp(&a.total);
    score.then_with(|| far(a).total_cmp(&far(b))).then_with(|| (a.service, a.listing).cmp(&(b.service, b.listing)))
}

/// Finds and scores them.
///
/// # Errors
/// The time is up, or the index cannot be read.
pub fn candidates(
    snapshot: &Snapshot,
    person: &Person,
    weights: &Weights,
    circumstances: &Circumstances<'_>,
) -> Result<Candidates, NoAnswer> {
    let facts = snapshot.facts();
    let mut texts: Vec<Texts> =
        person.aims.iter().map(|aim| Texts::new(snapshot, aim, circumstances)).collect::<Result<_, _>>()?;
    let judge = Judge::new(snapshot, person, circumstances);
    let today = circumstances.now.date();
    let (mut eligible, mut ruled_out) = (Vec::new(), Vec::new());
    for (looked_at, number) in may_serve(snapshot, person, &texts).enumerate() {
        if looked_at % DOCUMENTS_BETWEEN_LOOKS == 0 && (circumstances.out_of_time)() {
            return Err(NoAnswer::OutOfTime);
        }
        let service = &facts.services[number as usize];
        if service.status != Status::Active {
            continue;
        }
        let mut serves = [AimFit::default(); MOST_GOALS];
        for ((aim, texts), serves) in person.aims.iter().zip(&mut texts).zip(&mut serves) {
            texts.move_to(number);
            *serves = aim.fit(service, &texts.own, &texts.weights);
        }
        if serves.iter().all(|aim| aim.fit == 0.0) {
            continue;
        }
        let unwanted = texts.iter().any(|texts| texts.unwanted.is(number, service));
        let look = Look { snapshot, person, weights, judge: &judge, today };
        if let Some(candidate) = look.at_best_listing(number, &serves, unwanted) {
            if candidate.is_eligible() { &mut eligible } else { &mut ruled_out }.push(candidate);
        }
    }
    eligible.sort_unstable_by(best_first);
    Ok(Candidates { eligible: folded(snapshot, eligible), ruled_out })
}

/// The services, in the order of their numbers, that have a category which some aim wants, or a text with its words: one
/// bit a service, so that of a million only those are looked at that can serve at all.
fn may_serve(snapshot: &Snapshot, person: &Person, texts: &[Texts]) -> impl Iterator<Item = u32> + use<> {
    let mut bits = vec![0_u64; snapshot.facts().services.len().div_ceil(64)];
    let mut set = |service: u32| bits[service as usize / 64] |= 1 << (service % 64);
    for category in 0..snapshot.vocabulary().categories.len() as u16 {
        if person.aims.iter().any(|aim| aim.fit_of(category) > 0.0) {
            snapshot.services_of_category(category).iter().copied().for_each(&mut set);
        }
    }
    texts.iter().flat_map(|texts| &texts.fits).flatten().for_each(|(service, _)| set(*service));
    bits.into_iter()
        .zip(0_u32..)
        .flat_map(|(word, at)| (0..64).filter(move |bit| word & 1 << bit != 0).map(move |bit| at * 64 + bit))
}

/// Of services that are the same thing elsewhere, the best, with the others as its twins. `eligible` comes the best
/// first.
fn folded(snapshot: &Snapshot, eligible: Vec<Candidate>) -> Vec<Candidate> {
    let mut leaders: HashMap<Thing, usize> = HashMap::new();
    let mut folded: Vec<Candidate> = Vec::with_capacity(eligible.len());
    for candidate in eligible {
        match leaders.entry(candidate.thing(snapshot)) {
            Entry::Occupied(leader) => folded[*leader.get()].twins.push(candidate.service),
            Entry::Vacant(place) => {
                place.insert(folded.len());
                folded.push(candidate);
            }
        }
    }
    folded
}

/// Who looks for what, where.
struct Look<'a> {
    snapshot: &'a Snapshot,
    person: &'a Person,
    weights: &'a Weights,
    judge: &'a Judge<'a>,
    today: jiff::civil::Date,
}

impl Look<'_> {
    fn at_best_listing(&self, number: u32, serves: &[AimFit; MOST_GOALS], unwanted: bool) -> Option<Candidate> {
        let Look { snapshot, person, weights, judge, today } = *self;
        let facts = snapshot.facts();
        let service = &facts.services[number as usize];
        let fits = serves.map(|aim| aim.fit);
        let mut best: Option<Candidate> = None;
        let mut only_barriers = Barriers::default();
        for at in service.listings.clone() {
            let listing = &facts.listings[at as usize];
            let standing = judge.standing(service, listing);
            if let Some(barrier) = standing.fails.only() {
                only_barriers.add(barrier);
            }
            let parts =
                parts(weights, person, service, listing, &standing, (&fits[..person.aims.len()], unwanted), today);
            let candidate = Candidate {
                service: number,
                listing: at,
                standing,
                fits,
                served: serves.map(|aim| aim.served),
                direct: serves.map(|aim| aim.direct),
                by_wish: serves.map(|aim| aim.by_wish),
                total: parts.total(),
                parts,
                distance_km: person.place.as_ref().and_then(|place| Some(listing.point?.distance_km(place.point))),
                only_barriers: Barriers::default(),
                twins: Vec::new(),
            };
            let fewer_barriers = |known: &Candidate| {
                let barriers = candidate.standing.fails.len().cmp(&known.standing.fails.len());
                barriers.then_with(|| best_first(&candidate, known)) == Ordering::Less
            };
            if best.as_ref().is_none_or(fewer_barriers) {
                best = Some(candidate);
            }
        }
        best.map(|best| Candidate { only_barriers, ..best })
    }
}

/// What the texts of all services say about an aim, before anything is ruled out: so that what a person says about
/// themselves changes nothing here.
struct Texts {
    /// For each wish, the services whose texts have its words, in order, with how well relative to the best text …
    fits: Vec<Vec<(u32, f64)>>,
    /// … how many of them lie behind the service that is looked at …
    passed: Vec<usize>,
    /// … and its own.
    own: Vec<f64>,
    /// How much each wish tells: a word that does not lead tells the less the more services have it.
    weights: Vec<f64>,
    unwanted: Unwanted,
}

impl Texts {
    fn new(snapshot: &Snapshot, aim: &Aim, circumstances: &Circumstances<'_>) -> Result<Self, NoAnswer> {
        let wishes = aim.wishes.len();
        let wanted = aim.wishes.iter().filter_map(|wish| wish.concept.as_ref());
        let unwanted = Unwanted::new(&aim.unwanted, wanted, snapshot, circumstances.out_of_time)?;
        let (passed, own) = (vec![0; wishes], vec![0.0; wishes]);
        let mut texts = Texts { fits: Vec::new(), passed, own, weights: Vec::new(), unwanted };
        let services = snapshot.facts().services.len() as f64;
        for wish in &aim.wishes {
            let mut fits = HashMap::new();
            if let Some(concept) = &wish.concept {
                let concept = std::slice::from_ref(concept);
                let found = text::find(snapshot, concept, Match::All, None, circumstances.out_of_time)?;
                let best = found.iter().map(|found| found.score).fold(0.0, f32::max);
                let most = if wish.leads { TEXT_FIT } else { 1.0 };
                // Words that stand for nothing decide only in a text that means something alike: "look after" horses is
                // not "looked after" in a helpline's.
                let must_mean = wish.sense.asked.is_some() && wish.fits.iter().all(|fit| *fit == 0.0);
                for found in found.into_iter().filter(|found| found.score >= best * TEXT_FLOOR) {
                    let service = snapshot.facts().listings[found.listing as usize].service;
                    let meant =
                        if must_mean { (wish.sense.meant_by(service, snapshot) / ENOUGH_SENSE).min(1.0) } else { 1.0 };
                    if meant == 0.0 {
                        continue;
                    }
                    let fit: &mut f64 = fits.entry(service).or_insert(0.0);
                    *fit = fit.max(most * meant * f64::from(found.score / best));
                }
            } else {
                let near = wish.sense.answered_by(None, snapshot, circumstances.out_of_time);
                let near = near.ok_or(NoAnswer::OutOfTime)?;
                fits.extend(
                    near.into_iter()
                        .filter(|(_, share)| *share >= LEAST_SENSE)
                        .map(|(service, share)| (service, (SENSE_FIT * share).min(1.0))),
                );
            }
            let rarity = 1.0 - (fits.len().max(1) as f64).ln() / services.max(2.0).ln();
            texts.weights.push(if wish.leads { 1.0 } else { rarity.clamp(0.0, 1.0) });
            let mut fits: Vec<(u32, f64)> = fits.into_iter().collect();
            fits.sort_unstable_by_key(|(service, _)| *service);
            texts.fits.push(fits);
        }
        Ok(texts)
    }

    /// Moves `own` to the next service. Services are looked at in the order of their numbers: a look-up
    /// for each wish of each of a million services would take seconds.
    fn move_to(&mut self, service: u32) {
        for ((fits, passed), own) in self.fits.iter().zip(&mut self.passed).zip(&mut self.own) {
            while fits.get(*passed).is_some_and(|(other, _)| *other < service) {
                *passed += 1;
            }
            *own = fits.get(*passed).filter(|(other, _)| *other == service).map_or(0.0, |(_, fit)| *fit);
        }
    }
}

/// How many services are ruled out by each barrier; one may count under several.
pub fn ruled_out(candidates: &Candidates) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for candidate in &candidates.ruled_out {
        for barrier in candidate.standing.fails.iter() {
            *counts.entry(barrier.name()).or_default() += 1;
        }
    }
    counts
}
