//! What a question means as a whole, beside what its words are: the direction it points in, and the categories and
//! goals of the directory that it comes nearest to.

use super::answer::UnderstoodWords;
use crate::index::Snapshot;
use crate::index::analysis::{is_filler, words};
use crate::index::gists::Near;
use crate::meaning::{Gist, Likeness, Model, Question, Sum, Vector};

/// Below this likeness (a cosine, and up to a quarter more for the needs) a text has nothing to do with the question.
const NOTHING_IN_COMMON: f32 = 0.1;
/// From this likeness on a text answers a question although it has none of its words, if it is not farther than that
/// behind the nearest.
const ANSWERS_BY_MEANING: f32 = 0.32;
const BEHIND_THE_NEAREST: f32 = 0.55;
/// The same where nobody has half of the words or more: the point of the question is then likely one of those, a name
/// or nonsense, and only what is very near answers.
const ANSWERS_WHERE_WORDS_ARE_UNKNOWN: f32 = 0.55;
/// A text that means what was asked as nearly as a text can.
const MEANS_THE_SAME: f32 = 1.15;

/// How far the direction leans from the words themselves towards the categories that the vocabulary takes them for: those
/// are the team's own judgement, and general.
const LEANS_TO_CATEGORIES: f32 = 0.15;

/// … and towards the crisis that they speak of: more than anything else that they may mean.
const LEANS_TO_CRISIS: f32 = 1.5;

/// The sense of a text. Everything is empty for a text that says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sense {
    /// What is asked, as far as a text can mean it.
    pub asked: Option<Box<Question>>,
    /// Categories by number, with how sure that is, 0–1; the surest first.
    pub categories: Vec<(u16, f32)>,
    /// Goals by number, the same way.
    pub goals: Vec<(u16, f32)>,
    /// Services that `crisis.csv` names for what the words speak of.
    pub crisis: Vec<u32>,
    /// A text less like it than this does not answer by its meaning alone.
    least: Likeness,
}

impl Sense {
    /// The sense of words as they were understood: a misspelt word counts as what it was meant for, and one that nobody
    /// knows for nothing. Fillers count: "off the drink" is not "drink". `named` are the categories that the vocabulary
    /// takes words for, with its scores, `crisis` the services that are named for what they speak of, and the directions of that.
    pub fn of(
        understood: &[UnderstoodWords],
        named: &[(u16, f32)],
        crisis: (Vec<u32>, Vec<Vector>),
        snapshot: &Snapshot,
    ) -> Self {
        let wanted = understood.iter().filter(|words| !words.negated);
        let meant: Vec<String> = wanted.flat_map(|said| words(&said.meant)).map(|word| word.text).collect();
        let is_known = |word: &&String| Model::compiled_in().word(word).is_some();
        if !meant.iter().filter(is_known).any(|word| !is_filler(word)) {
            return Self { crisis: crisis.0, ..Self::default() };
        }
        let wordings = snapshot.lexicon().wordings();
        let by_words = Sum::of(meant.iter().filter(is_known).map(String::as_str)).of_question();
        let categories = named.iter().filter_map(|&(category, score)| Some((wordings.category(category)?, score)));
        let (crisis, spoken_of) = crisis;
        let parts = [
            (by_words.map(|gist| gist.direction), 1.0),
            (Vector::between(categories), LEANS_TO_CATEGORIES),
            (Vector::middle(&spoken_of), LEANS_TO_CRISIS),
        ];
        let direction = Vector::between(parts.into_iter().filter_map(|(part, weight)| Some((part?, weight))));
        let unknown = understood.iter().filter(|words| words.unknown).count();
        let told = understood.iter().filter(|words| !words.ignored).count();
        let most_are_unknown = unknown * 2 >= told.max(1);
        let least = if most_are_unknown { ANSWERS_WHERE_WORDS_ARE_UNKNOWN } else { ANSWERS_BY_MEANING };
        let gist =
            direction.map(|direction| Gist { direction, needs: by_words.map(|gist| gist.needs).unwrap_or_default() });
        Self { least: Likeness::new(least), crisis, ..Self::towards(gist, snapshot) }
    }

    /// The sense of a goal that was chosen.
    pub fn of_goal(goal: u16, snapshot: &Snapshot) -> Self {
        Self::towards(snapshot.lexicon().wordings().goal(goal).map(Gist::of_direction), snapshot)
    }

    /// The sense of a category by itself.
    pub fn of_category(category: u16, snapshot: &Snapshot) -> Self {
        Self::towards(snapshot.lexicon().wordings().category(category).map(Gist::of_direction), snapshot)
    }

    fn towards(gist: Option<Gist>, snapshot: &Snapshot) -> Self {
        let Some(gist) = gist else { return Self::default() };
        let wordings = snapshot.lexicon().wordings();
        Self {
            asked: Some(Box::new(gist.question())),
            categories: wordings.categories_near(&gist.direction),
            goals: wordings.goals_near(&gist.direction),
            least: Likeness::new(ANSWERS_BY_MEANING),
            ..Self::default()
        }
    }

    /// How nearly a service's text means the same, 0–1.
    pub fn meant_by(&self, service: u32, snapshot: &Snapshot) -> f64 {
        let likeness = |asked| snapshot.gists().likeness(asked, service);
        share(self.asked.as_deref().map(likeness).unwrap_or_default())
    }

    /// The services, of `among` or of all, whose texts answer by what they mean, whatever their words; in their order,
    /// each with how nearly it means the same, 0–1. None once the time is up.
    pub fn answered_by(
        &self,
        among: Option<&[u32]>,
        snapshot: &Snapshot,
        out_of_time: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<(u32, f64)>> {
        let Some(asked) = &self.asked else { return Some(Vec::new()) };
        let mut near = snapshot.gists().nearest(asked, self.least, among, out_of_time)?;
        let nearest = near.iter().map(|near| near.likeness.cosine()).fold(0.0, f32::max);
        near.retain(|near| nearest - near.likeness.cosine() <= BEHIND_THE_NEAREST);
        Some(near.into_iter().map(|Near { service, likeness }| (service, share(likeness))).collect())
    }
}

fn share(likeness: Likeness) -> f64 {
    f64::from(((likeness.cosine() - NOTHING_IN_COMMON) / (MEANS_THE_SAME - NOTHING_IN_COMMON)).clamp(0.0, 1.0))
}
