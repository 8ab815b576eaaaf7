//! A goal, by its code or in a person's own words → the categories and words that serve it.

use super::answer::{CategoryGuess, GoalGuess};
use crate::index::Snapshot;
use crate::search::answer::UnderstoodWords;
use crate::search::rank::round;
use crate::search::understand::{Concept, Understanding, Way};

/// The score of a category that the words themselves name: confidence 1.
const SURE: f64 = 12.0;
/// Strength of a category for a goal goes up to this.
const STRONGEST: f64 = 3.0;
/// A goal that is taken from words is not as sure as one that is chosen.
const GOAL_FROM_WORDS: f64 = 0.8;

/// What one goal of a profile means in this directory.
#[derive(Debug)]
pub struct Aim {
    pub importance: u8,
    /// Goals it was taken for, with confidence 0–1; the surest first.
    pub goals: Vec<(u16, f64)>,
    /// For every category of the directory, how directly it serves the aim, 0–1.
    pub fits: Vec<f64>,
    /// Concepts whose words may stand in a service's texts; none for a goal by code.
    pub concepts: Vec<Concept>,
    pub words: Vec<UnderstoodWords>,
    /// The person's own words.
    pub text: String,
}

impl Aim {
    /// A goal that was chosen.
    pub fn of_goal(goal: u16, importance: u8, snapshot: &Snapshot) -> Self {
        let mut aim = Self::empty(importance, snapshot);
        aim.goals.push((goal, 1.0));
        aim.add_goal(goal, 1.0, snapshot);
        aim
    }

    /// Own words. Each concept is a wish of its own: "see my kids more and stay off the drink" is two, and a service
    /// that serves either serves the aim.
    pub fn of_words(text: &str, importance: u8, snapshot: &Snapshot) -> Self {
        let understanding = Understanding::of(text, snapshot);
        let mut aim = Self::empty(importance, snapshot);
        for concept in &understanding.concepts {
            for &goal in &concept.goals {
                if !aim.goals.iter().any(|(known, _)| *known == goal) {
                    aim.goals.push((goal, GOAL_FROM_WORDS));
                }
            }
            for way in &concept.ways {
                if let Way::Category { category, score } = way {
                    aim.add_family(*category, (f64::from(*score) / SURE).min(1.0), snapshot);
                }
            }
        }
        aim.concepts = understanding.concepts;
        aim.words = understanding.words;
        aim.text = text.to_string();
        aim
    }

    /// Whether nothing at all was understood.
    pub fn is_blank(&self) -> bool {
        self.concepts.is_empty() && self.fits.iter().all(|fit| *fit == 0.0)
    }

    /// The goals it was taken for, as they are shown.
    pub fn goal_guesses(&self, snapshot: &Snapshot) -> Vec<GoalGuess> {
        let shown = |&(goal, confidence): &(u16, f64)| {
            let goal = &snapshot.vocabulary().goals[usize::from(goal)];
            GoalGuess { code: goal.code.clone(), name: goal.name.clone(), confidence }
        };
        self.goals.iter().map(shown).collect()
    }

    /// The categories that serve it, the most direct first.
    pub fn category_guesses(&self, snapshot: &Snapshot) -> Vec<CategoryGuess> {
        let rows = snapshot.vocabulary().categories.iter().zip(&self.fits).filter(|(_, fit)| **fit > 0.0);
        let mut guesses: Vec<CategoryGuess> = rows
            .map(|(row, fit)| CategoryGuess { code: row.code.clone(), name: row.name.clone(), fit: round(*fit) })
            .collect();
        guesses.sort_by(|a, b| b.fit.total_cmp(&a.fit).then_with(|| a.code.cmp(&b.code)));
        guesses
    }

    fn empty(importance: u8, snapshot: &Snapshot) -> Self {
        Self {
            importance,
            goals: Vec::new(),
            fits: vec![0.0; snapshot.vocabulary().categories.len()],
            concepts: Vec::new(),
            words: Vec::new(),
            text: String::new(),
        }
    }

    fn add_goal(&mut self, goal: u16, confidence: f64, snapshot: &Snapshot) {
        for &(category, strength) in snapshot.lexicon().categories_of_goal(goal) {
            self.add_family(category, confidence * f64::from(strength) / STRONGEST, snapshot);
        }
    }

    /// What serves a category serves those below it: whoever wants sport may want football.
    fn add_family(&mut self, category: u16, fit: f64, snapshot: &Snapshot) {
        for &below in snapshot.lexicon().family(category) {
            let known = &mut self.fits[usize::from(below)];
            *known = known.max(fit);
        }
    }
}
