//! In which columns two versions of a row differ, with the cells as the file would have them.
//!
//! A row's own fields are nearly its columns; the few that hold two columns (an age range, a point) are taken apart here.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A column that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnChange {
    pub column: String,
    pub before: String,
    pub after: String,
}

/// The columns in which they differ, in the order of the row.
pub fn columns<T: Serialize>(before: &T, after: &T) -> Vec<ColumnChange> {
    let (before, after) = (cells(before), cells(after));
    let changed = before.into_iter().zip(after).filter(|(before, after)| before.1 != after.1);
    changed.map(|((column, before), (_, after))| ColumnChange { column, before, after }).collect()
}

/// A row as its cells. Two rows of one kind have the same columns in the same order.
pub fn cells<T: Serialize>(row: &T) -> Vec<(String, String)> {
    let Ok(Value::Object(fields)) = serde_json::to_value(row) else { return Vec::new() };
    let mut cells = Vec::new();
    for (field, value) in fields {
        match field.as_str() {
            "age" => {
                for end in ["minimum", "maximum"] {
                    cells.push((format!("{end}_age"), cell(&value[end])));
                }
            }
            "point" | "centre" => {
                cells.push(("latitude".to_string(), cell(&value[0])));
                cells.push(("longitude".to_string(), cell(&value[1])));
            }
            // Not of a CSV file.
            "shape" => {}
            _ => cells.push((field, cell(&value))),
        }
    }
    cells
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_string(),
        Value::Bool(false) => "no".to_string(),
        Value::String(text) => code(text).to_string(),
        Value::Number(number) => number.to_string().trim_end_matches(".0").to_string(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join(";"),
        // What a fund pays for, if it is a category.
        Value::Object(fields) => fields.values().map(cell).collect::<Vec<_>>().join(";"),
    }
}

/// The spelling in the file of what a fund pays for besides a category.
fn code(text: &str) -> &str {
    match text {
        "Travel" => "travel",
        "Kit" => "kit",
        "Childcare" => "childcare",
        "IdDocuments" => "id",
        "Course" => "course",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{ColumnChange, columns};
    use crate::model::{AgeRange, Fund, FundKind, Id, PaysFor, Pounds, Status};

    #[test]
    fn cells_are_as_the_file_has_them() {
        let fund = Fund {
            id: Id::new("fresh-start").unwrap(),
            name: "Fresh start".into(),
            kind: FundKind::Personal,
            holder_organisation_id: Id::new("doorway").unwrap(),
            only_for: Vec::new(),
            age: AgeRange::default(),
            covers: Vec::new(),
            most: Pounds::new(150.0),
            pays_for: vec![PaysFor::Travel, PaysFor::Category(crate::model::Code::new("gardening").unwrap())],
            how_to_apply: String::new(),
            status: Status::Active,
            checked_on: None,
        };
        let other = Fund {
            most: Pounds::new(152.5),
            age: AgeRange { minimum: Some(18), maximum: None },
            pays_for: vec![PaysFor::IdDocuments],
            ..fund.clone()
        };
        let change = |column: &str, before: &str, after: &str| ColumnChange {
            column: column.into(),
            before: before.into(),
            after: after.into(),
        };
        let mut found = columns(&fund, &other);
        found.sort_by(|a, b| a.column.cmp(&b.column));
        let expected = [
            change("minimum_age", "", "18"),
            change("most", "150", "152.5"),
            change("pays_for", "travel;gardening", "id"),
        ];
        assert_eq!(found, expected);
        assert!(columns(&fund, &fund.clone()).is_empty());
    }
}
