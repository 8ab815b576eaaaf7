//! The way of a question: understand, find, filter, blend, sort, and show one page.

use super::answer::{Answer, Hit, Opens, Understood};
use super::crisis::{self, CrisisShares};
use super::facets::Facets;
use super::filter::{Filter, Judge, Verdict, covers, is_active};
use super::find::{Candidate, Finder, Finding};
use super::highlight::highlights;
use super::limits::DOCUMENTS_BETWEEN_LOOKS;
use super::opens::Openings;
use super::public::{PublicLocation, PublicService, PublicSession};
use super::question::{Question, Sort};
use super::rank::{CRISIS, OF_ITS_ORGANISATION, Parts, UNWANTED, name_points, parts, shown_distance};
use super::text::{self, Found, Match};
use super::understand::Understanding;
use super::unwanted::Unwanted;
use super::uses::Uses;
use super::{Circumstances, NoAnswer};
use crate::index::Snapshot;
use crate::index::analysis::words;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

/// Answers a checked question.
pub(super) fn run(
    snapshot: &Snapshot,
    question: &Question,
    circumstances: &Circumstances<'_>,
) -> Result<Answer, NoAnswer> {
    let understanding = Understanding::using(uses(question, circumstances), &question.text, snapshot);
    let unwanted =
        Unwanted::new(&understanding.unwanted, understanding.concepts.iter(), snapshot, circumstances.out_of_time)?;
    let help = CrisisShares::new(&understanding, snapshot, circumstances.out_of_time)?;
    let search =
        Search { snapshot, question, circumstances, understanding: &understanding, unwanted: &unwanted, help: &help };
    let Finding { candidates, words_matched } = search.found()?;
    let judged = search.judge(&candidates)?;
    let removed_by = search.removed_by(&judged)?;
    let mut facets = Facets::new(snapshot);
    let mut openings = Openings::new(snapshot, circumstances.now);
    let mut ranked = Vec::new();
    for group in &judged.fitting {
        facets.add(&snapshot.facts().services[group.service as usize]);
        ranked.push(search.best_listing(group, &mut openings));
    }
    search.add_name_points(&mut ranked);
    search.sort(&mut ranked);
    let from = (question.page - 1) * question.per_page;
    let shown = ranked.iter().skip(from).take(question.per_page);
    let results = shown.filter_map(|ranked| search.hit(ranked, &mut openings)).collect();
    Ok(Answer {
        total: ranked.len(),
        page: question.page,
        per_page: question.per_page,
        crisis: crisis::help_for(&question.text, &understanding.as_meant, snapshot),
        results,
        facets: facets.counts(),
        understood: Understood {
            words: understanding.words.clone(),
            words_matched,
            place: question.place.as_ref().map(|place| place.understood.clone()),
        },
        removed_by,
        generation: snapshot.generation().to_string(),
        sample: snapshot.vocabulary().is_sample,
    })
}

/// How many services each of some checked questions finds. For those with the words and the place of the first, what may
/// answer is looked for once: only the filters differ.
pub(super) fn totals(
    snapshot: &Snapshot,
    questions: &[Question],
    circumstances: &Circumstances<'_>,
) -> Result<Vec<usize>, NoAnswer> {
    let Some(first) = questions.first() else { return Ok(Vec::new()) };
    let understanding = Understanding::using(uses(first, circumstances), &first.text, snapshot);
    // These order an answer, and leave nothing out.
    let (unwanted, help) = (&Unwanted::default(), &CrisisShares::default());
    let search = Search { snapshot, question: first, circumstances, understanding: &understanding, unwanted, help };
    let candidates = search.found()?.candidates;
    let asked = |question: &Question| (question.text.clone(), question.exact, question.place.clone());
    let total = |question: &Question| {
        if asked(question) == asked(first) {
            Ok(Search { question, ..search }.judge(&candidates)?.fitting.len())
        } else {
            Ok(run(snapshot, question, circumstances)?.total)
        }
    };
    questions.iter().map(total).collect()
}

fn uses(question: &Question, circumstances: &Circumstances<'_>) -> Uses {
    Uses { spelling: circumstances.uses.spelling && !question.exact, ..circumstances.uses }
}

struct Search<'a> {
    snapshot: &'a Snapshot,
    question: &'a Question,
    circumstances: &'a Circumstances<'a>,
    understanding: &'a Understanding,
    unwanted: &'a Unwanted,
    help: &'a CrisisShares,
}

/// A service that fits, with its listings that do.
struct Group {
    service: u32,
    text: f64,
    meaning: f64,
    listings: Vec<(u32, Verdict)>,
}

/// What the filters left, and what each one alone took away.
struct Judged {
    fitting: Vec<Group>,
    removed_by_one: BTreeMap<Filter, usize>,
}

/// A service at its best listing.
struct Ranked {
    service: u32,
    listing: u32,
    places: usize,
    parts: Parts,
    verdict: Verdict,
    distance_km: Option<f64>,
    /// Worked out only where results are sorted by it.
    opens: Option<Opens>,
}

impl Search<'_> {
    /// What may answer by its words or its meaning, and whatever helps in the crisis that the words speak of.
    fn found(&self) -> Result<Finding, NoAnswer> {
        let Search { snapshot, question, circumstances, understanding, .. } = *self;
        let mut finding = Finder { snapshot, question, circumstances, understanding }.find()?;
        if let Some(help) = &understanding.crisis {
            let place = question.place.as_ref();
            let help = std::slice::from_ref(help);
            let helping = text::find(snapshot, help, Match::Some, place, circumstances.out_of_time)?;
            let known = finding.candidates.len();
            for Found { listing, .. } in helping {
                let before = &finding.candidates[..known];
                if before.binary_search_by_key(&listing, |candidate| candidate.listing).is_err() {
                    finding.candidates.push(Candidate { listing, text: 0.0, meaning: 0.0 });
                }
            }
            finding.candidates.sort_unstable_by_key(|candidate| candidate.listing);
        }
        Ok(finding)
    }

    /// Puts candidates together by service and applies the filters. A service fits if one of its listings passes all.
    fn judge(&self, candidates: &[Candidate]) -> Result<Judged, NoAnswer> {
        let facts = self.snapshot.facts();
        let judge = Judge::new(self.snapshot, self.question);
        let mut judged = Judged { fitting: Vec::new(), removed_by_one: BTreeMap::new() };
        // Listings are numbered in the order of their services.
        let same_service = |a: &Candidate, b: &Candidate| {
            facts.listings[a.listing as usize].service == facts.listings[b.listing as usize].service
        };
        for (at, group) in candidates.chunk_by(same_service).enumerate() {
            if at % DOCUMENTS_BETWEEN_LOOKS == 0 && (self.circumstances.out_of_time)() {
                return Err(NoAnswer::OutOfTime);
            }
            let number = facts.listings[group[0].listing as usize].service;
            let service = &facts.services[number as usize];
            if !is_active(service) {
                continue;
            }
            let of_service = judge.service(service);
            if of_service.fails.len() > 1 {
                continue;
            }
            let verdicts = group.iter().map(|found| {
                let of_listing = judge.listing(service, &facts.listings[found.listing as usize]);
                (found.listing, of_service.and(of_listing))
            });
            let verdicts: Vec<(u32, Verdict)> = verdicts.collect();
            let fitting: Vec<(u32, Verdict)> =
                verdicts.iter().copied().filter(|(_, verdict)| verdict.fails.is_empty()).collect();
            if fitting.is_empty() {
                for filter in Filter::ALL {
                    let only_this =
                        |(_, verdict): &(u32, Verdict)| verdict.fails.len() == 1 && verdict.fails.has(filter);
                    if verdicts.iter().any(only_this) {
                        *judged.removed_by_one.entry(filter).or_default() += 1;
                    }
                }
                continue;
            }
            let text = group.iter().map(|found| found.text).fold(0.0, f64::max);
            let meaning = group.iter().map(|found| found.meaning).fold(0.0, f64::max);
            judged.fitting.push(Group { service: number, text, meaning, listings: fitting });
        }
        Ok(judged)
    }

    /// For each filter, how many more services there would be without that one alone. The radius is part of how
    /// candidates are found, so without it the question is asked again and counted.
    fn removed_by(&self, judged: &Judged) -> Result<BTreeMap<&'static str, usize>, NoAnswer> {
        let others = judged.removed_by_one.iter().filter(|(filter, _)| **filter != Filter::WithinKm);
        let mut removed: BTreeMap<&'static str, usize> =
            others.map(|(filter, count)| (filter.name(), *count)).collect();
        let Some(place) = self.question.place.as_ref().filter(|place| place.within_km.is_some()) else {
            return Ok(removed);
        };
        let wider = super::question::Where { within_km: None, ..place.clone() };
        let question = Question { place: Some(wider), ..self.question.clone() };
        let search = Search { question: &question, ..*self };
        let without = search.judge(&search.found()?.candidates)?;
        // There may be fewer without it: where many have all the words, those with some are left out.
        let gained = without.fitting.len().saturating_sub(judged.fitting.len());
        if gained > 0 {
            removed.insert(Filter::WithinKm.name(), gained);
        }
        Ok(removed)
    }

    /// The listing at which a service is shown: the one that comes first in the order that was asked for.
    fn best_listing(&self, group: &Group, openings: &mut Openings<'_>) -> Ranked {
        let facts = self.snapshot.facts();
        let service = &facts.services[group.service as usize];
        let place = self.question.place.as_ref();
        let today = self.circumstances.now.date();
        let ranked = group.listings.iter().map(|&(number, verdict)| {
            let listing = &facts.listings[number as usize];
            Ranked {
                service: group.service,
                listing: number,
                places: group.listings.len(),
                parts: Parts {
                    // What `crisis.csv` names for the words helps in it whatever its text says.
                    crisis: if self.understanding.sense.crisis.contains(&group.service) {
                        CRISIS
                    } else {
                        self.help.points(number)
                    },
                    unwanted: if self.unwanted.is(group.service, service) { UNWANTED } else { 0.0 },
                    ..parts(service, listing, verdict, (group.text, group.meaning), place, today)
                },
                verdict,
                distance_km: place.and_then(|place| Some(listing.point?.distance_km(place.point))),
                opens: if self.question.sort == Sort::Opens { openings.of(listing).1 } else { None },
            }
        });
        let order = match self.question.sort {
            Sort::Best | Sort::Name => by_score,
            Sort::Distance => by_distance,
            Sort::Opens => by_opening,
        };
        let better = |a: Ranked, b: Ranked| if order(&a, &b) == Ordering::Greater { b } else { a };
        ranked.reduce(better).unwrap_or_else(|| unreachable!("a group has a listing that fits"))
    }

    /// Names are in the rows on disk, so only those that may be shown are read: the best by the other parts.
    fn add_name_points(&self, ranked: &mut [Ranked]) {
        /// Rows whose names are read; a name that was typed is among the best by its text already.
        const NAMES_READ: usize = 100;
        if self.understanding.folded.is_empty() {
            return;
        }
        // Among equal texts the order is the one they will be shown in: points go to the nearer before the farther.
        let by_text = |a: &Ranked, b: &Ranked| b.parts.text.total_cmp(&a.parts.text).then_with(|| by_score(a, b));
        if ranked.len() > NAMES_READ {
            ranked.select_nth_unstable_by(NAMES_READ, by_text);
        }
        for ranked in ranked.iter_mut().take(NAMES_READ) {
            if let Some(service) = self.snapshot.service_row(ranked.service as usize) {
                let name: Vec<String> = words(&service.name).into_iter().map(|word| word.text).collect();
                let typed = &self.understanding.folded;
                ranked.parts.name = name_points(typed, &name).max(self.organisation_points(typed, ranked.service));
            }
        }
    }

    /// Points for the name of who runs it.
    fn organisation_points(&self, typed: &[String], service: u32) -> f64 {
        let facts = &self.snapshot.facts().services[service as usize];
        let organisation = self.snapshot.organisation_row(facts.organisation);
        organisation.map_or(0.0, |row| {
            let name: Vec<String> = words(&row.name).into_iter().map(|word| word.text).collect();
            name_points(typed, &name) * OF_ITS_ORGANISATION
        })
    }

    fn sort(&self, ranked: &mut [Ranked]) {
        let facts = self.snapshot.facts();
        let name = |ranked: &Ranked| facts.services[ranked.service as usize].name_rank;
        match self.question.sort {
            Sort::Best if self.question.text.is_empty() && self.question.place.is_none() => {
                ranked.sort_unstable_by(|a, b| {
                    b.parts.stated.total_cmp(&a.parts.stated).then_with(|| name(a).cmp(&name(b)))
                });
            }
            Sort::Best => ranked.sort_unstable_by(by_score),
            Sort::Name => ranked.sort_unstable_by_key(name),
            Sort::Distance => ranked.sort_unstable_by(by_distance),
            Sort::Opens => ranked.sort_unstable_by(by_opening),
        }
    }

    fn hit(&self, ranked: &Ranked, openings: &mut Openings<'_>) -> Option<Hit> {
        let snapshot = self.snapshot;
        let facts = snapshot.facts();
        let service = &facts.services[ranked.service as usize];
        let listing = &facts.listings[ranked.listing as usize];
        let record = snapshot.record(ranked.service as usize)?;
        let organisation = snapshot.organisation_row(service.organisation)?;
        let (session, opens) = openings.of(listing);
        let location = listing.location.and_then(|number| snapshot.location_row(number));
        let looked_for: HashSet<&str> = self.understanding.looked_for().collect();
        let fields = [
            ("name", record.service.name.as_str()),
            ("organisation", organisation.name.as_str()),
            ("summary", record.service.summary.as_str()),
            ("description", record.service.description.as_str()),
        ];
        let filtered = !ranked.verdict.fits.three_state().union(ranked.verdict.not_stated).is_empty();
        Some(Hit {
            session: session
                .and_then(|session| record.sessions.get(usize::from(session.in_record)))
                .map(PublicSession::new),
            location: location.as_ref().map(PublicLocation::new),
            distance_km: ranked.distance_km.map(|km| shown_distance(km, listing.confidential)),
            covers_place: self.question.place.as_ref().is_some_and(|place| covers(service, &place.areas)),
            score: ranked.parts.score(self.question, filtered),
            highlights: highlights(&fields, &looked_for),
            opens,
            not_stated: ranked.verdict.not_stated.iter().map(Filter::name).collect(),
            other_places: ranked.places - 1,
            service: PublicService::new(&record.service, &organisation.name),
        })
    }
}

/// The best first: highest score, then nearest, then by id.
fn by_score(a: &Ranked, b: &Ranked) -> Ordering {
    let score = b.parts.total().total_cmp(&a.parts.total());
    score.then_with(|| by_distance(a, b))
}

/// Open ones first, then by when they open, then those that say nothing; the best first among equals.
fn by_opening(a: &Ranked, b: &Ranked) -> Ordering {
    let by_time = match (a.opens, b.opens) {
        (Some(a), Some(b)) => (!a.open_now, a.starts).cmp(&(!b.open_now, b.starts)),
        (a, b) => a.is_none().cmp(&b.is_none()),
    };
    by_time.then_with(|| by_score(a, b))
}

/// The nearest first; those without a distance after them, the best first; then by id.
fn by_distance(a: &Ranked, b: &Ranked) -> Ordering {
    let by_id = (a.service, a.listing).cmp(&(b.service, b.listing));
    match (a.distance_km, b.distance_km) {
        (Some(near), Some(far)) => near.total_cmp(&far).then(by_id),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => b.parts.total().total_cmp(&a.parts.total()).then(by_id),
    }
}
