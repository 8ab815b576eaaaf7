//! A problem in somebody's data, as a value: where it is, what was found, what would be right, and the likely cure.
//!
//! `dataset` finds problems, `signpost check` prints them, the directory page and `/api/v1/directory` show them.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The row or file is left out, or keeps its last good version.
    Error,
    /// The row is used as it is understood.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Problem {
    /// A lasting code (`E014`, `W021`); `signpost explain E014` explains it.
    pub code: String,
    pub severity: Severity,
    /// The file's name within the directory folder.
    pub file: String,
    /// Line in the file, from 1; quoted line breaks and CRLF are counted as an editor counts them.
    pub line: Option<u64>,
    /// The column's name.
    pub column: Option<String>,
    /// The row's id or code, if it could be read.
    pub row_id: Option<String>,
    /// The cell as found, cut after 60 characters. None in rows of confidential places.
    pub value: Option<String>,
    /// What is wrong, one line, lower case, no full stop.
    pub message: String,
    /// The likely cure.
    pub help: Option<String>,
    /// True when the row's last good version goes on being served.
    pub kept_last_good: bool,
    /// The file's line, and the byte range of the cell within it. None in rows of confidential places.
    pub excerpt: Option<Excerpt>,
}

/// A line of a file with one cell marked; a long line is cut around the cell, with `…` where it was cut.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Excerpt {
    pub line: String,
    pub from: usize,
    pub to: usize,
}
