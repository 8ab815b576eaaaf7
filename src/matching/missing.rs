//! What is missing: near misses, what loosening one wish would give, and goals with nothing that fits.

use super::answer::{Gap, NearMiss, Relaxation};
use super::candidates::Candidate;
use super::eligibility::Barrier;
use super::person::Person;
use super::{funds, wording};
use crate::index::Snapshot;
use crate::search::public::PublicService;
use crate::search::rank::shown_distance;

/// Near misses in one answer.
const MOST_NEAR_MISSES: usize = 6;

/// Services with only one thing in the way, the best first.
pub fn near_misses(snapshot: &Snapshot, person: &Person, candidates: &[Candidate]) -> Vec<NearMiss> {
    let one_thing = candidates.iter().filter(|candidate| !candidate.is_eligible());
    let misses = one_thing.filter_map(|candidate| {
        let barrier = candidate.standing.fails.only()?;
        near_miss(snapshot, person, candidate, barrier)
    });
    misses.take(MOST_NEAR_MISSES).collect()
}

/// For each wish that can be loosened, how many more services would fit without it: those that fail at some listing
/// for this reason alone. The same as asking again without the wish.
pub fn relaxations(person: &Person, candidates: &[Candidate]) -> Vec<Relaxation> {
    let gains =
        |barrier: Barrier| candidates.iter().filter(|c| !c.is_eligible() && c.only_barriers.has(barrier)).count();
    let wishes = [
        ("within_km", Barrier::Distance, "Go further than you said"),
        ("when", Barrier::When, "Go at other times than you said"),
    ];
    let asked = |barrier: Barrier| match barrier {
        Barrier::Distance => person.place.as_ref().is_some_and(|place| place.within_km.is_some()),
        _ => person.when.is_some(),
    };
    wishes
        .into_iter()
        .filter(|(_, barrier, _)| asked(*barrier))
        .map(|(field, barrier, text)| Relaxation { field, text: text.to_string(), gains: gains(barrier) })
        .filter(|relaxation| relaxation.gains > 0)
        .collect()
}

/// Goals that no eligible service serves: the nearest thing there is, and funds with which to start something.
pub fn gaps(snapshot: &Snapshot, person: &Person, candidates: &[Candidate]) -> Vec<Gap> {
    let is_met = |aim: usize| candidates.iter().any(|c| c.is_eligible() && c.fits[aim] > 0.0);
    (0..person.aims.len())
        .filter(|&aim| !is_met(aim))
        .map(|aim| Gap {
            goal: aim,
            nearest: nearest(snapshot, person, candidates, aim),
            funds: funds::for_gap(snapshot, person),
        })
        .collect()
}

/// The service for an aim with the fewest things in the way; of those the nearest, then the best.
fn nearest(snapshot: &Snapshot, person: &Person, candidates: &[Candidate], aim: usize) -> Option<NearMiss> {
    let serving = candidates.iter().filter(|candidate| candidate.fits[aim] > 0.0);
    let far = |candidate: &Candidate| candidate.distance_km.unwrap_or(0.0);
    let nearest = serving.min_by(|a, b| {
        let barriers = a.standing.fails.len().cmp(&b.standing.fails.len());
        barriers.then_with(|| far(a).total_cmp(&far(b))).then_with(|| a.service.cmp(&b.service))
    })?;
    let barrier = nearest.standing.fails.iter().next()?;
    near_miss(snapshot, person, nearest, barrier)
}

fn near_miss(snapshot: &Snapshot, person: &Person, candidate: &Candidate, barrier: Barrier) -> Option<NearMiss> {
    let facts = snapshot.facts();
    let service = snapshot.service_row(candidate.service as usize)?;
    let organisation = snapshot.organisation_row(facts.services[candidate.service as usize].organisation)?;
    let confidential = facts.listings[candidate.listing as usize].confidential;
    let (text, help) = wording::in_the_way(barrier, person, candidate, &service, confidential);
    Some(NearMiss {
        in_the_way: barrier.name(),
        text,
        help,
        distance_km: candidate.distance_km.map(|km| shown_distance(km, confidential)),
        service: PublicService::new(&service, &organisation.name),
    })
}
