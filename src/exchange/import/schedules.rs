//! Schedules of the standard → opening hours in OpenStreetMap syntax, with dates and a note.
//!
//! HSDS 3 says hours as a slice of iCalendar's RRULE, one row for each opening of a week; 1.x says them by weekday. The
//! hours of one service at one place and between the same dates become one session.

use super::record::{list, text, texts};
use super::report::Report;
use super::table::Record;
use super::times::{self, Minutes};
use crate::model::hours::OpeningHours;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Hours as a row of `sessions.csv` has them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hours {
    pub opening_hours: String,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
    pub note: String,
}

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// The most schedules of one place that are read; a week of half-hours has 336.
const MAX_SCHEDULES: usize = 500;

/// One opening: the days as the OpenStreetMap syntax has them, and the time.
struct Opening {
    days: Days,
    span: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Days {
    /// Plain days of the week, by number.
    Weekly(Vec<usize>),
    /// Every second week, even or odd by the calendar's count of weeks.
    Fortnightly(Vec<usize>, bool),
    /// `Mo[2]`: the second Monday of a month.
    Monthly(String),
}

/// The sessions that the schedules of a record make.
pub fn hours(record: &Record, report: &mut Report) -> Vec<Hours> {
    let mut schedules = list(record, &["schedules", "schedule"]);
    schedules.extend(list(record, &["regular_schedules", "regular_schedule"]));
    schedules.truncate(MAX_SCHEDULES);
    let mut groups: BTreeMap<(Option<Date>, Option<Date>), Group> = BTreeMap::new();
    for schedule in schedules {
        let valid_from = date(schedule, &["valid_from"]);
        let ends = date(schedule, &["valid_to"]).or_else(|| date(schedule, &["until"]));
        // Dates the wrong way round would make the session one that never was.
        let ends = ends.filter(|ends| valid_from.is_none_or(|from| from <= *ends));
        let group = groups.entry((valid_from, ends)).or_default();
        group.add(schedule, report);
    }
    let words = texts(record, &["opening_hours", "opening_times", "hours"]);
    if groups.is_empty() && !words.is_empty() {
        groups.entry((None, None)).or_default().add_words(&words, report);
    }
    let session = |((starts_on, ends_on), group): ((Option<Date>, Option<Date>), Group)| {
        let hours = Hours { opening_hours: group.text(), starts_on, ends_on, note: group.note() };
        (hours != Hours::default()).then_some(hours)
    };
    groups.into_iter().filter_map(session).collect()
}

/// The schedules that run between the same dates.
#[derive(Default)]
struct Group {
    openings: Vec<Opening>,
    notes: Vec<String>,
}

impl Group {
    fn add(&mut self, schedule: &Record, report: &mut Report) {
        let words = texts(schedule, &["description", "notes", "original_text"]);
        let Some(span) = span(schedule, report) else {
            self.add_words(&words, report);
            return;
        };
        match days(schedule) {
            Ok(days) => {
                if let Days::Fortnightly(..) = days {
                    report.changed("schedule.interval", "every second week became odd or even weeks", "");
                    let from = date(schedule, &["dtstart", "valid_from"]);
                    self.note_once(match from {
                        Some(from) => format!("Every second week from {from}"),
                        None => "Every second week".to_string(),
                    });
                }
                report.carried("schedule.byday");
                self.openings.push(Opening { days, span });
                for word in words {
                    self.note_about(&word);
                }
            }
            Err((why, example)) => {
                report.left("schedule.byday", why, &example);
                self.note_once(example);
                self.add_words(&words, report);
            }
        }
    }

    /// Words alone: hours if they can be read as hours, else a note.
    fn add_words(&mut self, words: &[String], report: &mut Report) {
        for word in words {
            match times::read_words(word) {
                Some(hours) if self.openings.is_empty() => {
                    report.changed("schedule.description", "hours in words became opening hours", word);
                    // The text is already whole: it stands alone in its group.
                    self.openings.push(Opening { days: Days::Monthly(String::new()), span: hours });
                }
                _ => self.note_once(word.clone()),
            }
        }
    }

    /// A remark, unless it only says the hours again.
    fn note_about(&mut self, word: &str) {
        if times::read_words(word).is_none() && !times::says_only_times(word) {
            self.note_once(word.to_string());
        }
    }

    fn note_once(&mut self, note: String) {
        if !note.is_empty() && !self.notes.contains(&note) && self.notes.len() < 8 {
            self.notes.push(note);
        }
    }

    fn note(&self) -> String {
        self.notes.join(". ").replace(".. ", ". ")
    }

    /// The hours as one text that parses; what does not parse is left out rather than guessed at.
    fn text(&self) -> String {
        let mut by_day: BTreeMap<(u8, Days), Vec<String>> = BTreeMap::new();
        for opening in &self.openings {
            // Each day by itself first, so that two schedules for one day meet.
            let singles: Vec<(u8, Days)> = match &opening.days {
                Days::Weekly(days) => days.iter().map(|&day| (0, Days::Weekly(vec![day]))).collect(),
                Days::Fortnightly(days, even) => {
                    days.iter().map(|&day| (1, Days::Fortnightly(vec![day], *even))).collect()
                }
                Days::Monthly(text) => vec![(2, Days::Monthly(text.clone()))],
            };
            for single in singles {
                let spans = by_day.entry(single).or_default();
                if !spans.contains(&opening.span) {
                    spans.push(opening.span.clone());
                    spans.sort();
                }
            }
        }
        let mut rules: Vec<(Days, String)> = Vec::new();
        for ((_, days), spans) in by_day {
            let spans = spans.join(",");
            let joined = rules.iter_mut().find(|(rule, times)| *times == spans && rule.takes(&days));
            match joined {
                Some((rule, _)) => rule.join(days),
                None => rules.push((days, spans)),
            }
        }
        let rules: Vec<String> =
            rules.into_iter().map(|(days, spans)| format!("{} {spans}", days.text()).trim().to_string()).collect();
        // More than one way of saying weeks adds up, where a plain `;` would replace: `Mo 9-5, Mo[1] 18-20`.
        let whole = rules.join("; ");
        if OpeningHours::parse(&whole).is_ok() { whole } else { String::new() }
    }
}

impl Days {
    fn takes(&self, other: &Days) -> bool {
        match (self, other) {
            (Days::Weekly(_), Days::Weekly(_)) => true,
            (Days::Fortnightly(_, a), Days::Fortnightly(_, b)) => a == b,
            _ => false,
        }
    }

    fn join(&mut self, other: Days) {
        let (Days::Weekly(own) | Days::Fortnightly(own, _), Days::Weekly(more) | Days::Fortnightly(more, _)) =
            (self, other)
        else {
            return;
        };
        own.extend(more);
        own.sort_unstable();
        own.dedup();
    }

    fn text(&self) -> String {
        match self {
            Days::Weekly(days) => day_list(days),
            Days::Fortnightly(days, true) => format!("week 2-52/2 {}", day_list(days)),
            Days::Fortnightly(days, false) => format!("week 1-53/2 {}", day_list(days)),
            Days::Monthly(text) => text.clone(),
        }
    }
}

/// `Mo-Fr`, `Mo,We,Fr`, `Mo-We,Sa`.
fn day_list(days: &[usize]) -> String {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < days.len() {
        let mut end = at;
        while end + 1 < days.len() && days[end + 1] == days[end] + 1 {
            end += 1;
        }
        match end - at {
            0 => parts.push(DAYS[days[at]].to_string()),
            1 => parts.extend([DAYS[days[at]].to_string(), DAYS[days[end]].to_string()]),
            _ => parts.push(format!("{}-{}", DAYS[days[at]], DAYS[days[end]])),
        }
        at = end + 1;
    }
    parts.join(",")
}

/// Which days a schedule names, or why that cannot be said.
fn days(schedule: &Record) -> Result<Days, (&'static str, String)> {
    let freq = text(schedule, &["freq"]).unwrap_or_default().to_ascii_uppercase();
    let byday = text(schedule, &["byday", "weekday", "weekdays", "day", "wkst_byday"]).unwrap_or_default();
    let interval: u32 = text(schedule, &["interval"]).and_then(|text| text.parse().ok()).unwrap_or(1).max(1);
    let from = date(schedule, &["dtstart", "valid_from"]);
    let by_date = text(schedule, &["bymonthday", "byyearday", "byweekno", "bymonth"]);
    let mut weekly = Vec::new();
    let mut monthly = Vec::new();
    for part in byday.split([',', ';', '/', '|']).flat_map(|part| part.split(" and ")).map(str::trim) {
        if part.is_empty() {
            continue;
        }
        let Some((number, day)) = day_of(part) else {
            return Err(("is not understood", byday.clone()));
        };
        match number {
            0 => weekly.push(day),
            number => monthly.push(format!("{}[{number}]", DAYS[day])),
        }
    }
    if !monthly.is_empty() {
        if interval > 1 {
            return Err(("is not every month", format!("{byday}, every {interval} months")));
        }
        return if weekly.is_empty() {
            Ok(Days::Monthly(monthly.join(",")))
        } else {
            Err(("is both weekly and monthly", byday))
        };
    }
    if freq.starts_with("MONTH") {
        return match (weekly.is_empty(), by_date) {
            (false, None) if interval == 1 => {
                Err(("does not say which week of the month", format!("{byday}, monthly")))
            }
            (_, Some(days)) => Err(("is a day of the month", format!("On day {days} of the month"))),
            _ => Err(("is not a day of the week", byday)),
        };
    }
    if freq.starts_with("DAI") && weekly.is_empty() {
        weekly = (0..7).collect();
    }
    if weekly.is_empty() {
        match from.filter(|_| freq.starts_with("WEEK")) {
            Some(from) => weekly.push(from.weekday().to_monday_zero_offset() as usize),
            None => return Err(("is not stated", String::new())),
        }
    }
    weekly.sort_unstable();
    weekly.dedup();
    match interval {
        1 => Ok(Days::Weekly(weekly)),
        2 => match from {
            Some(from) => Ok(Days::Fortnightly(weekly, from.iso_week_date().week() % 2 == 0)),
            None => Err(("is every second week, and no first day is stated", format!("{byday}, every second week"))),
        },
        _ => Err(("is neither every nor every second week", format!("{byday}, every {interval} weeks"))),
    }
}

/// `MO`, `2MO`, `-1FR`, `Monday` → which of the month (0 for all of them) and which day.
fn day_of(text: &str) -> Option<(i8, usize)> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '-' && c != '+');
    let letters = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
    let number = text[..text.len() - letters.len()].trim_start_matches('+');
    let number: i8 = if number.is_empty() { 0 } else { number.parse().ok()? };
    let word = letters.trim().to_ascii_lowercase();
    let word = word.strip_prefix("https://schema.org/").unwrap_or(&word);
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let day =
        names.iter().position(|name| word.len() >= 2 && (name.starts_with(word) || word == format!("{name}s")))?;
    (-5..=5).contains(&number).then_some((number, day))
}

/// `09:00-17:00`, in local time; nothing if the schedule states no time.
fn span(schedule: &Record, report: &mut Report) -> Option<String> {
    let from = date(schedule, &["dtstart", "valid_from"]);
    let offset: Option<f64> = text(schedule, &["timezone"]).and_then(|text| text.parse().ok());
    let mut time = |names: &[&str]| {
        let stated = text(schedule, names)?;
        match times::time(&stated, offset, from) {
            Some((minutes, None)) => {
                report.carried("schedule.time");
                Some(minutes)
            }
            Some((minutes, Some(how))) => {
                report.changed("schedule.time", how, &stated);
                Some(minutes)
            }
            None => {
                report.left("schedule.time", "is not a time", &stated);
                None
            }
        }
    };
    let opens = time(&["opens_at", "opens", "start_time"]);
    let closes = time(&["closes_at", "closes", "end_time"]);
    let clock = |Minutes(minutes): Minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    match (opens, closes) {
        (Some(opens), Some(closes)) if opens == closes => (opens.0 == 0).then(|| "00:00-24:00".to_string()),
        (Some(opens), Some(Minutes(0 | 1439))) => Some(format!("{}-24:00", clock(opens))),
        (Some(opens), Some(closes)) => Some(format!("{}-{}", clock(opens), clock(closes))),
        (Some(opens), None) => Some(format!("{}+", clock(opens))),
        (None, _) => None,
    }
}

fn date(record: &Record, names: &[&str]) -> Option<Date> {
    names.iter().find_map(|name| times::date(&text(record, &[name])?))
}
