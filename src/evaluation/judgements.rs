//! The two files of a judged set: the questions, and the grade of each service for each.
//!
//! **Questions** are a JSON array. Each has an `id`, a `kind` (any word: the table has a row for each kind), perhaps a
//! `note` for people and a `half` (`tune`: weights and words may be set by it; `test`: they may not), and either `ask`,
//! the fields of `GET /api/v1/services`, or `profile`, the body of `POST /api/v1/match`:
//!
//! ```json
//! [{"id": "l05", "kind": "lay", "half": "test", "ask": {"q": "nowhere to kip", "near": "M1 4BT"}},
//!  {"id": "m01", "kind": "goals", "profile": {"goals": [{"goal": "belonging"}]}}]
//! ```
//!
//! **Judgements** are tab-separated with the header `query service grade`; a grade is 0 (no use), 1 (somewhat related),
//! 2 (clearly useful) or 3 (just what is needed). What is not listed is 0. The four columns of TREC's qrels (query,
//! anything, service, grade; no header; any white space) are read as well.

use crate::matching::profile::Profile;
use crate::search::ask::Ask;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The highest grade.
pub const HIGHEST: u8 = 3;
const HEADER: [&str; 3] = ["query", "service", "grade"];

/// One question.
#[derive(Clone, Debug)]
pub struct Query {
    pub id: String,
    pub kind: String,
    pub half: Option<Half>,
    pub asked: Asked,
}

/// What a question may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Half {
    /// Setting weights, and seeing which words are missing.
    Tune,
    /// Showing what that was worth. Nothing is set by it.
    Test,
}

/// To whom a question goes.
#[derive(Clone, Debug)]
pub enum Asked {
    Search(Ask),
    Match(Profile),
}

/// The grades of one question's services.
pub type Grades = HashMap<String, u8>;

/// A judged set: the questions in the order of their file, and the grades of each.
#[derive(Clone, Debug)]
pub struct Judged {
    pub queries: Vec<Query>,
    grades: HashMap<String, Grades>,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct Broken {
    pub file: String,
    pub line: usize,
    pub what: String,
    pub help: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    kind: String,
    #[serde(default, rename = "note")]
    _note: String,
    half: Option<Half>,
    ask: Option<Ask>,
    profile: Option<Profile>,
}

impl Judged {
    /// Reads a judged set from the texts of its files; their names are for messages.
    ///
    /// # Errors
    /// The first thing that is wrong: a set with a fault in it would give numbers that mean nothing.
    pub fn read(questions: (&str, &str), judgements: (&str, &str)) -> Result<Self, Broken> {
        let queries = read_questions(questions.0, questions.1)?;
        let known: BTreeSet<&str> = queries.iter().map(|query| query.id.as_str()).collect();
        let grades = read_judgements(judgements.0, judgements.1, &known)?;
        for query in &queries {
            if !grades.get(&query.id).is_some_and(|grades| grades.values().any(|grade| *grade > 0)) {
                return Err(Broken {
                    file: judgements.0.to_string(),
                    line: 1,
                    what: format!("no service is graded above 0 for query `{}`", query.id),
                    help: format!("grade its services, or leave the query out of {}", questions.0),
                });
            }
        }
        Ok(Self { queries, grades })
    }

    /// Only the questions of that half; none if there are none.
    pub fn half(mut self, half: Half) -> Option<Self> {
        self.queries.retain(|query| query.half == Some(half));
        self.grades.retain(|id, _| self.queries.iter().any(|query| query.id == *id));
        (!self.queries.is_empty()).then_some(self)
    }

    /// The kinds of question, in the order in which they come.
    pub fn kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = Vec::new();
        for query in &self.queries {
            if !kinds.contains(&query.kind.as_str()) {
                kinds.push(&query.kind);
            }
        }
        kinds
    }

    /// The grades of a question's services.
    pub fn grades(&self, query: &Query) -> &Grades {
        &self.grades[&query.id] // `read` saw to it that every query has some
    }

    /// The graded services that `exists` does not know, with the queries they are graded for.
    pub fn missing(&self, exists: impl Fn(&str) -> bool) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut missing: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (query, grades) in &self.grades {
            for service in grades.keys().filter(|service| !exists(service)) {
                missing.entry(service).or_default().insert(query);
            }
        }
        missing
    }
}

fn read_questions(file: &str, text: &str) -> Result<Vec<Query>, Broken> {
    let text = text.trim_start_matches('\u{feff}');
    let broken =
        |line: usize, what: String, help: &str| Broken { file: file.to_string(), line, what, help: help.to_string() };
    let rows: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| {
        let help = "the file is one JSON array of `{\"id\": …, \"kind\": …, \"ask\": …}`";
        broken(error.line().max(1), said(&error), help)
    })?;
    let mut queries: Vec<Query> = Vec::new();
    for row in rows {
        let from = row.get().as_ptr() as usize - text.as_ptr() as usize;
        let line = 1 + text[..from].matches('\n').count();
        let row: Row = serde_json::from_str(row.get()).map_err(|error| {
            let help = "a query has `id`, `kind`, perhaps `half` and `note`, and either `ask` or `profile`";
            broken(line + error.line().saturating_sub(1), said(&error), help)
        })?;
        if row.id.trim().is_empty() || row.kind.trim().is_empty() {
            return Err(broken(line, "a query without an id or a kind".to_string(), "give it both"));
        }
        let asked = match (row.ask, row.profile) {
            (Some(ask), None) => Asked::Search(ask),
            (None, Some(profile)) => Asked::Match(profile),
            (None, None) => {
                let help = "give `ask` (the fields of a search) or `profile` (the body of a match)";
                return Err(broken(line, format!("query `{}` asks nothing", row.id), help));
            }
            (Some(_), Some(_)) => {
                let help = "make two queries of it, each with an id of its own";
                return Err(broken(line, format!("query `{}` has both `ask` and `profile`", row.id), help));
            }
        };
        if queries.iter().any(|other| other.id == row.id) {
            return Err(broken(line, format!("a second query `{}`", row.id), "give each an id of its own"));
        }
        queries.push(Query { id: row.id, kind: row.kind, half: row.half, asked });
    }
    if queries.is_empty() {
        return Err(broken(1, "no query in it".to_string(), "add at least one"));
    }
    Ok(queries)
}

/// The message of a JSON error without its position, which is of the row and not of the file.
fn said(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or(&message).to_string()
}

fn read_judgements(file: &str, text: &str, known: &BTreeSet<&str>) -> Result<HashMap<String, Grades>, Broken> {
    let broken = |line: usize, what: String, help: String| Broken { file: file.to_string(), line, what, help };
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let is_qrels = first.split_whitespace().count() == 4;
    if !is_qrels && first.split('\t').map(str::trim).ne(HEADER) {
        let help = "the first line is `query`, `service` and `grade` with tabs between".to_string();
        return Err(broken(1, format!("the header is `{}`", first.replace('\t', " ")), help));
    }
    let mut all: HashMap<String, Grades> = HashMap::new();
    for (at, line) in text.lines().enumerate().skip(usize::from(!is_qrels)) {
        let number = at + 1;
        if line.trim().is_empty() {
            continue;
        }
        let cells: Vec<&str> =
            if is_qrels { line.split_whitespace().collect() } else { line.split('\t').map(str::trim).collect() };
        let (query, service, grade) = match cells[..] {
            [query, service, grade] if !is_qrels => (query, service, grade),
            [query, _, service, grade] if is_qrels => (query, service, grade),
            _ => {
                let wanted = if is_qrels { 4 } else { 3 };
                let help = "a line is a query, a service and a grade with a tab between".to_string();
                return Err(broken(number, format!("{} columns in place of {wanted}", cells.len()), help));
            }
        };
        if !known.contains(query) {
            let near = known.iter().min_by_key(|other| strsim::osa_distance(other, query));
            let help = near.map_or_else(String::new, |near| format!("did you mean `{near}`?"));
            return Err(broken(number, format!("there is no query `{query}`"), help));
        }
        let grade = grade.parse::<u8>().ok().filter(|grade| *grade <= HIGHEST).ok_or_else(|| {
            let help = "0 no use, 1 somewhat related, 2 clearly useful, 3 just what is needed".to_string();
            broken(number, format!("`{grade}` is not a grade from 0 to {HIGHEST}"), help)
        })?;
        if all.entry(query.to_string()).or_default().insert(service.to_string(), grade).is_some() {
            let help = "keep one of the two lines".to_string();
            return Err(broken(number, format!("`{service}` is graded twice for `{query}`"), help));
        }
    }
    Ok(all)
}
