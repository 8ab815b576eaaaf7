//! The directory's own wordings of its categories, goals and crises as directions, and which of them a text comes nearest to.

use super::analysis::words;
use crate::meaning::{Sum, Vector};
use crate::model::Directory;

/// A category or goal is taken for what was meant from this cosine on …
const LEAST: f32 = 0.42;
/// … and is as good as certain from this one.
const SURE: f32 = 0.78;
/// One that is farther than this behind the nearest is another matter.
const BEHIND: f32 = 0.12;
/// More are no understanding.
const MOST: usize = 4;
/// How much the single nearest wording counts beside the middle of all of them: a need has many faces, and one
/// wording that fits is more than chance.
const NEAREST_WORDING: f32 = 0.5;

/// How a thing is worded.
#[derive(Debug, Default)]
struct Wording {
    phrases: Vec<Vector>,
    middle: Option<Vector>,
}

impl Wording {
    fn new<'a>(phrases: impl Iterator<Item = &'a String>) -> Self {
        let of = |phrase: &String| {
            Sum::of(words(phrase).iter().map(|word| word.text.as_str())).of_question().map(|gist| gist.direction)
        };
        let phrases: Vec<Vector> = phrases.filter_map(of).collect();
        Self { middle: Vector::middle(&phrases), phrases }
    }

    fn cosine(&self, direction: &Vector) -> f32 {
        let nearest = self.phrases.iter().map(|phrase| direction.likeness(phrase)).max().unwrap_or_default();
        let middle = self.middle.map(|middle| direction.likeness(&middle)).unwrap_or_default();
        NEAREST_WORDING * nearest.cosine() + (1.0 - NEAREST_WORDING) * middle.cosine()
    }
}

/// All wordings of one directory, in the order of its lists.
#[derive(Debug, Default)]
pub struct Wordings {
    categories: Vec<Wording>,
    goals: Vec<Wording>,
    crisis: Vec<Wording>,
}

impl Wordings {
    pub fn new(vocabulary: &Directory) -> Self {
        let categories = vocabulary.categories.iter().map(|row| Wording::new(row.words.iter().chain([&row.name])));
        let goals = vocabulary.goals.iter().map(|row| Wording::new(row.words.iter().chain([&row.name])));
        let crisis = vocabulary.crisis.iter().map(|row| Wording::new(row.words.iter()));
        Self { categories: categories.collect(), goals: goals.collect(), crisis: crisis.collect() }
    }

    /// The direction of a category.
    pub fn category(&self, category: u16) -> Option<Vector> {
        self.categories.get(usize::from(category))?.middle
    }

    /// The direction of a goal.
    pub fn goal(&self, goal: u16) -> Option<Vector> {
        self.goals.get(usize::from(goal))?.middle
    }

    /// The direction of a row of crisis words.
    pub fn crisis(&self, row: usize) -> Option<Vector> {
        self.crisis.get(row)?.middle
    }

    /// The categories that a direction comes nearest to, the nearest first, with how sure that is, 0–1.
    pub fn categories_near(&self, direction: &Vector) -> Vec<(u16, f32)> {
        near(&self.categories, direction)
    }

    /// The same with goals.
    pub fn goals_near(&self, direction: &Vector) -> Vec<(u16, f32)> {
        near(&self.goals, direction)
    }
}

fn near(wordings: &[Wording], direction: &Vector) -> Vec<(u16, f32)> {
    let cosines = (0_u16..).zip(wordings).map(|(number, wording)| (number, wording.cosine(direction)));
    let mut near: Vec<(u16, f32)> = cosines.filter(|(_, cosine)| *cosine >= LEAST).collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let nearest = near.first().map_or(0.0, |(_, cosine)| *cosine);
    near.retain(|(_, cosine)| nearest - cosine < BEHIND);
    near.truncate(MOST);
    let sure = |cosine: f32| ((cosine - LEAST) / (SURE - LEAST)).min(1.0) * (1.0 - (nearest - cosine) / BEHIND);
    near.into_iter().map(|(number, cosine)| (number, sure(cosine))).collect()
}
