//! What a team that builds capacity asks of a directory: where are the gaps, and what has nobody checked for long?
//!
//! In reading order: when a listing is open that people with work can go to (`times`), what can be reached from a place
//! (`reach`), the counts of each goal and area (`coverage`), rows that nobody
//! has checked (`freshness`), how they are written (`table`, `sheet`, `map`), and what a file that somebody tries would
//! change (`trial`).
//!
//! Nothing here knows HTTP or reads a clock: the day comes in as a value.

mod times;
mod reach;

pub mod coverage;
pub mod freshness;
pub mod trial;

pub mod map;
pub mod sheet;
pub mod table;
