//! `signpost export`: the directory as others want it.

use super::folders::open_gazetteer;
use super::{Ending, YourMistake};
use crate::dataset;
use crate::exchange::export::{self, Portions};
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Give the directory to others
#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Open Referral (HSDS 3.2): 24 CSV tables and their description, into an empty or new folder
    Hsds {
        /// The folder to write into
        folder: PathBuf,
        #[command(flatten)]
        from: From,
    },
    /// A map of services and places
    Geojson {
        /// The file to write; `-` is standard output
        file: PathBuf,
        #[command(flatten)]
        from: From,
    },
    /// A spreadsheet of services and places
    Csv {
        /// The file to write; `-` is standard output
        file: PathBuf,
        #[command(flatten)]
        from: From,
    },
}

#[derive(Debug, Args)]
struct From {
    /// The folder of CSV files
    #[arg(long, env = "SIGNPOST_DIRECTORY", default_value = "data/directory")]
    directory: PathBuf,
    /// Places made by `signpost gazetteer import`, beside those in the binary
    #[arg(long, env = "SIGNPOST_GAZETTEER", value_name = "FILE")]
    gazetteer: Option<PathBuf>,
}

impl Export {
    /// A directory that cannot be read, or a folder that is not empty, ends with [`Ending::YourData`].
    pub fn run(self) -> Result<Ending> {
        let written = match &self.what {
            What::Hsds { folder, from } => {
                let mut portions = from.open()?;
                let staging = beside(folder)?;
                let written =
                    export::package(&mut portions, staging.path()).context("the package cannot be written")?;
                tell(&portions)?;
                put_in_place(staging, folder).context("the package cannot be put in place")?;
                written
            }
            What::Geojson { file, from } => {
                let (mut portions, gazetteer) = (from.open()?, open_gazetteer(from.gazetteer.as_deref())?);
                let written = to_file(file, |out| export::geojson(&mut portions, &gazetteer, out))?;
                tell(&portions)?;
                written
            }
            What::Csv { file, from } => {
                let mut portions = from.open()?;
                let written = to_file(file, |out| export::spreadsheet(&mut portions, out))?;
                tell(&portions)?;
                written
            }
        };
        let export::Written { services, locations, .. } = written;
        writeln!(
            io::stderr().lock(),
            "{}, {}; confidential venues are left out",
            dataset::render::counted(services as u64, "service"),
            dataset::render::counted(locations as u64, "place"),
        )?;
        Ok(Ending::Done)
    }
}

impl From {
    fn open(&self) -> Result<Portions> {
        let mistake = |message: String| YourMistake {
            message,
            help: Some(format!("`signpost check {}` names everything wrong in the files", self.directory.display())),
        };
        let folder = self.directory.display();
        let portions =
            Portions::open(&self.directory).map_err(|error| mistake(format!("`{folder}` cannot be read: {error}")))?;
        Ok(portions.ok_or_else(|| mistake(format!("`{folder}` has a file that is missing or cannot be used")))?)
    }
}

/// Errors in the files are no reason not to export the rest.
fn tell(portions: &Portions) -> io::Result<()> {
    if portions.errors > 0 {
        let errors = dataset::render::counted(portions.errors, "error");
        writeln!(io::stderr().lock(), "warning: {errors} in the files; the rows with them are left out")?;
    }
    Ok(())
}

/// A folder on the same disk, to become the one that is wanted.
fn beside(folder: &Path) -> Result<tempfile::TempDir> {
    let occupied = std::fs::read_dir(folder).ok().is_some_and(|mut entries| entries.next().is_some());
    if occupied || folder.is_file() {
        let message = format!("`{}` is not empty", folder.display());
        return Err(YourMistake { message, help: Some("name an empty or new folder".to_string()) }.into());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).context("the folder cannot be made")?;
    tempfile::Builder::new().prefix(".signpost-export-").tempdir_in(parent).context("the folder cannot be made")
}

fn put_in_place(staging: tempfile::TempDir, folder: &Path) -> io::Result<()> {
    if folder.exists() {
        for entry in std::fs::read_dir(staging.path())? {
            let entry = entry?;
            std::fs::rename(entry.path(), folder.join(entry.file_name()))?;
        }
        return Ok(());
    }
    std::fs::create_dir(folder)?; // with the permissions of an ordinary folder
    put_in_place(staging, folder)
}

fn to_file(file: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<export::Written>) -> Result<export::Written> {
    if file == Path::new("-") {
        let mut out = BufWriter::new(io::stdout().lock());
        let written = write(&mut out)?;
        out.flush()?;
        return Ok(written);
    }
    let mistake = |error: io::Error| YourMistake {
        message: format!("`{}` cannot be written: {error}", file.display()),
        help: None,
    };
    let mut out = BufWriter::new(File::create(file).map_err(mistake)?);
    let written = write(&mut out)?;
    out.flush()?;
    Ok(written)
}
