//! Which services are the same thing at another place or time: "Walk and talk Sale" and "Walk and talk Urmston" of one
//! organisation. A list of options shows one of them, with the others beside it.

use super::analysis::words;
use super::facts::Rows;
use crate::model::{Coded, Service};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// Words of a name that tell when, not what.
const DAYS: [&str; 14] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mondays",
    "tuesdays",
    "wednesdays",
    "thursdays",
    "fridays",
    "saturdays",
    "sundays",
];

/// For each service, the number of the first that is the same thing; its own if there is none before it.
pub(super) fn twins(rows: &Rows<'_>, area_names: &HashMap<&str, &str>) -> Vec<u32> {
    let mut firsts: HashMap<[u8; 16], u32> = HashMap::new();
    let numbered = rows.services.iter().zip(0..);
    numbered.map(|(service, number)| *firsts.entry(what_it_is(service, rows, area_names)).or_insert(number)).collect()
}

/// A hash of all that makes two services different things: who runs it, its name without places and days, what it is,
/// whom it is for, how one joins and what it costs.
fn what_it_is(service: &Service, rows: &Rows<'_>, area_names: &HashMap<&str, &str>) -> [u8; 16] {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    add(service.organisation_id.as_str());
    add(&name_without_places(service, rows, area_names));
    for codes in [&service.categories, &service.only_for, &service.welcomes] {
        let mut codes: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
        codes.sort_unstable();
        add(&codes.join(";"));
    }
    add(&format!("{:?} {:?} {:?}", service.age, service.cost, service.convictions));
    add(&joined(&service.referral));
    add(&joined(&service.delivery));
    add(&joined(&service.led_by));
    add(&joined(&service.setting));
    let digest = hash.finalize();
    let mut first = [0; 16];
    first.copy_from_slice(&digest[..16]);
    first
}

fn joined<T: Coded>(values: &[T]) -> String {
    let mut codes: Vec<&str> = values.iter().map(|value| value.code()).collect();
    codes.sort_unstable();
    codes.join(";")
}

/// The whole name if nothing else is left of it.
fn name_without_places(service: &Service, rows: &Rows<'_>, area_names: &HashMap<&str, &str>) -> String {
    let mut of_places: HashSet<String> = HashSet::new();
    let mut note = |text: &str| of_places.extend(words(text).into_iter().map(|word| word.text));
    for session in rows.sessions_of(service.id.as_str()) {
        if let Some((_, location)) = session.location_id.as_ref().and_then(|id| rows.location(id.as_str())) {
            note(&location.name);
            note(&location.town);
        }
    }
    service.covers.iter().filter_map(|id| area_names.get(id.as_str())).for_each(|name| note(name));
    let name: Vec<String> = words(&service.name).into_iter().map(|word| word.text).collect();
    let tells = |word: &&String| {
        !of_places.contains(*word) && !DAYS.contains(&word.as_str()) && !word.chars().all(|c| c.is_ascii_digit())
    };
    let left: Vec<&str> = name.iter().filter(tells).map(String::as_str).collect();
    if left.is_empty() { name.join(" ") } else { left.join(" ") }
}
