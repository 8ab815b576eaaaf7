//! The proposals themselves: for each service without categories what it probably is, for each that does not say for
//! whom it is whom it names, and the goals that would follow.

use super::confidence::{Evidence, For};
use super::directions::Directions;
use super::examples::{Examples, MOST_EXAMPLES};
use super::phrases::{Found, Phrases};
use super::texts::{Text, stems, texts};
use crate::index::lexicon::Lexicon;
use crate::model::{Directory, Id, Service, Status};
use crate::search::rank::round;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Proposals that are less likely right than this are not made: reading them would cost more than they bring.
pub const LEAST: f64 = 0.3;
/// The most codes of a kind for one service; few have more.
const MOST: usize = 4;
/// Reasons that are named.
const MOST_REASONS: usize = 4;
/// From this on a text means so much what a code means that it speaks for the code without any of its words.
const CLOSE: f64 = 2.0;
/// The strength of a category that is just what a goal is for.
const STRONGEST: f64 = 3.0;

/// The column of `services.csv` that a proposal is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Categories,
    OnlyFor,
    Welcomes,
    /// No column of a service: the goals under which people would find it, if the categories were taken.
    Goals,
}

impl Column {
    pub fn name(self) -> &'static str {
        match self {
            Self::Categories => "categories",
            Self::OnlyFor => "only_for",
            Self::Welcomes => "welcomes",
            Self::Goals => "goals",
        }
    }
}

/// A code for a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub service: Id,
    pub column: Column,
    pub code: String,
    pub name: String,
    /// 0–1: of a hundred proposals with this number, so many are right.
    pub confidence: f64,
    /// The words it rests on.
    pub because: String,
}

/// What can be learned of a directory, made ready once.
struct Reader<'a> {
    directory: &'a Directory,
    phrases: Phrases<'a>,
    lexicon: &'a Lexicon,
    categories: Examples,
    audiences: Examples,
    category_directions: Directions,
    audience_directions: Directions,
}

/// Proposes categories, audiences and goals for the services that have none, in the order of the file; closed ones are
/// left alone.
pub fn propose(directory: &Directory) -> Vec<Proposal> {
    let lexicon = Lexicon::new(directory);
    let names: HashMap<&str, &str> =
        directory.organisations.iter().map(|row| (row.id.as_str(), row.name.as_str())).collect();
    let cut = |service: &Service| texts(service, names.get(service.organisation_id.as_str()).unwrap_or(&""));
    let all: Vec<Vec<Text>> = directory.services.iter().map(cut).collect();
    let reader = Reader::new(directory, &lexicon, &all);
    let mut proposals = Vec::new();
    for (service, texts) in directory.services.iter().zip(&all) {
        if service.status != Status::Closed {
            reader.propose(service, texts, &mut proposals);
        }
    }
    proposals
}

impl<'a> Reader<'a> {
    fn new(directory: &'a Directory, lexicon: &'a Lexicon, all: &[Vec<Text>]) -> Self {
        let every = (all.len() / MOST_EXAMPLES).max(1);
        let some = || directory.services.iter().zip(all).step_by(every);
        let phrases = Phrases::count(lexicon, some().map(|(_, texts)| texts.as_slice()));
        let examples = |codes: &dyn Fn(&Service) -> Vec<u16>| {
            let with_codes = some().map(|(service, texts)| (stems(texts), codes(service)));
            let with_codes: Vec<(BTreeSet<String>, Vec<u16>)> =
                with_codes.filter(|(_, codes)| !codes.is_empty()).collect();
            Examples::learn(&with_codes)
        };
        let is_above = |category: &u16| lexicon.family(*category).len() > 1;
        Self {
            directory,
            phrases,
            lexicon,
            categories: examples(&|service| {
                service.categories.iter().filter_map(|code| lexicon.category(code.as_str())).collect()
            }),
            audiences: examples(&|service| {
                let stated = service.only_for.iter().chain(&service.welcomes);
                stated.filter_map(|code| lexicon.audience(code.as_str())).collect()
            }),
            // Categories that only head others are left out: nothing is one of them.
            category_directions: Directions::of(
                directory
                    .categories
                    .iter()
                    .enumerate()
                    .map(|(at, row)| (!is_above(&(at as u16))).then_some((row.name.as_str(), row.words.as_slice()))),
            ),
            audience_directions: Directions::of(
                directory.audiences.iter().map(|row| Some((row.name.as_str(), row.words.as_slice()))),
            ),
        }
    }

    fn propose(&self, service: &Service, texts: &[Text], proposals: &mut Vec<Proposal>) {
        let found = self.phrases.found(texts);
        let stems = stems(texts);
        if service.categories.is_empty() {
            let categories = self.weigh(&found, texts, &stems, For::Category);
            let goals = self.goals(service, &categories);
            for weighed in categories {
                let category = &self.directory.categories[usize::from(weighed.code)];
                proposals.push(weighed.proposal(service, Column::Categories, category.code.as_str(), &category.name));
            }
            proposals.extend(goals);
        }
        if service.only_for.is_empty() && service.welcomes.is_empty() {
            for weighed in self.weigh(&found, texts, &stems, For::Audience) {
                let audience = &self.directory.audiences[usize::from(weighed.code)];
                let column = if weighed.only { Column::OnlyFor } else { Column::Welcomes };
                proposals.push(weighed.proposal(service, column, audience.code.as_str(), &audience.name));
            }
        }
    }

    /// The codes of a kind that the texts speak for, the surest first.
    fn weigh(&self, found: &[Found], texts: &[Text], stems: &BTreeSet<String>, whose: For) -> Vec<Weighed> {
        let mut all: BTreeMap<u16, Weighed> = BTreeMap::new();
        for found in found {
            let codes = if whose == For::Category { &found.categories } else { &found.audiences };
            for &(code, share) in codes {
                let weighed = all.entry(code).or_insert_with(|| Weighed::new(code));
                weighed.evidence.phrases += share * found.weight;
                weighed.reasons.push((share * found.weight, format!("“{}” in the {}", found.phrase, found.field)));
                weighed.only |= found.only;
            }
        }
        let examples = if whose == For::Category { &self.categories } else { &self.audiences };
        let length = (stems.len().max(1) as f64).sqrt();
        let mut like: BTreeMap<u16, Vec<(f64, &str)>> = BTreeMap::new();
        for (stem, code, weight) in examples.words_for(stems) {
            all.entry(code).or_insert_with(|| Weighed::new(code)).evidence.examples += weight / length;
            like.entry(code).or_default().push((weight, stem));
        }
        for (code, mut words) in like {
            words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
            let words: Vec<&str> = words.iter().take(MOST_REASONS).map(|(_, stem)| *stem).collect();
            if let Some(weighed) = all.get_mut(&code) {
                let said = format!("others that have it say {}", words.join(", "));
                weighed.reasons.push((0.0, said));
            }
        }
        let directions = match whose {
            For::Category => &self.category_directions,
            For::Audience => &self.audience_directions,
        };
        for (code, near) in directions.nearness(texts) {
            if near >= CLOSE {
                let reasons = &mut all.entry(code).or_insert_with(|| Weighed::new(code)).reasons;
                reasons.push((0.0, "it means much the same".to_string()));
            }
            if let Some(weighed) = all.get_mut(&code) {
                weighed.evidence.likeness = near;
            }
        }
        let mut all: Vec<Weighed> = all.into_values().collect();
        if whose == For::Category {
            all.retain(|weighed| self.lexicon.family(weighed.code).len() == 1);
        }
        for weighed in &mut all {
            weighed.confidence = round_to_percent(weighed.evidence.confidence(whose, examples.count > 0));
        }
        all.retain(|weighed| weighed.confidence >= LEAST);
        all.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.code.cmp(&b.code)));
        all.truncate(MOST);
        all
    }

    /// A goal is no property of a service: it follows from the categories.
    fn goals(&self, service: &Service, categories: &[Weighed]) -> Vec<Proposal> {
        let mut goals: Vec<(f64, usize, Vec<&str>)> = Vec::new();
        for (at, goal) in self.directory.goals.iter().enumerate() {
            let serving = self.lexicon.goal(goal.code.as_str()).map(|goal| self.lexicon.categories_of_goal(goal));
            let strength = |category: u16| {
                serving.and_then(|serving| serving.iter().find(|(other, _)| *other == category)).map(|(_, s)| *s)
            };
            let mut confidence = 0.0_f64;
            let mut because = Vec::new();
            for weighed in categories {
                if let Some(strength) = strength(weighed.code) {
                    confidence = confidence.max(weighed.confidence * f64::from(strength) / STRONGEST);
                    because.push(self.directory.categories[usize::from(weighed.code)].code.as_str());
                }
            }
            if confidence >= LEAST {
                goals.push((confidence, at, because));
            }
        }
        goals.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let proposal = |(confidence, at, because): (f64, usize, Vec<&str>)| {
            let goal = &self.directory.goals[at];
            Proposal {
                service: service.id.clone(),
                column: Column::Goals,
                code: goal.code.to_string(),
                name: goal.name.clone(),
                confidence: round_to_percent(confidence),
                because: format!("would follow from {}", because.join(", ")),
            }
        };
        goals.into_iter().take(MOST).map(proposal).collect()
    }
}

/// A code with what speaks for it.
struct Weighed {
    code: u16,
    evidence: Evidence,
    confidence: f64,
    reasons: Vec<(f64, String)>,
    only: bool,
}

impl Weighed {
    fn new(code: u16) -> Self {
        Self { code, evidence: Evidence::default(), confidence: 0.0, reasons: Vec::new(), only: false }
    }

    fn proposal(mut self, service: &Service, column: Column, code: &str, name: &str) -> Proposal {
        self.reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
        let reasons: Vec<String> = self.reasons.into_iter().take(MOST_REASONS).map(|(_, reason)| reason).collect();
        Proposal {
            service: service.id.clone(),
            column,
            code: code.to_string(),
            name: name.to_string(),
            confidence: self.confidence,
            because: reasons.join("; "),
        }
    }
}

/// Two decimals: more would claim more than is known.
fn round_to_percent(number: f64) -> f64 {
    round((number * 100.0).round() / 100.0)
}
