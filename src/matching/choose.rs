//! Choosing a set of options, not only a ranking: what a person sees first should be a choice.
//!
//! The first six are chosen as a set, the rest stand in the order of their scores. The set is chosen the way IA-Select
//! does it (Agrawal, Gollapudi, Halverson and Ieong, *Diversifying search results*, WSDM 2009): one after another, each
//! time the option that adds most to
//!
//! > score + Σ over what is wanted of weight × the chance that nobody chosen before serves it × how directly it does
//!
//! where what is wanted are the goals (or the clauses of "see my kids more and stay off the drink") and the ways of taking
//! part. That sum is monotone and submodular, so the greedy choice reaches at least 1 − 1/e of the best set's value
//! (Nemhauser, Wolsey and Fisher 1978), and, with no more than two options of one organisation (a partition matroid), at
//! least a half (Fisher, Nemhauser and Wolsey 1978).
//!
//! On top of it stand promises that a sum cannot keep (DESIGN §5, 4). They are kept by looking ahead (`promise`): an
//! option is taken only if the places left still suffice for what was promised. Where that decides, the bound does not
//! hold.

use super::aims::Aim;
use super::candidates::Candidate;
use super::promise::{Kind, Promise};
use crate::index::Snapshot;
use crate::model::Delivery;

/// Every goal is among the first so many.
pub(super) const GOALS_AMONG: usize = 5;
/// What is seen first, and chosen as a set.
pub(super) const FRONT: usize = 6;
/// What serving a goal that nothing before serves is worth beside a score, which goes up to about 1. Half the points that
/// goals give in a score: enough that the second goal comes before the second-best for the first, not before one that
/// fits it far better.
const GOAL: f64 = 0.3;
/// What a way of taking part that is not there yet is worth: as much as a few minutes' walk.
const MODE: f64 = 0.03;
/// Points of a score that count as 1.
const FULL_SCORE: f64 = 100.0;
/// The ways of taking part that are mixed where they exist.
const MODES: [Delivery; 3] = [Delivery::InPerson, Delivery::Online, Delivery::Phone];

/// The options in the order in which they are shown; `eligible` comes the best first.
pub fn choose<'c>(snapshot: &Snapshot, eligible: &'c [Candidate], aims: &[Aim], limit: usize) -> Vec<&'c Candidate> {
    let places = FRONT.min(limit);
    let goals: Vec<Want> = (0..aims.len()).map(|aim| Want::new(aim, u16::MAX, false, aims, eligible)).collect();
    let clauses = clauses(aims, eligible);
    let asked = if clauses.len() > goals.len() && clauses.len() <= GOALS_AMONG { &clauses } else { &goals };
    let promise = promise(snapshot, eligible, &[asked, &goals], places);
    let mut value = Value::new(snapshot, asked);
    let mut left: Vec<&Candidate> = eligible.iter().collect();
    let mut chosen: Vec<&Candidate> = Vec::new();
    let mut kinds: Vec<Kind> = Vec::new();
    while chosen.len() < places && !left.is_empty() {
        let at = value.best(&left, |candidate| {
            kinds.push(promise.kind(snapshot, candidate));
            let is_kept = promise.can_be_kept(&kinds);
            kinds.pop();
            is_kept
        });
        let next = left.remove(at);
        kinds.push(promise.kind(snapshot, next));
        value.add(next);
        chosen.push(next);
    }
    chosen.extend(left);
    chosen.truncate(limit);
    chosen
}

/// Something wanted: any one of these wishes of an aim.
#[derive(Clone, Debug)]
pub(super) struct Want {
    aim: usize,
    wishes: u16,
    /// Something serves it directly, and nothing less will do.
    directly: bool,
    /// Share of the importance of the most important aim.
    importance: f64,
}

impl Want {
    fn new(aim: usize, wishes: u16, directly: bool, aims: &[Aim], eligible: &[Candidate]) -> Self {
        let most = aims.iter().map(|aim| aim.importance).max().unwrap_or(1);
        let directly = directly && eligible.iter().any(|candidate| candidate.direct[aim] & wishes != 0);
        Self { aim, wishes, directly, importance: f64::from(aims[aim].importance) / f64::from(most) }
    }

    pub(super) fn is_met_by(&self, candidate: &Candidate) -> bool {
        let met = if self.directly { candidate.direct } else { candidate.served };
        met[self.aim] & self.wishes != 0
    }

    /// How directly a candidate meets it, 0–1.
    fn share_met_by(&self, candidate: &Candidate) -> f64 {
        let by_wish = candidate.by_wish[self.aim].iter().zip(0..);
        let best = by_wish.filter(|(_, wish)| self.wishes & 1 << wish != 0).map(|(fit, _)| *fit).max();
        f64::from(best.unwrap_or(0)) / f64::from(u8::MAX)
    }
}

fn clauses(aims: &[Aim], eligible: &[Candidate]) -> Vec<Want> {
    let clauses = aims.iter().enumerate().flat_map(|(at, aim)| aim.clauses().into_iter().map(move |set| (at, set)));
    clauses.map(|(aim, wishes)| Want::new(aim, wishes, true, aims, eligible)).collect()
}

/// The most that can be promised. What people want comes first (every goal that can be served is), then that no
/// organisation has more than two places, then the ways of taking part, then that wants are met directly and by clauses.
fn promise(snapshot: &Snapshot, eligible: &[Candidate], wants: &[&[Want]], places: usize) -> Promise {
    let made = |wants: &[Want]| Promise::new(snapshot, eligible, wants, places);
    let mut promises: Vec<Promise> = wants.iter().map(|wants| made(wants)).collect();
    for of_one_organisation in 2..=FRONT {
        for modes in sets_of_modes() {
            for promise in &mut promises {
                promise.ask(of_one_organisation, modes);
                if promise.can_be_kept(&[]) {
                    return promise.clone();
                }
            }
        }
    }
    // More goals than places: the sum decides alone.
    Promise::nothing()
}

/// Sets of ways of taking part, the largest first.
fn sets_of_modes() -> Vec<u8> {
    let mut sets: Vec<u8> = (0..1 << MODES.len()).collect();
    sets.sort_by_key(|set: &u8| (std::cmp::Reverse(set.count_ones()), *set));
    sets
}

/// What the options chosen so far are worth together, and what another would add.
struct Value<'a> {
    snapshot: &'a Snapshot,
    wants: &'a [Want],
    /// The chance that nothing chosen serves each want.
    unserved: Vec<f64>,
    modes: u8,
}

impl<'a> Value<'a> {
    fn new(snapshot: &'a Snapshot, wants: &'a [Want]) -> Self {
        Self { snapshot, wants, unserved: vec![1.0; wants.len()], modes: 0 }
    }

    fn added_by(&self, candidate: &Candidate) -> f64 {
        let wants = self.wants.iter().zip(&self.unserved);
        let goals: f64 = wants.map(|(want, left)| want.importance * left * want.share_met_by(candidate)).sum();
        let mode = if mode_bit(self.snapshot, candidate) & !self.modes != 0 { MODE } else { 0.0 };
        candidate.total / FULL_SCORE + GOAL * goals + mode
    }

    /// The place of the one that adds most and is allowed; of equals the first.
    fn best(&self, left: &[&Candidate], mut is_allowed: impl FnMut(&Candidate) -> bool) -> usize {
        let mut ranked: Vec<(usize, f64)> =
            left.iter().enumerate().map(|(at, candidate)| (at, self.added_by(candidate))).collect();
        // Most often one of the first is allowed: the rest need not be sorted.
        const FIRST: usize = 32;
        let order = |a: &(usize, f64), b: &(usize, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if ranked.len() > FIRST {
            ranked.select_nth_unstable_by(FIRST, order);
            ranked[..FIRST].sort_unstable_by(order);
            if let Some((at, _)) = ranked[..FIRST].iter().find(|(at, _)| is_allowed(left[*at])) {
                return *at;
            }
            ranked.drain(..FIRST);
        }
        ranked.sort_unstable_by(order);
        ranked.iter().find(|(at, _)| is_allowed(left[*at])).map_or(0, |(at, _)| *at)
    }

    fn add(&mut self, candidate: &Candidate) {
        for (want, left) in self.wants.iter().zip(&mut self.unserved) {
            *left *= 1.0 - want.share_met_by(candidate);
        }
        self.modes |= mode_bit(self.snapshot, candidate);
    }
}

/// The candidate's way of taking part as a set of one, if it is one of those that are mixed.
pub(super) fn mode_bit(snapshot: &Snapshot, candidate: &Candidate) -> u8 {
    let own = mode(snapshot, candidate);
    MODES.iter().position(|mode| own == Some(*mode)).map_or(0, |at| 1 << at)
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
