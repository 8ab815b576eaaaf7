//! Opening hours → schedules of the standard: a slice of iCalendar's RRULE, one for each opening of a week.
//!
//! Hours by the week, every second week, or by the first to fifth day of a month are said in fields. What is more (months,
//! bank holidays, dates) is said in words: the standard has no fields for it, and half of it would be wrong.

use std::collections::BTreeMap;

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
/// Mondays of an even and of an odd week of the calendar, from which every second week is counted.
const EVEN_MONDAY: &str = "2026-01-05";
const ODD_MONDAY: &str = "2026-01-12";

/// One opening in the standard's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    pub freq: &'static str,
    pub interval: u8,
    /// `MO,TU`, `2MO`.
    pub byday: String,
    /// From which every second week is counted.
    pub dtstart: Option<&'static str>,
    pub opens_at: String,
    pub closes_at: Option<String>,
}

/// The weeks and days that a rule names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    Weekly(usize),
    Fortnightly(bool, usize),
    /// `2MO`.
    Monthly(String),
}

/// From when to when, several times a day.
type Spans = Vec<(String, Option<String>)>;

/// The schedules that say just these hours; nothing if fields cannot say them.
pub fn of(hours: &str) -> Option<Vec<Schedule>> {
    let mut openings: BTreeMap<When, Spans> = BTreeMap::new();
    for rule in hours.split(';').map(str::trim).filter(|rule| !rule.is_empty()) {
        if matches!(rule, "PH off" | "SH off" | "PH,SH off") {
            continue; // said in words beside it
        }
        let (whens, spans) = read_rule(rule)?;
        for when in whens {
            // A later rule for the same day stands in place of the earlier one.
            openings.insert(when, spans.clone());
        }
    }
    // A rule for the first Monday replaces what holds for all Mondays: fields cannot say that.
    let weekly = openings.keys().any(|when| matches!(when, When::Weekly(_)));
    let other = openings.keys().any(|when| !matches!(when, When::Weekly(_)));
    if weekly && other {
        return None;
    }
    let mut made: Vec<(Vec<When>, Spans)> = Vec::new();
    for (when, spans) in openings {
        let alike = |whens: &[When]| match (&whens[0], &when) {
            (When::Weekly(_), When::Weekly(_)) => true,
            (When::Fortnightly(a, _), When::Fortnightly(b, _)) => a == b,
            (When::Monthly(_), When::Monthly(_)) => true,
            _ => false,
        };
        match made.iter_mut().find(|(whens, times)| *times == spans && alike(whens)) {
            Some((whens, _)) => whens.push(when),
            None => made.push((vec![when], spans)),
        }
    }
    let schedules = made
        .iter()
        .flat_map(|(whens, spans)| spans.iter().map(|(opens, closes)| schedule(whens, opens.clone(), closes.clone())));
    Some(schedules.collect())
}

fn schedule(whens: &[When], opens_at: String, closes_at: Option<String>) -> Schedule {
    let day = |day: &usize| DAYS[*day].to_uppercase();
    let byday: Vec<String> = whens
        .iter()
        .map(|when| match when {
            When::Weekly(number) | When::Fortnightly(_, number) => day(number),
            When::Monthly(text) => text.clone(),
        })
        .collect();
    let (freq, interval, dtstart) = match &whens[0] {
        When::Weekly(_) => ("WEEKLY", 1, None),
        When::Fortnightly(true, _) => ("WEEKLY", 2, Some(EVEN_MONDAY)),
        When::Fortnightly(false, _) => ("WEEKLY", 2, Some(ODD_MONDAY)),
        When::Monthly(_) => ("MONTHLY", 1, None),
    };
    Schedule { freq, interval, byday: byday.join(","), dtstart, opens_at, closes_at }
}

fn read_rule(rule: &str) -> Option<(Vec<When>, Spans)> {
    if rule == "24/7" {
        let spans = vec![("00:00:00".to_string(), Some("23:59:00".to_string()))];
        return Some(((0..7).map(When::Weekly).collect(), spans));
    }
    let (weeks, rest) = match rule.strip_prefix("week ") {
        Some(rest) => {
            let (weeks, rest) = rest.split_once(' ')?;
            let even = match weeks {
                "2-52/2" | "02-52/2" => true,
                "1-53/2" | "01-53/2" => false,
                _ => return None,
            };
            (Some(even), rest)
        }
        None => (None, rule),
    };
    let (days, times) = match rest.rsplit_once(' ') {
        Some((days, times)) => (days.trim(), times),
        None => ("Mo-Su", rest),
    };
    let mut whens = Vec::new();
    for part in days.split(',').map(str::trim) {
        whens.extend(read_days(part, weeks)?);
    }
    let spans: Option<Spans> = times.split(',').map(read_span).collect();
    Some((whens, spans?))
}

fn read_days(part: &str, weeks: Option<bool>) -> Option<Vec<When>> {
    let number = |day: &str| DAYS.iter().position(|known| *known == day);
    let of_week = |day: usize| match weeks {
        Some(even) => When::Fortnightly(even, day),
        None => When::Weekly(day),
    };
    if let Some((day, which)) = part.split_once('[') {
        number(day).filter(|_| weeks.is_none())?;
        let which: i8 = which.strip_suffix(']')?.parse().ok().filter(|which| *which != 0)?;
        return Some(vec![When::Monthly(format!("{which}{}", day.to_uppercase()))]);
    }
    let Some((first, last)) = part.split_once('-') else { return Some(vec![of_week(number(part)?)]) };
    let (first, last) = (number(first)?, number(last)?);
    let days: Vec<usize> = if first <= last { (first..=last).collect() } else { (first..7).chain(0..=last).collect() };
    Some(days.into_iter().map(of_week).collect())
}

/// `09:00-17:00`, `18:00+`.
fn read_span(span: &str) -> Option<(String, Option<String>)> {
    let clock = |text: &str| {
        let (hour, minute) = text.split_once(':')?;
        let both = (hour.parse::<u8>().ok()?, minute.parse::<u8>().ok()?);
        let plain = hour.len() == 2 && minute.len() == 2 && both.1 < 60;
        match both {
            (24, 0) => Some("23:59:00".to_string()),
            (hour, minute) if plain && hour < 24 => Some(format!("{hour:02}:{minute:02}:00")),
            // `26:00`: two at night of the next day.
            (hour, minute) if plain && hour < 48 => Some(format!("{:02}:{minute:02}:00", hour - 24)),
            _ => None,
        }
    };
    if let Some(opens) = span.strip_suffix('+') {
        return Some((clock(opens)?, None));
    }
    let (opens, closes) = span.split_once('-')?;
    Some((clock(opens)?, Some(clock(closes)?)))
}

#[cfg(test)]
mod tests {
    use super::of;

    fn said(hours: &str) -> String {
        let Some(schedules) = of(hours) else { return "in words".to_string() };
        let line = |schedule: &super::Schedule| {
            let closes = schedule.closes_at.as_deref().map_or("", |closes| &closes[..5]);
            let every = if schedule.interval == 2 { " every 2" } else { "" };
            format!("{}{every} {} {}-{closes}", schedule.freq, schedule.byday, &schedule.opens_at[..5])
        };
        schedules.iter().map(line).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn hours_in_fields() {
        assert_eq!(said("Mo-Fr 09:00-17:00; PH off"), "WEEKLY MO,TU,WE,TH,FR 09:00-17:00");
        assert_eq!(said("Mo-Fr 09:00-17:00; We 10:00-12:00"), "WEEKLY MO,TU,TH,FR 09:00-17:00; WEEKLY WE 10:00-12:00");
        assert_eq!(said("Tu,Sa 10:00-12:00,13:00-15:00"), "WEEKLY TU,SA 10:00-12:00; WEEKLY TU,SA 13:00-15:00");
        assert_eq!(said("Fr 22:00-02:00"), "WEEKLY FR 22:00-02:00");
        assert_eq!(said("week 1-53/2 We 18:30-20:00"), "WEEKLY every 2 WE 18:30-20:00");
        assert_eq!(said("Mo[2],Fr[-1] 10:00-12:00"), "MONTHLY -1FR,2MO 10:00-12:00");
        assert_eq!(said("Fr 18:00+"), "WEEKLY FR 18:00-");
        assert_eq!(said("Sa 18:00-24:00"), "WEEKLY SA 18:00-23:59");
        for words in [
            "Apr-Sep Tu 17:00-20:00",
            "Mo 10:00-12:00; Mo[1] off",
            "Mo-Fr 09:00-17:00; PH 10:00-12:00",
            "sunrise-sunset",
        ] {
            assert_eq!(said(words), "in words", "{words}");
        }
    }
}
