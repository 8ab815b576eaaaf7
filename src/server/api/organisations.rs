//! Organisations: the list, and one with its services.

use super::paging::Page;
use super::{Answered, id, unchanging};
use crate::search::public::{PublicOrganisation, PublicService};
use crate::server::error::{Kind, Problem};
use crate::server::request::{self, PathText};
use crate::server::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A page of organisations.
#[derive(Serialize, ToSchema)]
pub struct OrganisationList {
    /// Organisations on all pages.
    total: usize,
    page: usize,
    per_page: usize,
    results: Vec<PublicOrganisation>,
    generation: String,
    /// True when the organisations are fictional.
    sample: bool,
}

/// An organisation and what it offers.
#[derive(Serialize, ToSchema)]
pub struct OrganisationDetail {
    organisation: PublicOrganisation,
    /// Its services, by id.
    services: Vec<PublicService>,
}

/// Organisations, by id.
#[utoipa::path(get, operation_id = "listOrganisations", path = "/api/v1/organisations", tag = "organisations",
    params(
        ("page" = Option<usize>, Query, minimum = 1, description = "From 1"),
        ("per_page" = Option<usize>, Query, minimum = 1, maximum = 100, description = "1 to 100; 20 if not given"),
    ),
    responses((status = 200, description = "A page of organisations.", body = OrganisationList))
)]
pub async fn list(State(state): State<Arc<AppState>>, uri: Uri, headers: HeaderMap) -> Answered {
    let page = Page::of(&uri)?;
    unchanging(&state, &headers, move |snapshot| {
        Ok(OrganisationList {
            total: snapshot.counts().organisations,
            page: page.page,
            per_page: page.per_page,
            results: snapshot.organisations(page.from(), page.per_page),
            generation: snapshot.generation().to_string(),
            sample: snapshot.vocabulary().is_sample,
        })
    })
    .await
}

/// One organisation, with its services.
#[utoipa::path(get, operation_id = "getOrganisation", path = "/api/v1/organisations/{id}", tag = "organisations",
    params(("id" = crate::model::Id, Path, description = "The organisation's id")),
    responses((status = 200, description = "The organisation.", body = OrganisationDetail))
)]
pub async fn one(
    State(state): State<Arc<AppState>>,
    PathText(text): PathText,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let [] = request::known(&uri, [])?;
    let id = id(&text)?;
    unchanging(&state, &headers, move |snapshot| {
        let organisation = snapshot.organisation(id.as_str()).ok_or(Problem::new(Kind::NotFound))?;
        Ok(OrganisationDetail { organisation, services: snapshot.services_of(id.as_str()) })
    })
    .await
}
