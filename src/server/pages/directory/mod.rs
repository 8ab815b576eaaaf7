//! The directory's page, for those who keep it: what is served, what is wrong with the files and how to mend it, what the
//! last update changed, what nobody has checked, where the gaps are; and a place to try a file (`trial`).
//!
//! It answers also when nothing is served yet: that is when one needs to know why.

mod coverage;
mod problems;
mod trial;

use super::frame::{Frame, LANGUAGE, Section};
use super::render;
use crate::index::{Counts, Differences, LastUpdate, NamedService, Snapshot};
use crate::language::{Language, Texts};
use crate::model::Code;
use crate::report::freshness::{self, Freshness};
use crate::search::Circumstances;
use crate::server::api::{self, Answered};
use crate::server::limits::TRIED_FILE_BYTES;
use crate::server::request;
use crate::server::state::{AppState, Status};
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::Uri;
use axum::response::Redirect;
use axum::routing::{get, post};
use coverage::CoverageView;
use jiff::civil::Date;
use problems::FileProblems;
use std::sync::Arc;
use tokio::time::Instant;

/// Services to check that are listed: a week's work. The report of the command line has all.
const STALE_SHOWN: usize = 60;

/// The routes of the directory's page.
pub(super) fn routes() -> Router<Arc<AppState>> {
    // Twice the file's size, so that a file that is a little too large is read far enough to be refused politely.
    let upload = post(trial::page).layer(DefaultBodyLimit::max(2 * TRIED_FILE_BYTES));
    Router::new().route(PATH, get(page)).route("/directory/try", upload.get(back))
}

/// Where the page is.
const PATH: &str = "/directory";

/// What was tried is gone: whoever comes by the address gets the directory's page.
async fn back(State(state): State<Arc<AppState>>, uri: Uri) -> Redirect {
    Redirect::to(&Frame::new(&state, &uri, Section::Directory).link(PATH))
}

#[derive(Template)]
#[template(path = "directory.html")]
struct Page {
    frame: Frame,
    served: Option<Served>,
    kept_back: Vec<String>,
    files: Vec<FileProblems>,
    problems: String,
    changes: Changes,
    can_try: bool,
    tables: Vec<&'static str>,
    most: String,
}

/// What is served.
struct Served {
    generation: String,
    rows: Vec<(&'static str, usize)>,
    freshness: Freshness,
    stale: String,
    coverage: CoverageView,
}

/// What the last update changed.
struct Changes {
    sentence: String,
    lists: Vec<ChangeList>,
}

struct ChangeList {
    heading: String,
    services: Vec<NamedService>,
    /// Services beyond those that are named.
    more: Option<String>,
    linked: bool,
}

async fn page(State(state): State<Arc<AppState>>, uri: Uri) -> Answered {
    let [_language, kind, goal] = request::known(&uri, [LANGUAGE, "kind", "goal"])?;
    let mut frame = Frame::new(&state, &uri, Section::Directory);
    // What was chosen is chosen in another language too.
    let chosen: Vec<String> = [("kind", &kind), ("goal", &goal)]
        .into_iter()
        .filter_map(|(name, code)| Some(format!("{name}={}", code.as_ref().filter(|code| Code::new(code).is_ok())?)))
        .collect();
    if !chosen.is_empty() {
        frame.path = format!("{PATH}?{}", chosen.join("&"));
    }
    let deadline = Instant::now() + state.limits.deadline;
    let status = state.status();
    if state.snapshot().is_none() {
        return Ok(render(&whole(frame, &status, None, state.site.directory.is_some())));
    }
    let can_try = state.site.directory.is_some();
    api::work(&state, deadline, move |snapshot, circumstances| {
        let served = served(&frame, snapshot, circumstances, kind, goal)?;
        Ok(render(&whole(frame, &status, Some(served), can_try)))
    })
    .await
}

impl Page {
    fn date(&self, day: &Date) -> String {
        self.frame.t.date(*day)
    }

    /// The language that a form of this page must keep; English needs none.
    fn language_code(&self) -> Option<&'static str> {
        let language = self.frame.language();
        (language != Language::English).then(|| language.code())
    }
}

fn whole(frame: Frame, status: &Status, served: Option<Served>, can_try: bool) -> Page {
    let t = frame.t;
    Page {
        files: problems::by_file(t, &status.problems),
        problems: problems::sentence(t, &status.problems),
        kept_back: status.kept_back.clone(),
        changes: changes(t, status),
        tables: crate::dataset::columns::Table::ALL.iter().map(|table| table.file().name).collect(),
        most: size(TRIED_FILE_BYTES),
        frame,
        served,
        can_try,
    }
}

/// "4 MB".
fn size(bytes: usize) -> String {
    format!("{} MB", bytes / 1024 / 1024)
}

fn served(
    frame: &Frame,
    snapshot: &Snapshot,
    circumstances: &Circumstances<'_>,
    kind: Option<String>,
    goal: Option<String>,
) -> Result<Served, crate::server::error::Problem> {
    let today = circumstances.now.date();
    let freshness = freshness::freshness(snapshot, today, freshness::DAYS, STALE_SHOWN);
    let numbers: [(&str, &dyn std::fmt::Display); 3] =
        [("services", &freshness.services), ("unchecked", &freshness.unchecked), ("old", &freshness.old)];
    let Counts { organisations, services, locations, sessions, areas, categories, goals, funds } = snapshot.counts();
    Ok(Served {
        generation: snapshot.generation().to_string(),
        rows: vec![
            ("directory.rows.services", services),
            ("directory.rows.organisations", organisations),
            ("directory.rows.locations", locations),
            ("directory.rows.sessions", sessions),
            ("directory.rows.funds", funds),
            ("directory.rows.goals", goals),
            ("directory.rows.categories", categories),
            ("directory.rows.areas", areas),
        ],
        stale: frame.t.say("directory.stale", &numbers),
        freshness,
        coverage: coverage::view(frame.t, snapshot, circumstances, kind, goal)?,
    })
}

fn changes(t: &'static Texts, status: &Status) -> Changes {
    let LastUpdate { changes: counts, named } = status.last_update.clone();
    let Differences { added, changed, removed } = named;
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("added", &counts.added),
        ("changed", &counts.changed),
        ("removed", &counts.removed),
        ("unchanged", &counts.unchanged),
    ];
    let nothing = counts.added + counts.changed + counts.removed == 0;
    let sentence =
        if nothing { t.text("directory.no_changes").to_string() } else { t.say("directory.changes", &values) };
    let list = |key: &'static str, services: Vec<NamedService>, count: usize, linked: bool| {
        let more = count.saturating_sub(services.len());
        ChangeList {
            heading: t.count(key, count as u64, &[]),
            more: (more > 0 && !services.is_empty()).then(|| t.count("directory.and_more", more as u64, &[])),
            services,
            linked,
        }
    };
    let lists = vec![
        list("directory.added", added, counts.added, true),
        list("directory.changed", changed, counts.changed, true),
        list("directory.removed", removed, counts.removed, false),
    ];
    Changes { sentence, lists: lists.into_iter().filter(|list| !list.services.is_empty()).collect() }
}
