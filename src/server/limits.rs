//! How much work one request, one client and all of them together may cause. Every limit is here, with its reason.

use crate::server::error::{Kind, Problem};
use crate::server::state::AppState;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// Longest text that is searched for, completed or looked up, in characters: a sentence or two. `search` and
/// `matching` hold the same line for the words within their questions.
pub const QUERY_CHARACTERS: usize = 200;

/// Most results on a page, here and in `search`: what a list can be read for; systems that want all take pages.
pub const PER_PAGE: usize = 100;

/// Results on a page when the request does not say.
pub const PER_PAGE_DEFAULT: usize = 20;

/// How deep a list may be paged, page × per_page: 10,000, as in `search`. Later pages cost as much as all before them.
pub const DEEPEST_RESULT: usize = 10_000;

/// Largest body in bytes: a profile is under 2 KB; 64 KB leaves room and costs nothing.
pub const BODY_BYTES: usize = 64 * 1024;

/// Longest path and query string in bytes: a question with every field filled is under 2 KB.
pub const URL_BYTES: usize = 8 * 1024;

/// How long a request may take, from its header to its answer. A search takes milliseconds; whoever waits at a kiosk
/// has given up after this.
pub const DEADLINE: Duration = Duration::from_secs(5);

/// How much later than the deadline the client is let go although the work has not stopped: it looks at the clock now
/// and then, not always.
const GRACE: Duration = Duration::from_millis(250);

/// Requests that work at the same time, for each core. Two, so that one may wait for a page of the disk.
pub const PERMITS_PER_CORE: usize = 2;

/// Requests that wait for a permit: with searches of 10 ms this is a third of a second of waiting on two cores.
pub const QUEUE: usize = 64;

/// When to come back after "too busy": the queue is short, so soon.
pub const RETRY_AFTER_SECONDS: u32 = 1;

/// Bytes of a request's header. hyper's buffer starts at 8 KB and holds the body in parts as well.
pub const HEADER_BYTES: usize = 16 * 1024;

/// How long a client may take to send a header: also how long a kept connection may idle.
pub const HEADER_TIME: Duration = Duration::from_secs(10);

/// How long a client may leave an answer unread before its connection is closed.
pub const WRITE_TIME: Duration = Duration::from_secs(20);

/// Open connections. More wait in the kernel's queue.
pub const CONNECTIONS: usize = 512;

/// How long running requests may go on after SIGTERM.
pub const DRAIN_TIME: Duration = Duration::from_secs(10);

/// Answers smaller than this are not compressed: they fit in one packet anyway.
pub const COMPRESS_FROM_BYTES: u64 = 1024;

/// Problems listed by `/api/v1/directory`: a screenful or four; `signpost check` lists them all.
pub const PROBLEMS_SHOWN: usize = 200;

/// Bad rows named by `/health/ready` and by one look at the files in the log: enough to go and mend them.
pub const BAD_ROWS_NAMED: usize = 20;

/// Largest file that can be tried on the directory's page, in bytes. Other bodies are small (`BODY_BYTES`), but our own
/// sample's services are 214 KB: 4 MB are a county's 8,000 services at half a KB each, and few enough to be held in memory
/// while they are read. A larger one is for `signpost check`.
pub const TRIED_FILE_BYTES: usize = 4 * 1024 * 1024;

/// How long a file that is tried may take to arrive: 4 MB over an office's slow line. The work on it then has the usual
/// deadline.
pub const TRIED_FILE_TIME: Duration = Duration::from_secs(30);

/// The limits that differ between a server and its tests.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub deadline: Duration,
    pub permits: usize,
    pub queue: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { deadline: DEADLINE, permits: cores * PERMITS_PER_CORE, queue: QUEUE }
    }
}

/// The permits to work, and the queue before them. When both are full the next request is turned away at once, which
/// keeps the wait of all others short.
pub struct Permits {
    semaphore: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
}

/// No permit was free, and none became free in time.
#[derive(Debug)]
pub struct TooBusy;

impl Permits {
    pub fn new(limits: &Limits) -> Self {
        let semaphore = Arc::new(Semaphore::new(limits.permits));
        Self { semaphore, waiting: AtomicUsize::new(0), queue: limits.queue }
    }

    /// A permit now, or after a wait in the queue until `until` at the latest.
    pub async fn get(&self, until: Instant) -> Result<OwnedSemaphorePermit, TooBusy> {
        if let Ok(permit) = Arc::clone(&self.semaphore).try_acquire_owned() {
            return Ok(permit);
        }
        let place = Waiting::join(self).ok_or(TooBusy)?;
        let permit = tokio::time::timeout_at(until, Arc::clone(&self.semaphore).acquire_owned()).await;
        drop(place);
        permit.map_err(|_| TooBusy)?.map_err(|_| TooBusy)
    }
}

/// A place in the queue, given up when it is dropped: also when the client goes away.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn join(permits: &'a Permits) -> Option<Self> {
        let before = permits.waiting.fetch_add(1, Ordering::AcqRel);
        let place = Self(&permits.waiting);
        (before < permits.queue).then_some(place)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Tells work on another thread that nobody waits for it any more.
struct Abandoned(Arc<std::sync::atomic::AtomicBool>);

impl Drop for Abandoned {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Does blocking work under a permit, away from the threads that serve connections.
///
/// `work` gets a closure that says when to stop: the deadline has passed, or the client has gone. A timeout around the
/// future frees the client but not the thread, so the permit goes with the work and comes back when it ends.
///
/// # Errors
/// Too busy; out of time; or `work` panicked.
pub async fn in_time<T: Send + 'static>(
    state: &AppState,
    deadline: Instant,
    work: impl FnOnce(&(dyn Fn() -> bool + Sync)) -> T + Send + 'static,
) -> Result<T, Problem> {
    let Ok(permit) = state.permits.get(deadline).await else {
        state.metrics.shed();
        return Err(Problem::new(Kind::Busy));
    };
    let abandoned = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let guard = Abandoned(Arc::clone(&abandoned));
    let stop = deadline.into_std();
    let task = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work(&|| abandoned.load(Ordering::Acquire) || std::time::Instant::now() >= stop)
    });
    let outcome = tokio::time::timeout_at(deadline + GRACE, task).await;
    drop(guard);
    match outcome {
        Ok(Ok(answer)) => Ok(answer),
        // The panic hook has logged where; what it said may hold a person's words.
        Ok(Err(_)) => Err(Problem::inside("the work on a request panicked or was cancelled")),
        Err(_) => Err(Problem::new(Kind::OutOfTime)),
    }
}
