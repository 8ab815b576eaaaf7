//! The whole run: every question is asked, its ranking measured, and the measures are put together by kind.

use super::baseline;
use super::judgements::{Asked, Judged, Query};
use super::measures::{coverage, interval, mean, ndcg, recall, reciprocal_rank};
use crate::index::Snapshot;
use crate::matching::{Manner, match_profile};
use crate::search::rank::round;
use crate::search::{Circumstances, NoAnswer, search};
use serde::Serialize;

/// What a person sees without turning a page.
const SEEN: usize = 10;
/// How deep recall looks, and so how many are asked for.
const DEEP: usize = 20;
/// Every goal should be served among the first so many (property 4 of matching).
const GOALS_AMONG: usize = 5;

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
    /// Over the profiles.
    pub coverage_5: Option<f64>,
    pub bm25_ndcg_10: f64,
}

/// The measures of one question.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    pub id: String,
    pub kind: String,
    pub ndcg_10: f64,
    pub recall_20: Option<f64>,
    pub reciprocal_rank: f64,
    pub coverage_5: Option<f64>,
    pub bm25_ndcg_10: f64,
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
    let mut names: Vec<&str> = Vec::new();
    for query in &queries {
        if !names.contains(&query.kind.as_str()) {
            names.push(&query.kind);
        }
    }
    let of_kind = |kind: &&str| row(kind, &queries.iter().filter(|query| query.kind == **kind).collect::<Vec<_>>());
    let mut kinds: Vec<Row> = names.iter().map(of_kind).collect();
    kinds.push(row("all", &queries.iter().collect::<Vec<_>>()));
    Ok(Report { kinds, queries })
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
        coverage_5: some(|query| query.coverage_5),
        bm25_ndcg_10: of_all(&every(|query| query.bm25_ndcg_10)),
    }
}

fn measure(
    snapshot: &Snapshot,
    judged: &Judged,
    query: &Query,
    circumstances: &Circumstances<'_>,
) -> Result<Measured, NoAnswer> {
    let grades = judged.grades(query);
    let grade = |id: &String| grades.get(id).copied().unwrap_or(0);
    let ranking = ranking(snapshot, &query.asked, circumstances)?;
    let plain = baseline::ranking(snapshot, &query.asked, DEEP)?;
    let all: Vec<u8> = grades.values().copied().collect();
    let ours: Vec<u8> = ranking.iter().map(|found| grade(&found.service)).collect();
    let plain: Vec<u8> = plain.iter().map(grade).collect();
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
        coverage_5,
        bm25_ndcg_10: ndcg(&plain, &all, SEEN),
        first: ranking.into_iter().map(|found| found.service).zip(ours).take(SEEN).collect(),
    })
}

/// A service of an answer, and the goals of the profile that it says it serves.
struct Found {
    service: String,
    serves: Vec<usize>,
}

fn ranking(snapshot: &Snapshot, asked: &Asked, circumstances: &Circumstances<'_>) -> Result<Vec<Found>, NoAnswer> {
    match asked {
        Asked::Search(ask) => {
            let mut ask = ask.clone();
            ask.per_page = Some(DEEP as i64);
            let answer = search(snapshot, &ask, circumstances)?;
            let found = |id: String| Found { service: id, serves: Vec::new() };
            Ok(answer.results.iter().map(|hit| found(hit.service.id.to_string())).collect())
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
