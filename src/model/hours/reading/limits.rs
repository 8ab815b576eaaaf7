//! What parsed rules must not contain: dates and times that do not exist or could be meant in two ways, what the crate
//! answers wrongly, and more than can be evaluated quickly.

use super::Refusal;
use super::segments::{clock_pairs, mixes_days_and_holidays, outside_quotes};
use opening_hours_syntax::rules::day::{Date, DateOffset, DaySelector, MonthdayRange, WeekDayOffset, WeekDayRange};
use opening_hours_syntax::rules::time::{Time, TimeSpan};
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleSequence};

/// How much a text may contain: rules, days, dates and times together, a date counting for [`DATE_WEIGHT`]. The hours of
/// a service are 2 to 20. At this limit the worst texts found (40 times of day, 19 times `easter`) list a fortnight's
/// openings in less than a millisecond.
const MAX_PARTS: usize = 60;

/// Dates need Easter and the lengths of months worked out for three years.
const DATE_WEIGHT: usize = 3;

/// The farthest `+n days`. The crate looks at three years of dates, so more could point to years it does not see.
const MAX_OFFSET_DAYS: u16 = 31;

/// From here on an end such as `2:00` can only be after midnight.
const EVENING: u16 = 18 * 60;

pub(super) fn check(text: &str, expression: &OpeningHoursExpression) -> Result<(), Refusal> {
    let parts: usize = expression.rules.iter().map(parts).sum();
    if parts > MAX_PARTS {
        return Err("too many rules for one session: use several sessions".into());
    }
    let bare = outside_quotes(text);
    check_clocks(text, &bare)?;
    if mixes_days_and_holidays(&bare) {
        return Err("weekdays within holidays, such as `SH Mo-Fr`, cannot be evaluated: write dates".into());
    }
    if has_reversed_ordinals(&bare) {
        return Err("the first number in `[ ]` is greater than the second".into());
    }
    for rule in &expression.rules {
        rule.time_selector.spans.iter().try_for_each(check_span)?;
        rule.day_selector.monthday.iter().try_for_each(check_dates)?;
        for days in &rule.day_selector.weekday {
            let (WeekDayRange::Fixed { offset, .. } | WeekDayRange::Holiday { offset, .. }) = days;
            check_offset(*offset)?;
        }
    }
    Ok(())
}

fn parts(rule: &RuleSequence) -> usize {
    let DaySelector { year, monthday, week, weekday } = &rule.day_selector;
    1 + year.len() + DATE_WEIGHT * monthday.len() + week.len() + weekday.len() + rule.time_selector.spans.len()
}

/// Refuses one-digit hours where morning and evening are both likely: `Mo 2:00-4:00`, `Mo 9:00-5:00`.
fn check_clocks(text: &str, bare: &str) -> Result<(), Refusal> {
    for (from, to) in clock_pairs(bare) {
        let (Some(start), Some(end)) = (minutes(from), minutes(to)) else { continue };
        let pair = format!("{from}-{to}");
        if start % (24 * 60) == end {
            let all_day = (start == 0).then(|| text.replace(&pair, "00:00-24:00"));
            return Err(Refusal { reason: format!("`{pair}` closes when it opens"), candidate: all_day });
        }
        let short = |time: &str| time.find(':') == Some(1);
        if short(to) && end < start && start < EVENING {
            let afternoon = format!("{start}-{end}", start = clock(start), end = clock(end + 12 * 60));
            let candidate = (end + 12 * 60 > start).then(|| text.replace(&pair, &afternoon));
            return Err(Refusal { reason: format!("`{pair}` would close the next morning"), candidate });
        }
        if short(from) && short(to) && start < end {
            let (morning, evening) =
                (format!("0{from}-0{to}"), [start, end].map(|time| clock(time + 12 * 60)).join("-"));
            return Err(format!("`{pair}` could be morning or evening: `{morning}` or `{evening}`").into());
        }
    }
    Ok(())
}

fn minutes(time: &str) -> Option<u16> {
    let (hours, minutes) = time.split_once(':')?;
    hours.parse::<u16>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)
}

fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn check_span(span: &TimeSpan) -> Result<(), Refusal> {
    if span.repeats.is_some() {
        return Err("repeated times, such as `/01:30`, are points in time: write from when to when it is open".into());
    }
    match (&span.range.start, &span.range.end) {
        (Time::Fixed(_), Time::Fixed(_)) => Ok(()),
        _ => Err("dawn, sunrise, sunset and dusk depend on the place and day: write a time".into()),
    }
}

fn check_dates(range: &MonthdayRange) -> Result<(), Refusal> {
    match range {
        MonthdayRange::Month { year: None, .. } => Ok(()),
        // The crate takes `2026Mar` for the first of March.
        MonthdayRange::Month { year: Some(year), range } => {
            Err(format!("write a space between `{}` and `{}`", year.0, range.start()).into())
        }
        MonthdayRange::Date { start, end } => {
            for (date, offset) in [start, end] {
                check_date(*date)?;
                check_offset(offset.day_offset)?;
            }
            if is_backwards(start, end) {
                return Err(format!("`{}-{}` ends before it begins", start.0, end.0).into());
            }
            Ok(())
        }
    }
}

fn check_date(date: Date) -> Result<(), Refusal> {
    let Date::Fixed { year, month, day } = date else { return Ok(()) };
    // 2024 is a leap year: 29 February without a year is a date.
    let year = i16::try_from(year.map_or(2024, |year| year.0)).unwrap_or(i16::MAX);
    let exists = i8::try_from(day).is_ok_and(|day| jiff::civil::Date::new(year, month as i8, day).is_ok());
    if exists { Ok(()) } else { Err(format!("there is no `{date}`").into()) }
}

/// Whether a range whose both ends have years ends before it begins. The crate takes it for never.
fn is_backwards(start: &(Date, DateOffset), end: &(Date, DateOffset)) -> bool {
    let (Some(first), Some(last)) = (start.0.year(), end.0.year()) else { return false };
    let moved = |date: &(Date, DateOffset)| date.1.day_offset != 0 || date.1.wday_offset != WeekDayOffset::None;
    match (start.0, end.0) {
        (Date::Fixed { month, day, .. }, Date::Fixed { month: to_month, day: to_day, .. })
            if !moved(start) && !moved(end) =>
        {
            (first, month, day) > (last, to_month, to_day)
        }
        _ => first > last,
    }
}

fn check_offset(days: i16) -> Result<(), Refusal> {
    if days.unsigned_abs() <= MAX_OFFSET_DAYS {
        return Ok(());
    }
    Err(format!("`{days:+} days` is more than {MAX_OFFSET_DAYS} days away: write the date").into())
}

/// `Mo[3-1]`, which the crate takes for every Monday.
fn has_reversed_ordinals(bare: &str) -> bool {
    bare.as_bytes()
        .windows(4)
        .any(|four| matches!(four[0], b'[' | b',') && four[2] == b'-' && four[1].is_ascii_digit() && four[1] > four[3])
}
