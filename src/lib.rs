//! Signpost: a directory of local community organisations, and a matching engine over it.
//!
//! The modules in the order in which to read them: what a directory is (`model`), how CSV files become one
//! (`dataset`), where a postcode lies (`gazetteer`), what is built from it (`index`), how questions are answered
//! (`search`) and people matched (`matching`), and how all that is reached (`server`, `commands`).

pub mod cli;
pub mod commands;
pub mod dataset;
pub mod diagnostic;
pub mod model;
