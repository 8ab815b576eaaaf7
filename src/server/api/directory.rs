//! How the data is: what is served, and everything that is wrong with the files.

use super::{Answered, deadline, json, work};
use crate::diagnostic::{Problem as DataProblem, Severity};
use crate::index::{Changes, Counts, Snapshot};
use crate::report::coverage::{self, Asked, Coverage};
use crate::report::freshness::{self, Freshness};
use crate::search::Circumstances;
use crate::server::error::{Kind, Problem};
use crate::server::etag;
use crate::server::limits::PROBLEMS_SHOWN;
use crate::server::request;
use crate::server::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// What is served, and the problems in the files.
#[derive(Serialize, ToSchema)]
pub struct DirectoryHealth {
    #[schema(example = "gen-0123456789abcdef")]
    generation: String,
    /// True when the organisations are fictional.
    sample: bool,
    counts: Counts,
    /// What the last update changed.
    changes: Changes,
    /// Why the newest files are not served, one sentence each; empty if they are.
    kept_back: Vec<String>,
    /// All problems, of which the first 200 are listed.
    problems_total: usize,
    problems_by_code: Vec<ProblemCount>,
    /// By file, then line.
    problems: Vec<ListedProblem>,
}

/// How often a problem occurs.
#[derive(Serialize, ToSchema)]
pub struct ProblemCount {
    #[schema(example = "E014")]
    code: String,
    severity: Severity,
    count: usize,
}

/// A problem in a file. What stands in a row of `locations.csv` is left out: it may be a confidential address.
#[derive(Serialize, ToSchema)]
pub struct ListedProblem {
    #[schema(example = "E014")]
    code: String,
    severity: Severity,
    #[schema(example = "services.csv")]
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    /// True when the row's last good version goes on being served.
    kept_last_good: bool,
}

/// How the data is: what is served, and what is wrong with the files.
#[utoipa::path(get, operation_id = "getDirectory", path = "/api/v1/directory", tag = "directory",
    responses((status = 200, description = "The state of the directory.", body = DirectoryHealth)))]
pub async fn health(State(state): State<Arc<AppState>>, uri: Uri) -> Answered {
    let [] = request::known(&uri, [])?;
    let snapshot = state.snapshot().ok_or(Problem::new(Kind::NoIndex))?;
    let status = state.status();
    json(&DirectoryHealth {
        generation: snapshot.generation().to_string(),
        sample: snapshot.vocabulary().is_sample,
        counts: snapshot.counts(),
        changes: status.last_update.changes,
        kept_back: status.kept_back.clone(),
        problems_total: status.problems.len(),
        problems_by_code: by_code(&status.problems),
        problems: status.problems.iter().take(PROBLEMS_SHOWN).map(listed).collect(),
    })
}

/// Where goals can be met, and where not: how many services can be reached from the middle of each ward or borough.
#[utoipa::path(get, operation_id = "getCoverage", path = "/api/v1/directory/coverage", tag = "directory",
    params(
        ("kind" = Option<String>, Query, description = "`ward` or `borough`", example = "borough"),
        ("goal" = Option<String>, Query, description = "Only this goal, by its code", example = "belonging"),
    ),
    responses((status = 200, description = "Counts by area and goal.", body = Coverage)))]
pub async fn coverage(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap) -> Answered {
    let [kind, goal] = request::known(&uri, ["kind", "goal"])?;
    daily(&state, &headers, move |snapshot, circumstances| {
        let asked = Asked { kind, goal };
        let report = coverage::coverage(snapshot, circumstances.now.date(), &asked, circumstances.out_of_time)?;
        json(&report)
    })
    .await
}

/// Services that nobody has checked for a year, by organisation; the first 1,000.
#[utoipa::path(get, operation_id = "getFreshness", path = "/api/v1/directory/freshness", tag = "directory",
    responses((status = 200, description = "What to check, the oldest first.", body = Freshness)))]
pub async fn freshness(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap) -> Answered {
    let [] = request::known(&uri, [])?;
    daily(&state, &headers, |snapshot, circumstances| {
        json(&freshness::freshness(snapshot, circumstances.now.date(), freshness::DAYS, STALE_SHOWN))
    })
    .await
}

/// Services to check in one answer: each is read from disk. The command lists them all.
const STALE_SHOWN: usize = 1000;

/// Works out an answer that depends on the directory and the day: so does its ETag.
async fn daily<F>(state: &Arc<AppState>, headers: &HeaderMap, task: F) -> Answered
where
    F: FnOnce(&Snapshot, &Circumstances<'_>) -> Answered + Send + 'static,
{
    let version = |snapshot: &Snapshot, today: Date| format!("{}-{today}", snapshot.generation());
    let served = state.snapshot().ok_or(Problem::new(Kind::NoIndex))?;
    if let Some(response) = etag::unchanged(headers, &version(&served, (state.clock)().date())) {
        return Ok(response);
    }
    work(state, deadline(state), move |snapshot, circumstances| {
        let response: Response = task(snapshot, circumstances)?;
        Ok(etag::mark(response, &version(snapshot, circumstances.now.date())))
    })
    .await
}

fn by_code(problems: &[DataProblem]) -> Vec<ProblemCount> {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for problem in problems {
        *counts.entry((&problem.code, problem.severity)).or_default() += 1;
    }
    let entry =
        |((code, severity), count): ((&str, Severity), usize)| ProblemCount { code: code.to_string(), severity, count };
    counts.into_iter().map(entry).collect()
}

fn listed(problem: &DataProblem) -> ListedProblem {
    let DataProblem { code, severity, file, line, column, row_id, value, message, help, kept_last_good, excerpt: _ } =
        problem.clone();
    ListedProblem { code, severity, file, line, column, row_id, value, message, help, kept_last_good }
}
