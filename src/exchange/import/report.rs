//! What an import carried, changed and could not carry, field by field, with counts and examples.

use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// How many examples are kept of each thing that happened to a field.
const EXAMPLES: usize = 3;
/// How much of a value is shown.
const SHOWN_CHARACTERS: usize = 60;
/// How many fields we do not know are named; a dump with keys made by a program has no end of them.
const MAX_FIELDS: usize = 500;
/// How many records that could not be used are named.
const MAX_REFUSED: usize = 100;

/// The report of one import.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// By what name the rows say where they come from.
    pub source: String,
    /// Services that were read, and those that became rows.
    pub records: u64,
    pub services: Counts,
    pub organisations: Counts,
    pub locations: Counts,
    /// Services that came from this source before and are not in it any more.
    pub gone: Vec<String>,
    pub fields: BTreeMap<String, Field>,
    /// Records and lines that could not be used, and why; the first hundred.
    pub refused: Vec<String>,
    pub refused_count: u64,
    /// Services without a category that we have.
    pub without_category: u64,
    /// Terms of their taxonomies that are none of our categories or audiences, with how many services have them.
    pub unknown_terms: BTreeMap<String, u64>,
}

/// What became of the rows of a file.
#[derive(Debug, Default, Serialize)]
pub struct Counts {
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub left_out: u64,
}

impl Counts {
    pub fn all(&self) -> u64 {
        self.added + self.changed + self.unchanged
    }
}

/// What became of one field.
#[derive(Debug, Default, Serialize)]
pub struct Field {
    /// As it was.
    pub carried: u64,
    /// How it was changed, and how often.
    pub changed: BTreeMap<&'static str, Happened>,
    /// Why it was left, and how often.
    pub left: BTreeMap<&'static str, Happened>,
}

#[derive(Debug, Default, Serialize)]
pub struct Happened {
    pub count: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
}

impl Happened {
    fn add(&mut self, example: &str) {
        self.count += 1;
        let example = shown(example);
        if self.examples.len() < EXAMPLES && !example.is_empty() && !self.examples.contains(&example) {
            self.examples.push(example);
        }
    }
}

impl Report {
    pub fn carried(&mut self, field: &str) {
        if let Some(field) = self.field(field) {
            field.carried += 1;
        }
    }

    pub fn changed(&mut self, field: &str, how: &'static str, example: &str) {
        if let Some(field) = self.field(field) {
            field.changed.entry(how).or_default().add(example);
        }
    }

    pub fn left(&mut self, field: &str, why: &'static str, example: &str) {
        if let Some(field) = self.field(field) {
            field.left.entry(why).or_default().add(example);
        }
    }

    /// A record or a line that could not be used.
    pub fn broken(&mut self, what: String) {
        self.refused_count += 1;
        if self.refused.len() < MAX_REFUSED {
            self.refused.push(shown_long(&what));
        }
    }

    pub fn unknown_term(&mut self, name: &str) {
        let name = shown(name);
        if self.unknown_terms.len() < 10_000 || self.unknown_terms.contains_key(&name) {
            *self.unknown_terms.entry(name).or_default() += 1;
        }
    }

    fn field(&mut self, name: &str) -> Option<&mut Field> {
        let name = shown(name);
        if !self.fields.contains_key(&name) && self.fields.len() >= MAX_FIELDS {
            return None;
        }
        Some(self.fields.entry(name).or_default())
    }

    /// The report as a person reads it.
    pub fn write(&self, dry_run: bool, out: &mut impl Write) -> io::Result<()> {
        let would = if dry_run { "would be " } else { "" };
        writeln!(out, "source: {}", self.source)?;
        writeln!(out, "{} read", counted(self.records, "record"))?;
        for (name, counts) in
            [("service", &self.services), ("organisation", &self.organisations), ("location", &self.locations)]
        {
            let Counts { added, changed, unchanged, left_out } = counts;
            let left = if *left_out > 0 { format!(", {left_out} left out") } else { String::new() };
            let all = counted(counts.all(), name);
            writeln!(out, "{all}: {added} {would}added, {changed} {would}changed, {unchanged} unchanged{left}")?;
        }
        if !self.gone.is_empty() {
            let some: Vec<&str> = self.gone.iter().take(5).map(String::as_str).collect();
            let more = if self.gone.len() > some.len() { " …" } else { "" };
            writeln!(
                out,
                "{} no longer in the source: {}{more}",
                counted(self.gone.len() as u64, "service"),
                some.join(", ")
            )?;
        }
        if !self.fields.is_empty() {
            writeln!(out, "\n{:<44} {:>8} {:>8} {:>11}", "field", "carried", "changed", "not carried")?;
        }
        for (name, field) in &self.fields {
            let sum = |all: &BTreeMap<&'static str, Happened>| all.values().map(|happened| happened.count).sum::<u64>();
            let (changed, left) = (sum(&field.changed), sum(&field.left));
            writeln!(out, "{name:<44} {:>8} {changed:>8} {left:>11}", field.carried)?;
            for (what, happened) in field.changed.iter().chain(&field.left) {
                let examples: Vec<String> = happened.examples.iter().map(|example| format!("`{example}`")).collect();
                let such_as = if examples.is_empty() { String::new() } else { format!(": {}", examples.join(", ")) };
                writeln!(out, "    {} {what}{such_as}", happened.count)?;
            }
        }
        if self.without_category > 0 {
            let services = counted(self.without_category, "service");
            writeln!(out, "\n{services} without a category: found by text alone until somebody fills it in")?;
        }
        let mut terms: Vec<(&String, &u64)> = self.unknown_terms.iter().collect();
        terms.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        if !terms.is_empty() {
            writeln!(
                out,
                "\n{} of theirs that we have no category or audience for; the commonest:",
                counted(terms.len() as u64, "term")
            )?;
            for (term, count) in terms.iter().take(15) {
                writeln!(out, "{count:>8}  {term}")?;
            }
            writeln!(out, "  = help: add a term to the `words` of a category or audience, and import again")?;
        }
        if self.refused_count > 0 {
            writeln!(out, "\nnot used: {}", self.refused_count)?;
            for refused in self.refused.iter().take(20) {
                writeln!(out, "    {refused}")?;
            }
        }
        Ok(())
    }
}

fn counted(count: u64, what: &str) -> String {
    crate::dataset::render::counted(count, what)
}

/// A value as it is safe and short to show.
pub fn shown(text: &str) -> String {
    cut(text, SHOWN_CHARACTERS)
}

fn shown_long(text: &str) -> String {
    cut(text, 4 * SHOWN_CHARACTERS)
}

fn cut(text: &str, most: usize) -> String {
    let visible = |c: &char| !crate::dataset::is_invisible(*c) || c.is_whitespace();
    let plain: String =
        text.chars().filter(visible).map(|c| if c.is_whitespace() { ' ' } else { c }).take(most + 1).collect();
    let plain = plain.trim();
    if plain.chars().count() <= most {
        plain.to_string()
    } else {
        plain.chars().take(most - 1).collect::<String>() + "…"
    }
}
