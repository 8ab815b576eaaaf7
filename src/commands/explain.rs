//! `signpost explain`: what a code such as E014 means, with an example and the cure.

use super::{Ending, YourMistake};
use crate::dataset::catalogue::{ALL, Kind};
use anyhow::Result;
use clap::Args;
use std::io::{self, Write};

/// The width of a line of text.
const WIDTH: usize = 100;

/// Explain a problem by its code, such as E014
#[derive(Debug, Args)]
pub struct Explain {
    /// The code, as `signpost check` shows it; small letters will do
    code: String,
}

impl Explain {
    pub fn run(self) -> Result<Ending> {
        let Some(kind) = Kind::find(self.code.trim()) else {
            return Err(unknown(&self.code).into());
        };
        let mut out = io::stdout().lock();
        writeln!(out, "{}: {}\n\n{}\n", kind.code, kind.title, wrapped(kind.explanation))?;
        writeln!(out, "example:\n{}\n", indented(kind.example))?;
        writeln!(out, "help: {}", wrapped(kind.cure))?;
        Ok(Ending::Done)
    }
}

fn unknown(code: &str) -> YourMistake {
    let wanted = code.trim().to_ascii_uppercase();
    let distance = |kind: &&&Kind| strsim::osa_distance(&wanted, kind.code);
    let near = ALL.iter().min_by_key(distance).filter(|kind| distance(kind) <= 2);
    let help = match near {
        Some(kind) => format!("did you mean `{}` ({})?", kind.code, kind.title),
        None => "codes look like `E036` and `W010`; `signpost check` shows them".to_string(),
    };
    YourMistake { message: format!("there is no code `{}`", code.escape_debug()), help: Some(help) }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// Breaks a paragraph into lines between words.
fn wrapped(text: &str) -> String {
    let mut made = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            made.push('\n');
            width = 0;
        } else if width > 0 {
            made.push(' ');
            width += 1;
        }
        made.push_str(word);
        width += length;
    }
    made
}
