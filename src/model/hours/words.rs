//! Hours in plain English, for the usual shapes. What cannot be said surely is not said: the caller shows the text.

use super::reading::{days_between, mark_uncertain};
use opening_hours_syntax::rules::day::{
    Date, DateOffset, HolidayKind, MonthdayRange, WeekDayRange, WeekRange, Weekday,
};
use opening_hours_syntax::rules::time::{Time, TimeSpan};
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleKind, RuleOperator, RuleSequence};

/// "Monday to Friday 9am to 5pm; closed on bank holidays".
pub(super) fn describe(text: &str) -> Option<String> {
    let marked = mark_uncertain(text).ok()?;
    let OpeningHoursExpression { rules } = opening_hours_syntax::parse(&marked).ok()?;
    let mut said = String::new();
    for rule in &rules {
        match (said.is_empty(), rule.operator) {
            (true, _) => {}
            (false, RuleOperator::Normal) => said.push_str("; "),
            (false, RuleOperator::Additional) => said.push_str("; also "),
            (false, RuleOperator::Fallback) => return None,
        }
        let part = rule_words(rule)?;
        let part = if said.is_empty() { capital(&part) } else { part };
        said.push_str(&part);
    }
    Some(said)
}

fn rule_words(rule: &RuleSequence) -> Option<String> {
    let days = &rule.day_selector;
    if !days.year.is_empty() {
        return None;
    }
    let weekdays = if days.weekday.is_empty() { None } else { Some(weekdays(&days.weekday)?) };
    let mut season: Vec<String> = Vec::new();
    if !days.week.is_empty() {
        season.push(weeks(&days.week)?);
    }
    if !days.monthday.is_empty() {
        let ranges: Option<Vec<String>> = days.monthday.iter().map(dates).collect();
        season.push(listed(&ranges?));
    }
    let season = if season.is_empty() { None } else { Some(season.join(" ")) };
    let spans = &rule.time_selector.spans;
    let all_day = is_all_day(spans);
    let said = match (rule.kind, weekdays, season) {
        (RuleKind::Closed, None, None) if all_day => "otherwise closed".to_string(),
        (RuleKind::Closed, Some(days), None) if all_day => format!("closed on {days}"),
        (RuleKind::Closed, None, Some(season)) if all_day => format!("closed {season}"),
        (RuleKind::Closed, Some(days), Some(season)) if all_day => format!("closed on {days}, {season}"),
        (RuleKind::Closed, ..) => return None,
        (RuleKind::Unknown, Some(days), None) if all_day && !rule.comment.is_empty() => {
            return Some(format!("{days}: {}", rule.comment));
        }
        (RuleKind::Unknown, ..) => return None,
        (RuleKind::Open, None, None) if all_day => "always open".to_string(),
        (RuleKind::Open, weekdays, season) => {
            let days = weekdays.unwrap_or_else(|| "every day".to_string());
            let times = if all_day { "all day".to_string() } else { times(spans)? };
            let season = season.map(|season| format!(", {season}")).unwrap_or_default();
            format!("{days} {times}{season}")
        }
    };
    let comment = if rule.comment.is_empty() { String::new() } else { format!(" ({})", rule.comment) };
    Some(said + &comment)
}

fn is_all_day(spans: &[TimeSpan]) -> bool {
    let [TimeSpan { range, open_end: false, repeats: None }] = spans else { return false };
    matches!((&range.start, &range.end), (Time::Fixed(start), Time::Fixed(end))
        if start.mins_from_midnight() == 0 && end.mins_from_midnight() == 24 * 60)
}

fn weekdays(ranges: &[WeekDayRange]) -> Option<String> {
    let mut said: Vec<String> = Vec::new();
    for range in ranges {
        match range {
            WeekDayRange::Holiday { kind: HolidayKind::Public, offset: 0 } => said.push("bank holidays".to_string()),
            WeekDayRange::Holiday { kind: HolidayKind::School, offset: 0 } => said.push("school holidays".to_string()),
            WeekDayRange::Fixed { range, offset: 0, nth_from_start, nth_from_end } => {
                let days: Vec<Weekday> = days_between(*range.start(), *range.end()).collect();
                if nth_from_start.iter().all(|nth| *nth) {
                    match days[..] {
                        [_, _, _, _, _, _, _] => said.push("every day".to_string()),
                        [first, _, .., last] if days.len() > 2 => {
                            said.push(format!("{} to {}", day_name(first), day_name(last)))
                        }
                        _ => said.extend(days.iter().map(|day| day_name(*day).to_string())),
                    }
                    continue;
                }
                let last = match nth_from_end {
                    [false, false, false, false, false] => None,
                    [true, false, false, false, false] => Some("last".to_string()),
                    _ => return None,
                };
                let names = ["first", "second", "third", "fourth", "fifth"];
                let nth = names.iter().zip(nth_from_start).filter(|(_, meant)| **meant);
                let nth: Vec<String> = nth.map(|(name, _)| name.to_string()).chain(last).collect();
                said.push(format!("{} {} of the month", listed(&nth), day_name(days[0])));
            }
            _ => return None,
        }
    }
    Some(listed(&said))
}

/// Every other week is all that can be said of week numbers; odd and even, since two odd weeks meet at some new years.
fn weeks(ranges: &[WeekRange]) -> Option<String> {
    let [range] = ranges else { return None };
    let (weeks, step) = range.into_parts();
    match (weeks.start().0, weeks.end().0, step) {
        (1, 52 | 53, 2) => Some("in odd weeks of the year".to_string()),
        (2, 52 | 53, 2) => Some("in even weeks of the year".to_string()),
        (1, 53, 1) => Some("every week".to_string()),
        _ => None,
    }
}

fn dates(range: &MonthdayRange) -> Option<String> {
    match range {
        MonthdayRange::Month { year: None, range } if range.start() == range.end() => {
            Some(format!("in {}", range.start().as_str()))
        }
        MonthdayRange::Month { year: None, range } => {
            Some(format!("{} to {}", range.start().as_str(), range.end().as_str()))
        }
        MonthdayRange::Date { start, end } if start != end => Some(format!("{} to {}", date(start)?, date(end)?)),
        _ => None,
    }
}

fn date((date, offset): &(Date, DateOffset)) -> Option<String> {
    let Date::Fixed { year, month, day } = date else { return None };
    let year = year.map(|year| format!(" {}", year.0)).unwrap_or_default();
    (*offset == DateOffset::default()).then(|| format!("{day} {}{year}", month.as_str()))
}

fn times(spans: &[TimeSpan]) -> Option<String> {
    let said: Option<Vec<String>> = spans.iter().map(time_span).collect();
    said.map(|said| listed(&said))
}

fn time_span(span: &TimeSpan) -> Option<String> {
    let (Time::Fixed(start), Time::Fixed(end)) = (&span.range.start, &span.range.end) else { return None };
    if end.mins_from_midnight() >= start.mins_from_midnight() + 24 * 60 {
        return None;
    }
    let start = clock(start.mins_from_midnight());
    match span.open_end {
        false => Some(format!("{start} to {}", clock(end.mins_from_midnight()))),
        true if end.mins_from_midnight() == 24 * 60 => Some(format!("from {start}")),
        true => None,
    }
}

/// `9am`, `9:30am`, `noon`, `midnight`.
fn clock(minutes: u16) -> String {
    let (hour, minute) = (minutes / 60 % 24, minutes % 60);
    match (hour, minute) {
        (0, 0) => return "midnight".to_string(),
        (12, 0) => return "noon".to_string(),
        _ => {}
    }
    let half = if hour < 12 { "am" } else { "pm" };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    if minute == 0 { format!("{hour}{half}") } else { format!("{hour}:{minute:02}{half}") }
}

fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// "Monday, Wednesday and Friday".
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
