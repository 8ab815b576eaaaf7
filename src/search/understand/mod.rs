//! A person's words → concepts to look for.
//!
//! A concept is a word, or a phrase that the thesaurus, the categories, the goals or the audiences of the directory
//! know. Each is looked for as it is written, by its stem, by what it stands for, and, if no service has it, as the
//! word it was probably meant for, or (the last one) as the beginning of a word. What is not wanted ("not in a church")
//! is told apart. In reading order: `tokens` (words as they are spelt), `phrases` (which of them belong together),
//! `ways` (how each is looked for), `negation`.

mod tokens;
mod phrases;
mod ways;
mod negation;

use super::answer::UnderstoodWords;
use super::crisis;
use super::limits::MAX_CONCEPTS;
use super::sense::Sense;
use super::uses::Uses;
use crate::index::Snapshot;
use crate::index::analysis::words;
use std::ops::Range;
use tokens::Token;

/// One way of finding a concept.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// All of these words (or stems) in the texts.
    Words { words: Vec<String>, weight: f32 },
    /// The category, or one below it.
    Category { category: u16, score: f32 },
}

/// What is looked for as one thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concept {
    pub ways: Vec<Way>,
    /// Goals whose words it is.
    pub goals: Vec<u16>,
    /// Audiences whose words it is.
    pub audiences: Vec<u16>,
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
}

impl Concept {
    /// The categories it was taken for, each with its score.
    pub fn categories(&self) -> impl Iterator<Item = (u16, f32)> {
        self.ways.iter().filter_map(|way| match way {
            Way::Category { category, score } => Some((*category, *score)),
            Way::Words { .. } => None,
        })
    }
}

/// What was understood of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Understanding {
    /// What is wanted.
    pub concepts: Vec<Concept>,
    /// What is not wanted: never looked for, and what is just that comes last.
    pub unwanted: Vec<Concept>,
    /// Help in the crisis that the words speak of: comes before all that is wanted.
    pub crisis: Option<Concept>,
    pub words: Vec<UnderstoodWords>,
    /// The folded words of the text, for exact names.
    pub folded: Vec<String>,
    /// The words of the text as they were meant: mended, and without what is not wanted.
    pub as_meant: String,
    /// What the text means as a whole.
    pub sense: Sense,
}

impl Understanding {
    /// Understands a text of at most 200 characters.
    pub fn of(text: &str, snapshot: &Snapshot) -> Self {
        Self::using(Uses::ALL, text, snapshot)
    }

    /// The same with less than everything: without spelling for words that are meant as typed, and to measure what each
    /// part is worth.
    pub fn using(uses: Uses, text: &str, snapshot: &Snapshot) -> Self {
        let typed = words(text);
        let folded = typed.iter().map(|word| word.text.clone()).collect();
        let reader = Reader { text, snapshot, uses };
        let mut understanding = Self { folded, ..Self::default() };
        let mut tokens = reader.tokens(typed);
        let mut at = 0;
        while at < tokens.len() {
            let length = reader.longest_phrase(&tokens[at..]);
            if length == 1
                && let Some(unwanted) = reader.unwanted(&tokens, at)
            {
                reader.add_unwanted(&mut understanding, &tokens, at, &unwanted);
                at = unwanted.end;
                continue;
            }
            let room = understanding.concepts.len() < MAX_CONCEPTS;
            if !room || (length == 1 && tokens[at].is_filler()) {
                understanding.ignore(&tokens[at]);
                at += 1;
                continue;
            }
            let mut end = at + length;
            if length == 1 {
                if let Some((length, between)) = reader.phrase_around_a_word(&tokens[at..]) {
                    // The word between is one of its own, and looked at next.
                    end = at + length - 1;
                    tokens[at + between..=end].rotate_left(1);
                } else if let [first, second, ..] = &tokens[at..]
                    && reader.joined(first, second).is_some()
                {
                    end = at + 2;
                }
            }
            reader.add(&mut understanding, &tokens[at..end]);
            at = end;
        }
        understanding.set_weak_words_aside();
        understanding.crisis = reader.crisis(&understanding.as_meant);
        if uses.meaning {
            let concepts = understanding.concepts.iter().chain(&understanding.crisis);
            let named: Vec<(u16, f32)> = concepts.flat_map(Concept::categories).collect();
            let crisis = crisis::spoken_of(text, &understanding.as_meant, snapshot);
            understanding.sense = Sense::of(&understanding.words, &named, crisis, snapshot);
        }
        understanding
    }

    /// Every word that is looked for in the texts, for highlighting.
    pub fn looked_for(&self) -> impl Iterator<Item = &str> {
        let ways = self.concepts.iter().flat_map(|concept| &concept.ways);
        ways.flat_map(|way| match way {
            Way::Words { words, .. } => words.as_slice(),
            Way::Category { .. } => &[],
        })
        .map(String::as_str)
    }

    fn ignore(&mut self, token: &Token) {
        self.mean(token.best());
        self.words.push(UnderstoodWords {
            typed: token.word.text.clone(),
            corrected_to: token.mended_filler().into_iter().collect(),
            meant: token.best().to_string(),
            ignored: true,
            span: token.word.from..token.word.to,
            ..UnderstoodWords::default()
        });
    }

    fn mean(&mut self, words: &str) {
        if !self.as_meant.is_empty() {
            self.as_meant.push(' ');
        }
        self.as_meant.push_str(words);
    }

    /// Words that say little ("somewhere local") are not looked for beside words that say more.
    fn set_weak_words_aside(&mut self) {
        let is_weak = |words: &UnderstoodWords| {
            tokens::is_weak(&words.typed) && words.categories.is_empty() && words.means.is_empty() && !words.negated
        };
        let looked_for = |words: &&mut UnderstoodWords| !words.ignored && !words.unknown && !words.negated;
        let weak: Vec<Range<usize>> =
            self.words.iter().filter(|words| is_weak(words)).map(|words| words.span.clone()).collect();
        if weak.is_empty() || self.concepts.iter().all(|concept| weak.contains(&concept.span)) {
            return;
        }
        for words in self.words.iter_mut().filter(looked_for).filter(|words| weak.contains(&words.span)) {
            let (typed, meant) = (std::mem::take(&mut words.typed), std::mem::take(&mut words.meant));
            *words =
                UnderstoodWords { typed, meant, ignored: true, span: words.span.clone(), ..UnderstoodWords::default() };
        }
        self.concepts.retain(|concept| !weak.contains(&concept.span));
    }
}

/// Reads one text by the words of one directory.
struct Reader<'a> {
    text: &'a str,
    snapshot: &'a Snapshot,
    uses: Uses,
}
