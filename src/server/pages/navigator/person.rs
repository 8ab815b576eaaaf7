//! For one person: what matters to them in, options with reasons out, and what is nearly one, is missing, or would come of
//! loosening a wish. The profile lives in the form and in the answer, and is gone with them.

use super::asked::{Asked, written};
use super::card::Card;
use super::results::{DISTANCES, shortlist};
use super::{Sent, Wrong, in_words};
use crate::dataset::columns::ACCESSIBILITY;
use crate::index::Snapshot;
use crate::language::Language;
use crate::matching::answer::{FundOffer, NearMiss, Options, Reason, Relaxation, ServiceOption};
use crate::matching::profile::{About, AskedGoal, Prefer, Profile, Spend};
use crate::matching::{Manner, match_profile};
use crate::model::{Coded, Delivery, FundKind, LedBy, Setting};
use crate::search::answer::{CrisisHelp, Hit};
use crate::search::ask::Near;
use crate::search::mistake::{Mistake, MistakeKind};
use crate::search::{Circumstances, NoAnswer};
use crate::server::api::{self, Answered};
use crate::server::error::Problem;
use crate::server::form::Fields;
use crate::server::log::ResultCount;
use crate::server::pages::frame::{Frame, Section};
use crate::server::pages::render;
use crate::server::pages::told::Told;
use crate::server::state::AppState;
use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use std::sync::Arc;
use tokio::time::Instant;

/// Goals of one profile.
const MOST_GOALS: usize = 5;

/// The times that one may choose, as opening hours; their names are in the languages' files.
const TIMES: [(&str, &str); 5] = [
    ("Mo-Fr 09:00-17:00", "navigator.times.days"),
    ("Mo-Fr 18:00-22:00", "navigator.times.evenings"),
    ("Sa-Su 09:00-18:00", "navigator.times.weekends"),
    ("Mo-Su 06:00-12:00", "navigator.times.mornings"),
    ("Mo-Su 12:00-18:00", "navigator.times.afternoons"),
];

/// The fields of this page.
const OWN_FIELDS: [&str; 24] = [
    "goal1",
    "goal2",
    "goal3",
    "goal4",
    "goal5",
    "importance1",
    "importance2",
    "importance3",
    "importance4",
    "importance5",
    "near",
    "within_km",
    "travel",
    "when",
    "age",
    "audience",
    "language",
    "access",
    "convictions",
    "led_by",
    "setting",
    "delivery",
    "most",
    "fund",
];

/// How one may travel.
const TRAVEL: [&str; 4] = ["walk", "cycle", "bus", "car"];

#[derive(Template)]
#[template(path = "navigator_person.html")]
struct Page<'a> {
    frame: Frame,
    asked: &'a Asked,
    told: Told<'a>,
    wrong: Vec<Wrong>,
    crisis: Vec<CrisisHelp>,
    /// None before anybody has asked.
    options: Option<Vec<OptionView>>,
    heading: String,
    almost: Vec<AlmostView>,
    gaps: Vec<GapView>,
    relax: Vec<Relaxation>,
    shortlist: Vec<Card>,
    list_link: String,
}

/// An option with its reasons.
struct OptionView {
    card: Card,
    supports: String,
    because: Vec<Reason>,
    check_first: Vec<Reason>,
    funds: Vec<FundOffer>,
    travel: Option<String>,
}

/// A service with one thing in the way.
struct AlmostView {
    id: String,
    name: String,
    organisation: String,
    text: String,
    help: String,
    keep: String,
    kept: bool,
}

/// A goal that nothing serves.
struct GapView {
    goal: String,
    nearest: Option<AlmostView>,
    funds: Vec<FundOffer>,
}

/// A choice of a list on the form.
struct Tick {
    code: String,
    name: String,
    chosen: bool,
}

pub(super) async fn first(State(state): State<Arc<AppState>>, uri: Uri) -> Answered {
    let deadline = Instant::now() + state.limits.deadline;
    let frame = Frame::new(&state, &uri, Section::Navigator).with_form();
    let manner = state.manner.clone();
    api::work(&state, deadline, move |snapshot, circumstances| {
        answer(Fields::default(), frame, snapshot, &manner, circumstances)
    })
    .await
}

pub(super) async fn page(state: State<Arc<AppState>>, uri: Uri, headers: HeaderMap, body: Body) -> Answered {
    let manner = state.manner.clone();
    let sent = Sent::new(state, uri, headers, body);
    sent.answer(move |fields, frame, snapshot, circumstances| answer(fields, frame, snapshot, &manner, circumstances))
        .await
}

fn answer(
    fields: Fields,
    frame: Frame,
    snapshot: &Snapshot,
    manner: &Manner,
    circumstances: &Circumstances<'_>,
) -> Answered {
    let asked = Asked::of(fields);
    let told = Told { t: frame.t, snapshot, now: circumstances.now };
    let mut page = Page {
        asked: &asked,
        told,
        wrong: Vec::new(),
        crisis: Vec::new(),
        options: None,
        heading: String::new(),
        almost: Vec::new(),
        gaps: Vec::new(),
        relax: Vec::new(),
        shortlist: shortlist(told, &asked, None, circumstances),
        list_link: frame.link(&format!("/list?ids={}", asked.ids())),
        frame,
    };
    let mut count = 0;
    if asked.fields.has("match") {
        let manner = Manner { language: told.t.language(), ..manner.clone() };
        let found = match profile(told, &asked.fields) {
            Ok(profile) => match_profile(snapshot, &profile, &manner, circumstances),
            Err(mistakes) => Err(NoAnswer::Mistakes(mistakes)),
        };
        match found {
            Ok(options) => {
                count = options.options.len();
                fill(&mut page, told, options);
            }
            Err(NoAnswer::Mistakes(mistakes)) => {
                page.wrong = in_words(&mistakes, told.t, |field| told.t.text(field_key(field)).to_string());
            }
            Err(other) => return Err(Problem::from(other)),
        }
    }
    let mut response = render(&page);
    response.extensions_mut().insert(ResultCount(count));
    Ok(response)
}

fn fill(page: &mut Page<'_>, told: Told<'_>, found: Options) {
    page.heading = told.t.count("navigator.options", found.options.len() as u64, &[]);
    let goals: Vec<String> = asked_goals(&page.asked.fields).map(|(goal, _)| goal_text(told, goal)).collect();
    let view = |(at, option): (usize, ServiceOption)| option_view(told, page.asked, &goals, at + 1, option);
    page.options = Some(found.options.into_iter().enumerate().map(view).collect());
    page.almost = found.almost.into_iter().map(|miss| almost_view(page.asked, miss)).collect();
    let gap = |gap: crate::matching::answer::Gap| GapView {
        goal: goals.get(gap.goal).cloned().unwrap_or_default(),
        nearest: gap.nearest.map(|miss| almost_view(page.asked, miss)),
        funds: gap.funds,
    };
    page.gaps = found.gaps.into_iter().map(gap).collect();
    page.relax = found.relax;
    page.crisis = found.crisis;
}

fn option_view(told: Told<'_>, asked: &Asked, goals: &[String], number: usize, option: ServiceOption) -> OptionView {
    let id = option.service.id.to_string();
    let why = option.supports.first().and_then(|support| goals.get(support.goal)).cloned().unwrap_or_default();
    let supports = option.supports.iter().filter_map(|support| goals.get(support.goal)).cloned();
    let supports = supports.collect::<Vec<_>>().join("; ");
    let hit = Hit {
        service: option.service,
        session: option.session,
        location: option.location,
        distance_km: option.distance_km,
        covers_place: false,
        score: option.score,
        highlights: Vec::new(),
        opens: option.opens,
        not_stated: Vec::new(),
        other_places: 0,
    };
    let card = Card { keep: written(&id, &why), ..Card::new(told, &hit, number, asked.keeps(&id)) };
    OptionView {
        card,
        supports,
        because: option.because,
        check_first: option.check_first,
        funds: option.funds,
        travel: option.travel_minutes.map(|minutes| told.t.count("told.minutes", u64::from(minutes), &[])),
    }
}

fn almost_view(asked: &Asked, miss: NearMiss) -> AlmostView {
    let id = miss.service.id.to_string();
    AlmostView {
        kept: asked.keeps(&id),
        keep: id.clone(),
        id,
        name: miss.service.name,
        organisation: miss.service.organisation.name,
        text: miss.text,
        help: miss.help,
    }
}

/// The goals that were filled in, each with how much it matters.
fn asked_goals(fields: &Fields) -> impl Iterator<Item = (&str, i64)> {
    (1..=MOST_GOALS).filter_map(|number| {
        let goal = fields.value(&format!("goal{number}"));
        let importance = fields.value(&format!("importance{number}")).parse().unwrap_or(2);
        (!goal.is_empty()).then_some((goal, importance))
    })
}

/// The profile that a form states. A goal that is written as the directory's own is that goal; else it is own words.
fn profile(told: Told<'_>, fields: &Fields) -> Result<Profile, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let list = |name: &str| fields.all(name).map(str::to_string).collect::<Vec<_>>();
    let text = |name: &str| Some(fields.value(name).to_string()).filter(|value| !value.is_empty());
    let goals = asked_goals(fields).map(|(goal, importance)| {
        let code = goal_code(told, goal);
        let words = code.is_none().then(|| goal.to_string());
        AskedGoal { goal: code, words, importance: Some(importance) }
    });
    let mut number = |name: &'static str, field: &'static str| -> Option<f64> {
        let value = fields.value(name).trim_start_matches('£').to_string();
        let read = value.parse().ok().filter(|number: &f64| number.is_finite());
        if read.is_none() && !value.is_empty() {
            mistakes.push(Mistake::new(field, MistakeKind::NotANumber, "is not a number"));
        }
        read
    };
    let near = text("near").map(Near::Text);
    let profile = Profile {
        goals: goals.collect(),
        within_km: number("within_km", "within_km").filter(|_| near.is_some()),
        near,
        travel: text("travel"),
        when: text("when"),
        about: About {
            age: number("age", "about.age").map(|age| age as i64),
            audiences: list("audience"),
            languages: list("language"),
            access: list("access"),
            convictions: fields.says("convictions", "true").then_some(true),
        },
        prefer: Prefer { led_by: list("led_by"), setting: list("setting"), delivery: list("delivery") },
        spend: Spend { most: number("most", "spend.most"), fund: text("fund") },
        limit: None,
    };
    if mistakes.is_empty() { Ok(profile) } else { Err(mistakes) }
}

/// The goal of that name, in any language or as the directory has it: a form may have been filled in in another one.
pub(super) fn goal_code(told: Told<'_>, text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let mut goals = told.snapshot.vocabulary().goals.iter();
    let is_it = |goal: &&crate::model::Goal| {
        let translated = |language: Language| language.texts().vocabulary("goals", goal.code.as_str());
        let names = Language::OFFERED.into_iter().filter_map(translated).chain([goal.name.as_str()]);
        names.into_iter().any(|name| name.to_lowercase() == text)
    };
    goals.find(is_it).map(|goal| goal.code.to_string())
}

/// What was written for a goal: the name of one in the page's language, own words as they are.
pub(super) fn goal_text(told: Told<'_>, text: &str) -> String {
    goal_code(told, text).map_or_else(|| text.to_string(), |code| told.name("goals", &code))
}

/// The key of the name of a profile's field.
fn field_key(field: &str) -> &'static str {
    match field.split(['[', '.']).next().unwrap_or_default() {
        "goals" => "navigator.goals",
        "near" => "navigator.near",
        "within_km" => "navigator.filter.within_km",
        "when" => "navigator.when",
        "travel" => "navigator.travel",
        "spend" => "navigator.most",
        "about" if field == "about.age" => "navigator.filter.age",
        _ => "navigator.filter.this",
    }
}

impl Page<'_> {
    /// The fields that this page shows itself.
    fn own_fields(&self) -> &'static [&'static str] {
        &OWN_FIELDS
    }

    fn says(&self, field: &str, value: &str) -> bool {
        self.asked.fields.value(field) == value
    }

    fn value(&self, field: &str) -> &str {
        self.asked.fields.value(field)
    }

    /// The five lines for goals: number, what was written, how much it matters.
    fn goal_lines(&self) -> Vec<(usize, String, &str)> {
        (1..=MOST_GOALS)
            .map(|number| {
                let importance = self.value(&format!("importance{number}"));
                let importance = if importance.is_empty() { "2" } else { importance };
                (number, goal_text(self.told, self.value(&format!("goal{number}"))), importance)
            })
            .collect()
    }

    /// Every goal of the directory by its name, to complete what is being typed with.
    fn goal_names(&self) -> Vec<String> {
        let goals = self.told.snapshot.vocabulary().goals.iter();
        goals.map(|goal| self.told.name("goals", goal.code.as_str())).collect()
    }

    fn distances(&self) -> Vec<(&'static str, String)> {
        let t = self.frame.t;
        DISTANCES.into_iter().map(|(km, miles)| (km, t.count("told.miles", miles.parse().unwrap_or(0), &[]))).collect()
    }

    fn times(&self) -> Vec<(&'static str, &'static str)> {
        TIMES.into_iter().map(|(hours, key)| (hours, self.frame.t.text(key))).collect()
    }

    fn ways(&self) -> Vec<(&'static str, String)> {
        TRAVEL.into_iter().map(|way| (way, self.told.word("travel", way))).collect()
    }

    fn fund_kinds(&self) -> Vec<(&'static str, String)> {
        FundKind::ALL.iter().map(|kind| (kind.code(), self.told.word("fund", kind.code()))).collect()
    }

    fn audiences(&self) -> Vec<Tick> {
        let rows = self.told.snapshot.vocabulary().audiences.iter();
        rows.map(|row| self.tick("audience", row.code.as_str(), self.told.name("audiences", row.code.as_str())))
            .collect()
    }

    fn languages(&self) -> Vec<Tick> {
        let codes = self.told.snapshot.facts().languages.iter();
        let mut ticks: Vec<Tick> = codes.map(|code| self.tick("language", code, self.told.spoken(code))).collect();
        ticks.sort_by(|a, b| a.name.cmp(&b.name));
        ticks
    }

    fn access(&self) -> Vec<Tick> {
        ACCESSIBILITY.iter().map(|code| self.tick("access", code, self.told.access_code(code))).collect()
    }

    /// The lists of wishes: the field, its name, its choices.
    fn wishes(&self) -> Vec<(&'static str, &'static str, Vec<Tick>)> {
        let t = self.frame.t;
        vec![
            ("led_by", t.text("navigator.filter.led_by"), self.coded::<LedBy>("led_by")),
            ("setting", t.text("navigator.fact.setting"), self.coded::<Setting>("setting")),
            ("delivery", t.text("navigator.filter.delivery"), self.coded::<Delivery>("delivery")),
        ]
    }

    fn coded<T: Coded>(&self, field: &str) -> Vec<Tick> {
        let tick = |value: &T| self.tick(field, value.code(), self.told.word(field, value.code()));
        T::ALL.iter().map(tick).collect()
    }

    fn tick(&self, field: &str, code: &str, name: String) -> Tick {
        Tick { code: code.to_string(), name, chosen: self.asked.fields.says(field, code) }
    }

    fn shortlist_heading(&self) -> String {
        self.frame.t.count("navigator.shortlist", self.shortlist.len() as u64, &[])
    }
}
