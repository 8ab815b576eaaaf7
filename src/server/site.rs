//! How the pages of this server are set up: where its kiosk stands, where the quick way out leads, what its address is
//! from outside. Checked once, at the start.

use crate::config::EXIT_TO;
use crate::language::Language;

/// The settings of the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Where the kiosk stands, if it stands anywhere.
    pub here: Option<Here>,
    /// Where the quick way out leads.
    pub exit_to: String,
    /// The address of this server as phones reach it (`https://signpost.example.org`), for links that leave the screen.
    pub public_url: Option<String>,
    /// Whether the mirrored language of the tests is spoken.
    pub mirrored: bool,
}

/// The kiosk's own place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// As people call it: "Salford probation office".
    pub name: String,
    /// A postcode or a place that the gazetteer knows.
    pub near: String,
}

impl Default for Site {
    fn default() -> Self {
        Self { here: None, exit_to: EXIT_TO.to_string(), public_url: None, mirrored: false }
    }
}

impl Site {
    /// The language of a code in an address, if it is spoken here.
    pub fn language(&self, code: &str) -> Option<Language> {
        let mirrored = self.mirrored && code == Language::Mirrored.code();
        if mirrored { Some(Language::Mirrored) } else { Language::from_code(code) }
    }
}
