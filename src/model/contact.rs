//! Ways to reach somebody: a phone number, an e-mail address, a web address. Each is safe to print and to link.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A phone number as people write it in the UK: digits, spaces, `+`, `(`, `)`, `-`; 3 to 15 digits, so that `999`,
/// `111` and `116 123` are numbers too (libraries of phone plans call them invalid).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(value_type = String, example = "0161 496 0123")]
pub struct Phone(String);

impl Phone {
    pub fn new(text: &str) -> Option<Self> {
        let shape =
            text.char_indices().all(|(at, c)| c.is_ascii_digit() || " ()-".contains(c) || (c == '+' && at == 0));
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        (shape && (3..=15).contains(&digits) && text.len() <= 30).then(|| Self(text.to_string()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a `tel:` link.
    pub fn link(&self) -> String {
        let digits: String = self.0.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        format!("tel:{digits}")
    }
}

/// An e-mail address: one `@`, a dot after it, no spaces or control characters. Shape only; it is never written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(value_type = String, format = "email")]
pub struct Email(String);

impl Email {
    pub fn new(text: &str) -> Option<Self> {
        let (user, host) = text.split_once('@')?;
        let plain = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
        let user_fits = !user.is_empty() && user.chars().all(plain);
        let labels = || host.split('.');
        let host_fits = host.contains('.')
            && labels().all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'));
        (user_fits && host_fits && text.len() <= 254).then(|| Self(text.to_string()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A web address with the scheme `http` or `https` and a host: never `javascript:`, which no template escaping stops.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(value_type = String, format = "uri")]
pub struct Website(String);

impl Website {
    pub fn new(text: &str) -> Option<Self> {
        let lower = text.get(..8.min(text.len())).map(str::to_ascii_lowercase)?;
        let rest = ["https://", "http://"]
            .into_iter()
            .find_map(|scheme| lower.starts_with(scheme).then(|| &text[scheme.len()..]))?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host_fits = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || ".-:".contains(c));
        let printable = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "\"'<>`\\".contains(c));
        (host_fits && printable && text.len() <= 500).then(|| Self(text.to_string()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! shows_its_text {
    ($($name:ident),+) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}
shows_its_text!(Phone, Email, Website);
