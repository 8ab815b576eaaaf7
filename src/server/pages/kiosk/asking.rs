//! The pages that ask: what matters to you, where and how far, when.

use super::around::Around;
use super::place::{HowFar, Keys, Start};
use super::step::Step;
use super::time::Part;
use super::{Visit, render};
use crate::gazetteer::NotFound;
use crate::language::Texts;
use crate::model::{Code, Coded, Good};
use crate::server::error::Problem;
use askama::Template;
use axum::response::Response;

/// Goals without an icon of their own, and those whose icon is not drawn.
const PLAIN_ICON: &str = "spark";

/// Places that may be meant, at most.
const MOST_MEANT: usize = 4;

/// The icons that `templates/kiosk/icons.html` draws.
pub(super) const ICONS: [&str; 44] = [
    "house",
    "apple",
    "dumbbell",
    "shield",
    "heart",
    "leaf",
    "book",
    "pencil",
    "laptop",
    "speech",
    "balloon",
    "ball",
    "spark",
    "briefcase",
    "hammer",
    "shop",
    "coins",
    "card",
    "key",
    "megaphone",
    "bus",
    "letter",
    "wave",
    "cloud",
    "cup",
    "plaster",
    "candle",
    "hands",
    "pram",
    "friends",
    "linked_hearts",
    "family",
    "circle",
    "gift",
    "rainbow",
    "star",
    "sunrise",
    "torch",
    "tree",
    "plate",
    "mirror",
    "note",
    "brush",
    "quill",
];

#[derive(Template)]
#[template(path = "kiosk/finished.html")]
pub(super) struct Finished {
    pub around: Around,
}

#[derive(Template)]
#[template(path = "kiosk/goals.html")]
struct GoalsPage {
    around: Around,
    groups: Vec<Group>,
    words: String,
    letters: Vec<char>,
    /// Whether the keys for own words are open.
    keys_open: bool,
    wrong: Option<&'static str>,
    changing: bool,
}

/// The goals of one of the eleven goods.
struct Group {
    name: &'static str,
    tiles: Vec<Tile>,
}

struct Tile {
    code: String,
    /// "A safe place to live": the legend says "I want".
    label: String,
    /// Whether the label is in the language of the directory and not of the page.
    is_foreign: bool,
    icon: String,
    is_chosen: bool,
}

/// One of several answers.
struct Choice {
    code: &'static str,
    label: &'static str,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "kiosk/place.html")]
struct PlacePage {
    around: Around,
    /// What people call the place where the kiosk stands.
    here: Option<String>,
    near: String,
    how_far: Vec<Choice>,
    letters: Vec<char>,
    wrong: Option<&'static str>,
    /// Places that may be meant, each to be taken by a touch.
    meant: Vec<String>,
    changing: bool,
}

/// What is wrong with a place.
struct WrongPlace {
    text: &'static str,
    meant: Vec<String>,
}

#[derive(Template)]
#[template(path = "kiosk/time.html")]
struct TimePage {
    around: Around,
    parts: Vec<Choice>,
    changing: bool,
}

impl Visit<'_> {
    pub(super) fn goals_page(&self, wrong: Option<&'static str>) -> Response {
        let t = self.language.texts();
        let goals = &self.snapshot.vocabulary().goals;
        let groups = Good::ALL.iter().map(|good| Group {
            name: good_name(*good, t),
            tiles: goals.iter().filter(|goal| goal.good == *good).map(|goal| self.tile(goal)).collect(),
        });
        render(&GoalsPage {
            around: self.around(Step::Goals),
            groups: groups.filter(|group| !group.tiles.is_empty()).collect(),
            words: self.answers.words.clone(),
            letters: Keys::Words.letters().collect(),
            keys_open: self.answers.is_typing,
            wrong,
            changing: self.answers.changing,
        })
    }

    fn tile(&self, goal: &crate::model::Goal) -> Tile {
        let t = self.language.texts();
        let code = goal.code.to_string();
        let (label, is_foreign) = goal_name(&goal.code, &goal.name, t);
        let icon = goal.icon.as_deref().filter(|icon| ICONS.contains(icon)).unwrap_or(PLAIN_ICON);
        Tile {
            label: without_wish(&label, t),
            is_foreign,
            icon: icon.to_string(),
            is_chosen: self.answers.goals.contains(&code),
            code,
        }
    }

    /// Why the page of goals must come again, if it must.
    pub(super) fn wrong_goals(&self) -> Option<&'static str> {
        let t = self.language.texts();
        if self.answers.goals_in_all() == 0 {
            return Some(t.text("kiosk.wrong_no_goal"));
        }
        self.answers.has_too_many_goals().then(|| t.text("kiosk.wrong_too_many_goals"))
    }

    /// Where and how far, once there is a goal.
    pub(super) fn place_page(&self) -> Result<Response, Problem> {
        if let Some(wrong) = self.wrong_goals() {
            return Ok(self.goals_page(Some(wrong)));
        }
        Ok(self.ask_place(None))
    }

    fn ask_place(&self, wrong: Option<WrongPlace>) -> Response {
        let t = self.language.texts();
        let how_far = HowFar::ALL.map(|(far, code, key)| Choice {
            code,
            label: t.text(key),
            is_chosen: far == self.answers.how_far,
        });
        render(&PlacePage {
            around: self.around(Step::Place),
            here: self.state.site.here.as_ref().map(|here| here.name.clone()),
            near: self.answers.near.clone(),
            how_far: how_far.into(),
            letters: Keys::Place.letters().collect(),
            meant: wrong.as_ref().map(|wrong| wrong.meant.clone()).unwrap_or_default(),
            wrong: wrong.map(|wrong| wrong.text),
            changing: self.answers.changing,
        })
    }

    /// What is wrong with the place, if anything is.
    fn wrong_place(&self) -> Option<WrongPlace> {
        if self.answers.start != Start::Typed {
            return None;
        }
        let t = self.language.texts();
        let gazetteer = self.circumstances.gazetteer;
        let (key, meant) = match gazetteer.find(&self.answers.near) {
            Ok(_) => return None,
            Err(NotFound::Empty) => ("kiosk.wrong_no_place", Vec::new()),
            Err(NotFound::SeveralPlaces { choices, .. }) => ("kiosk.wrong_place_several", choices),
            Err(NotFound::UnknownPostcode { nearest: Some(nearest), .. }) => {
                ("kiosk.wrong_place_nearly", vec![nearest.name])
            }
            Err(NotFound::NotAPostcodeOrPlace { did_you_mean, .. }) if !did_you_mean.is_empty() => {
                ("kiosk.wrong_place_nearly", did_you_mean)
            }
            Err(_) => {
                let begun = gazetteer.suggest(&self.answers.near, MOST_MEANT).into_iter().map(|place| place.name);
                let begun: Vec<String> = begun.collect();
                (if begun.is_empty() { "kiosk.wrong_place" } else { "kiosk.wrong_place_nearly" }, begun)
            }
        };
        Some(WrongPlace { text: t.text(key), meant: meant.into_iter().take(MOST_MEANT).collect() })
    }

    /// The page that must come first, because an answer is missing or wrong.
    pub(super) fn page_to_mend(&self) -> Option<Response> {
        if let Some(wrong) = self.wrong_goals() {
            return Some(self.goals_page(Some(wrong)));
        }
        self.wrong_place().map(|wrong| self.ask_place(Some(wrong)))
    }

    /// When, once there is a place or none is wanted.
    pub(super) fn time_page(&self) -> Result<Response, Problem> {
        if let Some(page) = self.page_to_mend() {
            return Ok(page);
        }
        let t = self.language.texts();
        let parts = Part::ALL.map(|(part, code, _, key)| Choice {
            code,
            label: t.text(key),
            is_chosen: self.answers.when.contains(&part),
        });
        let around = self.around(Step::Time);
        Ok(render(&TimePage { around, parts: parts.into(), changing: self.answers.changing }))
    }
}

/// The name of a goal, and whether it is in the language of the directory and not of the page.
pub(super) fn goal_name(code: &Code, name: &str, t: &Texts) -> (String, bool) {
    match t.vocabulary("goals", code.as_str()) {
        Some(translated) => (translated.to_string(), false),
        None => (name.to_string(), t.language() != crate::language::Language::English),
    }
}

/// "I want to make new friends" without "I want to".
fn without_wish(name: &str, t: &Texts) -> String {
    let english = crate::language::Language::English.texts();
    let wishes = [
        t.text("kiosk.i_want_to"),
        t.text("kiosk.i_want"),
        english.text("kiosk.i_want_to"),
        english.text("kiosk.i_want"),
    ];
    let rest = wishes.into_iter().find_map(|wish| name.strip_prefix(wish)?.strip_prefix(' ')).unwrap_or(name);
    let mut letters = rest.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

fn good_name(good: Good, t: &'static Texts) -> &'static str {
    t.text(match good {
        Good::Life => "goods.life",
        Good::Knowledge => "goods.knowledge",
        Good::Play => "goods.play",
        Good::Work => "goods.work",
        Good::Agency => "goods.agency",
        Good::InnerPeace => "goods.inner_peace",
        Good::Relatedness => "goods.relatedness",
        Good::Community => "goods.community",
        Good::Spirituality => "goods.spirituality",
        Good::Pleasure => "goods.pleasure",
        Good::Creativity => "goods.creativity",
    })
}

#[cfg(test)]
mod tests {
    use super::{ICONS, without_wish};
    use crate::language::Language;

    #[test]
    fn a_tile_says_the_thing_and_not_the_wanting() {
        let english = Language::English.texts();
        assert_eq!(without_wish("I want to get fit and strong", english), "Get fit and strong");
        assert_eq!(without_wish("I want a safe place to live", english), "A safe place to live");
        assert_eq!(without_wish("I wanted it", english), "I wanted it");
        let welsh = Language::Welsh.texts();
        assert_eq!(without_wish("Rwyf eisiau cael swydd", welsh), "Cael swydd");
    }

    #[test]
    fn every_icon_is_drawn() {
        let drawn = include_str!("../../../../templates/kiosk/icons.html");
        for icon in ICONS {
            assert!(drawn.contains(&format!("id=\"i-{icon}\"")), "{icon}");
        }
    }
}
