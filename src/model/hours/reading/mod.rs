//! Which texts state hours. The crate's parser is generous: it takes `"by appointment"` for open day and night, `Feb 30`
//! for a date, and `Mo, We 10:00-12:00` for all of Monday. What it accepts is looked at again here, and what would be
//! answered wrongly is refused.

mod limits;
mod order;
mod segments;

use super::calendar::{Rules, ever_open_in};
use opening_hours_syntax::rules::OpeningHoursExpression;
use opening_hours_syntax::rules::day::{Date, MonthdayRange, YearRange};
pub(super) use order::days_between;
use segments::{clip, has_time, is_denied, is_remark, outside_quotes, segments};

/// The longest text that is read, in characters. The longest in OpenStreetMap that people wrote are about half of it.
const MAX_CHARACTERS: usize = 500;

/// Years in which a text that names none must open once: one with 53 weeks, one with a 29th of February.
const ANY_YEARS: [i32; 2] = [2026, 2024];

/// How many years are tried from each year that a text names.
const MAX_YEARS: i32 = 8;

/// Why a text was refused, and what it may have meant; the candidate is not checked.
pub(super) struct Refusal {
    pub(super) reason: String,
    pub(super) candidate: Option<String>,
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Self { reason, candidate: None }
    }
}

impl From<&str> for Refusal {
    fn from(reason: &str) -> Self {
        reason.to_string().into()
    }
}

/// Reads a text that is trimmed.
pub(super) fn read(text: &str) -> Result<Rules, Refusal> {
    if text.is_empty() {
        return Err("no hours are stated".into());
    }
    if text.chars().count() > MAX_CHARACTERS {
        return Err(format!("longer than {MAX_CHARACTERS} characters").into());
    }
    let Ok(expression) = opening_hours_syntax::parse(text) else { return Err(why_not(text)) };
    limits::check(text, &expression)?;
    order::check(text, &expression)?;
    let marked = mark_uncertain(text)?;
    let nights = if order::passes_midnight(&expression) { order::keep_nights(&marked) } else { None };
    let evaluated = nights.unwrap_or_else(|| marked.clone());
    let rules = Rules::parse(&evaluated).ok_or_else(|| why_not(text))?;
    if years(&expression).into_iter().any(|year| ever_open_in(year, &rules)) {
        return Ok(rules);
    }
    if marked != text {
        return Err(note(text));
    }
    if segments::words(&outside_quotes(text)).any(|word| word == "SH") {
        return Err("never open: school holidays differ by council and are not known here; write their dates".into());
    }
    Err("never open".into())
}

/// Marks comments that stand in place of a time as `unknown`, which the crate takes for open all day.
///
/// Refuses rules that state neither: `Mo-Fr` would be open at three in the morning, and `Mo, We 10:00-12:00` means
/// all of Monday, and 10:00-12:00 on Wednesday.
pub(super) fn mark_uncertain(text: &str) -> Result<String, Refusal> {
    let bare = outside_quotes(text);
    let mut marked = String::with_capacity(text.len());
    for segment in segments(&bare) {
        let stated = &bare[segment.clone()];
        if has_time(stated) || is_denied(stated) {
            marked.push_str(&text[segment]);
            continue;
        }
        let Some(quote) = stated.find('"').filter(|_| !segments::words(stated).any(|word| word == "open")) else {
            let segment = clip(text[segment].trim());
            return Err(format!("`{segment}` states no time; open all day is `00:00-24:00`").into());
        };
        marked.push_str(&text[segment.start..segment.start + quote]);
        marked.push_str("unknown ");
        marked.push_str(&text[segment.start + quote..segment.end]);
    }
    Ok(marked)
}

/// The years in which to look for an open day, the likeliest first.
fn years(expression: &OpeningHoursExpression) -> Vec<i16> {
    let mut years: Vec<i16> = Vec::new();
    let mut add = |from: i32, to: i32| {
        for year in from..=to.min(from + MAX_YEARS - 1) {
            if let Ok(year) = i16::try_from(year)
                && !years.contains(&year)
            {
                years.push(year);
            }
        }
    };
    for rule in &expression.rules {
        for (range, _) in rule.day_selector.year.iter().map(YearRange::into_parts) {
            add(range.start().0, range.end().0);
        }
        for range in &rule.day_selector.monthday {
            let MonthdayRange::Date { start: (start, _), end: (end, _) } = range else { continue };
            for year in [start, end].into_iter().filter_map(Date::year) {
                add(year.0, year.0);
            }
        }
    }
    for year in ANY_YEARS {
        add(year, year);
    }
    years
}

/// Refuses a text in which a note stands in place of hours; without the note it may be good.
fn note(text: &str) -> Refusal {
    let bare = outside_quotes(text);
    let rules: Vec<&str> = segments::split_rules(&bare)
        .into_iter()
        .filter(|rule| !is_remark(&bare[rule.clone()]))
        .map(|rule| text[rule].trim())
        .collect();
    let candidate = (!rules.is_empty()).then(|| rules.join("; "));
    Refusal { reason: "a text in quotes is a note, not hours: put it in `note`".to_string(), candidate }
}

/// Why the parser does not understand the text, as far as that can be told.
fn why_not(text: &str) -> Refusal {
    let bare = outside_quotes(text);
    if !bare.contains(|letter: char| letter.is_ascii_digit()) {
        return format!("`{}` states no times; if it is a note, put it in `note`", clip(text)).into();
    }
    if let Some(time) = segments::impossible_time(&bare) {
        return format!("`{time}` is no time: hours go up to 48, minutes to 59").into();
    }
    if let Some(word) = segments::unknown_word(&bare) {
        return format!("`{}` is not understood in opening hours", clip(word)).into();
    }
    "not understood as opening hours in OpenStreetMap syntax, such as `Mo-Fr 09:00-17:00`".into()
}
