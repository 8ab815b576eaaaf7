//! Ids for rows that come from elsewhere: readable, and the same every time.
//!
//! A row that was imported before keeps its id, found by its `source` and `source_id`, whatever its name is now. A new
//! one is called after its name, with eight hex digits of a hash of where it comes from: two of one name differ, and no
//! order of reading matters.

use crate::dataset::columns::Table;
use crate::model::{Id, MAX_ID_LENGTH};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// How much of a name stands in an id.
const NAME_LENGTH: usize = 48;

/// Which ids there are, and whose they are.
#[derive(Debug, Default)]
pub struct Ids {
    /// Of the rows of this source: the id of each, by the id it has there.
    known: HashMap<(usize, String), String>,
    taken: HashSet<(usize, String)>,
}

impl Ids {
    /// A row that is there already.
    pub fn there(&mut self, table: Table, id: &str, source_id: Option<&str>) {
        self.taken.insert((table as usize, id.to_string()));
        if let Some(source_id) = source_id {
            self.known.insert((table as usize, source_id.to_string()), id.to_string());
        }
    }

    /// The id of a row; `wanted` is the one that it says it has among us.
    pub fn of(&mut self, table: Table, source: &str, source_id: &str, name: &str, wanted: Option<&str>) -> String {
        let key = (table as usize, source_id.to_string());
        if let Some(id) = self.known.get(&key) {
            return id.clone();
        }
        let free = |id: &str| Id::new(id).is_ok() && !self.taken.contains(&(table as usize, id.to_string()));
        let made = |digits: usize| {
            let mut name = slug(name);
            name.truncate(NAME_LENGTH.min(MAX_ID_LENGTH - digits - 1));
            let name = name.trim_end_matches('-');
            let name = if name.is_empty() { table.one_row() } else { name };
            format!("{name}-{}", &hash(table, source, source_id)[..digits])
        };
        let id = match wanted.filter(|id| free(id)) {
            Some(wanted) => wanted.to_string(),
            None => Some(made(8)).filter(|id| free(id)).unwrap_or_else(|| made(24)),
        };
        self.taken.insert((table as usize, id.clone()));
        self.known.insert(key, id.clone());
        id
    }
}

fn hash(table: Table, source: &str, source_id: &str) -> String {
    let digest = Sha256::digest(format!("{}\0{source}\0{source_id}", table.file().name));
    digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// `Café – Men's Shed!` → `cafe-mens-shed`; empty if nothing of it can stand in an id.
pub fn slug(text: &str) -> String {
    let mut made = String::new();
    for c in text.nfkd().filter(|c| !matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}')).flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            made.push(c);
        } else if !made.is_empty() && !made.ends_with('-') {
            made.push('-');
        }
    }
    made.trim_end_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_same_every_time_and_never_shared() {
        let mut ids = Ids::default();
        let first = ids.of(Table::Services, "feed", "1", "Café – Men’s Shed!", None);
        assert_eq!(first.split_at(14).0, "cafe-mens-shed");
        assert_eq!(ids.of(Table::Services, "feed", "1", "Another name", None), first);
        assert_ne!(ids.of(Table::Services, "feed", "2", "Café – Men’s Shed!", None), first);
        assert_eq!(Ids::default().of(Table::Services, "feed", "1", "Café Mens Shed", None), first);
        assert!(Id::new(&ids.of(Table::Services, "feed", "3", &"long name ".repeat(20), None)).is_ok());
        assert!(Id::new(&ids.of(Table::Services, "feed", "4", "…", None)).is_ok());
        assert_eq!(ids.of(Table::Services, "feed", "5", "x", Some("own-id")), "own-id");
    }
}
