//! The problems of the files as a page shows them: by file, each with its line, what is wrong, the cure, and what the code
//! means.

use crate::dataset::catalogue::Kind;
use crate::diagnostic::{Problem, Severity};
use crate::language::Texts;
use crate::server::limits::PROBLEMS_SHOWN;
use std::fmt::Display;

/// The problems of one file.
pub struct FileProblems {
    pub file: String,
    pub heading: String,
    pub problems: Vec<ProblemView>,
}

/// One problem.
pub struct ProblemView {
    pub is_error: bool,
    pub severity: &'static str,
    pub code: String,
    /// "line 12", with the column and the row's id where they are known.
    pub place: String,
    pub message: String,
    pub help: Option<String>,
    pub kept_last_good: bool,
    /// What the code stands for.
    pub about: &'static str,
}

/// The problems by file, in their order; the first two hundred.
pub fn by_file(t: &'static Texts, problems: &[Problem]) -> Vec<FileProblems> {
    let mut files: Vec<FileProblems> = Vec::new();
    for problem in problems.iter().take(PROBLEMS_SHOWN) {
        let view = view(t, problem);
        match files.last_mut().filter(|last| last.file == problem.file) {
            Some(last) => last.problems.push(view),
            None => {
                let of_file = problems.iter().filter(|other| other.file == problem.file);
                let (errors, warnings): (Vec<_>, Vec<_>) = of_file.partition(|other| other.severity == Severity::Error);
                let counts = counts(t, errors.len(), warnings.len());
                files.push(FileProblems {
                    file: problem.file.clone(),
                    heading: format!("{}: {counts}", problem.file),
                    problems: vec![view],
                });
            }
        }
    }
    files
}

/// "2 errors and 3 warnings", or that there is nothing wrong.
pub fn sentence(t: &'static Texts, problems: &[Problem]) -> String {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    if problems.is_empty() {
        return t.text("directory.no_problems").to_string();
    }
    counts(t, errors, problems.len() - errors)
}

fn counts(t: &'static Texts, errors: usize, warnings: usize) -> String {
    let errors_text = t.count("directory.errors", errors as u64, &[]);
    let warnings_text = t.count("directory.warnings", warnings as u64, &[]);
    match (errors, warnings) {
        (0, _) => warnings_text,
        (_, 0) => errors_text,
        _ => t.say("directory.both", &[("errors", &errors_text), ("warnings", &warnings_text)]),
    }
}

pub fn view(t: &'static Texts, problem: &Problem) -> ProblemView {
    let mut place: Vec<String> = Vec::new();
    let mut add = |key: &str, value: Option<&dyn Display>| {
        place.extend(value.map(|value| t.say(key, &[("value", value)])));
    };
    add("directory.line", problem.line.as_ref().map(|line| line as &dyn Display));
    add("directory.column", problem.column.as_ref().map(|column| column as &dyn Display));
    add("directory.row", problem.row_id.as_ref().map(|row| row as &dyn Display));
    let is_error = problem.severity == Severity::Error;
    ProblemView {
        is_error,
        severity: t.text(if is_error { "directory.error" } else { "directory.warning" }),
        code: problem.code.clone(),
        place: place.join(", "),
        message: problem.message.clone(),
        help: problem.help.clone(),
        kept_last_good: problem.kept_last_good,
        about: Kind::find(&problem.code).map_or("", |kind| kind.title),
    }
}
