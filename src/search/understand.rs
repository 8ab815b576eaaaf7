//! A person's words → concepts to look for.
//!
//! A concept is a word, or a phrase that the thesaurus, the categories, the goals or the audiences of the directory
//! know. Each is looked for as it is written, by its stem, by what it stands for, and, if no service has it, as the
//! word it was probably meant for, or (the last one) as the beginning of a word.

use super::answer::UnderstoodWords;
use super::crisis;
use super::limits::{MAX_CONCEPTS, MAX_VARIANTS};
use super::sense::Sense;
use super::uses::Uses;
use crate::index::Snapshot;
use crate::index::analysis::{Word, is_filler, stem, words};
use crate::index::lexicon::{LONGEST_PHRASE, Meaning};

/// How much a way of finding a concept counts beside the word itself.
mod weight {
    pub(super) const WORD: f32 = 1.0;
    pub(super) const STEM: f32 = 0.85;
    pub(super) const CORRECTED: f32 = 0.8;
    pub(super) const BEGINS: f32 = 0.6;
    pub(super) const MEANS: f32 = 0.6;
}

/// The score of a category that was named by its own words, as against BM25 sums: a rare word in a name scores some
/// 15 to 25, a common one in a description 2 to 4.
const CATEGORY_SCORE: f32 = 12.0;
/// … by what the thesaurus gives for the words.
const CATEGORY_BY_MEANING_SCORE: f32 = 10.0;
/// … by a goal, for each point of its strength (1–3).
const CATEGORY_BY_GOAL_SCORE: f32 = 2.5;

/// One way of finding a concept.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// All of these words (or stems) in the texts.
    Words { words: Vec<String>, weight: f32 },
    /// The category, or one below it.
    Category { category: u16, score: f32 },
}

/// What is looked for as one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Concept {
    pub ways: Vec<Way>,
    /// Goals whose words it is.
    pub goals: Vec<u16>,
}

/// What was understood of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Understanding {
    pub concepts: Vec<Concept>,
    pub words: Vec<UnderstoodWords>,
    /// The folded words of the text, for exact names.
    pub folded: Vec<String>,
    /// What the text means as a whole.
    pub sense: Sense,
}

impl Understanding {
    /// Understands a text of at most 200 characters.
    pub fn of(text: &str, snapshot: &Snapshot) -> Self {
        Self::using(Uses::ALL, text, snapshot)
    }

    /// The same with less than everything, to measure what each part is worth.
    pub fn using(uses: Uses, text: &str, snapshot: &Snapshot) -> Self {
        let typed = words(text);
        let reader = Reader { text, snapshot, uses };
        let all_fillers = typed.iter().all(|word| is_filler(&word.text));
        let mut understanding =
            Self { folded: typed.iter().map(|word| word.text.clone()).collect(), ..Self::default() };
        let mut tokens: Vec<Token> = Vec::new();
        for (at, word) in typed.iter().enumerate() {
            if is_filler(&word.text) && !all_fillers {
                tokens.push(Token { word: word.clone(), spelt: Spelt::Filler });
            } else {
                let is_last = at + 1 == typed.len() && !text.ends_with(char::is_whitespace);
                tokens.push(Token { word: word.clone(), spelt: reader.spell(&word.text, is_last) });
            }
        }
        let mut at = 0;
        while at < tokens.len() {
            let room = understanding.concepts.len() < MAX_CONCEPTS;
            let length = reader.longest_phrase(&tokens[at..]);
            if !room || (length == 1 && matches!(tokens[at].spelt, Spelt::Filler)) {
                understanding.words.push(UnderstoodWords {
                    typed: tokens[at].word.text.clone(),
                    ignored: true,
                    ..UnderstoodWords::default()
                });
                at += 1;
                continue;
            }
            let mut end = at + length;
            if length == 1
                && let Some((length, between)) = reader.phrase_around_a_word(&tokens[at..])
            {
                // The word between is one of its own, and looked at next.
                end = at + length - 1;
                tokens[at + between..=end].rotate_left(1);
            }
            reader.add(&mut understanding, &tokens[at..end]);
            at = end;
        }
        if uses.meaning {
            let named: Vec<u16> = understanding.named_categories().collect();
            let crisis = crisis::rows_spoken_of(text, snapshot);
            understanding.sense = Sense::of(&understanding.words, &named, &crisis, snapshot);
        }
        understanding
    }

    /// The categories that words were taken for, once for each time.
    fn named_categories(&self) -> impl Iterator<Item = u16> {
        let ways = self.concepts.iter().flat_map(|concept| &concept.ways);
        ways.filter_map(|way| match way {
            Way::Category { category, .. } => Some(*category),
            Way::Words { .. } => None,
        })
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
}

struct Token {
    word: Word,
    spelt: Spelt,
}

/// How a word stands to the words of the directory.
enum Spelt {
    Filler,
    /// Some service or phrase has it, or a word of the same stem.
    Known,
    /// Two words of the directory written as one: "foodbank".
    Joined(String, String),
    /// Nobody has it; these are the likeliest words it was meant for.
    Corrected(Vec<String>),
    /// The last word, and so far only a beginning of these.
    Begins(Vec<String>),
    Unknown,
}

impl Token {
    /// The word as it is looked up in phrases.
    fn best(&self) -> &str {
        match &self.spelt {
            Spelt::Corrected(words) => words.first().map_or(&self.word.text, |word| word),
            _ => &self.word.text,
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    snapshot: &'a Snapshot,
    uses: Uses,
}

impl Reader<'_> {
    fn spell(&self, word: &str, is_last: bool) -> Spelt {
        let statistics = self.snapshot.statistics();
        let known = |word: &str| statistics.frequency(word).any > 0;
        if known(word) || known(&stem(word)) || self.snapshot.lexicon().is_phrase_word(word) {
            return Spelt::Known;
        }
        if !self.uses.spelling || word.chars().all(|c| c.is_ascii_digit()) {
            return Spelt::Unknown;
        }
        if is_last && word.chars().count() >= 2 {
            let begins = self.snapshot.words_beginning(word, MAX_VARIANTS);
            if !begins.is_empty() {
                return Spelt::Begins(begins);
            }
        }
        if let Some((first, second)) = self.split(word) {
            return Spelt::Joined(first, second);
        }
        let corrected = self.corrections(word);
        if !corrected.is_empty() {
            return Spelt::Corrected(corrected);
        }
        self.split_with_a_typo(word).map_or(Spelt::Unknown, |(first, second)| Spelt::Joined(first, second))
    }

    /// The same as `split` with a typo in one of the two: "foodbnak". The half with the typo has four letters or more,
    /// and the two must mean something together, so this finds little that was not meant.
    fn split_with_a_typo(&self, word: &str) -> Option<(String, String)> {
        const SHORTEST: usize = 4;
        let used = |half: &str| self.snapshot.statistics().frequency(half).any > 0;
        let mean = |first: &str, second: &str| self.snapshot.lexicon().meaning([first, second].into_iter()).is_some();
        for (at, _) in word.char_indices() {
            let (first, second) = word.split_at(at);
            if first.chars().count() < SHORTEST || second.chars().count() < SHORTEST {
                continue;
            }
            if used(first) {
                let like = self.snapshot.words_like(second, 1).into_iter().map(|(other, _)| other);
                if let Some(other) = like.filter(|other| mean(first, other)).min() {
                    return Some((first.to_string(), other));
                }
            }
            if used(second) {
                let like = self.snapshot.words_like(first, 1).into_iter().map(|(other, _)| other);
                if let Some(other) = like.filter(|other| mean(other, second)).min() {
                    return Some((other, second.to_string()));
                }
            }
        }
        None
    }

    /// The two words that a word is made of, if both are used and mean something together.
    fn split(&self, word: &str) -> Option<(String, String)> {
        const SHORTEST: usize = 3;
        let used = |word: &str| word.chars().count() >= SHORTEST && self.snapshot.statistics().frequency(word).any > 0;
        let splits = word.char_indices().map(|(at, _)| word.split_at(at));
        let mut both_used = splits.filter(|(first, second)| used(first) && used(second));
        let together =
            |(first, second): &(&str, &str)| self.snapshot.lexicon().meaning([*first, *second].into_iter()).is_some();
        both_used.find(together).map(|(first, second)| (first.to_string(), second.to_string()))
    }

    /// One typo from four letters, two from eight, or from six if the letters are only in another order. What sounds the
    /// same comes first; the first letter is rarely wrong, so then words that keep it; then the fewest edits, then the
    /// commonest.
    fn corrections(&self, word: &str) -> Vec<String> {
        let letters = word.chars().count();
        let typos: u8 = match letters {
            0..4 => return Vec::new(),
            4..8 => 1,
            _ => 2,
        };
        let mut found = self.snapshot.words_like(word, typos);
        found.retain(|(other, _)| other.chars().count() >= 3);
        if found.is_empty() && (6..8).contains(&letters) {
            found = self.snapshot.words_like(word, 2);
            found.retain(|(other, _)| in_order(other) == in_order(word));
        }
        let sounds = sound(word);
        let rank = |other: &str| {
            if sound(other) == sounds {
                return 0;
            }
            let edits = strsim::osa_distance(word, other);
            edits * 2 + usize::from(!other.starts_with(word.chars().next().unwrap_or_default()))
        };
        found.sort_by(|a, b| rank(&a.0).cmp(&rank(&b.0)).then(b.1.cmp(&a.1)).then_with(|| a.0.cmp(&b.0)));
        let best = found.first().map(|(other, _)| rank(other));
        let near_best = found.into_iter().filter(|(other, _)| Some(rank(other)) == best);
        near_best.take(MAX_VARIANTS / 2).map(|(other, _)| other).collect()
    }

    /// How many tokens from the first on make the longest phrase that stands for something; 1 if none does.
    fn longest_phrase(&self, tokens: &[Token]) -> usize {
        if !self.uses.vocabulary {
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
    fn phrase_around_a_word(&self, tokens: &[Token]) -> Option<(usize, usize)> {
        if !self.uses.vocabulary {
            return None;
        }
        let is_word = |at: usize| !matches!(tokens[at].spelt, Spelt::Filler);
        let lengths = (3..=tokens.len().min(LONGEST_PHRASE)).rev().filter(|length| is_word(length - 1));
        let mut gaps = lengths.flat_map(|length| (1..length - 1).map(move |between| (length, between)));
        gaps.find(|&(length, between)| {
            let others = tokens[..length].iter().enumerate().filter(|(at, _)| *at != between);
            let others = others.map(|(_, token)| token.best());
            is_word(between) && self.snapshot.lexicon().meaning(others).is_some()
        })
    }

    fn add(&self, understanding: &mut Understanding, tokens: &[Token]) {
        let lexicon = self.snapshot.lexicon();
        let content: Vec<&Token> = tokens.iter().filter(|token| !matches!(token.spelt, Spelt::Filler)).collect();
        let first = tokens.first().map_or(0, |token| token.word.from);
        let last = tokens.last().map_or(0, |token| token.word.to);
        let mut words = UnderstoodWords {
            typed: self.text.get(first..last).unwrap_or_default().to_string(),
            ..UnderstoodWords::default()
        };
        let mut concept = Concept { ways: Vec::new(), goals: Vec::new() };
        literal_ways(&content, &mut concept, &mut words);
        let meaning = match tokens {
            [Token { spelt: Spelt::Joined(first, second), .. }] => lexicon.meaning([&**first, &**second].into_iter()),
            tokens => lexicon.meaning(tokens.iter().map(Token::best)),
        };
        if let Some(meaning) = meaning.filter(|_| self.uses.vocabulary) {
            self.add_meaning(meaning, CATEGORY_SCORE, &mut concept);
            words.means.clone_from(&meaning.means);
            for means in &meaning.means {
                self.add_search_words(means, &mut concept);
            }
        }
        if !self.uses.categories {
            concept.ways.retain(|way| matches!(way, Way::Words { .. }));
        }
        let categories = concept.ways.iter().filter_map(|way| match way {
            Way::Category { category, .. } => Some(*category),
            Way::Words { .. } => None,
        });
        let code = |category: u16| self.snapshot.vocabulary().categories[usize::from(category)].code.clone();
        words.categories = categories.map(code).collect();
        words.unknown = concept.ways.is_empty();
        if !words.unknown {
            understanding.concepts.push(concept);
        }
        understanding.words.push(words);
    }

    /// The categories that a meaning names, and those that serve the goals it names.
    fn add_meaning(&self, meaning: &Meaning, score: f32, concept: &mut Concept) {
        for &category in &meaning.categories {
            add_category(concept, category, score);
        }
        for &goal in &meaning.goals {
            concept.goals.push(goal);
            for &(category, strength) in self.snapshot.lexicon().categories_of_goal(goal) {
                add_category(concept, category, CATEGORY_BY_GOAL_SCORE * f32::from(strength));
            }
        }
    }

    /// Search words of the thesaurus: as text, and as the words of a category.
    fn add_search_words(&self, means: &str, concept: &mut Concept) {
        let stems: Vec<String> =
            words(means).iter().filter(|word| !is_filler(&word.text)).map(|word| stem(&word.text)).collect();
        if !stems.is_empty() && concept.ways.len() < 3 * MAX_VARIANTS {
            concept.ways.push(Way::Words { words: stems, weight: weight::MEANS });
        }
        let folded: Vec<String> = words(means).into_iter().map(|word| word.text).collect();
        if let Some(meaning) = self.snapshot.lexicon().meaning(folded.iter().map(String::as_str)) {
            for &category in &meaning.categories {
                add_category(concept, category, CATEGORY_BY_MEANING_SCORE);
            }
        }
    }
}

/// The letters of a word in the order of the alphabet.
fn in_order(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// A word roughly as it sounds: beginnings with a letter that is not heard without it, and no letter twice in a row.
fn sound(word: &str) -> String {
    const BEGINNINGS: [(&str, &str); 6] =
        [("wr", "r"), ("kn", "n"), ("gn", "n"), ("ps", "s"), ("ph", "f"), ("wh", "w")];
    let begun = BEGINNINGS.iter().find_map(|(written, heard)| Some(format!("{heard}{}", word.strip_prefix(written)?)));
    let mut letters: Vec<char> = begun.unwrap_or_else(|| word.to_string()).replace("ck", "k").chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// The words themselves, their stems, and what they were probably meant for.
fn literal_ways(tokens: &[&Token], concept: &mut Concept, understood: &mut UnderstoodWords) {
    if let [token] = tokens {
        let word = &token.word.text;
        match &token.spelt {
            Spelt::Known => {
                concept.ways.push(Way::Words { words: vec![word.clone()], weight: weight::WORD });
                let stem = stem(word);
                if stem != *word {
                    concept.ways.push(Way::Words { words: vec![stem], weight: weight::STEM });
                }
            }
            Spelt::Corrected(others) => {
                understood.corrected_to.clone_from(others);
                for other in others {
                    concept.ways.push(Way::Words { words: vec![stem(other)], weight: weight::CORRECTED });
                }
            }
            Spelt::Begins(others) => {
                understood.begins.clone_from(others);
                for other in others {
                    concept.ways.push(Way::Words { words: vec![other.clone()], weight: weight::BEGINS });
                }
            }
            Spelt::Joined(first, second) => {
                understood.corrected_to.push(format!("{first} {second}"));
                let stems = vec![stem(first), stem(second)];
                concept.ways.push(Way::Words { words: stems, weight: weight::WORD });
            }
            Spelt::Filler | Spelt::Unknown => {}
        }
        return;
    }
    let all: Vec<String> = tokens.iter().map(|token| stem(token.best())).collect();
    for token in tokens {
        if let Spelt::Corrected(others) = &token.spelt {
            understood.corrected_to.extend(others.first().cloned());
        }
    }
    concept.ways.push(Way::Words { words: all, weight: weight::WORD });
}

fn add_category(concept: &mut Concept, category: u16, score: f32) {
    let known = concept.ways.iter_mut().find_map(|way| match way {
        Way::Category { category: other, score } if *other == category => Some(score),
        _ => None,
    });
    match known {
        Some(known) => *known = known.max(score),
        None => concept.ways.push(Way::Category { category, score }),
    }
}
