//! `signpost serve`: brings the index up to date, then answers questions over HTTP and follows the files.

use super::folders::open_gazetteer;
use super::{Ending, YourMistake};
use crate::clock::{london_now, utc_now};
use crate::config::{Config, ConfigError, LogFormat, Settings};
use crate::gazetteer::Gazetteer;
use crate::index::{self, IndexError};
use crate::matching::Manner;
use crate::server::limits::Limits;
use crate::server::listen::{self, Connections};
use crate::server::reload::{self, Folders, Seen};
use crate::server::site::{Here, Site};
use crate::server::state::AppState;
use crate::server::{log, router};
use anyhow::{Context, Result};
use clap::Args;
use std::ffi::OsString;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tracing::level_filters::LevelFilter;

/// How long work that nobody waits for any more may hold up the end.
const LAST_WORK: Duration = Duration::from_secs(1);

/// Serve the directory over HTTP, and follow its files as they change
#[derive(Debug, Args)]
pub struct Serve {
    /// The folder of CSV files [default: data/directory]
    #[arg(long, value_name = "DIR")]
    directory: Option<PathBuf>,
    /// The folder of the index, which is made from them [default: index]
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,
    /// Address and port to listen on; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Settings file (TOML); the environment (`SIGNPOST_LISTEN` …) wins over it, and flags over both
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Postcodes that `signpost gazetteer import` made
    #[arg(long, value_name = "FILE")]
    gazetteer: Option<PathBuf>,
    /// How to write the log [default: text]
    #[arg(long, value_enum)]
    log: Option<LogFormat>,
    /// The least important events to log: off, error, warn, info, debug or trace [default: info]
    #[arg(long, value_name = "LEVEL")]
    log_level: Option<LevelFilter>,
    /// Let files with far fewer services than before replace what is served
    #[arg(long)]
    accept_shrink: bool,
}

impl Serve {
    /// Serves until SIGTERM or Ctrl-C. Bad settings, bad data and a port in use are whoever started it's to mend.
    pub fn run(self) -> Result<Ending> {
        let config = self.gather()?;
        log::start(config.log, config.log_level);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads")?;
        let within = runtime.enter();
        let refused = |error: io::Error| cannot_listen(config.listen, &error);
        let reserved = listen::reserve(config.listen).map_err(refused)?;
        let gazetteer = open_gazetteer(config.gazetteer.as_deref())?;
        let site = site(&config, &gazetteer)?;
        let manner = Manner { weights: config.weights.clone(), ..Manner::default() };
        let state = AppState::new(gazetteer, london_now, Limits::default()).with_site(site).with_manner(manner);
        let state = Arc::new(state);
        let folders = Folders {
            directory: config.directory.clone(),
            index: config.index.clone(),
            accept_shrink: config.accept_shrink,
            moment: utc_now,
        };
        let seen = Seen::now(&folders.directory);
        prepare(&state, &folders)?;
        let listener = reserved.listen().map_err(refused)?;
        let stop = listen::stop_signal().context("signals cannot be listened for")?;
        reload::watch(Arc::clone(&state), folders, seen).context("no thread to follow the files")?;
        announce(&state, listener.local_addr().context("the address is not known")?)?;

        let (app, draining) = (router(Arc::clone(&state)), Arc::clone(&state));
        runtime.block_on(listen::serve(listener, app, Connections::default(), stop, move || draining.drain()));
        drop(within);
        runtime.shutdown_timeout(LAST_WORK);
        // An update that is under way is not waited for: publishing is all or nothing.
        tracing::info!(target: "signpost::serve", "stopped");
        Ok(Ending::Done)
    }

    fn gather(&self) -> Result<Config> {
        let flags = Settings {
            directory: self.directory.clone(),
            index: self.index.clone(),
            listen: self.listen,
            log: self.log,
            log_level: self.log_level,
            gazetteer: self.gazetteer.clone(),
            accept_shrink: self.accept_shrink.then_some(true),
            ..Settings::default()
        };
        // A variable that is no text is none of ours.
        let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
        let environment = std::env::vars_os().filter_map(text);
        Config::gather(self.config.as_deref(), environment, flags).map_err(|error| {
            let ConfigError { place, message, help } = error;
            YourMistake { message: format!("{place}: {message}"), help }.into()
        })
    }
}

/// How the pages are set up. A kiosk that does not know where it stands is whoever started it's to mend.
fn site(config: &Config, gazetteer: &Gazetteer) -> Result<Site> {
    let here = config.kiosk_place.as_ref().map(|near| {
        let place = gazetteer.find(near).map_err(|why| YourMistake {
            message: format!("kiosk.place: {why}"),
            help: Some("write the postcode or the town in which the kiosk stands".to_string()),
        })?;
        let name = config.kiosk_name.clone().unwrap_or(place.name);
        Ok::<_, YourMistake>(Here { name, near: near.clone() })
    });
    Ok(Site {
        here: here.transpose()?,
        exit_to: config.exit_to.clone(),
        public_url: config.public_url.clone(),
        contact_email: config.contact_email.clone(),
        map_tiles: config.map_tiles.clone(),
        directory: Some(config.directory.clone()),
        ..Site::default()
    })
}

/// Brings the index up to date before anybody asks. Files that are not good enough are no reason not to serve the last
/// good generation; without one there is nothing to serve, and whoever starts us is told why.
fn prepare(state: &AppState, folders: &Folders) -> Result<()> {
    if let Some(snapshot) = index::open(&folders.index) {
        reload::date(&folders.index, &snapshot, utc_now());
        state.open(snapshot);
    }
    let mut err = io::stderr().lock();
    match reload::update(state, folders) {
        Ok(()) => (),
        Err(error) if state.snapshot().is_some() => {
            writeln!(err, "warning: {error}\n  = help: the last good index is served; `/health/ready` says why")?;
        }
        Err(IndexError::Data { what, .. }) => {
            let help = format!("`signpost check {}` names everything wrong in the files", folders.directory.display());
            return Err(YourMistake { message: what, help: Some(help) }.into());
        }
        Err(error) => return Err(error).context("the index cannot be built"),
    }
    for why in &state.status().kept_back {
        writeln!(err, "warning: the files are not served: {why}")?;
    }
    Ok(())
}

/// One line for whoever started it.
fn announce(state: &AppState, address: SocketAddr) -> io::Result<()> {
    let Some(snapshot) = state.snapshot() else { return Ok(()) };
    let (generation, counts) = (snapshot.generation(), snapshot.counts());
    let sample = if snapshot.vocabulary().is_sample { " (sample directory: fictional organisations)" } else { "" };
    writeln!(
        io::stderr().lock(),
        "serving http://{address} from {generation}: {} services of {} organisations at {} locations{sample}",
        counts.services,
        counts.organisations,
        counts.locations
    )
}

fn cannot_listen(address: SocketAddr, error: &io::Error) -> YourMistake {
    let (message, help) = match error.kind() {
        io::ErrorKind::AddrInUse => (
            format!("port {} of {} is in use", address.port(), address.ip()),
            format!("stop what listens there, or choose another port: `--listen {}:0` takes a free one", address.ip()),
        ),
        io::ErrorKind::PermissionDenied => (
            format!("`{address}` may not be listened on"),
            "ports below 1024 need permission; choose one above, such as 8080".to_string(),
        ),
        _ => (
            format!("`{address}` cannot be listened on: {error}"),
            "`127.0.0.1` is this machine only, `0.0.0.0` every network of it".to_string(),
        ),
    };
    YourMistake { message, help: Some(help) }
}
