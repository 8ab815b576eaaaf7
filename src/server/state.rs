//! What every request can reach: the generation that is served, the places, the clock, the limits and the counters.

use crate::diagnostic::{Problem, Severity};
use crate::gazetteer::Gazetteer;
use crate::index::{LastUpdate, Snapshot, Update};
use crate::matching::Manner;
use crate::server::hsds::KnownIds;
use crate::server::limits::{Limits, Permits};
use crate::server::metrics::Metrics;
use crate::server::private;
use crate::server::site::Site;
use arc_swap::{ArcSwap, ArcSwapOption};
use jiff::civil::DateTime;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Where the time comes from: the local time in the United Kingdom. A value, so that tests choose the hour.
pub type Clock = fn() -> DateTime;

/// The state of a server; handlers share it by `Arc`.
pub struct AppState {
    snapshot: ArcSwapOption<Snapshot>,
    status: ArcSwap<Status>,
    draining: AtomicBool,
    pub gazetteer: Gazetteer,
    pub clock: Clock,
    pub site: Site,
    /// What counts how much in matching.
    pub manner: Manner,
    pub limits: Limits,
    pub permits: Permits,
    pub metrics: Metrics,
    /// Records of the Open Referral feed by the standard's ids, of the generation that was asked last.
    pub hsds_ids: ArcSwapOption<KnownIds>,
}

/// How the last look at the directory's files went.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// All problems of the files as they are now, as everybody may read them.
    pub problems: Vec<Problem>,
    /// Why the files as they are now are not served, one sentence each; empty if they are.
    pub kept_back: Vec<String>,
    /// What the update that made the generation that is served changed, also after a restart.
    pub last_update: LastUpdate,
}

impl Status {
    /// The rows that are left out or keep their last good version, as `services.csv:131 fenny-row-beds E050`; at most
    /// `most`, the rest are counted.
    pub fn bad_rows(&self, most: usize) -> Vec<String> {
        let errors = || self.problems.iter().filter(|problem| problem.severity == Severity::Error);
        let name = |problem: &Problem| {
            let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
            let row = problem.row_id.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
            let kept = if problem.kept_last_good { " (its last good version is served)" } else { "" };
            format!("{}{line}{row} {}{kept}", problem.file, problem.code)
        };
        let mut named: Vec<String> = errors().take(most).map(name).collect();
        let left = errors().count().saturating_sub(most);
        if left > 0 {
            named.push(format!("and {left} more"));
        }
        named
    }
}

impl AppState {
    /// A server with nothing to serve yet: it answers with a "not ready" problem until [`AppState::take`].
    pub fn new(gazetteer: Gazetteer, clock: Clock, limits: Limits) -> Self {
        Self {
            snapshot: ArcSwapOption::empty(),
            status: ArcSwap::default(),
            draining: AtomicBool::new(false),
            gazetteer,
            clock,
            site: Site::default(),
            manner: Manner::default(),
            limits,
            permits: Permits::new(&limits),
            metrics: Metrics::default(),
            hsds_ids: ArcSwapOption::empty(),
        }
    }

    /// With pages that are set up like this.
    #[must_use]
    pub fn with_site(mut self, site: Site) -> Self {
        self.site = site;
        self
    }

    /// The same server with settings of its own for matching.
    #[must_use]
    pub fn with_manner(self, manner: Manner) -> Self {
        Self { manner, ..self }
    }

    /// The generation that is served. A request takes it once and ends on it.
    pub fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.snapshot.load_full()
    }

    /// How the last look at the files went.
    pub fn status(&self) -> Arc<Status> {
        self.status.load_full()
    }

    /// Serves a generation that was opened, before its files have been looked at.
    pub fn open(&self, snapshot: Arc<Snapshot>) {
        let problems = told(snapshot.problems());
        let last_update = snapshot.last_update().clone();
        self.status.store(Arc::new(Status { problems, last_update, ..Status::default() }));
        self.snapshot.store(Some(snapshot));
    }

    /// Serves what an update gives, and remembers what it said.
    pub fn take(&self, update: Update) {
        let kept_back = update.kept_back.iter().map(|why| private::sentence(why)).collect();
        let last_update = update.snapshot.last_update().clone();
        let status = Status { problems: told(&update.problems), kept_back, last_update };
        self.status.store(Arc::new(status));
        self.snapshot.store(Some(update.snapshot));
    }

    /// Goes on with what is served, and says why the files were not taken.
    pub fn keep(&self, why: &str, problems: Option<&[Problem]>) {
        let before = self.status();
        let problems = problems.map_or_else(|| before.problems.clone(), told);
        self.status.store(Arc::new(Status {
            problems,
            kept_back: vec![private::sentence(why)],
            last_update: before.last_update.clone(),
        }));
    }

    /// True once the server has been told to stop.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Acquire)
    }

    /// From now on `/health/ready` says no, and the reload thread ends.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Release);
    }
}

/// The problems as everybody may read them.
fn told(problems: &[Problem]) -> Vec<Problem> {
    problems.iter().map(private::problem).collect()
}
