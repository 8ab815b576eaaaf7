//! The directory's own words made ready for look-ups: codes to numbers, families of categories, and the table of
//! phrases (from the thesaurus, categories, goals and audiences) with what each stands for.

use super::analysis::{is_filler, stem, words};
use super::spoken::Spoken;
use super::wordings::Wordings;
use crate::model::{Area, Crisis, Directory};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A phrase longer than this many words is never looked for.
pub const LONGEST_PHRASE: usize = 8;

/// What a phrase stands for; numbers are places in the lists of the vocabulary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meaning {
    /// Search words that the thesaurus gives.
    pub means: Vec<String>,
    pub categories: Vec<u16>,
    pub goals: Vec<u16>,
    pub audiences: Vec<u16>,
}

/// The phrases of a row of crisis words.
#[derive(Clone, Debug, Default)]
pub struct CrisisPhrases {
    says: Vec<Spoken>,
    /// Figures of speech, written `not: suicide squad`: they say something else.
    says_not: Vec<Spoken>,
}

impl CrisisPhrases {
    fn new(row: &Crisis) -> Self {
        let mut phrases = Self::default();
        for phrase in &row.words {
            match phrase.strip_prefix("not:") {
                Some(other) => phrases.says_not.push(Spoken::new(other)),
                None => phrases.says.push(Spoken::new(phrase)),
            }
        }
        phrases
    }

    /// Whether the text speaks of this crisis.
    pub fn are_said_in(&self, text: &Spoken) -> bool {
        if !self.says.iter().any(|phrase| text.says(phrase)) {
            return false;
        }
        let literal = self.says_not.iter().fold(text.clone(), |text, phrase| text.without(phrase));
        self.says.iter().any(|phrase| literal.says(phrase))
    }
}

/// The words of one directory.
#[derive(Debug, Default)]
pub struct Lexicon {
    categories: HashMap<String, u16>,
    audiences: HashMap<String, u16>,
    goals: HashMap<String, u16>,
    areas: HashMap<String, u16>,
    /// For each category, itself and all that lie below it.
    families: Vec<Vec<u16>>,
    /// For each category, itself and all that lie above it.
    lines: Vec<Vec<u16>>,
    /// For each goal, the categories that serve it and how directly (1–3).
    goal_categories: Vec<Vec<(u16, u8)>>,
    phrases: HashMap<String, Meaning>,
    /// The first stem of each phrase, with its fillers and without: most words begin none.
    beginnings: HashSet<String>,
    /// For each row of crisis words, its phrases.
    crisis: Vec<CrisisPhrases>,
    /// Every word that stands in some phrase, as it is written there.
    phrase_words: BTreeSet<String>,
    wordings: Wordings,
}

impl Lexicon {
    pub fn new(vocabulary: &Directory) -> Self {
        let numbered = |codes: Vec<&str>| -> HashMap<String, u16> {
            codes.into_iter().enumerate().map(|(at, code)| (code.to_string(), at as u16)).collect()
        };
        let mut lexicon = Self {
            categories: numbered(vocabulary.categories.iter().map(|row| row.code.as_str()).collect()),
            audiences: numbered(vocabulary.audiences.iter().map(|row| row.code.as_str()).collect()),
            goals: numbered(vocabulary.goals.iter().map(|row| row.code.as_str()).collect()),
            areas: numbered(vocabulary.areas.iter().map(|row: &Area| row.id.as_str()).collect()),
            wordings: Wordings::new(vocabulary),
            ..Self::default()
        };
        lexicon.add_families(vocabulary);
        lexicon.add_goal_categories(vocabulary);
        lexicon.add_phrases(vocabulary);
        lexicon.crisis = vocabulary.crisis.iter().map(CrisisPhrases::new).collect();
        lexicon
    }

    pub fn category(&self, code: &str) -> Option<u16> {
        self.categories.get(code).copied()
    }
    pub fn audience(&self, code: &str) -> Option<u16> {
        self.audiences.get(code).copied()
    }
    pub fn goal(&self, code: &str) -> Option<u16> {
        self.goals.get(code).copied()
    }
    pub fn area(&self, id: &str) -> Option<u16> {
        self.areas.get(id).copied()
    }

    /// The category and all below it.
    pub fn family(&self, category: u16) -> &[u16] {
        &self.families[usize::from(category)]
    }

    /// The category and all above it.
    pub fn line(&self, category: u16) -> &[u16] {
        &self.lines[usize::from(category)]
    }

    /// The categories that serve a goal, with strength 1–3.
    pub fn categories_of_goal(&self, goal: u16) -> &[(u16, u8)] {
        &self.goal_categories[usize::from(goal)]
    }

    /// What these words stand for together: as they are or, if at least two of them carry meaning, without the fillers
    /// between, so that "sort my head out" is found as "sort head".
    pub fn meaning<'a>(&self, words: impl Iterator<Item = &'a str> + Clone) -> Option<&Meaning> {
        let whole = || self.phrases.get(&whole_key(words.clone()));
        whole().or_else(|| self.phrases.get(&core_key(words.clone())?))
    }

    /// Whether some phrase of two words or more begins with this word, fillers counted or not.
    pub fn begins_a_phrase(&self, word: &str) -> bool {
        self.beginnings.contains(&stem(word))
    }

    /// The phrases of each row of crisis words, in the order of the rows.
    pub fn crisis_phrases(&self) -> &[CrisisPhrases] {
        &self.crisis
    }

    /// Words that a misspelt word may have been meant for although no service uses them.
    pub fn phrase_words(&self) -> impl Iterator<Item = &str> {
        self.phrase_words.iter().map(String::as_str)
    }

    pub fn is_phrase_word(&self, word: &str) -> bool {
        self.phrase_words.contains(word)
    }

    /// Categories and goals as directions.
    pub fn wordings(&self) -> &Wordings {
        &self.wordings
    }

    fn add_families(&mut self, vocabulary: &Directory) {
        let count = vocabulary.categories.len();
        self.lines = (0..count)
            .map(|start| {
                let mut line = vec![start as u16];
                let mut at = start;
                while let Some(parent) =
                    vocabulary.categories[at].parent.as_ref().and_then(|p| self.category(p.as_str()))
                {
                    if line.contains(&parent) {
                        break;
                    }
                    line.push(parent);
                    at = usize::from(parent);
                }
                line
            })
            .collect();
        self.families = vec![Vec::new(); count];
        for (category, line) in self.lines.iter().enumerate() {
            for &above in line {
                self.families[usize::from(above)].push(category as u16);
            }
        }
    }

    fn add_goal_categories(&mut self, vocabulary: &Directory) {
        self.goal_categories = vec![Vec::new(); vocabulary.goals.len()];
        for row in &vocabulary.goal_categories {
            let pair = (self.goal(row.goal.as_str()), self.category(row.category.as_str()));
            if let (Some(goal), Some(category)) = pair {
                self.goal_categories[usize::from(goal)].push((category, row.strength));
            }
        }
    }

    fn add_phrases(&mut self, vocabulary: &Directory) {
        for (at, category) in vocabulary.categories.iter().enumerate() {
            for phrase in category.words.iter().chain([&category.name]) {
                self.phrase(phrase, |meaning| push_new(&mut meaning.categories, at as u16));
            }
        }
        for (at, goal) in vocabulary.goals.iter().enumerate() {
            for phrase in goal.words.iter().chain([&goal.name]) {
                self.phrase(phrase, |meaning| push_new(&mut meaning.goals, at as u16));
            }
        }
        for (at, audience) in vocabulary.audiences.iter().enumerate() {
            for phrase in audience.words.iter().chain([&audience.name]) {
                self.phrase(phrase, |meaning| push_new(&mut meaning.audiences, at as u16));
            }
        }
        for synonym in &vocabulary.thesaurus {
            for phrase in &synonym.words {
                self.phrase(phrase, |meaning| {
                    for means in &synonym.means {
                        push_new(&mut meaning.means, means.clone());
                    }
                });
            }
        }
    }

    fn phrase(&mut self, phrase: &str, add: impl Fn(&mut Meaning)) {
        let words: Vec<String> = words(phrase).into_iter().map(|word| word.text).collect();
        if words.is_empty() {
            return;
        }
        let whole = whole_key(words.iter().map(String::as_str));
        let core = core_key(words.iter().map(String::as_str)).filter(|core| *core != whole);
        for key in core.iter().chain([&whole]) {
            if let Some((first, _)) = key.split_once(' ') {
                self.beginnings.insert(first.to_string());
            }
        }
        if let Some(core) = core {
            add(self.phrases.entry(core).or_default());
        }
        add(self.phrases.entry(whole).or_default());
        self.phrase_words.extend(words.into_iter().filter(|word| !is_filler(word)));
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}

/// The key of a phrase as it is: the stems of all its words. "Nowt to do" is not "nowt to eat".
fn whole_key<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(stem).collect::<Vec<_>>().join(" ")
}

/// The key of a phrase without its fillers; none if fewer than two words are left, which would say too little.
fn core_key<'a>(words: impl Iterator<Item = &'a str>) -> Option<String> {
    let stems: Vec<String> = words.filter(|word| !is_filler(word)).map(stem).collect();
    (stems.len() >= 2).then(|| stems.join(" "))
}
