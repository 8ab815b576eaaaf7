//! Which records a question means, as numbers; in the order in which they are given: best first where words or a place
//! are asked for, else by id, so that a feed read page by page misses nothing.

use super::known::KnownIds;
use super::question::Question;
use crate::exchange::standard::entry::Entry;
use crate::exchange::standard::objects::{Depth, service};
use crate::exchange::standard::terms::Terms;
use crate::index::Snapshot;
use crate::index::facts::{Listing, ServiceFacts};
use crate::model::{Code, Point};
use crate::search::ask::Ask;
use crate::search::mistake::{Mistake, MistakeKind};
use crate::search::{Circumstances, search};
use crate::server::error::{Kind, Problem};
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use std::collections::{HashMap, HashSet};

/// The most records that words find; whoever wants more reads the whole feed.
const MOST_FOUND: i64 = 1_000;
/// Results of one look of the search.
const AT_ONCE: i64 = 100;
/// Days ahead in which a service must be open, where a day or time is asked: every fortnightly session comes once.
const DAYS_AHEAD: i64 = 14;
/// Records between two looks at the clock.
const BETWEEN_LOOKS: usize = 1_000;

/// What is selected, with what it takes.
pub struct Selector<'a> {
    pub snapshot: &'a Snapshot,
    pub known: &'a KnownIds,
    pub circumstances: &'a Circumstances<'a>,
}

impl Selector<'_> {
    /// The services that fit.
    pub fn services(&self, question: &Question) -> Result<Vec<u32>, Problem> {
        let facts = self.snapshot.facts();
        let wanted = self.wanted(question)?;
        let mut hours = Hours::new(self, question);
        let mut fitting = Vec::new();
        self.each(question, &wanted, &mut |number, of| {
            let listings = &facts.listings[of.listings.start as usize..of.listings.end as usize];
            let is_there = wanted.point.is_none() || listings.iter().any(|listing| wanted.place(of, listing));
            if is_there && hours.service(listings) {
                fitting.push(number);
            }
        })?;
        Ok(fitting)
    }

    /// The listings at public places that fit: services at locations. The nearest come first where a place is asked for.
    pub fn listings(&self, question: &Question) -> Result<Vec<u32>, Problem> {
        let facts = self.snapshot.facts();
        let wanted = self.wanted(question)?;
        let mut hours = Hours::new(self, question);
        let mut fitting = Vec::new();
        self.each(question, &wanted, &mut |_, of| {
            for number in of.listings.clone() {
                let listing = &facts.listings[number as usize];
                let is_public = listing.location.is_some() && !listing.confidential;
                if is_public && wanted.place(of, listing) && hours.listing(listing) {
                    fitting.push(number);
                }
            }
        })?;
        if let Some(centre) = wanted.point {
            let distance = |number: &u32| {
                facts.listings[*number as usize].point.map_or(f64::INFINITY, |point| point.distance_km(centre))
            };
            fitting.sort_by(|a, b| distance(a).total_cmp(&distance(b)).then(a.cmp(b)));
        }
        Ok(fitting)
    }

    /// Every service that is itself what is wanted, wherever and whenever it is: those that the words find, best first, or
    /// else all of them by id.
    fn each(
        &self,
        question: &Question,
        wanted: &Wanted,
        on: &mut dyn FnMut(u32, &ServiceFacts),
    ) -> Result<(), Problem> {
        let services = &self.snapshot.facts().services;
        let all = self.found(question)?.unwrap_or_else(|| (0..services.len() as u32).collect());
        for (at, number) in all.into_iter().enumerate() {
            self.look_at_the_clock(at)?;
            let of = &services[number as usize];
            if wanted.service(number, of, self.snapshot) {
                on(number, of);
            }
        }
        Ok(())
    }

    /// The organisations that fit; one fits a taxonomy if one of its services does.
    pub fn organisations(&self, question: &Question) -> Result<Vec<u32>, Problem> {
        let by_services = !question.taxonomy_term_id.is_empty() || !question.taxonomy_id.is_empty();
        let of_services: Option<HashSet<u32>> = if by_services {
            let without_words = Question { search: String::new(), ..question.clone() };
            let services = self.services(&without_words)?.into_iter();
            Some(services.map(|number| self.snapshot.facts().services[number as usize].organisation).collect())
        } else {
            None
        };
        let words = words(&question.search);
        let mut fitting = Vec::new();
        for number in 0..self.snapshot.counts().organisations as u32 {
            self.look_at_the_clock(number as usize)?;
            if of_services.as_ref().is_some_and(|some| !some.contains(&number)) {
                continue;
            }
            if !words.is_empty() {
                let Some(row) = self.snapshot.organisation_row(number) else { continue };
                if !has_words(&format!("{} {}", row.name, row.description), &words) {
                    continue;
                }
            }
            fitting.push(number);
        }
        Ok(fitting)
    }

    fn look_at_the_clock(&self, at: usize) -> Result<(), Problem> {
        if at.is_multiple_of(BETWEEN_LOOKS) && (self.circumstances.out_of_time)() {
            return Err(Problem::new(Kind::OutOfTime));
        }
        Ok(())
    }

    /// The services that the words find, best first; none if there are no words.
    fn found(&self, question: &Question) -> Result<Option<Vec<u32>>, Problem> {
        if question.search.trim().is_empty() {
            return Ok(None);
        }
        let mut found = Vec::new();
        for page in 1..=MOST_FOUND / AT_ONCE {
            let ask =
                Ask { q: Some(question.search.clone()), page: Some(page), per_page: Some(AT_ONCE), ..Ask::default() };
            let answer = search(self.snapshot, &ask, self.circumstances)?;
            let numbers = answer.results.iter().filter_map(|hit| self.snapshot.service_number(hit.service.id.as_str()));
            found.extend(numbers.map(|number| number as u32));
            if answer.results.len() < AT_ONCE as usize {
                break;
            }
        }
        Ok(Some(found))
    }

    fn wanted(&self, question: &Question) -> Result<Wanted, Problem> {
        let vocabulary = self.snapshot.vocabulary();
        let mut wanted = Wanted {
            ages: (question.minimum_age, question.maximum_age),
            modified_after: question.modified_after,
            km: question.proximity.map(|metres| metres / 1_000.0),
            ..Wanted::default()
        };
        if !question.organization_id.is_empty() {
            let known = question.organization_id.iter().filter_map(|id| self.known.organisation(id));
            wanted.organisations = Some(known.collect());
        }
        if !question.taxonomy_term_id.is_empty() {
            let known = question.taxonomy_term_id.iter().filter_map(|id| self.known.term(id));
            wanted.terms = Some(known.map(|(taxonomy, code)| self.meaning(taxonomy, code)).collect());
        }
        if !question.taxonomy_id.is_empty() {
            let known = question.taxonomy_id.iter().filter_map(|id| self.known.taxonomy(id));
            wanted.taxonomies = Some(known.collect());
            let strong = vocabulary.goal_categories.iter().filter(|row| row.strength >= 2);
            wanted.goal_categories = self.categories(strong.map(|row| &row.category));
        }
        if let Some(postcode) = &question.postcode {
            let found = self.circumstances.gazetteer.find(postcode).ok();
            let Some(point) = found.and_then(|place| Point::new(place.latitude, place.longitude)) else {
                let mistake = Mistake::new("postcode", MistakeKind::UnknownPlace, "is no postcode that we know");
                return Err(Problem::of(Kind::NotFound, vec![mistake.with_help("write it as `M1 4BT`")]));
            };
            wanted.areas = self.snapshot.areas().holding(point);
            wanted.point = Some(point);
        }
        Ok(wanted)
    }

    /// What a term asks of a service.
    fn meaning(&self, taxonomy: &'static str, code: &str) -> Meaning {
        let vocabulary = self.snapshot.vocabulary();
        match taxonomy {
            "categories" => {
                // A category and everything below it.
                let mut codes: Vec<&str> = vec![code];
                let mut at = 0;
                while at < codes.len() {
                    let parent = codes[at];
                    let below = vocabulary
                        .categories
                        .iter()
                        .filter(|row| row.parent.as_ref().is_some_and(|up| up.as_str() == parent));
                    let new: Vec<&str> =
                        below.map(|row| row.code.as_str()).filter(|code| !codes.contains(code)).collect();
                    codes.extend(new);
                    at += 1;
                }
                let rows = vocabulary.categories.iter().filter(|row| codes.contains(&row.code.as_str()));
                Meaning::Categories(self.categories(rows.map(|row| &row.code)))
            }
            "goals" => {
                let rows =
                    vocabulary.goal_categories.iter().filter(|row| row.goal.as_str() == code && row.strength >= 2);
                Meaning::Categories(self.categories(rows.map(|row| &row.category)))
            }
            "audiences" => {
                let at = vocabulary.audiences.iter().position(|row| row.code.as_str() == code);
                Meaning::Audience(at.map_or(u16::MAX, |at| at as u16))
            }
            _ => Meaning::Field(crate::exchange::standard::terms::term_id(taxonomy, code)),
        }
    }

    fn categories<'c>(&self, codes: impl Iterator<Item = &'c Code>) -> HashSet<u16> {
        let all = &self.snapshot.vocabulary().categories;
        codes.filter_map(|code| all.iter().position(|row| row.code == *code)).map(|at| at as u16).collect()
    }
}

/// What a term asks of a service.
enum Meaning {
    /// One of these.
    Categories(HashSet<u16>),
    Audience(u16),
    /// An attribute that leads to the term.
    Field(String),
}

/// A question in numbers. Each part that is asked must hold; within a part, any.
#[derive(Default)]
struct Wanted {
    organisations: Option<HashSet<u32>>,
    terms: Option<Vec<Meaning>>,
    taxonomies: Option<Vec<&'static str>>,
    /// Those that serve some goal.
    goal_categories: HashSet<u16>,
    ages: (Option<u8>, Option<u8>),
    modified_after: Option<Timestamp>,
    point: Option<Point>,
    km: Option<f64>,
    /// The areas that hold the point.
    areas: Vec<u16>,
}

impl Wanted {
    fn service(&self, number: u32, of: &ServiceFacts, snapshot: &Snapshot) -> bool {
        let organisation = self.organisations.as_ref().is_none_or(|some| some.contains(&of.organisation));
        let modified = self.modified_after.is_none_or(|after| match snapshot.modified(number as usize) {
            // Moments are whole seconds: an edit in the same one is not lost.
            Some(moment) => moment >= after,
            // An index without a memory. What nobody has dated may have been changed.
            None => of.checked_on.is_none_or(|date| date >= after.to_zoned(TimeZone::UTC).date()),
        });
        // Whoever states no age takes all.
        let old_enough = self.ages.0.is_none_or(|age| of.age.maximum.is_none_or(|most| most >= age));
        let young_enough = self.ages.1.is_none_or(|age| of.age.minimum.is_none_or(|least| least <= age));
        organisation
            && modified
            && old_enough
            && young_enough
            && self.taxonomies.as_ref().is_none_or(|some| some.iter().any(|taxonomy| self.has_taxonomy(of, taxonomy)))
            && self.terms.as_ref().is_none_or(|some| some.iter().any(|term| has_term(number, of, term, snapshot)))
    }

    fn has_taxonomy(&self, of: &ServiceFacts, taxonomy: &str) -> bool {
        match taxonomy {
            "categories" => !of.categories.is_empty(),
            "goals" => of.categories.iter().any(|category| self.goal_categories.contains(category)),
            "audiences" => !of.only_for.is_empty() || !of.welcomes.is_empty(),
            _ => true, // every service has its id
        }
    }

    /// Whether a listing is near enough or, without a distance, whether the service covers the place or states no area.
    fn place(&self, of: &ServiceFacts, listing: &Listing) -> bool {
        let Some(centre) = self.point else { return true };
        match self.km {
            Some(km) => listing.point.is_some_and(|point| point.distance_km(centre) <= km),
            None => of.covers.is_empty() || of.covers.iter().any(|area| self.areas.contains(area)),
        }
    }
}

fn has_term(number: u32, of: &ServiceFacts, term: &Meaning, snapshot: &Snapshot) -> bool {
    match term {
        Meaning::Categories(some) => of.categories.iter().any(|category| some.contains(category)),
        Meaning::Audience(audience) => of.only_for.contains(audience) || of.welcomes.contains(audience),
        Meaning::Field(id) => {
            let Some(entry) = Entry::of_snapshot(snapshot, number as usize) else { return false };
            let made = service(&entry, &Terms::new(snapshot.vocabulary()), Depth::Full);
            let attributes = made.get("attributes").and_then(|list| list.as_array()).into_iter().flatten();
            attributes.filter_map(|attribute| attribute["taxonomy_term_id"].as_str()).any(|has| has == id)
        }
    }
}

/// Whether hours meet the days and times that are asked; each text of hours is looked at once.
struct Hours<'a> {
    selector: &'a Selector<'a>,
    question: &'a Question,
    known: HashMap<u32, bool>,
}

impl<'a> Hours<'a> {
    fn new(selector: &'a Selector<'a>, question: &'a Question) -> Self {
        Self { selector, question, known: HashMap::new() }
    }

    fn service(&mut self, listings: &[Listing]) -> bool {
        !self.question.asks_for_hours() || listings.iter().any(|listing| self.listing(listing))
    }

    fn listing(&mut self, listing: &Listing) -> bool {
        if !self.question.asks_for_hours() {
            return true;
        }
        let sessions =
            &self.selector.snapshot.facts().sessions[listing.sessions.start as usize..listing.sessions.end as usize];
        sessions.iter().filter_map(|session| session.hours).any(|number| self.meets(number))
    }

    fn meets(&mut self, number: u32) -> bool {
        if let Some(known) = self.known.get(&number) {
            return *known;
        }
        let meets = self.selector.snapshot.hours(number).is_some_and(|hours| {
            let from = self.question.start_time.unwrap_or(Time::midnight());
            let to = self.question.end_time.unwrap_or(Time::MAX);
            let openings =
                hours.openings(self.selector.circumstances.now, DAYS_AHEAD, self.selector.snapshot.holidays());
            openings.iter().any(|opening| {
                let day = self.question.days.is_empty() || self.question.days.contains(&opening.starts.weekday());
                let ends = opening
                    .ends
                    .filter(|ends| ends.date() == opening.starts.date())
                    .map_or(Time::MAX, |ends| ends.time());
                day && opening.starts.time() <= to && ends >= from
            })
        });
        self.known.insert(number, meets);
        meets
    }
}

/// The words of a search of short lists, in small letters.
pub fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_string)
        .collect()
}

/// Whether a text has words that begin with each of these.
pub fn has_words(text: &str, wanted: &[String]) -> bool {
    let has = words(text);
    wanted.iter().all(|word| has.iter().any(|known| known.starts_with(word.as_str())))
}
