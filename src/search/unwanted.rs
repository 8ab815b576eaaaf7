//! What a person does not want ("not in a church") comes last: by category, or by the name of the service.

use super::understand::{Understanding, Way};
use crate::index::Snapshot;
use crate::index::analysis::stem;
use crate::index::facts::ServiceFacts;

/// What is not wanted, made ready to be looked for in many services.
pub(super) struct Unwanted {
    /// Categories, with all below them, that are not wanted, and not wanted by other words either.
    categories: Vec<u16>,
    wanted: Vec<u16>,
    /// Words that a name must not have: all of one list.
    words: Vec<Vec<String>>,
}

impl Unwanted {
    pub(super) fn new(understanding: &Understanding, snapshot: &Snapshot) -> Self {
        let families = |categories: &mut dyn Iterator<Item = u16>| -> Vec<u16> {
            categories.flat_map(|category| snapshot.lexicon().family(category)).copied().collect()
        };
        let of = |concepts: &[super::understand::Concept]| {
            families(&mut concepts.iter().flat_map(|concept| concept.categories().map(|(category, _)| category)))
        };
        let said = |way: &Way| match way {
            Way::Words { words, .. } => Some(words.iter().map(|word| stem(word)).collect()),
            Way::Category { .. } => None,
        };
        Self {
            categories: of(&understanding.unwanted),
            wanted: of(&understanding.concepts),
            // The first way of a concept is the words themselves.
            words: understanding.unwanted.iter().filter_map(|concept| concept.ways.first().and_then(said)).collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.categories.is_empty() && self.words.is_empty()
    }

    /// Whether a service is of an unwanted kind and of none that is wanted.
    pub(super) fn is(&self, service: &ServiceFacts) -> bool {
        let of = |categories: &[u16]| service.categories.iter().any(|own| categories.contains(own));
        of(&self.categories) && !of(&self.wanted)
    }

    /// Whether a name, cut into folded words, has an unwanted word or phrase.
    pub(super) fn names(&self, name: &[String]) -> bool {
        let name: Vec<String> = name.iter().map(|word| stem(word)).collect();
        self.words.iter().any(|words| words.iter().all(|word| name.contains(word)))
    }
}
