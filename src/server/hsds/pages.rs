//! The envelope of the standard around a page of a list.

use super::question::Question;
use serde::Serialize;
use serde_json::Value;

/// A page, as HSDS has it.
#[derive(Serialize)]
pub struct Page {
    total_items: usize,
    total_pages: usize,
    page_number: usize,
    size: usize,
    first_page: bool,
    last_page: bool,
    empty: bool,
    contents: Vec<Value>,
}

/// Which of `total` items are on the page that is asked for; all of them if only their ids are wanted.
pub fn span(question: &Question, total: usize) -> std::ops::Range<usize> {
    if question.minimal || question.lines {
        return 0..total;
    }
    let from = (question.page - 1).saturating_mul(question.per_page).min(total);
    from..from.saturating_add(question.per_page).min(total)
}

impl Page {
    pub fn new(question: &Question, total: usize, contents: Vec<Value>) -> Self {
        let (page_number, total_pages) = match question.minimal {
            true => (1, 1),
            // A list without anything has one page, and nothing on it.
            false => (question.page, total.div_ceil(question.per_page).max(1)),
        };
        Self {
            total_items: total,
            total_pages,
            page_number,
            size: contents.len(),
            first_page: page_number == 1,
            last_page: page_number >= total_pages,
            empty: contents.is_empty(),
            contents,
        }
    }
}
