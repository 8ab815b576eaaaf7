//! `signpost evaluate`: how good the answers are, by a judged set.

use super::folders::Folders;
use super::search::{no_answer, shown};
use super::{Ending, YourMistake};
use crate::clock::london_now;
use crate::evaluation::ablation::Step;
use crate::evaluation::run::{ALL, Measured, Row};
use crate::evaluation::{Broken, Half, Judged, Report, ablation, evaluate};
use crate::search::{Circumstances, Uses};
use anyhow::Result;
use clap::{Args, ValueEnum};
use jiff::civil::DateTime;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Measure the answers by a judged set
#[derive(Debug, Args)]
pub struct Evaluate {
    /// Grades: tab-separated `query`, `service`, `grade` (0 to 3)
    judgements: PathBuf,
    /// Questions: a JSON array of `{"id", "kind", "half", "ask" or "profile"}`
    profiles: PathBuf,
    /// Everything as JSON, each question with its first ten services
    #[arg(long)]
    json: bool,
    /// A row for each question as well, the worst first
    #[arg(long)]
    queries: bool,
    /// Only the questions for tuning, or only those for testing
    #[arg(long, value_enum)]
    half: Option<HalfArg>,
    /// What each part is worth: the text alone, then spelling, vocabulary, meaning and categories one after the other
    #[arg(long)]
    ablation: bool,
    /// End with 1 if the nDCG@10 of a kind, or of `all`, is below this: `--floor lay=0.65`
    #[arg(long, value_name = "KIND=NUMBER", value_parser = floor, conflicts_with = "ablation")]
    floor: Vec<(String, f64)>,
    /// The local time at which to ask, such as 2026-11-23T10:00; the present if not given
    #[arg(long, value_name = "TIME")]
    now: Option<DateTime>,
    #[command(flatten)]
    folders: Folders,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum HalfArg {
    Tune,
    Test,
}

fn floor(text: &str) -> Result<(String, f64), String> {
    let help = "write a kind and a number from 0 to 1: `lay=0.65`";
    let (kind, number) = text.split_once('=').ok_or(help)?;
    let number = number.parse().ok().filter(|number| (0.0..=1.0).contains(number)).ok_or(help)?;
    Ok((kind.to_string(), number))
}

impl Evaluate {
    /// A broken file, a measure below its floor, or a question with a mistake, ends with [`Ending::YourData`].
    pub fn run(self) -> Result<Ending> {
        let judgements = text(&self.judgements)?;
        let profiles = text(&self.profiles)?;
        let (profiles_file, judgements_file) = (self.profiles.to_string_lossy(), self.judgements.to_string_lossy());
        let judged =
            Judged::read((&profiles_file, &profiles), (&judgements_file, &judgements)).map_err(your_mistake)?;
        let judged = match self.half {
            None => judged,
            Some(half) => chosen_half(judged, half, &profiles_file)?,
        };
        self.check_floors(&judged)?;
        let gazetteer = self.folders.open_gazetteer()?;
        let snapshot = self.folders.open(&gazetteer)?;
        let now = self.now.unwrap_or_else(london_now);
        let circumstances = Circumstances { gazetteer: &gazetteer, now, out_of_time: &|| false, uses: Uses::ALL };
        let mut talk = io::stderr().lock();
        for (service, queries) in judged.missing(|id| snapshot.service_number(id).is_some()) {
            let queries = queries.into_iter().collect::<Vec<_>>().join(", ");
            writeln!(talk, "warning: `{}` is not in the directory; graded for {}", shown(service), shown(&queries))?;
        }
        let mut out = io::stdout().lock();
        if self.ablation {
            let steps =
                ablation(&snapshot, &judged, &circumstances).map_err(|(id, why)| of_query(&id, no_answer(why)))?;
            if self.json {
                serde_json::to_writer_pretty(&mut out, &steps)?;
                writeln!(out)?;
            } else {
                print_steps(&steps, &mut out)?;
            }
            return Ok(Ending::Done);
        }
        let report = evaluate(&snapshot, &judged, &circumstances).map_err(|(id, why)| of_query(&id, no_answer(why)))?;
        if self.json {
            serde_json::to_writer_pretty(&mut out, &report)?;
            writeln!(out)?;
        } else {
            print(&report, self.queries, &mut out)?;
        }
        let mut ending = Ending::Done;
        for (kind, floor) in &self.floor {
            for row in report.kinds.iter().filter(|row| row.kind == *kind && row.ndcg_10 < *floor) {
                writeln!(talk, "error: nDCG@10 of `{}` is {:.3}, below {floor}", shown(kind), row.ndcg_10)?;
                ending = Ending::YourData;
            }
        }
        Ok(ending)
    }

    /// A floor under a kind that no question has would hold for ever.
    fn check_floors(&self, judged: &Judged) -> Result<()> {
        let mut kinds = judged.kinds();
        kinds.push(ALL);
        if let Some((kind, _)) = self.floor.iter().find(|(kind, _)| !kinds.contains(&kind.as_str())) {
            let message = format!("no question is of the kind `{}`", shown(kind));
            return Err(YourMistake { message, help: Some(format!("the kinds are: {}", kinds.join(", "))) }.into());
        }
        Ok(())
    }
}

fn chosen_half(judged: Judged, half: HalfArg, file: &str) -> Result<Judged> {
    let (half, name) = match half {
        HalfArg::Tune => (Half::Tune, "tune"),
        HalfArg::Test => (Half::Test, "test"),
    };
    let none = || YourMistake {
        message: format!("{file}: no question has the half `{name}`"),
        help: Some(format!("write `\"half\": \"{name}\"` to the questions that are for it")),
    };
    Ok(judged.half(half).ok_or_else(none)?)
}

fn text(file: &Path) -> Result<String> {
    let wrong = |error: io::Error| YourMistake {
        message: format!("{} cannot be read: {error}", file.display()),
        help: Some("name the judgements first, then the profiles; both are UTF-8 text".to_string()),
    };
    Ok(std::fs::read_to_string(file).map_err(wrong)?)
}

/// The same error with the question's id in it.
fn of_query(id: &str, error: anyhow::Error) -> anyhow::Error {
    match error.downcast::<YourMistake>() {
        Ok(mistake) => YourMistake { message: format!("query `{id}`: {mistake}"), ..mistake }.into(),
        Err(error) => error.context(format!("query `{id}`")),
    }
}

fn your_mistake(broken: Broken) -> YourMistake {
    YourMistake { message: broken.to_string(), help: Some(broken.help).filter(|help| !help.is_empty()) }
}

fn print(report: &Report, with_queries: bool, out: &mut impl Write) -> Result<()> {
    writeln!(
        out,
        "{:<12} {:>4}  {:>7} {:>13}  {:>9} {:>6} {:>6} {:>10}  {:>12} {:>8}",
        "kind", "n", "nDCG@10", "95 %", "recall@20", "MRR", "MAP", "coverage@5", "BM25 nDCG@10", "BM25 MAP"
    )?;
    for row in &report.kinds {
        let Row { kind, n, ndcg_10, interval: (low, high), mrr, bm25_ndcg_10, .. } = row;
        writeln!(
            out,
            "{:<12} {n:>4}  {ndcg_10:>7.3} {:>13}  {:>9} {mrr:>6.3} {:>6} {:>10}  {bm25_ndcg_10:>12.3} {:>8}",
            shown(kind),
            format!("{low:.3}–{high:.3}"),
            number(row.recall_20),
            number(row.map),
            number(row.coverage_5),
            number(row.bm25_map),
        )?;
    }
    if !with_queries {
        return Ok(());
    }
    let mut queries: Vec<&Measured> = report.queries.iter().collect();
    queries.sort_by(|a, b| a.ndcg_10.total_cmp(&b.ndcg_10).then_with(|| a.id.cmp(&b.id)));
    writeln!(
        out,
        "\n{:<8} {:<12} {:>7} {:>9} {:>6} {:>6} {:>10}  {:>12}  grades of the first ten",
        "query", "kind", "nDCG@10", "recall@20", "RR", "AP", "coverage@5", "BM25 nDCG@10"
    )?;
    for query in queries {
        let grades: String = query.first.iter().map(|(_, grade)| grade.to_string()).collect();
        writeln!(
            out,
            "{:<8} {:<12} {:>7.3} {:>9} {:>6.3} {:>6} {:>10}  {:>12.3}  {grades}",
            shown(&query.id),
            shown(&query.kind),
            query.ndcg_10,
            number(query.recall_20),
            query.reciprocal_rank,
            number(query.average_precision),
            number(query.coverage_5),
            query.bm25_ndcg_10
        )?;
    }
    Ok(())
}

/// A row for each part and kind: the mean with its interval, and what the part added with the interval of that.
fn print_steps(steps: &[Step], out: &mut impl Write) -> Result<()> {
    writeln!(out, "{:<12} {:<12} {:>7} {:>13}  {:>16}", "with", "kind", "nDCG@10", "95 %", "the part adds")?;
    for step in steps {
        for mean in &step.kinds {
            let (low, high) = mean.interval;
            let gain = mean.gain.map_or_else(|| "–".to_string(), |(low, high)| format!("{low:+.3} to {high:+.3}"));
            let part = if step.part == "text" { "text".to_string() } else { format!("+ {}", step.part) };
            writeln!(
                out,
                "{part:<12} {:<12} {:>7.3} {:>13}  {gain:>16}",
                shown(&mean.kind),
                mean.ndcg_10,
                format!("{low:.3}–{high:.3}"),
            )?;
        }
    }
    Ok(())
}

fn number(measure: Option<f64>) -> String {
    measure.map_or_else(|| "–".to_string(), |measure| format!("{measure:.3}"))
}
