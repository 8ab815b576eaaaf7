//! A question that was checked: every field in range, every code known, the place found.

use super::answer::UnderstoodPlace;
use super::ask::{Ask, Degrees, Near};
use super::limits::{MAX_KM, MAX_LIST, MAX_PER_PAGE, MAX_QUERY_CHARS, MAX_ROWS_DEEP, MIN_KM, PER_PAGE};
use super::mistake::{Mistake, MistakeKind};
use crate::dataset::columns::ACCESSIBILITY;
use crate::dataset::is_invisible;
use crate::gazetteer::{Gazetteer, Precision};
use crate::index::Snapshot;
use crate::index::facts::Bits;
use crate::model::{Coded, Delivery, LedBy, Point, Referral};
use jiff::civil::DateTime;

/// In which order results come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Best,
    Distance,
    Name,
    Opens,
}

/// A place that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Where {
    pub point: Point,
    pub within_km: Option<f64>,
    /// Numbers of the areas that hold the point.
    pub areas: Vec<u16>,
    pub understood: UnderstoodPlace,
}

/// A checked question. Sets are numbers into the vocabulary's lists; an empty set asks nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    pub text: String,
    /// Whether the words are meant as they were typed.
    pub exact: bool,
    pub place: Option<Where>,
    /// Categories that fit, children included.
    pub categories: Option<Vec<u16>>,
    /// Categories that serve one of the goals.
    pub goal_categories: Option<Vec<u16>>,
    pub audiences: Vec<u16>,
    pub age: Option<u8>,
    pub languages: Vec<Language>,
    pub access: Vec<Access>,
    pub delivery: Bits,
    pub referral: Bits,
    pub led_by: Bits,
    pub free: bool,
    pub convictions: bool,
    pub open_at: Option<DateTime>,
    pub sort: Sort,
    pub page: usize,
    pub per_page: usize,
}

/// The number of a language among those in use; `None` for one that no service states.
pub type Language = Option<u16>;
/// The number of an accessibility code among those in use; `None` for one that no location states.
pub type Access = Option<u16>;

impl Question {
    /// Checks what was asked against the directory and the map.
    ///
    /// # Errors
    /// Everything that is wrong, each with its field and cure.
    pub fn new(ask: &Ask, snapshot: &Snapshot, gazetteer: &Gazetteer, now: DateTime) -> Result<Question, Vec<Mistake>> {
        let mut checks = Checks { snapshot, mistakes: Vec::new() };
        let question = Question {
            text: checks.text("q", ask.q.as_deref()),
            exact: ask.exact.unwrap_or(false),
            place: checks.place(ask.near.as_ref(), ask.within_km, gazetteer),
            categories: checks.categories(&ask.category),
            goal_categories: checks.goals(&ask.goal),
            audiences: checks.audiences("audience", &ask.audience),
            age: checks.age("age", ask.age),
            languages: checks.languages("language", &ask.language),
            access: checks.access("access", &ask.access),
            delivery: checks.values::<Delivery>("delivery", &ask.delivery),
            referral: checks.values::<Referral>("referral", &ask.referral),
            led_by: checks.values::<LedBy>("led_by", &ask.led_by),
            free: ask.free.unwrap_or(false),
            convictions: ask.convictions.unwrap_or(false),
            open_at: checks.open_at(ask, now),
            sort: checks.sort(ask.sort.as_deref(), ask.near.is_some()),
            page: 0,
            per_page: 0,
        };
        let (page, per_page) = checks.page(ask.page, ask.per_page);
        let question = Question { page, per_page, ..question };
        if checks.mistakes.is_empty() { Ok(question) } else { Err(checks.mistakes) }
    }
}

/// Checks of single fields, which collect what is wrong. Matching uses them too.
pub struct Checks<'a> {
    pub snapshot: &'a Snapshot,
    pub mistakes: Vec<Mistake>,
}

impl Checks<'_> {
    pub fn wrong(&mut self, field: &str, kind: MistakeKind, message: impl Into<String>, help: impl Into<String>) {
        // A question with hundreds of faults needs no more than the first few to be mended.
        if self.mistakes.len() < MAX_LIST {
            self.mistakes.push(Mistake::new(field, kind, message).with_help(help));
        }
    }

    /// Words of a person: at most 200 characters, control characters read as spaces.
    pub fn text(&mut self, field: &str, text: Option<&str>) -> String {
        self.text_of(field, text, MAX_QUERY_CHARS)
    }

    /// Words of a person, of at most so many characters.
    pub fn text_of(&mut self, field: &str, text: Option<&str>, most: usize) -> String {
        let text = text.unwrap_or_default();
        if text.chars().take(most + 1).count() > most {
            let message = format!("is longer than {most} characters");
            self.wrong(field, MistakeKind::TooLong, message, "use the few words that matter most");
            return String::new();
        }
        if text.chars().any(is_unprintable) {
            let message = "holds characters that cannot be seen, such as NUL or a change of writing direction";
            self.wrong(field, MistakeKind::Malformed, message, "type the words again instead of pasting them");
            return String::new();
        }
        text.trim().to_string()
    }

    pub fn place(&mut self, near: Option<&Near>, within_km: Option<f64>, gazetteer: &Gazetteer) -> Option<Where> {
        if let Some(km) = within_km.filter(|km| !(MIN_KM..=MAX_KM).contains(km)) {
            let message = if km.is_finite() { "is out of range" } else { "is not a number of km" };
            let help = format!("give a number of km from {MIN_KM} to {MAX_KM}");
            self.wrong("within_km", MistakeKind::OutOfRange, message, help);
        }
        let Some(near) = near else {
            if within_km.is_some() {
                let help = "say where with `near`: a postcode or a place";
                self.wrong("within_km", MistakeKind::Missing, "needs `near`", help);
            }
            return None;
        };
        let (point, understood) = self.position(near, gazetteer)?;
        Some(Where { point, within_km, areas: self.snapshot.areas().holding(point), understood })
    }

    fn position(&mut self, near: &Near, gazetteer: &Gazetteer) -> Option<(Point, UnderstoodPlace)> {
        match near {
            Near::Point(degrees) => self.point(*degrees),
            Near::Text(text) if text.chars().any(is_unprintable) => {
                let help = "type the postcode or place again instead of pasting it";
                self.wrong("near", MistakeKind::Malformed, "holds characters that cannot be seen", help);
                None
            }
            Near::Text(text) if degrees_in(text).is_some() => degrees_in(text).and_then(|degrees| self.point(degrees)),
            Near::Text(text) => match gazetteer.find(text) {
                Ok(place) => {
                    let point = Point::new(place.latitude, place.longitude)?;
                    let precision = match place.precision {
                        Precision::Postcode => "postcode",
                        Precision::Sector => "sector",
                        Precision::Outcode => "outcode",
                        Precision::Place => "place",
                    };
                    let understood = UnderstoodPlace {
                        name: place.name,
                        precision,
                        latitude: place.latitude,
                        longitude: place.longitude,
                        within: place.within,
                        terminated: place.terminated,
                    };
                    Some((point, understood))
                }
                Err(not_found) => {
                    let help = "give a postcode such as `M1 4BT`, the first half of one, or the name of a town";
                    self.wrong("near", MistakeKind::UnknownPlace, not_found.to_string(), help);
                    None
                }
            },
        }
    }

    fn point(&mut self, degrees: Degrees) -> Option<(Point, UnderstoodPlace)> {
        let Some(point) = Point::new(degrees.latitude, degrees.longitude) else {
            let help = "latitude is from -90 to 90 and longitude from -180 to 180";
            self.wrong("near", MistakeKind::OutOfRange, "is not a place on the earth", help);
            return None;
        };
        let understood = UnderstoodPlace {
            name: format!("{:.4}, {:.4}", point.latitude(), point.longitude()),
            precision: "point",
            latitude: point.latitude(),
            longitude: point.longitude(),
            within: None,
            terminated: false,
        };
        Some((point, understood))
    }

    fn categories(&mut self, codes: &[String]) -> Option<Vec<u16>> {
        let lexicon = self.snapshot.lexicon();
        let names: Vec<&str> = self.snapshot.vocabulary().categories.iter().map(|row| row.code.as_str()).collect();
        let found = self.codes("category", codes, |code| lexicon.category(code), &names);
        let mut all: Vec<u16> = found.iter().flat_map(|&category| lexicon.family(category)).copied().collect();
        all.sort_unstable();
        all.dedup();
        (!codes.is_empty()).then_some(all)
    }

    fn goals(&mut self, codes: &[String]) -> Option<Vec<u16>> {
        let lexicon = self.snapshot.lexicon();
        let names: Vec<&str> = self.snapshot.vocabulary().goals.iter().map(|row| row.code.as_str()).collect();
        let found = self.codes("goal", codes, |code| lexicon.goal(code), &names);
        let serving = found.iter().flat_map(|&goal| lexicon.categories_of_goal(goal));
        let mut all: Vec<u16> = serving.flat_map(|(category, _)| lexicon.family(*category)).copied().collect();
        all.sort_unstable();
        all.dedup();
        (!codes.is_empty()).then_some(all)
    }

    pub fn audiences(&mut self, field: &str, codes: &[String]) -> Vec<u16> {
        let lexicon = self.snapshot.lexicon();
        let names: Vec<&str> = self.snapshot.vocabulary().audiences.iter().map(|row| row.code.as_str()).collect();
        self.codes(field, codes, |code| lexicon.audience(code), &names)
    }

    pub fn languages(&mut self, field: &str, codes: &[String]) -> Vec<Language> {
        let in_use = &self.snapshot.facts().languages;
        let mut languages = Vec::new();
        for code in codes.iter().take(MAX_LIST) {
            let code = code.trim();
            if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_lowercase()) {
                let help = "write the two small letters of ISO 639-1: `pl` for Polish, `ur` for Urdu";
                self.wrong(field, MistakeKind::UnknownCode, "holds a code that is no language", help);
                continue;
            }
            languages.push(in_use.iter().position(|other| other == code).map(|at| at as u16));
        }
        languages
    }

    pub fn access(&mut self, field: &str, codes: &[String]) -> Vec<Access> {
        let in_use = &self.snapshot.facts().access_codes;
        let names: Vec<&str> = ACCESSIBILITY.iter().copied().chain(in_use.iter().map(String::as_str)).collect();
        let number = |code: &str| in_use.iter().position(|other| other == code).map(|at| at as u16);
        self.codes(field, codes, |code| names.contains(&code).then(|| number(code)), &names)
    }

    /// Values of one closed list.
    pub fn values<T: Coded>(&mut self, field: &str, codes: &[String]) -> Bits {
        let names: Vec<&str> = T::ALL.iter().map(|value| value.code()).collect();
        Bits::of(&self.codes(field, codes, T::from_code, &names))
    }

    fn codes<T>(&mut self, field: &str, codes: &[String], find: impl Fn(&str) -> Option<T>, known: &[&str]) -> Vec<T> {
        if codes.len() > MAX_LIST {
            self.wrong(field, MistakeKind::TooMany, "has too many values", format!("give at most {MAX_LIST}"));
            return Vec::new();
        }
        let mut found = Vec::new();
        for code in codes {
            match find(code.trim()) {
                Some(value) => found.push(value),
                None => {
                    let help = nearest_code(code, known);
                    self.wrong(field, MistakeKind::UnknownCode, "holds a code that does not exist", help);
                }
            }
        }
        found
    }

    pub fn age(&mut self, field: &str, age: Option<i64>) -> Option<u8> {
        let checked = age.and_then(|age| u8::try_from(age).ok()).filter(|age| *age <= 120);
        if age.is_some() && checked.is_none() {
            self.wrong(field, MistakeKind::OutOfRange, "is out of range", "give whole years from 0 to 120");
        }
        checked
    }

    fn open_at(&mut self, ask: &Ask, now: DateTime) -> Option<DateTime> {
        let Some(text) = &ask.open_at else {
            return ask.open_now.unwrap_or(false).then_some(now);
        };
        if ask.open_now == Some(true) {
            let help = "leave one of them out";
            self.wrong("open_at", MistakeKind::Malformed, "and `open_now` ask for different times", help);
            return None;
        }
        let at: Option<DateTime> = text.trim().parse().ok();
        // Years far away only cost time: a directory knows nothing of them.
        let at = at.filter(|at| (2000..=2100).contains(&at.year()));
        if at.is_none() {
            let help = "write a local date and time such as `2026-11-27T18:30`";
            self.wrong("open_at", MistakeKind::Malformed, "is not a date and time", help);
        }
        at
    }

    fn sort(&mut self, sort: Option<&str>, has_place: bool) -> Sort {
        match sort.map(str::trim) {
            None | Some("best") => Sort::Best,
            Some("name") => Sort::Name,
            Some("opens") => Sort::Opens,
            Some("distance") if has_place => Sort::Distance,
            Some("distance") => {
                let help = "say where with `near`: a postcode or a place";
                self.wrong("sort", MistakeKind::Missing, "by distance needs `near`", help);
                Sort::Distance
            }
            Some(_) => {
                let help = "choose `best`, `distance`, `name` or `opens`";
                self.wrong("sort", MistakeKind::NotAChoice, "is not a way to sort", help);
                Sort::Best
            }
        }
    }

    fn page(&mut self, page: Option<i64>, per_page: Option<i64>) -> (usize, usize) {
        let per_page = per_page.unwrap_or(PER_PAGE as i64);
        if !(1..=MAX_PER_PAGE as i64).contains(&per_page) {
            let help = format!("give a whole number from 1 to {MAX_PER_PAGE}");
            self.wrong("per_page", MistakeKind::OutOfRange, "is out of range", help);
            return (1, PER_PAGE);
        }
        let page = page.unwrap_or(1);
        if page < 1 || page.saturating_mul(per_page) > MAX_ROWS_DEEP as i64 {
            let deepest = MAX_ROWS_DEEP as i64 / per_page;
            let help = format!("give a whole number from 1 to {deepest}");
            self.wrong("page", MistakeKind::OutOfRange, "is out of range", help);
            return (1, PER_PAGE);
        }
        (page as usize, per_page as usize)
    }
}

/// `53.4794,-2.2346`: a point as text, for whoever has only a query string.
fn degrees_in(text: &str) -> Option<Degrees> {
    let (latitude, longitude) = text.split_once(',')?;
    let number = |text: &str| text.trim().parse::<f64>().ok();
    Some(Degrees { latitude: number(latitude)?, longitude: number(longitude)? })
}

fn nearest_code(code: &str, known: &[&str]) -> String {
    let wanted: String = code.trim().to_lowercase().chars().take(64).collect();
    let nearest = known.iter().min_by_key(|name| strsim::osa_distance(name, &wanted));
    match nearest {
        Some(name) if strsim::osa_distance(name, &wanted) <= 1 + wanted.len() / 4 => format!("did you mean `{name}`?"),
        _ if known.len() <= 24 => format!("the codes are {}", known.join(", ")),
        _ => "see the list of codes in the API".to_string(),
    }
}

/// Characters that nobody types into a search: control characters but for white space, and those that turn the
/// direction of writing.
fn is_unprintable(character: char) -> bool {
    let marks = matches!(character, '\u{200e}' | '\u{200f}');
    marks || (is_invisible(character) && !matches!(character, '\t' | '\n' | '\r'))
}
