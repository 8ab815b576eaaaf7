//! A fund: money that can remove a barrier.

use super::coded::coded_enum;
use super::{AgeRange, Code, Id, Pounds, Status};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded_enum! {
    /// Whose fund it is.
    FundKind { Personal = "personal", Women = "women", SharedProject = "shared_project" }
}

/// What a fund pays for: the price of services of a category, or one of the things that stand in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaysFor {
    Category(Code),
    Travel,
    Kit,
    Childcare,
    IdDocuments,
    Course,
}

/// A row of `funds.csv`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fund {
    pub id: Id,
    pub name: String,
    pub kind: FundKind,
    pub holder_organisation_id: Id,
    pub only_for: Vec<Code>,
    pub age: AgeRange,
    pub covers: Vec<Id>,
    /// The most it can pay one person or project, GBP.
    pub most: Option<Pounds>,
    pub pays_for: Vec<PaysFor>,
    pub how_to_apply: String,
    pub status: Status,
    pub checked_on: Option<Date>,
}
