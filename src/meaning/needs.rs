//! The needs that the model was taught: what people in each say, and how services for it describe themselves.
//!
//! A sum of words alone is led astray by each of them. The wordings it was taught are not: what comes near several
//! wordings of one need is most likely said by somebody who has it, whatever else the words might mean. So a question
//! leans towards the services for the needs it comes nearest to, the more the surer that is; and a service whose text
//! says, in one of its sentences, that it is for such a need comes nearer to it, whatever the rest of a long text says.

use super::model::Taught;
use super::{DIMENSIONS, Vector, row_likeness};

/// Needs whose wordings are compared one by one: those whose middles are nearest.
const SHORT_LIST_OF_QUESTION: usize = 24;
const SHORT_LIST_OF_SENTENCE: usize = 8;
/// Of each need, as many nearest wordings count for a question.
const WORDINGS: usize = 3;
/// How much the nearest wordings count, and the middles of all wordings and of all services for the need.
const BY_WORDINGS: f32 = 0.5;
const BY_MIDDLES: f32 = 0.25;
/// How much the nearest wording of services counts beside the middle of all of them, for a sentence of a service's text.
const BY_NEAREST_SAID: f32 = 0.5;
/// A need that is so much farther has a share smaller by a factor of e: of a question, of a service's text as a whole,
/// and of a sentence of it.
const STEP_OF_QUESTION: f32 = 0.03;
const STEP_OF_TEXT: f32 = 0.05;
const STEP_OF_SENTENCE: f32 = 0.06;
/// How far the direction leans, where the need is certain.
const QUESTION_LEANS: f32 = 1.0;
const TEXT_LEANS: f32 = 0.3;
/// From this cosine on a need has something to do with it, and from so much more it is certain.
const LEAST: f32 = 0.3;
const TO_CERTAIN: f32 = 0.4;
/// A smaller share is not worth keeping.
const SMALLEST_SHARE: f32 = 0.01;

/// The needs that are kept of a question or a text: more, and it is about everything.
const KEPT: usize = 8;
/// Bytes of them, in memory and on disk.
pub const NEEDS_BYTES: usize = 3 * KEPT;
/// No model knows as many; a power of two.
const MOST_NEEDS: usize = 512;
/// The share of what is certain.
const CERTAIN: f32 = 255.0;

/// Needs by number (two bytes, the lower first), each with its share of 255; the largest first. A share of 0 is no need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs([[u8; 3]; KEPT]);

impl Needs {
    /// The largest of some shares, 0–1; of equal ones the earlier need.
    fn largest(mut shares: Vec<(usize, f32)>) -> Self {
        shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut needs = Self::default();
        for (kept, (need, share)) in needs.0.iter_mut().zip(shares) {
            let [low, high] = (need as u16).to_le_bytes();
            *kept = [low, high, (share * CERTAIN).round().clamp(0.0, CERTAIN) as u8];
        }
        needs
    }

    pub fn from_bytes(bytes: &[u8; NEEDS_BYTES]) -> Self {
        let mut needs = Self::default();
        needs.0.as_flattened_mut().copy_from_slice(bytes);
        needs
    }

    pub fn to_bytes(self) -> [u8; NEEDS_BYTES] {
        let mut bytes = [0; NEEDS_BYTES];
        bytes.copy_from_slice(self.0.as_flattened());
        bytes
    }

    /// Each need with its share of 255.
    pub fn stated(&self) -> impl Iterator<Item = (usize, u8)> + '_ {
        self.0.iter().filter(|[_, _, share]| *share > 0).map(|need| (number(need), need[2]))
    }

    /// The share of each need, for `Asked::in_row`.
    pub fn asked(&self) -> Asked {
        let mut shares = [0; MOST_NEEDS];
        for (need, share) in self.stated() {
            shares[need] = share;
        }
        Asked(shares)
    }
}

/// The needs of a question, made ready to be looked for in many texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked([u8; MOST_NEEDS]);

impl Asked {
    /// How far a text is for the needs that are asked for: 255 × 255 where it is certain of all of them.
    pub fn in_row(&self, row: &[u8; NEEDS_BYTES]) -> u32 {
        row.as_chunks::<3>().0.iter().map(|need| u32::from(self.0[number(need)]) * u32::from(need[2])).sum()
    }
}

fn number(need: &[u8; 3]) -> usize {
    usize::from(u16::from_le_bytes([need[0], need[1]])) & (MOST_NEEDS - 1)
}

/// Leans a question towards what answers it, and says which needs it speaks of.
pub(super) fn of_question(direction: Vector, taught: &Taught<'_>) -> (Vector, Needs) {
    let widened = direction.widened();
    let cosine = |row: &[u8; DIMENSIONS]| row_likeness(&widened, row).cosine();
    let middles = taught.services.iter().zip(taught.wordings_middle);
    let mut near: Vec<(usize, f32)> =
        middles.map(|(services, wordings)| cosine(services) + cosine(wordings)).enumerate().collect();
    keep_nearest(&mut near, SHORT_LIST_OF_QUESTION);
    for (need, score) in &mut near {
        let mut nearest = [0.0_f32; WORDINGS];
        for wording in taught.wordings.of(*need) {
            let mut cosine = cosine(wording);
            for kept in &mut nearest {
                if cosine > *kept {
                    std::mem::swap(kept, &mut cosine);
                }
            }
        }
        let nearest = nearest.iter().sum::<f32>() / WORDINGS as f32;
        *score = BY_MIDDLES * *score + BY_WORDINGS * nearest;
    }
    let (shares, certain) = shares(&near, STEP_OF_QUESTION);
    let all: f32 = shares.iter().map(|(_, share)| share).sum();
    let needs = Needs::largest(shares.iter().map(|(need, share)| (*need, share / all * certain)).collect());
    (lean(direction, &shares, QUESTION_LEANS * certain, taught), needs)
}

/// The needs of a direction that nobody worded: a category's, say.
pub(super) fn of_direction(direction: &Vector, taught: &Taught<'_>) -> Needs {
    let (shares, certain) = shares(&by_middles(direction, taught), STEP_OF_QUESTION);
    let all: f32 = shares.iter().map(|(_, share)| share).sum();
    Needs::largest(shares.into_iter().map(|(need, share)| (need, share / all * certain)).collect())
}

/// Leans a service's text towards the needs it is for, a little: long texts are about many things.
pub(super) fn lean_text(direction: Vector, taught: &Taught<'_>) -> Vector {
    let (shares, certain) = shares(&by_middles(&direction, taught), STEP_OF_TEXT);
    lean(direction, &shares, TEXT_LEANS * certain, taught)
}

/// The needs that a service's sentences say it is for; of each need, the sentence that says it most surely.
pub(super) fn of_sentences(sentences: impl Iterator<Item = Vector>, taught: &Taught<'_>) -> Needs {
    let mut most = vec![0.0_f32; taught.services.len()];
    for sentence in sentences {
        let mut near = by_middles(&sentence, taught);
        keep_nearest(&mut near, SHORT_LIST_OF_SENTENCE);
        let widened = sentence.widened();
        for (need, score) in &mut near {
            let said = taught.said.of(*need).iter().map(|row| row_likeness(&widened, row).cosine());
            *score = (1.0 - BY_NEAREST_SAID) * *score + BY_NEAREST_SAID * said.fold(0.0, f32::max);
        }
        let (shares, certain) = shares(&near, STEP_OF_SENTENCE);
        let all: f32 = shares.iter().map(|(_, share)| share).sum();
        for (need, share) in shares {
            most[need] = most[need].max(share / all * certain);
        }
    }
    Needs::largest(most.into_iter().enumerate().filter(|(_, share)| *share >= SMALLEST_SHARE).collect())
}

fn by_middles(direction: &Vector, taught: &Taught<'_>) -> Vec<(usize, f32)> {
    let widened = direction.widened();
    taught.services.iter().map(|row| row_likeness(&widened, row).cosine()).enumerate().collect()
}

fn keep_nearest(near: &mut Vec<(usize, f32)>, most: usize) {
    let nearer = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if near.len() > most {
        near.select_nth_unstable_by(most, nearer);
        near.truncate(most);
    }
    near.sort_unstable_by(nearer);
}

/// The shares of needs beside the nearest, which has 1, by how near they are; and how certain the nearest is, 0–1.
fn shares(near: &[(usize, f32)], step: f32) -> (Vec<(usize, f32)>, f32) {
    let nearest = near.iter().map(|(_, cosine)| *cosine).fold(0.0, f32::max);
    let certain = ((nearest - LEAST) / TO_CERTAIN).clamp(0.0, 1.0);
    let share = |&(need, cosine): &(usize, f32)| (need, ((cosine - nearest) / step).exp());
    (near.iter().map(share).filter(|(_, share)| *share >= SMALLEST_SHARE).collect(), certain)
}

fn lean(direction: Vector, shares: &[(usize, f32)], leans: f32, taught: &Taught<'_>) -> Vector {
    let services = |&(need, share): &(usize, f32)| Some((Vector::from_bytes(taught.services.get(need)?), share));
    let Some(towards) = Vector::between(shares.iter().filter_map(services)) else { return direction };
    Vector::between([(direction, 1.0), (towards, leans)].into_iter()).unwrap_or(direction)
}
