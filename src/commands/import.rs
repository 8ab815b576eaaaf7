//! `signpost import`: brings what others publish into the CSV files.

use super::folders::open_gazetteer;
use super::{Ending, YourMistake};
use crate::exchange::import::live::Feed;
use crate::exchange::import::{ImportError, Origin, Request, import};
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::time::Duration;

/// Import what others publish
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Open Referral (HSDS 3, its UK profile, and older versions): a package, a JSON dump or a live feed
    Hsds(Hsds),
}

#[derive(Debug, Args)]
struct Hsds {
    /// A folder or zip of CSV tables, a JSON or NDJSON dump of full services, or the address of a live feed
    source: String,
    /// The folder of CSV files; an empty or new one becomes a directory that can be served
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Say what would be changed, by row and column, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Only services at or covering this place: an area of areas.csv, a postcode or a place
    #[arg(long, value_name = "WHERE")]
    area: Option<String>,
    /// How far around a place that is no area of areas.csv
    #[arg(long, value_name = "KM", default_value_t = 15.0, requires = "area")]
    within: f64,
    /// The name of the source in the rows; by it they are found when it is imported again
    #[arg(long = "source", value_name = "NAME")]
    source_name: Option<String>,
    /// Close services that came from this source before and are not in it any more
    #[arg(long)]
    close_missing: bool,
    /// The report as JSON
    #[arg(long)]
    json: bool,
    /// Places made by `signpost gazetteer import`, beside those in the binary
    #[arg(long, env = "SIGNPOST_GAZETTEER", value_name = "FILE")]
    gazetteer: Option<PathBuf>,
}

impl Import {
    /// A source that is refused or breaks off ends with [`Ending::YourData`]; then nothing was changed.
    pub fn run(self) -> Result<Ending> {
        let What::Hsds(asked) = self.what;
        let gazetteer = open_gazetteer(asked.gazetteer.as_deref())?;
        let request = Request {
            source: origin(asked.source),
            into: asked.into,
            source_name: asked.source_name,
            area: asked.area,
            within_km: asked.within,
            dry_run: asked.dry_run,
            close_missing: asked.close_missing,
        };
        let shows = io::stderr().is_terminal();
        let mut progress = |read: u64, of: Option<usize>| {
            if shows {
                let _ = write!(io::stderr(), "\r{}", progress_bar(read, of)); // nobody is hurt if it is not seen
            }
        };
        let mut out = BufWriter::new(io::stdout().lock());
        let report = import(&request, &gazetteer, &mut out, &mut progress);
        if shows {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
        let report = report.map_err(|error| match error {
            ImportError::Source { message, help } => YourMistake { message, help: Some(help) }.into(),
            ImportError::Io { what, source } => anyhow::Error::new(source).context(what),
        })?;
        if asked.json {
            serde_json::to_writer_pretty(&mut out, &report).context("the report cannot be written")?;
            writeln!(out)?;
        } else {
            report.write(request.dry_run, &mut out)?;
        }
        out.flush()?;
        Ok(Ending::Done)
    }
}

/// How far the reading is: `[######----] 600 of 1000 services read`, or only how many where nobody knows of how many.
fn progress_bar(read: u64, of: Option<usize>) -> String {
    const WIDTH: usize = 30;
    let Some(of) = of.filter(|of| *of > 0) else { return format!("{read} services read") };
    let done = (read as usize * WIDTH / of).min(WIDTH);
    format!("[{}{}] {read} of {of} services read", "#".repeat(done), "-".repeat(WIDTH - done))
}

/// Before a request is made again for the first time.
const WAIT: Duration = Duration::from_secs(1);

fn origin(source: String) -> Origin {
    let lower = source.to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return Origin::Feed(Feed { address: source, wait: WAIT });
    }
    Origin::Path(PathBuf::from(source))
}

#[cfg(test)]
mod tests {
    use super::progress_bar;

    #[test]
    fn the_bar_fills_and_never_overflows() {
        assert_eq!(progress_bar(7, None), "7 services read");
        assert_eq!(progress_bar(0, Some(0)), "0 services read");
        assert_eq!(
            progress_bar(50, Some(100)),
            format!("[{}{}] 50 of 100 services read", "#".repeat(15), "-".repeat(15))
        );
        assert_eq!(progress_bar(300, Some(100)), format!("[{}] 300 of 100 services read", "#".repeat(30)));
    }
}
