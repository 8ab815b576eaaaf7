//! `signpost match`: options for a profile, from the command line.

use super::folders::Folders;
use super::search::{no_answer, shown};
use super::{Ending, YourMistake};
use crate::clock::london_now;
use crate::language::Language;
use crate::matching::answer::Options;
use crate::matching::profile::Profile;
use crate::matching::{Manner, match_profile};
use crate::search::{Circumstances, Uses};
use anyhow::Result;
use clap::Args;
use std::io::{self, Read, Write};

/// A profile is small; a larger file is another file.
const MOST_BYTES: u64 = 64 * 1024;

/// Find options for a profile
#[derive(Debug, Args)]
pub struct Match {
    /// The profile as JSON, as `POST /api/v1/match` takes it; `-` reads it from standard input
    file: String,
    /// The whole answer as JSON, as the API gives it
    #[arg(long)]
    json: bool,
    /// The language of the reasons: en or cy
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = language)]
    language: Language,
    #[command(flatten)]
    folders: Folders,
}

impl Match {
    /// A profile with a mistake ends with [`Ending::YourData`].
    pub fn run(self) -> Result<Ending> {
        let profile = self.profile()?;
        let gazetteer = self.folders.open_gazetteer()?;
        let snapshot = self.folders.open(&gazetteer)?;
        let circumstances =
            Circumstances { gazetteer: &gazetteer, now: london_now(), out_of_time: &|| false, uses: Uses::ALL };
        let manner = Manner { language: self.language, ..Manner::default() };
        let options = match_profile(&snapshot, &profile, &manner, &circumstances).map_err(no_answer)?;
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &options)?;
            writeln!(out)?;
        } else {
            print(&options, &mut out)?;
        }
        Ok(Ending::Done)
    }

    fn profile(&self) -> Result<Profile> {
        let mut text = String::new();
        let read = match self.file.as_str() {
            "-" => io::stdin().lock().take(MOST_BYTES + 1).read_to_string(&mut text),
            path => std::fs::File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_string(&mut text)),
        };
        let wrong = |message: String, help: &str| YourMistake { message, help: Some(help.to_string()) };
        read.map_err(|error| {
            let help = "name a file that holds a profile as JSON, or `-` for standard input";
            wrong(format!("the profile cannot be read: {error}"), help)
        })?;
        if text.len() as u64 > MOST_BYTES {
            return Err(wrong("the profile is larger than 64 KB".to_string(), "give one profile only").into());
        }
        let profile = serde_json::from_str(&text).map_err(|error| {
            let help = "a profile looks like `{\"goals\": [{\"words\": \"make some friends\"}], \"near\": \"M1 4BT\"}`";
            wrong(format!("the profile is not right: {error}"), help)
        })?;
        Ok(profile)
    }
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "choose `en` or `cy`".to_string())
}

fn print(answer: &Options, out: &mut impl Write) -> Result<()> {
    for help in &answer.crisis {
        let phone = help.phone.as_ref().map(|phone| format!(" Ring {phone}.")).unwrap_or_default();
        writeln!(out, "{}{phone}\n", help.message)?;
    }
    for (number, option) in answer.options.iter().enumerate() {
        let organisation = &option.service.organisation.name;
        writeln!(out, "{:>2}. {} · {}", number + 1, shown(&option.service.name), shown(organisation))?;
        for reason in &option.because {
            writeln!(out, "    + {}", shown(&reason.text))?;
        }
        for check in &option.check_first {
            writeln!(out, "    ? {}", shown(&check.text))?;
        }
        for fund in &option.funds {
            writeln!(out, "    £ {} could pay for {}", shown(&fund.name), fund.pays_for.join(", "))?;
        }
    }
    for miss in &answer.almost {
        writeln!(out, "almost: {}: {}. {}", shown(&miss.service.name), miss.text, miss.help)?;
    }
    for gap in &answer.gaps {
        writeln!(out, "nothing fits goal {}", gap.goal + 1)?;
    }
    for relax in &answer.relax {
        writeln!(out, "{}: {} more", relax.text, relax.gains)?;
    }
    if answer.sample {
        writeln!(out, "(a sample directory: the organisations are fictional)")?;
    }
    Ok(())
}
