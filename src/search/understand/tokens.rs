//! The words of a text as they are spelt: which are good, which were meant for others, which say nothing.

use super::Reader;
use crate::index::analysis::{Word, is_filler};
use crate::search::limits::MAX_VARIANTS;
use crate::search::spelling::{Spelling, Verdict};

/// A word of the text.
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) spelt: Spelt,
}

/// How a word stands to the words of the directory.
pub(super) enum Spelt {
    /// It carries no meaning of its own; misspelt, it is what it was meant for: "teh".
    Filler,
    MisspeltFiller(String),
    /// Some service or phrase has it, or a word of the same stem; others spell it in these ways too.
    Known {
        also: Vec<String>,
    },
    /// Two words of the directory written as one: "foodbank".
    Joined(String, String),
    /// Nobody has it; it was meant for the `likely` ones, or perhaps for a `possible` one.
    Corrected {
        likely: Vec<String>,
        possible: Vec<String>,
    },
    /// The last word, and so far only a beginning of these.
    Begins(Vec<String>),
    Unknown,
}

impl Token {
    /// The word as it is looked up in phrases.
    pub(super) fn best(&self) -> &str {
        match &self.spelt {
            Spelt::Corrected { likely, .. } => likely.first().map_or(&self.word.text, |word| word),
            Spelt::MisspeltFiller(word) => word,
            _ => &self.word.text,
        }
    }

    /// The word or words that it was meant for.
    pub(super) fn meant(&self) -> String {
        match &self.spelt {
            Spelt::Joined(first, second) => format!("{first} {second}"),
            _ => self.best().to_string(),
        }
    }

    pub(super) fn is_filler(&self) -> bool {
        matches!(self.spelt, Spelt::Filler | Spelt::MisspeltFiller(_))
    }

    pub(super) fn mended_filler(&self) -> Option<String> {
        match &self.spelt {
            Spelt::MisspeltFiller(word) => Some(word.clone()),
            _ => None,
        }
    }
}

impl Reader<'_> {
    pub(super) fn tokens(&self, typed: Vec<Word>) -> Vec<Token> {
        let all_fillers = typed.iter().all(|word| is_filler(&word.text));
        let count = typed.len();
        let mut tokens = Vec::with_capacity(count);
        for (at, word) in typed.into_iter().enumerate() {
            let is_last = at + 1 == count && !self.text.ends_with(char::is_whitespace);
            let spelt = if self.is_short_form(&word) || (is_filler(&word.text) && !self.is_in_capitals(&word)) {
                if all_fillers { self.spell(&word, is_last) } else { Spelt::Filler }
            } else if count > 1 && is_negation(&word.text) {
                Spelt::Filler
            } else {
                self.spell(&word, is_last)
            };
            tokens.push(Token { word, spelt });
        }
        self.choose_by_phrase(&mut tokens);
        if tokens.iter().all(Token::is_filler) {
            // "Hlep": a question that says nothing more is for that word.
            for token in &mut tokens {
                if let Spelt::MisspeltFiller(word) = &token.spelt {
                    token.spelt = Spelt::Corrected { likely: vec![word.clone()], possible: Vec::new() };
                }
            }
        }
        tokens
    }

    fn spell(&self, word: &Word, is_last: bool) -> Spelt {
        let spelling = Spelling::new(self.snapshot);
        let text = &word.text;
        if !self.uses.spelling {
            return if spelling.knows(text) { Spelt::Known { also: Vec::new() } } else { Spelt::Unknown };
        }
        let is_known = spelling.knows(text);
        if !is_known && is_last && text.chars().count() >= 2 && text.chars().any(char::is_alphabetic) {
            let begins = self.snapshot.dictionary().beginning(text, MAX_VARIANTS);
            if !begins.is_empty() {
                return Spelt::Begins(begins);
            }
        }
        if !is_known && self.is_a_name(word) {
            return Spelt::Unknown;
        }
        match spelling.judge(text) {
            Verdict::Known { also } => Spelt::Known { also },
            Verdict::Mended { likely, .. } if likely.first().is_some_and(|word| is_filler(word)) => {
                Spelt::MisspeltFiller(likely.into_iter().next().unwrap_or_default())
            }
            Verdict::Mended { likely, possible } => Spelt::Corrected { likely, possible },
            Verdict::Parted(first, second) => Spelt::Joined(first, second),
            Verdict::Good | Verdict::Unknown => Spelt::Unknown,
        }
    }

    /// "I'd" and "we'll" fold to `id` and `well`; neither is meant.
    fn is_short_form(&self, word: &Word) -> bool {
        let typed = self.text.get(word.from..word.to).unwrap_or_default();
        typed.contains(['\'', '’', 'ʼ'])
            && matches!(word.text.as_str(), "id" | "ill" | "well" | "hell" | "shell" | "wed")
    }

    /// "IT" among small letters is no "it".
    fn is_in_capitals(&self, word: &Word) -> bool {
        let typed = self.text.get(word.from..word.to).unwrap_or_default();
        typed == "IT" && self.text.chars().any(char::is_lowercase)
    }

    /// A word in small letters but for the first, inside a text that does not write every word so.
    fn is_a_name(&self, word: &Word) -> bool {
        let begins_large =
            |text: &str| text.starts_with(char::is_uppercase) && text.chars().skip(1).all(char::is_lowercase);
        let typed = self.text.get(word.from..word.to).unwrap_or_default();
        let before = self.text.get(..word.from).unwrap_or_default();
        let begins_a_sentence = before.trim_end().is_empty() || before.trim_end().ends_with(['.', '!', '?', ':']);
        let rest = self.text.split_whitespace().skip(1);
        begins_large(typed) && !begins_a_sentence && rest.clone().any(|word| word.starts_with(char::is_lowercase))
    }

    /// Of the words that a misspelt one may be, the one that makes a phrase with the words around it.
    fn choose_by_phrase(&self, tokens: &mut [Token]) {
        /// The words around that are looked at.
        const REACH: usize = 3;
        for at in 0..tokens.len() {
            let Spelt::Corrected { likely, possible } = &tokens[at].spelt else { continue };
            if likely.len() + possible.len() < 2 {
                continue;
            }
            let makes_a_phrase = |word: &&String| {
                (at.saturating_sub(REACH)..=at).any(|from| {
                    let ends = (from.max(at) + 1).max(from + 2)..=(at + REACH).min(tokens.len());
                    ends.clone().any(|to| {
                        let words =
                            (from..to).map(|other| if other == at { word.as_str() } else { tokens[other].best() });
                        self.snapshot.lexicon().meaning(words).is_some()
                    })
                })
            };
            if let Some(word) = likely.iter().chain(possible).find(makes_a_phrase).cloned() {
                tokens[at].spelt = Spelt::Corrected { likely: vec![word], possible: Vec::new() };
            }
        }
    }
}

/// Words that turn a meaning round. Beside other words they are not looked for by themselves.
fn is_negation(word: &str) -> bool {
    matches!(word, "no" | "not" | "without" | "nor" | "never" | "non")
}

/// Words that say little: looked for only where a question says nothing more.
pub(super) fn is_weak(word: &str) -> bool {
    const WEAK: &str = "\
        advice after again ago almost already always another any anybody anymore anything anywhere area around \
        ask asked available bad because before best big both bring came close come comes cos day different doesnt \
        dont each else enjoy even ever every everyone everything fancy feel feeling feels first going good happened \
        happening he hello her hers herself hes hi him himself his information join keeps kept know last lately loads local lots \
        love maybe month months must nearby nearest new next nice now ok okay only other others own people person \
        place places proper really recently right round said same says service services she shes should since \
        somebody someone someones something somewhere soon start still such take tell thank thanks thats theres \
        theyre thing think till time times today told tomorrow too tried until week weeks well went were whats \
        whos year years yesterday youre";
    let word = word.to_lowercase();
    WEAK.split(' ').any(|weak| weak == word)
}
