//! Rows that are likely the same organisation or service twice, most often because two sources have both. Each pair comes
//! with its evidence; which of the two is right, and whether they are one at all, is for people to say.
//!
//! Rows are compared only where they share something that few rows share (a number, a rare word of the name), so that a
//! nation's directory takes seconds and not years.

use crate::model::{Directory, Location, Organisation, Phone, Point, Service};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A number or word that more rows than this share tells nobody apart: a council's switchboard, "centre".
const MOST_OF_ONE: usize = 40;
/// Names that are as like as this are one name (Jaro-Winkler, 1 is the same).
const SAME_NAME: f64 = 0.93;
/// Names that are as like as this may be one name, if something else is the same.
const LIKE_NAME: f64 = 0.80;
/// Doors as near as this are one door.
const SAME_PLACE_KM: f64 = 0.15;

/// Two rows that may be one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// `organisation` or `service`.
    pub kind: &'static str,
    pub ids: [String; 2],
    pub names: [String; 2],
    /// The sources that they came from; empty for a row of the team's own.
    pub sources: [String; 2],
    /// What is the same or alike, in words.
    pub evidence: Vec<String>,
    /// From 0 to 1.
    pub likeness: f64,
}

/// The likely pairs, the likeliest first.
pub fn pairs(directory: &Directory) -> Vec<Pair> {
    let mut pairs = organisations(directory);
    pairs.extend(services(directory));
    pairs.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| (a.kind, &a.ids).cmp(&(b.kind, &b.ids))));
    pairs
}

/// What is compared of a row.
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    plain: String,
    source: &'a str,
    phone: Option<String>,
    website: Option<String>,
    charity: Option<String>,
    company: Option<String>,
    organisation: &'a str,
    places: Vec<Point>,
    postcodes: BTreeSet<&'a str>,
}

fn organisations(directory: &Directory) -> Vec<Pair> {
    let row = |row: &'_ Organisation| -> (Option<String>, Option<String>) {
        let digits = |number: &String| number.trim_start_matches('0').to_ascii_uppercase();
        (row.charity_number.as_ref().map(digits), row.company_number.as_ref().map(digits))
    };
    let rows: Vec<Row> = directory
        .organisations
        .iter()
        .map(|organisation| {
            let (charity, company) = row(organisation);
            Row {
                id: organisation.id.as_str(),
                name: &organisation.name,
                plain: plain(&organisation.name),
                source: organisation.source.as_deref().unwrap_or_default(),
                phone: organisation.phone.as_ref().map(digits),
                website: organisation.website.as_ref().map(|site| host(site.as_str())),
                charity,
                company,
                organisation: "",
                places: Vec::new(),
                postcodes: BTreeSet::new(),
            }
        })
        .collect();
    compare("organisation", &rows)
}

fn services(directory: &Directory) -> Vec<Pair> {
    let locations: HashMap<&str, &Location> = directory.locations.iter().map(|row| (row.id.as_str(), row)).collect();
    let mut at: HashMap<&str, Vec<&Location>> = HashMap::new();
    for session in &directory.sessions {
        let location = session.location_id.as_ref().and_then(|id| locations.get(id.as_str()));
        // Where a refuge is must not be told, and two of a kind would tell it.
        if let Some(location) = location.filter(|location| !location.confidential) {
            at.entry(session.service_id.as_str()).or_default().push(location);
        }
    }
    let row = |service: &'_ Service| -> (Vec<Point>, Vec<String>) {
        let places = at.get(service.id.as_str()).map_or(&[][..], Vec::as_slice);
        let points = places.iter().filter_map(|location| location.point).collect();
        (points, places.iter().filter_map(|location| location.postcode.clone()).collect())
    };
    let made: Vec<(Vec<Point>, Vec<String>)> = directory.services.iter().map(row).collect();
    let rows: Vec<Row> = directory
        .services
        .iter()
        .zip(&made)
        .map(|(service, (places, postcodes))| Row {
            id: service.id.as_str(),
            name: &service.name,
            plain: plain(&service.name),
            source: service.source.as_deref().unwrap_or_default(),
            phone: service.phone.as_ref().map(digits),
            website: None,
            charity: None,
            company: None,
            organisation: service.organisation_id.as_str(),
            places: places.clone(),
            postcodes: postcodes.iter().map(String::as_str).collect(),
        })
        .collect();
    compare("service", &rows)
}

fn compare(kind: &'static str, rows: &[Row<'_>]) -> Vec<Pair> {
    let mut sharing: BTreeMap<(&'static str, String), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let numbers =
            [("phone", &row.phone), ("website", &row.website), ("charity", &row.charity), ("company", &row.company)];
        for (what, number) in numbers {
            if let Some(number) = number {
                sharing.entry((what, number.clone())).or_default().push(at);
            }
        }
        let words: BTreeSet<&str> = row.plain.split(' ').filter(|word| word.len() > 2).collect();
        for word in words {
            sharing.entry(("word", word.to_string())).or_default().push(at);
        }
    }
    let mut compared = BTreeSet::new();
    let mut pairs = Vec::new();
    for ((what, _), group) in &sharing {
        // A charity's number is nobody else's, however many rows have it.
        if group.len() > MOST_OF_ONE && *what != "charity" {
            continue;
        }
        for (at, a) in group.iter().enumerate() {
            for b in group[at + 1..].iter().take(MOST_OF_ONE) {
                if compared.insert((*a, *b)) {
                    pairs.extend(pair(kind, &rows[*a], &rows[*b]));
                }
            }
        }
    }
    pairs
}

/// What speaks for two rows being one, and how much all of it together does.
#[derive(Default)]
struct Evidence {
    says: Vec<String>,
    weight: f64,
}

impl Evidence {
    fn add(&mut self, says: String, of: f64) {
        self.says.push(says);
        self.weight = 1.0 - (1.0 - self.weight) * (1.0 - of);
    }
}

/// The two as a pair, if they are alike enough.
fn pair(kind: &'static str, a: &Row<'_>, b: &Row<'_>) -> Option<Pair> {
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    let likeness =
        strsim::jaro_winkler(&a.plain, &b.plain).max(strsim::jaro_winkler(&sorted(&a.plain), &sorted(&b.plain)));
    let mut evidence = Evidence::default();
    if same(&a.charity, &b.charity) {
        evidence.add(format!("the same charity number, {}", a.charity.as_deref().unwrap_or_default()), 0.9);
    }
    if same(&a.company, &b.company) {
        evidence.add(format!("the same company number, {}", a.company.as_deref().unwrap_or_default()), 0.9);
    }
    if same(&a.phone, &b.phone) {
        evidence.add(format!("the same phone number, {}", a.phone.as_deref().unwrap_or_default()), 0.5);
    }
    if same(&a.website, &b.website) {
        evidence.add(format!("the same website, {}", a.website.as_deref().unwrap_or_default()), 0.4);
    }
    let nearest =
        a.places.iter().flat_map(|a| b.places.iter().map(|b| a.distance_km(*b))).fold(f64::INFINITY, f64::min);
    if nearest <= SAME_PLACE_KM {
        evidence.add(format!("at the same place, {:.0} m apart", nearest * 1_000.0), 0.4);
    } else if let Some(postcode) = a.postcodes.intersection(&b.postcodes).next() {
        evidence.add(format!("at the same postcode, {postcode}"), 0.4);
    }
    if kind == "service" && a.organisation == b.organisation {
        evidence.add("of the same organisation".to_string(), 0.2);
    }
    let apart = nearest.is_finite() && nearest > SAME_PLACE_KM && a.postcodes.is_disjoint(&b.postcodes);
    let numbers = same(&a.charity, &b.charity) || same(&a.company, &b.company);
    let enough = match likeness {
        _ if numbers && kind == "organisation" => true,
        // One club in two towns is two services; one name twice in a source is what that source meant.
        _ if kind == "service" && apart => false,
        name if name >= SAME_NAME => !evidence.says.is_empty() || (kind == "organisation" && a.source != b.source),
        name if name >= LIKE_NAME => {
            (evidence.weight >= 0.5 && a.organisation != b.organisation)
                || (evidence.weight >= 0.6 && kind == "organisation")
        }
        _ => false,
    };
    if !enough {
        return None;
    }
    if a.plain == b.plain {
        evidence.add("the same name".to_string(), 0.6);
    } else if likeness >= LIKE_NAME {
        evidence.add(format!("names {:.0} % alike", likeness * 100.0), 0.5 * likeness);
    }
    let likeness = (evidence.weight * 100.0).round() / 100.0;
    Some(Pair {
        kind,
        ids: [a.id.to_string(), b.id.to_string()],
        names: [a.name.to_string(), b.name.to_string()],
        sources: [a.source.to_string(), b.source.to_string()],
        evidence: evidence.says,
        likeness,
    })
}

/// Words of a name that say what it is in law, or nothing.
const EMPTY_WORDS: [&str; 12] =
    ["the", "ltd", "limited", "cic", "cio", "plc", "charity", "trust", "of", "and", "for", "uk"];

/// A name in small letters, without what is only dress.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase().replace(['\'', '’'], "");
    let words =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(word));
    words.collect::<Vec<_>>().join(" ")
}

fn sorted(plain: &str) -> String {
    let mut words: Vec<&str> = plain.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// A phone number's digits, with or without the country's code.
fn digits(phone: &Phone) -> String {
    let digits: String = phone.as_str().chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("44") {
        Some(rest) if phone.as_str().starts_with('+') => format!("0{rest}"),
        _ => digits,
    }
}

fn host(website: &str) -> String {
    let host = website.split("//").last().unwrap_or_default().split('/').next().unwrap_or_default();
    host.trim_start_matches("www.").to_ascii_lowercase()
}
