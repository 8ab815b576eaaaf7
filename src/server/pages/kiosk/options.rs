//! What a person could choose: options as cards with reasons, more or fewer, not this one, and each answer to be changed.

use super::answers::{FIRST_OPTIONS, MOST_ON_SHEET, MOST_OPTIONS};
use super::around::Around;
use super::asking::goal_name;
use super::place::Start;
use super::step::Step;
use super::time::Part;
use super::{Visit, answered, render};
use crate::language::Texts;
use crate::matching::answer::{NearMiss, Options, ServiceOption};
use crate::matching::travel::Travel;
use crate::matching::{Manner, match_profile};
use crate::search::public::PublicLocation;
use crate::server::error::Problem;
use crate::server::log::ResultCount;
use crate::server::pages::entry::{Entry, Place, Said};
use askama::Template;
use axum::response::Response;

/// Reasons on a card: the most personal ones come first.
const MOST_REASONS: usize = 4;

/// Near misses on a page with few options: more would be a list of what one cannot have.
const MOST_NEARLY: usize = 3;

/// Fields that have a line of their own on a card.
const TOLD_ELSEWHERE: [&str; 4] = ["locations.latitude", "services.cost", "services.referral", "services.led_by"];

/// Minutes after which a way is told in hours.
const LONG_WAY_MINUTES: u32 = 90;

#[derive(Template)]
#[template(path = "kiosk/options.html")]
struct OptionsPage {
    around: Around,
    goals: Vec<Said>,
    place: String,
    far: &'static str,
    when: String,
    cards: Vec<Card>,
    /// How many are shown after a touch on "more" or "fewer".
    more: Option<usize>,
    fewer: Option<usize>,
    gaps: Vec<String>,
    /// Where little fits: what one thing stands in the way of.
    nearly: Vec<Nearly>,
    /// Ways to find more: the field that is loosened, and what is said.
    looser: Vec<(&'static str, String)>,
    on_sheet: usize,
    sheet_is_full: bool,
    title: String,
}

struct Card {
    entry: Entry,
    why: Vec<Said>,
    far: Option<String>,
    is_on_sheet: bool,
}

/// A service with one thing in the way.
struct Nearly {
    entry: Entry,
    in_the_way: String,
    /// What would change it.
    help: String,
    is_on_sheet: bool,
}

/// The page, or an earlier one if an answer is missing or wrong.
pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Problem> {
    if let Some(page) = visit.page_to_mend() {
        return Ok(page);
    }
    let (answers, t) = (visit.answers, visit.language.texts());
    let mut profile = answers.profile(&visit.state.site);
    // A tile of an earlier generation may be gone.
    let known = |code: &str| visit.snapshot.lexicon().goal(code).is_some();
    profile.goals.retain(|goal| goal.goal.as_deref().is_none_or(known));
    if profile.goals.is_empty() {
        return Ok(visit.goals_page(visit.wrong_goals().or(Some(t.text("kiosk.wrong_no_goal")))));
    }
    let manner = Manner { language: visit.language, ..visit.state.manner.clone() };
    let found = answered(match_profile(visit.snapshot, &profile, &manner, visit.circumstances))?;
    let wanted = |option: &&ServiceOption| !is_waved_away(visit, option.service.id.as_str());
    let wanted: Vec<&ServiceOption> = found.options.iter().filter(wanted).take(MOST_OPTIONS).collect();
    let cards: Vec<Card> = wanted.iter().take(answers.shown).map(|option| card(visit, option)).collect();
    let title = match cards.len() {
        0 => t.text("kiosk.options_none").to_string(),
        some => t.count("kiosk.options_title", some as u64, &[]),
    };
    let mut response = render(&OptionsPage {
        goals: goals(visit, !found.crisis.is_empty()),
        place: place(visit, &found),
        far: if profile.near.is_some() { t.text(answers.how_far.key()) } else { "" },
        when: when(&answers.when, t),
        more: (wanted.len() > cards.len()).then(|| answers.shown + FIRST_OPTIONS),
        fewer: (cards.len() > FIRST_OPTIONS).then(|| answers.shown.saturating_sub(FIRST_OPTIONS)),
        gaps: gaps(visit, &found),
        nearly: nearly(visit, &found, wanted.len()),
        looser: looser(&found, t),
        on_sheet: answers.sheet.len(),
        sheet_is_full: answers.sheet.len() >= MOST_ON_SHEET,
        title,
        cards,
        around: visit.around(Step::Options),
    });
    response.extensions_mut().insert(ResultCount(wanted.len()));
    Ok(response)
}

fn card(visit: &Visit<'_>, option: &ServiceOption) -> Card {
    let why = option.because.iter().filter(|reason| !TOLD_ELSEWHERE.contains(&reason.field));
    Card {
        why: why.take(MOST_REASONS).map(Said::reason).collect(),
        far: how_far(visit, option),
        is_on_sheet: is_on_sheet(visit, option.service.id.as_str()),
        entry: Entry::of_option(visit.told(), option).with_checks(&option.check_first),
    }
}

fn is_on_sheet(visit: &Visit<'_>, id: &str) -> bool {
    visit.answers.sheet.iter().any(|known| known == id)
}

/// What one thing stands in the way of, where so little fits that there is room to look at it.
fn nearly(visit: &Visit<'_>, found: &Options, options: usize) -> Vec<Nearly> {
    let room = if options < FIRST_OPTIONS { MOST_NEARLY } else { 0 };
    let wanted = found.almost.iter().filter(|miss| !is_waved_away(visit, miss.service.id.as_str()));
    let view = |miss: &NearMiss| {
        Some(Nearly {
            entry: Entry::of_service(visit.told(), miss.service.id.as_str())?,
            in_the_way: miss.text.clone(),
            help: miss.help.clone(),
            is_on_sheet: is_on_sheet(visit, miss.service.id.as_str()),
        })
    };
    wanted.filter_map(view).take(room).collect()
}

fn is_waved_away(visit: &Visit<'_>, id: &str) -> bool {
    visit.answers.not_these.iter().any(|known| known == id)
}

/// "About 12 minutes by bus", "0.8 km away"; none where there is nowhere to go.
fn how_far(visit: &Visit<'_>, option: &ServiceOption) -> Option<String> {
    let t = visit.language.texts();
    let km = option.distance_km.filter(|_| option.location.is_some())?;
    let is_confidential = matches!(option.location, Some(PublicLocation::Confidential(_)));
    let travel = visit.answers.how_far.travel().map(|(travel, _)| travel);
    Some(match (option.travel_minutes, travel) {
        (Some(minutes), Some(travel)) if minutes < LONG_WAY_MINUTES && !is_confidential => {
            let minutes = t.count("time.minutes", u64::from(minutes.max(1)), &[]);
            let key = match travel {
                Travel::Walk => "kiosk.way_on_foot",
                Travel::Cycle => "kiosk.way_by_bike",
                Travel::Bus => "kiosk.way_by_bus",
                Travel::Car => "kiosk.way_by_car",
            };
            t.say(key, &[("minutes", &minutes)])
        }
        _ if km < 0.1 => t.text("kiosk.way_very_near").to_string(),
        _ if km < 10.0 && !is_confidential => t.say("kiosk.way_km", &[("km", &format!("{km:.1}"))]),
        _ => t.say("kiosk.way_km", &[("km", &format!("{km:.0}"))]),
    })
}

/// The goals, as they were touched or said.
fn goals(visit: &Visit<'_>, in_crisis: bool) -> Vec<Said> {
    let t = visit.language.texts();
    let known = &visit.snapshot.vocabulary().goals;
    let chosen = visit.answers.goals.iter().filter_map(|code| known.iter().find(|goal| goal.code.as_str() == code));
    let mut said: Vec<Said> = chosen
        .map(|goal| {
            let (text, is_foreign) = goal_name(&goal.code, &goal.name, t);
            Said { text, is_foreign }
        })
        .collect();
    if !visit.answers.words.is_empty() {
        // Whoever says that they cannot go on is not shown these words again.
        let text = match in_crisis {
            true => t.text("kiosk.own_words_said").to_string(),
            false => t.say("kiosk.own_words", &[("words", &visit.answers.words)]),
        };
        said.push(Said { text, is_foreign: false });
    }
    said
}

fn place(visit: &Visit<'_>, found: &Options) -> String {
    let t = visit.language.texts();
    match (visit.answers.start, &visit.state.site.here, &found.place) {
        (Start::Here, Some(here), _) => t.say("kiosk.near", &[("place", &here.name)]),
        (_, _, Some(place)) => match &place.within {
            Some(within) => t.say("kiosk.near_within", &[("place", &place.name), ("within", within)]),
            None => t.say("kiosk.near", &[("place", &place.name)]),
        },
        _ => t.text("kiosk.anywhere").to_string(),
    }
}

fn when(parts: &[Part], t: &Texts) -> String {
    let said: Vec<&str> =
        Part::ALL.iter().filter(|(part, ..)| parts.contains(part)).map(|(.., key)| t.text(key)).collect();
    if said.is_empty() { t.text("kiosk.when_any").to_string() } else { said.join(", ") }
}

/// Goals with nothing that fits.
fn gaps(visit: &Visit<'_>, found: &Options) -> Vec<String> {
    let t = visit.language.texts();
    let goals = goals(visit, !found.crisis.is_empty());
    let of_gap = |gap: &crate::matching::answer::Gap| {
        goals.get(gap.goal).map(|goal| t.say("kiosk.gap", &[("goal", &goal.text)]))
    };
    found.gaps.iter().filter_map(of_gap).collect()
}

/// What would give more, and how many.
fn looser(found: &Options, t: &Texts) -> Vec<(&'static str, String)> {
    let said = found.relax.iter().filter_map(|relax| {
        let gains = relax.gains as u64;
        match relax.field {
            "within_km" => Some(("further", t.count("kiosk.look_further", gains, &[]))),
            "when" => Some(("any_time", t.count("kiosk.any_time", gains, &[]))),
            _ => None,
        }
    });
    said.collect()
}
