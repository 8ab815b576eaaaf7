//! Which services differ between two generations, by id and name: so that whoever saved a file sees what it changed.

use super::snapshot::Snapshot;
use crate::dataset::rowwise::{self, ColumnChange};

/// Services named of each kind: a screenful or two. An import changes thousands, which nobody reads one by one.
pub const MOST_NAMED: usize = 50;

/// The services that were added, changed and removed; the first of each kind by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Differences {
    pub added: Vec<NamedService>,
    pub changed: Vec<NamedService>,
    pub removed: Vec<NamedService>,
}

/// A service that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedService {
    pub id: String,
    pub name: String,
    /// For one that changed, its columns; empty if only its sessions or what it leads to did.
    pub columns: Vec<ColumnChange>,
}

impl Differences {
    /// Compares every service by its fingerprint; rows are read only of those that are named. A generation that is no
    /// longer on disk has no fingerprints: then nothing is named.
    pub(super) fn between(before: &Snapshot, after: &Snapshot) -> Self {
        let mut found = Differences::default();
        let (Ok(prints_before), Ok(prints_after)) = (before.fingerprints(), after.fingerprints()) else { return found };
        for (number, service) in after.facts().services.iter().enumerate() {
            match before.service_number(&service.id) {
                None => name(&mut found.added, after, number, Vec::new()),
                Some(earlier) if prints_before.get(earlier) != prints_after.get(number) => {
                    let rows = before.service_row(earlier).zip(after.service_row(number));
                    let columns = rows.map(|(old, new)| rowwise::columns(&old, &new)).unwrap_or_default();
                    name(&mut found.changed, after, number, columns);
                }
                Some(_) => {}
            }
        }
        for (number, service) in before.facts().services.iter().enumerate() {
            if after.service_number(&service.id).is_none() {
                name(&mut found.removed, before, number, Vec::new());
            }
        }
        found
    }
}

fn name(list: &mut Vec<NamedService>, of: &Snapshot, number: usize, columns: Vec<ColumnChange>) {
    if list.len() == MOST_NAMED {
        return;
    }
    if let Some(row) = of.service_row(number) {
        list.push(NamedService { id: row.id.to_string(), name: row.name, columns });
    }
}
