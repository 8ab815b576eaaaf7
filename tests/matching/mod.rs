//! A profile in, options with reasons out.

/// Directories made by chance or to measure, opened, and asked.
mod made;

/// What holds for every directory and profile.
mod always;
/// Fits, does not fit, not stated.
mod three_states;
/// All else equal, what comes first.
mod order;
/// What a person says about themselves is never a reason for an order.
mod about;
/// What comes first is a choice.
mod choice;
/// A person's own words count.
mod lay_words;

/// Which part of a person's own words an option serves.
mod own_words;

/// Everything that is wrong with a profile, with its cure.
mod mistakes;
/// Ten people over the sample directory.
mod people;
/// `signpost match`.
mod command;
