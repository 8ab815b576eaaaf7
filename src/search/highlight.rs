//! Where the words of a question stand in a result.

use super::answer::{Highlight, HighlightPart};
use crate::index::analysis::{Word, stem, words};
use std::collections::HashSet;

/// Words before and after the first match that are shown of a long text.
const WORDS_AROUND: usize = 12;

/// The fields in which one of the words (or a word of the same stem) stands.
pub fn highlights(fields: &[(&'static str, &str)], looked_for: &HashSet<&str>) -> Vec<Highlight> {
    let found = fields.iter().filter_map(|(field, text)| highlight(field, text, looked_for));
    found.collect()
}

fn highlight(field: &'static str, text: &str, looked_for: &HashSet<&str>) -> Option<Highlight> {
    let words = words(text);
    let is_match =
        |word: &Word| looked_for.contains(word.text.as_str()) || looked_for.contains(stem(&word.text).as_str());
    let matches: Vec<bool> = words.iter().map(is_match).collect();
    let first = matches.iter().position(|is_match| *is_match)?;
    let from = first.saturating_sub(WORDS_AROUND);
    let to = (first + WORDS_AROUND).min(words.len() - 1);
    let start = if from == 0 { 0 } else { words[from].from };
    let end = if to + 1 == words.len() { text.len() } else { words[to].to };
    let mut parts = Vec::new();
    let mut at = start;
    if start > 0 {
        push(&mut parts, "… ", false);
    }
    for number in (from..=to).filter(|&number| matches[number]) {
        push(&mut parts, &text[at..words[number].from], false);
        push(&mut parts, &text[words[number].from..words[number].to], true);
        at = words[number].to;
    }
    push(&mut parts, &text[at..end], false);
    if end < text.len() {
        push(&mut parts, " …", false);
    }
    Some(Highlight { field, parts })
}

fn push(parts: &mut Vec<HighlightPart>, text: &str, is_match: bool) {
    if text.is_empty() {
        return;
    }
    match parts.last_mut().filter(|last| last.is_match == is_match) {
        Some(last) => last.text.push_str(text),
        None => parts.push(HighlightPart { text: text.to_string(), is_match }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_the_word_and_words_of_its_stem() {
        let found = highlight("summary", "A bed for the night, and beds for two.", &HashSet::from(["bed"]));
        let text: String = found
            .iter()
            .flat_map(|highlight| &highlight.parts)
            .map(|part| if part.is_match { format!("[{}]", part.text) } else { part.text.clone() })
            .collect();
        assert_eq!(text, "A [bed] for the night, and [beds] for two.");
    }

    proptest! {
        #[test]
        fn the_parts_are_the_text(text in "[a-zA-Zé ,.'\n]{0,300}", word in "[a-z]{1,3}") {
            if let Some(found) = highlight("name", &text, &HashSet::from([word.as_str()])) {
                let joined: String = found.parts.iter().map(|part| part.text.as_str()).collect();
                let inside = joined.trim_start_matches("… ").trim_end_matches(" …");
                prop_assert!(text.contains(inside) || inside.is_empty());
                prop_assert!(found.parts.iter().any(|part| part.is_match));
            }
        }
    }
}
