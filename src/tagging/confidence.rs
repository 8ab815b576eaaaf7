//! How sure a proposal is: the share of proposals like it that the team would take.
//!
//! A logistic function of three kinds of evidence. Its weights were set on the sample directory with the categories of a
//! fifth of the services hidden at a time, and again with all of them hidden; `tests/tagging` holds what is claimed
//! against what comes out.

/// What speaks for a code.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence {
    /// Phrases of the vocabulary, by where they stand and how rare they are.
    pub phrases: f64,
    /// Words that services with the code say, over the square root of how many words there are.
    pub examples: f64,
    /// How much nearer the text's meaning is to the code than to the other codes, in standard deviations.
    pub likeness: f64,
}

/// Nothing is surer than this: one in twenty of the surest is wrong, whatever the evidence.
const MOST: f64 = 0.95;

/// What is counted, and how much each kind of evidence adds to the logarithm of the odds.
struct Weights {
    start: f64,
    phrases: f64,
    examples: f64,
    likeness: f64,
}

/// Categories, where other services have some.
const CATEGORY: Weights = Weights { start: -5.55, phrases: 2.75, examples: 0.95, likeness: 0.95 };
/// Categories, where no service has any: a directory just imported.
const CATEGORY_WITHOUT_EXAMPLES: Weights = Weights { start: -4.95, phrases: 3.5, examples: 0.0, likeness: 1.3 };
/// Audiences: "for women" is easily said, and often of somebody else.
const AUDIENCE: Weights = Weights { start: -3.7, phrases: 2.8, examples: 1.15, likeness: 0.47 };
const AUDIENCE_WITHOUT_EXAMPLES: Weights = Weights { start: -2.85, phrases: 3.4, examples: 0.0, likeness: 0.65 };

/// What the evidence is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Category,
    Audience,
}

impl Evidence {
    /// 0–1.
    pub fn confidence(self, whose: For, with_examples: bool) -> f64 {
        let weights = match (whose, with_examples) {
            (For::Category, true) => CATEGORY,
            (For::Category, false) => CATEGORY_WITHOUT_EXAMPLES,
            (For::Audience, true) => AUDIENCE,
            (For::Audience, false) => AUDIENCE_WITHOUT_EXAMPLES,
        };
        let odds = weights.start
            + weights.phrases * self.phrases.ln_1p()
            + weights.examples * self.examples
            + weights.likeness * self.likeness;
        (1.0 / (1.0 + (-odds).exp())).min(MOST)
    }
}
