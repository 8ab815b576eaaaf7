//! What was chosen, as it was sent. No field is for a name: names are written on the paper.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The options that a person chose.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlanRequest {
    /// One to twelve, in the order in which the sheet shall show them.
    #[schema(min_items = 1, max_items = 12)]
    pub options: Vec<ChosenOption>,
}

/// One service that was chosen, what it is for, and what comes first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ChosenOption {
    /// The service's id.
    #[schema(required = true, example = "allotment-mornings")]
    pub service: Option<String>,
    pub session: Option<ChosenSession>,
    /// A goal's code; either this or `goal_words`.
    #[schema(example = "belonging")]
    pub goal: Option<String>,
    /// The goal in the person's own words, at most 200 characters.
    #[schema(max_length = 200, example = "see my kids more")]
    pub goal_words: Option<String>,
    /// At most 300 characters. Without it the sheet has a line to write on.
    #[schema(max_length = 300, example = "Sam and I ring on Monday")]
    pub first_step: Option<String>,
    /// What is asked of a fund, if anything is.
    pub ask: Option<FundAsk>,
}

/// Which of the service's sessions, as `GET /api/v1/services/{id}` lists them. Without it, or if it fits several, the
/// sheet shows the one that opens first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ChosenSession {
    #[schema(example = "station-allotments")]
    pub location_id: Option<String>,
    /// As the service states them.
    #[schema(example = "Tu,Sa 10:00-13:00")]
    pub opening_hours: Option<String>,
}

/// Money that is asked of a fund.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FundAsk {
    /// The fund's id.
    #[schema(required = true, example = "fresh-start")]
    pub fund: Option<String>,
    /// GBP, in whole pence.
    #[schema(required = true, minimum = 0.01, maximum = 10000, example = 24.5)]
    pub amount: Option<f64>,
    /// `cost`, `travel`, `kit`, `childcare`, `id` or `course`.
    #[serde(rename = "for")]
    #[schema(required = true, example = "travel")]
    pub purpose: Option<String>,
    /// At most 300 characters.
    #[schema(required = true, max_length = 300, example = "Bus fares for the first month, until my pay comes")]
    pub reason: Option<String>,
}
