//! The API through the router, without sockets.

/// A server over a small directory, asked without a network.
pub mod site;

/// Questions and their answers, as JSON, as a map and as a spreadsheet.
mod answers;
/// Bodies: JSON that is wrong, too large, or no JSON.
mod bodies;
/// What the API says about itself.
mod description;
/// How the data is, without anybody's confidential address.
mod directory;
/// The headers on every route and every status.
mod headers;
/// Chosen options as a plan to print and sign.
mod plan;
/// Twelve things that directories get wrong.
mod probes;
/// Too busy, out of time, not ready.
mod limits;
/// Answers that have not changed.
mod unchanged;
/// Questions that are wrong: each named with its field and its cure, none repeated.
mod wrong_questions;
