//! A profile: what a person asked for. It lives only in the request.

use crate::search::ask::Near;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a person wants and says about themselves. Everything is optional but one goal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// One to five.
    #[schema(min_items = 1, max_items = 5)]
    pub goals: Vec<AskedGoal>,
    pub near: Option<Near>,
    /// How far the person can go, km: 0.1 to 500.
    #[schema(minimum = 0.1, maximum = 500)]
    pub within_km: Option<f64>,
    /// `walk`, `cycle`, `bus` or `car`.
    #[schema(example = "bus")]
    pub travel: Option<String>,
    /// When the person is free, in OpenStreetMap opening hours: `Mo-Fr 18:00-22:00`.
    #[schema(example = "Mo-Fr 18:00-22:00")]
    pub when: Option<String>,
    pub about: About,
    pub prefer: Prefer,
    pub spend: Spend,
    /// How many options, 1 to 50; 12 if not given.
    #[schema(minimum = 1, maximum = 50)]
    pub limit: Option<i64>,
}

/// A goal by its code or in the person's own words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AskedGoal {
    #[schema(example = "belonging")]
    pub goal: Option<String>,
    /// At most 200 characters.
    #[schema(max_length = 200, example = "see my kids more and stay off the drink")]
    pub words: Option<String>,
    /// 1 (would be nice) to 3 (matters most); 2 if not given.
    #[schema(minimum = 1, maximum = 3)]
    pub importance: Option<i64>,
}

/// What the person says about themselves: used for eligibility only, never for order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct About {
    #[schema(minimum = 0, maximum = 120)]
    pub age: Option<i64>,
    /// Audience codes.
    pub audiences: Vec<String>,
    /// ISO 639-1 codes that the person speaks.
    pub languages: Vec<String>,
    /// Accessibility codes that the person needs.
    pub access: Vec<String>,
    pub convictions: Option<bool>,
}

/// What the person would rather have; never a reason to rule anything out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Prefer {
    pub led_by: Vec<String>,
    pub setting: Vec<String>,
    pub delivery: Vec<String>,
}

/// What the person can pay, and the kind of fund that may help.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Spend {
    /// GBP a visit.
    #[schema(minimum = 0, maximum = 10000)]
    pub most: Option<f64>,
    /// `personal`, `women` or `shared_project`.
    pub fund: Option<String>,
}
