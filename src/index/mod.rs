//! The index: what is made of a directory so that questions are answered quickly, and how it is kept on disk.

use crate::diagnostic::Problem;
use crate::model::Directory;
use crate::search::public::{PublicLocation, PublicOrganisation, PublicService, PublicSession};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;
use thiserror::Error;
use utoipa::ToSchema;

/// One generation, open for reading. Cheap to share by `Arc`; a request ends on the one it began with.
pub struct Snapshot {}

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

impl Snapshot {
    /// The generation's name, `gen-` and 16 hex digits: also the base of every ETag.
    pub fn generation(&self) -> &str {
        ""
    }
    pub fn counts(&self) -> Counts {
        Counts::default()
    }
    /// What was wrong with the files this generation was made from.
    pub fn problems(&self) -> &[Problem] {
        &[]
    }
    /// The small lists: areas, categories, audiences, goals, goal_categories, thesaurus, funds, crisis and bank
    /// holidays. The large lists in it are empty.
    pub fn vocabulary(&self) -> &Directory {
        unimplemented!()
    }
    pub fn service(&self, _id: &str) -> Option<ServiceDetail> {
        None
    }
    pub fn organisation(&self, _id: &str) -> Option<PublicOrganisation> {
        None
    }
    /// The services of an organisation, by id.
    pub fn services_of(&self, _organisation_id: &str) -> Vec<PublicService> {
        Vec::new()
    }
    /// Organisations by id, `count` from the `from`th on.
    pub fn organisations(&self, _from: usize, _count: usize) -> Vec<PublicOrganisation> {
        Vec::new()
    }
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Changes {
    pub added: usize,
    pub changed: usize,
    pub removed: usize,
    pub unchanged: usize,
}

/// Why there is no index to serve.
#[derive(Debug, Error)]
pub enum IndexError {
    #[error("{what}")]
    Data { what: String, problems: Vec<Problem> },
    #[error("{what}: {source}")]
    Io { what: String, source: std::io::Error },
    #[error("{what}")]
    Inside { what: String },
}

/// Opens the newest good generation of the `index` folder; `None` if there is none.
pub fn open(_index: &Path) -> Result<Option<Arc<Snapshot>>, IndexError> {
    Ok(None)
}

/// Reads the CSV files and publishes a new generation if they differ from the one served.
///
/// # Errors
/// There is nothing to serve: the files are bad and no generation is good, or the disk fails.
pub fn update(
    _directory: &Path,
    _index: &Path,
    _gazetteer: &crate::gazetteer::Gazetteer,
    _served: Option<&Arc<Snapshot>>,
    _accept_shrink: bool,
) -> Result<Update, IndexError> {
    Err(IndexError::Inside { what: String::new() })
}
