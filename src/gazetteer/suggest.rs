//! What to offer while a person is still typing a place.

use super::{Gazetteer, Place, Postcode};

/// More than this nobody reads.
const MOST_SUGGESTIONS: usize = 20;

/// The longest beginning that is looked at.
const LONGEST_PREFIX: usize = 60;

pub(super) fn suggest(gazetteer: &Gazetteer, prefix: &str, limit: usize) -> Vec<Place> {
    let limit = limit.min(MOST_SUGGESTIONS);
    let prefix = prefix.trim();
    if limit == 0 || prefix.is_empty() || prefix.chars().count() > LONGEST_PREFIX {
        return Vec::new();
    }
    if prefix.contains(|c: char| c.is_ascii_digit()) {
        let found = postcodes(gazetteer, prefix, limit);
        let mut found: Vec<Place> = found.iter().filter_map(|p| gazetteer.postcode(p)).collect();
        // What was typed stays first; of the rest those in use go before those that ended.
        if let Some((_, rest)) = found.split_first_mut() {
            rest.sort_by_key(|place| place.terminated);
        }
        found.truncate(limit);
        return found;
    }
    let mut found = Vec::new();
    for place in gazetteer.places.beginning(prefix, limit) {
        found.push(gazetteer.named_place(place));
    }
    found
}

/// Postcodes that begin so: `M1` → M1, its sectors, M11, M12 …; `M1 4` → M1 4, its units.
fn postcodes(gazetteer: &Gazetteer, prefix: &str, limit: usize) -> Vec<Postcode> {
    let mut found: Vec<Postcode> = Vec::new();
    for postcode in Postcode::readings(prefix) {
        let mut offered = vec![postcode];
        for layer in &gazetteer.tables {
            if postcode.is_sector() {
                offered.extend(layer.table.units_of(&postcode));
            } else if !postcode.is_full() {
                let start = postcode.to_string();
                let longer = layer.table.outcodes_from(&start).filter(|p| *p != postcode);
                let longer: Vec<Postcode> = longer.take(limit).collect();
                // Half of the room for sectors, unless there is nothing else to fill it.
                let room = (limit / 2).max(limit.saturating_sub(longer.len() + 1));
                offered.extend(layer.table.sectors_of(&postcode).into_iter().take(room));
                offered.extend(longer);
            }
        }
        for postcode in offered {
            if gazetteer.postcode(&postcode).is_some() && !found.contains(&postcode) {
                found.push(postcode);
            }
        }
    }
    if found.is_empty() {
        found = units_beginning(gazetteer, prefix);
    }
    found
}

/// `M1 4B`: a sector and the first letter of the unit.
fn units_beginning(gazetteer: &Gazetteer, prefix: &str) -> Vec<Postcode> {
    let Some((at, letter)) = prefix.char_indices().next_back() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for sector in Postcode::readings(&prefix[..at]) {
        let start = format!("{sector}{}", letter.to_ascii_uppercase());
        for layer in &gazetteer.tables {
            let units = layer.table.units_of(&sector);
            found.extend(units.into_iter().filter(|unit| unit.to_string().starts_with(&start)));
        }
    }
    found
}
