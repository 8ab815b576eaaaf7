//! `?page=&per_page=` of plain lists.

use crate::search::mistake::{Mistake, MistakeKind};
use crate::server::error::Problem;
use crate::server::limits::{DEEPEST_RESULT, PER_PAGE, PER_PAGE_DEFAULT};
use crate::server::request;
use axum::http::Uri;

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) page: usize,
    pub(super) per_page: usize,
}

impl Page {
    /// # Errors
    /// A number that is none or out of range, or another parameter.
    pub(super) fn of(uri: &Uri) -> Result<Self, Problem> {
        let [page, per_page] = request::known(uri, ["page", "per_page"])?;
        let mut mistakes = Vec::new();
        let mut number = |field, value: Option<String>, otherwise, most| {
            whole(field, value, otherwise, most).unwrap_or_else(|mistake| {
                mistakes.push(mistake);
                otherwise
            })
        };
        let per_page = number("per_page", per_page, PER_PAGE_DEFAULT, PER_PAGE);
        let page = number("page", page, 1, DEEPEST_RESULT / per_page);
        if mistakes.is_empty() { Ok(Self { page, per_page }) } else { Err(Problem::mistakes(mistakes)) }
    }

    /// How many entries come before it.
    pub(super) fn from(self) -> usize {
        (self.page - 1) * self.per_page
    }
}

fn whole(field: &str, value: Option<String>, otherwise: usize, most: usize) -> Result<usize, Mistake> {
    let Some(value) = value.filter(|value| !value.trim().is_empty()) else { return Ok(otherwise) };
    let number: i64 = value.trim().parse().map_err(|_| {
        Mistake::new(field, MistakeKind::NotANumber, "is not a whole number")
            .with_help("write digits only, such as `20`")
    })?;
    usize::try_from(number).ok().filter(|number| (1..=most).contains(number)).ok_or_else(|| {
        Mistake::new(field, MistakeKind::OutOfRange, format!("is not from 1 to {most}"))
            .with_help(format!("write a number from 1 to {most}; pages reach {DEEPEST_RESULT} entries deep"))
    })
}
