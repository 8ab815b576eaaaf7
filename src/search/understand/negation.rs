//! What a person does not want: "without drinking", "not in a church", "no men", "I don't want a group".
//!
//! Most words of denial tell of a need instead: "no money", "nowhere to stay", "can't read", "not sleeping", "I don't
//! want to drink any more". So a denial counts only where it is said of a thing to go to, take part in or be among; a
//! phrase that the directory knows ("no food in") is that phrase; and what is in doubt is taken as wanted, since help
//! that was not asked for does less harm than help that is not shown.

use super::tokens::Token;
use super::ways::span;
use super::{Reader, Understanding};
use crate::index::analysis::stem;
use std::ops::Range;

/// Something that is not wanted, by the tokens that say it.
pub(super) struct Unwanted {
    /// What is denied.
    things: Vec<Range<usize>>,
    /// The token after the last of it.
    pub(super) end: usize,
}

/// How sure a denial is before it is known of what.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Denial {
    /// "I don't want", "rather than", "not into": of anything.
    Anything,
    /// "Not in a", "not the": of what is a kind of service or of people.
    Kinds,
    /// "No", "without", "not": of what people keep away from; of the rest it tells a need.
    Avoided,
    /// "Hate": the same, but whoever hates drinking wants to stop.
    Company,
}

impl Reader<'_> {
    /// Whether at this token begins what is not wanted.
    pub(super) fn unwanted(&self, tokens: &[Token], at: usize) -> Option<Unwanted> {
        let (length, denial) = denial(tokens, at)?;
        let mut next = at + length;
        let mut things = Vec::new();
        while let Some(thing) = self.thing(tokens, next) {
            if !things.is_empty() || self.is_denied(&tokens[thing.clone()], denial) {
                next = thing.end;
                things.push(thing);
            } else {
                break;
            }
            // "No drink or drugs": the denial goes on.
            match tokens.get(next).map(Token::best) {
                Some("or" | "nor") => next += 1,
                _ => break,
            }
        }
        let end = things.last()?.end;
        Some(Unwanted { things, end })
    }

    pub(super) fn add_unwanted(
        &self,
        understanding: &mut Understanding,
        tokens: &[Token],
        at: usize,
        unwanted: &Unwanted,
    ) {
        let mut from = at;
        for thing in &unwanted.things {
            let whole = span(&tokens[from..thing.end]);
            let (concept, mut words) = self.concept(&tokens[thing.clone()], whole);
            words.negated = true;
            words.unknown = false;
            if !concept.ways.is_empty() {
                understanding.unwanted.push(concept);
            }
            understanding.words.push(words);
            from = thing.end;
        }
    }

    /// The next word or phrase that says something, within the clause.
    fn thing(&self, tokens: &[Token], from: usize) -> Option<Range<usize>> {
        /// Words between a denial and what it is of: "not in one of those".
        const REACH: usize = 4;
        let ends_clause = |token: &Token| {
            let before = self.text.get(..token.word.from).unwrap_or_default();
            before.trim_end().ends_with([',', ';', '.', '!', '?', ':'])
                || matches!(token.best(), "but" | "and" | "just" | "because" | "cos" | "so" | "if")
        };
        for (at, token) in tokens.iter().enumerate().skip(from).take(REACH) {
            if at > from && ends_clause(token) || at == from && matches!(token.best(), "but" | "and") {
                return None;
            }
            let length = self.longest_phrase(&tokens[at..]);
            if length > 1 || !token.is_filler() {
                return Some(at..at + length);
            }
        }
        None
    }

    fn is_denied(&self, thing: &[Token], denial: Denial) -> bool {
        match denial {
            Denial::Anything => true,
            Denial::Avoided => thing.iter().any(is_avoided),
            Denial::Company => thing.iter().any(|token| is_avoided(token) && !is_taken(token)),
            Denial::Kinds => {
                let is_kind = || {
                    self.meaning(thing)
                        .is_some_and(|meaning| !meaning.categories.is_empty() || !meaning.audiences.is_empty())
                };
                thing.iter().any(is_avoided) || is_kind()
            }
        }
    }
}

/// How many tokens the words of denial take, and what they deny.
fn denial(tokens: &[Token], at: usize) -> Option<(usize, Denial)> {
    let word = |at: usize| tokens.get(at).map_or("", Token::best);
    let before = at.checked_sub(1).map_or("", word);
    let follow = |from: usize, wanted: &[&str]| wanted.iter().enumerate().all(|(n, wanted)| word(from + n) == *wanted);
    for (words, denial) in SETTLED {
        if follow(at, words) {
            return Some((words.len(), denial));
        }
    }
    match word(at) {
        "without" | "non" => Some((1, Denial::Avoided)),
        // "I've got no friends" is a need.
        "no" if matches!(word(at + 1), "more" | "longer") => None,
        "no" if !matches!(before, "got" | "have" | "had" | "ive" | "has" | "theres" | "there" | "in") => {
            Some((1, Denial::Avoided))
        }
        "not" => after_not(tokens, at),
        "dont" | "doesnt" | "didnt" | "wont" => after_do_not(tokens, at + 1, 1),
        "do" | "does" | "did" if word(at + 1) == "not" => after_do_not(tokens, at + 2, 2),
        _ => None,
    }
}

/// Words of denial that leave no doubt.
const SETTLED: [(&[&str], Denial); 18] = [
    (&["rather", "than"], Denial::Anything),
    (&["instead", "of"], Denial::Anything),
    (&["other", "than"], Denial::Anything),
    (&["apart", "from"], Denial::Anything),
    (&["anything", "but"], Denial::Anything),
    (&["except", "for"], Denial::Anything),
    (&["except"], Denial::Anything),
    (&["nothing", "to", "do", "with"], Denial::Anything),
    (&["nothing", "with"], Denial::Anything),
    (&["not", "into"], Denial::Anything),
    (&["not", "interested", "in"], Denial::Anything),
    (&["not", "keen", "on"], Denial::Anything),
    (&["not", "a", "fan", "of"], Denial::Anything),
    (&["not", "one", "of", "those"], Denial::Anything),
    (&["not", "another"], Denial::Anything),
    (&["cant", "stand"], Denial::Kinds),
    (&["cant", "be", "doing", "with"], Denial::Anything),
    (&["hate"], Denial::Company),
];

/// "Not a group", "not in a church", "football, not boxing"; but "I'm not in a job", "not sleeping", "not drinking".
fn after_not(tokens: &[Token], at: usize) -> Option<(usize, Denial)> {
    const OF_STATES: [&str; 12] = ["im", "am", "i", "is", "are", "was", "were", "hes", "shes", "theyre", "its", "have"];
    let word = |at: usize| tokens.get(at).map_or("", Token::best);
    let tells_a_state = at > 0 && OF_STATES.contains(&word(at - 1));
    let is_article = |word: &str| matches!(word, "a" | "an" | "the" | "any");
    let is_place =
        |word: &str| matches!(word, "in" | "at" | "with" | "around" | "near" | "on" | "about" | "for" | "by");
    let of_kinds = is_article(word(at + 1)) || is_place(word(at + 1)) && is_article(word(at + 2));
    if word(at + 1).ends_with("ing") {
        return None;
    }
    let bare = !word(at + 1).ends_with("ed") && !is_place(word(at + 1));
    let kinds = !tells_a_state && (of_kinds || bare);
    Some((1, if kinds { Denial::Kinds } else { Denial::Avoided }))
}

/// "Don't want a group", "don't like crowds", "don't want to go to church"; but "don't want to drink any more", "don't
/// sleep", "don't want to be alone".
fn after_do_not(tokens: &[Token], from: usize, length: usize) -> Option<(usize, Denial)> {
    const WANTING: [&str; 7] = ["want", "like", "fancy", "need", "enjoy", "wanna", "do"];
    const OF_STATES: [&str; 10] =
        ["being", "feeling", "living", "getting", "waking", "sleeping", "eating", "drinking", "using", "having"];
    /// What one does at a service that one does not want.
    const TAKING_PART: [&str; 17] = [
        "attend", "do", "go", "going", "have", "join", "live", "meet", "mix", "play", "see", "share", "sit", "speak",
        "stay", "talk", "try",
    ];
    let word = |at: usize| tokens.get(at).map_or("", Token::best);
    let really = usize::from(matches!(word(from), "really" | "even"));
    let wanting = word(from + really);
    if !WANTING.contains(&wanting) {
        return None;
    }
    let after = from + really + 1;
    let begin = length + really + 1;
    let infinitive = usize::from(word(after) == "to");
    if infinitive == 0 && wanting != "wanna" {
        // "Don't like going to the gym", but "don't like being alone".
        let of_state = OF_STATES.contains(&word(after));
        return (!of_state).then_some((begin, Denial::Anything));
    }
    let verb = word(after + infinitive);
    let among = matches!(word(after + infinitive + 1), "in" | "with" | "around" | "near" | "at");
    let takes_part = TAKING_PART.contains(&verb) || verb == "be" && among;
    let back = word(after + infinitive + 1) == "back";
    (takes_part && !back).then_some((begin + infinitive + 1, Denial::Anything))
}

/// What people keep away from, by stems: people, faith, drink and drugs, groups. Of anything else "no" and "without" tell a
/// need.
fn is_avoided(token: &Token) -> bool {
    const AVOIDED: [&str; 58] = [
        "aa",
        "alcohol",
        "beer",
        "bibl",
        "bloke",
        "booz",
        "chapel",
        "child",
        "children",
        "christian",
        "church",
        "colleg",
        "counsellor",
        "crowd",
        "dog",
        "drink",
        "drinker",
        "drug",
        "exam",
        "exercis",
        "faith",
        "fella",
        "gambl",
        "girl",
        "god",
        "group",
        "gym",
        "jesus",
        "jobcentr",
        "judgement",
        "kid",
        "lad",
        "lass",
        "man",
        "medic",
        "meet",
        "men",
        "mosqu",
        "nois",
        "noisi",
        "onlin",
        "polic",
        "prayer",
        "preach",
        "prison",
        "probat",
        "psychiatrist",
        "pub",
        "religi",
        "religion",
        "school",
        "smoke",
        "smoker",
        "sport",
        "stranger",
        "swear",
        "women",
        "zoom",
    ];
    AVOIDED.binary_search(&stem(token.best()).as_str()).is_ok()
}

/// Of these, what people take and may want to stop taking.
fn is_taken(token: &Token) -> bool {
    const TAKEN: [&str; 9] = ["alcohol", "beer", "booz", "drink", "drug", "gambl", "medic", "smoke", "smoker"];
    TAKEN.contains(&stem(token.best()).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_avoided_is_in_order() {
        let token = |word: &str| Token {
            word: crate::index::analysis::Word { text: word.to_string(), from: 0, to: word.len() },
            spelt: super::super::tokens::Spelt::Unknown,
        };
        for word in ["drinking", "men", "religious", "church", "groups", "zoom", "aa", "swearing", "noisy", "school"] {
            assert!(is_avoided(&token(word)), "{word} ({})", stem(word));
        }
        for word in ["money", "sleeping", "coping", "friends", "food"] {
            assert!(!is_avoided(&token(word)), "{word}");
        }
    }
}
