//! What people write, and what it means.

/// What never happens, whatever they write.
mod properties;

use super::*;
use crate::model::Nation::{England, Scotland};
use jiff::ToSpan;
use jiff::civil::{Date, date, datetime};

fn hours(text: &str) -> OpeningHours {
    OpeningHours::parse(text).unwrap()
}

fn at(moment: &str) -> DateTime {
    moment.parse().unwrap()
}

fn open(text: &str, moment: &str) -> bool {
    hours(text).is_open(at(moment), &Holidays::default())
}

/// The openings of a number of days, one a line.
fn shown(text: &str, from: &str, days: i64, holidays: &Holidays) -> Vec<String> {
    let ends =
        |opening: &Opening| opening.ends.map_or("…".to_string(), |ends| ends.strftime("%a %d %H:%M").to_string());
    let openings = hours(text).openings(at(from), days, holidays);
    openings.iter().map(|opening| format!("{}-{}", opening.starts.strftime("%a %d %H:%M"), ends(opening))).collect()
}

fn bank_holidays(nation: Nation) -> Holidays {
    let day = |date: Date, nation| BankHoliday { date, nation, name: "Summer bank holiday".to_string() };
    Holidays::of(nation, &[day(date(2026, 8, 31), England), day(date(2026, 8, 3), Scotland)])
}

#[test]
fn typical_openstreetmap_hours_are_read() {
    for text in [
        "Mo-Fr 09:00-17:00",
        "mo-fr 9:00-17:00",
        "Mo-Fr 09:00-12:30,13:30-17:00; Sa 10:00-12:00; PH off",
        "Mo-Fr 09:00-12:30, 13:30-17:00",
        "Mo,We,Fr 10:00-16:00; PH,Su off",
        "Mo-Fr 08:00-20:00; SH off",
        "We[1,3] 14:00-16:00",
        "Th[-1] 18:00-20:00",
        "week 1-53/2 Tu 14:00-16:00",
        "Apr-Sep: Mo-Fr 09:00-18:00; Oct-Mar: Mo-Fr 10:00-16:00",
        "2026 Mar 01-2026 Apr 05 Sa,Su 09:00+",
        "Mo-Fr 09:00-17:00; Dec 24-Jan 02 off",
        "Mo-Su off; Mo-Fr 09:00-17:00",
        "Su off; Mo-Sa 09:00-17:00",
        "Mo-Fr 09:00-17:00; PH off; Dec 24 10:00-14:00",
        "Oct-Mar off; Apr-Sep Mo-Fr 10:00-16:00",
        "Fr 22:00-02:00",
        "Fr 22:00-26:00",
        "24/7",
        "24/7; PH off",
        "Mo-Su 00:00-24:00",
        "Mo 18:00+",
        "Mo 10:00-12:00 \"ring first\"",
        "Mo-Fr 09:00-17:00; Sa \"by appointment\"",
        "Mo-Fr 09:00-17:00 || \"by appointment\"",
        "Mo-Fr 09:00-17:00; Sa unknown \"by appointment\"",
        "PH 10:00-14:00",
        "easter -2 days 10:00-12:00",
        "Feb 29 10:00-12:00",
        "week 53 Mo 10:00-12:00",
        "09:00-17:00",
        "22:00-2:00",
    ] {
        if let Err(invalid) = OpeningHours::parse(text) {
            assert_eq!((text, invalid.reason), (text, String::new()));
        }
    }
}

#[test]
fn what_is_not_hours_is_refused_with_a_reason_and_perhaps_a_cure() {
    let texts = [
        "",
        "   ",
        "\"by appointment\"",
        "by appointment",
        "Mo-Fr 09:00-17:00; \"by appointment\"",
        "Feb 30 10:00-12:00",
        "Jun 31-Jul 05 10:00-12:00",
        "2026 Feb 29 10:00-12:00",
        "Mo 49:00-50:00",
        "Mo 10:00-49:00",
        "Mo 10:75-12:00",
        "Mo-Su off",
        "24/7; Mo-Su off",
        "PH off; Mo-Fr 09:00-17:00",
        "Dec 24-Jan 02 off; Mo-Fr 09:00-17:00; Sa 10:00-12:00",
        "Su off; 10:00-16:00",
        "PH off, Mo-Fr 09:00-17:00",
        "PH off",
        "SH 10:00-12:00",
        "SH Mo-Fr 10:00-12:00",
        "Mo-Fr SH 10:00-12:00",
        "Mo-Fr",
        "Mo-Fr open",
        "Mo, We 10:00-12:00",
        "Mo 9:00-5:00",
        "Mo 2:00-4:00",
        "Mo 00:00-00:00",
        "Mo 10:00-10:00",
        "10:00-16:00/01:30",
        "sunrise-sunset",
        "Mo[3-1] 10:00-12:00",
        "2026Mar 10:00-12:00",
        "2026 Dec 20-2026 Jan 05 10:00-12:00",
        "easter +400 days 10:00-12:00",
        "Mon-Fri 9am-5pm",
    ];
    let shown: Vec<String> = texts
        .iter()
        .map(|text| match OpeningHours::parse(text) {
            Ok(_) => format!("{text} | accepted"),
            Err(InvalidHours { reason, suggestion: None }) => format!("{text} | {reason}"),
            Err(InvalidHours { reason, suggestion: Some(cure) }) => format!("{text} | {reason} | {cure}"),
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
     | no hours are stated
        | no hours are stated
    "by appointment" | a text in quotes is a note, not hours: put it in `note`
    by appointment | `by appointment` states no times; if it is a note, put it in `note`
    Mo-Fr 09:00-17:00; "by appointment" | a text in quotes is a note, not hours: put it in `note` | Mo-Fr 09:00-17:00
    Feb 30 10:00-12:00 | there is no `Feb 30`
    Jun 31-Jul 05 10:00-12:00 | there is no `Jun 31`
    2026 Feb 29 10:00-12:00 | there is no `2026 Feb 29`
    Mo 49:00-50:00 | `49:00` is no time: hours go up to 48, minutes to 59
    Mo 10:00-49:00 | `49:00` is no time: hours go up to 48, minutes to 59
    Mo 10:75-12:00 | `10:75` is no time: hours go up to 48, minutes to 59
    Mo-Su off | never open
    24/7; Mo-Su off | never open
    PH off; Mo-Fr 09:00-17:00 | the closed days are opened again by a later rule: put them last | Mo-Fr 09:00-17:00; PH off
    Dec 24-Jan 02 off; Mo-Fr 09:00-17:00; Sa 10:00-12:00 | the closed days are opened again by a later rule: put them last | Mo-Fr 09:00-17:00; Sa 10:00-12:00; Dec 24-Jan 02 off
    Su off; 10:00-16:00 | the closed days are opened again by a later rule: put them last | 10:00-16:00; Su off
    PH off, Mo-Fr 09:00-17:00 | the closed days are opened again by a later rule: put them last
    PH off | never open
    SH 10:00-12:00 | never open: school holidays differ by council and are not known here; write their dates
    SH Mo-Fr 10:00-12:00 | weekdays within holidays, such as `SH Mo-Fr`, cannot be evaluated: write dates
    Mo-Fr SH 10:00-12:00 | weekdays within holidays, such as `SH Mo-Fr`, cannot be evaluated: write dates
    Mo-Fr | `Mo-Fr` states no time; open all day is `00:00-24:00`
    Mo-Fr open | `Mo-Fr open` states no time; open all day is `00:00-24:00`
    Mo, We 10:00-12:00 | `Mo,` states no time; open all day is `00:00-24:00` | Mo,We 10:00-12:00
    Mo 9:00-5:00 | `9:00-5:00` would close the next morning | Mo 09:00-17:00
    Mo 2:00-4:00 | `2:00-4:00` could be morning or evening: `02:00-04:00` or `14:00-16:00`
    Mo 00:00-00:00 | `00:00-00:00` closes when it opens | Mo 00:00-24:00
    Mo 10:00-10:00 | `10:00-10:00` closes when it opens
    10:00-16:00/01:30 | repeated times, such as `/01:30`, are points in time: write from when to when it is open
    sunrise-sunset | dawn, sunrise, sunset and dusk depend on the place and day: write a time
    Mo[3-1] 10:00-12:00 | the first number in `[ ]` is greater than the second
    2026Mar 10:00-12:00 | write a space between `2026` and `Mar`
    2026 Dec 20-2026 Jan 05 10:00-12:00 | `2026 Dec 20-2026 Jan 5` ends before it begins
    easter +400 days 10:00-12:00 | `+400 days` is more than 31 days away: write the date
    Mon-Fri 9am-5pm | `Mon` is not understood in opening hours | Mo-Fr 09:00-17:00
    "#);
    assert!(OpeningHours::parse(&format!("Mo 10:00-12:00 \"{}\"", "x".repeat(500))).is_err());
}

#[test]
fn english_hours_have_a_cure() {
    let texts = [
        "Mon-Fri 9am-5pm",
        "Monday to Friday 9:00 - 17:00",
        "Tues & Thurs 6-8pm",
        "9.30am-12 noon",
        "Wednesdays 9.30am – 12 noon",
        "daily 10-4",
        "weekdays 9-5",
        "Weekends 10am to 2pm",
        "24 hours",
        "Open 24 hours a day, 7 days a week",
        "Every first Monday 2pm to 4pm",
        "1st and 3rd Wednesday of the month, 10am-12pm",
        "last Friday of the month 7pm-9pm",
        "Mon-Fri 9am-5pm. Closed bank holidays",
        "Mon-Fri 9am-5pm except bank holidays",
        "Mon, Wed and Fri 10-4; Sat 10am-1pm",
        "Mon to Thurs 9am-5pm, Fri 9am-4.30pm",
        "10am-12pm Monday, 2pm-4pm Tuesday",
        "Mo-Fr 9-17",
        "Mon 0900-1700",
        "Mon 10:00-12:00",
        "Monday 9 a.m. to 1 p.m. and 2-4pm",
        "Fri 10pm-2am",
        "Fri 8pm-midnight",
        "Sat 10-2",
        "Sun 12-4",
        "Mo, We 10:00-12:00",
        "Mo 9:00-5:00",
        "Monday 9am-5pm\nTuesday 10am-4pm",
    ];
    let shown: Vec<String> = texts
        .iter()
        .map(|text| match OpeningHours::parse(text) {
            Ok(_) => format!("{text} | accepted"),
            Err(invalid) => format!("{text} | {}", invalid.suggestion.unwrap_or_else(|| "no cure".to_string())),
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    Mon-Fri 9am-5pm | Mo-Fr 09:00-17:00
    Monday to Friday 9:00 - 17:00 | Mo-Fr 09:00-17:00
    Tues & Thurs 6-8pm | Tu,Th 18:00-20:00
    9.30am-12 noon | 09:30-12:00
    Wednesdays 9.30am – 12 noon | We 09:30-12:00
    daily 10-4 | Mo-Su 10:00-16:00
    weekdays 9-5 | Mo-Fr 09:00-17:00
    Weekends 10am to 2pm | Sa,Su 10:00-14:00
    24 hours | 24/7
    Open 24 hours a day, 7 days a week | 24/7
    Every first Monday 2pm to 4pm | Mo[1] 14:00-16:00
    1st and 3rd Wednesday of the month, 10am-12pm | We[1,3] 10:00-12:00
    last Friday of the month 7pm-9pm | Fr[-1] 19:00-21:00
    Mon-Fri 9am-5pm. Closed bank holidays | Mo-Fr 09:00-17:00; PH off
    Mon-Fri 9am-5pm except bank holidays | Mo-Fr 09:00-17:00; PH off
    Mon, Wed and Fri 10-4; Sat 10am-1pm | Mo,We,Fr 10:00-16:00; Sa 10:00-13:00
    Mon to Thurs 9am-5pm, Fri 9am-4.30pm | Mo-Th 09:00-17:00; Fr 09:00-16:30
    10am-12pm Monday, 2pm-4pm Tuesday | Mo 10:00-12:00; Tu 14:00-16:00
    Mo-Fr 9-17 | Mo-Fr 09:00-17:00
    Mon 0900-1700 | Mo 09:00-17:00
    Mon 10:00-12:00 | Mo 10:00-12:00
    Monday 9 a.m. to 1 p.m. and 2-4pm | Mo 09:00-13:00,14:00-16:00
    Fri 10pm-2am | Fr 22:00-02:00
    Fri 8pm-midnight | Fr 20:00-24:00
    Sat 10-2 | Sa 10:00-14:00
    Sun 12-4 | Su 12:00-16:00
    Mo, We 10:00-12:00 | Mo,We 10:00-12:00
    Mo 9:00-5:00 | Mo 09:00-17:00
    Monday 9am-5pm
    Tuesday 10am-4pm | Mo 09:00-17:00; Tu 10:00-16:00
    "#);
}

#[test]
fn what_could_mean_two_things_has_no_cure() {
    for text in [
        "Mon 6-8",
        "Mon 2-4",
        "Mon 10-12",
        "Mondays",
        "Closed bank holidays",
        "every second Monday 2pm-4pm",
        "every other Monday 2pm-4pm",
        "fortnightly on Mondays 2pm-4pm",
        "Mon-Fri 9am-5am",
        "Mon 7-7.30",
        "We open Monday 9am-5pm",
        "term time only, Mon 9am-5pm",
        "from 6pm",
        "Mon 14pm-16pm",
        "ring 0161 496 0000",
        "Mon 9am-5pm (by appointment)",
        "Mon 12-12",
    ] {
        let invalid = OpeningHours::parse(text).err();
        assert_eq!((text, invalid.and_then(|invalid| invalid.suggestion)), (text, None));
        assert!(OpeningHours::parse(text).is_err(), "{text}");
    }
}

#[test]
fn friday_night_ends_on_saturday() {
    for text in ["Fr 22:00-02:00", "Fr 22:00-26:00", "Fr 22:00-02:00; Sa 10:00-12:00", "Fr 22:00-02:00; Sa,Su off"] {
        // 24 July 2026 is a Friday.
        assert!(open(text, "2026-07-24T22:00"), "{text}");
        assert!(open(text, "2026-07-25T01:00"), "{text}");
        assert!(open(text, "2026-07-25T01:59:59"), "{text}");
        assert!(!open(text, "2026-07-25T02:00"), "{text}");
        assert!(!open(text, "2026-07-24T01:00"), "{text}");
        let opening = hours(text).next_opening(at("2026-07-25T01:00"), &Holidays::default());
        let (starts, ends) = (at("2026-07-24T22:00"), Some(at("2026-07-25T02:00")));
        assert_eq!(opening, Some(Opening { starts, ends }), "{text}");
    }
    assert!(open("Fr 22:00-02:00; Sa 10:00-12:00", "2026-07-25T11:00"));
}

#[test]
fn the_clocks_changing_moves_nothing() {
    for (text, day) in [("Su 00:30-03:00", "2026-03-29"), ("Su 00:30-03:00", "2026-10-25")] {
        assert!(!open(text, &format!("{day}T00:29")));
        assert!(open(text, &format!("{day}T00:30")));
        assert!(open(text, &format!("{day}T01:30")));
        assert!(!open(text, &format!("{day}T03:00")));
    }
    let week = hours("Mo-Su 00:00-24:00");
    assert_eq!(week.overlap_minutes(&week, at("2026-03-27T12:00"), &Holidays::default()), 7 * 1440);
}

#[test]
fn fortnights_and_nth_weekdays_are_found() {
    let none = Holidays::default();
    assert_eq!(shown("week 1-53/2 Tu 14:00-16:00", "2026-07-20T09:00", 14, &none), ["Tue 28 14:00-Tue 28 16:00"]);
    assert_eq!(shown("We[1,3] 14:00-16:00", "2026-07-10T09:00", 14, &none), ["Wed 15 14:00-Wed 15 16:00"]);
    assert_eq!(shown("Fr[-1] 14:00-16:00", "2026-07-24T09:00", 14, &none), ["Fri 31 14:00-Fri 31 16:00"]);
}

#[test]
fn bank_holidays_are_the_nations_own() {
    let text = "Mo 09:00-17:00; PH off";
    let english = bank_holidays(England);
    let scottish = bank_holidays(Scotland);
    assert!(hours(text).is_open(at("2026-08-03T10:00"), &english));
    assert!(!hours(text).is_open(at("2026-08-03T10:00"), &scottish));
    assert!(!hours(text).is_open(at("2026-08-31T10:00"), &english));
    assert!(hours(text).is_open(at("2026-08-31T10:00"), &scottish));
    assert_eq!(shown("PH 10:00-14:00", "2026-08-25T00:00", 14, &english), ["Mon 31 10:00-Mon 31 14:00"]);
}

#[test]
fn seasons_are_found_and_end() {
    let text = "2026 Mar 01-2026 Apr 05 Sa,Su 09:00+";
    let none = Holidays::default();
    assert_eq!(hours(text).next_opening(at("2026-01-10T09:00"), &none), None);
    assert_eq!(shown(text, "2026-04-01T09:00", 14, &none), ["Sat 04 09:00-Sun 05 00:00", "Sun 05 09:00-Mon 06 00:00"]);
    assert_eq!(hours(text).next_opening(at("2026-04-06T00:00"), &none), None);
    assert!(open("Oct-Mar Mo-Fr 10:00-16:00", "2026-01-12T10:00"));
    assert!(!open("Oct-Mar Mo-Fr 10:00-16:00", "2026-07-13T10:00"));
}

#[test]
fn the_next_opening_is_within_a_fortnight() {
    let none = Holidays::default();
    let next = |text: &str, from: &str| hours(text).next_opening(at(from), &none);
    let opening = |starts: &str, ends: Option<&str>| Some(Opening { starts: at(starts), ends: ends.map(at) });
    // Sunday's midnight begins Monday.
    let monday = opening("2026-07-20T00:00", Some("2026-07-20T02:00"));
    assert_eq!(next("Mo 00:00-02:00", "2026-07-19T23:59"), monday);
    assert_eq!(next("Mo 00:00-02:00", "2026-07-20T00:00"), monday);
    assert_eq!(next("Mo 00:00-02:00", "2026-07-20T01:59:59"), monday);
    assert_eq!(next("Mo 00:00-02:00", "2026-07-20T02:00"), opening("2026-07-27T00:00", Some("2026-07-27T02:00")));
    // Days that touch are one opening; the start is looked for back to the midnight before last.
    assert_eq!(next("24/7", "2026-07-20T09:00"), opening("2026-07-19T00:00", None));
    assert_eq!(next("Mo-Su 00:00-24:00", "2026-07-20T09:00"), opening("2026-07-19T00:00", None));
    assert_eq!(next("Mo-We 00:00-24:00", "2026-07-21T09:00"), opening("2026-07-20T00:00", Some("2026-07-23T00:00")));
    assert_eq!(
        next("Mo 10:00-12:00,12:00-14:00", "2026-07-20T11:00"),
        opening("2026-07-20T10:00", Some("2026-07-20T14:00"))
    );
    assert_eq!(
        next("2026 Aug 03 10:00-12:00", "2026-07-20T10:00"),
        opening("2026-08-03T10:00", Some("2026-08-03T12:00"))
    );
    assert_eq!(next("2026 Aug 03 10:00-12:00", "2026-07-20T09:59"), None);
}

#[test]
fn openings_are_whole_and_within_the_days_asked_for() {
    let none = Holidays::default();
    let text = "Fr,Sa 22:00-02:00";
    assert_eq!(shown(text, "2026-07-25T12:00", 1, &none), ["Fri 24 22:00-Sat 25 02:00", "Sat 25 22:00-Sun 26 02:00"]);
    assert_eq!(shown(text, "2026-07-25T12:00", 0, &none), [""; 0]);
    assert_eq!(shown("Mo-Fr 09:00-17:00", "2026-07-20T12:00", 99, &none).len(), 10);
    assert_eq!(shown("24/7", "2026-07-20T12:00", 1, &none), ["Sun 19 00:00-…"]);
}

#[test]
fn what_would_take_long_is_refused() {
    for (part, most) in [("easter", 19), ("Jan 1-2", 19), ("Mo[-1]", 58), ("2026-9999/7", 40)] {
        let text = |count: usize| format!("{} 10:00-12:00", vec![part; count].join(","));
        assert!(OpeningHours::parse(&text(most)).is_ok(), "{part}");
        assert!(OpeningHours::parse(&text(most + 1)).is_err(), "{part}");
    }
}

#[test]
fn notes_are_not_times() {
    assert!(open("Mo 10:00-12:00 \"ring first\"", "2026-07-20T10:00"));
    for text in ["Mo-Fr 09:00-17:00; Sa \"by appointment\"", "Mo-Fr 09:00-17:00 || \"by appointment\""] {
        assert!(open(text, "2026-07-20T10:00"), "{text}");
        assert!(!open(text, "2026-07-25T10:00"), "{text}");
        assert!(!open(text, "2026-07-20T20:00"), "{text}");
    }
}

#[test]
fn overlap_is_counted_over_seven_days() {
    let overlap = |ours: &str, wanted: &str, from: &str| {
        hours(ours).overlap_minutes(&hours(wanted), at(from), &bank_holidays(England))
    };
    assert_eq!(overlap("Mo-Fr 09:00-17:00", "Mo,Sa 08:00-10:00", "2026-07-22T15:00"), 60);
    assert_eq!(overlap("Fr 22:00-02:00", "Sa 00:00-24:00", "2026-07-22T15:00"), 120);
    assert_eq!(overlap("24/7", "24/7", "2026-07-22T15:00"), 7 * 1440);
    assert_eq!(overlap("Mo 09:00-17:00; PH off", "Mo 09:00-17:00", "2026-08-31T15:00"), 0);
}

#[test]
fn hours_are_told_in_plain_english() {
    let texts = [
        "Mo-Fr 09:00-17:00; PH off",
        "Mo,We 10:00-12:30,14:00-16:00",
        "Tu,Th 18:00-20:00; Sa 10:00-12:00 \"ring first\"",
        "24/7",
        "Mo-Su 09:00-17:00",
        "09:00-17:00",
        "Mo[1] 14:00-16:00",
        "We[1,3] 14:00-16:00",
        "Fr[-1] 19:00-21:00",
        "week 1-53/2 Tu 14:00-16:00",
        "Apr-Sep Mo-Fr 09:00-18:00",
        "Apr-Sep 09:00-18:00",
        "2026 Mar 01-2026 Apr 05 Sa,Su 09:00+",
        "Fr 22:00-02:00",
        "Mo-Fr 09:00-17:00; Sa \"by appointment\"",
        "Mo-Fr 09:00-17:00, We 18:00-20:00",
        "Mo-Su 00:00-24:00; PH,Su off",
        "Mo-Fr 09:00-17:00; Dec 24-Jan 02 off",
        "Mo-Fr 09:00-17:00; SH off",
        "Mo 18:00-24:00",
        "Tu 10:00-12:00; Aug off",
        "easter -2 days 10:00-12:00",
        "Mo-Fr 09:00-17:00 || \"by appointment\"",
    ];
    let shown: Vec<String> = texts.iter().map(|text| format!("{text} | {}", hours(text).describe())).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    Mo-Fr 09:00-17:00; PH off | Monday to Friday 9am to 5pm; closed on bank holidays
    Mo,We 10:00-12:30,14:00-16:00 | Monday and Wednesday 10am to 12:30pm and 2pm to 4pm
    Tu,Th 18:00-20:00; Sa 10:00-12:00 "ring first" | Tuesday and Thursday 6pm to 8pm; Saturday 10am to noon (ring first)
    24/7 | Always open
    Mo-Su 09:00-17:00 | Every day 9am to 5pm
    09:00-17:00 | Every day 9am to 5pm
    Mo[1] 14:00-16:00 | First Monday of the month 2pm to 4pm
    We[1,3] 14:00-16:00 | First and third Wednesday of the month 2pm to 4pm
    Fr[-1] 19:00-21:00 | Last Friday of the month 7pm to 9pm
    week 1-53/2 Tu 14:00-16:00 | Tuesday 2pm to 4pm, in odd weeks of the year
    Apr-Sep Mo-Fr 09:00-18:00 | Monday to Friday 9am to 6pm, April to September
    Apr-Sep 09:00-18:00 | Every day 9am to 6pm, April to September
    2026 Mar 01-2026 Apr 05 Sa,Su 09:00+ | Saturday and Sunday from 9am, 1 March 2026 to 5 April 2026
    Fr 22:00-02:00 | Friday 10pm to 2am
    Mo-Fr 09:00-17:00; Sa "by appointment" | Monday to Friday 9am to 5pm; Saturday: by appointment
    Mo-Fr 09:00-17:00, We 18:00-20:00 | Monday to Friday 9am to 5pm; also Wednesday 6pm to 8pm
    Mo-Su 00:00-24:00; PH,Su off | Every day all day; closed on bank holidays and Sunday
    Mo-Fr 09:00-17:00; Dec 24-Jan 02 off | Monday to Friday 9am to 5pm; closed 24 December to 2 January
    Mo-Fr 09:00-17:00; SH off | Monday to Friday 9am to 5pm; closed on school holidays
    Mo 18:00-24:00 | Monday 6pm to midnight
    Tu 10:00-12:00; Aug off | Tuesday 10am to noon; closed in August
    easter -2 days 10:00-12:00 | easter -2 days 10:00-12:00
    Mo-Fr 09:00-17:00 || "by appointment" | Mo-Fr 09:00-17:00 || "by appointment"
    "#);
}

#[test]
fn hours_are_said_in_welsh() {
    let texts = [
        "Mo-Fr 09:00-17:00; PH off",
        "Mo,We 10:00-12:30,14:00-16:00",
        "24/7",
        "We[1,3] 14:00-16:00",
        "Fr[-1] 19:00-21:00",
        "Mo-Su 22:00-06:00",
        "Apr-Sep Mo-Fr 09:00-18:00",
        "Tu 10:00-12:00; Aug off",
        "Mo-Fr 09:00-17:00, We 18:00-20:00",
    ];
    let said = |text: &&str| format!("{text} | {}", hours(text).describe_in(crate::language::Language::Welsh));
    insta::assert_snapshot!(texts.iter().map(said).collect::<Vec<_>>().join("\n"), @r#"
    Mo-Fr 09:00-17:00; PH off | Dydd Llun i ddydd Gwener 9yb i 5yp; ar gau: gwyliau banc
    Mo,We 10:00-12:30,14:00-16:00 | Dydd Llun a dydd Mercher 10yb i 12:30yp a 2yp i 4yp
    24/7 | Ar agor bob amser
    We[1,3] 14:00-16:00 | Dydd Mercher, y cyntaf, y trydydd yn y mis, 2yp i 4yp
    Fr[-1] 19:00-21:00 | Dydd Gwener, yr olaf yn y mis, 7yh i 9yh
    Mo-Su 22:00-06:00 | Bob dydd 10yh i 6yb
    Apr-Sep Mo-Fr 09:00-18:00 | Dydd Llun i ddydd Gwener 9yb i 6yh, Ebrill – Medi
    Tu 10:00-12:00; Aug off | Dydd Mawrth 10yb i hanner dydd; ar gau: mis Awst
    Mo-Fr 09:00-17:00, We 18:00-20:00 | Dydd Llun i ddydd Gwener 9yb i 5yp; hefyd dydd Mercher 6yh i 8yh
    "#);
}

#[test]
fn hours_are_kept_as_text() {
    let json = "\"Mo-Fr 09:00-17:00\"";
    let read: Result<OpeningHours, _> = serde_json::from_str(json);
    assert_eq!(read.ok().and_then(|hours| serde_json::to_string(&hours).ok()).as_deref(), Some(json));
    assert!(serde_json::from_str::<OpeningHours>("\"Mo-Su off\"").is_err());
}
