//! `signpost serve`: brings the index up to date, then answers questions over HTTP and follows the files.

use super::refuse;
use crate::config::{Config, LogFormat, Settings};
use crate::gazetteer::Gazetteer;
use crate::index::{self, IndexError};
use crate::server::limits::Limits;
use crate::server::listen::{self, Connections};
use crate::server::reload::{self, Folders, Seen};
use crate::server::state::{AppState, london_now};
use crate::server::{log, router};
use anyhow::Context;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tracing::level_filters::LevelFilter;

/// How long work that nobody waits for any more may hold up the end.
const LAST_WORK: Duration = Duration::from_secs(1);

/// The flags of `serve`; each wins over the environment (`SIGNPOST_LISTEN` …) and the config file.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the CSV files [default: data/directory]
    #[arg(long, value_name = "DIR")]
    directory: Option<PathBuf>,
    /// Folder of the index, which is made from them [default: index]
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,
    /// Address and port to listen on; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Settings file (TOML)
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How to write the log [default: text]
    #[arg(long, value_enum)]
    log: Option<LogFormat>,
    /// Least important events to log: off, error, warn, info, debug, trace [default: info]
    #[arg(long, value_name = "LEVEL")]
    log_level: Option<LevelFilter>,
    /// Let files with far fewer services than before replace what is served
    #[arg(long)]
    accept_shrink: bool,
}

/// Serves until SIGTERM or Ctrl-C.
///
/// # Errors
/// Our own faults: the disk, the network, a failed build. Bad settings, bad data and a port in use are refused instead.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let config = match arguments.gather() {
        Ok(config) => config,
        Err(error) => return Ok(refuse(error)),
    };
    if let Some(file) = &config.gazetteer {
        let file = file.display();
        return Ok(refuse(format!("gazetteer: `{file}` cannot be used: this version has only the places inside it")));
    }
    log::start(config.log, config.log_level);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no runtime")?;
    let within = runtime.enter();
    let reserved = match listen::reserve(config.listen) {
        Ok(reserved) => reserved,
        Err(error) => return Ok(refuse(cannot_listen(config.listen, &error))),
    };
    let state = Arc::new(AppState::new(Gazetteer::built_in(), london_now, Limits::default()));
    let folders = Folders {
        directory: config.directory.clone(),
        index: config.index.clone(),
        accept_shrink: config.accept_shrink,
    };
    let seen = Seen::now(&folders.directory);
    if let Some(refused) = prepare(&state, &folders)? {
        return Ok(refused);
    }
    let listener = match reserved.listen() {
        Ok(listener) => listener,
        Err(error) => return Ok(refuse(cannot_listen(config.listen, &error))),
    };
    let stop = listen::stop_signal().context("cannot listen for signals")?;
    let watching = reload::watch(Arc::clone(&state), folders, seen).context("no thread")?;
    announce(&state, listener.local_addr().context("no address")?);

    let (app, draining) = (router(Arc::clone(&state)), Arc::clone(&state));
    runtime.block_on(listen::serve(listener, app, Connections::default(), stop, move || draining.drain()));
    drop(within);
    runtime.shutdown_timeout(LAST_WORK);
    if watching.is_finished() {
        // It ends by itself within a poll; an update that is under way is safe to leave: publishing is all or nothing.
        let _ = watching.join();
    }
    tracing::info!(target: "signpost::serve", "stopped");
    Ok(ExitCode::SUCCESS)
}

impl Arguments {
    fn gather(self) -> Result<Config, crate::config::ConfigError> {
        let flags = Settings {
            directory: self.directory,
            index: self.index,
            listen: self.listen,
            log: self.log,
            log_level: self.log_level,
            gazetteer: None,
            accept_shrink: self.accept_shrink.then_some(true),
        };
        // A variable that is no text is none of ours.
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Config::gather(self.config.as_deref(), std::env::vars_os().filter_map(text), flags)
    }
}

/// Brings the index up to date before anybody asks. Files that are not good enough are no reason not to serve the last
/// good generation; without one there is nothing to serve, and whoever starts us is told why.
fn prepare(state: &AppState, folders: &Folders) -> anyhow::Result<Option<ExitCode>> {
    let opened = index::open(&folders.index).context("the index cannot be opened")?;
    if let Some(snapshot) = opened {
        state.open(snapshot);
    }
    match reload::update(state, folders) {
        Ok(()) => (),
        Err(error) if state.snapshot().is_some() => {
            eprintln!("warning: {error}\nhelp: the last good index is served; `/health/ready` says why");
        }
        Err(IndexError::Data { what, problems }) => {
            for problem in problems.iter().take(20) {
                let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
                eprintln!("{}[{}]: {}{line}: {}", problem.severity, problem.code, problem.file, problem.message);
                if let Some(help) = &problem.help {
                    eprintln!("  help: {help}");
                }
            }
            let folder = folders.directory.display();
            return Ok(Some(refuse(format!("{what}\nhelp: `signpost check {folder}` lists every problem"))));
        }
        Err(error) => return Err(error).context("the index cannot be built"),
    }
    for why in &state.status().kept_back {
        eprintln!("warning: {why}");
    }
    Ok(None)
}

/// One line for whoever started it.
fn announce(state: &AppState, address: SocketAddr) {
    let Some(snapshot) = state.snapshot() else { return };
    let (generation, counts) = (snapshot.generation(), snapshot.counts());
    let sample = if snapshot.vocabulary().is_sample { ", a sample directory: fictional organisations" } else { "" };
    eprintln!(
        "serving http://{address} from {generation}: {} services of {} organisations at {} locations{sample}",
        counts.services, counts.organisations, counts.locations
    );
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => format!(
            "port {} of {} is in use\nhelp: stop the program that listens there, or choose another port: `--listen {}:0` \
             takes a free one",
            address.port(),
            address.ip(),
            address.ip()
        ),
        std::io::ErrorKind::PermissionDenied => {
            format!(
                "`{address}` may not be listened on\nhelp: ports below 1024 need permission; choose one above, such as 8080"
            )
        }
        _ => format!("`{address}` cannot be listened on: {error}"),
    }
}
