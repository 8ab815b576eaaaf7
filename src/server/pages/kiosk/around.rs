//! What every page of the kiosk has around its own: the language and the way to the others, the answers so far in hidden
//! fields, help in a crisis, the way out.

use super::answers::Answers;
use super::step::Step;
use crate::index::Snapshot;
use crate::language::{Language, Texts};
use crate::search::answer::CrisisHelp;
use crate::search::crisis;
use crate::search::understand::Understanding;
use crate::server::pages::assets;
use crate::server::state::AppState;
use jiff::civil::DateTime;
use std::borrow::Borrow;

/// What `templates/kiosk/layout.html` needs. A page's struct has it as `around`.
pub struct Around {
    pub t: &'static Texts,
    pub step: Step,
    /// The answers so far, but for those that this page asks itself.
    pub hidden: Vec<(&'static str, String)>,
    /// Help for the words that were said.
    pub crisis: Vec<CrisisHelp>,
    /// True when the organisations are fictional.
    pub sample: bool,
    pub exit_to: String,
    /// Where the page's main button leads, which the key Enter presses.
    pub main: Option<Step>,
}

impl Around {
    /// The surroundings of a page without answers.
    pub fn plain(state: &AppState, language: Language, step: Step) -> Self {
        Self {
            t: language.texts(),
            step,
            hidden: Vec::new(),
            crisis: Vec::new(),
            sample: state.snapshot().is_some_and(|snapshot| snapshot.vocabulary().is_sample),
            exit_to: state.site.exit_to.clone(),
            main: None,
        }
    }

    /// The surroundings of a page that goes on from answers.
    pub fn of(
        state: &AppState,
        snapshot: &Snapshot,
        language: Language,
        step: Step,
        answers: &Answers,
        now: DateTime,
    ) -> Self {
        let understood = Understanding::of(&answers.words, snapshot);
        let main = match step.next() {
            Some(_) if answers.changing => Some(Step::Options),
            next => next,
        };
        Self {
            hidden: answers.fields(step.asks(), now),
            crisis: crisis::help_for(&answers.words, &understood.as_meant, snapshot),
            main,
            ..Self::plain(state, language, step)
        }
    }

    pub fn language(&self) -> Language {
        self.t.language()
    }

    /// Where the button "Back" leads.
    pub fn before_path(&self) -> Option<String> {
        self.step.before().map(|step| self.to(step))
    }

    /// The other languages, each with the address of this step in it.
    pub fn others(&self) -> Vec<(Language, String)> {
        let others = Language::OFFERED.into_iter().filter(|language| *language != self.language());
        others.map(|language| (language, self.step.path(language))).collect()
    }

    /// The address of a step in the page's language.
    pub fn to(&self, step: impl Borrow<Step>) -> String {
        step.borrow().path(self.language())
    }

    /// Where the main button leads.
    pub fn main_path(&self) -> String {
        self.to(self.main.unwrap_or(self.step))
    }

    pub fn asset(&self, name: &str) -> String {
        assets::path(name)
    }

    /// Whether there is something on the screen that is somebody's.
    pub fn is_personal(&self) -> bool {
        !matches!(self.step, Step::Language | Step::Finished)
    }

    /// A sentence with a number, "Step 2 of 3"; none for steps that are not counted.
    pub fn progress(&self) -> Option<String> {
        let number = self.step.number()?;
        Some(self.t.say("kiosk.progress", &[("step", &number), ("steps", &Step::COUNTED)]))
    }
}
