//! The needs that the model was taught: what people in each say, and the direction in which services for it lie.
//!
//! A sum of words alone is led astray by each of them. The wordings it was taught are not: what comes near several
//! wordings of one need is most likely said by somebody who has it, whatever else the words might mean. So a direction
//! leans towards the services for the needs it comes nearest to, the more the surer that is.

use super::model::Taught;
use super::{DIMENSIONS, Vector, row_likeness};

/// Needs whose wordings are compared one by one: those whose middles are nearest.
const SHORT_LIST: usize = 24;
/// Of each need, as many nearest wordings count.
const WORDINGS: usize = 3;
/// How much the nearest wordings count, and the middles of all wordings and of all services for the need.
const BY_WORDINGS: f32 = 0.5;
const BY_MIDDLES: f32 = 0.25;
/// A need that is so much farther has a share smaller by a factor of e: of a question, and of a service's text.
const STEP_OF_QUESTION: f32 = 0.03;
const STEP_OF_TEXT: f32 = 0.05;
/// How far the direction leans, where the need is certain.
const QUESTION_LEANS: f32 = 1.0;
const TEXT_LEANS: f32 = 0.3;
/// From this cosine on a need has something to do with it, and from so much more it is certain.
const LEAST: f32 = 0.3;
const TO_CERTAIN: f32 = 0.4;

/// Leans a question towards what answers it.
pub(super) fn lean_question(direction: Vector, taught: &Taught<'_>) -> Vector {
    let widened = direction.widened();
    let cosine = |row: &[u8; DIMENSIONS]| row_likeness(&widened, row).cosine();
    let middles = taught.services.iter().zip(taught.wordings_middle);
    let mut near: Vec<(usize, f32)> =
        middles.map(|(services, wordings)| cosine(services) + cosine(wordings)).enumerate().collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    near.truncate(SHORT_LIST);
    for (need, score) in &mut near {
        let mut nearest = [0.0_f32; WORDINGS];
        for wording in taught.wordings_of(*need) {
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
    lean(direction, &near, STEP_OF_QUESTION, QUESTION_LEANS, taught)
}

/// Leans a service's text towards the needs it is for, a little: long texts are about many things.
pub(super) fn lean_text(direction: Vector, taught: &Taught<'_>) -> Vector {
    let widened = direction.widened();
    let near = taught.services.iter().map(|row| row_likeness(&widened, row).cosine()).enumerate();
    lean(direction, &near.collect::<Vec<_>>(), STEP_OF_TEXT, TEXT_LEANS, taught)
}

fn lean(direction: Vector, near: &[(usize, f32)], step: f32, leans: f32, taught: &Taught<'_>) -> Vector {
    let nearest = near.iter().map(|(_, cosine)| *cosine).fold(0.0, f32::max);
    let certain = ((nearest - LEAST) / TO_CERTAIN).clamp(0.0, 1.0);
    /// A smaller share is not worth the addition.
    const SMALLEST_SHARE: f32 = 0.01;
    let share = |&(need, cosine): &(usize, f32)| {
        let share = ((cosine - nearest) / step).exp();
        (share >= SMALLEST_SHARE).then_some((Vector::from_bytes(taught.services.get(need)?), share))
    };
    let Some(towards) = Vector::between(near.iter().filter_map(share)) else { return direction };
    Vector::between([(direction, 1.0), (towards, leans * certain)].into_iter()).unwrap_or(direction)
}
