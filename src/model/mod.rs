//! What a directory is: the rows of its CSV files as types that cannot hold nonsense.
//!
//! Nothing here reads a file, a clock or the environment. `dataset` makes these values from CSV, everything after it
//! trusts them.

mod area;
mod coded;
mod contact;
mod fund;
pub mod hours;
mod id;
mod location;
mod money;
mod organisation;
mod point;
mod service;
mod session;
mod vocabulary;

pub use area::{Area, AreaKind, Shape};
pub use coded::Coded;
pub(crate) use coded::coded_enum;
pub use contact::{Email, Phone, Website};
pub use fund::{Fund, FundKind, PaysFor};
pub use id::{Code, Id, InvalidId, MAX_LENGTH as MAX_ID_LENGTH};
pub use location::Location;
pub use money::Pounds;
pub use organisation::Organisation;
pub use point::{EARTH_RADIUS_KM, Point};
pub use service::{AgeRange, Convictions, Delivery, LedBy, Places, Referral, Service, Setting, Status};
pub use session::Session;
pub use vocabulary::{Audience, BankHoliday, Category, Crisis, Goal, GoalCategory, Good, Nation, Pathway, Synonym};

use serde::{Deserialize, Serialize};

/// A whole directory: every good row of every file, each list in the order of its file.
///
/// References between rows (a service's organisation, a session's location …) are checked by `dataset`: within a
/// `Directory` each one leads to a row that is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Directory {
    pub organisations: Vec<Organisation>,
    pub services: Vec<Service>,
    pub locations: Vec<Location>,
    pub sessions: Vec<Session>,
    pub areas: Vec<Area>,
    pub categories: Vec<Category>,
    pub audiences: Vec<Audience>,
    pub goals: Vec<Goal>,
    pub goal_categories: Vec<GoalCategory>,
    pub thesaurus: Vec<Synonym>,
    pub funds: Vec<Fund>,
    pub crisis: Vec<Crisis>,
    pub bank_holidays: Vec<BankHoliday>,
    /// True when the package's description says that the organisations are fictional.
    pub is_sample: bool,
}
