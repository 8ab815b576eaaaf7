//! The words of the directory: categories, goals, funds, audiences and areas, each list whole.

use super::{Answered, unchanging};
use crate::index::Snapshot;
use crate::model::{self, AreaKind, Code, FundKind, Good, Id, Pathway, PaysFor, Pounds, Status};
use crate::server::request;
use crate::server::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What a service can be.
#[derive(Serialize, ToSchema)]
pub struct Category {
    code: Code,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<Code>,
    /// Lay words and synonyms.
    words: Vec<String>,
    /// The crosswalk code of the Open Eligibility taxonomy.
    #[serde(skip_serializing_if = "Option::is_none")]
    open_eligibility: Option<String>,
}

/// What a person can want.
#[derive(Serialize, ToSchema)]
pub struct Goal {
    code: Code,
    /// "I want to …"
    name: String,
    /// The primary good of the Good Lives Model that it belongs to.
    good: Good,
    pathways: Vec<Pathway>,
    words: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<String>,
    /// The categories that serve it.
    categories: Vec<ServedBy>,
}

/// A category that serves a goal.
#[derive(Serialize, ToSchema)]
pub struct ServedBy {
    category: Code,
    /// How directly: 1 to 3.
    #[schema(minimum = 1, maximum = 3)]
    strength: u8,
}

/// Who a service can be for.
#[derive(Serialize, ToSchema)]
pub struct Audience {
    code: Code,
    name: String,
    words: Vec<String>,
}

/// An area that services cover.
#[derive(Serialize, ToSchema)]
pub struct Area {
    id: Id,
    name: String,
    kind: AreaKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_id: Option<Id>,
}

/// Money that can remove a barrier; fields that are not stated are left out.
#[derive(Serialize, ToSchema)]
pub struct Fund {
    id: Id,
    name: String,
    kind: FundKind,
    holder_organisation_id: Id,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    only_for: Vec<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum_age: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum_age: Option<u8>,
    /// Ids of the areas it covers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    covers: Vec<Id>,
    /// The most it can pay one person or project, GBP.
    #[serde(skip_serializing_if = "Option::is_none")]
    most: Option<Pounds>,
    /// Category codes, or `travel`, `kit`, `childcare`, `id`, `course`.
    pays_for: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    how_to_apply: String,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    checked_on: Option<Date>,
}

/// What a service can be.
#[utoipa::path(get, operation_id = "listCategories", path = "/api/v1/categories", tag = "vocabulary",
    responses((status = 200, description = "Every category.", body = [Category])))]
pub async fn categories(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap) -> Answered {
    list(&state, &uri, &headers, |words| words.categories.iter().map(category).collect::<Vec<_>>()).await
}

/// What a person can want.
#[utoipa::path(get, operation_id = "listGoals", path = "/api/v1/goals", tag = "vocabulary",
    responses((status = 200, description = "Every goal.", body = [Goal])))]
pub async fn goals(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap) -> Answered {
    list(&state, &uri, &headers, |words| words.goals.iter().map(|row| goal(row, words)).collect::<Vec<_>>()).await
}

/// Who a service can be for.
#[utoipa::path(get, operation_id = "listAudiences", path = "/api/v1/audiences", tag = "vocabulary",
    responses((status = 200, description = "Every audience.", body = [Audience])))]
pub async fn audiences(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap) -> Answered {
    list(&state, &uri, &headers, |words| words.audiences.iter().map(audience).collect::<Vec<_>>()).await
}

/// The areas that services cover.
#[utoipa::path(get, operation_id = "listAreas", path = "/api/v1/areas", tag = "vocabulary",
    responses((status = 200, description = "Every area.", body = [Area])))]
pub async fn areas(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap) -> Answered {
    list(&state, &uri, &headers, |words| words.areas.iter().map(area).collect::<Vec<_>>()).await
}

/// Money that can remove a barrier.
#[utoipa::path(get, operation_id = "listFunds", path = "/api/v1/funds", tag = "vocabulary",
    responses((status = 200, description = "Every fund.", body = [Fund])))]
pub async fn funds(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap) -> Answered {
    list(&state, &uri, &headers, |words| words.funds.iter().map(fund).collect::<Vec<_>>()).await
}

async fn list<T: Serialize + 'static>(
    state: &Arc<AppState>,
    uri: &Uri,
    headers: &HeaderMap,
    rows: fn(&model::Directory) -> Vec<T>,
) -> Answered {
    let [] = request::known(uri, [])?;
    unchanging(state, headers, move |snapshot: &Snapshot| Ok(rows(snapshot.vocabulary()))).await
}

fn category(row: &model::Category) -> Category {
    let model::Category { code, name, parent, words, open_eligibility } = row.clone();
    Category { code, name, parent, words, open_eligibility }
}

fn goal(row: &model::Goal, words: &model::Directory) -> Goal {
    let model::Goal { code, name, good, pathways, words: lay_words, icon } = row.clone();
    let serves = words.goal_categories.iter().filter(|pair| pair.goal == code);
    let categories = serves.map(|pair| ServedBy { category: pair.category.clone(), strength: pair.strength }).collect();
    Goal { code, name, good, pathways, words: lay_words, icon, categories }
}

fn audience(row: &model::Audience) -> Audience {
    let model::Audience { code, name, words } = row.clone();
    Audience { code, name, words }
}

fn area(row: &model::Area) -> Area {
    Area { id: row.id.clone(), name: row.name.clone(), kind: row.kind, parent_id: row.parent_id.clone() }
}

fn fund(row: &model::Fund) -> Fund {
    let row = row.clone();
    Fund {
        id: row.id,
        name: row.name,
        kind: row.kind,
        holder_organisation_id: row.holder_organisation_id,
        only_for: row.only_for,
        minimum_age: row.age.minimum,
        maximum_age: row.age.maximum,
        covers: row.covers,
        most: row.most,
        pays_for: row.pays_for.iter().map(pays_for).collect(),
        how_to_apply: row.how_to_apply,
        status: row.status,
        checked_on: row.checked_on,
    }
}

fn pays_for(thing: &PaysFor) -> String {
    match thing {
        PaysFor::Category(code) => code.as_str(),
        PaysFor::Travel => "travel",
        PaysFor::Kit => "kit",
        PaysFor::Childcare => "childcare",
        PaysFor::IdDocuments => "id",
        PaysFor::Course => "course",
    }
    .to_string()
}
