//! Questions and their answers: what must be found, what must never be, and in which order.

/// Words: short ones, misspelt ones, a person's own.
mod words;

/// What texts mean, beside their words.
mod meaning;

/// Misspelt words.
mod spelling;

/// What is not wanted.
mod negation;

/// Help that comes first.
mod crisis;

/// Where: near, far, by phone, and places nobody may know.
mod places;

/// Who and when: the three states of a filter.
mod people;

/// Orders and pages.
mod order;

/// What holds of every directory and every question.
mod properties;

/// The sample directory, asked as people ask.
pub mod sample;

/// `signpost search` and `signpost build`.
mod command;

use crate::fixture::Folder;
use crate::fixture::served::Served;

/// A directory of these services, venues and sessions, with the vocabulary of [`Folder::minimal`].
fn town(services: &str, locations: &str, sessions: &str) -> Served {
    Served::new(town_folder(services, locations, sessions))
}

/// The files of [`town`].
fn town_folder(services: &str, locations: &str, sessions: &str) -> Folder {
    Folder::minimal()
        .with("services.csv", services)
        .with("locations.csv", locations)
        .with("sessions.csv", sessions)
        .with("crisis.csv", "words,service_id,phone,message\nin danger,,999,\"If you are in danger now, ring 999.\"\n")
}

/// No venue, no session.
const NO_VENUES: &str = "id,name,latitude,longitude\n";
const NO_SESSIONS: &str = "service_id,location_id,opening_hours\n";
