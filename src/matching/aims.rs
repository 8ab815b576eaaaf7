//! A goal, by its code or in a person's own words → the categories and words that serve it.

use super::answer::{CategoryGuess, GoalGuess};
use crate::index::Snapshot;
use crate::index::analysis::{Word, is_filler, words};
use crate::index::facts::ServiceFacts;
use crate::search::answer::UnderstoodWords;
use crate::search::crisis;
use crate::search::rank::round;
use crate::search::sense::Sense;
use crate::search::understand::{Concept, Understanding, Way};
use crate::search::uses::Uses;
use std::ops::Range;

/// The score of a category that the words themselves name: confidence 1.
const SURE: f64 = 12.0;
/// Strength of a category for a goal goes up to this.
const STRONGEST: f64 = 3.0;
/// A goal that is taken from words is not as sure as one that is chosen.
const GOAL_FROM_WORDS: f64 = 0.8;
/// A category that serves a goal that the words speak of is not as sure as one that the words name.
const BY_GOAL: f64 = 0.65;
/// Words that name a broad category ("work", "family") mean those below it less surely: "job" is help to find a job
/// rather than starting a business.
const BELOW_NAMED: f64 = 0.4;
/// An aim of several wishes is served by its best-served wish as much as by all of them together: whoever wants "my
/// kids and off the drink" is helped by either, and more by both.
const BEST_WISH: f64 = 0.5;

/// A category that a clause as a whole comes near to is not as sure as one that its words name.
const BY_SENSE: f64 = 0.5;
/// A goal or category that a clause comes less near to than this is a guess at random.
const LEAST_SURE: f32 = 0.5;

/// From this fit on a wish is served directly.
const DIRECT: f64 = 0.5;
/// Wishes of one aim: ten words or phrases, and what their clauses mean.
pub const MOST_WISHES: usize = 16;

/// What one goal of a profile means in this directory.
#[derive(Debug)]
pub struct Aim {
    pub importance: u8,
    /// Goals it was taken for, with confidence 0–1; the surest first, then by code.
    pub goals: Vec<(u16, f64)>,
    /// A chosen goal is one wish; own words are one for each word or phrase that was understood, at most ten, and one for
    /// what each clause means.
    pub wishes: Vec<Wish>,
    /// What is not wanted: "not in a church".
    pub unwanted: Vec<Concept>,
    pub words: Vec<UnderstoodWords>,
    /// The person's own words; empty for a goal by code.
    pub text: String,
    /// The same as they were meant: mended, and without what is not wanted.
    pub as_meant: String,
}

/// How a service serves an aim.
#[derive(Clone, Copy, Debug, Default)]
pub struct AimFit {
    /// How directly, 0–1.
    pub fit: f64,
    /// The set of wishes that it serves, …
    pub served: u16,
    /// … and of those that it serves directly.
    pub direct: u16,
    /// How directly it serves each wish, 0–255.
    pub by_wish: [u8; MOST_WISHES],
}

/// One thing that is wanted.
#[derive(Debug)]
pub struct Wish {
    /// For every category of the directory, how directly it serves the wish, 0–1.
    pub fits: Vec<f64>,
    /// What may stand in a service's texts; none for a chosen goal and for what a clause means.
    pub concept: Option<Concept>,
    /// What a text may mean that has none of the words. A wish with words has it so that texts which mean something
    /// else are told apart.
    pub sense: Sense,
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
    /// "See my kids and stay off the drink" has two clauses.
    pub clause: usize,
    /// False for a word that stands for nothing beside one that does, as "tonight" in "somewhere to sleep tonight": it
    /// tells services of its clause apart and makes none serve the aim.
    pub leads: bool,
}

impl Aim {
    /// A goal that was chosen.
    pub fn of_goal(goal: u16, importance: u8, snapshot: &Snapshot) -> Self {
        let mut fits = no_fits(snapshot);
        for &(category, strength) in snapshot.lexicon().categories_of_goal(goal) {
            raise_family(&mut fits, category, f64::from(strength) / STRONGEST, 1.0, snapshot);
        }
        let sense = Sense::of_goal(goal, snapshot);
        let wish = Wish { fits, concept: None, sense, span: 0..0, clause: 0, leads: true };
        Self {
            importance,
            goals: vec![(goal, 1.0)],
            wishes: vec![wish],
            unwanted: Vec::new(),
            words: Vec::new(),
            text: String::new(),
            as_meant: String::new(),
        }
    }

    /// Own words.
    pub fn of_words(text: &str, importance: u8, snapshot: &Snapshot, uses: Uses) -> Self {
        let mut understanding = Understanding::using(uses, text, snapshot);
        // The order of rows in `categories.csv` means nothing.
        understanding.words.iter_mut().for_each(|words| words.categories.sort());
        let goal_code = |goal: u16| &snapshot.vocabulary().goals[usize::from(goal)].code;
        let concepts = &understanding.concepts;
        let mut goals: Vec<u16> = concepts.iter().flat_map(|concept| &concept.goals).copied().collect();
        goals.sort_by_key(|goal| goal_code(*goal));
        goals.dedup();
        let mut goals: Vec<(u16, f64)> = goals.into_iter().map(|goal| (goal, GOAL_FROM_WORDS)).collect();
        let sensed = understanding.sense.goals.iter().filter(|(_, sure)| *sure >= LEAST_SURE);
        for &(goal, sure) in sensed {
            if goals.iter().all(|(known, _)| *known != goal) {
                goals.push((goal, round(GOAL_FROM_WORDS * f64::from(sure))));
            }
        }
        goals.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| goal_code(a.0).cmp(goal_code(b.0))));
        let senses = senses(text, &understanding, uses, snapshot);
        let spans = spans(text, &understanding.concepts);
        let wishes = understanding.concepts.into_iter().zip(spans).map(|(concept, (span, clause))| {
            let sense = senses.get(clause).map(|(_, sense)| sense.clone()).unwrap_or_default();
            let fits = as_likely(fits_of(&concept, snapshot), &sense, snapshot);
            let leads = fits.iter().any(|fit| *fit > 0.0);
            Wish { fits, concept: Some(concept), sense, span, clause, leads }
        });
        let mut wishes: Vec<Wish> = wishes.collect();
        let led: Vec<usize> = wishes.iter().filter(|wish| wish.leads).map(|wish| wish.clause).collect();
        for wish in wishes.iter_mut().filter(|wish| !led.contains(&wish.clause)) {
            wish.leads = true;
        }
        for (clause, (span, sense)) in senses.into_iter().enumerate() {
            if sense.asked.is_some() && wishes.len() < MOST_WISHES {
                let fits = fits_of_sense(&sense, snapshot);
                wishes.push(Wish { fits, concept: None, sense, span, clause, leads: true });
            }
        }
        // After the words of its clause.
        wishes.sort_by_key(|wish| wish.clause);
        Self {
            importance,
            goals,
            wishes,
            unwanted: understanding.unwanted,
            words: understanding.words,
            text: text.to_string(),
            as_meant: understanding.as_meant,
        }
    }

    /// How directly a category serves the aim, 0–1.
    pub fn fit_of(&self, category: u16) -> f64 {
        self.wishes.iter().map(|wish| wish.fits[usize::from(category)]).fold(0.0, f64::max)
    }

    /// How a service serves the aim. `by_text` says how well its texts have each wish, and `weights` how much each wish
    /// tells.
    pub fn fit(&self, service: &ServiceFacts, by_text: &[f64], weights: &[f64]) -> AimFit {
        let fit = |at: usize| {
            // Where the team said what a service is, that decides whether it serves a chosen goal.
            let by_text = if self.text.is_empty() && !service.categories.is_empty() { 0.0 } else { by_text[at] };
            self.wishes[at].fit_by_category(service).max(by_text)
        };
        let (mut best, mut sum, mut clauses) = (0.0_f64, 0.0, 0_u16);
        let (mut served, mut direct, mut by_wish) = (0_u16, 0_u16, [0; MOST_WISHES]);
        for at in (0..self.wishes.len()).filter(|at| self.wishes[*at].leads) {
            let fit = fit(at);
            if fit > 0.0 {
                best = best.max(fit);
                sum += weights[at] * fit;
                served |= 1 << at;
                direct |= u16::from(fit >= DIRECT) << at;
                by_wish[at] = (fit.min(1.0) * f64::from(u8::MAX)).round() as u8;
                clauses |= 1 << self.wishes[at].clause;
            }
        }
        if served == 0 {
            return AimFit::default();
        }
        // Words that do not lead count only in a clause that is served.
        let follows = |wish: &Wish| !wish.leads && clauses & 1 << wish.clause != 0;
        for at in (0..self.wishes.len()).filter(|at| follows(&self.wishes[*at])) {
            let fit = fit(at);
            if fit > 0.0 {
                sum += weights[at] * fit;
                served |= 1 << at;
            }
        }
        let all: f64 = weights.iter().sum();
        AimFit { fit: BEST_WISH * best + (1.0 - BEST_WISH) * sum / all, served, direct, by_wish }
    }

    /// The parts of the person's words that these wishes are, one for each clause, and the wishes of each.
    pub fn parts_served(&self, served: u16) -> Vec<(&str, Vec<&Wish>)> {
        let mut parts: Vec<(Range<usize>, Vec<&Wish>)> = Vec::new();
        let mut clause = None;
        let is_served = |at: usize| served & 1 << at != 0;
        let by_words = |clause: usize| {
            let mut wishes = self.wishes.iter().enumerate();
            wishes.any(|(at, wish)| is_served(at) && wish.clause == clause && wish.concept.is_some())
        };
        for (_, wish) in self.wishes.iter().enumerate().filter(|(at, _)| is_served(*at)) {
            // What a clause means as a whole is said only where none of its words is served.
            if wish.concept.is_none() && by_words(wish.clause) {
                continue;
            }
            match parts.last_mut() {
                Some((span, wishes)) if clause == Some(wish.clause) => {
                    span.end = wish.span.end;
                    wishes.push(wish);
                }
                _ => parts.push((wish.span.clone(), vec![wish])),
            }
            clause = Some(wish.clause);
        }
        parts.into_iter().map(|(span, wishes)| (self.text.get(span).unwrap_or(&self.text), wishes)).collect()
    }

    /// For each clause, the set of its wishes.
    pub fn clauses(&self) -> Vec<u16> {
        let mut clauses: Vec<u16> = Vec::new();
        for (at, wish) in self.wishes.iter().enumerate() {
            if wish.clause >= clauses.len() {
                clauses.push(0);
            }
            if let Some(last) = clauses.last_mut() {
                *last |= 1 << at;
            }
        }
        clauses
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
        let rows = snapshot.vocabulary().categories.iter().zip(0..);
        let mut guesses: Vec<CategoryGuess> = rows
            .map(|(row, at)| CategoryGuess {
                code: row.code.clone(),
                name: row.name.clone(),
                fit: round(self.fit_of(at)),
            })
            .filter(|guess| guess.fit > 0.0)
            .collect();
        guesses.sort_by(|a, b| b.fit.total_cmp(&a.fit).then_with(|| a.code.cmp(&b.code)));
        guesses
    }
}

impl Wish {
    /// How directly the best of a service's categories serves it.
    pub fn fit_by_category(&self, service: &ServiceFacts) -> f64 {
        service.categories.iter().map(|category| self.fits[usize::from(*category)]).fold(0.0, f64::max)
    }
}

fn no_fits(snapshot: &Snapshot) -> Vec<f64> {
    vec![0.0; snapshot.vocabulary().categories.len()]
}

/// The categories that words name, and those of the goals that they name; the surest of those that have none below
/// them counts as fitting wholly, as the strongest of a chosen goal does.
fn fits_of(concept: &Concept, snapshot: &Snapshot) -> Vec<f64> {
    let mut fits = no_fits(snapshot);
    for way in &concept.ways {
        if let Way::Category { category, score } = way {
            raise_family(&mut fits, *category, (f64::from(*score) / SURE).min(1.0), BELOW_NAMED, snapshot);
        }
    }
    for &goal in &concept.goals {
        for &(category, strength) in snapshot.lexicon().categories_of_goal(goal) {
            raise_family(&mut fits, category, BY_GOAL * f64::from(strength) / STRONGEST, 1.0, snapshot);
        }
    }
    let has_none_below = |category: usize| snapshot.lexicon().family(category as u16).len() == 1;
    let narrow = fits.iter().enumerate().filter(|(category, _)| has_none_below(*category));
    let surest = narrow.map(|(_, fit)| *fit).fold(0.0, f64::max);
    if surest > 0.0 {
        fits.iter_mut().for_each(|fit| *fit = (*fit / surest).min(1.0));
    }
    fits
}

/// What words may stand for counts the less the farther it is from what their clause means as a whole: to "shake the
/// cobwebs out" is not to have the shakes.
fn as_likely(mut fits: Vec<f64>, clause: &Sense, snapshot: &Snapshot) -> Vec<f64> {
    /// With nothing in common, up to this cosine, so little is left; with so much, all.
    const NOTHING_IN_COMMON: f32 = 0.1;
    const LEFT: f32 = 0.1;
    const AS_MEANT: f32 = 0.6;
    let Some(asked) = &clause.asked else { return fits };
    let wordings = snapshot.lexicon().wordings();
    for (category, fit) in (0_u16..).zip(&mut fits).filter(|(_, fit)| **fit > 0.0) {
        if let Some(category) = wordings.category(category) {
            let alike = category.likeness(&asked.gist().direction).cosine();
            let share = ((alike - NOTHING_IN_COMMON) / (AS_MEANT - NOTHING_IN_COMMON)).clamp(0.0, 1.0);
            *fit *= f64::from(LEFT + (1.0 - LEFT) * share);
        }
    }
    fits
}

/// The categories that a clause comes near to.
fn fits_of_sense(sense: &Sense, snapshot: &Snapshot) -> Vec<f64> {
    let mut fits = no_fits(snapshot);
    for &(category, sure) in sense.categories.iter().filter(|(_, sure)| *sure >= LEAST_SURE) {
        raise_family(&mut fits, category, BY_SENSE * f64::from(sure), BELOW_NAMED, snapshot);
    }
    fits
}

/// What each clause means, with where it stands in the text.
fn senses(text: &str, understanding: &Understanding, uses: Uses, snapshot: &Snapshot) -> Vec<(Range<usize>, Sense)> {
    if !uses.meaning {
        return Vec::new();
    }
    let spans = spans(text, &understanding.concepts);
    let clauses = spans.last().map_or(1, |(_, clause)| clause + 1);
    if clauses == 1 {
        let said = spans.first().zip(spans.last()).map_or(0..text.len(), |(first, last)| first.0.start..last.0.end);
        return vec![(said, understanding.sense.clone())];
    }
    let of_clause = |clause: usize| {
        let own = |(at, (_, of)): &(usize, &(Range<usize>, usize))| (*of == clause).then_some(*at);
        let concepts: Vec<usize> = spans.iter().enumerate().filter_map(|found| own(&found)).collect();
        let (first, last) = (concepts.first().map_or(0, |at| *at), concepts.last().map_or(0, |at| *at));
        let from = if clause == 0 { 0 } else { spans[first].0.start };
        let to = spans.get(last + 1).map_or(text.len(), |(next, _)| next.start);
        let words: Vec<UnderstoodWords> =
            understanding.words.iter().filter(|words| (from..to).contains(&words.span.start)).cloned().collect();
        let categories = concepts.iter().flat_map(|at| understanding.concepts[*at].categories());
        let named: Vec<(u16, f32)> = categories.collect();
        let said = spans[first].0.start..spans[last].0.end;
        let own = text.get(said.clone()).unwrap_or_default();
        (said, Sense::of(&words, &named, crisis::spoken_of(own, own, snapshot), snapshot))
    };
    (0..clauses).map(of_clause).collect()
}

/// What serves a category serves those below it: whoever wants sport may want football.
fn raise_family(fits: &mut [f64], category: u16, fit: f64, share_below: f64, snapshot: &Snapshot) {
    for &member in snapshot.lexicon().family(category) {
        let fit = if member == category { fit } else { fit * share_below };
        let known = &mut fits[usize::from(member)];
        *known = known.max(fit);
    }
}

/// Where in the text each concept stands as it was said, and the number of its clause. Clauses end at "and", "or",
/// "but" and at punctuation.
fn spans(text: &str, concepts: &[Concept]) -> Vec<(Range<usize>, usize)> {
    let mut spans: Vec<(Range<usize>, usize)> = Vec::new();
    let mut cursor = 0;
    let mut clause = 0;
    for concept in concepts {
        let span = as_said(text, cursor, concept.span.start, concept.span.len());
        let between = spans.last().map_or("", |(last, _)| text.get(last.end..span.start).unwrap_or_default());
        clause += usize::from(!spans.is_empty() && ends_clause(between));
        cursor = span.end;
        spans.push((span, clause));
    }
    spans
}

/// A phrase may have been read with "and" around it, and "a job" reads better than "job": what is shown of the text.
fn as_said(text: &str, earliest: usize, from: usize, length: usize) -> Range<usize> {
    const SAID_BEFORE: [&str; 14] =
        ["a", "an", "the", "my", "some", "get", "getting", "find", "finding", "keep", "make", "have", "do", "be"];
    const SAID_AFTER: [&str; 9] = ["to", "do", "be", "go", "out", "up", "it", "me", "them"];
    let all = from..from + length;
    let (Some(before), Some(typed)) = (text.get(earliest..from), text.get(all.clone())) else { return all };
    let found = words(typed);
    let first_telling = found.iter().position(|word| !is_filler(&word.text)).unwrap_or(0);
    let last_telling = found.iter().rposition(|word| !is_filler(&word.text)).unwrap_or(0);
    let (Some(first), Some(last)) = (found.get(first_telling), found.get(last_telling)) else { return all };
    let ends_with = |word: &&Word| {
        let since = typed.get(last.to..word.to).unwrap_or_default();
        !ends_clause(since) && SAID_AFTER.contains(&word.text.as_str())
    };
    let ends = found[last_telling + 1..].iter().take_while(ends_with).last().unwrap_or(last).to;
    let begins = if ends_clause(&typed[..first.from]) { first.from } else { 0 };
    let lead = words(before).into_iter().rev().take_while(|word| SAID_BEFORE.contains(&word.text.as_str()));
    let starts = lead.last().filter(|_| begins == 0).map_or(from + begins, |word| earliest + word.from);
    starts..from + ends
}

fn ends_clause(between: &str) -> bool {
    let is_joint = |word: &str| matches!(word, "and" | "or" | "but" | "also" | "then" | "plus");
    between.contains([',', ';', '.', '!', '?', '\n', '&', '+', '/'])
        || words(between).iter().any(|word| is_joint(&word.text))
}
