//! What a service without categories probably is, and for whom: proposals for the team, with how sure they are and the
//! words they rest on. Nothing is assigned by itself.
//!
//! In reading order: a service's texts cut up (`texts`), the phrases of the vocabulary in them (`phrases`), what the
//! services that have categories say (`examples`), what the texts mean beside what the codes mean (`directions`), how all that becomes a confidence (`confidence`), and the proposals
//! (`proposals`) with their CSV (`sheet`). It reads a directory and no index.

mod texts;
mod phrases;
mod examples;
mod directions;
mod confidence;
mod proposals;

pub mod sheet;

pub use proposals::{Column, Proposal, propose};
