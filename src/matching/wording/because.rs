//! Why an option is there.

use super::{Wording, reason};
use crate::index::analysis::{stem, words};
use crate::index::facts::ServiceFacts;
use crate::matching::aims::{Aim, Wish};
use crate::matching::answer::Reason;
use crate::matching::candidates::Candidate;
use crate::matching::eligibility::Barrier;
use crate::model::{LedBy, Places, Referral, Service};
use crate::search::understand::Way;
use jiff::civil::DateTime;

/// Reasons for one goal in own words: more would repeat themselves.
const MOST_PARTS: usize = 2;

/// What is known of an option beside the candidate.
#[derive(Clone, Copy)]
pub struct Because<'a> {
    pub service: &'a Service,
    /// When it is first open while the person is free.
    pub shared: Option<DateTime>,
}

impl Wording<'_> {
    /// Why an option is there, the most personal first.
    pub fn because(&self, candidate: &Candidate, known: Because<'_>) -> Vec<Reason> {
        let (texts, service) = (self.texts, known.service);
        let mut reasons = Vec::new();
        for (at, aim) in self.person.aims.iter().enumerate() {
            reasons.extend(self.for_goal(aim, candidate, candidate.served[at], service));
        }
        reasons.extend(self.way_there(candidate));
        if let Some(at) = known.shared {
            let text = texts.say("because.when", &[("when", &texts.day_and_time(at))]);
            reasons.push(reason("sessions.opening_hours", text));
        }
        if service.led_by.contains(&LedBy::Peers) {
            reasons.push(reason("services.led_by", texts.text("because.led_by_peers")));
        } else if service.led_by.contains(&LedBy::Members) {
            reasons.push(reason("services.led_by", texts.text("because.led_by_members")));
        }
        match service.cost {
            Some(cost) if cost.is_free() => reasons.push(reason("services.cost", texts.text("because.free"))),
            Some(cost) if self.person.most.is_some_and(|most| cost <= most) => {
                reasons.push(reason("services.cost", texts.say("because.affordable", &[("cost", &cost)])));
            }
            _ => {}
        }
        reasons.extend(self.especially_for(candidate));
        let stated = [
            (candidate.standing.fits.has(Barrier::Convictions), "services.convictions", "because.convictions"),
            (candidate.standing.fits.has(Barrier::Language), "services.languages", "because.language"),
            (
                candidate.standing.fits.has(Barrier::Access) && self.happens_somewhere(candidate),
                "locations.accessibility",
                "because.access",
            ),
            (service.referral.contains(&Referral::DropIn), "services.referral", "because.drop_in"),
            (service.places == Some(Places::Open), "services.places", "because.places"),
        ];
        let stated = stated.into_iter().filter(|(is_so, ..)| *is_so);
        reasons.extend(stated.map(|(_, field, key)| reason(field, texts.text(key))));
        reasons
    }

    /// The people it is especially for, in words that the person used about themselves.
    fn especially_for(&self, candidate: &Candidate) -> Option<Reason> {
        let facts = &self.snapshot.facts().services[candidate.service as usize];
        let audience = facts.welcomes.iter().find(|audience| self.person.audiences.contains(audience))?;
        let row = &self.snapshot.vocabulary().audiences[usize::from(*audience)];
        let audience = self.name("audiences", &row.code, &row.name);
        Some(reason("services.welcomes", self.texts.say("because.especially", &[("audience", &audience)])))
    }

    /// The parts of a goal that a service serves, in the person's own words, and what it is that serves them.
    fn for_goal(&self, aim: &Aim, candidate: &Candidate, served: u16, service: &Service) -> Vec<Reason> {
        if served == 0 {
            return Vec::new();
        }
        let facts = &self.snapshot.facts().services[candidate.service as usize];
        let mut parts = aim.parts_served(served);
        let fit = |wishes: &[&Wish]| wishes.iter().map(|wish| wish.fit_by_category(facts)).fold(0.0, f64::max);
        // The most direct first; what the team said it is comes before what stands in a text, which has no fit here.
        parts.sort_by(|(_, a), (_, b)| fit(b).total_cmp(&fit(a)));
        parts.truncate(MOST_PARTS);
        let reasons = parts.into_iter().map(|(text, wishes)| {
            let chosen = || aim.goals.first().map(|goal| self.goal(goal.0)).unwrap_or_default();
            let wish = if aim.text.is_empty() { chosen() } else { text.to_string() };
            let best = wishes.iter().max_by(|a, b| a.fit_by_category(facts).total_cmp(&b.fit_by_category(facts)));
            match best.and_then(|wish| self.serving_category(wish, facts)) {
                // Nobody is shown again what they said in despair.
                Some(category) if self.in_crisis => reason("services.categories", category),
                Some(category) => {
                    let text = self.texts.say("because.category", &[("wish", &wish), ("category", &category)]);
                    reason("services.categories", text)
                }
                None => reason(field_that_has(&wishes, service), self.texts.say("because.text", &[("wish", &wish)])),
            }
        });
        reasons.collect()
    }

    /// The name of the category by which a service serves a wish most directly.
    fn serving_category(&self, wish: &Wish, facts: &ServiceFacts) -> Option<String> {
        let fit = |category: &u16| wish.fits[usize::from(*category)];
        let serving = facts.categories.iter().filter(|category| fit(category) > 0.0);
        // `max_by` gives the last of equals: the first category is what a service mainly is.
        let best = serving.rev().max_by(|a, b| fit(a).total_cmp(&fit(b)))?;
        let row = &self.snapshot.vocabulary().categories[usize::from(*best)];
        Some(self.name("categories", &row.code, &row.name))
    }
}

/// The column in which one of the words stands.
fn field_that_has(wishes: &[&Wish], service: &Service) -> &'static str {
    let ways = wishes.iter().filter_map(|wish| wish.concept.as_ref()).flat_map(|concept| &concept.ways);
    let looked_for: Vec<String> = ways
        .flat_map(|way| match way {
            Way::Words { words, .. } => words.as_slice(),
            Way::Category { .. } => &[],
        })
        .map(|word| stem(word))
        .collect();
    let texts = [
        ("services.summary", &service.summary),
        ("services.description", &service.description),
        ("services.name", &service.name),
    ];
    if looked_for.is_empty() {
        // It is there for what its text means as a whole.
        return if service.description.is_empty() { "services.summary" } else { "services.description" };
    }
    let has = |text: &str| words(text).iter().any(|word| looked_for.contains(&stem(&word.text)));
    // The other texts that are searched are names: of the organisation and of the place.
    texts.into_iter().find(|(_, text)| has(text)).map_or("organisations.name", |(field, _)| field)
}
