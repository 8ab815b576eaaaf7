//! A location: a venue.

use super::{Code, Id, Point};
use serde::{Deserialize, Serialize};

/// A row of `locations.csv`. `None`, an empty list and empty text mean *not stated*.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    pub id: Id,
    pub name: String,
    pub address: String,
    pub town: String,
    pub postcode: Option<String>,
    /// As the file states it; where it states none, `dataset` leaves it empty and the index asks the gazetteer.
    pub point: Option<Point>,
    /// The address is nobody's business: it is in no answer, page, feed or log. Not stated counts as no.
    pub confidential: bool,
    /// `step_free`, `hearing_loop` … what it has. An empty list is not stated.
    pub accessibility: Vec<Code>,
    /// Whether under-18s are on site: for navigators only, never on the kiosk.
    pub under_18s: Option<bool>,
    pub getting_here: String,
    pub source: Option<String>,
    pub source_id: Option<String>,
}
