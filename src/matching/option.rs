//! What is shown of an option: the service at its best session, why it is there, what it costs, and the same elsewhere.

use super::answer::{Costs, Elsewhere, ServiceOption, Support};
use super::candidates::Candidate;
use super::eligibility::Judge;
use super::funds;
use super::person::Person;
use super::score::CostState;
use super::wording::{Because, Wording};
use crate::index::Snapshot;
use crate::search::Circumstances;
use crate::search::opens::Openings;
use crate::search::public::{PublicLocation, PublicService, PublicSession};
use crate::search::rank::{round, shown_distance};

/// Other places and times in one option.
const MOST_ELSEWHERE: usize = 6;

/// Shows candidates, each with what is worked out for it alone.
pub(super) struct Shown<'a> {
    snapshot: &'a Snapshot,
    person: &'a Person,
    wording: Wording<'a>,
    circumstances: &'a Circumstances<'a>,
    judge: Judge<'a>,
    openings: Openings<'a>,
}

impl<'a> Shown<'a> {
    pub(super) fn new(wording: Wording<'a>, circumstances: &'a Circumstances<'a>) -> Self {
        let Wording { snapshot, person, .. } = wording;
        let judge = Judge::new(snapshot, person, circumstances);
        Self { snapshot, person, wording, circumstances, judge, openings: Openings::new(snapshot, circumstances.now) }
    }

    /// The option; nothing if its rows cannot be read.
    pub(super) fn option(&mut self, candidate: &Candidate) -> Option<ServiceOption> {
        let (snapshot, person, now) = (self.snapshot, self.person, self.circumstances.now);
        let facts = snapshot.facts();
        let service_facts = &facts.services[candidate.service as usize];
        let listing = &facts.listings[candidate.listing as usize];
        let record = snapshot.record(candidate.service as usize)?;
        let service = &record.service;
        let organisation = snapshot.organisation_row(service_facts.organisation)?;
        let (session, opens) = self.openings.of(listing);
        let session = session.and_then(|session| record.sessions.get(usize::from(session.in_record)));
        let shared = person.when.as_ref().and_then(|when| {
            let free = when.openings(now, crate::model::hours::HORIZON_DAYS, snapshot.holidays());
            self.openings.first_shared(listing, &free)
        });
        let location = listing.location.and_then(|number| snapshot.location_row(number));
        let travel_minutes = person.travel.zip(candidate.distance_km).map(|(travel, km)| {
            // The time to a confidential place would give its distance away.
            let km = if listing.confidential { shown_distance(km, true) } else { km };
            travel.minutes(km).round() as u32
        });
        Some(ServiceOption {
            session: session.map(PublicSession::new),
            location: location.as_ref().map(PublicLocation::new),
            distance_km: candidate.distance_km.map(|km| shown_distance(km, listing.confidential)),
            travel_minutes,
            supports: supports(self.wording, candidate),
            score: candidate.parts.score(),
            because: self.wording.because(candidate, Because { service, shared }),
            check_first: self.wording.check_first(candidate, service, opens.as_ref(), now.date()),
            costs: Costs {
                a_visit: service.cost,
                note: service.cost_note.clone(),
                state: CostState::of(service.cost, person.most).name(),
            },
            funds: funds::for_option(snapshot, person, candidate, service),
            opens,
            also: self.also(candidate),
            service: PublicService::new(service, &organisation.name),
        })
    }

    /// Where and when else the person could go for the same, the nearest first, then by id.
    fn also(&mut self, candidate: &Candidate) -> Vec<Elsewhere> {
        let facts = self.snapshot.facts();
        let services = std::iter::once(&candidate.service).chain(&candidate.twins);
        let listings = services.flat_map(|service| facts.services[*service as usize].listings.clone());
        let others = listings.filter(|listing| *listing != candidate.listing).filter_map(|number| {
            let listing = &facts.listings[number as usize];
            let standing = self.judge.standing(&facts.services[listing.service as usize], listing);
            let place = self.person.place.as_ref();
            let km = place.and_then(|place| Some(listing.point?.distance_km(place.point)));
            standing.fails.is_empty().then_some((number, km))
        });
        let mut others: Vec<(u32, Option<f64>)> = others.collect();
        let far = |km: Option<f64>| km.unwrap_or(f64::INFINITY);
        others.sort_by(|a, b| far(a.1).total_cmp(&far(b.1)).then(a.0.cmp(&b.0)));
        others.truncate(MOST_ELSEWHERE);
        others.into_iter().filter_map(|(number, km)| self.elsewhere(number, km)).collect()
    }

    fn elsewhere(&mut self, number: u32, km: Option<f64>) -> Option<Elsewhere> {
        let listing = &self.snapshot.facts().listings[number as usize];
        let record = self.snapshot.record(listing.service as usize)?;
        let (session, opens) = self.openings.of(listing);
        let session = session.and_then(|session| record.sessions.get(usize::from(session.in_record)));
        let location = listing.location.and_then(|number| self.snapshot.location_row(number));
        Some(Elsewhere {
            service_id: record.service.id.clone(),
            session: session.map(PublicSession::new),
            location: location.as_ref().map(PublicLocation::new),
            distance_km: km.map(|km| shown_distance(km, listing.confidential)),
            opens,
        })
    }
}

/// The goals that an option serves, the most directly served first.
fn supports(wording: Wording<'_>, candidate: &Candidate) -> Vec<Support> {
    let person = wording.person;
    let name = |at: usize| match person.aims[at].goals.first() {
        Some((goal, _)) if person.aims[at].text.is_empty() => wording.goal(*goal),
        _ => {
            let parts = person.aims[at].parts_served(candidate.served[at]);
            parts.iter().map(|(text, _)| *text).collect::<Vec<_>>().join("; ")
        }
    };
    let mut supports: Vec<Support> = candidate
        .fits
        .iter()
        .enumerate()
        .filter(|(_, fit)| **fit > 0.0)
        .map(|(at, fit)| Support { goal: at, name: name(at), fit: round(*fit) })
        .collect();
    supports.sort_by(|a, b| b.fit.total_cmp(&a.fit).then(a.goal.cmp(&b.goal)));
    supports
}
