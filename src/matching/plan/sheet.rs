//! The plan as it is printed.

use super::option::PlanOption;
use super::total::{FundTotal, Sum};
use crate::model::Code;
use crate::search::answer::CrisisHelp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// Who signs, by the keys of what they are called. Their names are written by hand.
pub const SIGNATURES: [&str; 2] = ["plan.me", "plan.with_me"];

/// A plan on one page. Fields that are not stated are left out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Plan {
    /// Help that is shown first when the words speak of a crisis.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub crisis: Vec<CrisisHelp>,
    /// The day on which it was made.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// In the order in which they first occur; each with its options.
    pub goals: Vec<PlanGoal>,
    /// In the order in which they are first asked; empty if nothing is asked.
    pub funds: Vec<FundTotal>,
    /// What is asked of all funds together, GBP.
    pub asked: Sum,
    /// A line to write a name and sign on for each of these.
    pub signatures: Vec<&'static str>,
    pub privacy: &'static str,
    pub generation: String,
    /// True when the organisations are fictional.
    pub sample: bool,
}

impl Plan {
    /// How many options it has.
    pub fn options(&self) -> usize {
        self.goals.iter().map(|goal| goal.options.len()).sum()
    }
}

/// A goal with what was chosen for it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanGoal {
    /// Left out for a goal in own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<Code>,
    /// "I want to …", or the person's own words.
    pub name: String,
    pub options: Vec<PlanOption>,
}

impl PlanGoal {
    /// Whether two options are for the same goal: by its code, or by words that differ in capitals alone.
    pub fn is_same(&self, other: &PlanGoal) -> bool {
        self.goal == other.goal && self.name.to_lowercase() == other.name.to_lowercase()
    }
}
