//! The server under the browser: the sample directory, on a free port of this machine, at ten o'clock on Tuesday the
//! 24th of November 2026.

use super::tools;
use jiff::civil::{DateTime, date};
use signpost::gazetteer::Gazetteer;
use signpost::server::limits::Limits;
use signpost::server::listen::{self, Connections};
use signpost::server::reload::{self, Folders};
use signpost::server::router;
use signpost::server::site::{Here, Site};
use signpost::server::state::AppState;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::oneshot;

/// What the pages call the place in which the kiosk of the tests stands.
pub const HERE: &str = "Mosley Street probation office";

/// Where an index is kept.
enum Index {
    Own(TempDir),
    Shared(PathBuf),
}

impl Index {
    fn own() -> Self {
        Self::Own(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        match self {
            Self::Own(folder) => folder.path(),
            Self::Shared(folder) => folder,
        }
    }
}

pub struct Server {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
    _index: Index,
}

fn tuesday() -> DateTime {
    date(2026, 11, 24).at(10, 0, 0, 0)
}

/// A kiosk in the middle of Manchester, with the mirrored language.
pub fn site() -> Site {
    let here = Here { name: HERE.to_string(), near: "M1 4BT".to_string() };
    Site {
        here: Some(here),
        public_url: Some("https://signpost.example.org".to_string()),
        mirrored: true,
        ..Site::default()
    }
}

impl Server {
    /// Serves the sample directory. Its index is made once for all tests of this program.
    pub fn sample() -> Self {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory");
        Self::start(Some(&directory), Index::Shared(tools::of_this_program("sample-index")))
    }

    /// Has nothing to serve.
    pub fn without_index() -> Self {
        Self::start(None, Index::own())
    }

    /// Serves a directory.
    pub fn over(directory: &Path) -> Self {
        Self::start(Some(directory), Index::own())
    }

    fn start(directory: Option<&Path>, index: Index) -> Self {
        let site = Site {
            directory: directory.map(Path::to_path_buf),
            contact_email: Some("team@example.org".to_string()),
            ..site()
        };
        // A machine that builds and tests at once is slow; what is too slow is tested in `api::limits`.
        let patient = Limits { deadline: Duration::from_secs(60), ..Limits::default() };
        let state = AppState::new(Gazetteer::built_in(), tuesday, patient).with_site(site);
        let state = Arc::new(state);
        if let Some(directory) = directory {
            let index = index.path().to_path_buf();
            if let Some(snapshot) = signpost::index::open(&index) {
                state.open(snapshot);
            }
            let folders = Folders {
                directory: directory.to_path_buf(),
                index,
                accept_shrink: false,
                moment: signpost::clock::utc_now,
            };
            let _ = reload::update(&state, &folders);
            assert!(state.snapshot().is_some(), "{:?}", state.status());
        }
        let (stop, stopped) = oneshot::channel::<()>();
        let (say, hear) = std::sync::mpsc::channel();
        let app = router(Arc::clone(&state));
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                say.send(listener.local_addr().unwrap()).unwrap();
                let until = async move { _ = stopped.await };
                listen::serve(listener, app, Connections::default(), until, || ()).await;
            });
        });
        let address = hear.recv().unwrap();
        Self { address, stop: Some(stop), thread: Some(thread), _index: index }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        drop(self.thread.take());
    }
}
