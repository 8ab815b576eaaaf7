//! What every page has around its own: its language and the way to the others, the way out, where it stands.
//!
//! The language of a page stands in its address (`?lang=cy`; the kiosk has it in the path), never in a cookie. Pages
//! that take forms keep it in the address of the form, see [`Frame::link`].

use super::assets;
use crate::language::{Language, Texts};
use crate::server::request;
use crate::server::state::AppState;
use axum::http::Uri;
use std::fmt::Display;

/// The name of the parameter that holds the language.
pub const LANGUAGE: &str = "lang";

/// Where in the site a page stands: what its navigation marks as the current page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Home,
    Navigator,
    Directory,
    Api,
    About,
    /// In none of the navigation's rooms.
    Elsewhere,
}

/// What `templates/layout.html` needs. A page's struct has it as `frame`.
pub struct Frame {
    /// The texts of the page's language.
    pub t: &'static Texts,
    /// The path of this page, to be had in another language; empty if it has none.
    pub path: String,
    /// Whether the page has a form (`#navigator`) that has to be sent along: what was asked is in it alone, and another
    /// language must not lose it.
    pub has_form: bool,
    /// True when the organisations are fictional.
    pub sample: bool,
    /// Where the quick way out leads.
    pub exit_to: String,
    pub section: Section,
}

/// A way to the same page in another language.
pub struct OtherLanguage {
    pub language: Language,
    pub link: String,
}

impl Frame {
    /// The frame of the page at an address.
    pub fn new(state: &AppState, uri: &Uri, section: Section) -> Self {
        let asked = request::pairs(uri).unwrap_or_default().into_iter().find(|(name, _)| name == LANGUAGE);
        let language = asked.and_then(|(_, code)| state.site.language(&code)).unwrap_or_default();
        Self::of(state, language, uri.path(), section)
    }

    /// The frame of a page in a language.
    pub fn of(state: &AppState, language: Language, path: &str, section: Section) -> Self {
        Self {
            t: language.texts(),
            path: path.to_string(),
            has_form: false,
            sample: state.snapshot().is_some_and(|snapshot| snapshot.vocabulary().is_sample),
            exit_to: state.site.exit_to.clone(),
            section,
        }
    }

    pub fn language(&self) -> Language {
        self.t.language()
    }

    /// A path of this site in the page's language.
    pub fn link(&self, path: &str) -> String {
        in_language(path, self.language())
    }

    /// The page of a service in the page's language.
    pub fn service(&self, id: &impl Display) -> String {
        self.link(&format!("/services/{id}"))
    }

    /// The same page with a form that goes along to another language.
    #[must_use]
    pub fn with_form(self) -> Self {
        Self { has_form: true, ..self }
    }

    /// The page in the other languages.
    pub fn others(&self) -> Vec<OtherLanguage> {
        let own = self.language();
        let has_address = !self.path.is_empty();
        let others = Language::OFFERED.into_iter().filter(|language| has_address && *language != own);
        others.map(|language| OtherLanguage { language, link: in_language(&self.path, language) }).collect()
    }

    /// The address of an asset.
    pub fn asset(&self, name: &str) -> String {
        assets::path(name)
    }
}

/// A path with its language, where that is not English.
fn in_language(path: &str, language: Language) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    match language {
        Language::English => path.to_string(),
        other => format!("{path}{sign}{LANGUAGE}={}", other.code()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, in_language};

    #[test]
    fn the_language_stands_in_the_address_unless_it_is_english() {
        assert_eq!(in_language("/about", Language::English), "/about");
        assert_eq!(in_language("/about", Language::Welsh), "/about?lang=cy");
        assert_eq!(in_language("/list?ids=a", Language::Welsh), "/list?ids=a&lang=cy");
    }
}
