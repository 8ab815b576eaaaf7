//! Our directory in the words of the standard (HSDS 3.2.3, and the UK's profile of it): what the API under `/hsds` and
//! the export give.
//!
//! `entry` is a service with everything that belongs to it, `objects` makes the standard's objects of it, `schedules` and
//! `terms` those that take some thought, `ids` names them, `tables` lays them out as the 24 tables.
//!
//! Confidential venues are in none of it: their sessions are those of the service alone.

pub mod entry;
pub mod ids;
pub mod objects;
pub mod schedules;
pub mod tables;
pub mod terms;
