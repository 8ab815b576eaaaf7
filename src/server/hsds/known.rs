//! The standard's ids → the numbers of our rows. Made once for a generation: a million ids take a second.

use crate::exchange::standard::ids::id;
use crate::exchange::standard::terms::{TAXONOMIES, Terms, taxonomy_id, term_id};
use crate::index::Snapshot;
use crate::server::state::AppState;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Every id of a generation.
pub struct KnownIds {
    generation: String,
    services: HashMap<Uuid, u32>,
    organisations: HashMap<Uuid, u32>,
    /// Listings at public places: a service at a location.
    listings: HashMap<Uuid, u32>,
    terms: HashMap<Uuid, (&'static str, String)>,
    taxonomies: HashMap<Uuid, &'static str>,
}

impl KnownIds {
    /// The ids of the generation; made if another was served before.
    pub fn of(state: &AppState, snapshot: &Snapshot) -> Arc<Self> {
        if let Some(known) = state.hsds_ids.load_full().filter(|known| known.generation == snapshot.generation()) {
            return known;
        }
        let known = Arc::new(Self::new(snapshot));
        state.hsds_ids.store(Some(Arc::clone(&known)));
        known
    }

    fn new(snapshot: &Snapshot) -> Self {
        let parse = |text: String| Uuid::try_parse(&text).unwrap_or_default();
        let facts = snapshot.facts();
        let services =
            facts.services.iter().zip(0..).map(|(service, number)| (parse(id("service", &service.id)), number));
        let organisations = (0..snapshot.counts().organisations as u32).filter_map(|number| {
            let row = snapshot.organisation_row(number)?;
            Some((parse(id("organization", row.id.as_str())), number))
        });
        let listings = facts.listings.iter().zip(0..).filter_map(|(listing, number)| {
            let location = snapshot.location_row(listing.location.filter(|_| !listing.confidential)?)?;
            let service = &facts.services[listing.service as usize].id;
            Some((parse(id("service_at_location", &format!("{service}/{}", location.id))), number))
        });
        let terms = Terms::new(snapshot.vocabulary());
        let of_taxonomy = |name: &'static str| {
            let codes: Vec<String> = terms.codes(name).into_iter().map(str::to_string).collect();
            codes.into_iter().map(move |code| (parse(term_id(name, &code)), (name, code)))
        };
        Self {
            generation: snapshot.generation().to_string(),
            services: services.collect(),
            organisations: organisations.collect(),
            listings: listings.collect(),
            terms: TAXONOMIES.iter().flat_map(|(name, ..)| of_taxonomy(name)).collect(),
            taxonomies: TAXONOMIES.iter().map(|(name, ..)| (parse(taxonomy_id(name)), *name)).collect(),
        }
    }

    pub fn service(&self, id: &str) -> Option<u32> {
        self.services.get(&Uuid::try_parse(id).ok()?).copied()
    }

    pub fn organisation(&self, id: &str) -> Option<u32> {
        self.organisations.get(&Uuid::try_parse(id).ok()?).copied()
    }

    pub fn listing(&self, id: &str) -> Option<u32> {
        self.listings.get(&Uuid::try_parse(id).ok()?).copied()
    }

    /// The taxonomy and code of a term.
    pub fn term(&self, id: &str) -> Option<(&'static str, &str)> {
        let (taxonomy, code) = self.terms.get(&Uuid::try_parse(id).ok()?)?;
        Some((taxonomy, code))
    }

    pub fn taxonomy(&self, id: &str) -> Option<&'static str> {
        self.taxonomies.get(&Uuid::try_parse(id).ok()?).copied()
    }
}
