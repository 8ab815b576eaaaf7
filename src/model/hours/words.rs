//! Hours in plain words, for the usual shapes. What cannot be said surely is not said: the caller shows the text.

use super::reading::{days_between, mark_uncertain};
use crate::language::Texts;
use opening_hours_syntax::rules::day::{
    Date, DateOffset, HolidayKind, Month, MonthdayRange, WeekDayRange, WeekRange, Weekday,
};
use opening_hours_syntax::rules::time::{Time, TimeSpan};
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleKind, RuleOperator, RuleSequence};

/// "Monday to Friday 9am to 5pm; closed on bank holidays".
pub(super) fn describe(text: &str, texts: &Texts) -> Option<String> {
    let marked = mark_uncertain(text).ok()?;
    let OpeningHoursExpression { rules } = opening_hours_syntax::parse(&marked).ok()?;
    let words = Words { texts };
    let mut said = String::new();
    for rule in &rules {
        match (said.is_empty(), rule.operator) {
            (true, _) => {}
            (false, RuleOperator::Normal) => said.push_str("; "),
            (false, RuleOperator::Additional) => said = format!("{said}; {} ", texts.text("hours.also")),
            (false, RuleOperator::Fallback) => return None,
        }
        let part = words.rule(rule)?;
        let part = if said.is_empty() { capital(&part) } else { part };
        said.push_str(&part);
    }
    Some(said)
}

/// Says parts of hours in a language.
struct Words<'a> {
    texts: &'a Texts,
}

impl Words<'_> {
    fn rule(&self, rule: &RuleSequence) -> Option<String> {
        let texts = self.texts;
        let days = &rule.day_selector;
        if !days.year.is_empty() {
            return None;
        }
        let weekdays = if days.weekday.is_empty() { None } else { Some(self.weekdays(&days.weekday)?) };
        let mut season: Vec<String> = Vec::new();
        if !days.week.is_empty() {
            season.push(self.weeks(&days.week)?);
        }
        if !days.monthday.is_empty() {
            let ranges: Option<Vec<String>> = days.monthday.iter().map(|range| self.dates(range)).collect();
            season.push(self.listed(&ranges?));
        }
        let season = if season.is_empty() { None } else { Some(season.join(" ")) };
        let spans = &rule.time_selector.spans;
        let all_day = is_all_day(spans);
        let said = match (rule.kind, weekdays, season) {
            (RuleKind::Closed, None, None) if all_day => texts.text("hours.otherwise_closed").to_string(),
            (RuleKind::Closed, Some(days), None) if all_day => texts.say("hours.closed_on", &[("days", &days)]),
            (RuleKind::Closed, None, Some(season)) if all_day => texts.say("hours.closed", &[("season", &season)]),
            (RuleKind::Closed, Some(days), Some(season)) if all_day => {
                texts.say("hours.closed_on_in", &[("days", &days), ("season", &season)])
            }
            (RuleKind::Closed, ..) => return None,
            (RuleKind::Unknown, Some(days), None) if all_day && !rule.comment.is_empty() => {
                return Some(format!("{days}: {}", rule.comment));
            }
            (RuleKind::Unknown, ..) => return None,
            (RuleKind::Open, None, None) if all_day => texts.text("hours.always").to_string(),
            (RuleKind::Open, weekdays, season) => {
                let days = weekdays.unwrap_or_else(|| texts.text("hours.every_day").to_string());
                let times = if all_day { texts.text("hours.all_day").to_string() } else { self.times(spans)? };
                let season = season.map(|season| format!(", {season}")).unwrap_or_default();
                format!("{days} {times}{season}")
            }
        };
        let comment = if rule.comment.is_empty() { String::new() } else { format!(" ({})", rule.comment) };
        Some(said + &comment)
    }

    fn weekdays(&self, ranges: &[WeekDayRange]) -> Option<String> {
        let texts = self.texts;
        let mut said: Vec<String> = Vec::new();
        for range in ranges {
            match range {
                WeekDayRange::Holiday { kind: HolidayKind::Public, offset: 0 } => {
                    said.push(texts.text("hours.bank_holidays").to_string());
                }
                WeekDayRange::Holiday { kind: HolidayKind::School, offset: 0 } => {
                    said.push(texts.text("hours.school_holidays").to_string());
                }
                WeekDayRange::Fixed { range, offset: 0, nth_from_start, nth_from_end } => {
                    let days: Vec<Weekday> = days_between(*range.start(), *range.end()).collect();
                    if nth_from_start.iter().all(|nth| *nth) {
                        match days[..] {
                            [_, _, _, _, _, _, _] => said.push(texts.text("hours.every_day").to_string()),
                            [first, _, .., last] if days.len() > 2 => {
                                let ends: [(&str, &dyn std::fmt::Display); 2] =
                                    [("from", &self.day(first)), ("to", &self.day(last))];
                                said.push(texts.say("hours.days", &ends));
                            }
                            _ => said.extend(days.iter().map(|day| self.day(*day).to_string())),
                        }
                        continue;
                    }
                    let last = match nth_from_end {
                        [false, false, false, false, false] => None,
                        [true, false, false, false, false] => Some("hours.last"),
                        _ => return None,
                    };
                    let names = ["hours.first", "hours.second", "hours.third", "hours.fourth", "hours.fifth"];
                    let nth = names.into_iter().zip(nth_from_start).filter(|(_, meant)| **meant);
                    let nth: Vec<String> =
                        nth.map(|(key, _)| key).chain(last).map(|key| texts.text(key).to_string()).collect();
                    let nth: [(&str, &dyn std::fmt::Display); 2] =
                        [("nth", &self.joined("hours.nth_and", &nth)), ("day", &self.day(days[0]))];
                    said.push(texts.say("hours.of_the_month", &nth));
                }
                _ => return None,
            }
        }
        Some(self.listed(&said))
    }

    /// Every other week is all that can be said of week numbers; odd and even, since two odd weeks meet at some new years.
    fn weeks(&self, ranges: &[WeekRange]) -> Option<String> {
        let [range] = ranges else { return None };
        let (weeks, step) = range.into_parts();
        let key = match (weeks.start().0, weeks.end().0, step) {
            (1, 52 | 53, 2) => "hours.odd_weeks",
            (2, 52 | 53, 2) => "hours.even_weeks",
            (1, 53, 1) => "hours.every_week",
            _ => return None,
        };
        Some(self.texts.text(key).to_string())
    }

    fn dates(&self, range: &MonthdayRange) -> Option<String> {
        let between = |from: &str, to: &str| self.texts.say("hours.between", &[("from", &from), ("to", &to)]);
        match range {
            MonthdayRange::Month { year: None, range } if range.start() == range.end() => {
                Some(self.texts.say("hours.in_month", &[("month", &self.month(*range.start()))]))
            }
            MonthdayRange::Month { year: None, range } => {
                Some(between(self.month(*range.start()), self.month(*range.end())))
            }
            MonthdayRange::Date { start, end } if start != end => Some(between(&self.date(start)?, &self.date(end)?)),
            _ => None,
        }
    }

    fn date(&self, (date, offset): &(Date, DateOffset)) -> Option<String> {
        let Date::Fixed { year, month, day } = date else { return None };
        let year = year.map(|year| format!(" {}", year.0)).unwrap_or_default();
        (*offset == DateOffset::default()).then(|| format!("{day} {}{year}", self.month(*month)))
    }

    fn times(&self, spans: &[TimeSpan]) -> Option<String> {
        let said: Option<Vec<String>> = spans.iter().map(|span| self.time_span(span)).collect();
        said.map(|said| self.listed(&said))
    }

    fn time_span(&self, span: &TimeSpan) -> Option<String> {
        let (Time::Fixed(start), Time::Fixed(end)) = (&span.range.start, &span.range.end) else { return None };
        if end.mins_from_midnight() >= start.mins_from_midnight() + 24 * 60 {
            return None;
        }
        let start = self.clock(start.mins_from_midnight());
        match span.open_end {
            false => {
                let ends: [(&str, &dyn std::fmt::Display); 2] =
                    [("from", &start), ("to", &self.clock(end.mins_from_midnight()))];
                Some(self.texts.say("told.from_to", &ends))
            }
            true if end.mins_from_midnight() == 24 * 60 => Some(self.texts.say("hours.from", &[("time", &start)])),
            true => None,
        }
    }

    /// `9am`, `9:30am`, `noon`, `midnight`: with a colon, since hours are read in tables too.
    fn clock(&self, minutes: u16) -> String {
        let part = |number: u16| i8::try_from(number).unwrap_or_default();
        let time = jiff::civil::Time::new(part(minutes / 60 % 24), part(minutes % 60), 0, 0);
        self.texts.clock(time.unwrap_or_default()).replace('.', ":")
    }

    fn day(&self, day: Weekday) -> &str {
        self.texts.weekday_of(day.num_days_from_monday() as usize)
    }

    fn month(&self, month: Month) -> &str {
        self.texts.month_of(month as usize)
    }

    /// "Monday, Wednesday and Friday".
    fn listed(&self, parts: &[String]) -> String {
        self.joined("because.and", parts)
    }

    fn joined(&self, key: &str, parts: &[String]) -> String {
        match parts {
            [] => String::new(),
            [only] => only.clone(),
            [most @ .., last] => self.texts.say(key, &[("some", &most.join(", ")), ("last", last)]),
        }
    }
}

fn is_all_day(spans: &[TimeSpan]) -> bool {
    let [TimeSpan { range, open_end: false, repeats: None }] = spans else { return false };
    matches!((&range.start, &range.end), (Time::Fixed(start), Time::Fixed(end))
        if start.mins_from_midnight() == 0 && end.mins_from_midnight() == 24 * 60)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
