//! Chosen options → a plan on one page, which a person and a worker write together and sign.
//!
//! In reading order: what was chosen (`request`), the same with everything known to be right (`check`), what is asked of
//! each fund (`total`), one option (`option`), the `sheet` as a whole. Nothing is kept: the plan is in the answer and
//! nowhere else, and it holds no name. `tests/api/plan.rs` and `tests/server/privacy.rs` keep that promise.
//!
//! Not there on purpose: what a month would cost. A class that is open twice a week need not be gone to twice.

pub mod request;
pub mod check;
pub mod total;
pub mod option;
pub mod sheet;

use crate::index::Snapshot;
use crate::language::{Language, Texts};
use crate::search::crisis;
use crate::search::mistake::Mistake;
use crate::search::opens::Openings;
use check::{Chosen, Wanted};
use jiff::civil::DateTime;
use request::PlanRequest;
use sheet::{Plan, PlanGoal};

/// Makes the plan of what was chosen, in a language. What the person and the directory say stays as it is.
///
/// # Errors
/// Everything that is wrong with the choice at once, each with its field and cure.
pub fn plan(
    snapshot: &Snapshot,
    request: &PlanRequest,
    now: DateTime,
    language: Language,
) -> Result<Plan, Vec<Mistake>> {
    let texts = language.texts();
    let chosen = check::check(snapshot, request)?;
    let mut openings = Openings::new(snapshot, now);
    let mut goals: Vec<PlanGoal> = Vec::new();
    for choice in &chosen {
        let option = option::option(snapshot, choice, &mut openings, now.date(), texts);
        let named = goal_of(snapshot, &choice.wanted, texts);
        match goals.iter_mut().find(|goal| goal.is_same(&named)) {
            Some(goal) => goal.options.push(option),
            None => goals.push(PlanGoal { options: vec![option], ..named }),
        }
    }
    let funds = total::totals(snapshot, &chosen, texts);
    let own_words = own_words(&chosen);
    Ok(Plan {
        crisis: crisis::help_for(&own_words, &own_words, snapshot),
        date: now.date(),
        goals,
        asked: funds.iter().map(|fund| fund.total).sum(),
        funds,
        signatures: sheet::SIGNATURES.iter().map(|key| texts.text(key)).collect(),
        privacy: texts.text("plan.privacy"),
        generation: snapshot.generation().to_string(),
        sample: snapshot.vocabulary().is_sample,
    })
}

/// A goal as the sheet names it, without options yet.
fn goal_of(snapshot: &Snapshot, wanted: &Wanted, texts: &Texts) -> PlanGoal {
    match wanted {
        Wanted::Goal(number) => {
            let goal = &snapshot.vocabulary().goals[usize::from(*number)];
            let name = texts.vocabulary("goals", goal.code.as_str()).unwrap_or(&goal.name).to_string();
            PlanGoal { goal: Some(goal.code.clone()), name, options: Vec::new() }
        }
        Wanted::Words(words) => PlanGoal { goal: None, name: words.clone(), options: Vec::new() },
    }
}

/// Everything that was written in own words: a cry for help may stand in any of it.
fn own_words(chosen: &[Chosen<'_>]) -> String {
    let mut words = Vec::new();
    for choice in chosen {
        if let Wanted::Words(goal) = &choice.wanted {
            words.push(goal.as_str());
        }
        words.push(choice.first_step.as_str());
        words.extend(choice.ask.as_ref().map(|ask| ask.reason.as_str()));
    }
    words.join(". ")
}
