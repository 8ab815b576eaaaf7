//! The steps of the kiosk, in their order.

use crate::language::Language;

/// A page of the kiosk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Which language.
    Language,
    /// What matters to you.
    Goals,
    /// Where, and how far.
    Place,
    /// When.
    Time,
    /// What you could choose.
    Options,
    /// My sheet.
    Sheet,
    /// All is cleared.
    Finished,
}

impl Step {
    /// How many steps ask something.
    pub const COUNTED: usize = 3;

    /// Steps with a path of their own below the language.
    const NAMED: [(Step, &'static str); 6] = [
        (Step::Goals, "goals"),
        (Step::Place, "where"),
        (Step::Time, "when"),
        (Step::Options, "options"),
        (Step::Sheet, "sheet"),
        (Step::Finished, "finished"),
    ];

    pub fn from_path(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(_, known)| *known == name).map(|(step, _)| *step)
    }

    /// Its address in a language.
    pub fn path(self, language: Language) -> String {
        match Self::NAMED.iter().find(|(step, _)| *step == self) {
            Some((_, name)) => format!("/kiosk/{}/{name}", language.code()),
            None => "/kiosk".to_string(),
        }
    }

    /// What comes after it, for the steps that ask something.
    pub fn next(self) -> Option<Step> {
        match self {
            Step::Goals => Some(Step::Place),
            Step::Place => Some(Step::Time),
            Step::Time => Some(Step::Options),
            Step::Language | Step::Options | Step::Sheet | Step::Finished => None,
        }
    }

    /// What comes before it.
    pub fn before(self) -> Option<Step> {
        match self {
            Step::Place => Some(Step::Goals),
            Step::Time => Some(Step::Place),
            Step::Options => Some(Step::Time),
            Step::Sheet => Some(Step::Options),
            Step::Language | Step::Goals | Step::Finished => None,
        }
    }

    /// Its number among those that ask something.
    pub fn number(self) -> Option<usize> {
        match self {
            Step::Goals => Some(1),
            Step::Place => Some(2),
            Step::Time => Some(3),
            Step::Language | Step::Options | Step::Sheet | Step::Finished => None,
        }
    }

    /// The fields that it asks itself, which therefore are not hidden in it.
    pub fn asks(self) -> &'static [&'static str] {
        match self {
            Step::Goals => &["goal", "words"],
            Step::Place => &["near", "far", "start"],
            Step::Time => &["when"],
            Step::Options => &["changing"],
            Step::Language | Step::Sheet | Step::Finished => &[],
        }
    }
}
