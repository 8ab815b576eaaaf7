//! A choice that was checked: every service, session, goal and fund is there, every text fits on the sheet.

use super::request::{ChosenOption, ChosenSession, FundAsk, PlanRequest};
use crate::index::Snapshot;
use crate::index::build::ServiceRecord;
use crate::index::facts::{Listing, ServiceFacts};
use crate::model::{Coded, Fund, Pounds, coded_enum};
use crate::search::limits::MAX_QUERY_CHARS;
use crate::search::mistake::{Mistake, MistakeKind};
use crate::search::question::Checks;

/// Options on one sheet: five fill a page, and more than a dozen is no plan.
pub const MOST_OPTIONS: usize = 12;
/// Characters of a first step or a reason: three lines of the sheet.
pub const MOST_CHARACTERS: usize = 300;
/// Service ids that are compared with a mistyped one. Comparing with all of a nation's takes a second.
const MOST_COMPARED: usize = 20_000;
/// Characters of a mistyped id that are compared with the real ones.
const MOST_TYPED: usize = 64;

coded_enum! {
    /// What money is asked for.
    Purpose {
        Cost = "cost", Travel = "travel", Kit = "kit", Childcare = "childcare", IdDocuments = "id", Course = "course",
    }
}

/// One chosen option. Numbers are places in the lists of the snapshot.
pub struct Chosen<'a> {
    /// Its place in the request.
    pub at: usize,
    pub facts: &'a ServiceFacts,
    pub record: ServiceRecord,
    /// The sessions that were meant, each with its listing; empty if the service has none.
    pub sessions: Vec<(&'a Listing, usize)>,
    pub wanted: Wanted,
    /// Empty if it is to be written by hand.
    pub first_step: String,
    pub ask: Option<Asked<'a>>,
}

/// What an option is for.
pub enum Wanted {
    Goal(u16),
    Words(String),
}

/// What is asked of a fund.
pub struct Asked<'a> {
    pub fund: &'a Fund,
    pub amount: Pounds,
    pub purpose: Purpose,
    pub reason: String,
}

/// Checks a choice against the directory.
///
/// # Errors
/// Everything that is wrong, each with its field and cure.
pub fn check<'a>(snapshot: &'a Snapshot, request: &PlanRequest) -> Result<Vec<Chosen<'a>>, Vec<Mistake>> {
    let mut checks = Checks { snapshot, mistakes: Vec::new() };
    if request.options.is_empty() {
        let help = "choose at least one: `{\"options\": [{\"service\": …, \"goal\": …}]}`";
        checks.wrong("options", MistakeKind::Missing, "needs at least one option", help);
    }
    if request.options.len() > MOST_OPTIONS {
        let help = format!("choose the {MOST_OPTIONS} that come first");
        checks.wrong("options", MistakeKind::TooMany, format!("has more than {MOST_OPTIONS} options"), help);
        return Err(checks.mistakes);
    }
    let chosen =
        request.options.iter().enumerate().filter_map(|(at, option)| choice(snapshot, at, option, &mut checks));
    let chosen: Vec<Chosen<'_>> = chosen.collect();
    if checks.mistakes.is_empty() { Ok(chosen) } else { Err(checks.mistakes) }
}

/// An option; `None` only if something is wrong with it, of which everything has been noted.
fn choice<'a>(snapshot: &'a Snapshot, at: usize, option: &ChosenOption, checks: &mut Checks<'_>) -> Option<Chosen<'a>> {
    let field = |name: &str| format!("options[{at}].{name}");
    let number = service(snapshot, &field("service"), option.service.as_deref(), checks);
    let facts = number.map(|number| &snapshot.facts().services[number]);
    let sessions =
        facts.and_then(|facts| sessions(snapshot, facts, &field("session"), option.session.as_ref(), checks));
    let wanted = wanted(snapshot, &field, option, checks);
    let first_step = checks.text_of(&field("first_step"), option.first_step.as_deref(), MOST_CHARACTERS);
    let ask = match &option.ask {
        None => Some(None),
        Some(ask) => asked(snapshot, &|name| field(&format!("ask.{name}")), ask, checks).map(Some),
    };
    let record = snapshot.record(number?)?;
    Some(Chosen { at, facts: facts?, record, sessions: sessions?, wanted: wanted?, first_step, ask: ask? })
}

fn service(snapshot: &Snapshot, field: &str, id: Option<&str>, checks: &mut Checks<'_>) -> Option<usize> {
    let id = stated(field, id, "name the service by its id, as in an option of `/api/v1/match`", checks)?;
    let number = snapshot.service_number(id);
    if number.is_none() {
        let help = match nearest(id, comparable(snapshot, id)) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "it may have been closed or renamed; look for it again".to_string(),
        };
        checks.wrong(field, MistakeKind::UnknownCode, "is not a service of this directory", help);
    }
    number
}

/// The ids that a mistyped one is compared with: all of them, or in a large directory those that begin as it does.
fn comparable<'a>(snapshot: &'a Snapshot, typed: &str) -> impl Iterator<Item = &'a str> {
    // Ids are in the order of the alphabet.
    let mut range = snapshot.facts().services.as_slice();
    for end in typed.char_indices().map(|(at, first)| at + first.len_utf8()) {
        if range.len() <= MOST_COMPARED {
            break;
        }
        let beginning = &typed[..end];
        let from = range.partition_point(|service| &*service.id < beginning);
        let to = range.partition_point(|service| &*service.id < beginning || service.id.starts_with(beginning));
        range = &range[from..to];
    }
    range.iter().take(MOST_COMPARED).map(|service| &*service.id)
}

/// The sessions that were meant. A confidential location cannot be named: its id may tell where it is, so whoever
/// guesses one is not told that the guess was right.
fn sessions<'a>(
    snapshot: &'a Snapshot,
    service: &ServiceFacts,
    field: &str,
    asked: Option<&ChosenSession>,
    checks: &mut Checks<'_>,
) -> Option<Vec<(&'a Listing, usize)>> {
    let facts = snapshot.facts();
    let listings = &facts.listings[service.listings.start as usize..service.listings.end as usize];
    let all = listings.iter().flat_map(|listing| {
        (listing.sessions.start..listing.sessions.end).map(move |session| (listing, session as usize))
    });
    let place = asked.and_then(|asked| asked.location_id.as_deref()).map(str::trim);
    let hours = asked.and_then(|asked| asked.opening_hours.as_deref()).map(str::trim);
    let is_there = |listing: &Listing, id: &str| {
        let location = listing.location.and_then(|number| snapshot.location_row(number));
        location.is_some_and(|location| !location.confidential && location.id.as_str() == id)
    };
    let is_then = |session: usize, text: &str| {
        facts.sessions[session].hours.is_some_and(|number| facts.hours[number as usize] == text)
    };
    let meant = all.filter(|(listing, session)| {
        place.is_none_or(|id| is_there(listing, id)) && hours.is_none_or(|text| is_then(*session, text))
    });
    let meant: Vec<(&Listing, usize)> = meant.collect();
    if meant.is_empty() && (place.is_some() || hours.is_some()) {
        let help = format!("copy it from `/api/v1/services/{}`, or leave `session` out", service.id);
        checks.wrong(field, MistakeKind::UnknownCode, "is not a session of this service", help);
        return None;
    }
    Some(meant)
}

fn wanted(
    snapshot: &Snapshot,
    field: &dyn Fn(&str) -> String,
    option: &ChosenOption,
    checks: &mut Checks<'_>,
) -> Option<Wanted> {
    let help = "give `goal` (a code of `/api/v1/goals`) or `goal_words`";
    match (option.goal.as_deref().map(str::trim), option.goal_words.as_deref()) {
        (Some(_), Some(_)) => {
            let help = "give either `goal` or `goal_words`; the service may be chosen twice, once for each";
            checks.wrong(&field("goal"), MistakeKind::Malformed, "comes with `goal_words`", help);
            None
        }
        (None, None) => {
            checks.wrong(&field("goal"), MistakeKind::Missing, "is missing", help);
            None
        }
        (Some(code), None) => {
            let goal = snapshot.lexicon().goal(code);
            if goal.is_none() {
                let known = snapshot.vocabulary().goals.iter().map(|goal| goal.code.as_str());
                let help = match nearest(code, known) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => "the goals are listed at `/api/v1/goals`".to_string(),
                };
                checks.wrong(&field("goal"), MistakeKind::UnknownCode, "is not a goal", help);
            }
            goal.map(Wanted::Goal)
        }
        (None, Some(words)) => {
            written(&field("goal_words"), Some(words), MAX_QUERY_CHARS, help, checks).map(Wanted::Words)
        }
    }
}

fn asked<'a>(
    snapshot: &'a Snapshot,
    field: &dyn Fn(&str) -> String,
    ask: &FundAsk,
    checks: &mut Checks<'_>,
) -> Option<Asked<'a>> {
    let fund = fund(snapshot, &field("fund"), ask.fund.as_deref(), checks);
    let amount = amount(&field("amount"), ask.amount, checks);
    let purpose = purpose(&field("for"), ask.purpose.as_deref(), checks);
    let help = "say in a line what it makes possible: the fund decides by it";
    let reason = written(&field("reason"), ask.reason.as_deref(), MOST_CHARACTERS, help, checks);
    Some(Asked { fund: fund?, amount: amount?, purpose: purpose?, reason: reason? })
}

fn fund<'a>(snapshot: &'a Snapshot, field: &str, id: Option<&str>, checks: &mut Checks<'_>) -> Option<&'a Fund> {
    let listed = "the funds are listed at `/api/v1/funds`";
    let id = stated(field, id, listed, checks)?;
    let funds = &snapshot.vocabulary().funds;
    let found = funds.iter().find(|fund| fund.id.as_str() == id);
    if found.is_none() {
        let help = match nearest(id, funds.iter().map(|fund| fund.id.as_str())) {
            Some(known) => format!("did you mean `{known}`?"),
            None => listed.to_string(),
        };
        checks.wrong(field, MistakeKind::UnknownCode, "is not a fund of this directory", help);
    }
    found
}

/// Whole pence, so that what is added up is what was asked.
fn amount(field: &str, pounds: Option<f64>, checks: &mut Checks<'_>) -> Option<Pounds> {
    let Some(pounds) = pounds else {
        checks.wrong(field, MistakeKind::Missing, "is missing", "give it in pounds, such as 24.5");
        return None;
    };
    match Pounds::new(pounds).filter(|amount| !amount.is_free()) {
        None => {
            let help = "give pounds from 0.01 to 10000";
            checks.wrong(field, MistakeKind::OutOfRange, "is out of range", help);
            None
        }
        // A number with two places and the same number of pence by a hundred are one and the same `f64`.
        #[expect(clippy::float_cmp, reason = "any difference at all is a part of a penny")]
        Some(amount) if amount.pounds() != pounds => {
            let help = "round it to whole pence: two figures after the point";
            checks.wrong(field, MistakeKind::Malformed, "has parts of a penny", help);
            None
        }
        amount => amount,
    }
}

fn purpose(field: &str, code: Option<&str>, checks: &mut Checks<'_>) -> Option<Purpose> {
    let choices = "choose `cost`, `travel`, `kit`, `childcare`, `id` or `course`";
    let code = stated(field, code, choices, checks)?;
    let purpose = Purpose::from_code(code);
    if purpose.is_none() {
        checks.wrong(field, MistakeKind::NotAChoice, "is not something that a fund pays for", choices);
    }
    purpose
}

/// An id or code that must be there.
fn stated<'a>(field: &str, text: Option<&'a str>, help: &str, checks: &mut Checks<'_>) -> Option<&'a str> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_none() {
        checks.wrong(field, MistakeKind::Missing, "is missing", help);
    }
    text
}

/// A person's words that must be there.
fn written(field: &str, text: Option<&str>, most: usize, help: &str, checks: &mut Checks<'_>) -> Option<String> {
    let mistakes = checks.mistakes.len();
    let text = checks.text_of(field, text, most);
    if text.is_empty() && checks.mistakes.len() == mistakes {
        checks.wrong(field, MistakeKind::Missing, "is missing", help);
    }
    (!text.is_empty()).then_some(text)
}

/// The id that was probably meant: a third of its letters may differ. Of equally near ones the first.
fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed: String = typed.to_lowercase().chars().take(MOST_TYPED).collect();
    let length = typed.chars().count();
    let most = 1 + length / 3;
    let alike = known.filter(|known| known.len().abs_diff(length) <= most);
    let (distance, nearest) =
        alike.map(|known| (strsim::osa_distance(known, &typed), known)).min_by_key(|(distance, _)| *distance)?;
    (distance <= most).then_some(nearest)
}
