//! Hours as text: where the rules of a text begin and end, and what is written in them.
//!
//! The parsed rules no longer tell `Mo` from `Mo 00:00-24:00`, so some questions are asked of the text.

use std::ops::Range;

/// Words of the syntax, apart from weekdays and months.
const WORDS: [&str; 14] = [
    "PH", "SH", "week", "off", "closed", "open", "unknown", "easter", "day", "days", "dawn", "sunrise", "sunset",
    "dusk",
];

const WEEKDAYS: [&str; 7] = ["mo", "tu", "we", "th", "fr", "sa", "su"];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// How much of a text is repeated in a message.
const MAX_QUOTED: usize = 40;

/// The text with every byte between quotes turned into a quote, so that nothing in there is taken for syntax.
pub(super) fn outside_quotes(text: &str) -> String {
    let mut quoted = false;
    let mut bare = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter == '"' {
            quoted = !quoted;
        }
        if quoted {
            bare.extend(std::iter::repeat_n('"', letter.len_utf8()));
        } else {
            bare.push(letter);
        }
    }
    bare
}

/// The pieces between `;`, `||` and `, `, each with the separator that follows it. Together they are the whole text.
pub(super) fn segments(bare: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for end in ends(bare, &[";", "||", ", "]) {
        pieces.push(start..end);
        start = end;
    }
    if !bare[start..].trim().is_empty() {
        pieces.push(start..bare.len());
    }
    pieces
}

/// The rules between `;`, without it; empty ones are left out.
pub(super) fn split_rules(bare: &str) -> Vec<Range<usize>> {
    let mut rules = Vec::new();
    let mut start = 0;
    for end in ends(bare, &[";"]) {
        rules.push(start..end - 1);
        start = end;
    }
    rules.push(start..bare.len());
    rules.retain(|rule| !bare[rule.clone()].trim().is_empty());
    rules
}

/// Where separators end.
fn ends(bare: &str, separators: &[&str]) -> Vec<usize> {
    let bytes = bare.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let separator = separators.iter().find(|separator| bytes[at..].starts_with(separator.as_bytes()));
        at += separator.map_or(1, |separator| separator.len());
        if separator.is_some() {
            found.push(at);
        }
    }
    found
}

/// Whether a time of day is stated: a digit, a colon, a digit; or `24/7`.
pub(super) fn has_time(bare: &str) -> bool {
    let clock = |three: &[u8]| three[0].is_ascii_digit() && three[1] == b':' && three[2].is_ascii_digit();
    bare.contains("24/7") || bare.as_bytes().windows(3).any(clock)
}

/// Whether a segment says that it is not open, or not surely.
pub(super) fn is_denied(bare: &str) -> bool {
    words(bare).any(|word| ["off", "closed", "unknown"].iter().any(|denial| word.eq_ignore_ascii_case(denial)))
}

/// Whether a rule consists of a comment.
pub(super) fn is_remark(bare: &str) -> bool {
    bare.trim().starts_with('"') && !has_time(bare)
}

/// Runs of letters.
pub(super) fn words(bare: &str) -> impl Iterator<Item = &str> {
    bare.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty())
}

/// The first run of letters and digits with a word in it that the syntax does not know.
pub(super) fn unknown_word(bare: &str) -> Option<&str> {
    bare.split(|letter: char| !letter.is_alphanumeric()).find(|run| words(run).any(|word| !is_known(word)))
}

fn is_known(word: &str) -> bool {
    let lower = word.to_lowercase();
    let named = WEEKDAYS.contains(&lower.as_str()) || MONTHS.contains(&lower.as_str());
    named || WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The first `hh:mm` that no clock shows, counting on to the next midnight but one.
pub(super) fn impossible_time(bare: &str) -> Option<&str> {
    let bytes = bare.as_bytes();
    for colon in bare.match_indices(':').map(|(at, _)| at) {
        let before = bytes[..colon].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let after = bytes[colon + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let hours: Option<u32> = bare[colon - before..colon].parse().ok();
        let minutes: Option<u32> = bare[colon + 1..colon + 1 + after].parse().ok();
        let (Some(hours), Some(minutes)) = (hours, minutes) else { continue };
        if before <= 3 && (minutes > 59 || hours * 60 + minutes > 48 * 60) {
            return Some(&bare[colon - before..colon + 1 + after]);
        }
    }
    None
}

/// Pairs of times with a hyphen between them, as they are written: `9:00-5:00` is `("9:00", "5:00")`.
pub(super) fn clock_pairs(bare: &str) -> Vec<(&str, &str)> {
    let is_clock = |byte: &u8| byte.is_ascii_digit() || *byte == b':';
    let mut pairs = Vec::new();
    for hyphen in bare.match_indices('-').map(|(at, _)| at) {
        let before = bare[..hyphen].trim_end();
        let after = bare[hyphen + 1..].trim_start();
        let first = before.len() - before.bytes().rev().take_while(|byte| is_clock(byte)).count();
        let last = after.bytes().take_while(is_clock).count();
        if before[first..].contains(':') && after[..last].contains(':') {
            pairs.push((&before[first..], &after[..last]));
        }
    }
    pairs
}

/// Whether a weekday and a holiday stand side by side without a comma: `SH Mo-Fr`. To OpenStreetMap that is Monday to
/// Friday in the holidays, to the crate it is every Monday to Friday, and the holidays too.
pub(super) fn mixes_days_and_holidays(bare: &str) -> bool {
    let parts: Vec<&str> = bare.split(' ').filter(|part| !part.is_empty()).collect();
    let starts_with_weekday = |part: &str| {
        part.get(..2).is_some_and(|start| WEEKDAYS.iter().any(|weekday| start.eq_ignore_ascii_case(weekday)))
            && !part.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("sun"))
    };
    parts.windows(2).any(|pair| {
        let (first, second) = (pair[0], pair[1]);
        let holiday_first = ["PH", "SH", "day", "days"].iter().any(|end| first.ends_with(end));
        let day_first = first.ends_with(']')
            || first.get(first.len().saturating_sub(2)..).is_some_and(|end| {
                first.len() <= 20 && WEEKDAYS.iter().any(|weekday| end.eq_ignore_ascii_case(weekday))
            });
        (holiday_first && starts_with_weekday(second))
            || (day_first && (second.starts_with("PH") || second.starts_with("SH")))
    })
}

/// The first characters of a text, for a message.
pub(super) fn clip(text: &str) -> String {
    if text.chars().count() <= MAX_QUOTED {
        return text.to_string();
    }
    text.chars().take(MAX_QUOTED).chain(['…']).collect()
}
