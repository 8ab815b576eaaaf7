//! What never happens, whatever people write as hours.

use super::*;
use proptest::prelude::*;

/// Texts from which others are made by changing, joining and cutting.
const SEEDS: [&str; 20] = [
    "Mo-Fr 09:00-17:00; PH off",
    "Fr 22:00-02:00; Sa 10:00-12:00; Su off",
    "We[1,-1] 14:00-16:00",
    "week 2-53/3 Tu 14:00-16:00, Th 09:00-10:00",
    "2024-2030/2 Mar 01-Apr 05 Sa,Su 09:00+",
    "easter -2 days-easter +1 day 10:00-12:00",
    "Feb 29-Mar 01 10:00-34:00",
    "Dec 24-Jan 02 off",
    "24/7; PH -1 day 10:00-12:00",
    "Mo-Fr 09:00-17:00 || \"by appointment\"",
    "Sa unknown \"é\"",
    "Mar Mo[1]+Sa-2027 Oct Su[-1] 10:00-48:00",
    "Nov-Feb Mo 23:59-23:58",
    "SH,PH,Su 10:00-12:00",
    "Jan 31-30 00:00-00:01",
    "Mon-Fri 9am-5pm",
    "1st & 3rd Weds of the month 6-8pm",
    "weekends 10-4. Closed bank holidays",
    "daily 9.30am – 12 noon",
    "Mo 09:00-10:00,11:00-12:00,13:00-13:01,13:01-14:00",
];

/// A seed, or a few joined, with some letters replaced, removed or doubled.
fn likely_text() -> impl Strategy<Value = String> {
    let joints = prop::sample::select(vec!["; ", ", ", " || ", " ", ""]);
    let parts = prop::collection::vec((prop::sample::select(SEEDS.to_vec()), joints), 1..4);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), 0..4u8, "[0-9:;,\\-\" a-zA-Z\\[\\]+/]"), 0..4);
    (parts, changes).prop_map(|(parts, changes)| {
        let mut letters: Vec<char> = parts.iter().flat_map(|(part, joint)| part.chars().chain(joint.chars())).collect();
        for (index, change, new) in changes {
            let at = index.index(letters.len());
            match change {
                0 => letters.splice(at..=at, new.chars()).for_each(drop),
                1 if letters.len() > 1 => drop(letters.remove(at)),
                2 => letters.insert(at, letters[at]),
                _ => letters.splice(at..at, new.chars()).for_each(drop),
            }
        }
        letters.into_iter().collect()
    })
}

fn moments() -> impl Strategy<Value = DateTime> {
    let near = (0..2000i64, 0..1440i64)
        .prop_map(|(day, minute)| datetime(2024, 1, 1, 0, 0, 0, 0).saturating_add(day.days().minutes(minute)));
    prop_oneof![
        8 => near,
        1 => Just(DateTime::MIN),
        1 => Just(DateTime::MAX),
        1 => Just(datetime(1899, 12, 31, 23, 59, 59, 0)),
        1 => Just(datetime(9999, 12, 20, 12, 0, 0, 0)),
    ]
}

/// Evaluates hours in every way and checks that the answers agree.
fn check(hours: &OpeningHours, from: DateTime) -> Result<(), TestCaseError> {
    let holidays = bank_holidays(England);
    let _ = hours.describe();
    let openings = hours.openings(from, HORIZON_DAYS, &holidays);
    for pair in openings.windows(2) {
        prop_assert!(pair[0].ends.is_some_and(|ends| ends < pair[1].starts), "{pair:?}");
    }
    for opening in &openings {
        prop_assert!(opening.ends.is_none_or(|ends| opening.starts < ends), "{opening:?}");
    }
    let within = |opening: &Opening, at| opening.starts <= at && opening.ends.is_none_or(|ends| at < ends);
    let midnight = from.date().to_datetime(jiff::civil::Time::midnight());
    for minute in (0..HORIZON_DAYS * 1440).step_by(97) {
        let Ok(at) = midnight.checked_add(minute.minutes()) else { break };
        let listed = openings.iter().any(|opening| within(opening, at));
        // Not at the end of time, where openings that would close beyond it are left out.
        if at.year() < 9999 {
            prop_assert_eq!(hours.is_open(at, &holidays), listed, "{} at {}", hours.as_str(), at);
        }
    }
    let next = hours.next_opening(from, &holidays);
    if let Some(next) = next {
        prop_assert!(next.ends.is_none_or(|ends| ends > from));
        prop_assert!(
            openings.contains(&next) || next.starts > openings.last().map_or(DateTime::MIN, |last| last.starts)
        );
    }
    if hours.is_open(from, &holidays) && from.year() < 9999 {
        prop_assert!(next.is_some_and(|next| within(&next, from)));
    }
    let week = OpeningHours::parse("24/7").map_err(|invalid| TestCaseError::fail(invalid.reason))?;
    let overlap = hours.overlap_minutes(&week, from, &holidays);
    prop_assert!(overlap <= 7 * 1440);
    prop_assert_eq!(overlap, week.overlap_minutes(hours, from, &holidays));
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        let _ = OpeningHours::parse(&text).map_err(|invalid| invalid.suggestion.map(|cure| hours(&cure)));
    }

    #[test]
    fn likely_texts_are_refused_or_evaluated(text in likely_text(), from in moments()) {
        match OpeningHours::parse(&text) {
            Ok(hours) => check(&hours, from)?,
            Err(InvalidHours { suggestion: Some(cure), .. }) => check(&hours(&cure), from)?,
            Err(_) => {}
        }
    }

    #[test]
    fn keeping_nights_takes_no_hours_away(text in likely_text(), from in moments()) {
        // Notes apart, which the crate alone takes for hours.
        let (Ok(hours), Some(alone)) = (OpeningHours::parse(&text), Rules::parse(&text)) else { return Ok(()) };
        prop_assume!(!text.contains('"'));
        let covers = |ours: &[calendar::Minutes], open: &calendar::Minutes| {
            ours.iter().any(|our| our.start <= open.start && open.end <= our.end)
        };
        for day in 0..HORIZON_DAYS {
            let ours = hours.0.rules.open_on(from.date(), day);
            prop_assert!(alone.open_on(from.date(), day).iter().all(|open| covers(&ours, open)), "{text}");
        }
    }

    #[test]
    fn seeds_agree_with_themselves(text in prop::sample::select(SEEDS.to_vec()), from in moments()) {
        if let Ok(hours) = OpeningHours::parse(text) {
            check(&hours, from)?;
        }
    }
}
