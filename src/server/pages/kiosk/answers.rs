//! What a person has answered so far. It travels in the hidden fields of the page's form, from page to page, and is
//! nowhere else: no address, no cookie, no memory of the server.

use super::place::{self, HowFar, Keys, Start};
use super::time::Part;
use crate::matching::person::MOST_GOALS;
use crate::matching::profile::{AskedGoal, Profile};
use crate::model::{Code, Id};
use crate::search::ask::Near;
use crate::server::limits::QUERY_CHARACTERS;
use crate::server::site::Site;
use jiff::civil::DateTime;

/// Options on the first page of them: as many as can be held in mind.
pub const FIRST_OPTIONS: usize = 4;
/// Options in all; whoever has looked at so many wants other answers, not more.
pub const MOST_OPTIONS: usize = 24;
/// Services on one sheet: one side of paper, and a code that a phone can read.
pub const MOST_ON_SHEET: usize = 10;
/// Services that were waved away. More are forgotten, the first first.
const MOST_NOT_THESE: usize = 40;

/// How long a page may lie unused before its answers are let go, in seconds. Pages without scripts clear themselves
/// after 80 seconds; what comes later comes out of a browser's history, from somebody else.
const STALE_SECONDS: i64 = 120;

/// The answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Codes of the tiles that were touched.
    pub goals: Vec<String>,
    /// The person's own words.
    pub words: String,
    pub start: Start,
    /// The postcode or place that was typed.
    pub near: String,
    pub how_far: HowFar,
    /// When the person is free; nothing is any time.
    pub when: Vec<Part>,
    /// Services that were waved away.
    pub not_these: Vec<String>,
    /// Services on the sheet.
    pub sheet: Vec<String>,
    /// How many options are shown.
    pub shown: usize,
    /// True while one answer is changed: then the options come next again.
    pub changing: bool,
    /// True if a key for own words was just pressed.
    pub is_typing: bool,
    /// The second at which the page was made, of the server's clock.
    made_at: Option<i64>,
    /// True if a script sent it, which leaves no page in the history.
    live: bool,
}

impl Answers {
    /// Reads a form; what is not known or too much is left out, since nobody types these fields.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut answers = Self { shown: FIRST_OPTIONS, ..Self::default() };
        for (name, value) in pairs {
            match name.as_str() {
                "goal" => add(&mut answers.goals, value, Code::new(value).is_ok(), usize::MAX),
                "words" => answers.words = clean(value),
                "start" => answers.start = Start::from_code(value),
                "near" => answers.near = clean(value),
                "far" => answers.how_far = HowFar::from_code(value),
                "when" => {
                    let part = Part::from_code(value).filter(|part| !answers.when.contains(part));
                    answers.when.extend(part);
                }
                "not" => add(&mut answers.not_these, value, Id::new(value).is_ok(), usize::MAX),
                "sheet" => add(&mut answers.sheet, value, Id::new(value).is_ok(), MOST_ON_SHEET),
                "take" => add(&mut answers.sheet, value, Id::new(value).is_ok(), MOST_ON_SHEET),
                "shown" => answers.shown = value.parse().unwrap_or(FIRST_OPTIONS).clamp(FIRST_OPTIONS, MOST_OPTIONS),
                "changing" => answers.changing = true,
                "at" => answers.made_at = value.parse().ok(),
                "live" => answers.live = true,
                _ => {}
            }
        }
        for (name, value) in pairs {
            match name.as_str() {
                "drop" => answers.sheet.retain(|id| id != value),
                "words_key" => {
                    answers.words = Keys::Words.press(&answers.words, value);
                    answers.is_typing = true;
                }
                "meant" => answers.near = clean(value),
                "near_key" => answers.near = Keys::Place.press(&answers.near, value),
                "further" => answers.how_far = HowFar::Anywhere,
                "any_time" => answers.when.clear(),
                _ => {}
            }
        }
        let too_many = answers.not_these.len().saturating_sub(MOST_NOT_THESE);
        answers.not_these.drain(..too_many);
        answers
    }

    /// The answers as fields of a form, but for those that the page asks itself.
    pub fn fields(&self, asked: &[&str], now: DateTime) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        let mut put = |name: &'static str, value: String| {
            if !asked.contains(&name) && !value.is_empty() {
                fields.push((name, value));
            }
        };
        self.goals.iter().for_each(|goal| put("goal", goal.clone()));
        put("words", self.words.clone());
        put("start", self.start.code().to_string());
        put("near", self.near.clone());
        put("far", self.how_far.code().to_string());
        self.when.iter().for_each(|part| put("when", part.code().to_string()));
        self.not_these.iter().for_each(|id| put("not", id.clone()));
        self.sheet.iter().for_each(|id| put("sheet", id.clone()));
        put("shown", self.shown.to_string());
        if self.changing {
            put("changing", "1".to_string());
        }
        put("at", seconds(now).to_string());
        fields
    }

    /// Whether the page that was sent is an old one, out of a browser's history.
    pub fn is_stale(&self, now: DateTime) -> bool {
        !self.live && self.made_at.is_none_or(|made| !(0..=STALE_SECONDS).contains(&(seconds(now) - made)))
    }

    /// How many goals there are; own words are one.
    pub fn goals_in_all(&self) -> usize {
        self.goals.len() + usize::from(!self.words.is_empty())
    }

    pub fn has_too_many_goals(&self) -> bool {
        self.goals_in_all() > MOST_GOALS
    }

    /// What matching is asked.
    pub fn profile(&self, site: &Site) -> Profile {
        let of_code = |code: &String| AskedGoal { goal: Some(code.clone()), ..AskedGoal::default() };
        let mut goals: Vec<AskedGoal> = self.goals.iter().map(of_code).collect();
        if !self.words.is_empty() {
            goals.push(AskedGoal { words: Some(self.words.clone()), ..AskedGoal::default() });
        }
        let near = self.near(site);
        let (travel, within_km) = match self.how_far.travel() {
            Some((travel, minutes)) if near.is_some() => (Some(travel), Some(place::reach_km(travel, minutes))),
            _ => (None, None),
        };
        Profile {
            goals,
            near: near.map(Near::Text),
            within_km,
            travel: travel.map(|travel| travel.to_string()),
            when: Part::hours(&self.when),
            limit: Some(MOST_OPTIONS as i64 + MOST_NOT_THESE as i64 / 2),
            ..Profile::default()
        }
    }

    /// The place to start from, as the gazetteer is asked.
    pub fn near(&self, site: &Site) -> Option<String> {
        match self.start {
            Start::Here => site.here.as_ref().map(|here| here.near.clone()),
            Start::Typed if !self.near.is_empty() => Some(self.near.clone()),
            Start::Typed | Start::Nowhere => None,
        }
    }
}

/// The time of the server's clock as a number of seconds.
fn seconds(at: DateTime) -> i64 {
    at.to_zoned(jiff::tz::TimeZone::UTC).map_or(0, |zoned| zoned.timestamp().as_second())
}

fn add(list: &mut Vec<String>, value: &str, fits: bool, most: usize) {
    if fits && list.len() < most && !list.iter().any(|known| known == value) {
        list.push(value.to_string());
    }
}

/// A line of text as a person typed it, at most as long as a question may be.
fn clean(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(QUERY_CHARACTERS).collect();
    plain.trim_start().to_string()
}

#[cfg(test)]
mod tests {
    use super::{Answers, FIRST_OPTIONS, MOST_ON_SHEET, STALE_SECONDS};
    use crate::server::site::Site;
    use jiff::ToSpan;
    use jiff::civil::{DateTime, date};
    use proptest::prelude::*;

    fn now() -> DateTime {
        date(2026, 11, 24).at(10, 0, 0, 0)
    }

    fn read(pairs: &[(&str, &str)]) -> Answers {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Answers::read(&pairs)
    }

    #[test]
    fn answers_come_back_as_they_went_out() {
        let answers = read(&[
            ("goal", "belonging"),
            ("goal", "get_fit"),
            ("words", "see my kids"),
            ("start", "typed"),
            ("near", "M1 4BT"),
            ("far", "bus-30"),
            ("when", "evening"),
            ("not", "some-service"),
            ("sheet", "other-service"),
            ("shown", "8"),
            ("changing", "1"),
        ]);
        let fields = answers.fields(&[], now());
        let again: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let again = read(&again);
        assert_eq!(Answers { made_at: None, ..again.clone() }, answers);
        assert!(!again.is_stale(now()));
    }

    #[test]
    fn a_page_out_of_the_history_is_stale() {
        let answers = read(&[("at", &super::seconds(now()).to_string())]);
        let later = |seconds: i64| answers.is_stale(now().checked_add(seconds.seconds()).unwrap());
        assert!(!later(STALE_SECONDS) && later(STALE_SECONDS + 1) && later(-1));
        assert!(read(&[]).is_stale(now()), "a form without a time is nobody's");
        let live = Answers { live: true, ..answers };
        assert!(!live.is_stale(now().checked_add(1.hours()).unwrap()), "a script sends what was touched just now");
    }

    #[test]
    fn what_no_page_sends_is_left_out() {
        let answers =
            read(&[("goal", "no code!"), ("sheet", "../etc"), ("when", "x"), ("shown", "-3"), ("other", "x")]);
        assert_eq!(answers, Answers { shown: FIRST_OPTIONS, ..Answers::default() });
    }

    proptest! {
        /// Whatever is sent, what goes on is bounded.
        #[test]
        fn answers_are_bounded(pairs in proptest::collection::vec(("[a-z_]{2,9}", ".{0,300}"), 0..200)) {
            let names = ["goal", "words", "near", "meant", "not", "sheet", "take", "when", "words_key", "shown"];
            let named = pairs.into_iter().enumerate().map(|(at, (_, value))| (names[at % names.len()].to_string(), value));
            let answers = Answers::read(&named.collect::<Vec<_>>());
            prop_assert!(answers.words.chars().count() <= 200 && answers.near.chars().count() <= 200);
            prop_assert!(answers.sheet.len() <= MOST_ON_SHEET && answers.not_these.len() <= 40 && answers.when.len() <= 4);
            let profile = answers.profile(&Site::default());
            prop_assert!(profile.limit.unwrap() <= 50);
        }
    }
}
