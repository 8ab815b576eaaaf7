//! From the shortlist to a plan on paper: first a form (what each service is for, the first step, money that is asked of a
//! fund), then the sheet, which is the same as the API's.

use super::asked::{Asked, Kept};
use super::card::Card;
use super::person::{goal_code, goal_text};
use super::results::shortlist;
use super::{Sent, Wrong, in_words};
use crate::matching::plan;
use crate::matching::plan::check::Purpose;
use crate::matching::plan::request::{ChosenOption, FundAsk, PlanRequest};
use crate::model::{Coded, Status};
use crate::search::Circumstances;
use crate::search::mistake::{Mistake, MistakeKind};
use crate::server::api::Answered;
use crate::server::form::Fields;
use crate::server::log::ResultCount;
use crate::server::pages::frame::Frame;
use crate::server::pages::told::Told;
use crate::server::pages::{self, render};
use crate::server::state::AppState;
use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "navigator_plan.html")]
struct Page<'a> {
    frame: Frame,
    asked: &'a Asked,
    told: Told<'a>,
    wrong: Vec<Wrong>,
    lines: Vec<Line>,
}

/// One service of the plan, with what was filled in so far.
struct Line {
    card: Card,
    goal: String,
    first_step: String,
    fund: String,
    amount: String,
    purpose: String,
    reason: String,
}

/// The form, with what is known already.
pub(super) async fn form(state: State<Arc<AppState>>, uri: Uri, headers: HeaderMap, body: Body) -> Answered {
    Sent::new(state, uri, headers, body)
        .answer(|fields, frame, snapshot, circumstances| {
            let asked = Asked::of(fields);
            let told = Told { t: frame.t, snapshot, now: circumstances.now };
            show(&asked, frame, told, circumstances, Vec::new())
        })
        .await
}

/// The sheet; with mistakes the form again, which names them.
pub(super) async fn sheet(state: State<Arc<AppState>>, uri: Uri, headers: HeaderMap, body: Body) -> Answered {
    Sent::new(state, uri, headers, body)
        .answer(|fields, frame, snapshot, circumstances| {
            let asked = Asked::of(fields);
            let told = Told { t: frame.t, snapshot, now: circumstances.now };
            let language = frame.language();
            let made =
                request(told, &asked).and_then(|request| plan::plan(snapshot, &request, circumstances.now, language));
            match made {
                Ok(plan) => {
                    let options = plan.options();
                    let keep = asked.kept.iter().map(|kept| ("keep".to_string(), kept.written()));
                    let fields =
                        asked.carried(&[]).into_iter().map(|(name, value)| (name.to_string(), value.to_string()));
                    let mut response = pages::plan(frame, &plan, fields.chain(keep).collect());
                    response.extensions_mut().insert(ResultCount(options));
                    Ok(response)
                }
                Err(mistakes) => show(&asked, frame, told, circumstances, mistakes),
            }
        })
        .await
}

fn show(
    asked: &Asked,
    frame: Frame,
    told: Told<'_>,
    circumstances: &Circumstances<'_>,
    mistakes: Vec<Mistake>,
) -> Answered {
    let cards = shortlist(told, asked, None, circumstances);
    let line = |card: Card| {
        let kept = asked.kept.iter().find(|kept| kept.id.as_str() == card.id);
        let stated = |name: &str| asked.fields.value(&field(name, &card.id)).to_string();
        let goal = match stated("goal") {
            empty if empty.is_empty() => kept.map(|kept| kept.why.clone()).unwrap_or_default(),
            goal => goal,
        };
        Line {
            goal: goal_text(told, &goal),
            first_step: stated("first_step"),
            fund: stated("fund"),
            amount: stated("amount"),
            purpose: stated("purpose"),
            reason: stated("reason"),
            card,
        }
    };
    let lines = cards.into_iter().map(line).collect();
    let wrong = wrong(asked, told, &mistakes);
    Ok(render(&Page { frame, asked, told, wrong, lines }))
}

/// The name of a field of one service.
fn field(name: &str, id: &str) -> String {
    format!("{name}.{id}")
}

/// What is wrong, with the field of the service that it is about.
fn wrong(asked: &Asked, told: Told<'_>, mistakes: &[Mistake]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for mistake in mistakes {
        // `options[2].ask.amount` → the third service's amount.
        let number = mistake.field.strip_prefix("options[").and_then(|rest| rest.split(']').next()?.parse().ok());
        let kept: Option<&Kept> = number.and_then(|number: usize| asked.kept.get(number));
        let last = mistake.field.rsplit('.').next().unwrap_or_default();
        let (name, key) = match last {
            "goal" | "goal_words" => ("goal", "navigator.plan.goal"),
            "first_step" => ("first_step", "navigator.plan.first_step"),
            "fund" => ("fund", "navigator.plan.fund"),
            "amount" => ("amount", "navigator.plan.amount"),
            "for" => ("purpose", "navigator.plan.purpose"),
            "reason" => ("reason", "navigator.plan.reason"),
            _ => ("goal", "navigator.plan.service"),
        };
        let service = kept.and_then(|kept| told.snapshot.service(kept.id.as_str()));
        let service = service.map(|detail| detail.service.name).unwrap_or_default();
        let label = format!("{service}: {}", told.t.text(key));
        for mut one in in_words(std::slice::from_ref(mistake), told.t, |_| label.clone()) {
            one.field = kept.map(|kept| field(name, kept.id.as_str()).replace('.', "-")).unwrap_or_default();
            wrong.push(one);
        }
    }
    wrong
}

/// What was chosen, as the plan wants it.
fn request(told: Told<'_>, asked: &Asked) -> Result<PlanRequest, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut options = Vec::new();
    for (at, kept) in asked.kept.iter().enumerate() {
        let id = kept.id.as_str();
        let goal = asked.fields.value(&field("goal", id));
        let code = goal_code(told, goal);
        let step = asked.fields.value(&field("first_step", id));
        options.push(ChosenOption {
            service: Some(id.to_string()),
            session: None,
            goal_words: (code.is_none() && !goal.is_empty()).then(|| goal.to_string()),
            goal: code,
            first_step: (!step.is_empty()).then(|| step.to_string()),
            ask: ask(&asked.fields, id, at, &mut mistakes),
        });
    }
    if mistakes.is_empty() { Ok(PlanRequest { options }) } else { Err(mistakes) }
}

/// Money that is asked for; none if neither a fund nor an amount is filled in.
fn ask(fields: &Fields, id: &str, at: usize, mistakes: &mut Vec<Mistake>) -> Option<FundAsk> {
    let text = |name: &str| Some(fields.value(&field(name, id)).to_string()).filter(|value| !value.is_empty());
    let (fund, amount) = (text("fund"), text("amount"));
    if fund.is_none() && amount.is_none() {
        return None;
    }
    let number = amount.as_deref().map(|amount| amount.trim_start_matches('£').trim().parse::<f64>());
    let amount = match number {
        Some(Err(_)) => {
            let field = format!("options[{at}].ask.amount");
            mistakes.push(Mistake::new(&field, MistakeKind::NotANumber, "is not a number"));
            None
        }
        Some(Ok(number)) => Some(number),
        None => None,
    };
    Some(FundAsk { fund, amount, purpose: text("purpose"), reason: text("reason") })
}

impl Page<'_> {
    /// What the rest of the navigator holds: all but the fields of this form, whose names hold a service's id.
    fn carried(&self) -> Vec<(&str, &str)> {
        self.asked.carried(&[]).into_iter().filter(|(name, _)| !name.contains('.')).collect()
    }

    fn goal_names(&self) -> Vec<String> {
        let goals = self.told.snapshot.vocabulary().goals.iter();
        goals.map(|goal| self.told.name("goals", goal.code.as_str())).collect()
    }

    /// Funds that pay now, by id and name.
    fn funds(&self) -> Vec<(&str, &str)> {
        let funds = self.told.snapshot.vocabulary().funds.iter().filter(|fund| fund.status == Status::Active);
        funds.map(|fund| (fund.id.as_str(), fund.name.as_str())).collect()
    }

    fn purposes(&self) -> Vec<(&'static str, String)> {
        Purpose::ALL.iter().map(|purpose| (purpose.code(), self.told.word("purpose", purpose.code()))).collect()
    }
}
