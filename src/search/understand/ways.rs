//! How a concept is looked for: as it is written, by its stem, and by what it stands for.

use super::tokens::{Spelt, Token};
use super::{Concept, Reader, Understanding, Way};
use crate::index::analysis::{is_filler, stem, words};
use crate::index::lexicon::Meaning;
use crate::search::answer::UnderstoodWords;
use crate::search::crisis;
use crate::search::limits::MAX_VARIANTS;
use std::ops::Range;

/// How much a way of finding a concept counts beside the word itself.
mod weight {
    pub(super) const WORD: f32 = 1.0;
    pub(super) const STEM: f32 = 0.85;
    pub(super) const CORRECTED: f32 = 0.8;
    pub(super) const BEGINS: f32 = 0.6;
    pub(super) const MEANS: f32 = 0.5;
    pub(super) const KIND: f32 = 0.3;
    pub(super) const CRISIS: f32 = 1.0;
}

/// The score of a category that was named by its own words, as against BM25 sums: a rare word in a name scores some
/// 15 to 25, a common one in a description 2 to 4.
const CATEGORY_SCORE: f32 = 12.0;
/// … by what the thesaurus gives for the words.
const CATEGORY_BY_MEANING_SCORE: f32 = 10.0;
/// … by a word of the thesaurus that names a whole branch of categories ("food") or several, which says little.
const VAGUE_BY_MEANING_SCORE: f32 = 4.0;
/// … by a goal, for each point of its strength (1–3).
const CATEGORY_BY_GOAL_SCORE: f32 = 2.5;

impl Reader<'_> {
    /// Adds what some tokens mean together to what was understood.
    pub(super) fn add(&self, understanding: &mut Understanding, tokens: &[Token]) {
        let span = span(tokens);
        let (concept, words) = self.concept(tokens, span);
        understanding.mean(&words.meant);
        if !concept.ways.is_empty() {
            understanding.concepts.push(concept);
        }
        understanding.words.push(words);
    }

    /// The concept of some tokens, and what there is to say about it.
    pub(super) fn concept(&self, tokens: &[Token], span: Range<usize>) -> (Concept, UnderstoodWords) {
        let content: Vec<&Token> = tokens.iter().filter(|token| !token.is_filler()).collect();
        let mut words = UnderstoodWords {
            typed: self.text.get(span.clone()).unwrap_or_default().to_string(),
            meant: tokens.iter().map(Token::meant).collect::<Vec<_>>().join(" "),
            span: span.clone(),
            ..UnderstoodWords::default()
        };
        let mut concept = Concept { span, ..Concept::default() };
        self.literal_ways(&content, &mut concept, &mut words);
        if let Some(meaning) = self.meaning(tokens).filter(|_| self.uses.vocabulary) {
            self.add_meaning(meaning, CATEGORY_SCORE, &mut concept);
            words.means.clone_from(&meaning.means);
            for means in &meaning.means {
                self.add_search_words(means, weight::MEANS, &mut concept);
            }
            for means in self.words_of_kinds(meaning) {
                if !words.means.contains(&means) {
                    add_text(&means, weight::KIND, &mut concept);
                    words.means.push(means);
                }
            }
        }
        if !self.uses.categories {
            concept.ways.retain(|way| matches!(way, Way::Words { .. }));
        }
        let code = |category: u16| self.snapshot.vocabulary().categories[usize::from(category)].code.clone();
        words.categories = concept.categories().map(|(category, _)| code(category)).collect();
        words.unknown = concept.ways.is_empty();
        (concept, words)
    }

    /// What helps in the crisis that the words speak of, if they speak of one.
    pub(super) fn crisis(&self, as_meant: &str) -> Option<Concept> {
        if !self.uses.vocabulary {
            return None;
        }
        let mut concept = Concept { span: 0..self.text.len(), ..Concept::default() };
        for means in crisis::search_words(self.text, as_meant, self.snapshot) {
            self.add_search_words(&means, weight::CRISIS, &mut concept);
        }
        if !self.uses.categories {
            concept.ways.retain(|way| matches!(way, Way::Words { .. }));
        }
        (!concept.ways.is_empty()).then_some(concept)
    }

    /// The words themselves, their stems, and what they were probably meant for.
    fn literal_ways(&self, tokens: &[&Token], concept: &mut Concept, understood: &mut UnderstoodWords) {
        let mut way = |words: Vec<String>, weight: f32| concept.ways.push(Way::Words { words, weight });
        if let [token] = tokens {
            let word = &token.word.text;
            match &token.spelt {
                Spelt::Known { also } => {
                    way(vec![word.clone()], weight::WORD);
                    let stem_of_word = stem(word);
                    if stem_of_word != *word {
                        way(vec![stem_of_word], weight::STEM);
                    }
                    for other in also {
                        way(other.split(' ').map(stem).collect(), weight::STEM);
                    }
                    understood.also.clone_from(also);
                }
                Spelt::Corrected { likely, .. } => {
                    understood.corrected_to.clone_from(likely);
                    for other in likely.iter().filter(|other| self.is_somewhere(other)) {
                        way(vec![stem(other)], weight::CORRECTED);
                    }
                }
                Spelt::Begins(others) => {
                    understood.begins.clone_from(others);
                    for other in others {
                        way(vec![other.clone()], weight::BEGINS);
                    }
                }
                Spelt::Joined(first, second) => {
                    understood.corrected_to.push(format!("{first} {second}"));
                    let stems: Vec<String> = [first, second]
                        .map(|word| word.as_str())
                        .into_iter()
                        .filter(|word| !is_filler(word))
                        .map(stem)
                        .collect();
                    way(stems, weight::WORD);
                }
                Spelt::Filler | Spelt::MisspeltFiller(_) | Spelt::Unknown => {}
            }
            return;
        }
        way(tokens.iter().map(|token| stem(token.best())).collect(), weight::WORD);
        for token in tokens {
            if let Spelt::Corrected { likely, .. } = &token.spelt {
                understood.corrected_to.extend(likely.first().cloned());
            }
        }
        if let [first, second] = tokens
            && let Some(joined) = self.joined(first, second)
        {
            way(vec![stem(&joined)], weight::STEM);
            understood.also.push(joined);
        }
    }

    /// Whether a service or a phrase has the word or one of its stem. A word may be good English and in neither.
    fn is_somewhere(&self, word: &str) -> bool {
        let has = |word: &str| self.snapshot.statistics().frequency(word).any > 0;
        has(word) || has(&stem(word))
    }

    /// The categories that a meaning names, and those that serve the goals it names.
    fn add_meaning(&self, meaning: &Meaning, score: f32, concept: &mut Concept) {
        for &category in &meaning.categories {
            add_category(concept, category, score);
        }
        concept.audiences.extend(&meaning.audiences);
        for &goal in &meaning.goals {
            concept.goals.push(goal);
            for &(category, strength) in self.snapshot.lexicon().categories_of_goal(goal) {
                add_category(concept, category, CATEGORY_BY_GOAL_SCORE * f32::from(strength));
            }
        }
    }

    /// The words by which services say that they are of a kind: what the thesaurus gives for the names of the categories,
    /// goals and audiences. So words of a category also find services that nobody has put into one.
    fn words_of_kinds(&self, meaning: &Meaning) -> Vec<String> {
        /// More kinds than this, and the words say too little to look further for each.
        const MOST_KINDS: usize = 3;
        let vocabulary = self.snapshot.vocabulary();
        let names = (meaning.categories.iter().map(|at| &vocabulary.categories[usize::from(*at)].name))
            .chain(meaning.goals.iter().map(|at| &vocabulary.goals[usize::from(*at)].name))
            .chain(meaning.audiences.iter().map(|at| &vocabulary.audiences[usize::from(*at)].name));
        let mut found = Vec::new();
        for name in names.take(MOST_KINDS) {
            let folded: Vec<String> = words(name).into_iter().map(|word| word.text).collect();
            if let Some(named) = self.snapshot.lexicon().meaning(folded.iter().map(String::as_str)) {
                found.extend(named.means.iter().cloned());
            }
        }
        found
    }

    /// Search words of the thesaurus: as text, and as the words of a category.
    fn add_search_words(&self, means: &str, weight: f32, concept: &mut Concept) {
        add_text(means, weight, concept);
        let folded: Vec<String> = words(means).into_iter().map(|word| word.text).collect();
        if let Some(meaning) = self.snapshot.lexicon().meaning(folded.iter().map(String::as_str)) {
            for &category in &meaning.categories {
                // "Training" is a word of courses, of sport and of gyms: it names none of them.
                let is_vague = meaning.categories.len() > 2 || self.snapshot.lexicon().family(category).len() > 1;
                let score = if is_vague { VAGUE_BY_MEANING_SCORE } else { CATEGORY_BY_MEANING_SCORE };
                add_category(concept, category, score);
            }
        }
    }
}

/// Where tokens stand in the text.
pub(super) fn span(tokens: &[Token]) -> Range<usize> {
    let from = tokens.iter().map(|token| token.word.from).min().unwrap_or(0);
    from..tokens.iter().map(|token| token.word.to).max().unwrap_or(0)
}

/// Search words as text, by their stems.
fn add_text(means: &str, weight: f32, concept: &mut Concept) {
    let stems: Vec<String> =
        words(means).iter().filter(|word| !is_filler(&word.text)).map(|word| stem(&word.text)).collect();
    if !stems.is_empty() && concept.ways.len() < 3 * MAX_VARIANTS {
        concept.ways.push(Way::Words { words: stems, weight });
    }
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
