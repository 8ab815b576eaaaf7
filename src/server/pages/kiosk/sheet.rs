//! My sheet: what was chosen, to be printed or taken along on a phone. The code leads to a list that holds the ids of
//! public services and nothing else.

use super::around::Around;
use super::qr::{self, Picture};
use super::step::Step;
use super::{Visit, render};
use crate::language::Language;
use crate::server::error::Problem;
use crate::server::log::ResultCount;
use crate::server::pages::entry::{Entry, Place};
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "kiosk/sheet.html")]
struct SheetPage {
    around: Around,
    entries: Vec<Entry>,
    made_on: String,
    /// The list's address with its picture, where a phone can reach this server.
    link: Option<(String, Picture)>,
}

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Problem> {
    let t = visit.language.texts();
    let entry = |id: &String| Entry::of_service(visit.told(), id);
    let entries: Vec<Entry> = visit.answers.sheet.iter().filter_map(entry).collect();
    let link = visit.state.site.public_url.as_ref().filter(|_| !entries.is_empty()).and_then(|server| {
        let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        let language = match visit.language {
            Language::English => String::new(),
            other => format!("&lang={}", other.code()),
        };
        let link = format!("{server}/list?ids={}{language}", ids.join(","));
        let picture = qr::picture(&link)?;
        Some((link, picture))
    });
    let made_on = t.say("kiosk.made_on", &[("date", &t.date(visit.circumstances.now.date()))]);
    let count = ResultCount(entries.len());
    let mut response = render(&SheetPage { around: visit.around(Step::Sheet), entries, made_on, link });
    response.extensions_mut().insert(count);
    Ok(response)
}
