//! What of a service is searched as text, and the fingerprint that tells whether it has to be indexed again.

use super::analysis::words;
use super::lexicon::Lexicon;
use crate::meaning::{Sum, Vector};
use crate::model::{Directory, Location, Organisation, Service};
use sha2::{Digest, Sha256};

/// The searched fields, in the order of [`FIELD_NAMES`] and [`FIELD_WEIGHTS`].
pub const TEXT_FIELDS: usize = 7;

/// Their names in the index.
pub const FIELD_NAMES: [&str; TEXT_FIELDS] =
    ["name", "organisation", "summary", "category", "place", "description", "more"];

/// How much a word counts in each field. A name is chosen to say what a service is, so a word there outranks a long
/// text that repeats it; a category is the team's own judgement of the same. What is said of
/// joining, costs and whoever runs it (`more`) is found by its words, and says least of what a service is.
pub const FIELD_WEIGHTS: [f32; TEXT_FIELDS] = [4.0, 1.6, 2.0, 1.5, 0.8, 1.0, 0.3];

/// How much each field counts in what a text means. A name says in few words what a description says in many; whoever
/// runs it says little, and a place nothing.
const MEANING_WEIGHTS: [f32; TEXT_FIELDS] = [2.0, 0.5, 1.5, 1.0, 0.0, 1.0, 0.0];
/// Words of a field after these add nothing to what it means: long descriptions end in addresses and thanks.
const MEANING_WORDS: usize = 200;

/// The texts of one service, by field.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub texts: [String; TEXT_FIELDS],
    /// Codes of its categories and of all above them.
    pub categories: Vec<u16>,
}

impl Document {
    /// The texts of a service at its locations. A confidential location gives nothing away: not even its town.
    pub fn new<'a>(
        service: &Service,
        organisation: Option<&Organisation>,
        locations: impl Iterator<Item = &'a Location>,
        vocabulary: &Directory,
        lexicon: &Lexicon,
    ) -> Self {
        let own = service.categories.iter().filter_map(|code| lexicon.category(code.as_str()));
        let own: Vec<u16> = own.collect();
        let mut categories: Vec<u16> = own.iter().flat_map(|&category| lexicon.line(category)).copied().collect();
        categories.sort_unstable();
        categories.dedup();
        let mut category_text = String::new();
        for &category in &own {
            let category = &vocabulary.categories[usize::from(category)];
            category_text.push_str(&category.name);
            for words in &category.words {
                category_text.push_str("; ");
                category_text.push_str(words);
            }
            category_text.push_str(". ");
        }
        let mut place_text = String::new();
        for location in locations.filter(|location| !location.confidential) {
            for text in [&location.name, &location.town] {
                place_text.push_str(text);
                place_text.push_str(". ");
            }
        }
        let texts = [
            service.name.clone(),
            organisation.map(|organisation| organisation.name.clone()).unwrap_or_default(),
            service.summary.clone(),
            category_text,
            place_text,
            service.description.clone(),
            more(service, organisation),
        ];
        Self { texts, categories }
    }

    /// What the texts mean together; `None` if they say nothing.
    pub fn meaning(&self) -> Option<Vector> {
        let mut sum = Sum::default();
        for (text, weight) in self.texts.iter().zip(MEANING_WEIGHTS).filter(|(_, weight)| *weight > 0.0) {
            sum.add(words(text).iter().take(MEANING_WORDS).map(|word| word.text.as_str()), weight);
        }
        sum.of_service()
    }

    /// A fingerprint of the texts and of `places` (the terms that say where each listing is).
    pub fn fingerprint(&self, places: &[Vec<String>], category_codes: &[&str]) -> [u8; 16] {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        self.texts.iter().for_each(|text| part(text.as_bytes()));
        category_codes.iter().for_each(|code| part(code.as_bytes()));
        for terms in places {
            part(b"listing");
            terms.iter().for_each(|term| part(term.as_bytes()));
        }
        let digest = hash.finalize();
        let mut fingerprint = [0; 16];
        fingerprint.copy_from_slice(&digest[..16]);
        fingerprint
    }
}

/// What is said besides: how to join, what it costs, what to bring, and what its organisation says of itself. An
/// organisation that says of itself what its service says adds nothing.
fn more(service: &Service, organisation: Option<&Organisation>) -> String {
    let of_organisation = organisation.map_or("", |organisation| organisation.description.as_str());
    let said = [
        service.how_to_join.as_str(),
        &service.cost_note,
        &service.bring,
        &service.notice,
        &service.convictions_note,
        if service.description.contains(of_organisation) { "" } else { of_organisation },
    ];
    let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
    said.join("\n")
}
