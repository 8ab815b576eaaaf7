//! A date, a time of day, hours in words, as others write them.

use crate::model::hours::OpeningHours;
use jiff::civil::{Date, Time, date as civil};
use jiff::tz::{Offset, TimeZone};

/// Minutes from midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes(pub i32);

/// Years that a date may be of: the same as in our own files.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// The date at the beginning of `2026-11-22`, `2026-11-22T00:00:00Z`, or `22/11/2026`.
pub fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    let head: String = text.chars().take(10).collect();
    let numbers = |separator: char| -> Option<(i16, i8, i8)> {
        let mut parts = head.split(separator);
        let all = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
        let last: i16 = all.2.parse().ok()?;
        let (first, second): (i16, i16) = (all.0, all.1);
        if first > 1000 {
            Some((first, i8::try_from(second).ok()?, i8::try_from(last).ok()?))
        } else {
            Some((last, i8::try_from(second).ok()?, i8::try_from(first).ok()?))
        }
    };
    let (year, month, day) = numbers('-').or_else(|| numbers('/'))?;
    Date::new(year, month, day).ok().filter(|date| YEARS.contains(&date.year()))
}

/// A time of day in local time, and what was done to it. `offset` is that of the schedule in hours from UTC, `on` a day
/// on which it is valid.
pub fn time(text: &str, offset: Option<f64>, on: Option<Date>) -> Option<(Minutes, Option<&'static str>)> {
    let text = text.trim().to_ascii_lowercase();
    // A date before the time is that of nothing.
    let clock = match text.split_once('t') {
        Some((before, after)) if before.is_empty() || date(before).is_some() => after,
        _ => text.as_str(),
    };
    let (clock, stated) = with_offset(clock);
    let (minutes, plain) = wall_clock(clock)?;
    let changed = (!plain).then_some("a remark after it was left out");
    let offset = stated.or_else(|| offset.map(|hours| (hours * 60.0).round() as i32));
    // Which hour an offset means depends on the day; without one, an hour that a UK clock can show is that hour.
    let Some(offset) = offset.filter(|offset| offset.abs() <= 14 * 60) else {
        return Some((Minutes(minutes), changed));
    };
    let Some(on) = on.or_else(|| (offset != 0 && offset != 60).then(|| civil(2026, 1, 15))) else {
        return Some((Minutes(minutes), changed));
    };
    // An offset beside the time but not within it is the zone in which it was entered: our winter and our summer.
    if stated.is_none() && (offset == 0 || offset == 60) {
        return Some((Minutes(minutes), changed));
    }
    let local = to_london(on, minutes, offset)?;
    if local == minutes { Some((Minutes(minutes), changed)) } else { Some((Minutes(local), Some("became local time"))) }
}

fn to_london(on: Date, minutes: i32, offset: i32) -> Option<i32> {
    let time = Time::new((minutes / 60 % 24) as i8, (minutes % 60) as i8, 0, 0).ok()?;
    let zone = TimeZone::fixed(Offset::from_seconds(offset * 60).ok()?);
    let there = on.to_datetime(time).to_zoned(zone).ok()?;
    let here = there.with_time_zone(TimeZone::get("Europe/London").ok()?);
    Some(i32::from(here.hour()) * 60 + i32::from(here.minute()))
}

/// `10:00z`, `10:00:00+01:00` → the clock and the offset in minutes.
fn with_offset(clock: &str) -> (&str, Option<i32>) {
    if let Some(clock) = clock.strip_suffix('z') {
        return (clock, Some(0));
    }
    let Some(at) = clock.rfind(['+', '-']).filter(|&at| at >= 4 && clock[..at].contains(':')) else {
        return (clock, None);
    };
    let digits: String = clock[at + 1..].chars().filter(char::is_ascii_digit).collect();
    let only_digits = clock[at + 1..].chars().all(|c| c.is_ascii_digit() || c == ':');
    let minutes = match digits.len() {
        _ if !only_digits => None,
        2 => digits.parse::<i32>().ok().map(|hours| hours * 60),
        4 => digits.parse::<i32>().ok().map(|both| both / 100 * 60 + both % 100),
        _ => None,
    };
    match minutes {
        Some(minutes) => (&clock[..at], Some(if clock[at..].starts_with('-') { -minutes } else { minutes })),
        None => (clock, None),
    }
}

/// `9:00am`, `09:00:00.000`, `17`, `noon`; and whether that was all.
fn wall_clock(text: &str) -> Option<(i32, bool)> {
    let text = text.trim();
    match text {
        "noon" | "midday" => return Some((12 * 60, true)),
        "midnight" => return Some((0, true)),
        _ => {}
    }
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let hour_digits = digits(text).min(4);
    let (mut hour, mut minute): (i32, i32) = match hour_digits {
        1 | 2 => (text[..hour_digits].parse().ok()?, 0),
        3 => (text[..1].parse().ok()?, text[1..3].parse().ok()?),
        4 => (text[..2].parse().ok()?, text[2..4].parse().ok()?),
        _ => return None,
    };
    let mut rest = &text[hour_digits..];
    let mut has_minutes = hour_digits >= 3;
    if let Some(after) = rest.strip_prefix([':', '.']) {
        let count = digits(after).min(2);
        minute = after[..count].parse().ok()?;
        has_minutes = true;
        rest = &after[count..];
        while let Some(after) = rest.strip_prefix([':', '.']) {
            rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    let rest = rest.trim_start();
    let (half, rest) = [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12)]
        .into_iter()
        .find_map(|(word, add)| Some((Some(add), rest.strip_prefix(word)?)))
        .unwrap_or((None, rest));
    // `6:300pm`, `8:00m`: what it was meant to be is anybody's guess.
    if rest.starts_with(char::is_alphanumeric) && (half.is_some() || !text[..text.len() - rest.len()].ends_with(' ')) {
        return None;
    }
    if let Some(add) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + add;
    } else if !has_minutes {
        return None; // `9` could be in the morning or in the evening
    }
    if hour == 24 && minute == 0 {
        hour = 0;
    }
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour * 60 + minute, rest.trim().is_empty()))
}

/// Hours in words that can be read as hours: `Mon-Fri 9am-5pm`.
pub fn read_words(words: &str) -> Option<String> {
    if words.len() > 200 {
        return None;
    }
    match OpeningHours::parse(words) {
        Ok(hours) => Some(hours.as_str().to_string()),
        Err(invalid) => invalid.suggestion,
    }
}

/// `9:00am-5:00pm, Mon-Fri`: nothing but days and times, whether we can read them or not.
pub fn says_only_times(words: &str) -> bool {
    let known = |word: &str| {
        const WORDS: [&str; 14] =
            ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "am", "pm", "to", "and", "noon", "daily", "weekdays"];
        WORDS.iter().any(|known| word == *known || (known.len() == 3 && word.starts_with(known) && word.len() <= 10))
    };
    words.to_ascii_lowercase().split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: Option<f64>, on: Option<Date>) -> Option<String> {
        time(text, offset, on).map(|(Minutes(minutes), _)| format!("{:02}:{:02}", minutes / 60, minutes % 60))
    }

    #[test]
    fn times_of_every_make() {
        for (text, read) in [
            ("9:00am", "09:00"),
            ("12:00pm (dispensing)", "12:00"),
            ("12am", "00:00"),
            ("17:30:00", "17:30"),
            ("09:00:00.000", "09:00"),
            ("0930", "09:30"),
            ("830am", "08:30"),
            ("T10:00", "10:00"),
            ("1970-01-01T09:15:00", "09:15"),
            ("24:00", "00:00"),
            ("noon", "12:00"),
        ] {
            assert_eq!(at(text, None, None).as_deref(), Some(read), "{text}");
        }
        for none in ["", "9", "25:00", "by appointment", "13pm", "9:75", "6:300pm", "8:00m"] {
            assert_eq!(at(none, None, None), None, "{none}");
        }
    }

    #[test]
    fn an_offset_becomes_local_time_on_the_day_it_is_valid() {
        let (winter, summer) = (Some(civil(2026, 1, 5)), Some(civil(2026, 7, 6)));
        assert_eq!(at("10:00Z", None, winter).as_deref(), Some("10:00"));
        assert_eq!(at("10:00:00Z", None, summer).as_deref(), Some("11:00"));
        assert_eq!(at("10:00+01:00", None, summer).as_deref(), Some("10:00"));
        assert_eq!(at("10:00+01:00", None, winter).as_deref(), Some("09:00"));
        assert_eq!(at("10:00Z", None, None).as_deref(), Some("10:00"), "no day, no summer");
        assert_eq!(at("10:00", Some(1.0), winter).as_deref(), Some("10:00"), "entered in summer");
        assert_eq!(at("10:00", Some(3.0), winter).as_deref(), Some("07:00"));
    }

    #[test]
    fn dates_of_every_make() {
        for text in ["2026-11-22", "2026-11-22T00:00:00Z", "22/11/2026", "22-11-2026"] {
            assert_eq!(date(text), Some(civil(2026, 11, 22)), "{text}");
        }
        for none in ["", "2026", "0001-01-01", "9999-12-31", "2026-13-01", "soon"] {
            assert_eq!(date(none), None, "{none}");
        }
    }
}
