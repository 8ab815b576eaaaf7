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

/// A problem in a file, without the line itself: `signpost check` shows that to whoever has the files.
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
#[utoipa::path(get, path = "/api/v1/directory", tag = "directory",
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

/// A row of `locations.csv` may be a confidential address, and a bad row is one whose `confidential` cell may not have
/// been read: of those, only the place in the file is told.
fn listed(problem: &DataProblem) -> ListedProblem {
    let private = problem.file == "locations.csv";
    let problem = problem.clone();
    let safe = |text: String| if private { without_quotations(&text) } else { text };
    ListedProblem {
        code: problem.code,
        severity: problem.severity,
        file: problem.file,
        line: problem.line,
        column: problem.column,
        row_id: problem.row_id.filter(|_| !private),
        value: problem.value.filter(|_| !private),
        message: safe(problem.message),
        help: problem.help.map(safe),
        kept_last_good: problem.kept_last_good,
    }
}

/// A message without what stands between its backticks.
fn without_quotations(message: &str) -> String {
    let mut shown = String::new();
    for (at, part) in message.split('`').enumerate() {
        shown.push_str(if at % 2 == 0 { part } else { "`…`" });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{listed, without_quotations};
    use crate::diagnostic::{Problem, Severity};

    #[test]
    fn a_bad_location_tells_where_it_stands_in_the_file_and_not_where_it_is() {
        let problem = Problem {
            code: "E020".into(),
            severity: Severity::Error,
            file: "locations.csv".into(),
            line: Some(7),
            column: Some("postcode".into()),
            row_id: Some("refuge-at-sentinel-road".into()),
            value: Some("M1 SENTINEL".into()),
            message: "`M1 SENTINEL` is not a postcode".into(),
            help: Some("did you mean `M1 1SE`?".into()),
            kept_last_good: false,
            excerpt: None,
        };
        let shown = serde_json::to_string(&listed(&problem)).unwrap_or_default();
        assert!(shown.contains("`…` is not a postcode") && shown.contains("locations.csv"), "{shown}");
        assert!(!shown.to_lowercase().contains("sentinel") && !shown.contains("1SE"), "{shown}");
    }

    #[test]
    fn quotations_are_taken_out_and_the_rest_stays() {
        assert_eq!(without_quotations("`a` is not `b`, see c"), "`…` is not `…`, see c");
        assert_eq!(without_quotations("plain"), "plain");
        assert_eq!(without_quotations("open `never closed"), "open `…`");
    }
}
