//! How the pages of this server are set up: where its kiosk stands, where the quick way out leads, what its address is
//! from outside. Checked once, at the start.

use crate::config::EXIT_TO;
use crate::language::Language;
use std::path::PathBuf;

/// The settings of the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Where the kiosk stands, if it stands anywhere.
    pub here: Option<Here>,
    /// Where the quick way out leads.
    pub exit_to: String,
    /// The address of this server as phones reach it (`https://signpost.example.org`), for links that leave the screen.
    pub public_url: Option<String>,
    /// Whom to write to if something on a page is wrong.
    pub contact_email: Option<String>,
    /// The address of the tiles under maps, if there are any.
    pub map_tiles: Option<String>,
    /// The folder of the directory's files, against which a file can be tried.
    pub directory: Option<PathBuf>,
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
        Self {
            here: None,
            exit_to: EXIT_TO.to_string(),
            public_url: None,
            contact_email: None,
            map_tiles: None,
            directory: None,
            mirrored: false,
        }
    }
}

impl Site {
    /// The origin of the tiles under maps (`https://tiles.example.org`): pages may load pictures from it.
    pub fn tiles_origin(&self) -> Option<&str> {
        let template = self.map_tiles.as_deref()?;
        let host = template.find("://")? + 3;
        let end = template[host..].find('/').map_or(template.len(), |at| host + at);
        template.get(..end)
    }

    /// The language of a code in an address, if it is spoken here.
    pub fn language(&self, code: &str) -> Option<Language> {
        let mirrored = self.mirrored && code == Language::Mirrored.code();
        if mirrored { Some(Language::Mirrored) } else { Language::from_code(code) }
    }
}
