//! A person's profile → options to choose from, with reasons.
//!
//! In reading order: what is asked (`profile`), the checked `person` with their `aims`, who can join (`eligibility`),
//! what counts how much (`score`, `travel`), every service that serves an aim (`candidates`), the set that is shown
//! (`choose`), what is said about it (`wording`, `funds`), what is `missing`, and the shape of the `answer`.
//! What a person then chose becomes a `plan`.

pub mod profile;
pub mod person;
pub mod aims;
pub mod eligibility;
pub mod travel;
pub mod score;
pub mod candidates;
pub mod choose;
pub mod wording;
pub mod funds;
pub mod missing;
pub mod answer;
pub mod plan;

use crate::index::Snapshot;
use crate::search::opens::Openings;
use crate::search::public::{PublicLocation, PublicService, PublicSession};
use crate::search::rank::{round, shown_distance};
use crate::search::{Circumstances, NoAnswer, crisis};
use answer::{Costs, Options, ServiceOption, Support, UnderstoodGoal};
use candidates::Candidate;
use person::Person;
use profile::Profile;
use score::{CostState, Weights};

/// How an installation matches, beside what is asked: from its settings.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    pub weights: Weights,
}

/// Finds what a person could choose from.
///
/// # Errors
/// Everything that is wrong with the profile at once; or the time was up; or the index could not be read.
pub fn match_profile(
    snapshot: &Snapshot,
    profile: &Profile,
    manner: &Manner,
    circumstances: &Circumstances<'_>,
) -> Result<Options, NoAnswer> {
    let person = Person::new(profile, snapshot, circumstances).map_err(NoAnswer::Mistakes)?;
    let candidates = candidates::candidates(snapshot, &person, &manner.weights, circumstances)?;
    let eligible: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.is_eligible()).collect();
    let chosen = choose::choose(snapshot, &eligible, &person.aims, person.limit);
    let mut openings = Openings::new(snapshot, circumstances.now);
    let options = chosen
        .into_iter()
        .filter_map(|candidate| option(snapshot, &person, candidate, &mut openings, circumstances))
        .collect();
    let served = |aim: usize| eligible.iter().filter(|candidate| candidate.fits[aim] > 0.0).count();
    let goals = person.aims.iter().enumerate().map(|(at, aim)| UnderstoodGoal {
        goals: aim.goal_guesses(snapshot),
        categories: aim.category_guesses(snapshot),
        understood: aim.words.clone(),
        importance: aim.importance,
        options: served(at),
    });
    let words: Vec<&str> = person.aims.iter().map(|aim| aim.text.as_str()).collect();
    Ok(Options {
        crisis: crisis::help_for(&words.join(". "), snapshot),
        options,
        almost: missing::near_misses(snapshot, &person, &candidates),
        ruled_out: candidates::ruled_out(&candidates),
        goals: goals.collect(),
        gaps: missing::gaps(snapshot, &person, &candidates),
        relax: missing::relaxations(&person, &candidates),
        place: person.place.as_ref().map(|place| place.understood.clone()),
        generation: snapshot.generation().to_string(),
        sample: snapshot.vocabulary().is_sample,
    })
}

fn option(
    snapshot: &Snapshot,
    person: &Person,
    candidate: &Candidate,
    openings: &mut Openings<'_>,
    circumstances: &Circumstances<'_>,
) -> Option<ServiceOption> {
    let facts = snapshot.facts();
    let service_facts = &facts.services[candidate.service as usize];
    let listing = &facts.listings[candidate.listing as usize];
    let record = snapshot.record(candidate.service as usize)?;
    let service = &record.service;
    let organisation = snapshot.organisation_row(service_facts.organisation)?;
    let (session, opens) = openings.of(listing);
    let session = session.and_then(|session| record.sessions.get(usize::from(session.in_record)));
    let shared = person.when.as_ref().and_then(|when| {
        let free = when.openings(circumstances.now, crate::model::hours::HORIZON_DAYS, snapshot.holidays());
        openings.first_shared(listing, &free)
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
        supports: supports(snapshot, person, candidate),
        score: candidate.parts.score(),
        because: wording::because(snapshot, person, candidate, service, shared),
        check_first: wording::check_first(
            snapshot,
            person,
            candidate,
            service,
            opens.as_ref(),
            circumstances.now.date(),
        ),
        costs: Costs {
            a_visit: service.cost,
            note: service.cost_note.clone(),
            state: CostState::of(service.cost, person.most).name(),
        },
        funds: funds::for_option(snapshot, person, candidate, service),
        opens,
        service: PublicService::new(service, &organisation.name),
    })
}

/// The goals that an option serves, the most directly served first.
fn supports(snapshot: &Snapshot, person: &Person, candidate: &Candidate) -> Vec<Support> {
    let name = |at: usize| match person.aims[at].goals.first() {
        Some((goal, _)) if person.aims[at].text.is_empty() => {
            snapshot.vocabulary().goals[usize::from(*goal)].name.clone()
        }
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
