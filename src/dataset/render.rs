//! Problems as people and programs read them: text, JSON, and the annotations of GitHub.

use super::{Reading, is_invisible};
use crate::diagnostic::{Excerpt, Problem};
use serde::Serialize;
use std::io::{self, Write};

/// For people, in the manner of rustc.
pub fn text(reading: &Reading, out: &mut impl Write) -> io::Result<()> {
    for problem in &reading.problems {
        one(problem, out)?;
        writeln!(out)?;
    }
    writeln!(out, "{}", summary(reading))
}

fn one(problem: &Problem, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}[{}]: {}", problem.severity, problem.code, visible(&problem.message))?;
    let margin = problem.line.map_or(1, |line| line.to_string().len());
    writeln!(out, "{:margin$}--> {}", "", place(problem))?;
    if let (Some(excerpt), Some(line)) = (&problem.excerpt, problem.line) {
        let (before, marked, after) = parts(excerpt);
        writeln!(out, "{:margin$} |", "")?;
        writeln!(out, "{line} | {before}{marked}{after}")?;
        let (blanks, marks) = (width(&before), width(&marked).max(1));
        writeln!(out, "{:margin$} | {:blanks$}{:^<marks$}", "", "", "")?;
    }
    if let Some(help) = &problem.help {
        writeln!(out, "{:margin$} = help: {}", "", visible(help))?;
    }
    if problem.kept_last_good {
        writeln!(out, "{:margin$} = note: the last good version of this row goes on being served", "")?;
    }
    Ok(())
}

/// `services.csv:12:status (allotment-mornings)`
fn place(problem: &Problem) -> String {
    let mut place = visible(&problem.file);
    if let Some(line) = problem.line {
        place.push_str(&format!(":{line}"));
    }
    if let Some(column) = &problem.column {
        place.push_str(&format!(":{}", visible(column)));
    }
    if let Some(id) = &problem.row_id {
        place.push_str(&format!(" ({})", visible(id)));
    }
    place
}

/// The line before, in and after the mark, without anything that a terminal would obey.
fn parts(excerpt: &Excerpt) -> (String, String, String) {
    let Excerpt { line, from, to } = excerpt;
    let cut = |range: std::ops::Range<usize>| visible(line.get(range).unwrap_or_default());
    (cut(0..*from), cut(*from..*to), cut(*to..line.len()))
}

fn visible(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible(c) {
            made.extend(c.escape_default());
        } else {
            made.push(c);
        }
    }
    made
}

/// How wide a terminal shows it, near enough: combining marks and wide letters are rare in a directory.
fn width(text: &str) -> usize {
    text.chars().count()
}

/// `13 files, 48 rows: 2 errors, 1 warning; 2 rows left out`
pub fn summary(reading: &Reading) -> String {
    let rows: usize = reading.files.iter().map(|file| file.rows).sum();
    let left_out: usize = reading.files.iter().map(|file| file.left_out).sum();
    let rejected: Vec<&str> =
        reading.files.iter().filter(|file| file.rejected).map(|file| file.name.as_str()).collect();
    let mut text = format!("{}, {}: ", counted(reading.files.len() as u64, "file"), counted(rows as u64, "row"));
    match (reading.errors, reading.warnings) {
        (0, 0) => text.push_str("all good"),
        (errors, warnings) => text.push_str(&format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"))),
    }
    if left_out > 0 {
        text.push_str(&format!("; {} left out", counted(left_out as u64, "row")));
    }
    if !rejected.is_empty() {
        text.push_str(&format!("; rejected: {}", rejected.join(", ")));
    }
    text
}

pub fn counted(number: u64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

#[derive(Serialize)]
struct Report<'r> {
    problems: &'r [Problem],
    summary: Summary<'r>,
}

#[derive(Serialize)]
struct Summary<'r> {
    files: Vec<FileSummary<'r>>,
    errors: u64,
    warnings: u64,
}

#[derive(Serialize)]
struct FileSummary<'r> {
    name: &'r str,
    rows: usize,
    left_out: usize,
    rejected: bool,
    sha256: &'r str,
}

/// For programs: every problem, and what became of each file.
pub fn json(reading: &Reading, out: &mut impl Write) -> io::Result<()> {
    let files = reading
        .files
        .iter()
        .map(|file| FileSummary {
            name: &file.name,
            rows: file.rows,
            left_out: file.left_out,
            rejected: file.rejected,
            sha256: &file.sha256,
        })
        .collect();
    let summary = Summary { files, errors: reading.errors, warnings: reading.warnings };
    serde_json::to_writer_pretty(&mut *out, &Report { problems: &reading.problems, summary })?;
    writeln!(out)
}

/// For GitHub, which shows each problem at its line. `folder` is the path of the files within the repository.
pub fn github(reading: &Reading, folder: &str, out: &mut impl Write) -> io::Result<()> {
    let folder = folder.trim_end_matches('/');
    for problem in &reading.problems {
        let mut properties = format!("file={}", property(&format!("{folder}/{}", problem.file)));
        if let Some(line) = problem.line {
            properties.push_str(&format!(",line={line}"));
        }
        let title = match &problem.column {
            Some(column) => format!("{} in {column}", problem.code),
            None => problem.code.clone(),
        };
        properties.push_str(&format!(",title={}", property(&title)));
        let help = problem.help.as_ref().map_or(String::new(), |help| format!("\nhelp: {help}"));
        let message = data(&format!("{}{help}", problem.message));
        writeln!(out, "::{} {properties}::{message}", problem.severity)?;
    }
    writeln!(out, "{}", summary(reading))
}

/// Text of a workflow command, escaped as GitHub demands.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command, escaped as GitHub demands.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
