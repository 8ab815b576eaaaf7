//! The score of an option, in named parts that add up, and their weights in one table.

use super::eligibility::{Barrier, Standing};
use super::person::Person;
use crate::index::facts::{Listing, ServiceFacts};
use crate::model::{Places, Pounds};
use crate::search::answer::Score;
use crate::search::filter::covers;
use crate::search::rank::round;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Points that each part can give, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// What the person wants counts as much as everything else together.
    pub goals: f64,
    /// A way in that cannot be travelled is none; but far and right comes before near and wrong.
    pub distance: f64,
    /// Being free when it is open.
    pub when: f64,
    /// Money is a common barrier.
    pub cost: f64,
    /// Each wish about who leads it, with whom and how.
    pub preference: f64,
    /// Each thing the person said that is known to fit, so that "not stated" comes after "yes". One fixed amount for
    /// each: saying one thing more never moves services that state nothing about it. One amount less for a service that
    /// is only for some people, when nobody said whether this person is one of them, and one less for a site that is
    /// meant for people of other areas.
    pub stated: f64,
    /// Room now.
    pub places: f64,
    /// Facts that a person confirmed within a year.
    pub checked: f64,
    /// Taken away where it is just what the person said they do not want: it comes after nearly everything else, and is
    /// there where nothing else is.
    pub unwanted: f64,
}

/// A part may give at most so many points.
const MOST_POINTS: f64 = 1_000.0;

impl Weights {
    /// The parts that can be set, as `weights.goals` in the settings.
    pub const NAMES: [&'static str; 9] =
        ["goals", "distance", "when", "cost", "preference", "stated", "places", "checked", "unwanted"];

    /// Sets what a part can give: 0 to 1,000 points. False if there is no such part or the points are out of range.
    pub fn set(&mut self, name: &str, points: f64) -> bool {
        let part = match name {
            "goals" => &mut self.goals,
            "distance" => &mut self.distance,
            "when" => &mut self.when,
            "cost" => &mut self.cost,
            "preference" => &mut self.preference,
            "stated" => &mut self.stated,
            "places" => &mut self.places,
            "checked" => &mut self.checked,
            "unwanted" => &mut self.unwanted,
            _ => return false,
        };
        let in_range = (0.0..=MOST_POINTS).contains(&points);
        if in_range {
            *part = points;
        }
        in_range
    }
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            goals: 60.0,
            distance: 20.0,
            when: 8.0,
            cost: 8.0,
            preference: 2.0,
            stated: 2.0,
            places: 4.0,
            checked: 3.0,
            unwanted: 60.0,
        }
    }
}

/// With several goals, this share of the points is for the goal that is served best: most services serve one, and one
/// that serves it directly from afar must not fall behind one that hardly serves it next door.
const BEST_GOAL: f64 = 0.6;
/// Minutes after which nearness has fallen to about a third: what people call "a way".
const USUAL_WAY_MINUTES: f64 = 30.0;
/// … and km, when nothing is said about travel.
const USUAL_WAY_KM: f64 = 5.0;
/// From this many usual ways on (an hour and a half), a way by the travel that was said is hardly one, …
const LONG_WAY: f64 = 3.0;
/// … and at twice as many it costs as many points as being next door gives: a way in that cannot be travelled is none.
const TOO_LONG: f64 = 1.0;
/// Nearness of what comes to the person or needs no travel.
const NO_TRAVEL_NEARNESS: f64 = 0.6;
/// Shared time beyond this makes an option no better, minutes a week.
const ENOUGH_SHARED_MINUTES: f64 = 120.0;
/// A longer wait is as long as never, weeks.
const LONGEST_WAIT_WEEKS: f64 = 52.0;
const FRESH_DAYS: i32 = 365;

/// What it costs the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostState {
    Free,
    Affordable,
    NotStated,
    TooMuch,
}

impl CostState {
    /// A price is affordable up to what the person can spend; with nothing said, any price may be.
    pub fn of(cost: Option<Pounds>, most: Option<Pounds>) -> Self {
        match (cost, most) {
            (None, _) => CostState::NotStated,
            (Some(cost), _) if cost.is_free() => CostState::Free,
            (Some(cost), Some(most)) if cost > most => CostState::TooMuch,
            (Some(_), _) => CostState::Affordable,
        }
    }

    /// Its name in answers.
    pub fn name(self) -> &'static str {
        match self {
            CostState::Free => "free",
            CostState::Affordable => "affordable",
            CostState::NotStated => "not_stated",
            CostState::TooMuch => "too_much",
        }
    }

    fn share(self) -> f64 {
        match self {
            CostState::Free => 1.0,
            CostState::Affordable => 0.6,
            CostState::NotStated => 0.4,
            CostState::TooMuch => 0.0,
        }
    }
}

/// The parts of a score; each is rounded before they are added, so that what is shown adds up. Parts that the profile
/// does not ask for are not there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    points: [Option<f64>; Weights::NAMES.len()],
}

impl Parts {
    pub fn total(&self) -> f64 {
        round(self.points.iter().flatten().sum())
    }

    pub fn score(&self) -> Score {
        let named = Weights::NAMES.into_iter().zip(self.points);
        let parts: BTreeMap<&'static str, f64> = named.filter_map(|(name, points)| Some((name, points?))).collect();
        Score { total: self.total(), parts }
    }
}

/// Scores a listing. `fits` says how directly the service serves each aim, 0–1, and `unwanted` whether it is what the
/// person does not want.
pub fn parts(
    weights: &Weights,
    person: &Person,
    service: &ServiceFacts,
    listing: &Listing,
    standing: &Standing,
    (fits, unwanted): (&[f64], bool),
    today: Date,
) -> Parts {
    let distance = person.place.is_some().then(|| nearness(person, service, listing));
    let when = person.when.is_some().then(|| {
        // Fitting at all is worth a quarter, so that a short overlap still comes before hours that nobody stated.
        let share = (f64::from(standing.shared_minutes) / ENOUGH_SHARED_MINUTES).min(1.0);
        if standing.fits.has(Barrier::When) { 0.25 + 0.75 * share } else { 0.0 }
    });
    let cost = CostState::of(service.cost, person.most).share();
    let wishes = [
        (person.prefers_led_by, service.led_by),
        (person.prefers_setting, service.setting),
        (person.prefers_delivery, service.delivery),
    ];
    let wished = wishes.iter().any(|(wanted, _)| !wanted.is_empty());
    let preference = wished.then(|| wishes.iter().filter(|(wanted, stated)| wanted.meets(*stated)).count() as f64);
    let asks_who = person.audiences.is_empty() && standing.not_stated.has(Barrier::Audience);
    let asks_where = standing.not_stated.has(Barrier::Area);
    let known = f64::from(personal_facts(standing)) - f64::from(u8::from(asks_who) + u8::from(asks_where));
    let fresh = service.checked_on.is_some_and(|day| (today - day).get_days() <= FRESH_DAYS);
    let checked = if fresh { 1.0 } else { 0.0 };
    // In the order of `Weights::NAMES`.
    let points = [
        Some(weights.goals * wants_met(person, fits)),
        distance.map(|share| weights.distance * share),
        when.map(|share| weights.when * share),
        Some(weights.cost * cost),
        preference.map(|met| weights.preference * met),
        Some(weights.stated * known),
        Some(weights.places * room(service)),
        Some(weights.checked * checked),
        unwanted.then_some(-weights.unwanted),
    ];
    Parts { points: points.map(|points| points.map(round)) }
}

/// Share of the points for goals. Goals are weighed by importance against the most important one.
fn wants_met(person: &Person, fits: &[f64]) -> f64 {
    let most = person.aims.iter().map(|aim| aim.importance).max().unwrap_or(1);
    let weight = |at: usize| f64::from(person.aims[at].importance) / f64::from(most);
    let all: f64 = (0..person.aims.len()).map(weight).sum();
    let met = fits.iter().enumerate().map(|(at, fit)| weight(at) * fit);
    let best = met.clone().fold(0.0, f64::max);
    BEST_GOAL * best + (1.0 - BEST_GOAL) * met.sum::<f64>() / all.max(1.0)
}

/// How many of the things that a person said about themselves are known to fit.
fn personal_facts(standing: &Standing) -> u32 {
    let personal = [Barrier::Age, Barrier::Audience, Barrier::Convictions, Barrier::Language, Barrier::Access];
    personal.iter().filter(|barrier| standing.fits.has(**barrier)).count() as u32
}

fn nearness(person: &Person, service: &ServiceFacts, listing: &Listing) -> f64 {
    let Some(place) = &person.place else { return 0.0 };
    let by_distance = listing.point.map_or(0.0, |point| {
        let km = point.distance_km(place.point);
        match person.travel {
            Some(travel) => {
                let ways = travel.minutes(km) / USUAL_WAY_MINUTES;
                falling(ways) - TOO_LONG * ((ways - LONG_WAY) / LONG_WAY).clamp(0.0, 1.0)
            }
            None => falling(km / USUAL_WAY_KM),
        }
    });
    let comes_here = covers(service, &place.areas);
    let needs_no_travel = listing.point.is_none() && (comes_here || service.covers.is_empty());
    if comes_here || needs_no_travel { by_distance.max(NO_TRAVEL_NEARNESS) } else { by_distance }
}

/// Falls as quickly as an exponential at first (a third is left after one usual way), then more slowly: of two that are
/// far, the nearer is still the better.
fn falling(ways: f64) -> f64 {
    (1.0 + ways).powf(-1.5)
}

/// Share of the points for room: all when there are places, less the longer the wait, least when it is not stated.
fn room(service: &ServiceFacts) -> f64 {
    match service.places {
        Some(Places::Open) => 1.0,
        Some(Places::WaitingList) => {
            let weeks = service.wait_weeks.map_or(LONGEST_WAIT_WEEKS / 2.0, f64::from);
            0.25 + 0.5 * (1.0 - (weeks / LONGEST_WAIT_WEEKS).min(1.0))
        }
        None => 0.2,
        Some(Places::Full) => 0.0,
    }
}
