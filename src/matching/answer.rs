//! The answer to a profile: options with reasons, near misses, and what is missing.

use crate::model::{Code, FundKind, Id, Pounds};
use crate::search::answer::{CrisisHelp, Opens, Score, UnderstoodPlace, UnderstoodWords};
use crate::search::public::{OrganisationName, PublicLocation, PublicService, PublicSession};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What a person could choose from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Options {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub crisis: Vec<CrisisHelp>,
    pub options: Vec<ServiceOption>,
    /// Services with only one thing in the way, and what would change it.
    pub almost: Vec<NearMiss>,
    /// How many services that serve a goal were ruled out, by reason; one may count under several.
    pub ruled_out: BTreeMap<&'static str, usize>,
    /// How each goal was understood, in the order asked.
    pub goals: Vec<UnderstoodGoal>,
    /// Goals with nothing that fits.
    pub gaps: Vec<Gap>,
    /// Loosen this one thing, gain so many.
    pub relax: Vec<Relaxation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<UnderstoodPlace>,
    /// The generation of the index that answered.
    pub generation: String,
    /// True when the organisations are fictional.
    pub sample: bool,
}

/// A service offered to this person, with reasons.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ServiceOption {
    pub service: PublicService,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<PublicSession>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<PublicLocation>,
    /// Great-circle distance, km; whole km for a confidential location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_km: Option<f64>,
    /// Door to door by the `travel` asked for, whole minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel_minutes: Option<u32>,
    /// The goals it serves, most directly served first.
    pub supports: Vec<Support>,
    pub score: Score,
    pub because: Vec<Reason>,
    pub check_first: Vec<Reason>,
    pub costs: Costs,
    /// Funds that could pay.
    pub funds: Vec<FundOffer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<Opens>,
    /// The same at other places and times that would do too, the nearest first; at most six.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Elsewhere>,
}

/// The same thing at another place or time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Elsewhere {
    /// The service to ask for: the same one, or its twin.
    pub service_id: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<PublicSession>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<PublicLocation>,
    /// Great-circle distance, km; whole km for a confidential location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_km: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<Opens>,
}

/// A goal that an option serves.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Support {
    /// Place of the goal in the profile, from 0.
    pub goal: usize,
    /// The goal's name, or the parts of the person's own words that are served.
    pub name: String,
    /// 0 to 1: how directly.
    pub fit: f64,
}

/// A plain sentence, and the field of the directory it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Reason {
    /// As in `services.cost` or `sessions.opening_hours`.
    pub field: &'static str,
    pub text: String,
}

/// What it costs, as far as it is stated.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Costs {
    /// GBP a visit; left out when it is not stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a_visit: Option<Pounds>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// `free`, `affordable`, `too_much` or `not_stated`.
    pub state: &'static str,
}

/// A fund that could pay for something here.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FundOffer {
    pub id: Id,
    pub name: String,
    pub kind: FundKind,
    /// What it could pay for here: `cost`, `travel`, `kit`, `childcare`, `id`, `course`.
    pub pays_for: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<Pounds>,
    pub holder: OrganisationName,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub how_to_apply: String,
}

/// A service with one thing in the way.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NearMiss {
    pub service: PublicService,
    /// `age`, `audience`, `convictions`, `language`, `access`, `area`, `distance`, `when` or `places`.
    pub in_the_way: &'static str,
    pub text: String,
    /// What would change it.
    pub help: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_km: Option<f64>,
}

/// How a goal was understood.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnderstoodGoal {
    /// The goal codes it was taken for.
    pub goals: Vec<GoalGuess>,
    /// The categories that serve it, with their strength.
    pub categories: Vec<CategoryGuess>,
    /// Word by word, for a goal in own words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub understood: Vec<UnderstoodWords>,
    pub importance: u8,
    /// Options that serve it; what is the same thing at several places is one option.
    pub options: usize,
}

/// A goal that words were taken for.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct GoalGuess {
    pub code: Code,
    pub name: String,
    /// 0 to 1.
    pub confidence: f64,
}

/// A category that serves a goal.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CategoryGuess {
    pub code: Code,
    pub name: String,
    /// 0 to 1: strength of the category for the goal, times the confidence in the goal.
    pub fit: f64,
}

/// A goal with nothing that fits.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Gap {
    /// Place of the goal in the profile, from 0.
    pub goal: usize,
    /// The nearest service that would serve it, whatever is in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<NearMiss>,
    /// Funds for projects that people start themselves.
    pub funds: Vec<FundOffer>,
}

/// What one loosened wish would give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Relaxation {
    /// The field of the profile to loosen.
    pub field: &'static str,
    pub text: String,
    /// How many more options there would be: just what asking again without that field gives.
    pub gains: usize,
}
