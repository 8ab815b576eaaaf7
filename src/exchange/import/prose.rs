//! Text as others keep it, with HTML in it and worse → text as a cell may hold it.

use crate::dataset::is_invisible;

/// The longest text of most cells, in bytes: all of them and a description fit into a row, which may have 64 KB.
const MAX_BYTES: usize = 8_000;
/// The longest description: some 4,000 words.
const MAX_DESCRIPTION_BYTES: usize = 24_000;
/// The longest cell, as `dataset` has it.
pub const MAX_CELL_BYTES: usize = 32 * 1024;
/// The longest tag that is taken for one.
const MAX_TAG_BYTES: usize = 2_000;

/// A text and what was done to it.
#[derive(Debug, PartialEq)]
pub struct Plain {
    pub text: String,
    /// Words for the report.
    pub changed: Option<&'static str>,
}

/// Paragraphs and lists stay, on lines of their own; tags, entities, control characters and blanks go.
pub fn plain(raw: &str) -> Plain {
    within(raw, MAX_BYTES)
}

/// The same of a description, with room left for what is put after it.
pub fn description(raw: &str, room_bytes: usize) -> Plain {
    within(raw, MAX_DESCRIPTION_BYTES - room_bytes.min(MAX_BYTES))
}

fn within(raw: &str, most_bytes: usize) -> Plain {
    let mut changed = None;
    let mut text = raw.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    if text.contains("\\n") || text.contains("###") {
        text = without_marks(&text.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\t", " "));
        changed = Some("escapes became line breaks");
    }
    if text.contains('<') || text.contains('&') {
        let clean = decoded(&without_tags(&decoded(&text)));
        if clean != text {
            changed = Some("HTML became text");
        }
        text = clean;
    }
    if text.contains('\u{fffd}') {
        text = text.replace('\u{fffd}', "");
        changed = Some("lost letters (\u{fffd}) were left out");
    }
    let kept = |c: &char| *c == '\n' || *c == '\t' || !is_invisible(*c);
    let text = tidy(&text.chars().filter(kept).collect::<String>());
    let harmless =
        text.trim_start_matches(|c: char| "=+@\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(c) || c.is_whitespace());
    let harmless = match harmless.strip_prefix('-') {
        Some(rest) => format!("• {}", rest.trim_start_matches(['-', ' '])),
        None => harmless.to_string(),
    };
    if harmless != text {
        changed = Some("the beginning of a formula was taken off");
    }
    if harmless.len() > most_bytes {
        return Plain { text: cut(&harmless, most_bytes), changed: Some("cut to what its cell holds") };
    }
    Plain { text: harmless, changed }
}

/// The same on one line.
pub fn line(raw: &str) -> Plain {
    let Plain { text, changed } = plain(raw);
    Plain { text: text.split_whitespace().collect::<Vec<_>>().join(" "), changed }
}

/// `###MON###`: marks that a program has left in its own export.
fn without_marks(text: &str) -> String {
    let mut parts = Vec::new();
    for part in text.split("###") {
        let mark = !part.is_empty() && part.len() <= 8 && part.bytes().all(|byte| byte.is_ascii_uppercase());
        if !mark {
            parts.push(part);
        }
    }
    parts.join(" ")
}

fn without_tags(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        made.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let Some(end) = after.find('>').filter(|&end| tag && end <= MAX_TAG_BYTES) else {
            made.push('<');
            rest = after;
            continue;
        };
        let name: String = after[..end]
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let closing = after.starts_with('/');
        rest = &after[end + 1..];
        match name.as_str() {
            "script" | "style" if !closing => {
                let close = format!("</{name}");
                // Searched for in ASCII small letters: the positions of bytes stay the same.
                rest = rest.to_ascii_lowercase().find(&close).map_or("", |at| &rest[at..]);
            }
            "li" if !closing => made.push_str("\n• "),
            "p" | "div" | "ul" | "ol" | "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "section" => {
                made.push_str("\n\n");
            }
            "br" | "tr" => made.push('\n'),
            "td" | "th" => made.push(' '),
            _ => {}
        }
    }
    made + rest
}

const ENTITIES: [(&str, &str); 30] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("pound", "£"),
    ("euro", "€"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("sbquo", "‚"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("aacute", "á"),
    ("uuml", "ü"),
    ("ouml", "ö"),
    ("frac12", "½"),
    ("deg", "°"),
    ("shy", ""),
    ("zwnj", ""),
];

fn decoded(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        made.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((entity(&after[..end])?, end))) {
            Some((character, end)) => {
                made.push_str(&character);
                rest = &after[end + 1..];
            }
            None => {
                made.push('&');
                rest = after;
            }
        }
    }
    made + rest
}

fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(number).filter(|c| *c == '\n' || !c.is_control()).map(String::from);
    }
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_string())
}

/// Blanks at most one, line breaks at most two, none at either end.
fn tidy(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let blank = line.is_empty() || line == "•";
        if blank && lines.last().is_none_or(String::is_empty) {
            continue;
        }
        lines.push(if blank { String::new() } else { line });
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}

/// The beginning of a text that a cell holds: whole sentences if they are not too few, else whole words.
fn cut(text: &str, most_bytes: usize) -> String {
    let mut end = most_bytes - "…".len();
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let sentence = text.rfind(". ").map(|at| at + 1).filter(|&at| at > most_bytes / 2);
    match sentence.or_else(|| text.rfind(char::is_whitespace)) {
        Some(at) => format!("{}…", text[..at].trim_end()),
        None => format!("{text}…"),
    }
}

/// The longest summary that is made of a description.
const SUMMARY_BYTES: usize = 240;

/// A description → its first sentence, and the rest. One sentence alone, or a very long one, is all description.
pub fn summary(description: &str) -> (String, String) {
    let first_line = description.split('\n').next().unwrap_or_default();
    let mut from = 0;
    while let Some(at) = first_line[from..].find(['.', '!', '?']).map(|at| from + at) {
        let end = at + 1;
        let next = &description[end..];
        let word = first_line[..at].rsplit([' ', '(', '.']).next().unwrap_or_default();
        let short_word = word.chars().count() <= 3 && !word.is_empty() && first_line.as_bytes()[at] == b'.';
        let ends = next.starts_with([' ', '\n']) && !short_word && !next.trim_start().starts_with(char::is_lowercase);
        if ends && (20..=SUMMARY_BYTES).contains(&end) {
            return (description[..end].to_string(), next.trim_start().to_string());
        }
        if end > SUMMARY_BYTES {
            break;
        }
        from = end;
    }
    match description.split_once('\n') {
        Some((first, rest)) if (20..=SUMMARY_BYTES).contains(&first.len()) => {
            (first.to_string(), rest.trim_start().to_string())
        }
        _ => (String::new(), description.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_text() {
        let raw =
            "<p>Tea &amp; toast&nbsp;for <b>£3</b></p><ul><li>Mondays</li><li>Fridays</li></ul><script>x()</script>";
        assert_eq!(plain(raw).text, "Tea & toast for £3\n\n• Mondays\n• Fridays");
        assert_eq!(plain("&lt;p&gt;Twice&lt;/p&gt; as bad &#8217;").text, "Twice\n\nas bad ’");
        assert_eq!(plain("a < b and c > d"), Plain { text: "a < b and c > d".to_string(), changed: None });
        assert_eq!(plain("<!-- hidden --><SCRIPT>alert(1)</SCRIPT >shown").text, "shown");
        assert_eq!(plain("5 < 6 <never closed").text, "5 < 6 <never closed");
    }

    #[test]
    fn what_a_spreadsheet_would_run_and_what_cannot_be_seen_goes() {
        assert_eq!(plain("=HYPERLINK(1)").text, "HYPERLINK(1)");
        assert_eq!(plain("- one\n- two").text, "• one\n- two");
        assert_eq!(plain("a\u{0}\u{202e}b\\n\\n###MON###").text, "ab");
    }

    #[test]
    fn long_texts_end_with_a_sentence() {
        let long = plain(&"A sentence of some words. ".repeat(1_000));
        assert!(long.text.len() <= MAX_BYTES && long.text.ends_with("words.…"), "{}", long.text.len());
        assert!(plain(&"é".repeat(20_000)).text.len() <= MAX_BYTES);
        let whole = "A sentence of some words. ".repeat(800);
        assert_eq!(description(&whole, 100), Plain { text: whole.trim_end().to_string(), changed: None });
        assert!(description(&whole.repeat(2), 100).text.len() <= MAX_DESCRIPTION_BYTES - 100);
    }

    #[test]
    fn a_summary_is_the_first_sentence() {
        let text = "We help with St. John's e.g. rent and debt. Ring us. Or come in.";
        assert_eq!(summary(text), (text[..43].to_string(), "Ring us. Or come in.".to_string()));
        assert_eq!(summary("One sentence only."), (String::new(), "One sentence only.".to_string()));
        assert_eq!(summary(""), (String::new(), String::new()));
    }
}
