//! `signpost search`: asks the directory from the command line.

use super::folders::Folders;
use super::{Ending, YourMistake};
use crate::clock::london_now;
use crate::search::answer::{Answer, Hit};
use crate::search::ask::{Ask, Near};
use crate::search::public::PublicLocation;
use crate::search::{Circumstances, NoAnswer, Uses, search};
use anyhow::{Result, anyhow};
use clap::Args;
use std::io::{self, Write};

/// Search the directory
#[derive(Debug, Args)]
pub struct Search {
    /// What to look for, in any words
    text: String,
    /// Where: a postcode (full, sector or outcode) or a place
    #[arg(long, value_name = "WHERE")]
    near: Option<String>,
    /// Only within so many km of it
    #[arg(long, value_name = "KM", requires = "near", allow_negative_numbers = true)]
    within: Option<f64>,
    /// Any other filter of the API, such as `age=18` or `led_by=peers`; may be given several times
    #[arg(long = "filter", value_name = "NAME=VALUE")]
    filters: Vec<String>,
    /// The whole answer as JSON, as the API gives it
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    folders: Folders,
}

impl Search {
    /// A question with a mistake ends with [`Ending::YourData`].
    pub fn run(self) -> Result<Ending> {
        let ask = self.ask()?;
        let gazetteer = self.folders.open_gazetteer()?;
        let snapshot = self.folders.open(&gazetteer)?;
        let circumstances =
            Circumstances { gazetteer: &gazetteer, now: london_now(), out_of_time: &|| false, uses: Uses::ALL };
        let answer = search(&snapshot, &ask, &circumstances).map_err(no_answer)?;
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &answer)?;
            writeln!(out)?;
        } else {
            print(&answer, &mut out)?;
        }
        Ok(Ending::Done)
    }

    fn ask(&self) -> Result<Ask> {
        let mut pairs = Vec::new();
        for filter in &self.filters {
            let pair = filter.split_once('=').ok_or_else(|| YourMistake {
                message: "a filter is a name and a value".to_string(),
                help: Some("write it as `--filter age=18`".to_string()),
            })?;
            pairs.push(pair);
        }
        let mut ask = Ask::from_pairs(pairs).map_err(NoAnswer::Mistakes).map_err(no_answer)?;
        ask.q = Some(self.text.clone());
        ask.near = self.near.clone().map(Near::Text).or(ask.near);
        ask.within_km = self.within.or(ask.within_km);
        Ok(ask)
    }
}

/// What is wrong with a question, all of it, as one message.
pub fn no_answer(reason: NoAnswer) -> anyhow::Error {
    match reason {
        NoAnswer::Mistakes(mistakes) => match mistakes.as_slice() {
            [mistake] => {
                let message = format!("`{}` {}", mistake.field, mistake.message);
                YourMistake { message, help: mistake.help.clone() }.into()
            }
            several => {
                let lines: Vec<String> =
                    several.iter().map(|mistake| format!("  - {mistake}").replace('\n', "\n    = ")).collect();
                YourMistake { message: format!("several things are wrong\n{}", lines.join("\n")), help: None }.into()
            }
        },
        NoAnswer::OutOfTime => anyhow!("the search took too long"),
        NoAnswer::Inside(cause) => anyhow!("the index could not be read: {cause}"),
    }
}

fn print(answer: &Answer, out: &mut impl Write) -> Result<()> {
    for help in &answer.crisis {
        let phone = help.phone.as_ref().map(|phone| format!(" Ring {phone}.")).unwrap_or_default();
        writeln!(out, "{}{phone}\n", help.message)?;
    }
    for (number, hit) in answer.results.iter().enumerate() {
        writeln!(out, "{:>2}. {}", number + 1, shown(&hit.service.name))?;
        writeln!(out, "    {}", shown(&facts(hit).join(" · ")))?;
        if !hit.service.summary.is_empty() {
            writeln!(out, "    {}", shown(&hit.service.summary))?;
        }
    }
    let place = answer.understood.place.as_ref().map(|place| format!(" near {}", shown(&place.name)));
    writeln!(out, "{}{}", crate::dataset::render::counted(answer.total as u64, "service"), place.unwrap_or_default())?;
    for (filter, count) in &answer.removed_by {
        writeln!(out, "{count} more without `{filter}`")?;
    }
    if answer.sample {
        writeln!(out, "(a sample directory: the organisations are fictional)")?;
    }
    Ok(())
}

fn facts(hit: &Hit) -> Vec<String> {
    let mut facts = vec![hit.service.organisation.name.clone()];
    match &hit.location {
        Some(PublicLocation::Open(location)) if !location.town.is_empty() => facts.push(location.town.clone()),
        Some(PublicLocation::Confidential(_)) => facts.push("address not public".to_string()),
        _ => {}
    }
    if let Some(km) = hit.distance_km {
        facts.push(format!("{km} km"));
    }
    if let Some(opens) = hit.opens {
        let starts = opens.starts.strftime("%a %-d %b %H:%M");
        facts.push(if opens.open_now { "open now".to_string() } else { format!("opens {starts}") });
    }
    match hit.service.cost {
        Some(cost) if cost.is_free() => facts.push("free".to_string()),
        Some(cost) => facts.push(cost.to_string()),
        None => {}
    }
    facts
}

/// Text of the directory as it is safe to show on a terminal: control characters are left out.
pub fn shown(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}
