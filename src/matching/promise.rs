//! What the first options of an answer must hold whatever their scores are, and whether it can still be kept after some
//! of them were chosen.

use super::candidates::Candidate;
use super::choose::{FRONT, GOALS_AMONG, Want, mode_bit};
use crate::index::Snapshot;
use std::collections::{HashMap, HashSet};

/// How many organisations of one signature are looked at: six may be taken by what was chosen, and six more suffice for
/// what is to come.
const MOST_OF_A_SIGNATURE: usize = 2 * FRONT;
/// Looking ahead ends after so many steps and then takes it that the promise can be kept: with so many ways to try there
/// is one.
const MOST_STEPS: u32 = 50_000;

/// All that looking ahead needs to know of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    organisation: u32,
    /// The wants it meets.
    wants: u16,
    /// Its way of taking part.
    mode: u8,
}

/// Every want is met among the first five, so many ways of taking part are among the first six, and no organisation has
/// more than so many of them.
#[derive(Clone, Debug)]
pub(super) struct Promise {
    wants: Vec<Want>,
    kinds: Vec<Kind>,
    /// Wants that somebody meets.
    wanted: u16,
    modes: u8,
    of_one_organisation: usize,
    places: usize,
}

impl Promise {
    pub(super) fn new(snapshot: &Snapshot, eligible: &[Candidate], wants: &[Want], places: usize) -> Self {
        let mut promise = Self { wants: wants.to_vec(), places, ..Self::nothing() };
        let mut known = HashSet::new();
        let mut of_signature: HashMap<(u16, u8), usize> = HashMap::new();
        for candidate in eligible {
            let kind = promise.kind(snapshot, candidate);
            promise.wanted |= kind.wants;
            if (kind.wants != 0 || kind.mode != 0) && known.insert(kind) {
                let count = of_signature.entry((kind.wants, kind.mode)).or_default();
                *count += 1;
                if *count <= MOST_OF_A_SIGNATURE {
                    promise.kinds.push(kind);
                }
            }
        }
        promise
    }

    /// Anything keeps it.
    pub(super) fn nothing() -> Self {
        Self {
            wants: Vec::new(),
            kinds: Vec::new(),
            wanted: 0,
            modes: 0,
            of_one_organisation: usize::MAX,
            places: FRONT,
        }
    }

    pub(super) fn ask(&mut self, of_one_organisation: usize, modes: u8) {
        self.of_one_organisation = of_one_organisation;
        self.modes = modes;
    }

    pub(super) fn kind(&self, snapshot: &Snapshot, candidate: &Candidate) -> Kind {
        let met = self.wants.iter().enumerate().filter(|(_, want)| want.is_met_by(candidate));
        Kind {
            organisation: snapshot.facts().services[candidate.service as usize].organisation,
            wants: met.fold(0, |met, (at, _)| met | 1 << at),
            mode: mode_bit(snapshot, candidate),
        }
    }

    /// Whether some others can be put after the chosen ones so that it is kept.
    pub(super) fn can_be_kept(&self, chosen: &[Kind]) -> bool {
        let of_each = |kind: &Kind| chosen.iter().filter(|other| other.organisation == kind.organisation).count();
        if chosen.iter().any(|kind| of_each(kind) > self.of_one_organisation) {
            return false;
        }
        let in_time = chosen.iter().take(GOALS_AMONG).fold(0, |met, kind| met | kind.wants);
        let modes = chosen.iter().fold(0, |modes, kind| modes | kind.mode);
        let mut steps = MOST_STEPS;
        self.extends(&mut chosen.to_vec(), self.wanted & !in_time, self.modes & !modes, &mut steps)
    }

    /// Puts one more after the chosen ones for the first thing that is missing, and goes on.
    fn extends(&self, chosen: &mut Vec<Kind>, wants: u16, modes: u8, steps: &mut u32) -> bool {
        if wants == 0 && modes == 0 || *steps == 0 {
            return true;
        }
        *steps -= 1;
        let places = if wants != 0 { self.places.min(GOALS_AMONG) } else { self.places };
        if chosen.len() >= places {
            return false;
        }
        let (want, mode) = (wants & wants.wrapping_neg(), modes & modes.wrapping_neg());
        for kind in &self.kinds {
            let helps = if wants != 0 { kind.wants & want != 0 } else { kind.mode & mode != 0 };
            let own = chosen.iter().filter(|other| other.organisation == kind.organisation).count();
            if !helps || own >= self.of_one_organisation {
                continue;
            }
            chosen.push(*kind);
            let is_kept = self.extends(chosen, wants & !kind.wants, modes & !kind.mode, steps);
            chosen.pop();
            if is_kept {
                return true;
            }
        }
        false
    }
}
