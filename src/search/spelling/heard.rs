//! A word as it is heard, so that what was written by ear is found: "sycology", "fone", "sumwhere", "acomodation".
//!
//! British speech: an `r` before a consonant is silent, `th` and `f` are one. Vowels are kept, roughly; the
//! [`consonants`] alone are the key under which words that sound alike stand in a dictionary.

/// The word by its sounds. A word with other letters than a to z stays as it is.
pub fn heard(word: &str) -> String {
    if word.is_empty() || !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return word.to_string();
    }
    let letters = word.as_bytes();
    let mut sounds = Sounds(String::with_capacity(word.len() + 2));
    let mut at = sounds.beginning(word);
    while at < letters.len() {
        at += sounds.next(letters, at);
    }
    sounds.0
}

/// The consonants of a heard word; all vowels it may begin with are one.
pub fn consonants(heard: &str) -> String {
    let mut letters = heard.chars();
    let first = letters.next().map(|first| if is_vowel(first) { 'a' } else { first });
    first.into_iter().chain(letters.filter(|letter| !is_vowel(*letter))).collect()
}

pub(super) fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Endings and groups that have one sound however they are written. The longest come first.
const GROUPS: [(&str, &str); 22] = [
    ("ssion", "xun"),
    ("tious", "xus"),
    ("cious", "xus"),
    ("tion", "xun"),
    ("sion", "xun"),
    ("cian", "xun"),
    ("tial", "xul"),
    ("cial", "xul"),
    ("tch", "k"),
    ("dge", "je"),
    ("igh", "i"),
    ("ch", "k"),
    ("ck", "k"),
    ("ph", "f"),
    ("th", "f"),
    ("sh", "x"),
    ("wh", "w"),
    ("qu", "kw"),
    ("ee", "i"),
    ("ea", "i"),
    ("ie", "i"),
    ("ei", "i"),
];

/// Two vowels that are one.
const VOWELS: [(&str, char); 8] =
    [("oo", 'u'), ("ou", 'u'), ("ew", 'u'), ("ai", 'a'), ("ay", 'a'), ("au", 'o'), ("aw", 'o'), ("oa", 'o')];

struct Sounds(String);

impl Sounds {
    /// Beginnings with a letter that is not heard. Gives how many letters they take.
    fn beginning(&mut self, word: &str) -> usize {
        const BEGINNINGS: [(&str, &str); 11] = [
            ("sch", "sk"),
            ("who", "ho"),
            ("kn", "n"),
            ("gn", "n"),
            ("pn", "n"),
            ("wr", "r"),
            ("rh", "r"),
            ("ps", "s"),
            ("pt", "t"),
            ("x", "s"),
            ("y", "y"),
        ];
        let begun = BEGINNINGS.iter().find(|(written, _)| word.starts_with(written));
        begun.map_or(0, |(written, sounds)| {
            self.0.push_str(sounds);
            written.len()
        })
    }

    /// Adds what is heard at a place. Gives how many letters that takes.
    fn next(&mut self, letters: &[u8], at: usize) -> usize {
        let rest = &letters[at..];
        if rest == b"our" && at > 1 {
            self.add('o');
            return 3;
        }
        if let Some((written, sounds)) = GROUPS.iter().find(|(written, _)| rest.starts_with(written.as_bytes())) {
            sounds.chars().for_each(|sound| self.add(sound));
            return written.len();
        }
        if let Some((written, sound)) = VOWELS.iter().find(|(written, _)| rest.starts_with(written.as_bytes())) {
            self.add(*sound);
            return written.len();
        }
        let follows = rest.get(1).copied().unwrap_or_default();
        let is_soft = matches!(follows, b'e' | b'i' | b'y');
        let after_vowel = self.0.chars().last().is_some_and(is_vowel);
        let before_vowel = matches!(follows, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        match rest[0] {
            b'c' if follows == b'c' && matches!(rest.get(2), Some(b'e' | b'i')) => {
                self.add('k');
                self.add('s');
                return 2;
            }
            b's' if follows == b'c' && matches!(rest.get(2), Some(b'e' | b'i' | b'y')) => {
                self.add('s');
                return 2;
            }
            b'c' if is_soft => self.add('s'),
            b'c' | b'q' => self.add('k'),
            b'g' if follows == b'h' => {
                match (rest.len(), at) {
                    (_, 0) => self.add('g'),
                    (2, _) => self.add('f'),
                    _ => {}
                }
                return 2;
            }
            b'g' if is_soft => self.add('j'),
            b'm' if follows == b'b' && matches!(&rest[2..], b"" | b"s" | b"er" | b"ers" | b"ing") => {
                self.add('m');
                return 2;
            }
            b'x' => {
                self.add('k');
                self.add('s');
            }
            b'z' => self.add('s'),
            b'y' => self.add('i'),
            b'r' if after_vowel && (!before_vowel || rest == b"re") => {}
            b'w' if after_vowel && !before_vowel => {}
            b'h' if at > 0 => {}
            b'l' if matches!(follows, b'k' | b'm' | b'f') && (self.0.ends_with('a') || self.0.ends_with('o')) => {}
            b'e' if rest.len() == 1 && at > 1 => {}
            other => self.add(char::from(other)),
        }
        1
    }

    /// No sound twice in a row.
    fn add(&mut self, sound: char) {
        if !self.0.ends_with(sound) {
            self.0.push(sound);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_by_ear_sounds_like_the_word() {
        for (written, word) in [
            ("sycology", "psychology"),
            ("gimnastics", "gymnastics"),
            ("councelling", "counselling"),
            ("acomodation", "accommodation"),
            ("alchohol", "alcohol"),
            ("fone", "phone"),
            ("kwit", "quit"),
            ("enuff", "enough"),
            ("rong", "wrong"),
            ("nee", "knee"),
            ("kneed", "need"),
            ("tork", "talk"),
            ("maffs", "maths"),
            ("plummer", "plumber"),
            ("color", "colour"),
            ("stashun", "station"),
            ("fisiotherapy", "physiotherapy"),
        ] {
            assert_eq!(consonants(&heard(written)), consonants(&heard(word)), "{written}: {}", heard(written));
        }
    }

    #[test]
    fn different_words_are_heard_as_such() {
        for (one, other) in [("choir", "quire"), ("bed", "bad"), ("gym", "gum"), ("wheezing", "weeding")] {
            assert_ne!(heard(one), heard(other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn anything_can_be_heard(word in any::<String>(), small in "[a-z]{0,12}") {
            consonants(&heard(&word));
            prop_assert!(heard(&small).len() <= 2 * small.len());
        }
    }
}
