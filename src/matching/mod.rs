//! A person's profile → options to choose from, with reasons.

pub mod answer;
pub mod profile;

use crate::index::Snapshot;
use crate::search::{Circumstances, NoAnswer};
use answer::Options;
use profile::Profile;

/// Finds what a person could choose from.
pub fn match_profile(
    _snapshot: &Snapshot,
    _profile: &Profile,
    _circumstances: &Circumstances<'_>,
) -> Result<Options, NoAnswer> {
    Err(NoAnswer::OutOfTime)
}
