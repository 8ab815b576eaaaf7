//! What is asked of each fund, and whether the fund can pay it.

use super::check::{Asked, Chosen, Purpose};
use crate::index::Snapshot;
use crate::language::Texts;
use crate::matching::answer::Reason;
use crate::matching::wording::facts;
use crate::model::{Code, Fund, FundKind, Id, PaysFor, Pounds, Status};
use crate::search::public::OrganisationName;
use serde::Serialize;
use std::fmt;
use utoipa::ToSchema;

/// A sum of amounts in GBP, exact to the penny. It may be more than [`Pounds::MOST`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, ToSchema)]
#[schema(value_type = f64, example = 24.5)]
pub struct Sum(u32);

impl Serialize for Sum {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 100.0)
    }
}

impl From<Pounds> for Sum {
    fn from(amount: Pounds) -> Self {
        Self(amount.pence())
    }
}

impl std::iter::Sum for Sum {
    // Twelve amounts of at most a million pence each do not come near the end of a `u32`.
    fn sum<I: Iterator<Item = Sum>>(amounts: I) -> Self {
        Self(amounts.fold(0, |total, amount| total.saturating_add(amount.0)))
    }
}

/// `£24.50`; sums stand under each other on the sheet, so always with pence.
impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "£{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// One fund with everything that the plan asks of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FundTotal {
    pub id: Id,
    pub name: String,
    pub kind: FundKind,
    pub holder: OrganisationName,
    /// Who can have it, in words; left out if it does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Women, ages 18 and over")]
    pub who: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub how_to_apply: String,
    /// In the order of the options.
    pub requests: Vec<FundRequest>,
    pub total: Sum,
    /// The most it can pay one person or project; left out if it does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<Pounds>,
    /// Whether the total is within `most`; left out if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_limit: Option<bool>,
    pub warnings: Vec<Reason>,
}

/// One request to a fund.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FundRequest {
    /// Place of the option in the request, from 0.
    pub option: usize,
    /// The name of the service that it is for.
    pub service: String,
    pub amount: Pounds,
    #[serde(rename = "for")]
    pub purpose: Purpose,
    pub reason: String,
    pub warnings: Vec<Reason>,
}

impl FundRequest {
    /// The amount as it stands in a column.
    pub fn written_amount(&self) -> Sum {
        self.amount.into()
    }
}

/// The funds in the order in which they are first asked.
pub fn totals(snapshot: &Snapshot, chosen: &[Chosen<'_>], texts: &Texts) -> Vec<FundTotal> {
    let mut totals: Vec<FundTotal> = Vec::new();
    for choice in chosen {
        let Some(ask) = &choice.ask else { continue };
        let request = request(snapshot, choice, ask, texts);
        match totals.iter_mut().find(|total| total.id == ask.fund.id) {
            Some(total) => total.requests.push(request),
            None => totals.push(FundTotal { requests: vec![request], ..empty(snapshot, ask.fund, texts) }),
        }
    }
    for total in &mut totals {
        total.total = total.requests.iter().map(|request| Sum::from(request.amount)).sum();
        total.within_limit = total.most.map(|most| total.total <= most.into());
        let over = total.most.filter(|_| total.within_limit == Some(false));
        if let Some(most) = over {
            let text = texts.say("plan.too_much", &[("total", &total.total), ("most", &most)]);
            total.warnings.push(Reason { field: "funds.most", text });
        }
    }
    totals
}

fn request(snapshot: &Snapshot, choice: &Chosen<'_>, ask: &Asked<'_>, texts: &Texts) -> FundRequest {
    let service = &choice.record.service;
    let mut warnings = Vec::new();
    let mut warn = |field, key| warnings.push(Reason { field, text: texts.text(key).to_string() });
    if !pays(snapshot, choice, ask) {
        warn("funds.pays_for", "plan.not_paid_for");
    }
    if ask.purpose == Purpose::Cost && service.cost.is_some_and(Pounds::is_free) {
        warn("services.cost", "plan.nothing_to_pay");
    }
    FundRequest {
        option: choice.at,
        service: service.name.clone(),
        amount: ask.amount,
        purpose: ask.purpose,
        reason: ask.reason.clone(),
        warnings,
    }
}

/// Whether a fund says that it pays for this. The price of a service is paid by a fund for its category or one above.
fn pays(snapshot: &Snapshot, choice: &Chosen<'_>, ask: &Asked<'_>) -> bool {
    let lexicon = snapshot.lexicon();
    let is_of = |code: &str| {
        let category = lexicon.category(code);
        category.is_some_and(|paid| choice.facts.categories.iter().any(|&own| lexicon.line(own).contains(&paid)))
    };
    ask.fund.pays_for.iter().any(|paid| match paid {
        PaysFor::Category(code) => ask.purpose == Purpose::Cost && is_of(code.as_str()),
        PaysFor::Travel => ask.purpose == Purpose::Travel,
        PaysFor::Kit => ask.purpose == Purpose::Kit,
        PaysFor::Childcare => ask.purpose == Purpose::Childcare,
        PaysFor::IdDocuments => ask.purpose == Purpose::IdDocuments,
        PaysFor::Course => ask.purpose == Purpose::Course,
    })
}

/// A fund of which nothing is asked yet.
fn empty(snapshot: &Snapshot, fund: &Fund, texts: &Texts) -> FundTotal {
    let holder = snapshot.organisation(fund.holder_organisation_id.as_str());
    let mut warnings = Vec::new();
    let mut warn = |field, key| warnings.push(Reason { field, text: texts.text(key).to_string() });
    match fund.status {
        Status::Active => {}
        Status::Paused => warn("funds.status", "plan.fund_paused"),
        Status::Closed => warn("funds.status", "plan.fund_closed"),
    }
    if fund.most.is_none() {
        warn("funds.most", "plan.most_not_stated");
    }
    FundTotal {
        id: fund.id.clone(),
        name: fund.name.clone(),
        kind: fund.kind,
        holder: OrganisationName {
            id: fund.holder_organisation_id.clone(),
            name: holder.map(|holder| holder.name).unwrap_or_default(),
        },
        who: who(snapshot, fund, texts),
        how_to_apply: fund.how_to_apply.clone(),
        requests: Vec::new(),
        total: Sum::default(),
        most: fund.most,
        within_limit: None,
        warnings,
    }
}

/// Who can have it. The plan knows nothing of the person, so it says so and leaves the judging to them.
fn who(snapshot: &Snapshot, fund: &Fund, texts: &Texts) -> Option<String> {
    let audiences = &snapshot.vocabulary().audiences;
    let name = |code: &Code| {
        let row = audiences.iter().find(|audience| audience.code == *code)?;
        Some(texts.vocabulary("audiences", code.as_str()).unwrap_or(&row.name).to_string())
    };
    let mut names: Vec<String> = fund.only_for.iter().filter_map(name).collect();
    // A women's fund is for women even if its row forgets to say so.
    if names.is_empty() && fund.kind == FundKind::Women {
        names.push(texts.text("plan.women").to_string());
    }
    facts::only_for(texts, &names, fund.age.minimum, fund.age.maximum)
}
