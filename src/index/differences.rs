//! What a generation changed in the one before it, by id and name, so that whoever saved a file sees what that did. It is
//! written into the generation, and so is still known after a restart.

use super::Changes;
use super::snapshot::Snapshot;
use crate::dataset::rowwise::{self, ColumnChange};
use crate::model::Service;
use serde::{Deserialize, Serialize};

/// Services named of each kind: a screenful or two. An import changes thousands, which nobody reads one by one.
pub const MOST_NAMED: usize = 50;

/// What the update that made a generation changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LastUpdate {
    pub changes: Changes,
    pub named: Differences,
}

/// The services that were added, changed and removed; the first of each kind by id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Differences {
    pub added: Vec<NamedService>,
    pub changed: Vec<NamedService>,
    pub removed: Vec<NamedService>,
}

/// A service that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedService {
    pub id: String,
    pub name: String,
    /// For one that changed, its columns; empty if only its sessions or what it leads to did.
    pub columns: Vec<ColumnChange>,
}

impl Differences {
    /// Names the services that differ: each of those that are there now with its number before (none for a new one), and
    /// the numbers of those that are gone. Rows of the generation before are read only of those that are named.
    pub(super) fn of<'a>(
        before: &Snapshot,
        differing: impl Iterator<Item = (&'a Service, Option<usize>)>,
        removed: impl Iterator<Item = usize>,
    ) -> Self {
        let mut found = Differences::default();
        for (service, earlier) in differing {
            let list = if earlier.is_some() { &mut found.changed } else { &mut found.added };
            if list.len() == MOST_NAMED {
                continue;
            }
            let old = earlier.and_then(|number| before.service_row(number));
            let columns = old.map(|old| rowwise::columns(&old, service)).unwrap_or_default();
            list.push(NamedService { id: service.id.to_string(), name: service.name.clone(), columns });
        }
        let gone = removed.take(MOST_NAMED).filter_map(|number| before.service_row(number));
        let gone = gone.map(|row| NamedService { id: row.id.to_string(), name: row.name, columns: Vec::new() });
        found.removed = gone.collect();
        found
    }
}
