//! `signpost evaluate`: how good the answers are, by a judged set.

use super::folders::Folders;
use super::search::{no_answer, shown};
use super::{Ending, YourMistake};
use crate::clock::london_now;
use crate::evaluation::run::{Measured, Row};
use crate::evaluation::{Broken, Judged, Report, evaluate};
use crate::search::Circumstances;
use anyhow::Result;
use clap::Args;
use jiff::civil::DateTime;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Measure the answers by a judged set
#[derive(Debug, Args)]
pub struct Evaluate {
    /// Grades: tab-separated `query`, `service`, `grade` (0 to 3)
    judgements: PathBuf,
    /// Questions: a JSON array of `{"id", "kind", "ask" or "profile"}`
    profiles: PathBuf,
    /// Everything as JSON, each question with its first ten services
    #[arg(long)]
    json: bool,
    /// A row for each question as well, the worst first
    #[arg(long)]
    queries: bool,
    /// The local time at which to ask, such as 2026-11-23T10:00; the present if not given
    #[arg(long, value_name = "TIME")]
    now: Option<DateTime>,
    #[command(flatten)]
    folders: Folders,
}

impl Evaluate {
    /// A broken file, or a question with a mistake, ends with [`Ending::YourData`].
    pub fn run(self) -> Result<Ending> {
        let judgements = text(&self.judgements)?;
        let profiles = text(&self.profiles)?;
        let (profiles_file, judgements_file) = (self.profiles.to_string_lossy(), self.judgements.to_string_lossy());
        let judged =
            Judged::read((&profiles_file, &profiles), (&judgements_file, &judgements)).map_err(your_mistake)?;
        let gazetteer = self.folders.open_gazetteer()?;
        let snapshot = self.folders.open(&gazetteer)?;
        let now = self.now.unwrap_or_else(london_now);
        let circumstances = Circumstances { gazetteer: &gazetteer, now, out_of_time: &|| false };
        let mut talk = io::stderr().lock();
        for (service, queries) in judged.missing(|id| snapshot.service_number(id).is_some()) {
            let queries = queries.into_iter().collect::<Vec<_>>().join(", ");
            writeln!(talk, "warning: `{}` is not in the directory; graded for {}", shown(service), shown(&queries))?;
        }
        let report = evaluate(&snapshot, &judged, &circumstances).map_err(|(id, why)| of_query(&id, no_answer(why)))?;
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &report)?;
            writeln!(out)?;
        } else {
            print(&report, self.queries, &mut out)?;
        }
        Ok(Ending::Done)
    }
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
        "{:<12} {:>4}  {:>7} {:>13}  {:>9} {:>6} {:>10}  {:>13}",
        "kind", "n", "nDCG@10", "95 %", "recall@20", "MRR", "coverage@5", "BM25 nDCG@10"
    )?;
    for Row { kind, n, ndcg_10, interval: (low, high), recall_20, mrr, coverage_5, bm25_ndcg_10 } in &report.kinds {
        let (recall, coverage) = (number(*recall_20), number(*coverage_5));
        writeln!(
            out,
            "{:<12} {n:>4}  {ndcg_10:>7.3} {:>13}  {recall:>9} {mrr:>6.3} {coverage:>10}  {bm25_ndcg_10:>13.3}",
            shown(kind),
            format!("{low:.3}–{high:.3}"),
        )?;
    }
    if !with_queries {
        return Ok(());
    }
    let mut queries: Vec<&Measured> = report.queries.iter().collect();
    queries.sort_by(|a, b| a.ndcg_10.total_cmp(&b.ndcg_10).then_with(|| a.id.cmp(&b.id)));
    writeln!(
        out,
        "\n{:<8} {:<12} {:>7} {:>9} {:>6} {:>10}  {:>13}  grades of the first ten",
        "query", "kind", "nDCG@10", "recall@20", "RR", "coverage@5", "BM25 nDCG@10"
    )?;
    for query in queries {
        let grades: String = query.first.iter().map(|(_, grade)| grade.to_string()).collect();
        writeln!(
            out,
            "{:<8} {:<12} {:>7.3} {:>9} {:>6.3} {:>10}  {:>13.3}  {grades}",
            shown(&query.id),
            shown(&query.kind),
            query.ndcg_10,
            number(query.recall_20),
            query.reciprocal_rank,
            number(query.coverage_5),
            query.bm25_ndcg_10
        )?;
    }
    Ok(())
}

fn number(measure: Option<f64>) -> String {
    measure.map_or_else(|| "–".to_string(), |measure| format!("{measure:.3}"))
}
