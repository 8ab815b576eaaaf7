//! Towns, suburbs, wards and districts by name: `data/gazetteer/places.tsv` and `districts.tsv`, kept in the binary.

use super::Town;
use crate::model::Point;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

static PLACES: &str = include_str!("../../data/gazetteer/places.tsv");
static DISTRICTS: &str = include_str!("../../data/gazetteer/districts.tsv");

/// How many mistyped names are offered.
const MOST_GUESSES: usize = 3;

/// A local authority district.
pub(super) struct District {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    /// Empty where there is none.
    pub(super) county: &'static str,
    pub(super) nation: &'static str,
}

/// A place that has a name.
pub(super) struct Named {
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    /// A place in [`Places::districts`]; `None` in Northern Ireland.
    pub(super) district: Option<usize>,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) radius_km: f64,
    /// People, or a guess at them; the most wins among places of one name.
    pub(super) weight: u32,
}

/// One spelling of a name, folded.
struct Spelling {
    key: String,
    place: usize,
    /// Not another spelling, such as a Welsh one, but the name itself.
    main: bool,
    letters: u32,
}

pub(super) struct Places {
    pub(super) districts: Vec<District>,
    places: Vec<Named>,
    /// Sorted by key.
    spellings: Vec<Spelling>,
}

impl Places {
    /// Rows that do not read are left out; a test holds that there are none.
    pub(super) fn built_in() -> Places {
        let districts: Vec<District> = rows(DISTRICTS)
            .filter_map(|row| {
                let [code, name, county, nation] = row[..] else {
                    return None;
                };
                Some(District { code, name, county, nation })
            })
            .collect();
        let by_code: BTreeMap<&str, usize> = districts.iter().enumerate().map(|(at, d)| (d.code, at)).collect();
        let mut places = Vec::new();
        let mut spellings = Vec::new();
        for row in rows(PLACES) {
            let [name, kind, district, latitude, longitude, radius, weight, also] = row[..] else {
                continue;
            };
            let (Ok(latitude), Ok(longitude), Ok(radius_km), Ok(weight)) =
                (latitude.parse(), longitude.parse(), radius.parse(), weight.parse())
            else {
                continue;
            };
            for (at, spelling) in std::iter::once(name).chain(also.split(';')).enumerate() {
                let key = fold(spelling);
                if !key.is_empty() {
                    spellings.push(Spelling { letters: letters_in(&key), key, place: places.len(), main: at == 0 });
                }
            }
            places.push(Named {
                name,
                kind,
                district: by_code.get(district).copied(),
                latitude,
                longitude,
                radius_km,
                weight,
            });
        }
        spellings.sort_by(|a, b| a.key.cmp(&b.key));
        Places { districts, places, spellings }
    }

    /// Settlements between two corners (latitude, longitude), those with most people first.
    pub(super) fn towns(&self, [south, west]: [f64; 2], [north, east]: [f64; 2]) -> Vec<Town> {
        let is_settlement = |place: &&Named| matches!(place.kind, "city" | "town" | "suburb" | "village");
        let is_inside =
            |place: &&Named| (south..=north).contains(&place.latitude) && (west..=east).contains(&place.longitude);
        let town = |place: &Named| {
            Some(Town { name: place.name, point: Point::new(place.latitude, place.longitude)?, people: place.weight })
        };
        let settlements = self.places.iter().filter(is_settlement).filter(is_inside);
        let mut towns: Vec<Town> = settlements.filter_map(town).collect();
        towns.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.name.cmp(b.name)));
        towns
    }

    /// Every place of that name or spelling, the one with most people first.
    pub(super) fn called(&self, name: &str) -> Vec<&Named> {
        let key = fold(name);
        let mut found: Vec<&Spelling> = self.from(&key).take_while(|s| s.key == key).collect();
        // The name itself goes before another spelling only among equals: `Hull` is Kingston upon Hull.
        found.sort_by_key(|s| (std::cmp::Reverse(self.places[s.place].weight), !s.main));
        found.iter().map(|s| &self.places[s.place]).collect()
    }

    /// Places whose name, or a later word of it, begins so; whole names first, then those with most people.
    pub(super) fn beginning(&self, prefix: &str, limit: usize) -> Vec<&Named> {
        let key = fold(prefix);
        if key.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<&Spelling> = self.from(&key).take_while(|s| s.key.starts_with(&key)).collect();
        if key.len() < 3 {
            // `a` should not offer Swansea for its Welsh name.
            found.retain(|s| s.main);
        }
        if found.len() < limit && key.len() >= 3 {
            let later = format!(" {key}");
            found.extend(self.spellings.iter().filter(|s| s.main && s.key.contains(&later)));
        }
        let mut best: Vec<(bool, bool, u32, usize)> = found
            .iter()
            .map(|s| {
                let begins = s.key.starts_with(&key);
                (s.key == key, begins, self.places[s.place].weight, s.place)
            })
            .collect();
        best.sort_by_key(|(exact, begins, weight, place)| {
            std::cmp::Reverse((*begins, *weight, *exact, usize::MAX - *place))
        });
        let mut seen = Vec::new();
        for (_, _, _, place) in best {
            if !seen.contains(&place) {
                seen.push(place);
            }
            if seen.len() == limit {
                break;
            }
        }
        seen.into_iter().map(|place| &self.places[place]).collect()
    }

    /// Names that differ by the fewest slips, two at most; those with most people first.
    pub(super) fn like(&self, name: &str) -> Vec<String> {
        let key = fold(name);
        let most = match key.chars().count() {
            0..=3 => return Vec::new(),
            4..=7 => 1,
            _ => 2,
        };
        let letters = letters_in(&key);
        let mut found: Vec<(usize, std::cmp::Reverse<u32>, &'static str)> = self
            .spellings
            .iter()
            .filter(|s| s.main && s.key.len().abs_diff(key.len()) <= most)
            // One slip changes at most two of the letters that occur.
            .filter(|s| (s.letters ^ letters).count_ones() as usize <= 2 * most)
            .filter_map(|s| {
                let slips = strsim::osa_distance(&s.key, &key);
                let place = &self.places[s.place];
                (slips <= most).then_some((slips, std::cmp::Reverse(place.weight), place.name))
            })
            .collect();
        found.sort_unstable();
        let fewest = found.first().map(|(slips, ..)| *slips);
        found.retain(|(slips, ..)| Some(*slips) == fewest);
        let mut names: Vec<String> = Vec::new();
        for (_, _, name) in found {
            if !names.iter().any(|n| n == name) {
                names.push(name.to_owned());
            }
        }
        names.truncate(MOST_GUESSES);
        names
    }

    /// What a place lies in: its district; or for a city, and where the district says nothing new, the county or nation.
    pub(super) fn within(&self, place: &Named) -> Option<&'static str> {
        let Some(district) = place.district.and_then(|d| self.districts.get(d)) else {
            return Some("Northern Ireland");
        };
        let same = fold(district.name) == fold(place.name);
        match place.kind {
            "county" => return Some(district.nation),
            // London is not in Westminster.
            "city" if !district.county.is_empty() => return Some(district.county),
            _ if !same => return Some(district.name),
            _ => {}
        }
        let above = if district.county.is_empty() { district.nation } else { district.county };
        Some(above)
    }

    /// Whether a place lies in the district, county or nation that was named.
    pub(super) fn lies_in(&self, place: &Named, named: &str) -> bool {
        let named = fold(named);
        match place.district.and_then(|d| self.districts.get(d)) {
            Some(d) => [d.name, d.county, d.nation].iter().any(|n| !n.is_empty() && fold(n) == named),
            None => named == "northern ireland",
        }
    }

    fn from(&self, key: &str) -> impl Iterator<Item = &Spelling> {
        let start = self.spellings.partition_point(|s| s.key.as_str() < key);
        self.spellings[start..].iter()
    }
}

/// The cells of each line after the header.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).map(|line| line.split('\t').collect())
}

/// A name as it is compared: small letters without accents, `and` for `&`, no apostrophes, words with one space between.
pub(super) fn fold(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.nfd().filter(|c| !is_combining_mark(*c)) {
        if matches!(c, '\'' | '’' | '‘' | '`') {
            continue;
        }
        if !c.is_alphanumeric() && c != '&' {
            gap = true;
            continue;
        }
        if (gap || c == '&') && !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
        gap = c == '&';
        if c == '&' {
            key.push_str("and");
        } else {
            key.extend(c.to_lowercase());
        }
    }
    // `St Helens`, `St. Helens` and `Saint Helens` are one place.
    match key.strip_prefix("saint ") {
        Some(rest) => format!("st {rest}"),
        None => key,
    }
}

/// Which of the 26 letters occur, one bit each.
fn letters_in(key: &str) -> u32 {
    let letters = key.bytes().filter(u8::is_ascii_lowercase);
    letters.fold(0, |set, letter| set | 1 << (letter - b'a'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_files_reads() {
        let places = Places::built_in();
        assert_eq!(places.places.len(), PLACES.lines().count() - 1);
        assert_eq!(places.districts.len(), DISTRICTS.lines().count() - 1);
    }

    #[test]
    fn names_are_folded() {
        assert_eq!(fold("Ashton-under-Lyne"), "ashton under lyne");
        assert_eq!(fold(" ASHTON  UNDER LYNE "), "ashton under lyne");
        assert_eq!(fold("St. Mary’s"), "st marys");
        assert_eq!(fold("Saint Helens"), "st helens");
        assert_eq!(fold("Ancoats&Beswick"), "ancoats and beswick");
        assert_eq!(fold("Ynys Môn"), "ynys mon");
        assert_eq!(fold("…"), "");
    }
}
