//! How a phrase is recognised in what somebody says: by stems, in order, with a word or two between.

use super::analysis::{is_filler, stem, words};

/// Other words that may stand between those of a phrase: "want to just die".
const MOST_BETWEEN: usize = 2;

/// The stems of a text without its articles, and whether each is a word that means something by itself.
#[derive(Clone, Debug, Default)]
pub struct Spoken(Vec<(String, bool)>);

impl Spoken {
    pub fn new(text: &str) -> Self {
        let mut spoken = Vec::new();
        for word in words(text) {
            match word.text.as_str() {
                "wanna" => spoken.extend([("want".to_string(), false), ("to".to_string(), false)]),
                "anymore" => spoken.push((stem("more"), false)),
                "gonna" => spoken.extend([("go".to_string(), false), ("to".to_string(), false)]),
                article if is_article(article) => {}
                other => spoken.push((stem(other), !is_filler(other))),
            }
        }
        Self(spoken)
    }

    /// Whether the phrase is said: its words in their order, near each other; or its words that mean something one
    /// after the other, if there are two or more. One alone is not enough: who wants to get fit is not having a fit.
    pub fn says(&self, phrase: &Spoken) -> bool {
        let has = |wanted: &String| self.0.iter().any(|(stem, _)| stem == wanted);
        if phrase.0.is_empty() || phrase.0.iter().any(|(stem, meaningful)| *meaningful && !has(stem)) {
            return false;
        }
        let all: Vec<&str> = phrase.0.iter().map(|(stem, _)| stem.as_str()).collect();
        let in_order = |from: usize| {
            let mut wanted = all.iter();
            let mut next = wanted.next();
            for (stem, _) in self.0[from..].iter().take(all.len() + MOST_BETWEEN) {
                if next.is_some_and(|next| next == stem) {
                    next = wanted.next();
                }
            }
            next.is_none()
        };
        let meaningful = phrase.meaningful();
        (0..self.0.len()).any(in_order)
            || meaningful.len() > 1 && self.meaningful().windows(meaningful.len()).any(|words| words == meaningful)
    }

    /// The text without a phrase, wherever its words stand one after the other: "suicide squad" is a film.
    pub fn without(&self, phrase: &Spoken) -> Spoken {
        let length = phrase.0.len();
        let mut left = Vec::with_capacity(self.0.len());
        let mut at = 0;
        while at < self.0.len() {
            let here = self.0.get(at..at + length).filter(|words| length > 0 && *words == phrase.0);
            if here.is_some() {
                // A gap stays, so that what stood apart is not read together.
                left.extend(std::iter::repeat_n((String::new(), true), MOST_BETWEEN + 1));
                at += length;
            } else {
                left.push(self.0[at].clone());
                at += 1;
            }
        }
        Spoken(left)
    }

    fn meaningful(&self) -> Vec<&str> {
        self.0.iter().filter(|(_, meaningful)| *meaningful).map(|(stem, _)| stem.as_str()).collect()
    }
}

/// Little words that turn no other word's meaning.
fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "the" | "my" | "your" | "their" | "some" | "any")
}
