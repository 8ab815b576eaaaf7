//! Days and times as people say them.

use super::Texts;
use jiff::civil::{Date, DateTime, Time};

const DAYS: [&str; 7] =
    ["days.monday", "days.tuesday", "days.wednesday", "days.thursday", "days.friday", "days.saturday", "days.sunday"];
const MONTHS: [&str; 12] = [
    "months.january",
    "months.february",
    "months.march",
    "months.april",
    "months.may",
    "months.june",
    "months.july",
    "months.august",
    "months.september",
    "months.october",
    "months.november",
    "months.december",
];

impl Texts {
    /// "Saturday".
    pub fn weekday(&self, day: Date) -> &str {
        self.weekday_of(usize::from(day.weekday().to_monday_zero_offset().unsigned_abs()))
    }

    /// "Monday" for 0, "Sunday" for 6.
    pub fn weekday_of(&self, number: usize) -> &str {
        DAYS.get(number).map_or("", |key| self.text(key))
    }

    /// "November".
    pub fn month(&self, day: Date) -> &str {
        self.month_of(usize::from(day.month().unsigned_abs()))
    }

    /// "January" for 1, "December" for 12.
    pub fn month_of(&self, number: usize) -> &str {
        MONTHS.get(number.saturating_sub(1)).map_or("", |key| self.text(key))
    }

    /// "Saturday 28 November".
    pub fn day(&self, day: Date) -> String {
        self.say("time.day", &[("weekday", &self.weekday(day)), ("day", &day.day()), ("month", &self.month(day))])
    }

    /// "28 November 2026".
    pub fn date(&self, day: Date) -> String {
        self.say("time.date", &[("day", &day.day()), ("month", &self.month(day)), ("year", &day.year())])
    }

    /// "November 2026".
    pub fn month_and_year(&self, day: Date) -> String {
        self.say("time.month_and_year", &[("month", &self.month(day)), ("year", &day.year())])
    }

    /// "6pm", "10.30am", "noon".
    pub fn clock(&self, at: Time) -> String {
        match (at.hour(), at.minute()) {
            (0, 0) => return self.text("time.midnight").to_string(),
            (12, 0) => return self.text("time.noon").to_string(),
            _ => {}
        }
        let hour = match at.hour() {
            0 => 12,
            hour @ 1..=12 => hour,
            hour => hour - 12,
        };
        let hour = match at.minute() {
            0 => hour.to_string(),
            minute => format!("{hour}.{minute:02}"),
        };
        match at.hour() {
            0..12 => self.say("time.morning", &[("hour", &hour)]),
            12..18 => self.say("time.afternoon", &[("hour", &hour)]),
            _ => self.say("time.evening", &[("hour", &hour)]),
        }
    }

    /// "Tuesday at 6pm".
    pub fn day_and_time(&self, at: DateTime) -> String {
        self.say("time.day_and_time", &[("weekday", &self.weekday(at.date())), ("time", &self.clock(at.time()))])
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Language;
    use jiff::civil::date;

    #[test]
    fn days_and_times_are_said_in_both_languages() {
        let at = date(2026, 11, 28).at(18, 30, 0, 0);
        let said = |language: Language| {
            let texts = language.texts();
            [texts.day(at.date()), texts.date(at.date()), texts.clock(at.time()), texts.day_and_time(at)]
        };
        assert_eq!(
            said(Language::English),
            ["Saturday 28 November", "28 November 2026", "6.30pm", "Saturday at 6.30pm"]
        );
        assert_eq!(
            said(Language::Welsh),
            ["dydd Sadwrn 28 Tachwedd", "28 Tachwedd 2026", "6.30yh", "dydd Sadwrn am 6.30yh"]
        );
        let noon = |language: Language| language.texts().clock(jiff::civil::time(12, 0, 0, 0));
        assert_eq!([noon(Language::English), noon(Language::Welsh)], ["noon", "hanner dydd"]);
    }
}
