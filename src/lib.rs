//! Signpost: a directory of local community organisations, and a matching engine over it.
//!
//! The modules in the order in which to read them: what a directory is, what is said to people and how, how CSV files
//! become one, where a postcode lies, what words mean, what is built from it, how questions are answered and people
//! matched, how good the answers are, where the gaps are, how directories are exchanged with others, and how all that is
//! reached.

pub mod model;
pub mod language;
pub mod diagnostic;
pub mod dataset;
pub mod gazetteer;
pub mod meaning;
pub mod index;
pub mod search;
pub mod matching;
pub mod evaluation;
pub mod tagging;
pub mod spreadsheet;
pub mod report;
pub mod exchange;
pub mod atlas;
pub mod clock;
pub mod config;
pub mod server;
pub mod cli;
pub mod commands;
