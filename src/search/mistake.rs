//! What is wrong with a question, in words for whoever asked it: the field, the fault, the cure.
//!
//! A mistake may name a place that was typed, so it goes to whoever asked and never to a log.

use serde::Serialize;
use utoipa::ToSchema;

/// The kind of a mistake: lasting names that other systems may rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MistakeKind {
    UnknownField,
    NotANumber,
    NotAChoice,
    OutOfRange,
    TooLong,
    TooMany,
    UnknownCode,
    UnknownPlace,
    Missing,
    Malformed,
}

impl MistakeKind {
    /// Its lasting name, as in the problem's `type`.
    pub fn name(self) -> &'static str {
        match self {
            MistakeKind::UnknownField => "unknown-field",
            MistakeKind::NotANumber => "not-a-number",
            MistakeKind::NotAChoice => "not-a-choice",
            MistakeKind::OutOfRange => "out-of-range",
            MistakeKind::TooLong => "too-long",
            MistakeKind::TooMany => "too-many",
            MistakeKind::UnknownCode => "unknown-code",
            MistakeKind::UnknownPlace => "unknown-place",
            MistakeKind::Missing => "missing",
            MistakeKind::Malformed => "malformed",
        }
    }
}

/// One thing wrong with a question.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Mistake {
    /// The field, as in `within_km` or `about.age`.
    pub field: String,
    pub kind: MistakeKind,
    /// What is wrong, without the value.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl Mistake {
    pub fn new(field: &str, kind: MistakeKind, message: impl Into<String>) -> Self {
        Self { field: field.to_string(), kind, message: message.into(), help: None }
    }

    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A field that does not exist, with the nearest one that does.
    pub fn unknown_field(name: &str, known: &[&str]) -> Self {
        let nearest = known.iter().min_by_key(|field| strsim::osa_distance(field, name));
        let help = match nearest.filter(|field| strsim::osa_distance(field, name) <= 3) {
            Some(field) => format!("did you mean `{field}`?"),
            None => format!("the fields are {}", known.join(", ")),
        };
        let shown: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "_-.".contains(*c)).take(40).collect();
        Self::new(&shown, MistakeKind::UnknownField, "is not a field of this question").with_help(help)
    }
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` {}", self.field, self.message)?;
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}
