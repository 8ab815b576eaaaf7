//! Trying a file: a CSV that is uploaded is read and compared with what is served, and the page says what would happen.
//! Nothing is changed, kept, written to disk or logged: the file is in memory for as long as this takes.

use super::problems::{self, ProblemView};
use super::size;
use crate::dataset::columns::Table;
use crate::report::trial::{self, CannotTry, RowChanges, RowName, Trial};
use crate::server::api::{self, Answered};
use crate::server::error::{Kind, Problem};
use crate::server::limits::{TRIED_FILE_BYTES, TRIED_FILE_TIME};
use crate::server::log::ResultCount;
use crate::server::pages::frame::{Frame, Section};
use crate::server::pages::render;
use crate::server::private;
use crate::server::state::AppState;
use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use std::sync::Arc;
use tokio::time::Instant;

/// Rows listed of each kind of change. A whole new file has thousands, which nobody reads on a page.
const ROWS_SHOWN: usize = 100;

/// Problems listed of the file.
const PROBLEMS_SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "directory_try.html")]
struct Page {
    frame: Frame,
    /// What went wrong, if nothing could be tried.
    sorry: Option<String>,
    tried: Option<Tried>,
}

/// What came of it.
struct Tried {
    file: &'static str,
    verdict: String,
    is_good: bool,
    kept_back: Vec<String>,
    summary: String,
    problems_sentence: String,
    problems: Vec<ProblemView>,
    elsewhere: Vec<ProblemView>,
    lists: Vec<List>,
    changed: Vec<ChangedView>,
    changed_heading: String,
    changed_more: Option<String>,
    not_compared: Option<String>,
}

struct List {
    heading: String,
    rows: Vec<RowName>,
    more: Option<String>,
}

struct ChangedView {
    row: RowName,
    columns: Vec<crate::dataset::rowwise::ColumnChange>,
}

/// What a form of this page holds.
enum Upload {
    File { name: String, bytes: Vec<u8>, table: String },
    TooLarge,
    Nothing,
}

pub(super) async fn page(
    State(state): State<Arc<AppState>>,
    uri: Uri,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Answered {
    let mut frame = Frame::new(&state, &uri, Section::Directory);
    frame.path = super::PATH.to_string();
    let form = form.map_err(|_| Problem::new(Kind::MediaType))?;
    let upload = tokio::time::timeout(TRIED_FILE_TIME, read(form)).await.map_err(|_| Problem::new(Kind::SlowBody))?;
    let t = frame.t;
    let (name, bytes, table) = match upload {
        Upload::File { name, bytes, table } => (name, bytes, table),
        Upload::TooLarge => {
            let most = size(TRIED_FILE_BYTES);
            let sorry = t.say("directory.try.too_large", &[("most", &most)]);
            return Ok(say_sorry(frame, sorry, StatusCode::PAYLOAD_TOO_LARGE));
        }
        Upload::Nothing => {
            let sorry = t.text("directory.try.nothing").to_string();
            return Ok(say_sorry(frame, sorry, StatusCode::BAD_REQUEST));
        }
    };
    let stated = Table::ALL.into_iter().find(|known| known.file().name == table);
    let Some(table) = stated.or_else(|| trial::table_of(&name)) else {
        let sorry = t.text("directory.try.which").to_string();
        return Ok(say_sorry(frame, sorry, StatusCode::BAD_REQUEST));
    };
    let Some(folder) = state.site.directory.clone() else {
        let sorry = t.text("directory.try.no_folder").to_string();
        return Ok(say_sorry(frame, sorry, StatusCode::NOT_FOUND));
    };
    let deadline = Instant::now() + state.limits.deadline;
    api::work(&state, deadline, move |snapshot, _| match trial::trial(&folder, snapshot, table, &bytes) {
        Ok(trial) => {
            let count = trial.problems.len();
            let tried = Some(tried(&frame, trial));
            let mut response = render(&Page { frame, sorry: None, tried });
            response.extensions_mut().insert(ResultCount(count));
            Ok(response)
        }
        Err(CannotTry::TooLarge) => {
            let sorry = t.text("directory.try.large_folder").to_string();
            Ok(say_sorry(frame, sorry, StatusCode::PAYLOAD_TOO_LARGE))
        }
        Err(CannotTry::Folder(_)) => {
            let sorry = t.text("directory.try.no_folder").to_string();
            Ok(say_sorry(frame, sorry, StatusCode::NOT_FOUND))
        }
    })
    .await
}

fn say_sorry(frame: Frame, sorry: String, status: StatusCode) -> Response {
    let mut response = render(&Page { frame, sorry: Some(sorry), tried: None });
    *response.status_mut() = status;
    response
}

/// Reads the form up to the limit. What cannot be read is no file.
async fn read(mut form: Multipart) -> Upload {
    let mut table = String::new();
    let mut file = None;
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => return Upload::TooLarge,
            Err(_) => return Upload::Nothing,
        };
        match field.name() {
            Some("file") => {
                let name = field.file_name().unwrap_or_default().to_string();
                match field.bytes().await {
                    Ok(bytes) if bytes.len() > TRIED_FILE_BYTES => return Upload::TooLarge,
                    Ok(bytes) => file = Some((name, bytes.to_vec())),
                    Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => return Upload::TooLarge,
                    Err(_) => return Upload::Nothing,
                }
            }
            Some("table") => table = field.text().await.unwrap_or_default(),
            _ => {}
        }
    }
    match file {
        Some((name, bytes)) if !(name.is_empty() && bytes.is_empty()) => Upload::File { name, bytes, table },
        _ => Upload::Nothing,
    }
}

fn tried(frame: &Frame, trial: Trial) -> Tried {
    let t = frame.t;
    let Trial { file, rows, left_out, problems, elsewhere, kept_back, changes } = trial;
    let kept_back: Vec<String> = kept_back.iter().map(|why| private::sentence(why)).collect();
    let verdict = match (kept_back.is_empty(), problems.is_empty()) {
        (true, true) => "directory.try.good",
        (true, false) => "directory.try.fair",
        (false, _) => "directory.try.bad",
    };
    let RowChanges { added, changed, removed, unchanged, not_compared } = changes;
    let values: [(&str, &dyn std::fmt::Display); 6] = [
        ("rows", &rows),
        ("left_out", &left_out),
        ("added", &added.len()),
        ("changed", &changed.len()),
        ("removed", &removed.len()),
        ("unchanged", &unchanged),
    ];
    let more = |count: usize| {
        let more = count.saturating_sub(ROWS_SHOWN);
        (more > 0).then(|| t.count("directory.and_more", more as u64, &[]))
    };
    let list = |key: &str, mut rows: Vec<RowName>| {
        let (heading, more) = (t.count(key, rows.len() as u64, &[]), more(rows.len()));
        rows.truncate(ROWS_SHOWN);
        List { heading, rows, more }
    };
    let (changed_heading, changed_more) =
        (t.count("directory.try.changed", changed.len() as u64, &[]), more(changed.len()));
    let changed = changed.into_iter().take(ROWS_SHOWN);
    Tried {
        verdict: t.text(verdict).to_string(),
        is_good: kept_back.is_empty(),
        summary: t.say("directory.try.summary", &values),
        problems_sentence: problems::sentence(t, &problems),
        // The file is that of whoever sent it; other files are not, and are told as to everybody.
        problems: problems.iter().take(PROBLEMS_SHOWN).map(|problem| problems::view(t, problem)).collect(),
        elsewhere: elsewhere
            .iter()
            .take(PROBLEMS_SHOWN)
            .map(|problem| problems::view(t, &private::problem(problem)))
            .collect(),
        changed: changed.map(|changed| ChangedView { row: changed.row, columns: changed.columns }).collect(),
        lists: [list("directory.try.added", added), list("directory.try.removed", removed)]
            .into_iter()
            .filter(|list| !list.rows.is_empty())
            .collect(),
        not_compared: (not_compared > 0).then(|| t.count("directory.try.not_compared", not_compared as u64, &[])),
        file,
        kept_back,
        changed_heading,
        changed_more,
    }
}
