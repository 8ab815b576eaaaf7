//! Text → words: the one way in which both the directory's texts and people's questions are cut up.
//!
//! A word is a run of letters and digits, folded to lower case without accents. Words of two letters count ("AA",
//! "ID"). An apostrophe or ampersand inside a word joins it: `women's` is `womens`, `A&E` is `ae`.

use frostem::{Algorithm, Stemmer};
use std::cell::RefCell;
use std::collections::HashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A longer word is cut: nobody types one, and a term must stay small.
pub(crate) const MAX_WORD_CHARS: usize = 40;

/// A word and the bytes of the text it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub from: usize,
    pub to: usize,
}

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut current: Option<Word> = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let to = at + character.len_utf8();
        if character.is_alphanumeric() || (current.is_some() && is_combining_mark(character)) {
            let word = current.get_or_insert_with(|| Word { text: String::new(), from: at, to });
            word.to = to;
            if word.text.len() < MAX_WORD_CHARS {
                fold_into(&mut word.text, character);
            }
            continue;
        }
        let joins = matches!(character, '\'' | '’' | 'ʼ' | '&');
        let inside = current.is_some() && characters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if joins && inside {
            continue;
        }
        words.extend(current.take().filter(|word| !word.text.is_empty()));
    }
    words.extend(current.take().filter(|word| !word.text.is_empty()));
    words
}

fn fold_into(word: &mut String, character: char) {
    if character.is_ascii() {
        word.push(character.to_ascii_lowercase());
        return;
    }
    let folded = character.nfkd().filter(|part| !is_combining_mark(*part)).flat_map(char::to_lowercase);
    word.extend(folded.filter(|part| part.is_alphanumeric()));
}

/// The stem of a folded word: Snowball's English stemmer (Porter 2).
pub fn stem(word: &str) -> String {
    /// Stems that a thread remembers; the words of a language are few, so it is emptied rarely.
    const MOST_REMEMBERED: usize = 20_000;
    thread_local! {
        static STEMMER: Stemmer = Stemmer::new(Algorithm::English);
        static REMEMBERED: RefCell<HashMap<String, String>> = RefCell::new(HashMap::new());
    }
    REMEMBERED.with_borrow_mut(|remembered| {
        if let Some(stem) = remembered.get(word) {
            return stem.clone();
        }
        if remembered.len() >= MOST_REMEMBERED {
            remembered.clear();
        }
        let stem = STEMMER.with(|stemmer| stemmer.stem(word).into_owned());
        remembered.insert(word.to_string(), stem.clone());
        stem
    })
}

/// Cuts text for tantivy: each word, and at the same position its stem where that differs.
#[derive(Clone, Default)]
pub(super) struct WordsAndStems;

impl WordsAndStems {
    /// Its name in the schema.
    pub(super) const NAME: &'static str = "words-and-stems";
}

impl Tokenizer for WordsAndStems {
    type TokenStream<'a> = Cut;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cut {
        let mut tokens = Vec::new();
        for (position, word) in words(text).into_iter().enumerate() {
            let stem = stem(&word.text);
            let token =
                |text: String| Token { offset_from: word.from, offset_to: word.to, position, text, position_length: 1 };
            if stem != word.text {
                tokens.push(token(stem));
            }
            tokens.push(token(word.text));
        }
        Cut { tokens, next: 0 }
    }
}

/// The tokens of one text.
pub(super) struct Cut {
    tokens: Vec<Token>,
    next: usize,
}

impl TokenStream for Cut {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }
    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

/// Words that carry no meaning of their own in a question: articles, pronouns, the words of wanting and asking.
/// They are looked for only when a question has nothing else.
pub fn is_filler(word: &str) -> bool {
    const FILLERS: &[&str] = &[
        "a", "able", "about", "all", "also", "am", "an", "and", "any", "anyone", "are", "as", "at", "be", "been",
        "being", "bit", "but", "by", "can", "cant", "could", "d", "did", "do", "does", "doing", "dont", "find",
        "finding", "for", "from", "get", "getting", "give", "go", "going", "gonna", "got", "had", "has", "have",
        "having", "help", "helps", "how", "i", "if", "ill", "im", "in", "into", "is", "it", "its", "ive", "just",
        "keep", "let", "like", "ll", "look", "looking", "lot", "m", "make", "may", "me", "might", "more", "much", "my",
        "myself", "near", "need", "needs", "of", "on", "one", "or", "our", "out", "please", "put", "re", "really", "s",
        "so", "some", "stuff", "support", "t", "than", "that", "the", "their", "them", "then", "there", "these",
        "they", "thing", "things", "this", "those", "to", "too", "try", "trying", "up", "us", "ve", "very", "wanna",
        "want", "wanting", "wants", "was", "way", "we", "what", "when", "where", "which", "while", "who", "will",
        "with", "would", "you", "your",
    ];
    FILLERS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn two_letters_accents_and_apostrophes() {
        assert_eq!(texts("AA & NA: women's drop-in, Café; A&E"), ["aa", "na", "womens", "drop", "in", "cafe", "ae"]);
    }

    #[test]
    fn positions_are_those_of_the_text() {
        let text = "The Ménage à trois";
        let found: Vec<&str> = words(text).iter().map(|word| &text[word.from..word.to]).collect();
        assert_eq!(found, ["The", "Ménage", "à", "trois"]);
    }

    #[test]
    fn fillers_are_in_order() {
        // `is_filler` searches by halves: the list must be sorted.
        for word in ["a", "your", "help", "want", "my"] {
            assert!(is_filler(word), "{word}");
        }
        for word in ["aa", "na", "gp", "id", "kids", "sleep"] {
            assert!(!is_filler(word), "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_cut(text in any::<String>()) {
            for word in words(&text) {
                prop_assert!(text.get(word.from..word.to).is_some());
                prop_assert!(!stem(&word.text).is_empty());
            }
        }
    }
}
