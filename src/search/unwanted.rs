//! What a person does not want ("not in a church") comes last: by category, or by the name of the service.

use super::NoAnswer;
use super::text;
use super::understand::{Concept, Way};
use crate::index::Snapshot;
use crate::index::analysis::stem;
use crate::index::facts::ServiceFacts;
use std::collections::HashSet;

/// What is not wanted, made ready to be looked for in many services.
#[derive(Debug, Default)]
pub struct Unwanted {
    /// Categories, with all below them, that are not wanted, and not wanted by other words either.
    categories: Vec<u16>,
    wanted: Vec<u16>,
    /// Services whose names have all the words of something that is not wanted.
    named: HashSet<u32>,
}

impl Unwanted {
    /// # Errors
    /// The time is up, or the index cannot be read.
    pub fn new<'a>(
        unwanted: &[Concept],
        wanted: impl Iterator<Item = &'a Concept>,
        snapshot: &Snapshot,
        out_of_time: &dyn Fn() -> bool,
    ) -> Result<Self, NoAnswer> {
        if unwanted.is_empty() {
            return Ok(Self::default());
        }
        let families = |categories: &mut dyn Iterator<Item = u16>| -> Vec<u16> {
            categories.flat_map(|category| snapshot.lexicon().family(category)).copied().collect()
        };
        let categories = |concept: &'a Concept| concept.categories().map(|(category, _)| category);
        let mut made = Self {
            categories: families(&mut unwanted.iter().flat_map(Concept::categories).map(|(category, _)| category)),
            wanted: families(&mut wanted.flat_map(categories)),
            named: HashSet::new(),
        };
        for concept in unwanted {
            // The first way of a concept is the words themselves.
            if let Some(Way::Words { words, .. }) = concept.ways.first() {
                let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
                made.named.extend(text::services_named(snapshot, &stems, out_of_time)?);
            }
        }
        Ok(made)
    }

    /// Whether a service is of an unwanted kind and of none that is wanted, or named after something unwanted.
    pub fn is(&self, number: u32, service: &ServiceFacts) -> bool {
        let of = |categories: &[u16]| service.categories.iter().any(|own| categories.contains(own));
        of(&self.categories) && !of(&self.wanted) || self.named.contains(&number)
    }
}
