//! English hours cut into words that mean something for hours.

use super::clock::{Clock, Half};

/// OpenStreetMap's name of a weekday or of several: `Mo`, `Mo-Fr`, `Sa,Su`.
pub(super) type Day = &'static str;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Day(Day),
    /// First, second …; −1 is the last.
    Ordinal(i8),
    BankHoliday,
    Every,
    OfMonth,
    Clock(Clock),
    /// "-", "to", "until".
    To,
    /// ",", "and".
    And,
    /// ";", a full stop or a new line.
    End,
    Closed,
    Always,
}

/// Phrases of several words, written out before words are told apart. Longer ones first.
const PHRASES: [(&str, &str); 30] = [
    ("a.m.", "am"),
    ("p.m.", "pm"),
    ("a.m", "am"),
    ("p.m", "pm"),
    ("24 hours a day, 7 days a week", " always "),
    ("24 hours a day 7 days a week", " always "),
    ("24 hours a day", " always "),
    ("24 hours", " always "),
    ("24hours", " always "),
    ("24 hrs", " always "),
    ("24hrs", " always "),
    ("24-7", " always "),
    ("24x7", " always "),
    ("24/7", " always "),
    ("always open", " always "),
    ("7 days a week", " daily "),
    ("seven days a week", " daily "),
    ("every day", " daily "),
    ("all week", " daily "),
    ("bank and public holidays", " ph "),
    ("bank holidays", " ph "),
    ("bank holiday", " ph "),
    ("bank hols", " ph "),
    ("public holidays", " ph "),
    ("of the month", " ofmonth "),
    ("of each month", " ofmonth "),
    ("of every month", " ofmonth "),
    ("in the month", " ofmonth "),
    ("o'clock", " "),
    ("not open", " closed "),
];

/// The words of a text; None as soon as one is not known.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut plain = text.to_lowercase();
    for (phrase, meaning) in PHRASES {
        plain = plain.replace(phrase, meaning);
    }
    let mut tokens = Vec::new();
    let letters: Vec<char> = plain.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        let run = |belongs: fn(char) -> bool| letters[at..].iter().take_while(|letter| belongs(**letter)).count();
        if letter.is_ascii_digit() {
            let mut length = run(|letter| letter.is_ascii_digit() || letter == '.' || letter == ':');
            while !letters[at + length - 1].is_ascii_digit() {
                length -= 1;
            }
            let number: String = letters[at..at + length].iter().collect();
            at += length;
            let suffix: String = letters[at..].iter().take_while(|letter| letter.is_alphabetic()).collect();
            if let Some(ordinal) = ordinal(&number, &suffix) {
                tokens.push(Token::Ordinal(ordinal));
                at += suffix.chars().count();
            } else {
                tokens.push(Token::Clock(Clock::parse(&number)?));
            }
        } else if letter.is_alphabetic() {
            let length = run(char::is_alphabetic);
            let word: String = letters[at..at + length].iter().collect();
            at += length;
            add_word(&word, &mut tokens)?;
        } else {
            at += 1;
            match letter {
                '-' | '–' | '—' | '−' | '‐' | '‑' => tokens.push(Token::To),
                ',' | '&' | '/' | '+' => tokens.push(Token::And),
                ';' | '\n' | '.' | '|' => tokens.push(Token::End),
                ' ' | '\t' | '\r' | '\u{a0}' | ':' | '(' | ')' => {}
                _ => return None,
            }
        }
    }
    Some(tokens)
}

fn ordinal(number: &str, suffix: &str) -> Option<i8> {
    match (number, suffix) {
        ("1", "st") => Some(1),
        ("2", "nd") => Some(2),
        ("3", "rd") => Some(3),
        ("4", "th") => Some(4),
        _ => None,
    }
}

/// Adds what a word means, to the time before it if it says which half of the day.
fn add_word(word: &str, tokens: &mut Vec<Token>) -> Option<()> {
    let token = match word {
        "mo" | "mon" | "monday" | "mondays" | "mons" => Token::Day("Mo"),
        "tu" | "tue" | "tues" | "tuesday" | "tuesdays" => Token::Day("Tu"),
        "we" | "wed" | "weds" | "wednesday" | "wednesdays" => Token::Day("We"),
        "th" | "thu" | "thur" | "thurs" | "thursday" | "thursdays" => Token::Day("Th"),
        "fr" | "fri" | "friday" | "fridays" | "fris" => Token::Day("Fr"),
        "sa" | "sat" | "sats" | "saturday" | "saturdays" => Token::Day("Sa"),
        "su" | "sun" | "suns" | "sunday" | "sundays" => Token::Day("Su"),
        "weekday" | "weekdays" => Token::Day("Mo-Fr"),
        "weekend" | "weekends" => Token::Day("Sa,Su"),
        "daily" | "everyday" => Token::Day("Mo-Su"),
        "ph" => Token::BankHoliday,
        "first" => Token::Ordinal(1),
        "second" => Token::Ordinal(2),
        "third" => Token::Ordinal(3),
        "fourth" => Token::Ordinal(4),
        "last" => Token::Ordinal(-1),
        "every" | "each" => Token::Every,
        "ofmonth" | "monthly" => Token::OfMonth,
        "to" | "until" | "till" | "til" | "through" => Token::To,
        "and" => Token::And,
        "closed" | "off" | "except" | "excluding" | "excl" | "exc" | "not" => Token::Closed,
        "always" => Token::Always,
        // "We open …" is not about Wednesday.
        "open" if tokens.last() == Some(&Token::Day("We")) => return None,
        "open" | "on" | "from" | "the" | "at" | "hours" | "times" | "between" => return Some(()),
        "am" | "pm" | "noon" | "midday" | "midnight" | "hrs" | "h" | "a" | "p" => return add_half(word, tokens),
        _ => return None,
    };
    tokens.push(token);
    Some(())
}

fn add_half(word: &str, tokens: &mut Vec<Token>) -> Option<()> {
    let named = match word {
        "noon" | "midday" => Some(Clock::NOON),
        "midnight" => Some(Clock::MIDNIGHT),
        _ => None,
    };
    // "1700hrs"
    if matches!(word, "hrs" | "h") && matches!(tokens.last(), Some(Token::Clock(clock)) if clock.half == Half::Whole) {
        return Some(());
    }
    let before = match tokens.last_mut() {
        Some(Token::Clock(clock)) if clock.half == Half::Unsaid => Some(clock),
        _ => None,
    };
    match (before, named) {
        // "12 noon"
        (Some(clock), Some(named)) if clock.minutes == 12 * 60 => *clock = named,
        (Some(_), Some(_)) => return None,
        (None, Some(named)) => tokens.push(Token::Clock(named)),
        (Some(clock), None) => *clock = clock.in_half(word)?,
        (None, None) => return None,
    }
    Some(())
}
