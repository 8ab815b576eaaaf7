//! Which towns get their name written: the larger ones first, as long as no name lies on another; more of them once
//! somebody looks closer.

use super::frame::Frame;
use super::picture::Label;
use crate::gazetteer::Town;

/// How much closer one must look for each step of names. Names keep their size on the screen, so that there is more
/// room between them.
const STEPS: [u8; 3] = [1, 2, 4];

/// Names on one map: more are a carpet, and each costs sixty bytes.
const MOST_LABELS: usize = 50;

/// Towns that are looked at, the largest first.
const MOST_TOWNS: usize = 400;

/// A letter's width and a line's height on paper, units, with some air.
const LETTER: f64 = 7.0;
const LINE: f64 = 18.0;

/// The names and where they stand.
pub fn labels(towns: &[Town], frame: &Frame) -> Vec<Label> {
    let [left, top, right, bottom] = frame.drawn();
    let mut placed: Vec<Label> = Vec::new();
    for step in STEPS {
        for town in towns.iter().take(MOST_TOWNS) {
            if placed.len() == MOST_LABELS {
                return placed;
            }
            let (x, y) = frame.place(town.point);
            let on_paper = (left..right).contains(&x) && (top..bottom).contains(&y);
            let label = Label { name: town.name, x, y, from: step };
            if on_paper && placed.iter().all(|other| other.name != label.name && !overlap(&label, other, step)) {
                placed.push(label);
            }
        }
    }
    placed
}

/// Whether two names would lie on each other for somebody who looks so many times closer.
fn overlap(one: &Label, other: &Label, step: u8) -> bool {
    let letters = |label: &Label| label.name.chars().count() as f64;
    let width = (letters(one) + letters(other)) / 2.0 * LETTER + LETTER;
    let closer = f64::from(step);
    (one.x - other.x).abs() * closer < width && (one.y - other.y).abs() * closer < LINE
}
