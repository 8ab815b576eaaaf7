//! Records that another Signpost has published: they carry our own columns as attributes, and become the very rows that
//! they were. Nothing of them is tidied, and nothing is taken on trust: a cell that its column cannot hold is left.

use super::{Converted, Converter, left};
use crate::dataset::columns::{Holds, Item, OTHER_COSTS, Table};
use crate::exchange::import::crosswalk::{OWN, Terms};
use crate::exchange::import::prose::MAX_CELL_BYTES;
use crate::exchange::import::record::{id, list, object, text};
use crate::exchange::import::row::Row;
use crate::exchange::import::table::Record;
use crate::model::hours::OpeningHours;
use crate::model::{Code, Email, Phone, Pounds, Website};
use jiff::civil::Date;
use serde_json::Value;

/// Fields of a service that are a column of ours as they stand.
const SERVICE: [(&str, &str); 9] = [
    ("name", "name"),
    ("description", "description"),
    ("url", "website"),
    ("email", "email"),
    ("application_process", "how_to_join"),
    ("alert", "notice"),
    ("assured_date", "checked_on"),
    ("minimum_age", "minimum_age"),
    ("maximum_age", "maximum_age"),
];

impl Converter<'_> {
    /// The rows of a service of another Signpost.
    pub(super) fn own_service(&mut self, record: &Record, terms: &Terms) -> Option<Converted> {
        let name = raw(record, "name");
        let Some(source_id) = id(record).filter(|_| !name.is_empty()) else {
            self.report.services.left_out += 1;
            self.report.broken(format!("a service without an id or a name: `{name}`"));
            return None;
        };
        let service_id = self.ids.of(Table::Services, self.source, &source_id, &name, terms.own("id"));
        if !self.made.insert((Table::Services as usize, service_id.clone())) {
            self.report.broken(format!("a service with the id `{source_id}` was already read: `{name}`"));
            return None;
        }
        let mut converted = Converted::default();
        let organisation = object(record, "organization");
        let (organisation_id, row) = self.organisation_of(record, organisation, &name, &source_id);
        converted.organisation = row;
        let mut row = Row::new(Table::Services);
        for (field, column) in SERVICE {
            let said = raw(record, field);
            if !said.is_empty() {
                self.report.carried(&format!("services.{field}"));
                row.set(column, said);
            }
        }
        if let Some(summary) = terms.own("summary") {
            let description = row.get("description").to_string();
            let rest = description.strip_prefix(summary).map(|rest| rest.trim_start().to_string());
            row.set("description", rest.unwrap_or(description));
        }
        let phone = list(record, &["phones"]).first().map(|phone| raw(phone, "number")).unwrap_or_default();
        row.set("phone", phone);
        row.set(
            "status",
            match raw(record, "status").as_str() {
                "defunct" => "closed",
                "temporarily closed" | "inactive" => "paused",
                _ => "active",
            },
        );
        row.set("organisation_id", organisation_id);
        self.own_columns(&mut row, terms);
        row.set("id", &service_id);
        row.set("source", self.source);
        row.set("source_id", source_id);
        if row.get("categories").is_empty() {
            self.report.without_category += 1;
        }
        converted.service = Some(row);
        self.own_places(record, &service_id, &mut converted);
        left::of(record, left::SERVICE, "services", self.report);
        Some(converted)
    }

    /// The sessions of a service and their places, in the order of the file they came from.
    fn own_places(&mut self, record: &Record, service_id: &str, converted: &mut Converted) {
        let mut sessions: Vec<(u64, Row)> = own_sessions(record, service_id, "");
        for place in list(record, &["service_at_locations"]) {
            let Some(location) = object(place, "location") else { continue };
            let (location_id, row) = self.location(location);
            converted.locations.extend(row);
            sessions.extend(own_sessions(place, service_id, &location_id));
        }
        sessions.sort_by_key(|(number, _)| *number);
        for (_, mut row) in sessions {
            self.report.carried("session");
            self.check_cells(&mut row);
            converted.sessions.push(row);
        }
    }

    /// Sets the columns that the attributes state.
    pub(super) fn own_columns(&mut self, row: &mut Row, terms: &Terms) {
        for (column, value) in &terms.own {
            if !matches!(column.as_str(), "id" | "source" | "source_id" | "session") {
                row.set(column, value.clone());
            }
        }
        self.check_cells(row);
    }

    /// Clears what the columns cannot hold, and says so.
    fn check_cells(&mut self, row: &mut Row) {
        for column in row.table.file().columns {
            let cell = row.get(column.name).to_string();
            let held = self.held(&cell, column.holds);
            if held != cell {
                self.report.left(&format!("signpost:{}", column.name), "holds something that the column cannot", &cell);
                row.set(column.name, held);
            }
        }
    }

    /// As much of a cell as its column can hold.
    fn held(&self, cell: &str, holds: Holds) -> String {
        let fits = |fits: bool| if fits { cell.to_string() } else { String::new() };
        if cell.is_empty() {
            return String::new();
        }
        match holds {
            Holds::Key | Holds::One(Item::RowOf(_)) => cell.to_string(), // ours, not theirs
            Holds::Phone => fits(Phone::new(cell).is_some()),
            Holds::Email => fits(Email::new(cell).is_some()),
            Holds::Website => fits(Website::new(cell).is_some()),
            Holds::Postcode => fits(crate::gazetteer::Postcode::parse(cell).is_some_and(|postcode| postcode.is_full())),
            Holds::Date => fits(cell.len() == 10 && cell.parse::<Date>().is_ok()),
            Holds::YesNo => fits(matches!(cell, "yes" | "no")),
            Holds::Hours => fits(OpeningHours::parse(cell).is_ok()),
            Holds::Money => fits(cell.parse().ok().and_then(Pounds::new).is_some()),
            Holds::Integer { from, to } => fits(cell.parse().is_ok_and(|number: i64| (from..=to).contains(&number))),
            Holds::Number { from, to } => fits(cell.parse().is_ok_and(|number: f64| (from..=to).contains(&number))),
            Holds::One(Item::CodeOf(codes)) => fits(codes().contains(&cell)),
            Holds::List(item) => {
                let fits = |word: &&str| match item {
                    Item::CodeOf(codes) => codes().contains(word),
                    Item::RowOf(Table::Categories) => self.crosswalk.has_category(word),
                    Item::RowOf(Table::Audiences) => self.crosswalk.has_audience(word),
                    Item::RowOf(Table::Areas) => self.areas.iter().any(|area| area.id.as_str() == *word),
                    Item::RowOf(_) => false,
                    Item::Language => word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()),
                    Item::OpenList(_) => Code::new(word).is_ok(),
                    Item::PaysFor => OTHER_COSTS.contains(word) || self.crosswalk.has_category(word),
                    Item::Words => true,
                };
                cell.split(';').map(str::trim).filter(fits).collect::<Vec<_>>().join(";")
            }
            Holds::Text | Holds::One(_) => {
                let visible = |c: &char| matches!(c, '\n' | '\t') || !crate::dataset::is_invisible(*c);
                let mut held: String = cell.chars().filter(visible).collect();
                while held.len() > MAX_CELL_BYTES {
                    held.pop();
                }
                held
            }
        }
    }
}

/// The sessions that the attributes of a service, or of a service at a location, state.
fn own_sessions(record: &Record, service_id: &str, location_id: &str) -> Vec<(u64, Row)> {
    let mut found = Vec::new();
    for attribute in list(record, &["attributes"]) {
        let code = object(attribute, "taxonomy_term").and_then(|term| text(term, &["code"])).unwrap_or_default();
        if code.strip_prefix(OWN) != Some("session") {
            continue;
        }
        let said: Value = serde_json::from_str(&raw(attribute, "value")).unwrap_or_default();
        let mut row = Row::new(Table::Sessions);
        row.set("service_id", service_id);
        row.set("location_id", location_id);
        for (field, column) in
            [("hours", "opening_hours"), ("starts", "starts_on"), ("ends", "ends_on"), ("note", "note")]
        {
            row.set(column, said[field].as_str().unwrap_or_default());
        }
        found.push((said["n"].as_u64().unwrap_or(u64::MAX), row));
    }
    found
}

/// A field as it stands, without blanks around it.
pub(super) fn raw(record: &Record, field: &str) -> String {
    match record.get(field) {
        Some(Value::String(text)) => text.trim().to_string(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
