//! What a form of a page says: names and values in the body of a `POST`, so that nothing that a person asks stands in an
//! address.

use crate::server::error::Problem;
use crate::server::request;
use axum::body::Body;
use axum::http::HeaderMap;
use tokio::time::Instant;

/// The fields of a form, in the order in which they were sent. A name may come more than once; an empty value is a field
/// that was left blank.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads the body of a form.
    ///
    /// # Errors
    /// Another content type, too large, or too slow.
    pub async fn read(headers: &HeaderMap, body: Body, deadline: Instant) -> Result<Self, Problem> {
        request::form(headers, body, deadline).await.map(Self)
    }

    /// Fields by their names and values.
    #[cfg(test)]
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// Every field with a value.
    pub fn stated(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        pairs.filter(|(_, value)| !value.trim().is_empty())
    }

    /// The last value of a name, without blanks around it; empty if there is none.
    pub fn value(&self, name: &str) -> &str {
        self.all(name).last().unwrap_or_default()
    }

    /// Every value of a name that is not blank.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.stated().filter(move |(known, _)| *known == name).map(|(_, value)| value.trim())
    }

    pub fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// Whether a name has this value among its own.
    pub fn says(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|stated| stated == value)
    }

    /// Without the values of a name, or without one of them.
    #[must_use]
    pub fn without(mut self, name: &str, value: Option<&str>) -> Self {
        self.0.retain(|(known, stated)| known != name || value.is_some_and(|value| stated.trim() != value));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn fields_are_found_by_name_and_blank_ones_are_not_stated() {
        let pairs = [("a", "1"), ("b", " "), ("a", " 2 "), ("c", "x")];
        let fields = Fields::of(pairs.map(|(name, value)| (name.to_string(), value.to_string())));
        assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(fields.value("a"), "2");
        assert!(!fields.has("b") && fields.says("c", "x"));
        assert_eq!(fields.clone().without("a", Some("2")).value("a"), "1");
        assert!(!fields.without("a", None).has("a"));
    }
}
