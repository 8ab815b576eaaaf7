//! What can be reached from a place: each active service once, with the nearest circle in which it can be used, and
//! what it is like there.
//!
//! A place's listings are gathered from the tree once; everything else is bits. The work for a place grows with what is
//! near it and what covers it, never with the directory.

use super::times::Times;
use crate::index::Snapshot;
use crate::index::facts::{Listing, ServiceFacts};
use crate::model::{Delivery, Point};
use crate::search::filter::is_active;
use jiff::civil::Date;

/// The circles, km: a walk, a short ride, a bus across town.
pub const RADII_KM: [f64; 3] = [2.0, 5.0, 10.0];

/// The code of the audience that "women only" means, and of a venue without steps.
const WOMEN: &str = "women";
const STEP_FREE: &str = "step_free";

/// What is true of a service within a circle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    pub const REACHED: Marks = Marks(1);
    pub const EVENINGS: Marks = Marks(1 << 1);
    pub const WEEKENDS: Marks = Marks(1 << 2);
    pub const WOMEN: Marks = Marks(1 << 3);
    pub const STEP_FREE: Marks = Marks(1 << 4);
    pub const FREE: Marks = Marks(1 << 5);
    pub const WITHOUT_TRAVEL: Marks = Marks(1 << 6);
    /// How many there are.
    pub const KINDS: usize = 7;

    pub fn with(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
    pub fn without(self, other: Marks) -> Marks {
        Marks(self.0 & !other.0)
    }
    fn with_if(self, holds: bool, other: Marks) -> Marks {
        if holds { self.with(other) } else { self }
    }
    /// The place of each mark that is set, from 0 on.
    pub fn places(self) -> impl Iterator<Item = usize> {
        (0..Self::KINDS).filter(move |place| self.0 & 1 << place != 0)
    }
    /// The place of a single mark.
    pub fn place(self) -> usize {
        self.0.trailing_zeros() as usize
    }
}

/// A service within each of the circles.
pub type Reach = [Marks; RADII_KM.len()];

/// What can be reached from anywhere, and the means to work out the rest for a place.
pub struct Reaches<'a> {
    snapshot: &'a Snapshot,
    /// For each listing, what is true of it; nothing if it cannot be used at all.
    marks: Vec<Marks>,
    /// For each area, the active services that cover it.
    covering: Vec<Vec<u32>>,
    /// Services that need no travel and state no area: for each, what is true of it wherever somebody is.
    everywhere: Vec<(u32, Marks)>,
    /// The same by service, to look up; nothing for others.
    base: Vec<Marks>,
    /// What is true of a service within each circle of the place at hand; emptied after each place.
    at_hand: Vec<Reach>,
    touched: Vec<u32>,
}

impl<'a> Reaches<'a> {
    pub fn new(snapshot: &'a Snapshot, today: Date) -> Self {
        let facts = snapshot.facts();
        let times = Times::new(snapshot, today);
        let women = snapshot.lexicon().audience(WOMEN);
        let step_free = facts.access_codes.iter().position(|code| code == STEP_FREE).map(|at| at as u16);
        let of_listing = |listing: &Listing| {
            let service = &facts.services[listing.service as usize];
            if !is_active(service) || times.is_over(listing) {
                return Marks::default();
            }
            let open = times.of(listing);
            let is_step_free = step_free.is_some_and(|code| listing.access.contains(&code));
            Marks::REACHED
                .with_if(open.evenings, Marks::EVENINGS)
                .with_if(open.weekends, Marks::WEEKENDS)
                .with_if(women.is_some_and(|women| is_for(service, women)), Marks::WOMEN)
                .with_if(is_step_free, Marks::STEP_FREE)
                .with_if(service.cost.is_some_and(|cost| cost.is_free()), Marks::FREE)
        };
        let marks: Vec<Marks> = facts.listings.iter().map(of_listing).collect();
        let mut covering = vec![Vec::new(); snapshot.vocabulary().areas.len()];
        let mut base = vec![Marks::default(); facts.services.len()];
        for (number, service) in facts.services.iter().enumerate().filter(|(_, service)| is_active(service)) {
            for &area in &service.covers {
                covering[usize::from(area)].push(number as u32);
            }
        }
        for &listing in snapshot.unplaced() {
            let service = facts.listings[listing as usize].service as usize;
            let usable = marks[listing as usize];
            if needs_no_travel(&facts.services[service], &facts.listings[listing as usize])
                && usable != Marks::default()
            {
                base[service] = base[service].with(usable.with(Marks::WITHOUT_TRAVEL));
            }
        }
        let anywhere = base.iter().enumerate().filter(|(_, marks)| **marks != Marks::default());
        let everywhere = anywhere.map(|(service, marks)| (service as u32, *marks)).collect();
        let at_hand = vec![Reach::default(); facts.services.len()];
        Self { snapshot, marks, covering, everywhere, base, at_hand, touched: Vec::new() }
    }

    /// Services that can be used from anywhere.
    pub fn everywhere(&self) -> &[(u32, Marks)] {
        &self.everywhere
    }

    /// Services that can be used somewhere or other.
    pub fn anywhere_at_all(&self) -> impl Iterator<Item = u32> {
        let usable = self.marks.iter().zip(&self.snapshot.facts().listings);
        usable.filter(|(marks, _)| **marks != Marks::default()).map(|(_, listing)| listing.service)
    }

    /// Each service that can be reached from a place that lies in these areas, with what [`Reaches::everywhere`] does
    /// not say of it already.
    pub fn from(&mut self, place: Point, areas: &[u16], mut each: impl FnMut(u32, Reach)) {
        let snapshot = self.snapshot;
        let facts = snapshot.facts();
        for number in snapshot.tree().within(place, RADII_KM[RADII_KM.len() - 1]) {
            let listing = &facts.listings[number as usize];
            let Some(km) = listing.point.map(|point| point.distance_km(place)) else { continue };
            let marks = self.marks[number as usize];
            for (ring, radius) in RADII_KM.iter().enumerate() {
                if km <= *radius {
                    self.note(listing.service, ring, marks);
                }
            }
        }
        for &area in areas {
            for at in 0..self.covering[usize::from(area)].len() {
                let service = self.covering[usize::from(area)][at];
                self.note_covering(service, &facts.services[service as usize]);
            }
        }
        for service in std::mem::take(&mut self.touched) {
            let mut reach = std::mem::take(&mut self.at_hand[service as usize]);
            let base = self.base[service as usize];
            reach.iter_mut().for_each(|marks| *marks = marks.without(base));
            each(service, reach);
        }
    }

    /// All listings of a service that covers the place count, wherever they are: it promises to serve people there. But
    /// a venue without steps is one only for those who can get to it.
    fn note_covering(&mut self, service: u32, row: &ServiceFacts) {
        for listing in row.listings.clone() {
            let marks = self.marks[listing as usize].without(Marks::STEP_FREE);
            if marks != Marks::default() {
                for ring in 0..RADII_KM.len() {
                    self.note(service, ring, marks.with(Marks::WITHOUT_TRAVEL));
                }
            }
        }
    }

    fn note(&mut self, service: u32, ring: usize, marks: Marks) {
        if marks == Marks::default() {
            return;
        }
        let reach = &mut self.at_hand[service as usize];
        if *reach == Reach::default() {
            self.touched.push(service);
        }
        reach[ring] = reach[ring].with(marks);
    }
}

/// By phone or online, for anyone. A venue that nobody could find on the map is not that, nor is outreach that does not
/// say where: such services are found by a search, but nobody can promise that they reach a place.
fn needs_no_travel(service: &ServiceFacts, listing: &Listing) -> bool {
    let remote = service.delivery.has(Delivery::Phone) || service.delivery.has(Delivery::Online);
    listing.location.is_none() && service.covers.is_empty() && remote
}

/// Restricted to them, or especially for them.
fn is_for(service: &ServiceFacts, audience: u16) -> bool {
    service.only_for.contains(&audience) || service.welcomes.contains(&audience)
}
