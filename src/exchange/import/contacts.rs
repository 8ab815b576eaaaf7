//! Phone numbers, e-mail and web addresses as others write them → as our cells hold them, or nothing.

use crate::model::{Email, Phone, Website};

/// What was made of a text; `changed` says how, in words for the report.
#[derive(Debug, PartialEq)]
pub struct Made {
    pub text: String,
    pub changed: Option<&'static str>,
}

fn made(text: &str, raw: &str, how: &'static str) -> Made {
    Made { text: text.to_string(), changed: (text != raw).then_some(how) }
}

/// The first number in a text: `Tel: 0161 496 0123 (ask for Sam) / 0161 …`.
pub fn phone(raw: &str) -> Option<Made> {
    let raw = raw.trim();
    if !raw.contains("(0)") && Phone::new(raw).is_some() && raw.bytes().filter(u8::is_ascii_digit).count() <= 13 {
        return Some(made(raw, raw, ""));
    }
    let text = raw.replace("(0)", "").replace(['.', '\u{a0}', '–', '‑'], " ");
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(') {
        let candidate: String =
            rest[start..].chars().take_while(|c| c.is_ascii_digit() || " +-()".contains(*c)).collect();
        // Two numbers with only blanks between them are more digits than a number has.
        let number = candidate.trim().trim_end_matches(['-', '(', ' ', '+']).trim();
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let open = number.matches('(').count() != number.matches(')').count();
        let number = if open { number.replace(['(', ')'], "") } else { number.to_string() };
        if (3..=13).contains(&digits) && Phone::new(&number).is_some() {
            return Some(made(&number, raw, "only the number was taken"));
        }
        if digits > 13 {
            let first: String = number.split("  ").next().unwrap_or_default().trim().to_string();
            let count = first.bytes().filter(u8::is_ascii_digit).count();
            if (7..=13).contains(&count) && Phone::new(&first).is_some() {
                return Some(made(&first, raw, "only the first number was taken"));
            }
        }
        rest = &rest[start + candidate.len().max(1)..];
    }
    None
}

pub fn email(raw: &str) -> Option<Made> {
    let raw = raw.trim();
    let words = raw.split([' ', ',', ';', '<', '>', '\n', '|']);
    let bare = |word: &str| {
        let word = word.trim().trim_matches(['.', ':', '(', ')', '[', ']', '"', '\'']);
        word.strip_prefix("mailto:").unwrap_or(word).to_string()
    };
    words
        .map(bare)
        .find(|word| Email::new(word).is_some())
        .map(|word| made(&word, raw, "only the first address was taken"))
}

pub fn website(raw: &str) -> Option<Made> {
    let raw = raw.trim();
    if Website::new(raw).is_some() {
        return Some(made(raw, raw, ""));
    }
    let first = raw
        .split([' ', ',', ';', '\n', '|'])
        .find(|word| word.contains('.'))?
        .trim_matches(['.', '<', '>', '"', '\'', '(', ')']);
    let host = first.split("//").last().unwrap_or_default();
    let cure = match first.split_once("://") {
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => {
            first.to_string()
        }
        Some(_) => return None,
        // `http:/x`, `https//x`: a slip in the scheme.
        None if first.to_ascii_lowercase().starts_with("http") => {
            let bare = first.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start_matches([':', '/']);
            format!("https://{bare}")
        }
        None if first.contains('@') || first.contains(':') => return None,
        None => format!("https://{host}"),
    };
    Website::new(&cure).map(|website| made(website.as_str(), raw, "was given a scheme, or cut to one address"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(made: Option<Made>) -> String {
        made.map(|made| made.text).unwrap_or_default()
    }

    #[test]
    fn phones() {
        for (raw, number) in [
            ("0161 496 0123", "0161 496 0123"),
            ("Tel: 0161 496 0123 (ask for Sam)", "0161 496 0123"),
            ("+44 (0)161 496 0123", "+44 161 496 0123"),
            ("0161 496 0123 / 07700 900123", "0161 496 0123"),
            ("305-443-9170 x57471", "305-443-9170"),
            ("0161.496.0123", "0161 496 0123"),
            ("999", "999"),
            ("none", ""),
            ("12", ""),
        ] {
            assert_eq!(text(phone(raw)), number, "{raw}");
        }
    }

    #[test]
    fn links() {
        assert_eq!(text(website("www.shed.example.org")), "https://www.shed.example.org");
        assert_eq!(text(website("http//shed.example.org/a")), "https://shed.example.org/a");
        assert_eq!(text(website("https://a.example.org; https://b.example.org")), "https://a.example.org");
        assert_eq!(text(website("javascript:alert(1.0)")), "");
        assert_eq!(text(website("ftp://shed.example.org")), "");
        assert_eq!(text(website("see our page")), "");
        assert_eq!(text(email("Sam <sam@shed.example.org>; x@y.example.org")), "sam@shed.example.org");
        assert_eq!(text(email("mailto:a@b.example.org")), "a@b.example.org");
        assert_eq!(text(email("none")), "");
    }
}
