//! A person's profile → options to choose from, with reasons.
//!
//! In reading order: what is asked (`profile`), the checked `person` with their `aims`, who can join (`eligibility`),
//! what counts how much (`score`, `travel`), every service that serves an aim (`candidates`), the set that is shown
//! (`choose` with what it `promise`s), what is said about it (`wording`, `option`, `funds`), what is `missing`, and the shape of the `answer`.
//! What a person then chose becomes a `plan`.

pub mod profile;
pub mod person;
pub mod aims;
pub mod eligibility;
pub mod travel;
pub mod score;
pub mod candidates;
mod promise;
pub mod choose;
pub mod wording;
mod option;
pub mod funds;
pub mod missing;
pub mod answer;
pub mod plan;

use crate::index::Snapshot;
use crate::language::Language;
use crate::search::{Circumstances, NoAnswer, crisis};
use answer::{Options, UnderstoodGoal};
use option::Shown;
use person::Person;
use profile::Profile;
use score::Weights;
use wording::Wording;

/// How it is matched, beside what is asked: what counts how much, from the settings, and the language.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    pub weights: Weights,
    /// The language of what is said to people.
    pub language: Language,
}

/// Finds what a person could choose from.
///
/// # Errors
/// Everything that is wrong with the profile at once; or the time was up; or the index could not be read.
pub fn match_profile(
    snapshot: &Snapshot,
    profile: &Profile,
    manner: &Manner,
    circumstances: &Circumstances<'_>,
) -> Result<Options, NoAnswer> {
    let person = Person::new(profile, snapshot, circumstances).map_err(NoAnswer::Mistakes)?;
    let candidates = candidates::candidates(snapshot, &person, &manner.weights, circumstances)?;
    let chosen = choose::choose(snapshot, &candidates.eligible, &person.aims, person.limit);
    let words = |words: fn(&aims::Aim) -> &str| person.aims.iter().map(words).collect::<Vec<_>>().join(". ");
    let crisis = crisis::help_for(&words(|aim| &aim.text), &words(|aim| &aim.as_meant), snapshot);
    let texts = manner.language.texts();
    let wording = Wording { snapshot, person: &person, texts, in_crisis: !crisis.is_empty() };
    let mut shown = Shown::new(wording, circumstances);
    let options = chosen.into_iter().filter_map(|candidate| shown.option(candidate)).collect();
    let served = |aim: usize| candidates.eligible.iter().filter(|candidate| candidate.fits[aim] > 0.0).count();
    let goals = person.aims.iter().enumerate().map(|(at, aim)| UnderstoodGoal {
        goals: aim.goal_guesses(snapshot),
        categories: aim.category_guesses(snapshot),
        understood: aim.words.clone(),
        importance: aim.importance,
        options: served(at),
    });
    Ok(Options {
        crisis,
        options,
        almost: missing::near_misses(wording, &candidates),
        ruled_out: candidates::ruled_out(&candidates),
        goals: goals.collect(),
        gaps: missing::gaps(wording, &candidates),
        relax: missing::relaxations(wording, &candidates),
        place: person.place.as_ref().map(|place| place.understood.clone()),
        generation: snapshot.generation().to_string(),
        sample: snapshot.vocabulary().is_sample,
    })
}
