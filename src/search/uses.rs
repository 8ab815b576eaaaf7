//! What may be used to understand and to find: everything for people, less only to measure what each part is worth.

/// What may be used. It is no part of a question: nobody but `evaluation` asks with less than all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uses {
    /// Words that nobody has are taken for the words they were probably meant for.
    pub spelling: bool,
    /// Phrases stand for what the thesaurus, the categories, the goals and the audiences say.
    pub vocabulary: bool,
    /// Texts that say the same in other words are found.
    pub meaning: bool,
    /// A service is found by its categories, and not only by its texts.
    pub categories: bool,
}

impl Uses {
    pub const ALL: Self = Self { spelling: true, vocabulary: true, meaning: true, categories: true };
    /// The words as they were typed, and their stems.
    pub const TEXT: Self = Self { spelling: false, vocabulary: false, meaning: false, categories: false };
}

impl Default for Uses {
    fn default() -> Self {
        Self::ALL
    }
}
