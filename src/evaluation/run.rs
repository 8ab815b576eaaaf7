//! The whole run: every question is asked, its ranking measured, and the measures are put together by kind.

use super::baseline;
use super::judgements::{Asked, Grades, Judged, Query};
use super::measures::{average_precision, coverage, interval, mean, ndcg, recall, reciprocal_rank};
use crate::index::Snapshot;
use crate::matching::{Manner, match_profile};
use crate::search::rank::round;
use crate::search::{Circumstances, NoAnswer, search};
use serde::Serialize;

/// What a person sees without turning a page.
const SEEN: usize = 10;
/// How deep recall looks.
const DEEP: usize = 20;
/// How deep average precision looks, as at TREC.
const DEEPEST: usize = 1_000;
/// The most services on a page of answers.
const PAGE: usize = 100;
/// Every goal should be served among the first so many (property 4 of matching).
const GOALS_AMONG: usize = 5;

/// The row of all kinds together.
pub const ALL: &str = "all";

/// The measures of a judged set.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// A row for each kind, in the order of the questions, and one for all.
    pub kinds: Vec<Row>,
    pub queries: Vec<Measured>,
}

/// The means over the questions of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub kind: String,
    pub n: usize,
    pub ndcg_10: f64,
    /// 95 %, by bootstrap over the questions.
    pub interval: (f64, f64),
    /// Over the questions that have a useful service.
    pub recall_20: Option<f64>,
    pub mrr: f64,
    /// Over the searches that have a useful service.
    pub map: Option<f64>,
    /// Over the profiles.
    pub coverage_5: Option<f64>,
    pub bm25_ndcg_10: f64,
    pub bm25_map: Option<f64>,
}

/// The measures of one question.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    pub id: String,
    pub kind: String,
    pub ndcg_10: f64,
    pub recall_20: Option<f64>,
    pub reciprocal_rank: f64,
    /// Not of a profile: it is answered with a choice, and not with a long list.
    pub average_precision: Option<f64>,
    pub coverage_5: Option<f64>,
    pub bm25_ndcg_10: f64,
    pub bm25_average_precision: Option<f64>,
    /// The first ten services, with their grades.
    pub first: Vec<(String, u8)>,
}

/// Asks every question and measures the answers.
///
/// # Errors
/// A question has a mistake in it (with its id), or the index cannot be read.
pub fn evaluate(
    snapshot: &Snapshot,
    judged: &Judged,
    circumstances: &Circumstances<'_>,
) -> Result<Report, (String, NoAnswer)> {
    let measured = judged
        .queries
        .iter()
        .map(|query| measure(snapshot, judged, query, circumstances).map_err(|why| (query.id.clone(), why)));
    let queries = measured.collect::<Result<Vec<Measured>, _>>()?;
    let of_kind = |kind: &&str| row(kind, &queries.iter().filter(|query| query.kind == **kind).collect::<Vec<_>>());
    let mut kinds: Vec<Row> = judged.kinds().iter().map(of_kind).collect();
    kinds.push(row(ALL, &queries.iter().collect::<Vec<_>>()));
    Ok(Report { kinds, queries })
}

/// nDCG@10 of each question, and nothing else: a tenth of the work.
///
/// # Errors
/// As for [`evaluate`].
pub fn ndcg_of_each(
    snapshot: &Snapshot,
    judged: &Judged,
    circumstances: &Circumstances<'_>,
) -> Result<Vec<f64>, (String, NoAnswer)> {
    let measured = judged.queries.iter().map(|query| {
        let ranking = ranking(snapshot, &query.asked, SEEN, circumstances).map_err(|why| (query.id.clone(), why))?;
        let grades = judged.grades(query);
        let ours: Vec<u8> = ranking.iter().map(|found| grade_in(grades, &found.service)).collect();
        Ok(ndcg(&ours, &grades.values().copied().collect::<Vec<u8>>(), SEEN))
    });
    measured.collect()
}

fn row(kind: &str, queries: &[&Measured]) -> Row {
    let every = |measure: fn(&Measured) -> f64| queries.iter().map(|query| measure(query)).collect::<Vec<f64>>();
    let some = |measure: fn(&Measured) -> Option<f64>| {
        mean(&queries.iter().filter_map(|query| measure(query)).collect::<Vec<f64>>()).map(round)
    };
    let ndcg = every(|query| query.ndcg_10);
    let (low, high) = interval(&ndcg).unwrap_or_default();
    let of_all = |values: &[f64]| round(mean(values).unwrap_or_default());
    Row {
        kind: kind.to_string(),
        n: queries.len(),
        ndcg_10: of_all(&ndcg),
        interval: (round(low), round(high)),
        recall_20: some(|query| query.recall_20),
        mrr: of_all(&every(|query| query.reciprocal_rank)),
        map: some(|query| query.average_precision),
        coverage_5: some(|query| query.coverage_5),
        bm25_ndcg_10: of_all(&every(|query| query.bm25_ndcg_10)),
        bm25_map: some(|query| query.bm25_average_precision),
    }
}

fn measure(
    snapshot: &Snapshot,
    judged: &Judged,
    query: &Query,
    circumstances: &Circumstances<'_>,
) -> Result<Measured, NoAnswer> {
    let grades = judged.grades(query);
    let ranking = ranking(snapshot, &query.asked, DEEPEST, circumstances)?;
    let plain = baseline::ranking(snapshot, &query.asked, DEEPEST)?;
    let all: Vec<u8> = grades.values().copied().collect();
    let ours: Vec<u8> = ranking.iter().map(|found| grade_in(grades, &found.service)).collect();
    let plain: Vec<u8> = plain.iter().map(|id| grade_in(grades, id)).collect();
    let is_search = matches!(query.asked, Asked::Search(_));
    let coverage_5 = match &query.asked {
        Asked::Search(_) => None,
        Asked::Match(profile) => {
            let options: Vec<(u8, Vec<usize>)> =
                ranking.iter().zip(&ours).map(|(found, grade)| (*grade, found.serves.clone())).collect();
            Some(coverage(&options, profile.goals.len(), GOALS_AMONG))
        }
    };
    Ok(Measured {
        id: query.id.clone(),
        kind: query.kind.clone(),
        ndcg_10: ndcg(&ours, &all, SEEN),
        recall_20: recall(&ours, &all, DEEP),
        reciprocal_rank: reciprocal_rank(&ours),
        average_precision: average_precision(&ours, &all).filter(|_| is_search),
        coverage_5,
        bm25_ndcg_10: ndcg(&plain, &all, SEEN),
        bm25_average_precision: average_precision(&plain, &all).filter(|_| is_search),
        first: ranking.into_iter().map(|found| found.service).zip(ours).take(SEEN).collect(),
    })
}

fn grade_in(grades: &Grades, service: &str) -> u8 {
    grades.get(service).copied().unwrap_or(0)
}

/// A service of an answer, and the goals of the profile that it says it serves.
struct Found {
    service: String,
    serves: Vec<usize>,
}

/// The first services of the answer, at most `most` of a search and twenty of a match.
fn ranking(
    snapshot: &Snapshot,
    asked: &Asked,
    most: usize,
    circumstances: &Circumstances<'_>,
) -> Result<Vec<Found>, NoAnswer> {
    match asked {
        Asked::Search(ask) => {
            let mut ask = ask.clone();
            ask.per_page = Some(most.min(PAGE) as i64);
            let mut found: Vec<Found> = Vec::new();
            for page in 1.. {
                ask.page = Some(page);
                let answer = search(snapshot, &ask, circumstances)?;
                let service = |id: String| Found { service: id, serves: Vec::new() };
                found.extend(answer.results.iter().map(|hit| service(hit.service.id.to_string())));
                if answer.results.is_empty() || found.len() >= most.min(answer.total) {
                    break;
                }
            }
            Ok(found)
        }
        Asked::Match(profile) => {
            let mut profile = profile.clone();
            profile.limit = Some(DEEP as i64);
            let answer = match_profile(snapshot, &profile, &Manner::default(), circumstances)?;
            let found = answer.options.iter().map(|option| Found {
                service: option.service.id.to_string(),
                serves: option.supports.iter().map(|support| support.goal).collect(),
            });
            Ok(found.collect())
        }
    }
}
