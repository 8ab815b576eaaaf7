//! What is missing: near misses, what loosening one wish would give, and goals with nothing that fits.

use super::answer::{Gap, NearMiss, Relaxation};
use super::candidates::{Candidate, Candidates, Thing, best_first};
use super::eligibility::Barrier;
use super::funds;
use super::wording::Wording;
use crate::index::Snapshot;
use crate::search::public::PublicService;
use crate::search::rank::shown_distance;
use std::collections::HashSet;

/// Near misses in one answer.
const MOST_NEAR_MISSES: usize = 6;

/// Services with only one thing in the way, the best first; of those that are the same thing elsewhere the best one, and
/// none that is an option elsewhere.
pub fn near_misses(wording: Wording<'_>, candidates: &Candidates) -> Vec<NearMiss> {
    let snapshot = wording.snapshot;
    let mut known = things(snapshot, &candidates.eligible);
    let one_thing = |candidate: &&Candidate| candidate.standing.fails.only().is_some();
    let mut misses: Vec<&Candidate> = candidates.ruled_out.iter().filter(one_thing).collect();
    misses.sort_unstable_by(|a, b| best_first(a, b));
    misses.retain(|candidate| known.insert(candidate.thing(snapshot)));
    let shown = misses.into_iter().filter_map(|candidate| {
        let barrier = candidate.standing.fails.only()?;
        near_miss(wording, candidate, barrier)
    });
    shown.take(MOST_NEAR_MISSES).collect()
}

/// For each wish that can be loosened, how many more options there would be without it: services that fail at some
/// listing for this reason alone. The same as asking again without the wish.
pub fn relaxations(wording: Wording<'_>, candidates: &Candidates) -> Vec<Relaxation> {
    let Wording { snapshot, person, texts, .. } = wording;
    let options = things(snapshot, &candidates.eligible);
    let gains = |barrier: Barrier| {
        let gained = candidates.ruled_out.iter().filter(|candidate| candidate.only_barriers.has(barrier));
        let gained: HashSet<Thing> = gained.map(|candidate| candidate.thing(snapshot)).collect();
        gained.difference(&options).count()
    };
    let wishes = [("within_km", Barrier::Distance, "relax.within_km"), ("when", Barrier::When, "relax.when")];
    let asked = |barrier: Barrier| match barrier {
        Barrier::Distance => person.place.as_ref().is_some_and(|place| place.within_km.is_some()),
        _ => person.when.is_some(),
    };
    wishes
        .into_iter()
        .filter(|(_, barrier, _)| asked(*barrier))
        .map(|(field, barrier, key)| Relaxation { field, text: texts.text(key).to_string(), gains: gains(barrier) })
        .filter(|relaxation| relaxation.gains > 0)
        .collect()
}

fn things(snapshot: &Snapshot, candidates: &[Candidate]) -> HashSet<Thing> {
    candidates.iter().map(|candidate| candidate.thing(snapshot)).collect()
}

/// Goals that no eligible service serves: the nearest thing there is, and funds with which to start something.
pub fn gaps(wording: Wording<'_>, candidates: &Candidates) -> Vec<Gap> {
    let is_met = |aim: usize| candidates.eligible.iter().any(|candidate| candidate.fits[aim] > 0.0);
    (0..wording.person.aims.len())
        .filter(|&aim| !is_met(aim))
        .map(|aim| Gap {
            goal: aim,
            nearest: nearest(wording, candidates, aim),
            funds: funds::for_gap(wording.snapshot, wording.person),
        })
        .collect()
}

/// The service for an aim with the fewest things in the way; of those the nearest, then the first by id.
fn nearest(wording: Wording<'_>, candidates: &Candidates, aim: usize) -> Option<NearMiss> {
    let serving = candidates.ruled_out.iter().filter(|candidate| candidate.fits[aim] > 0.0);
    let far = |candidate: &Candidate| candidate.distance_km.unwrap_or(0.0);
    let nearest = serving.min_by(|a, b| {
        let barriers = a.standing.fails.len().cmp(&b.standing.fails.len());
        barriers.then_with(|| far(a).total_cmp(&far(b))).then_with(|| a.service.cmp(&b.service))
    })?;
    let barrier = nearest.standing.fails.iter().next()?;
    near_miss(wording, nearest, barrier)
}

fn near_miss(wording: Wording<'_>, candidate: &Candidate, barrier: Barrier) -> Option<NearMiss> {
    let snapshot = wording.snapshot;
    let facts = snapshot.facts();
    let service = snapshot.service_row(candidate.service as usize)?;
    let organisation = snapshot.organisation_row(facts.services[candidate.service as usize].organisation)?;
    let (text, help) = wording.in_the_way(barrier, candidate, &service);
    Some(NearMiss {
        in_the_way: barrier.name(),
        text,
        help,
        distance_km: candidate
            .distance_km
            .map(|km| shown_distance(km, facts.listings[candidate.listing as usize].confidential)),
        service: PublicService::new(&service, &organisation.name),
    })
}
