//! What is asked of each fund, and whether the fund can pay it.

use super::check::{Asked, Chosen, Purpose};
use crate::index::Snapshot;
use crate::matching::answer::Reason;
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
    #[schema(example = "Women; aged 18 or over")]
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

    /// "travel", "childcare".
    pub fn in_words(&self) -> &'static str {
        match self.purpose {
            Purpose::Cost => "the price",
            Purpose::Travel => "travel",
            Purpose::Kit => "kit",
            Purpose::Childcare => "childcare",
            Purpose::IdDocuments => "ID documents",
            Purpose::Course => "a course",
        }
    }
}

/// The funds in the order in which they are first asked.
pub fn totals(snapshot: &Snapshot, chosen: &[Chosen<'_>]) -> Vec<FundTotal> {
    let mut totals: Vec<FundTotal> = Vec::new();
    for choice in chosen {
        let Some(ask) = &choice.ask else { continue };
        let request = request(snapshot, choice, ask);
        match totals.iter_mut().find(|total| total.id == ask.fund.id) {
            Some(total) => total.requests.push(request),
            None => totals.push(FundTotal { requests: vec![request], ..empty(snapshot, ask.fund) }),
        }
    }
    for total in &mut totals {
        total.total = total.requests.iter().map(|request| Sum::from(request.amount)).sum();
        total.within_limit = total.most.map(|most| total.total <= most.into());
        let over = total.most.filter(|_| total.within_limit == Some(false));
        if let Some(most) = over {
            let text = format!("{} is more than the {most} it can pay. Ask for less, or ask another fund", total.total);
            total.warnings.push(Reason { field: "funds.most", text });
        }
    }
    totals
}

fn request(snapshot: &Snapshot, choice: &Chosen<'_>, ask: &Asked<'_>) -> FundRequest {
    let service = &choice.record.service;
    let mut warnings = Vec::new();
    if !pays(snapshot, choice, ask) {
        let text = "The fund does not say that it pays for this. Ask before you count on it".to_string();
        warnings.push(Reason { field: "funds.pays_for", text });
    }
    if ask.purpose == Purpose::Cost && service.cost.is_some_and(Pounds::is_free) {
        let text = "It is free. Ask what there is to pay for".to_string();
        warnings.push(Reason { field: "services.cost", text });
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
fn empty(snapshot: &Snapshot, fund: &Fund) -> FundTotal {
    let holder = snapshot.organisation(fund.holder_organisation_id.as_str());
    let mut warnings = Vec::new();
    let mut warn = |field, text: &str| warnings.push(Reason { field, text: text.to_string() });
    match fund.status {
        Status::Active => {}
        Status::Paused => warn("funds.status", "It is paused. Ask when it pays again"),
        Status::Closed => warn("funds.status", "It has closed. Ask another fund"),
    }
    if fund.most.is_none() {
        warn("funds.most", "It does not say the most that it can pay. Ask");
    }
    FundTotal {
        id: fund.id.clone(),
        name: fund.name.clone(),
        kind: fund.kind,
        holder: OrganisationName {
            id: fund.holder_organisation_id.clone(),
            name: holder.map(|holder| holder.name).unwrap_or_default(),
        },
        who: who(snapshot, fund),
        how_to_apply: fund.how_to_apply.clone(),
        requests: Vec::new(),
        total: Sum::default(),
        most: fund.most,
        within_limit: None,
        warnings,
    }
}

/// Who can have it. The plan knows nothing of the person, so it says so and leaves the judging to them.
fn who(snapshot: &Snapshot, fund: &Fund) -> Option<String> {
    let audiences = &snapshot.vocabulary().audiences;
    let name =
        |code: &Code| audiences.iter().find(|audience| audience.code == *code).map(|audience| audience.name.clone());
    let mut names: Vec<String> = fund.only_for.iter().filter_map(name).collect();
    // A women's fund is for women even if its row forgets to say so.
    if names.is_empty() && fund.kind == FundKind::Women {
        names.push("Women".to_string());
    }
    let people = (!names.is_empty()).then(|| names.join(" or "));
    let ages = match (fund.age.minimum, fund.age.maximum) {
        (Some(from), Some(to)) => Some(format!("aged {from} to {to}")),
        (Some(from), None) => Some(format!("aged {from} or over")),
        (None, Some(to)) => Some(format!("aged up to {to}")),
        (None, None) => None,
    };
    let parts: Vec<String> = people.into_iter().chain(ages).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
