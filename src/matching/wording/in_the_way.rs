//! What stands in the way of a near miss, and what would change it.

use super::Wording;
use super::way::away;
use crate::matching::candidates::Candidate;
use crate::matching::eligibility::Barrier;
use crate::model::{AgeRange, Service};

impl Wording<'_> {
    /// What is in the way, and what would change it.
    pub fn in_the_way(&self, barrier: Barrier, candidate: &Candidate, service: &Service) -> (String, String) {
        let texts = self.texts;
        let said = |text: &str, help: &str| (texts.text(text).to_string(), texts.text(help).to_string());
        match barrier {
            Barrier::Age => (self.ages(service.age), texts.text("in_the_way.age_help").to_string()),
            Barrier::Audience => said("in_the_way.audience", "in_the_way.audience_help"),
            Barrier::Convictions => said("in_the_way.convictions", "in_the_way.convictions_help"),
            Barrier::Language => said("in_the_way.language", "in_the_way.language_help"),
            Barrier::Access => said("in_the_way.access", "in_the_way.access_help"),
            Barrier::Area => {
                let text = texts.say("in_the_way.area", &[("areas", &self.areas(candidate))]);
                (text, texts.text("in_the_way.area_help").to_string())
            }
            Barrier::Distance => (self.distance(candidate), texts.text("in_the_way.distance_help").to_string()),
            Barrier::When if self.person.when.is_some() => said("in_the_way.when", "in_the_way.when_help"),
            Barrier::When => said("in_the_way.closed", "in_the_way.when_help"),
            Barrier::Places => said("in_the_way.places", "in_the_way.places_help"),
        }
    }

    fn ages(&self, age: AgeRange) -> String {
        match (age.minimum, age.maximum) {
            (Some(from), Some(to)) => self.texts.say("in_the_way.ages", &[("from", &from), ("to", &to)]),
            (Some(from), None) => self.texts.say("in_the_way.age_and_over", &[("from", &from)]),
            (None, Some(to)) => self.texts.say("in_the_way.age_up_to", &[("to", &to)]),
            (None, None) => self.texts.text("in_the_way.other_ages").to_string(),
        }
    }

    fn distance(&self, candidate: &Candidate) -> String {
        let Some(km) = candidate.distance_km else { return self.texts.text("in_the_way.not_near").to_string() };
        let confidential = self.snapshot.facts().listings[candidate.listing as usize].confidential;
        self.texts.say("in_the_way.distance", &[("away", &away(self.texts, km, confidential))])
    }
}
