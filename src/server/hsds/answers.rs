//! The lists of the feed and their records.

use super::known::KnownIds;
use super::lines::{self, Make};
use super::pages::{Page, span};
use super::question::{self, Question};
use super::select::{Selector, has_words, words};
use crate::exchange::standard::entry::{Entry, last_modified};
use crate::exchange::standard::objects::{self, Depth};
use crate::exchange::standard::terms::{self, Object, TAXONOMIES, Terms};
use crate::index::Snapshot;
use crate::search::Circumstances;
use crate::server::api::{Answered, deadline, json, unchanging, work};
use crate::server::error::{Kind, Problem};
use crate::server::request::{self, PathText};
use crate::server::state::AppState;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use serde_json::{Value, json};
use std::sync::Arc;

type Shared = State<Arc<AppState>>;

/// A list of the feed: what it takes, what fits, and what a record of it is.
#[derive(Clone, Copy)]
enum List {
    Services,
    ServiceAtLocations,
    Organizations,
    Taxonomies,
    TaxonomyTerms,
}

impl List {
    fn parameters(self) -> &'static [&'static str] {
        match self {
            List::Services => question::SERVICES,
            List::ServiceAtLocations => question::SERVICE_AT_LOCATIONS,
            List::Organizations => question::ORGANIZATIONS,
            List::Taxonomies => question::TAXONOMIES,
            List::TaxonomyTerms => question::TAXONOMY_TERMS,
        }
    }

    /// The numbers of the records that fit.
    fn numbers(self, selector: &Selector<'_>, question: &Question) -> Result<Vec<u32>, Problem> {
        let terms = Terms::new(selector.snapshot.vocabulary());
        let fitting = |all: Vec<Object>, fits: &dyn Fn(&Object) -> bool| {
            let words = words(&question.search);
            let text = |object: &Object| {
                let field = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default().to_string();
                format!("{} {}", field("name"), field("description"))
            };
            let fits = |(number, object): (u32, Object)| {
                (fits(&object) && has_words(&text(&object), &words)).then_some(number)
            };
            (0..).zip(all).filter_map(fits).collect()
        };
        match self {
            List::Services => selector.services(question),
            List::ServiceAtLocations => selector.listings(question),
            List::Organizations => selector.organisations(question),
            List::Taxonomies => Ok(fitting(all_taxonomies(), &|_| true)),
            List::TaxonomyTerms => Ok(fitting(all_terms(&terms), &|term| {
                let in_list = |field: &str, wanted: &[String]| {
                    let has = term.get(field).and_then(Value::as_str).unwrap_or_default();
                    wanted.is_empty() || wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(has))
                };
                in_list("taxonomy_id", &question.taxonomy_id)
                    && in_list("parent_id", &question.parent_id)
                    && (!question.top_only || !term.contains_key("parent_id"))
            })),
        }
    }

    /// What makes a record of a number.
    fn make(self, question: &Question) -> Make {
        let (minimal, full_service) = (question.minimal, question.full_service);
        let depth = if question.full { Depth::Full } else { Depth::OneToOne };
        match self {
            List::Services if minimal => Box::new(|snapshot, number| {
                let of = snapshot.facts().services.get(number as usize)?;
                let mut made = terms::object(json!({ "id": crate::exchange::standard::ids::id("service", &of.id) }));
                if let Some(moment) = last_modified(snapshot.modified(number as usize), of.checked_on) {
                    made.insert("modified_date".to_string(), json!(moment));
                    made.insert("last_modified".to_string(), json!(moment));
                }
                Some(Value::Object(made))
            }),
            List::Services => Box::new(move |snapshot, number| {
                let entry = Entry::of_snapshot(snapshot, number as usize)?;
                Some(Value::Object(objects::service(&entry, &Terms::new(snapshot.vocabulary()), depth)))
            }),
            List::ServiceAtLocations => {
                Box::new(move |snapshot, number| place(snapshot, number, depth).map(Value::Object))
            }
            List::Organizations => Box::new(move |snapshot, number| {
                let depth = if full_service { Depth::Full } else { depth };
                with_services(snapshot, number, depth, full_service).map(Value::Object)
            }),
            List::Taxonomies => {
                Box::new(|_, number| all_taxonomies().into_iter().nth(number as usize).map(Value::Object))
            }
            List::TaxonomyTerms => Box::new(|snapshot, number| {
                let terms = Terms::new(snapshot.vocabulary());
                all_terms(&terms).into_iter().nth(number as usize).map(Value::Object)
            }),
        }
    }
}

fn all_taxonomies() -> Vec<Object> {
    TAXONOMIES.iter().filter_map(|(name, ..)| terms::taxonomy(name)).collect()
}

fn all_terms(terms: &Terms<'_>) -> Vec<Object> {
    TAXONOMIES.iter().flat_map(|(name, ..)| terms.codes(name).into_iter().map(|code| terms.term(name, code))).collect()
}

/// A service at a location, by the number of its listing.
fn place(snapshot: &Snapshot, number: u32, depth: Depth) -> Option<Object> {
    let listing = snapshot.facts().listings.get(number as usize)?;
    let location = snapshot.location_row(listing.location?).filter(|location| !location.confidential)?;
    let entry = Entry::of_snapshot(snapshot, listing.service as usize)?;
    Some(objects::service_at_location(&entry, &location, &Terms::new(snapshot.vocabulary()), depth))
}

/// An organisation, with its services unless only its own fields are wanted.
fn with_services(snapshot: &Snapshot, number: u32, depth: Depth, full_service: bool) -> Option<Object> {
    let row = snapshot.organisation_row(number)?;
    let terms = Terms::new(snapshot.vocabulary());
    let mut made = objects::organization(&row, &terms, depth);
    if depth == Depth::Full {
        let own = snapshot.facts().services.iter().enumerate().filter(|(_, of)| of.organisation == number);
        let depth = if full_service { Depth::Full } else { Depth::OneToOne };
        let service = |(number, _)| {
            let entry = Entry::of_snapshot(snapshot, number)?;
            let mut service = objects::service(&entry, &terms, depth);
            service.remove("organization");
            Some(Value::Object(service))
        };
        let services: Vec<Value> = own.filter_map(service).collect();
        if !services.is_empty() {
            made.insert("services".to_string(), Value::Array(services));
        }
    }
    Some(made)
}

/// Answers a question to a list.
async fn list(state: Arc<AppState>, list: List, question: Question) -> Answered {
    let snapshot = state.snapshot().ok_or(Problem::new(Kind::NoIndex))?;
    let for_work = Arc::clone(&state);
    work(&state, deadline(&state), move |served: &Snapshot, circumstances: &Circumstances<'_>| {
        let known = KnownIds::of(&for_work, served);
        let selector = Selector { snapshot: served, known: &known, circumstances };
        let numbers = list.numbers(&selector, &question)?;
        let make = list.make(&question);
        // Another generation may be served since: its numbers are others.
        if question.lines && served.generation() == snapshot.generation() {
            return Ok(lines::response(snapshot, numbers, make));
        }
        let total = numbers.len();
        let shown = &numbers[span(&question, total)];
        let contents: Vec<Value> = shown.iter().filter_map(|number| make(served, *number)).collect();
        json(&Page::new(&question, total, contents))
    })
    .await
}

async fn asked(state: Arc<AppState>, uri: Uri, of: List) -> Answered {
    let question = question::of(&uri, of.parameters())?;
    list(state, of, question).await
}

async fn posted(state: Arc<AppState>, uri: Uri, headers: HeaderMap, body: Body, of: List) -> Answered {
    let question = question::posted(&uri, &headers, body, deadline(&state), of.parameters()).await?;
    list(state, of, question).await
}

macro_rules! lists {
    ($($asked:ident, $posted:ident: $list:ident;)+) => {$(
        pub async fn $asked(State(state): Shared, uri: Uri) -> Answered {
            asked(state, uri, List::$list).await
        }
        pub async fn $posted(State(state): Shared, uri: Uri, headers: HeaderMap, body: Body) -> Answered {
            posted(state, uri, headers, body, List::$list).await
        }
    )+};
}

lists! {
    services, services_posted: Services;
    service_at_locations, service_at_locations_posted: ServiceAtLocations;
    organizations, organizations_posted: Organizations;
    taxonomies, taxonomies_posted: Taxonomies;
    taxonomy_terms, taxonomy_terms_posted: TaxonomyTerms;
}

/// One record, found by its id.
async fn one<F>(state: Arc<AppState>, headers: HeaderMap, make: F) -> Answered
where
    F: FnOnce(&Snapshot, &KnownIds) -> Option<Object> + Send + 'static,
{
    let for_work = Arc::clone(&state);
    unchanging(&state, &headers, move |snapshot| {
        let known = KnownIds::of(&for_work, snapshot);
        make(snapshot, &known).map(Value::Object).ok_or(Problem::new(Kind::NotFound))
    })
    .await
}

pub async fn service(State(state): Shared, PathText(id): PathText, uri: Uri, headers: HeaderMap) -> Answered {
    let [] = request::known(&uri, [])?;
    one(state, headers, move |snapshot, known| {
        let entry = Entry::of_snapshot(snapshot, known.service(&id)? as usize)?;
        Some(objects::service(&entry, &Terms::new(snapshot.vocabulary()), Depth::Full))
    })
    .await
}

pub async fn service_at_location(
    State(state): Shared,
    PathText(id): PathText,
    uri: Uri,
    headers: HeaderMap,
) -> Answered {
    let [] = request::known(&uri, [])?;
    one(state, headers, move |snapshot, known| place(snapshot, known.listing(&id)?, Depth::Full)).await
}

pub async fn organization(State(state): Shared, PathText(id): PathText, uri: Uri, headers: HeaderMap) -> Answered {
    let asked = question::of(&uri, &["full_service"])?;
    one(state, headers, move |snapshot, known| {
        with_services(snapshot, known.organisation(&id)?, Depth::Full, asked.full_service)
    })
    .await
}

pub async fn taxonomy(State(state): Shared, PathText(id): PathText, uri: Uri, headers: HeaderMap) -> Answered {
    let [] = request::known(&uri, [])?;
    one(state, headers, move |_, known| terms::taxonomy(known.taxonomy(&id)?)).await
}

pub async fn taxonomy_term(State(state): Shared, PathText(id): PathText, uri: Uri, headers: HeaderMap) -> Answered {
    let [] = request::known(&uri, [])?;
    one(state, headers, move |snapshot, known| {
        let (taxonomy, code) = known.term(&id)?;
        Some(Terms::new(snapshot.vocabulary()).term(taxonomy, code))
    })
    .await
}
