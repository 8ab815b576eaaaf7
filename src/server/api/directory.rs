//! How the data is: what is served, and everything that is wrong with the files.

use super::{Answered, json};
use crate::diagnostic::{Problem as DataProblem, Severity};
use crate::index::{Changes, Counts};
use crate::server::error::{Kind, Problem};
use crate::server::limits::PROBLEMS_SHOWN;
use crate::server::request;
use crate::server::state::AppState;
use axum::extract::State;
use axum::http::Uri;
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
        changes: status.changes,
        kept_back: status.kept_back.clone(),
        problems_total: status.problems.len(),
        problems_by_code: by_code(&status.problems),
        problems: status.problems.iter().take(PROBLEMS_SHOWN).map(listed).collect(),
    })
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
