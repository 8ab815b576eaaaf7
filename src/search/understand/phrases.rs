//! Which words of a text belong together.

use super::Reader;
use super::tokens::{Spelt, Token};
use crate::index::lexicon::{LONGEST_PHRASE, Meaning};

impl Reader<'_> {
    /// How many tokens from the first on make the longest phrase that stands for something; 1 if none does.
    pub(super) fn longest_phrase(&self, tokens: &[Token]) -> usize {
        if !self.uses.vocabulary || !self.may_begin_a_phrase(tokens) {
            return 1;
        }
        let most = tokens.len().min(LONGEST_PHRASE);
        let stands_for_something = |length: &usize| {
            let words = tokens[..*length].iter().map(Token::best);
            self.snapshot.lexicon().meaning(words).is_some()
        };
        (2..=most).rev().find(stands_for_something).unwrap_or(1)
    }

    /// The same with one other word between its words: "somewhere safe to sleep" holds "somewhere to sleep". Gives how
    /// many tokens that is, and which one does not belong.
    pub(super) fn phrase_around_a_word(&self, tokens: &[Token]) -> Option<(usize, usize)> {
        if !self.uses.vocabulary || !self.may_begin_a_phrase(tokens) {
            return None;
        }
        let is_word = |at: usize| !tokens[at].is_filler();
        let lengths = (3..=tokens.len().min(LONGEST_PHRASE)).rev().filter(|length| is_word(length - 1));
        let mut gaps = lengths.flat_map(|length| (1..length - 1).map(move |between| (length, between)));
        gaps.find(|&(length, between)| {
            let others = tokens[..length].iter().enumerate().filter(|(at, _)| *at != between);
            let others = others.map(|(_, token)| token.best());
            is_word(between) && self.snapshot.lexicon().meaning(others).is_some()
        })
    }

    /// Whether a phrase begins with the first token or, where that is a filler, with the first that is none.
    fn may_begin_a_phrase(&self, tokens: &[Token]) -> bool {
        let lexicon = self.snapshot.lexicon();
        let begins = |token: &Token| lexicon.begins_a_phrase(token.best());
        tokens.first().is_some_and(begins)
            || tokens.first().is_some_and(Token::is_filler)
                && tokens.iter().find(|token| !token.is_filler()).is_some_and(begins)
    }

    /// Two words as one, if services write it so: "day care" is also "daycare".
    pub(super) fn joined(&self, first: &Token, second: &Token) -> Option<String> {
        const SHORTEST: usize = 3;
        let is_word = |token: &Token| {
            let good = matches!(token.spelt, Spelt::Known { .. } | Spelt::Unknown | Spelt::Corrected { .. });
            good && token.best().chars().count() >= SHORTEST
        };
        if !is_word(first) || !is_word(second) {
            return None;
        }
        if !self.uses.spelling {
            return None;
        }
        let joined = format!("{}{}", first.best(), second.best());
        (self.snapshot.statistics().frequency(&joined).written > 0).then_some(joined)
    }

    /// What tokens stand for together.
    pub(super) fn meaning(&self, tokens: &[Token]) -> Option<&Meaning> {
        let lexicon = self.snapshot.lexicon();
        match tokens {
            [Token { spelt: Spelt::Joined(first, second), .. }] => lexicon.meaning([&**first, &**second].into_iter()),
            tokens => lexicon.meaning(tokens.iter().map(Token::best)),
        }
    }
}
