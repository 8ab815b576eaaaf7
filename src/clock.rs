//! The time of day: read here and nowhere else, and handed to the core as a value.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The zone in which opening hours are meant.
const ZONE: &str = "Europe/London";

/// Local time in the United Kingdom, to the second.
pub fn london_now() -> DateTime {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let now = Timestamp::now().to_zoned(zone).datetime();
    now.with().subsec_nanosecond(0).build().unwrap_or(now)
}

/// The moment, to the second.
pub fn utc_now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
