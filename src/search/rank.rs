//! Scores: how words and place are blended, in parts that add up.
//!
//! | part | points | why |
//! |---|---|---|
//! | `text` | 0–40 | BM25 of the words, against the best in the answer or against having all of them, whichever is more |
//! | `meaning` | 0–80 | how nearly its text means what was asked, also without its words |
//! | `name` | 0–10, or 200 | the name has all the words; 200 if it is just what was typed: whoever types a name wants that service; half of it for the name of who runs it |
//! | `place` | 0–30 | nearness: decays by a factor of e over half the radius, or 5 km when there is none |
//! | `stated` | 0–10 | share of the filters that are known to fit, so that "not stated" comes after "yes" |
//! | `checked` | 0 or 2 | confirmed by a person within a year: breaks near-ties towards facts that still hold |
//! | `crisis` | 0–400 | the words speak of a crisis, and this helps in it: before everything else |
//! | `unwanted` | 0 or −180 | just what the person said they do not want: after everything else |

use super::answer::Score;
use super::filter::Verdict;
use super::question::{Question, Where};
use crate::index::facts::{Listing, ServiceFacts};
use jiff::civil::Date;
use std::collections::BTreeMap;

const TEXT: f64 = 40.0;
const MEANING: f64 = 80.0;
/// More than all other parts together.
const EXACT_NAME: f64 = 200.0;
/// A name that has all the words, and no others.
const NAME_WORDS: f64 = 10.0;
/// What the name of who runs a service counts beside its own.
pub const OF_ITS_ORGANISATION: f64 = 0.5;
const PLACE: f64 = 30.0;
const STATED: f64 = 10.0;
const CHECKED: f64 = 2.0;
/// What helps best in a crisis comes before all else.
pub const CRISIS: f64 = 400.0;
/// More than all other parts together, but for help in a crisis.
pub const UNWANTED: f64 = -180.0;
/// How far e-fold nearness reaches when no radius was given, km: a bus ride.
const USUAL_REACH_KM: f64 = 5.0;
/// Nearness of a service that comes to the place, or needs no travel: as good as half the usual reach away.
const NO_TRAVEL_NEARNESS: f64 = 0.6;
/// Days for which a check counts as fresh.
const FRESH_DAYS: i32 = 365;

/// A score in its parts; they are rounded first, so that what is shown adds up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    pub text: f64,
    pub meaning: f64,
    pub name: f64,
    pub place: f64,
    pub stated: f64,
    pub checked: f64,
    pub crisis: f64,
    pub unwanted: f64,
}

impl Parts {
    pub fn total(&self) -> f64 {
        let asked = [self.text, self.meaning, self.name, self.place, self.stated, self.checked];
        round(asked.iter().sum::<f64>() + self.crisis + self.unwanted)
    }

    /// Only the parts that the question asked for.
    pub fn score(&self, question: &Question, filtered: bool) -> Score {
        let mut parts = BTreeMap::new();
        if !question.text.is_empty() {
            parts.insert("text", self.text);
            parts.insert("meaning", self.meaning);
            parts.insert("name", self.name);
        }
        if question.place.is_some() {
            parts.insert("place", self.place);
        }
        if filtered {
            parts.insert("stated", self.stated);
        }
        parts.insert("checked", self.checked);
        if self.crisis != 0.0 {
            parts.insert("crisis", self.crisis);
        }
        if self.unwanted != 0.0 {
            parts.insert("unwanted", self.unwanted);
        }
        Score { total: self.total(), parts }
    }
}

/// Everything of a score but the parts of the name, which needs the row, and of a crisis.
pub fn parts(
    service: &ServiceFacts,
    listing: &Listing,
    verdict: Verdict,
    (text, meaning): (f64, f64),
    place: Option<&Where>,
    today: Date,
) -> Parts {
    let fits = f64::from(verdict.fits.three_state().len());
    let asked = fits + f64::from(verdict.not_stated.len());
    Parts {
        text: round(TEXT * text),
        meaning: round(MEANING * meaning),
        name: 0.0,
        place: place.map_or(0.0, |place| round(PLACE * nearness(service, listing, place))),
        stated: if asked > 0.0 { round(STATED * fits / asked) } else { 0.0 },
        checked: if is_fresh(service, today) { CHECKED } else { 0.0 },
        crisis: 0.0,
        unwanted: 0.0,
    }
}

/// Points for a name: all of them when it is exactly what was typed, a share when it has all the words.
pub fn name_points(typed: &[String], name: &[String]) -> f64 {
    if typed.is_empty() || name.is_empty() {
        return 0.0;
    }
    if typed == name {
        return EXACT_NAME;
    }
    let in_name = typed.iter().filter(|word| name.contains(word)).count();
    if in_name < typed.len() {
        return 0.0;
    }
    round(NAME_WORDS * in_name as f64 / name.len().max(in_name) as f64)
}

fn nearness(service: &ServiceFacts, listing: &Listing, place: &Where) -> f64 {
    let reach = place.within_km.map_or(USUAL_REACH_KM, |km| (km / 2.0).max(1.0));
    let by_distance = listing.point.map_or(0.0, |point| (-point.distance_km(place.point) / reach).exp());
    let comes_here = super::filter::covers(service, &place.areas);
    let needs_no_travel = listing.point.is_none() && (comes_here || service.covers.is_empty());
    if comes_here || needs_no_travel { by_distance.max(NO_TRAVEL_NEARNESS) } else { by_distance }
}

fn is_fresh(service: &ServiceFacts, today: Date) -> bool {
    service.checked_on.is_some_and(|day| (today - day).get_days() <= FRESH_DAYS)
}

/// Four decimals: enough to order by, few enough to read, and equal on every machine.
pub fn round(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}

/// Distance as it is shown: to 10 m, or to a whole km for a confidential location.
pub fn shown_distance(km: f64, confidential: bool) -> f64 {
    if confidential { km.round() } else { (km * 100.0).round() / 100.0 }
}
