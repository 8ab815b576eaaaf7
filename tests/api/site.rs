//! A server over a small directory, asked without a network, at ten o'clock on Tuesday the 24th of November 2026.

use crate::fixture::Folder;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use serde_json::Value;
use signpost::gazetteer::Gazetteer;
use signpost::server::limits::Limits;
use signpost::server::reload::{self, Folders};
use signpost::server::router;
use signpost::server::site::Site as Settings;
use signpost::server::state::{AppState, Clock};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt;

pub struct Site {
    pub state: Arc<AppState>,
    pub folder: Folder,
    folders: Folders,
    runtime: Runtime,
    router: Router,
    _index: TempDir,
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

fn tuesday() -> DateTime {
    date(2026, 11, 24).at(10, 0, 0, 0)
}

fn in_the_morning() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

impl Site {
    /// The small valid directory.
    pub fn minimal() -> Self {
        Self::over(Folder::minimal())
    }

    /// A directory that is served.
    pub fn over(folder: Folder) -> Self {
        let site = Self::unread(folder, Limits::default());
        site.read_again();
        assert!(site.state.snapshot().is_some(), "{:?}", site.state.status());
        site
    }

    /// A directory that is served by pages that are set up like this.
    pub fn with_settings(folder: Folder, settings: Settings) -> Self {
        let site = Self::made(folder, Limits::default(), tuesday, settings);
        site.read_again();
        site
    }

    /// With other limits.
    pub fn limited(limits: Limits) -> Self {
        let site = Self::unread(Folder::minimal(), limits);
        site.read_again();
        site
    }

    /// A server that has nothing to serve yet.
    pub fn unready() -> Self {
        Self::unread(Folder::minimal(), Limits::default())
    }

    /// Whose clock panics when a search asks it.
    pub fn broken() -> Self {
        let site = Self::with_clock(Folder::minimal(), Limits::default(), || panic!("sentinel"));
        site.read_again();
        site
    }

    fn unread(folder: Folder, limits: Limits) -> Self {
        Self::with_clock(folder, limits, tuesday)
    }

    fn with_clock(folder: Folder, limits: Limits, clock: Clock) -> Self {
        Self::made(folder, limits, clock, Settings::default())
    }

    fn made(folder: Folder, limits: Limits, clock: Clock, settings: Settings) -> Self {
        let index = tempfile::tempdir().unwrap();
        let folders = Folders {
            directory: folder.path().to_path_buf(),
            index: index.path().to_path_buf(),
            accept_shrink: false,
            moment: in_the_morning,
        };
        let state = Arc::new(AppState::new(Gazetteer::built_in(), clock, limits).with_site(settings));
        let router = router(Arc::clone(&state));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { state, folder, folders, runtime, router, _index: index }
    }

    /// What the server does when the files have changed.
    pub fn read_again(&self) {
        let _ = reload::update(&self.state, &self.folders);
    }

    /// The same server after it was stopped and started again: only its files and its index are as they were.
    #[must_use]
    pub fn restarted(self) -> Self {
        let state = AppState::new(Gazetteer::built_in(), self.state.clock, self.state.limits)
            .with_site(self.state.site.clone());
        let state = Arc::new(state);
        state.open(signpost::index::open(&self.folders.index).unwrap());
        let site = Self { router: router(Arc::clone(&state)), state, ..self };
        site.read_again();
        site
    }

    /// The same an hour later.
    pub fn read_again_an_hour_later(&self) {
        let folders =
            Folders { moment: || in_the_morning() + jiff::SignedDuration::from_hours(1), ..self.folders.clone() };
        let _ = reload::update(&self.state, &folders);
    }

    /// Edits the files; what is served stays as it was until they are read again.
    pub fn edit(&mut self, edit: impl FnOnce(Folder) -> Folder) {
        let folder = std::mem::replace(&mut self.folder, Folder::empty());
        self.folder = edit(folder);
    }

    /// Takes a file away.
    pub fn folder_without(&self, file: &str) {
        std::fs::remove_file(self.folder.file(file)).unwrap();
    }

    pub fn get(&self, uri: &str) -> Answer {
        self.ask(Request::get(uri).body(Body::empty()).unwrap())
    }

    pub fn get_with(&self, uri: &str, name: &str, value: &str) -> Answer {
        self.ask(Request::get(uri).header(name, value).body(Body::empty()).unwrap())
    }

    pub fn with_method(&self, method: Method, uri: &str) -> Answer {
        self.ask(Request::builder().method(method).uri(uri).body(Body::empty()).unwrap())
    }

    pub fn post(&self, uri: &str, json: impl Into<Body>) -> Answer {
        self.ask(Request::post(uri).header("content-type", "application/json").body(json.into()).unwrap())
    }

    pub fn ask(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes().to_vec();
            Answer { status: parts.status, headers: parts.headers, body }
        })
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The ids of the services found, in order.
    pub fn ids(&self) -> Vec<String> {
        let json = self.json();
        let results = json["results"].as_array().unwrap_or_else(|| panic!("no results: {json:#}"));
        results.iter().map(|hit| hit["service"]["id"].as_str().unwrap().to_string()).collect()
    }

    /// A problem as one line: `400 /problems/invalid-question page out-of-range`, a field and kind for each error.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let json = self.json();
        assert_eq!(json["status"], self.status.as_u16());
        for key in ["title", "detail"] {
            assert!(!json[key].as_str().unwrap().is_empty());
        }
        let mut line = format!("{} {}", self.status.as_u16(), json["type"].as_str().unwrap());
        for error in json["errors"].as_array().into_iter().flatten() {
            assert!(!error["message"].as_str().unwrap().is_empty() && !error["help"].as_str().unwrap().is_empty());
            line += &format!(" {} {}", error["field"].as_str().unwrap(), error["kind"].as_str().unwrap());
        }
        line
    }
}
