//! Choosing a set of options, not only a ranking: what a person sees first should be a choice.
//!
//! Options stand in the order of their scores, but for the first six: every goal that can be served is served among
//! the first five (and so is each half of "see my kids more and stay off the drink", as long as that makes no more than
//! five), no organisation has more than two of the first six while there are others, and in person, online and phone
//! are each there if they exist. A place among the six is given to the best option, unless as many places as are left
//! are needed for goals (first) or ways of taking part (second) that are still missing.

use super::aims::Aim;
use super::candidates::Candidate;
use crate::index::Snapshot;
use crate::model::Delivery;

/// Every goal is among the first so many.
const GOALS_AMONG: usize = 5;
/// What is seen first, and chosen as a set.
const FRONT: usize = 6;
/// Most of one organisation among them.
const MOST_OF_ONE_ORGANISATION: usize = 2;

/// The options in the order in which they are shown; `eligible` comes the best first.
pub fn choose<'c>(snapshot: &Snapshot, eligible: &[&'c Candidate], aims: &[Aim], limit: usize) -> Vec<&'c Candidate> {
    let wants = wants(aims, eligible);
    let mut left: Vec<&Candidate> = eligible.to_vec();
    let mut chosen: Vec<&Candidate> = Vec::new();
    while chosen.len() < FRONT.min(limit) && !left.is_empty() {
        let at = next(snapshot, &chosen, &left, &wants, limit);
        chosen.push(left.remove(at));
    }
    chosen.extend(left);
    chosen.truncate(limit);
    chosen
}

/// Something wanted.
struct Want {
    aim: usize,
    /// Any one of these wishes will do.
    wishes: u16,
    /// Whether anything serves it directly: then nothing less will do.
    directly: bool,
}

impl Want {
    fn is_met_by(&self, candidate: &Candidate) -> bool {
        let met = if self.directly { candidate.direct } else { candidate.served };
        met[self.aim] & self.wishes != 0
    }
}

fn wants(aims: &[Aim], eligible: &[&Candidate]) -> Vec<Want> {
    let clauses = aims.iter().enumerate().flat_map(|(at, aim)| aim.clauses().into_iter().map(move |set| (at, set)));
    let mut wanted: Vec<(usize, u16)> = clauses.collect();
    if wanted.len() > GOALS_AMONG {
        wanted = (0..aims.len()).map(|at| (at, u16::MAX)).collect();
    }
    let want = |(aim, wishes): (usize, u16)| {
        let directly = eligible.iter().any(|candidate| candidate.direct[aim] & wishes != 0);
        Want { aim, wishes, directly }
    };
    wanted.into_iter().map(want).collect()
}

fn next(snapshot: &Snapshot, chosen: &[&Candidate], left: &[&Candidate], wants: &[Want], limit: usize) -> usize {
    let missing_goals: Vec<&Want> = wants
        .iter()
        .filter(|want| !chosen.iter().any(|c| want.is_met_by(c)) && left.iter().any(|c| want.is_met_by(c)))
        .collect();
    let mode = |candidate: &Candidate| mode(snapshot, candidate);
    let missing_modes: Vec<Delivery> = [Delivery::InPerson, Delivery::Online, Delivery::Phone]
        .into_iter()
        .filter(|wanted| !chosen.iter().any(|c| mode(c) == Some(*wanted)))
        .filter(|wanted| left.iter().any(|c| mode(c) == Some(*wanted)))
        .collect();
    let places_for_goals = GOALS_AMONG.min(limit).saturating_sub(chosen.len());
    let places = FRONT.min(limit) - chosen.len();
    let needs_goal = !missing_goals.is_empty() && missing_goals.len() >= places_for_goals;
    let needs_mode = !missing_modes.is_empty() && missing_goals.len() + missing_modes.len() >= places;
    // One option for both is asked for only where there is no place for two: it is seldom the best for either.
    let needs_both = needs_goal && needs_mode && missing_goals.len() + missing_modes.len() > places;
    let organisation = |c: &Candidate| snapshot.facts().services[c.service as usize].organisation;
    let has_room = |candidate: &Candidate| {
        let own = chosen.iter().filter(|c| organisation(c) == organisation(candidate)).count();
        own < MOST_OF_ONE_ORGANISATION
    };
    let serves_missing = |candidate: &Candidate| missing_goals.iter().any(|want| want.is_met_by(candidate));
    let is_missing_mode = |candidate: &Candidate| mode(candidate).is_some_and(|own| missing_modes.contains(&own));
    // From the most that can be asked to the least: the first wish that somebody meets decides.
    let wishes: [(bool, bool, bool); 5] = [
        (needs_goal, needs_both || !needs_goal && needs_mode, true),
        (needs_goal, false, true),
        (needs_goal, false, false),
        (false, needs_mode, true),
        (false, false, true),
    ];
    wishes
        .into_iter()
        .find_map(|(goal, mode, room)| {
            left.iter().position(|candidate| {
                (!goal || serves_missing(candidate))
                    && (!mode || is_missing_mode(candidate))
                    && (!room || has_room(candidate))
            })
        })
        .unwrap_or(0)
}

/// How one takes part at the listing that was chosen.
pub fn mode(snapshot: &Snapshot, candidate: &Candidate) -> Option<Delivery> {
    let facts = snapshot.facts();
    if facts.listings[candidate.listing as usize].location.is_some() {
        return Some(Delivery::InPerson);
    }
    let stated = facts.services[candidate.service as usize].delivery;
    [Delivery::Phone, Delivery::Online, Delivery::Outreach, Delivery::InPerson].into_iter().find(|d| stated.has(*d))
}
