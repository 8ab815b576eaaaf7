//! The list and the map: a question in, services out, twenty at a time.

use super::asked::{Asked, PER_PAGE};
use super::card::{Card, filter_key, hit_of};
use super::filters::{Chip, Choice, FilterGroup, Filters, Removed};
use super::{Sent, Wrong, in_words};
use crate::atlas::{Size, Wanted};
use crate::gazetteer::Gazetteer;
use crate::index::Snapshot;
use crate::search::answer::{Answer, CrisisHelp, Hit};
use crate::search::ask::FIELDS;
use crate::search::opens::Openings;
use crate::search::question::{Question, Where};
use crate::search::{Circumstances, NoAnswer, search};
use crate::server::api::{self, Answered};
use crate::server::error::Problem;
use crate::server::form::Fields;
use crate::server::log::ResultCount;
use crate::server::pages::frame::{Frame, Section};
use crate::server::pages::map::{self, MapView};
use crate::server::pages::render;
use crate::server::pages::told::Told;
use crate::server::state::AppState;
use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use std::fmt::Display;
use std::sync::Arc;
use tokio::time::Instant;

/// How far one may look, km: a mile, two, three, five, ten and twenty, as people think of them.
pub const DISTANCES: [(&str, &str); 6] =
    [("1.6", "1"), ("3.2", "2"), ("4.8", "3"), ("8", "5"), ("16", "10"), ("32", "20")];

/// The orders that one may choose.
pub const SORTS: [&str; 4] = ["best", "distance", "opens", "name"];

/// The map beside the list.
const MAP: Size = Size { width: 600, height: 620 };

#[derive(Template)]
#[template(path = "navigator.html")]
struct Page<'a> {
    frame: Frame,
    asked: &'a Asked,
    wrong: Vec<Wrong>,
    crisis: Vec<CrisisHelp>,
    /// "23 services", what the heading over the list says.
    heading: String,
    /// How the words were taken, where that is not as they were typed.
    understood: Vec<String>,
    chips: Vec<Chip>,
    removed: Vec<Removed>,
    switches: Vec<(&'static str, Choice)>,
    groups: Vec<FilterGroup>,
    cards: Vec<Card>,
    map: Option<MapView>,
    before: Option<i64>,
    after: Option<i64>,
    page_of: String,
    shortlist: Vec<Card>,
    list_link: String,
}

/// The page before anything was asked.
pub(super) async fn first(State(state): State<Arc<AppState>>, uri: Uri) -> Answered {
    let deadline = Instant::now() + state.limits.deadline;
    let frame = Frame::new(&state, &uri, Section::Navigator).with_form();
    let tiles = state.site.map_tiles.clone();
    api::work(&state, deadline, move |snapshot, circumstances| {
        answer(Fields::default(), frame, snapshot, circumstances, tiles.as_deref())
    })
    .await
}

/// The answer to a question.
pub(super) async fn page(state: State<Arc<AppState>>, uri: Uri, headers: HeaderMap, body: Body) -> Answered {
    let tiles = state.site.map_tiles.clone();
    let sent = Sent::new(state, uri, headers, body);
    sent.answer(move |fields, frame, snapshot, circumstances| {
        answer(fields, frame, snapshot, circumstances, tiles.as_deref())
    })
    .await
}

fn answer(
    fields: Fields,
    frame: Frame,
    snapshot: &Snapshot,
    circumstances: &Circumstances<'_>,
    tiles: Option<&str>,
) -> Answered {
    let asked = Asked::of(fields);
    let told = Told { t: frame.t, snapshot, now: circumstances.now };
    let found = match asked.ask() {
        Ok(ask) => match search(snapshot, &ask, circumstances) {
            Ok(answer) => Ok((ask, answer)),
            Err(NoAnswer::Mistakes(mistakes)) => Err(mistakes),
            Err(other) => return Err(Problem::from(other)),
        },
        Err(mistakes) => Err(mistakes),
    };
    let place = place_of(&asked, snapshot, circumstances);
    let shortlist = shortlist(told, &asked, place.as_ref(), circumstances);
    let mut page = Page {
        wrong: Vec::new(),
        crisis: Vec::new(),
        heading: String::new(),
        understood: Vec::new(),
        chips: Vec::new(),
        removed: Vec::new(),
        switches: Vec::new(),
        groups: Vec::new(),
        cards: Vec::new(),
        map: None,
        before: None,
        after: None,
        page_of: String::new(),
        shortlist,
        list_link: frame.link(&format!("/list?ids={}", asked.ids())),
        asked: &asked,
        frame,
    };
    let mut total = 0;
    match found {
        Err(mistakes) => {
            let name = |field: &str| told.t.text(filter_key(field)).to_string();
            page.wrong = in_words(&mistakes, told.t, name);
            page.heading = told.t.text("navigator.nothing_asked").to_string();
        }
        Ok((ask, answer)) => {
            total = answer.total;
            let filters = Filters { told, asked: &asked, ask: &ask, answer: &answer, circumstances };
            page.chips = filters.chips();
            page.removed = filters.removed();
            page.switches = filters.switches()?;
            page.groups = filters.groups()?;
            page.heading = heading(told, &answer, place.as_ref());
            page.understood = understood(told, &answer);
            let from = usize::try_from((asked.page - 1).max(0) * PER_PAGE).unwrap_or(0);
            let card =
                |(at, hit): (usize, &Hit)| Card::new(told, hit, from + at + 1, asked.keeps(hit.service.id.as_str()));
            page.cards = answer.results.iter().enumerate().map(card).collect();
            page.map = Some(map_of(told, &answer, place.as_ref(), from, circumstances.gazetteer, tiles));
            let pages = (answer.total as i64 + PER_PAGE - 1) / PER_PAGE;
            page.before = (asked.page > 1).then(|| asked.page - 1);
            page.after = (asked.page < pages).then(|| asked.page + 1);
            if pages > 1 {
                page.page_of = told.t.say("navigator.page_of", &[("page", &asked.page), ("pages", &pages)]);
            }
            page.crisis = answer.crisis;
        }
    }
    let mut response = render(&page);
    response.extensions_mut().insert(ResultCount(total));
    Ok(response)
}

/// The place that was asked for, if it is one.
pub(super) fn place_of(asked: &Asked, snapshot: &Snapshot, circumstances: &Circumstances<'_>) -> Option<Where> {
    let ask = asked.ask().ok()?;
    Question::new(&ask, snapshot, circumstances.gazetteer, circumstances.now).ok()?.place
}

/// The services that are kept, in the order in which they were.
pub(super) fn shortlist(
    told: Told<'_>,
    asked: &Asked,
    place: Option<&Where>,
    circumstances: &Circumstances<'_>,
) -> Vec<Card> {
    let mut openings = Openings::new(told.snapshot, circumstances.now);
    let mut cards = Vec::new();
    for kept in &asked.kept {
        if let Some(hit) = hit_of(told.snapshot, kept.id.as_str(), place, &mut openings) {
            let number = cards.len() + 1;
            cards.push(Card { keep: kept.written(), ..Card::new(told, &hit, number, true) });
        }
    }
    cards
}

/// "23 services near M1 4BT within 3 miles".
fn heading(told: Told<'_>, answer: &Answer, place: Option<&Where>) -> String {
    let found = told.t.count("navigator.found", answer.total as u64, &[]);
    let Some(place) = place else { return found };
    let name = match &place.understood.within {
        Some(within) => format!("{}, {within}", place.understood.name),
        None => place.understood.name.clone(),
    };
    let within = place.within_km.map(|km| {
        let choice = DISTANCES.into_iter().find(|(known, _)| known.parse() == Ok(km));
        let miles = choice.and_then(|(_, miles)| miles.parse().ok());
        miles.map_or_else(|| told.distance(km), |miles| told.t.count("told.miles", miles, &[]))
    });
    match within {
        Some(distance) => {
            let values: [(&str, &dyn Display); 3] = [("found", &found), ("distance", &distance), ("place", &name)];
            told.t.say("navigator.found_within", &values)
        }
        None => told.t.say("navigator.found_near", &[("found", &found), ("place", &name)]),
    }
}

/// Spelling that was put right, words that stand for others, words that nobody has.
fn understood(told: Told<'_>, answer: &Answer) -> Vec<String> {
    let mut lines = Vec::new();
    for words in &answer.understood.words {
        if !words.corrected_to.is_empty() {
            let corrected = words.corrected_to.join(", ");
            let values: [(&str, &dyn Display); 2] = [("typed", &words.typed), ("words", &corrected)];
            lines.push(told.t.say("navigator.corrected", &values));
        }
        if !words.means.is_empty() {
            let means = words.means.join(", ");
            lines.push(told.t.say("navigator.means", &[("typed", &words.typed), ("words", &means)]));
        }
        if words.unknown {
            lines.push(told.t.say("navigator.unknown", &[("typed", &words.typed)]));
        }
    }
    if answer.understood.place.as_ref().is_some_and(|place| place.terminated) {
        lines.push(told.t.text("navigator.terminated").to_string());
    }
    lines
}

fn map_of(
    told: Told<'_>,
    answer: &Answer,
    place: Option<&Where>,
    from: usize,
    gazetteer: &Gazetteer,
    tiles: Option<&str>,
) -> MapView {
    let pins = answer.results.iter().enumerate();
    let wanted = Wanted {
        pins: pins.filter_map(|(at, hit)| map::pin(from + at + 1, hit.location.as_ref())).collect(),
        here: place.map(|place| place.point),
        within_km: place.and_then(|place| place.within_km),
        areas: map::areas(told.snapshot),
        shades: Vec::new(),
    };
    // Names by their numbers: those of the pages before stay empty.
    let before = std::iter::repeat_n(String::new(), from);
    let names = before.chain(answer.results.iter().map(|hit| hit.service.name.clone())).collect();
    MapView::new(&wanted, names, true, gazetteer, MAP, tiles)
}

impl Page<'_> {
    /// The distances that one may choose, with what they are called.
    fn distances(&self) -> Vec<(&'static str, String)> {
        let t = self.frame.t;
        DISTANCES.into_iter().map(|(km, miles)| (km, t.count("told.miles", miles.parse().unwrap_or(0), &[]))).collect()
    }

    /// The orders that one may choose, with what they are called.
    fn sorts(&self) -> Vec<(&'static str, &'static str)> {
        let t = self.frame.t;
        SORTS.into_iter().map(|sort| (sort, t.text(sort_key(sort)))).collect()
    }

    /// The fields that this page shows itself.
    fn own_fields(&self) -> &'static [&'static str] {
        &FIELDS
    }

    fn says(&self, field: &str, value: &str) -> bool {
        self.asked.fields.value(field) == value
    }

    fn value(&self, field: &str) -> &str {
        self.asked.fields.value(field)
    }

    fn shortlist_heading(&self) -> String {
        self.frame.t.count("navigator.shortlist", self.shortlist.len() as u64, &[])
    }
}

fn sort_key(sort: &str) -> &'static str {
    match sort {
        "distance" => "navigator.sort.distance",
        "opens" => "navigator.sort.opens",
        "name" => "navigator.sort.name",
        _ => "navigator.sort.best",
    }
}
