//! Times as people write them: `9`, `9.30am`, `17:00`, `0900`, `12 noon`. Which half of the day a bare `6` is in depends
//! on the time it is paired with.

const HOUR: u16 = 60;
const HALF_DAY: u16 = 12 * HOUR;
const DAY: u16 = 24 * HOUR;

/// Longer than this is a slip of the pen rather than a session.
const LONGEST: u16 = 16 * HOUR;

/// A bare `9-5` begins in the morning if it begins at or after this; `5-3` is anybody's guess.
const EARLIEST_MORNING: u16 = 8 * HOUR;

/// A bare `2` after this is in the night.
const EVENING: u16 = 18 * HOUR;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Unsaid,
    /// After midnight, said by "am".
    Morning,
    /// After noon, said by "pm".
    Afternoon,
    /// The 24-hour clock, which needs no half: `17`, "noon".
    Whole,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// Since midnight, as written: the `6` of `6pm` is 360.
    pub(super) minutes: u16,
    pub(super) half: Half,
    /// Written with two digits and minutes, like a 24-hour clock: `10:00`, `0900`.
    exact: bool,
}

impl Clock {
    pub(super) const NOON: Self = Self { minutes: HALF_DAY, half: Half::Whole, exact: true };
    pub(super) const MIDNIGHT: Self = Self { minutes: 0, half: Half::Whole, exact: true };

    /// `9`, `9.30`, `9:30`, `09:00`, `0930`, `17`, `24:00`.
    pub(super) fn parse(number: &str) -> Option<Self> {
        let (hours, minutes) = match number.split_once([':', '.']) {
            Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
            Some(_) => return None,
            // 1900 to 2099 may be a year.
            None if number.len() == 4 && !number.starts_with("19") && !number.starts_with("20") => number.split_at(2),
            None => (number, "00"),
        };
        let (hour, minute): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
        if hours.len() > 2 || hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
            return None;
        }
        let half = if hour > 12 { Half::Whole } else { Half::Unsaid };
        let exact = hours.len() == 2 && number.len() > 2 && !number.contains('.') || hours.starts_with('0');
        Some(Self { minutes: hour * HOUR + minute, half, exact })
    }

    /// The time with "am", "pm" or "hrs" after it. None for "14pm".
    pub(super) fn in_half(self, word: &str) -> Option<Self> {
        let half = match word {
            "am" | "a" => Half::Morning,
            "pm" | "p" => Half::Afternoon,
            _ => Half::Whole,
        };
        let possible = half == Half::Whole || (HOUR..HALF_DAY + HOUR).contains(&self.minutes);
        possible.then_some(Self { half, ..self })
    }

    /// Minutes since midnight once the half is known: 12am is midnight, 12pm is noon.
    fn at(self, half: Half) -> u16 {
        match half {
            Half::Morning => self.minutes % HALF_DAY,
            Half::Afternoon => self.minutes % HALF_DAY + HALF_DAY,
            Half::Whole | Half::Unsaid => self.minutes,
        }
    }
}

/// `18:00-20:00`, if it is clear which is meant.
pub(super) fn span(from: Clock, to: Clock) -> Option<String> {
    use Half::{Afternoon, Morning, Unsaid, Whole};
    // On a clock face: 12 is 0.
    let (from_face, to_face) = (from.minutes % HALF_DAY, to.minutes % HALF_DAY);
    let (start, end) = match (from.half, to.half) {
        // "10:00-12:00"
        (Unsaid, Unsaid) if from.exact && to.exact && from.minutes < to.minutes => (from.minutes, to.minutes),
        (Unsaid, Unsaid) if from.exact && from == to => return None,
        // "9-5", "12-4"
        (Unsaid, Unsaid) if from.minutes >= to.minutes && from.minutes >= EARLIEST_MORNING => {
            (from.minutes, to.at(Afternoon))
        }
        // "6-8pm", "12-2pm", "10-2pm", "9-12pm"
        (Unsaid, Afternoon) if from_face < to_face => (from.at(Afternoon), to.at(Afternoon)),
        (Unsaid, Afternoon) => (from.at(Morning), to.at(Afternoon)),
        (Unsaid, Morning) if from_face < to_face => (from.at(Morning), to.at(Morning)),
        // "9am-5", "9am-12", "2pm-4"
        (Morning, Unsaid) if to.minutes == HALF_DAY || to_face <= from_face => {
            (from.minutes % HALF_DAY, to.at(Afternoon))
        }
        (Afternoon, Unsaid) if from_face < to_face => (from.at(Afternoon), to.at(Afternoon)),
        // "9-17", "9:00-17:00", "10-noon"
        (Unsaid, Whole) if from.minutes < to.minutes => (from.minutes, to.minutes),
        // "noon-2", "22:00-02:00", "22:00-2"
        (Whole, Unsaid) if from.minutes == HALF_DAY => (from.minutes, to.at(Afternoon)),
        (Whole, Unsaid) if to.exact || from.minutes >= EVENING => (from.minutes, to.minutes),
        (Morning | Afternoon | Whole, Morning | Afternoon | Whole) => (from.at(from.half), to.at(to.half)),
        _ => return None,
    };
    let end = if end == 0 { DAY } else { end };
    let length = (end + DAY).checked_sub(start)? % DAY;
    if (length == 0 && (start, end) != (0, DAY)) || length > LONGEST || start >= DAY {
        return None;
    }
    Some(format!("{:02}:{:02}-{:02}:{:02}", start / HOUR, start % HOUR, end / HOUR, end % HOUR))
}
