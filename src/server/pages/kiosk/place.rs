//! Where a person starts from and how far they can go, and the keys on the screen with which a place is typed.

use crate::matching::travel::Travel;
use crate::server::limits::QUERY_CHARACTERS;

/// Where the way begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// At a postcode or place that is typed.
    #[default]
    Typed,
    /// Where the kiosk stands.
    Here,
    /// The person would rather not say.
    Nowhere,
}

impl Start {
    pub fn from_code(code: &str) -> Self {
        match code {
            "here" => Start::Here,
            "nowhere" => Start::Nowhere,
            _ => Start::Typed,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Start::Typed => "typed",
            Start::Here => "here",
            Start::Nowhere => "nowhere",
        }
    }
}

/// How far a person can go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HowFar {
    Walk15,
    Walk30,
    /// Most people in a town have a bus.
    #[default]
    Bus30,
    Bus60,
    Anywhere,
}

impl HowFar {
    /// In the order in which they are asked: each with its code and the key of what is said.
    pub const ALL: [(HowFar, &'static str, &'static str); 5] = [
        (HowFar::Walk15, "walk-15", "kiosk.far_walk_15"),
        (HowFar::Walk30, "walk-30", "kiosk.far_walk_30"),
        (HowFar::Bus30, "bus-30", "kiosk.far_bus_30"),
        (HowFar::Bus60, "bus-60", "kiosk.far_bus_60"),
        (HowFar::Anywhere, "any", "kiosk.far_any"),
    ];

    pub fn from_code(code: &str) -> Self {
        Self::ALL.iter().find(|(_, known, _)| *known == code).map_or_else(Self::default, |(far, ..)| *far)
    }

    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(far, ..)| *far == self).map_or("", |(_, code, _)| code)
    }

    /// The key of what is said.
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(far, ..)| *far == self).map_or("", |(.., key)| key)
    }

    /// How, and for how many minutes.
    pub fn travel(self) -> Option<(Travel, f64)> {
        match self {
            HowFar::Walk15 => Some((Travel::Walk, 15.0)),
            HowFar::Walk30 => Some((Travel::Walk, 30.0)),
            HowFar::Bus30 => Some((Travel::Bus, 30.0)),
            HowFar::Bus60 => Some((Travel::Bus, 60.0)),
            HowFar::Anywhere => None,
        }
    }
}

/// How many km one comes in so many minutes: minutes grow evenly with the distance, after the wait.
pub fn reach_km(travel: Travel, minutes: f64) -> f64 {
    let wait = travel.minutes(0.0);
    let for_one_km = travel.minutes(1.0) - wait;
    ((minutes - wait) / for_one_km).max(0.1)
}

/// The keys on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Letters and digits, for postcodes and names of places.
    Place,
    /// Letters, for own words.
    Words,
}

/// The key that takes the last letter away.
pub const BACK: &str = "back";
/// The key that takes all away.
pub const CLEAR: &str = "clear";

impl Keys {
    /// The letters of the keys, in the order of the alphabet: whoever does not type finds them there.
    pub fn letters(self) -> impl Iterator<Item = char> {
        let digits = if self == Keys::Place { "1234567890" } else { "" };
        digits.chars().chain('A'..='Z')
    }

    /// The text after a key was pressed.
    pub fn press(self, text: &str, key: &str) -> String {
        let mut text = text.to_string();
        match key {
            BACK => _ = text.pop(),
            CLEAR => text.clear(),
            "space" if !text.is_empty() && !text.ends_with(' ') => text.push(' '),
            _ => {
                let mut letters = key.chars();
                let (letter, rest) = (letters.next(), letters.next());
                let letter =
                    letter.filter(|letter| rest.is_none() && (letter.is_ascii_alphanumeric() || *letter == '\''));
                text.extend(letter.map(|letter| match self {
                    Keys::Place => letter.to_ascii_uppercase(),
                    Keys::Words => letter.to_ascii_lowercase(),
                }));
            }
        }
        if text.chars().count() > QUERY_CHARACTERS { text.chars().take(QUERY_CHARACTERS).collect() } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::{HowFar, Keys, reach_km};

    #[test]
    fn a_place_is_typed_key_by_key() {
        let typed = ["m", "1", "space", "space", "4", "B", "B", "back", "T", "<", "no"];
        assert_eq!(typed.iter().fold(String::new(), |text, key| Keys::Place.press(&text, key)), "M1 4BT");
        assert_eq!(Keys::Words.press("see m", "Y"), "see my");
        assert_eq!(Keys::Place.letters().count(), 36);
        assert_eq!(Keys::Words.letters().count(), 26);
    }

    #[test]
    fn the_reach_is_where_the_minutes_end() {
        for (far, ..) in HowFar::ALL {
            if let Some((travel, minutes)) = far.travel() {
                assert!((travel.minutes(reach_km(travel, minutes)) - minutes).abs() < 1e-6);
            }
            assert_eq!(HowFar::from_code(far.code()), far);
        }
    }
}
