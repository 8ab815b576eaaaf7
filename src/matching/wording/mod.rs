//! What is said to people about an option, in their language: why it is there (`because`), what to ask before setting out
//! (`check_first`), what stands `in_the_way`, how they get there (`way`), and its own `facts`. The sentences stand in the
//! language files, by the keys that are named here.

mod because;
mod check_first;
pub mod facts;
mod in_the_way;
mod way;

pub use because::Because;
pub use check_first::{checked_long_ago, waiting_list};

use super::answer::Reason;
use super::candidates::Candidate;
use super::person::Person;
use crate::index::Snapshot;
use crate::language::Texts;
use crate::model::Code;

fn reason(field: &'static str, text: impl Into<String>) -> Reason {
    Reason { field, text: text.into() }
}

/// Says things about the options of one person.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    pub snapshot: &'a Snapshot,
    pub person: &'a Person,
    pub texts: &'a Texts,
    /// The person's words speak of a crisis.
    pub in_crisis: bool,
}

impl Wording<'_> {
    /// "Bolton, Bury and Wigan": the areas that a service is for.
    fn areas(&self, candidate: &Candidate) -> String {
        let covers = &self.snapshot.facts().services[candidate.service as usize].covers;
        let name = |area: &u16| self.snapshot.vocabulary().areas[usize::from(*area)].name.as_str();
        let mut names: Vec<&str> = covers.iter().map(name).collect();
        names.sort_unstable();
        let last = names.pop().unwrap_or_default();
        if names.is_empty() {
            return last.to_string();
        }
        self.texts.say("because.and", &[("some", &names.join(", ")), ("last", &last)])
    }

    /// The name of a goal, category or audience in the language, or as the directory has it.
    fn name(&self, kind: &str, code: &Code, name: &str) -> String {
        self.texts.vocabulary(kind, code.as_str()).unwrap_or(name).to_string()
    }

    /// The name of a goal.
    pub fn goal(&self, goal: u16) -> String {
        let row = &self.snapshot.vocabulary().goals[usize::from(goal)];
        self.name("goals", &row.code, &row.name)
    }

    fn happens_somewhere(&self, candidate: &Candidate) -> bool {
        self.snapshot.facts().listings[candidate.listing as usize].location.is_some()
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
