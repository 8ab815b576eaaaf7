//! Collects problems, bounded: a file with a million bad rows is described by the first thousand of each kind and a
//! count of the rest.

use super::catalogue::Kind;
use crate::diagnostic::{Excerpt, Problem, Severity};
use std::collections::HashMap;
use std::ops::Range;

/// How many problems of one kind are kept for one file; nobody reads more, and memory is finite.
const MAX_OF_A_KIND: u64 = 1_000;
/// How much of a value is shown in a message.
const SHOWN_CHARACTERS: usize = 60;
/// How much of a long line is shown before the marked cell, and how much of the cell and after it; bytes.
const BEFORE_CELL: usize = 30;
const FROM_CELL_ON: usize = 70;

/// Why a cell or row is wrong, or what was assumed in reading it.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) kind: &'static Kind,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Finding {
    pub(super) fn new(kind: &'static Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), help: None }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// Where in a file a problem is; everything may be unknown but the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Spot {
    pub(super) line: Option<u64>,
    pub(super) column: Option<String>,
    pub(super) row_id: Option<String>,
    pub(super) value: Option<String>,
    pub(super) excerpt: Option<Excerpt>,
}

impl Spot {
    pub(super) fn line(line: u64) -> Self {
        Self { line: Some(line), ..Self::default() }
    }
}

/// All problems found so far.
#[derive(Debug, Default)]
pub(super) struct Problems {
    kept: Vec<Problem>,
    counts: HashMap<(String, &'static str), (u64, &'static Kind)>,
    pub(super) errors: u64,
    pub(super) warnings: u64,
}

impl Problems {
    /// Counts a problem; `spot` is asked only if it is one of those that are kept.
    pub(super) fn add(&mut self, file: &str, finding: Finding, spot: impl FnOnce() -> Spot) {
        match finding.kind.severity() {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        let (count, _) = self.counts.entry((file.to_string(), finding.kind.code)).or_insert((0, finding.kind));
        *count += 1;
        if *count > MAX_OF_A_KIND {
            return;
        }
        let Spot { line, column, row_id, value, excerpt } = spot();
        self.kept.push(Problem {
            code: finding.kind.code.to_string(),
            severity: finding.kind.severity(),
            file: file.to_string(),
            line,
            column,
            row_id,
            value: value.map(|value| shown(&value)),
            message: finding.message,
            help: finding.help,
            kept_last_good: false,
            excerpt,
        });
    }

    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }

    /// The row of the errors from number `first` on goes on being served as it last was.
    pub(super) fn mark_kept(&mut self, first: usize) {
        for problem in &mut self.kept[first..] {
            problem.kept_last_good = problem.severity == Severity::Error;
        }
    }

    /// All of them by file, then line, then as they were found, with a last one for each kind that was too frequent.
    pub(super) fn finish(mut self, file_rank: impl Fn(&str) -> usize) -> Vec<Problem> {
        for ((file, code), (count, kind)) in self.counts {
            if count > MAX_OF_A_KIND {
                self.kept.push(Problem {
                    code: code.to_string(),
                    severity: kind.severity(),
                    file,
                    line: None,
                    column: None,
                    row_id: None,
                    value: None,
                    message: format!("{}: {} more in this file", kind.title, count - MAX_OF_A_KIND),
                    help: None,
                    kept_last_good: false,
                    excerpt: None,
                });
            }
        }
        let many = |problem: &Problem| problem.line.is_none() && problem.message.ends_with(" more in this file");
        self.kept.sort_by_cached_key(|problem| {
            (file_rank(&problem.file), problem.file.clone(), many(problem), problem.line)
        });
        self.kept
    }
}

/// A value as messages show it: one line, short, nothing in it that a terminal would obey.
pub(super) fn shown(value: &str) -> String {
    let mut text = String::new();
    for (count, c) in value.chars().enumerate() {
        if count == SHOWN_CHARACTERS {
            text.push('…');
            break;
        }
        match c {
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            c if is_invisible(c) => text.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c => text.push(c),
        }
    }
    text
}

/// Control characters, and those that turn the direction of writing (Unicode TR 36, section 2.8).
pub fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The line of `text` that holds the start of `cell`, cut around the cell if it is long.
pub(super) fn excerpt(text: &str, cell: Range<usize>) -> Excerpt {
    let start = text[..cell.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let (from, to) = ((cell.start - start).min(line.len()), (cell.end - start).min(line.len()));
    let first = if from > BEFORE_CELL + 10 { line.floor_char_boundary(from - BEFORE_CELL) } else { 0 };
    let end = line.floor_char_boundary((from + FROM_CELL_ON).min(line.len()));
    let mut shown = String::new();
    if first > 0 {
        shown.push('…');
    }
    let shift = shown.len();
    shown.push_str(&line[first..end]);
    let to = to.min(end);
    if end < line.len() {
        shown.push('…');
    }
    Excerpt { line: shown, from: from - first + shift, to: to.max(from) - first + shift }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_cut_around_the_cell() {
        let text = format!("first\n{},wrong,{}\r\n", "a".repeat(200), "é".repeat(200));
        let cell = 207..212;
        let found = excerpt(&text, cell);
        assert_eq!(&found.line[found.from..found.to], "wrong");
        assert!(found.line.starts_with("…aaa") && found.line.ends_with("éé…") && found.line.len() < 120);
    }

    #[test]
    fn values_are_shown_on_one_line() {
        assert_eq!(shown("a\u{1b}[31m\nb\u{202e}"), "a\\u{1b}[31m\\nb\\u{202e}");
        assert_eq!(shown(&"x".repeat(100)).chars().count(), 61);
    }
}
