//! Dates: year-month-day, and what Excel makes of them.

use super::{Cell, plain, remarked};
use crate::dataset::catalogue::{NOT_A_DATE, SHORT_YEAR, UK_DATE};
use crate::dataset::problems::{Finding, shown};
use jiff::ToSpan;
use jiff::civil::{Date, date as civil};

/// Years a directory may speak of; anything else is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// A date. `22/11/2026` is taken for the 22nd of November (UK order), with a warning.
pub(in crate::dataset) fn date(text: &str) -> Cell<Date> {
    if let Some(date) = iso(text) {
        return plain(date);
    }
    if let Some([a, b, c]) = three_numbers(text) {
        return from_numbers(text, a, b, c);
    }
    let finding = Finding::new(&NOT_A_DATE, format!("`{}` is not a date", shown(text)));
    Err(match with_time(text).or_else(|| with_month_name(text)).or_else(|| day_number(text)) {
        Some(date) => finding.help(format!("write `{date}`")),
        None => finding.help("write year, month and day: `2026-11-22`"),
    })
}

/// `2026-11-22` and nothing else: jiff's own parser takes more forms.
fn iso(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    if !shape {
        return None;
    }
    make(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
}

fn make(year: i16, month: i8, day: i8) -> Option<Date> {
    if YEARS.contains(&year) { Date::new(year, month, day).ok() } else { None }
}

/// The three numbers of `22/11/2026`, `22.11.2026`, `22-11-26`.
fn three_numbers(text: &str) -> Option<[&str; 3]> {
    let parts: Vec<&str> = text.split(['/', '.', '-']).map(str::trim).collect();
    let [a, b, c] = parts[..] else { return None };
    let digits = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    (digits(a) && digits(b) && digits(c)).then_some([a, b, c])
}

fn from_numbers(text: &str, a: &str, b: &str, c: &str) -> Cell<Date> {
    let number = |part: &str| part.parse::<i16>().unwrap_or(0);
    let small = |part: &str| i8::try_from(number(part)).unwrap_or(0);
    let shown = shown(text);
    if c.len() == 4 {
        if let Some(date) = make(number(c), small(b), small(a)) {
            let remark = Finding::new(&UK_DATE, format!("`{shown}` was read as {}", in_words(date)))
                .help(format!("write `{date}`"));
            return remarked(date, remark);
        }
        let finding = Finding::new(&NOT_A_DATE, format!("`{shown}` is not a date in UK order (day, month, year)"));
        return Err(match make(number(c), small(a), small(b)) {
            Some(date) => finding.help(format!("if it is {}, write `{date}`", in_words(date))),
            None => finding.help("write year, month and day: `2026-11-22`"),
        });
    }
    if a.len() == 4 {
        let finding = Finding::new(&NOT_A_DATE, format!("`{shown}` is not a date"));
        return Err(match make(number(a), small(b), small(c)) {
            Some(date) => finding.help(format!("write `{date}`")),
            None => finding.help("there is no such day; write year, month and day: `2026-11-22`"),
        });
    }
    let finding = Finding::new(&SHORT_YEAR, format!("`{shown}` is a date whose year is unclear"));
    Err(match make(2000 + number(c), small(b), small(a)) {
        Some(date) => finding.help(format!("if it is {}, write `{date}`", in_words(date))),
        None => finding.help("write the year with four digits: `2026-11-22`"),
    })
}

fn in_words(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `2026-11-22T00:00:00`
fn with_time(text: &str) -> Option<Date> {
    let day = text.get(..10)?;
    text[10..].starts_with(['T', ' ']).then(|| iso(day)).flatten()
}

/// `22 November 2026`, `22-Nov-2026`, `November 22, 2026`
fn with_month_name(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_lowercase();
    let (mut day, mut month, mut year) = (None, None, None);
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Some(at) = MONTHS.iter().position(|name| word.starts_with(name)) {
            month = Some(i8::try_from(at + 1).ok()?);
        } else if digits.len() == 4 {
            year = digits.parse().ok();
        } else if (1..=2).contains(&digits.len()) {
            day = digits.parse().ok();
        }
    }
    make(year?, month?, day?)
}

/// `46348`: the days a spreadsheet has counted since 30 December 1899.
fn day_number(text: &str) -> Option<Date> {
    let days: i32 = text.parse().ok().filter(|days| (20_000..80_000).contains(days))?;
    civil(1899, 12, 30).checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        match date(text) {
            Ok(cell) => format!("{} {}", cell.value, cell.remark.map_or(String::new(), |remark| remark.message)),
            Err(finding) => format!("{}: {}", finding.kind.code, finding.help.unwrap_or_default()),
        }
    }

    #[test]
    fn dates_and_their_cures() {
        assert_eq!(said("2026-11-22"), "2026-11-22 ");
        assert_eq!(said("22/11/2026"), "2026-11-22 `22/11/2026` was read as 22 November 2026");
        assert_eq!(said("3.4.2026"), "2026-04-03 `3.4.2026` was read as 3 April 2026");
        assert_eq!(said("11/22/2026"), "E036: if it is 22 November 2026, write `2026-11-22`");
        assert_eq!(said("3/4/26"), "E037: if it is 3 April 2026, write `2026-04-03`");
        assert_eq!(said("2026-2-30"), "E036: there is no such day; write year, month and day: `2026-11-22`");
        assert_eq!(said("2026/11/22"), "E036: write `2026-11-22`");
        assert_eq!(said("22 Nov 2026"), "E036: write `2026-11-22`");
        assert_eq!(said("2026-11-22 00:00"), "E036: write `2026-11-22`");
        assert_eq!(said("46348"), "E036: write `2026-11-22`");
        assert_eq!(said("soon"), "E036: write year, month and day: `2026-11-22`");
    }
}
