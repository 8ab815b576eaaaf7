//! Counts of the services of an answer by what they are.

use super::answer::FacetCount;
use crate::index::Snapshot;
use crate::index::facts::{Bits, ServiceFacts};
use crate::model::{Coded, Delivery, LedBy, Referral};
use std::collections::BTreeMap;

/// Counts as they grow, service by service.
pub struct Facets<'a> {
    snapshot: &'a Snapshot,
    categories: Vec<usize>,
    goals: Vec<usize>,
    /// The goals that each category serves, by itself or as one below another.
    goals_of: Vec<Vec<u16>>,
    audiences: Vec<usize>,
    languages: Vec<usize>,
    delivery: Vec<usize>,
    referral: Vec<usize>,
    led_by: Vec<usize>,
    /// Free, paid, not stated.
    cost: [usize; 3],
}

impl<'a> Facets<'a> {
    pub fn new(snapshot: &'a Snapshot) -> Self {
        Self {
            snapshot,
            categories: vec![0; snapshot.vocabulary().categories.len()],
            goals: vec![0; snapshot.vocabulary().goals.len()],
            goals_of: goals_of(snapshot),
            audiences: vec![0; snapshot.vocabulary().audiences.len()],
            languages: vec![0; snapshot.facts().languages.len()],
            delivery: vec![0; Delivery::ALL.len()],
            referral: vec![0; Referral::ALL.len()],
            led_by: vec![0; LedBy::ALL.len()],
            cost: [0; 3],
        }
    }

    pub fn add(&mut self, service: &ServiceFacts) {
        let lexicon = self.snapshot.lexicon();
        for (at, &category) in service.categories.iter().enumerate() {
            for &above in lexicon.line(category) {
                // A family counts a service once, however many of its categories the service has.
                let earlier = &service.categories[..at];
                if !earlier.iter().any(|&other| lexicon.line(other).contains(&above)) {
                    self.categories[usize::from(above)] += 1;
                }
            }
        }
        for (at, &category) in service.categories.iter().enumerate() {
            for &goal in &self.goals_of[usize::from(category)] {
                let served = |&earlier: &u16| self.goals_of[usize::from(earlier)].contains(&goal);
                if !service.categories[..at].iter().any(served) {
                    self.goals[usize::from(goal)] += 1;
                }
            }
        }
        for &audience in
            service.only_for.iter().chain(service.welcomes.iter().filter(|a| !service.only_for.contains(a)))
        {
            self.audiences[usize::from(audience)] += 1;
        }
        for &language in &service.languages {
            self.languages[usize::from(language)] += 1;
        }
        count_bits::<Delivery>(&mut self.delivery, service.delivery);
        count_bits::<Referral>(&mut self.referral, service.referral);
        count_bits::<LedBy>(&mut self.led_by, service.led_by);
        self.cost[match service.cost {
            Some(cost) if cost.is_free() => 0,
            Some(_) => 1,
            None => 2,
        }] += 1;
    }

    /// The counts that are not zero, the largest first, equal ones in order of their codes.
    pub fn counts(self) -> BTreeMap<&'static str, Vec<FacetCount>> {
        let vocabulary = self.snapshot.vocabulary();
        let category = |at: usize| (vocabulary.categories[at].code.to_string(), vocabulary.categories[at].name.clone());
        let goal = |at: usize| (vocabulary.goals[at].code.to_string(), vocabulary.goals[at].name.clone());
        let audience = |at: usize| (vocabulary.audiences[at].code.to_string(), vocabulary.audiences[at].name.clone());
        let language =
            |at: usize| (self.snapshot.facts().languages[at].clone(), self.snapshot.facts().languages[at].clone());
        let costs = [("free", "Free"), ("paid", "Costs something"), ("not_stated", "Cost not stated")];
        let cost = |at: usize| (costs[at].0.to_string(), costs[at].1.to_string());
        BTreeMap::from([
            ("category", sorted(&self.categories, category)),
            ("goal", sorted(&self.goals, goal)),
            ("audience", sorted(&self.audiences, audience)),
            ("language", sorted(&self.languages, language)),
            ("delivery", sorted(&self.delivery, coded::<Delivery>)),
            ("referral", sorted(&self.referral, coded::<Referral>)),
            ("led_by", sorted(&self.led_by, coded::<LedBy>)),
            ("cost", sorted(&self.cost, cost)),
        ])
    }
}

fn goals_of(snapshot: &Snapshot) -> Vec<Vec<u16>> {
    let lexicon = snapshot.lexicon();
    let mut goals_of = vec![Vec::new(); snapshot.vocabulary().categories.len()];
    for goal in 0..snapshot.vocabulary().goals.len() as u16 {
        for &category in lexicon.categories_of_goal(goal).iter().flat_map(|(category, _)| lexicon.family(*category)) {
            let goals: &mut Vec<u16> = &mut goals_of[usize::from(category)];
            if goals.last() != Some(&goal) {
                goals.push(goal);
            }
        }
    }
    goals_of
}

fn count_bits<T: Coded>(counts: &mut [usize], bits: Bits) {
    for (at, value) in T::ALL.iter().enumerate() {
        counts[at] += usize::from(bits.has(*value));
    }
}

/// A code and what people read for it: `drop_in`, "drop in".
fn coded<T: Coded>(at: usize) -> (String, String) {
    let code = T::ALL[at].code();
    (code.to_string(), code.replace('_', " "))
}

fn sorted(counts: &[usize], name: impl Fn(usize) -> (String, String)) -> Vec<FacetCount> {
    let mut facets: Vec<FacetCount> = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(at, &count)| {
            let (code, name) = name(at);
            FacetCount { code, name, count }
        })
        .collect();
    facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
    facets
}
