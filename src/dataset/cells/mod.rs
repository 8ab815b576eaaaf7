//! Text of a cell → a typed value, or what is wrong with it, what would be right, and the likely cure.
//!
//! Pure: a cell knows nothing of its row. Texts come trimmed and not empty.

mod code;
mod contact;
mod date;
mod number;
mod place;
mod text;

pub(super) use code::{code, fold, language, nearest, open_code, other_spelling, yes_no};
pub(super) use contact::{email, phone, website};
pub(super) use date::date;
pub(super) use number::{integer, money, number};
pub(super) use place::{Place, place, postcode};
pub(super) use text::{check as check_text, not_an_id, slug};

use super::problems::Finding;

/// A value that was understood, and a warning if it was written in another way than it should be.
#[derive(Debug)]
pub(super) struct Understood<T> {
    pub(super) value: T,
    pub(super) remark: Option<Finding>,
}

pub(super) type Cell<T> = Result<Understood<T>, Finding>;

fn plain<T>(value: T) -> Cell<T> {
    Ok(Understood { value, remark: None })
}

fn remarked<T>(value: T, remark: Finding) -> Cell<T> {
    Ok(Understood { value, remark: Some(remark) })
}
