//! What a record of a source says, asked by the names that a field has had.

use super::table::Record;
use serde_json::Value;

/// Words that say nothing.
const NOTHING: [&str; 8] = ["null", "n/a", "na", "none stated", "not applicable", "-", "\\n", "undefined"];

/// The first of these fields that states something: text, a number, or yes and no.
pub fn text(record: &Record, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| scalar(record.get(*name)?))
}

/// All of these fields that state something, each once.
pub fn texts(record: &Record, names: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for stated in names.iter().filter_map(|name| scalar(record.get(*name)?)) {
        if !found.contains(&stated) {
            found.push(stated);
        }
    }
    found
}

/// A value as text, if it states something.
pub fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().trim_matches('\u{feff}').to_string(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => return None,
    };
    (!text.is_empty() && !NOTHING.contains(&text.to_ascii_lowercase().as_str())).then_some(text)
}

/// The records of the first of these fields that has any: a list of objects, or one object.
pub fn list<'a>(record: &'a Record, names: &[&str]) -> Vec<&'a Record> {
    for name in names {
        let found: Vec<&Record> = match record.get(*name) {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_object).collect(),
            Some(Value::Object(item)) => vec![item],
            _ => Vec::new(),
        };
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The record in this field.
pub fn object<'a>(record: &'a Record, name: &str) -> Option<&'a Record> {
    record.get(name).and_then(Value::as_object)
}

/// Every text in a field, however deep: `["a", {"name": "b"}]` → `a`, `b`.
pub fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(words).collect(),
        Value::Object(object) => object
            .iter()
            .filter(|(name, _)| matches!(name.as_str(), "name" | "label" | "value" | "title" | "term"))
            .flat_map(|(_, value)| words(value))
            .collect(),
        other => scalar(other).into_iter().collect(),
    }
}

/// The id of a record, by whatever it is called.
pub fn id(record: &Record) -> Option<String> {
    text(record, &["id", "ID", "Id", "@id", "uuid", "identifier", "external_id"])
}
