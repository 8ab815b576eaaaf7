//! English in Hebrew letters: a text that runs from right to left, that nobody has to translate, and in which a text that
//! was not taken from the language's file stands out.

use super::{Language, Texts};

const LETTERS: [char; 26] = [
    'א', 'ב', 'ג', 'ד', 'ה', 'ו', 'ז', 'ח', 'ט', 'י', 'כ', 'ל', 'מ', 'נ', 'ס', 'ע', 'פ', 'צ', 'ק', 'ר', 'ש', 'ת', 'ן',
    'ם', 'ץ', 'ף',
];

pub(super) fn mirrored(english: &Texts) -> Texts {
    let by_key = english.all().map(|(key, text)| (key.to_string(), letters(text)));
    Texts { language: Language::Mirrored, by_key: by_key.collect() }
}

/// The text with other letters; the names of places for values stay.
fn letters(text: &str) -> String {
    let mut inside = false;
    let changed = text.chars().map(|c| {
        inside = (inside || c == '{') && c != '}';
        match c.to_ascii_lowercase() {
            letter @ 'a'..='z' if !inside => LETTERS[usize::from(letter as u8 - b'a')],
            _ => c,
        }
    });
    changed.collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn letters_change_and_places_for_values_stay() {
        assert_eq!(super::letters("Ab {n} c"), "אב {n} ג");
    }
}
