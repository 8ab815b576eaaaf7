//! The index: whatever happens to it, the same directory gives the same answers, and what is damaged is never served.

/// Deleted and rebuilt, or edited step by step: the same answers.
mod same_answers;

/// What an update counts, and what it leaves alone.
mod changes;

/// Files that are bad are not taken; rows that are bad keep their last good version.
mod kept_back;

/// A damaged generation is never served.
mod damaged;

/// Since when each service is as it is.
mod modified;

/// Generations come and go; what a writer left behind is swept.
mod generations;
