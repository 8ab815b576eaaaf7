//! Filters in three states: a listing fits, does not fit, or states nothing about it.
//!
//! Not stated is never "no": such a listing is kept, ranked below one that is known to fit, and named so that a person
//! asks first. What a service is (its category, the goals it serves, how near it is) has two states only.

use super::opens::is_of_one_day;
use super::question::Question;
use crate::index::Snapshot;
use crate::index::facts::{Listing, ServiceFacts};
use crate::model::{Convictions, Point, Status};
use std::cell::RefCell;
use std::collections::HashMap;

/// The filters, by the name of their field; a listing's failures are a set of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Filter {
    WithinKm,
    Category,
    Goal,
    Audience,
    Age,
    Language,
    Access,
    Delivery,
    Referral,
    LedBy,
    Free,
    Convictions,
    Open,
}

impl Filter {
    pub const ALL: [Filter; 13] = [
        Filter::WithinKm,
        Filter::Category,
        Filter::Goal,
        Filter::Audience,
        Filter::Age,
        Filter::Language,
        Filter::Access,
        Filter::Delivery,
        Filter::Referral,
        Filter::LedBy,
        Filter::Free,
        Filter::Convictions,
        Filter::Open,
    ];

    /// The name of its field in the question.
    pub fn name(self) -> &'static str {
        match self {
            Filter::WithinKm => "within_km",
            Filter::Category => "category",
            Filter::Goal => "goal",
            Filter::Audience => "audience",
            Filter::Age => "age",
            Filter::Language => "language",
            Filter::Access => "access",
            Filter::Delivery => "delivery",
            Filter::Referral => "referral",
            Filter::LedBy => "led_by",
            Filter::Free => "free",
            Filter::Convictions => "convictions",
            Filter::Open => "open_at",
        }
    }
}

/// A set of filters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filters(u16);

impl Filters {
    pub fn add(&mut self, filter: Filter) {
        self.0 |= 1 << filter as u8;
    }
    pub fn has(self, filter: Filter) -> bool {
        self.0 & (1 << filter as u8) != 0
    }
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }
    /// Without the filters that have two states only: what a service is, and how near.
    pub fn three_state(self) -> Filters {
        const TWO_STATE: u16 = 1 << Filter::WithinKm as u8 | 1 << Filter::Category as u8 | 1 << Filter::Goal as u8;
        Filters(self.0 & !TWO_STATE)
    }
    pub fn union(self, other: Filters) -> Filters {
        Filters(self.0 | other.0)
    }
    pub fn iter(self) -> impl Iterator<Item = Filter> {
        Filter::ALL.into_iter().filter(move |filter| self.has(*filter))
    }
}

/// How something stands to a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Fits,
    DoesNot,
    NotStated,
}

impl Fit {
    pub fn from_bool(fits: bool) -> Fit {
        if fits { Fit::Fits } else { Fit::DoesNot }
    }
}

/// What the filters say of a service or a listing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    pub fails: Filters,
    pub fits: Filters,
    pub not_stated: Filters,
}

impl Verdict {
    fn note(&mut self, filter: Filter, fit: Fit) {
        match fit {
            Fit::Fits => self.fits.add(filter),
            Fit::DoesNot => self.fails.add(filter),
            Fit::NotStated => self.not_stated.add(filter),
        }
    }

    pub fn and(self, other: Verdict) -> Verdict {
        Verdict {
            fails: self.fails.union(other.fails),
            fits: self.fits.union(other.fits),
            not_stated: self.not_stated.union(other.not_stated),
        }
    }
}

/// The filters of one question, ready to judge many listings.
pub struct Judge<'a> {
    snapshot: &'a Snapshot,
    question: &'a Question,
    /// For hours that were looked at, whether they are open at the time asked for.
    open: RefCell<HashMap<u32, bool>>,
}

impl<'a> Judge<'a> {
    pub fn new(snapshot: &'a Snapshot, question: &'a Question) -> Self {
        Self { snapshot, question, open: RefCell::new(HashMap::new()) }
    }

    /// The filters that look at the service alone.
    pub fn service(&self, service: &ServiceFacts) -> Verdict {
        let question = self.question;
        let mut verdict = Verdict::default();
        if let Some(wanted) = &question.categories {
            verdict.note(Filter::Category, Fit::from_bool(has_any(&service.categories, wanted)));
        }
        if let Some(wanted) = &question.goal_categories {
            verdict.note(Filter::Goal, Fit::from_bool(has_any(&service.categories, wanted)));
        }
        if !question.audiences.is_empty() {
            verdict.note(Filter::Audience, fits_audience(service, &question.audiences));
        }
        if let Some(age) = question.age {
            verdict.note(Filter::Age, service.age.includes(age).map_or(Fit::NotStated, Fit::from_bool));
        }
        if !question.languages.is_empty() {
            verdict.note(Filter::Language, fits_language(service, &question.languages));
        }
        for (filter, wanted, stated) in [
            (Filter::Delivery, question.delivery, service.delivery),
            (Filter::Referral, question.referral, service.referral),
            (Filter::LedBy, question.led_by, service.led_by),
        ] {
            if !wanted.is_empty() {
                let fit = if stated.is_empty() { Fit::NotStated } else { Fit::from_bool(stated.meets(wanted)) };
                verdict.note(filter, fit);
            }
        }
        if question.free {
            verdict.note(Filter::Free, service.cost.map_or(Fit::NotStated, |cost| Fit::from_bool(cost.is_free())));
        }
        if question.convictions {
            verdict.note(Filter::Convictions, fits_convictions(service));
        }
        verdict
    }

    /// The filters that look at where and when.
    pub fn listing(&self, service: &ServiceFacts, listing: &Listing) -> Verdict {
        let mut verdict = Verdict::default();
        if let Some(place) = &self.question.place
            && let Some(within_km) = place.within_km
        {
            let near = is_near(service, listing, place.point, within_km, &place.areas);
            verdict.note(Filter::WithinKm, Fit::from_bool(near));
        }
        if !self.question.access.is_empty() {
            verdict.note(Filter::Access, fits_access(listing, &self.question.access));
        }
        if self.question.open_at.is_some() {
            verdict.note(Filter::Open, self.open(listing));
        }
        verdict
    }

    fn open(&self, listing: &Listing) -> Fit {
        let Some(at) = self.question.open_at else { return Fit::NotStated };
        let sessions = &self.snapshot.facts().sessions[listing.sessions.start as usize..listing.sessions.end as usize];
        let mut fit = Fit::NotStated;
        for session in sessions {
            let Some(hours) = session.hours else { continue };
            fit = Fit::DoesNot;
            let today = session.runs_on(at.date());
            let yesterday = at.date().yesterday().is_ok_and(|day| session.runs_on(day));
            if !(today || yesterday) || !self.is_open(hours) {
                continue;
            }
            // An opening that runs past midnight belongs to the day on which it began.
            if today && yesterday || self.began_last_night(hours) == yesterday {
                return Fit::Fits;
            }
        }
        if sessions.is_empty() { Fit::NotStated } else { fit }
    }

    fn is_open(&self, hours: u32) -> bool {
        let Some(at) = self.question.open_at else { return false };
        *self.open.borrow_mut().entry(hours).or_insert_with(|| {
            self.snapshot.hours(hours).is_some_and(|hours| hours.is_open(at, self.snapshot.holidays()))
        })
    }

    /// Needed only on the day after a session's last and on its first, so it is not remembered.
    fn began_last_night(&self, hours: u32) -> bool {
        let Some(at) = self.question.open_at else { return false };
        let Some(hours) = self.snapshot.hours(hours) else { return false };
        let mut openings = hours.openings(at, 1, self.snapshot.holidays()).into_iter();
        let opening = openings.find(|opening| opening.starts <= at && opening.ends.is_none_or(|ends| at < ends));
        opening.is_some_and(|opening| opening.starts.date() < at.date() && is_of_one_day(&opening))
    }
}

/// Whether a service is active: paused and closed ones are in no answer.
pub fn is_active(service: &ServiceFacts) -> bool {
    service.status == Status::Active
}

/// A listing is near if it lies within the radius, or its service covers the place, or it is nowhere in particular and
/// states no area.
pub fn is_near(service: &ServiceFacts, listing: &Listing, point: Point, within_km: f64, areas: &[u16]) -> bool {
    let lies_near = listing.point.is_some_and(|place| place.distance_km(point) <= within_km);
    let anywhere = listing.point.is_none() && service.covers.is_empty();
    lies_near || anywhere || covers(service, areas)
}

/// Whether a service covers one of the areas that hold a place.
pub fn covers(service: &ServiceFacts, areas: &[u16]) -> bool {
    service.covers.iter().any(|area| areas.contains(area))
}

/// Restricted to audiences: any one of them is enough. Open to all otherwise; being especially for one says nothing
/// against others.
pub fn fits_audience(service: &ServiceFacts, audiences: &[u16]) -> Fit {
    if has_any(&service.only_for, audiences) || has_any(&service.welcomes, audiences) && service.only_for.is_empty() {
        return Fit::Fits;
    }
    if service.only_for.is_empty() { Fit::NotStated } else { Fit::DoesNot }
}

/// One language in common is enough.
pub fn fits_language(service: &ServiceFacts, languages: &[Option<u16>]) -> Fit {
    if service.languages.is_empty() {
        return Fit::NotStated;
    }
    Fit::from_bool(languages.iter().flatten().any(|language| service.languages.contains(language)))
}

/// "Ask" is not "no": it is something to check first.
pub fn fits_convictions(service: &ServiceFacts) -> Fit {
    match service.convictions {
        Some(Convictions::Yes) => Fit::Fits,
        Some(Convictions::No) => Fit::DoesNot,
        Some(Convictions::Ask) | None => Fit::NotStated,
    }
}

/// Everything that is needed must be there. A service without a venue needs no way in.
pub fn fits_access(listing: &Listing, needed: &[Option<u16>]) -> Fit {
    if listing.location.is_none() {
        return Fit::Fits;
    }
    if listing.access.is_empty() {
        return Fit::NotStated;
    }
    Fit::from_bool(needed.iter().all(|code| code.is_some_and(|code| listing.access.contains(&code))))
}

fn has_any(own: &[u16], wanted: &[u16]) -> bool {
    own.iter().any(|value| wanted.contains(value))
}
