//! Whether a person can join: three states for each thing that may stand in the way.
//!
//! *Fits*, *does not fit* (ruled out, counted, shown as a near miss if it is the only thing), *not stated* (kept, ranked
//! below an otherwise equal fit, and named as something to check first).

use super::person::Person;
use crate::index::Snapshot;
use crate::index::facts::{Listing, ServiceFacts};
use crate::model::Places;
use crate::search::Circumstances;
use crate::search::filter::{Fit, covers, fits_access, fits_audience, fits_convictions, fits_language};
use crate::search::question::Where;
use std::cell::RefCell;
use std::collections::HashMap;

/// What may stand in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Barrier {
    Age,
    Audience,
    Convictions,
    Language,
    Access,
    Area,
    Distance,
    When,
    Places,
}

impl Barrier {
    pub const ALL: [Barrier; 9] = [
        Barrier::Age,
        Barrier::Audience,
        Barrier::Convictions,
        Barrier::Language,
        Barrier::Access,
        Barrier::Area,
        Barrier::Distance,
        Barrier::When,
        Barrier::Places,
    ];

    /// Its name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Barrier::Age => "age",
            Barrier::Audience => "audience",
            Barrier::Convictions => "convictions",
            Barrier::Language => "language",
            Barrier::Access => "access",
            Barrier::Area => "area",
            Barrier::Distance => "distance",
            Barrier::When => "when",
            Barrier::Places => "places",
        }
    }
}

/// A set of barriers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Barriers(u16);

impl Barriers {
    pub fn add(&mut self, barrier: Barrier) {
        self.0 |= 1 << barrier as u8;
    }
    pub fn has(self, barrier: Barrier) -> bool {
        self.0 & (1 << barrier as u8) != 0
    }
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }
    pub fn iter(self) -> impl Iterator<Item = Barrier> {
        Barrier::ALL.into_iter().filter(move |barrier| self.has(*barrier))
    }
    /// The one barrier, if there is just one.
    pub fn only(self) -> Option<Barrier> {
        if self.len() == 1 { self.iter().next() } else { None }
    }
}

/// How a listing stands to a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub fails: Barriers,
    pub fits: Barriers,
    pub not_stated: Barriers,
    /// Minutes in a week in which it is open and the person is free.
    pub shared_minutes: u32,
}

impl Standing {
    fn note(&mut self, barrier: Barrier, fit: Fit) {
        match fit {
            Fit::Fits => self.fits.add(barrier),
            Fit::DoesNot => self.fails.add(barrier),
            Fit::NotStated => self.not_stated.add(barrier),
        }
    }
}

/// For a service that states which areas it is for. One with a site may still take people from elsewhere, which is to
/// be asked; one that comes to people, or is by phone or online, is not for other areas.
fn fits_area(service: &ServiceFacts, listing: &Listing, place: &Where) -> Fit {
    match (covers(service, &place.areas), listing.point) {
        (true, _) => Fit::Fits,
        (false, Some(_)) => Fit::NotStated,
        (false, None) => Fit::DoesNot,
    }
}

/// Judges many listings for one person.
pub struct Judge<'a> {
    snapshot: &'a Snapshot,
    person: &'a Person,
    circumstances: &'a Circumstances<'a>,
    /// Shared minutes by the number of hours; each different text is worked out once.
    shared: RefCell<HashMap<u32, u32>>,
}

impl<'a> Judge<'a> {
    pub fn new(snapshot: &'a Snapshot, person: &'a Person, circumstances: &'a Circumstances<'a>) -> Self {
        Self { snapshot, person, circumstances, shared: RefCell::new(HashMap::new()) }
    }

    pub fn standing(&self, service: &ServiceFacts, listing: &Listing) -> Standing {
        let person = self.person;
        let mut standing = Standing::default();
        if let Some(age) = person.age {
            standing.note(Barrier::Age, service.age.includes(age).map_or(Fit::NotStated, Fit::from_bool));
        }
        // Someone who says nothing about themselves is asked before a restricted service, not turned away.
        if !person.audiences.is_empty() {
            standing.note(Barrier::Audience, fits_audience(service, &person.audiences));
        } else if !service.only_for.is_empty() {
            standing.note(Barrier::Audience, Fit::NotStated);
        }
        if person.convictions {
            standing.note(Barrier::Convictions, fits_convictions(service));
        }
        if !person.languages.is_empty() {
            standing.note(Barrier::Language, fits_language(service, &person.languages));
        }
        if !person.access.is_empty() {
            standing.note(Barrier::Access, fits_access(listing, &person.access));
        }
        if let Some(place) = &person.place {
            if !service.covers.is_empty() {
                standing.note(Barrier::Area, fits_area(service, listing, place));
            }
            if let Some(within_km) = place.within_km {
                let lies_near = listing.point.is_none_or(|point| point.distance_km(place.point) <= within_km);
                standing.note(Barrier::Distance, Fit::from_bool(lies_near || covers(service, &place.areas)));
            }
        }
        if person.when.is_some() {
            let (fit, minutes) = self.when(listing);
            standing.note(Barrier::When, fit);
            standing.shared_minutes = minutes;
        }
        let places = match service.places {
            Some(Places::Full) => Fit::DoesNot,
            Some(Places::Open | Places::WaitingList) => Fit::Fits,
            None => Fit::NotStated,
        };
        standing.note(Barrier::Places, places);
        standing
    }

    /// Sessions that have ended do not count; those that state no hours say nothing.
    fn when(&self, listing: &Listing) -> (Fit, u32) {
        let today = self.circumstances.now.date();
        let sessions = &self.snapshot.facts().sessions[listing.sessions.start as usize..listing.sessions.end as usize];
        let mut lasting = sessions.iter().filter(|s| s.ends_on.is_none_or(|last| last >= today)).peekable();
        if lasting.peek().is_none() {
            return (if sessions.is_empty() { Fit::NotStated } else { Fit::DoesNot }, 0);
        }
        let mut minutes = 0;
        let mut silent = false;
        for session in lasting {
            match session.hours {
                Some(hours) => minutes = minutes.max(self.shared_minutes(hours)),
                None => silent = true,
            }
        }
        match (minutes, silent) {
            (1.., _) => (Fit::Fits, minutes),
            (0, true) => (Fit::NotStated, 0),
            (0, false) => (Fit::DoesNot, 0),
        }
    }

    fn shared_minutes(&self, hours: u32) -> u32 {
        *self.shared.borrow_mut().entry(hours).or_insert_with(|| {
            let wanted = self.person.when.as_ref();
            let shared = wanted
                .zip(self.snapshot.hours(hours))
                .map(|(wanted, hours)| hours.overlap_minutes(wanted, self.circumstances.now, self.snapshot.holidays()));
            shared.unwrap_or(0)
        })
    }
}
