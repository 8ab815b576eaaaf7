//! The bounds of a question's work, each with its reason.

/// Longer questions are pasted texts, not questions.
pub const MAX_QUERY_CHARS: usize = 200;
/// Words beyond these are not looked for: each costs a search of its own.
pub const MAX_CONCEPTS: usize = 10;
/// Spellings, continuations or meanings that are looked for in place of one word.
pub const MAX_VARIANTS: usize = 8;
/// The nearest and the farthest radius, km: from a street to the whole island.
pub const MIN_KM: f64 = 0.1;
pub const MAX_KM: f64 = 500.0;
pub const PER_PAGE: usize = 20;
pub const MAX_PER_PAGE: usize = 100;
/// `page` × `per_page`: nobody reads further, and every page before it must be sorted.
pub const MAX_ROWS_DEEP: usize = 10_000;
/// Values in one list of a question.
pub const MAX_LIST: usize = 50;
/// Completions of what is being typed.
pub const MAX_SUGGESTIONS: usize = 20;
/// The clock is looked at after so many documents: about every tenth of a millisecond.
pub const DOCUMENTS_BETWEEN_LOOKS: usize = 2_048;
