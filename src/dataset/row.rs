//! One row while it is read: asks for its cells by name and type, and reports everything that is wrong with them.
//!
//! Asking for cells in the order of the table of columns costs nothing; any other order is right too.

use super::catalogue::{NO_SUCH_ROW, NOT_HOURS, REQUIRED};
use super::cells::{self, Cell, Place, Understood};
use super::columns::{Column, File, Holds, Item, OTHER_COSTS, Table};
use super::known::{Consequence, Known, Leads};
use super::problems::{Finding, Problems, Spot, excerpt, shown};
use super::records::Record;
use super::table::Header;
use crate::diagnostic::Severity;
use crate::model::hours::OpeningHours;
use crate::model::{AgeRange, Code, Coded, Email, Id, InvalidId, PaysFor, Phone, Pounds, Website};
use jiff::civil::Date;
use std::borrow::Cow;

/// An id or a code.
pub(super) trait Slug: Sized + PartialEq {
    fn new(text: &str) -> Result<Self, InvalidId>;
}

impl Slug for Id {
    fn new(text: &str) -> Result<Self, InvalidId> {
        Id::new(text)
    }
}

impl Slug for Code {
    fn new(text: &str) -> Result<Self, InvalidId> {
        Code::new(text)
    }
}

/// One row while it is read.
pub(super) struct Row<'a> {
    file: &'static File,
    record: &'a Record,
    header: &'a Header,
    known: &'a Known,
    problems: &'a mut Problems,
    /// Where the next column asked for most likely is.
    next_column: usize,
    row_id: Option<String>,
    /// The row speaks of a confidential place: its cells are in no message.
    discreet: bool,
    pub(super) errors: usize,
    /// The row leads to one that is left out, or into a file that could not be read.
    pub(super) consequence: Option<Consequence>,
    /// Where the row names its parent, to be checked when all rows are known.
    pub(super) parent: Option<Spot>,
}

impl<'a> Row<'a> {
    pub(super) fn new(
        table: Table,
        record: &'a Record,
        header: &'a Header,
        known: &'a Known,
        problems: &'a mut Problems,
    ) -> Self {
        let mut row = Self {
            file: table.file(),
            record,
            header,
            known,
            problems,
            next_column: 0,
            row_id: None,
            discreet: false,
            errors: 0,
            consequence: None,
            parent: None,
        };
        if row.file.has_key() {
            row.row_id = Some(row.raw(0)).filter(|key| Id::new(key).is_ok()).map(Cow::into_owned);
        }
        if table == Table::Locations {
            let confidential = row.file.columns.iter().position(|column| column.name == "confidential");
            let stated = confidential.map(|at| row.raw(at).to_ascii_lowercase()).unwrap_or_default();
            row.discreet = !matches!(stated.as_str(), "" | "no" | "n" | "false" | "0");
        }
        row
    }

    /// The row's id or code, if it is one.
    pub(super) fn row_id(&self) -> Option<&str> {
        self.row_id.as_deref()
    }

    // Cells by type. Each reports what is wrong and gives what is right; nothing if nothing is stated.

    pub(super) fn key<S: Slug>(&mut self, name: &'static str) -> Option<S> {
        let (at, text) = self.cell(name)?;
        match S::new(&text) {
            Ok(key) => Some(key),
            Err(error) => {
                self.report(at, None, cells::not_an_id(&text, error));
                None
            }
        }
    }

    pub(super) fn text(&mut self, name: &'static str) -> String {
        self.optional_text(name).unwrap_or_default()
    }

    pub(super) fn optional_text(&mut self, name: &'static str) -> Option<String> {
        let (_, text) = self.cell(name)?;
        Some(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() })
    }

    pub(super) fn phone(&mut self, name: &'static str) -> Option<Phone> {
        self.typed(name, cells::phone)
    }

    pub(super) fn email(&mut self, name: &'static str) -> Option<Email> {
        self.typed(name, cells::email)
    }

    pub(super) fn website(&mut self, name: &'static str) -> Option<Website> {
        self.typed(name, cells::website)
    }

    pub(super) fn postcode(&mut self, name: &'static str) -> Option<String> {
        self.typed(name, cells::postcode).flatten()
    }

    pub(super) fn date(&mut self, name: &'static str) -> Option<Date> {
        self.typed(name, cells::date)
    }

    pub(super) fn yes_no(&mut self, name: &'static str) -> Option<bool> {
        self.typed(name, cells::yes_no)
    }

    pub(super) fn money(&mut self, name: &'static str) -> Option<Pounds> {
        self.typed(name, cells::money)
    }

    pub(super) fn hours(&mut self, name: &'static str) -> Option<OpeningHours> {
        self.typed(name, |text| match OpeningHours::parse(text) {
            Ok(value) => Ok(Understood { value, remark: None }),
            Err(invalid) => {
                let finding = Finding::new(&NOT_HOURS, invalid.reason);
                Err(match invalid.suggestion {
                    Some(cure) => finding.help(format!("write `{cure}`")),
                    None => finding.help("days in two letters, times on the 24-hour clock: `Mo-Fr 09:00-17:00`"),
                })
            }
        })
    }

    /// A whole number within the bounds of its column, which must fit the type.
    pub(super) fn integer<T: TryFrom<i64>>(&mut self, name: &'static str) -> Option<T> {
        let Holds::Integer { from, to } = self.holds(name) else { return None };
        let number = self.typed(name, |text| cells::integer(text, from, to))?;
        T::try_from(number).ok()
    }

    pub(super) fn number(&mut self, name: &'static str) -> Option<f64> {
        let Holds::Number { from, to } = self.holds(name) else { return None };
        self.typed(name, |text| cells::number(text, from, to))
    }

    /// A code of a closed list.
    pub(super) fn one<T: Coded>(&mut self, name: &'static str) -> Option<T> {
        self.typed(name, cells::code)
    }

    /// Codes of a closed list.
    pub(super) fn several<T: Coded>(&mut self, name: &'static str) -> Vec<T> {
        self.list(name, |row, at, item| row.typed_item(at, item, cells::code))
    }

    /// Words or phrases of anybody's.
    pub(super) fn words(&mut self, name: &'static str) -> Vec<String> {
        self.list(name, |_, _, item| Some(item.to_string()))
    }

    /// Codes of an open list.
    pub(super) fn open_list(&mut self, name: &'static str) -> Vec<Code> {
        let Holds::List(Item::OpenList(usual)) = self.holds(name) else { return Vec::new() };
        self.list(name, |row, at, item| row.typed_item(at, item, |item| cells::open_code(item, usual)))
    }

    pub(super) fn languages(&mut self, name: &'static str) -> Vec<String> {
        self.list(name, |row, at, item| row.typed_item(at, item, cells::language).map(str::to_string))
    }

    /// The id or code of a row of another file.
    pub(super) fn reference<S: Slug>(&mut self, name: &'static str) -> Option<S> {
        let (at, text) = self.cell(name)?;
        let Holds::One(Item::RowOf(table)) = self.file.columns[at].holds else { return None };
        self.resolve(at, table, &text)
    }

    pub(super) fn references<S: Slug>(&mut self, name: &'static str) -> Vec<S> {
        let Holds::List(Item::RowOf(table)) = self.holds(name) else { return Vec::new() };
        self.list(name, |row, at, item| row.resolve(at, table, item))
    }

    /// The id or code of a row of this file, which may come later: see [`super::parents`].
    pub(super) fn parent<S: Slug>(&mut self, name: &'static str) -> Option<S> {
        let (at, text) = self.cell(name)?;
        match S::new(&text) {
            Ok(parent) => {
                self.parent = Some(self.spot(at, None));
                Some(parent)
            }
            Err(error) => {
                self.report(at, None, cells::not_an_id(&text, error));
                None
            }
        }
    }

    /// What a fund pays for: a category, or one of the other costs.
    pub(super) fn pays_for(&mut self, name: &'static str) -> Vec<PaysFor> {
        self.list(name, |row, at, item| {
            Some(match item {
                "travel" => PaysFor::Travel,
                "kit" => PaysFor::Kit,
                "childcare" => PaysFor::Childcare,
                "id" => PaysFor::IdDocuments,
                "course" => PaysFor::Course,
                _ => PaysFor::Category(row.resolve(at, Table::Categories, item)?),
            })
        })
    }

    /// The ages from `minimum_age` to `maximum_age`.
    pub(super) fn ages(&mut self) -> AgeRange {
        let age = AgeRange { minimum: self.integer("minimum_age"), maximum: self.integer("maximum_age") };
        if let (Some(minimum), Some(maximum)) = (age.minimum, age.maximum)
            && minimum > maximum
        {
            let finding = Finding::new(
                &super::catalogue::AGES_REVERSED,
                format!("the lowest age {minimum} is above the highest, {maximum}"),
            );
            self.wrong("minimum_age", finding.help("swap the two ages, or correct the wrong one"));
        }
        age
    }

    /// The place that `latitude` and `longitude` make.
    pub(super) fn place(&mut self) -> Option<crate::model::Point> {
        let errors = self.errors;
        let (latitude, longitude) = (self.number("latitude"), self.number("longitude"));
        if self.errors > errors {
            return None; // a number that is wrong is not a number that is missing
        }
        let Place { point, finding } = cells::place(latitude, longitude);
        if let Some((column, finding)) = finding {
            self.wrong(column, finding);
        }
        point
    }

    /// Reports something about a column that its cell alone does not show.
    pub(super) fn wrong(&mut self, name: &'static str, finding: Finding) {
        let at = self.column(name);
        self.report(at, None, finding);
    }

    // How a cell is found, read and reported.

    fn column(&mut self, name: &'static str) -> usize {
        let columns = self.file.columns;
        let count = columns.len();
        let at = (0..count).map(|step| (self.next_column + step) % count).find(|&at| columns[at].name == name);
        debug_assert!(at.is_some(), "{} has no column {name}", self.file.name);
        let at = at.unwrap_or_default();
        self.next_column = at + 1;
        at
    }

    fn holds(&mut self, name: &'static str) -> Holds {
        let at = self.column(name);
        self.next_column = at;
        self.file.columns[at].holds
    }

    /// The cell, trimmed, without any check.
    fn raw(&self, at: usize) -> Cow<'a, str> {
        match self.header.positions[at].map(|position| self.record.cell(position)) {
            Some(Cow::Borrowed(text)) => Cow::Borrowed(text.trim()),
            Some(Cow::Owned(text)) => Cow::Owned(text.trim().to_string()),
            None => Cow::Borrowed(""),
        }
    }

    /// The cell, trimmed, if it states something and nothing forbidden is in it.
    fn cell(&mut self, name: &'static str) -> Option<(usize, Cow<'a, str>)> {
        let at = self.column(name);
        let Column { required, holds, .. } = self.file.columns[at];
        let untrimmed = self.header.positions[at].map(|position| self.record.cell(position)).unwrap_or_default();
        let is_text = matches!(holds, Holds::Text | Holds::List(Item::Words));
        if let Some(finding) = cells::check_text(&untrimmed, is_text) {
            let severity = finding.kind.severity();
            self.report(at, None, finding);
            if severity == Severity::Error {
                return None;
            }
        }
        let text = self.raw(at);
        if !text.is_empty() {
            return Some((at, text));
        }
        if required {
            self.report(
                at,
                None,
                Finding::new(&REQUIRED, format!("`{name}` is empty and must be stated")).help("fill in the cell"),
            );
        }
        None
    }

    fn typed<T>(&mut self, name: &'static str, read: impl FnOnce(&str) -> Cell<T>) -> Option<T> {
        let (at, text) = self.cell(name)?;
        self.understood(at, None, read(&text))
    }

    fn typed_item<T>(&mut self, at: usize, item: &str, read: impl FnOnce(&str) -> Cell<T>) -> Option<T> {
        let mut cell = read(item);
        if let Err(finding) = &mut cell
            && let Some(help) = comma_help(item)
        {
            finding.help = Some(help);
        }
        self.understood(at, Some(item), cell)
    }

    fn understood<T>(&mut self, at: usize, item: Option<&str>, cell: Cell<T>) -> Option<T> {
        match cell {
            Ok(Understood { value, remark }) => {
                if let Some(remark) = remark {
                    self.report(at, item, remark);
                }
                Some(value)
            }
            Err(finding) => {
                self.report(at, item, finding);
                None
            }
        }
    }

    /// The items of a list, each once.
    fn list<T: PartialEq>(
        &mut self,
        name: &'static str,
        mut read: impl FnMut(&mut Self, usize, &str) -> Option<T>,
    ) -> Vec<T> {
        let Some((at, text)) = self.cell(name) else { return Vec::new() };
        let mut values = Vec::new();
        let mut stated = false;
        for item in text.split(';').map(str::trim).filter(|item| !item.is_empty()) {
            stated = true;
            if let Some(value) = read(self, at, item)
                && !values.contains(&value)
            {
                values.push(value);
            }
        }
        if !stated && self.file.columns[at].required {
            self.report(
                at,
                None,
                Finding::new(&REQUIRED, format!("`{name}` is empty and must be stated")).help("fill in the cell"),
            );
        }
        values
    }

    fn resolve<S: Slug>(&mut self, at: usize, table: Table, text: &str) -> Option<S> {
        match self.known.leads(table, text) {
            Leads::ToARow => return S::new(text).ok(),
            Leads::ToLeftOut(cause) => {
                self.consequence.get_or_insert(cause);
                return None;
            }
            Leads::Nowhere => {}
        }
        if let Some(key) = self.known.same(table, text) {
            self.report(at, Some(text), cells::other_spelling(text, &key));
            return S::new(&key).ok();
        }
        let what = table.one_row();
        let finding =
            Finding::new(&NO_SUCH_ROW, format!("there is no {what} `{}` in {}", shown(text), table.file().name));
        let others: &[&str] = match self.file.columns[at].holds {
            Holds::List(Item::PaysFor) => &OTHER_COSTS,
            _ => &[],
        };
        let near = cells::nearest(text, others.iter().copied()).or_else(|| self.known.nearest(table, text));
        let help = match (comma_help(text), near) {
            (Some(help), _) => help,
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => format!("add the {what} to {}, or correct the spelling", table.file().name),
        };
        self.report(at, Some(text), finding.help(help));
        None
    }

    /// Reports a problem of a cell, or of one item of its list.
    fn report(&mut self, at: usize, item: Option<&str>, finding: Finding) {
        if finding.kind.severity() == Severity::Error {
            self.errors += 1;
        }
        let finding = if self.discreet {
            Finding::new(finding.kind, finding.kind.title).help(finding.kind.cure)
        } else {
            finding
        };
        let spot = spot(self.file, self.record, self.header, at, item, self.row_id.as_deref(), self.discreet);
        self.problems.add(self.file.name, finding, spot);
    }

    fn spot(&self, at: usize, item: Option<&str>) -> Spot {
        spot(self.file, self.record, self.header, at, item, self.row_id.as_deref(), self.discreet)()
    }
}

/// Where a cell is; asked only if the problem is kept.
fn spot<'s>(
    file: &'static File,
    record: &'s Record,
    header: &'s Header,
    at: usize,
    item: Option<&'s str>,
    row_id: Option<&'s str>,
    discreet: bool,
) -> impl FnOnce() -> Spot + 's {
    move || {
        let position = header.positions[at].unwrap_or(usize::MAX);
        let mut cell = record.span(position);
        if let Some(item) = item
            && let Some(found) = record.text[cell.clone()].find(item)
        {
            cell = cell.start + found..cell.start + found + item.len();
        }
        Spot {
            line: Some(record.line_at(cell.start)),
            column: Some(file.columns[at].name.to_string()),
            row_id: row_id.map(str::to_string),
            value: (!discreet).then(|| record.cell(position).trim().to_string()),
            excerpt: (!discreet).then(|| excerpt(&record.text, cell)),
        }
    }
}

fn comma_help(item: &str) -> Option<String> {
    let parts: Vec<String> =
        item.split(',').map(|part| cells::slug(part, '_')).filter(|part| !part.is_empty()).collect();
    (parts.len() > 1).then(|| format!("separate several with `;`: `{}`", parts.join(";")))
}
