//! The index: what is made of a directory so that questions are answered quickly, and how it is kept on disk.
//!
//! In reading order: how text is cut (`analysis`), how a phrase is heard in it (`spoken`), what the directory's own words
//! mean (`lexicon`, `wordings`), what of a service is searched (`document`, `statistics`, `schema`), what filters and
//! ranking look at (`facts`, `twins`, `place`), what its text means (`gists`), whole rows on disk (`records`), one
//! generation (`build`, `manifest`, `sealed`, `snapshot`), many of them (`generations`), the way from saved CSV files to
//! the next one (`update`), what that one changed (`differences`), and since when each service is as it is (`modified`).

pub mod analysis;
pub mod spoken;
pub mod lexicon;
pub mod wordings;

pub mod document;
mod schema;
pub mod statistics;

mod twins;
pub mod facts;
pub mod place;

pub mod gists;

pub mod records;

pub mod build;
mod differences;
mod generations;
mod manifest;
mod modified;
mod sealed;
mod snapshot;
mod update;

pub use differences::{Differences, LastUpdate, NamedService};
pub use modified::date;
pub use snapshot::Snapshot;
pub use update::{open, reasons_to_keep_back, update};

use crate::diagnostic::Problem;
use crate::model::Directory;
use crate::search::public::{PublicLocation, PublicOrganisation, PublicService, PublicSession};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use thiserror::Error;
use utoipa::ToSchema;

/// How many rows of each kind are served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counts {
    pub organisations: usize,
    pub services: usize,
    pub locations: usize,
    pub sessions: usize,
    pub areas: usize,
    pub categories: usize,
    pub goals: usize,
    pub funds: usize,
}

impl Counts {
    pub fn of(directory: &Directory) -> Self {
        Self {
            organisations: directory.organisations.len(),
            services: directory.services.len(),
            locations: directory.locations.len(),
            sessions: directory.sessions.len(),
            areas: directory.areas.len(),
            categories: directory.categories.len(),
            goals: directory.goals.len(),
            funds: directory.funds.len(),
        }
    }
}

/// Everything public about one service.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ServiceDetail {
    pub service: PublicService,
    pub organisation: PublicOrganisation,
    pub sessions: Vec<SessionDetail>,
}

/// A session with its location.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionDetail {
    pub session: PublicSession,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<PublicLocation>,
}

/// What an update did.
pub struct Update {
    /// The generation to serve from now on: a new one, or the one that was served before.
    pub snapshot: Arc<Snapshot>,
    /// All problems of the files as they are now.
    pub problems: Vec<Problem>,
    /// Why the new files were not taken, if they were not: one sentence each, with the cure.
    pub kept_back: Vec<String>,
    pub changes: Changes,
}

/// How the services changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Changes {
    pub added: usize,
    pub changed: usize,
    pub removed: usize,
    pub unchanged: usize,
}

/// Why there is no index to serve.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The files are bad and nothing good was there before.
    #[error("{what}")]
    Data { what: String, problems: Vec<Problem> },
    /// The disk failed.
    #[error("{what}: {source}")]
    Io { what: String, source: std::io::Error },
}
