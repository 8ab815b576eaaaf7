//! A JSON dump → records, one after the other, however it is wrapped: a list, pages with `contents`, one object a line,
//! one object alone.
//!
//! A dump of any size is read as a stream. A record of more than [`MAX_RECORD_BYTES`] ends the import: it is no service.

use super::ImportError;
use super::record::{list, object};
use super::table::Record;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

/// The largest record, with everything nested in it.
pub const MAX_RECORD_BYTES: u64 = 16 * 1024 * 1024;

/// Under what names a page has its records.
const LISTS: [&str; 10] =
    ["contents", "content", "results", "items", "data", "records", "hits", "services", "value", "features"];

/// What is done with each record.
pub type OnRecord<'a> = dyn FnMut(Record) -> Result<(), ImportError> + 'a;

/// Reads a whole dump; `name` is how messages call it.
///
/// # Errors
/// It is not JSON to its end, or whoever takes the records says stop.
pub fn read(from: impl Read, name: &str, on: &mut OnRecord<'_>) -> Result<(), ImportError> {
    let (from, left) = bounded(from);
    let mut reader = BufReader::new(from);
    skip_mark(&mut reader).map_err(|error| ImportError::io(name, error))?;
    let mut stopped = None;
    let mut json = serde_json::Deserializer::from_reader(reader);
    let mut found = 0_u64;
    let outcome = loop {
        if json.end().is_ok() {
            break Ok(());
        }
        let mut sink = Sink { on: &mut *on, stopped: &mut stopped, left: &left, found: &mut found };
        if let Err(error) = (Top { sink: &mut sink }).deserialize(&mut json) {
            break Err(error);
        }
    };
    if let Some(error) = stopped {
        return Err(error);
    }
    match outcome {
        Ok(()) if found == 0 => Err(ImportError::Source {
            message: format!("`{name}` holds no records"),
            help: "a dump is a list of full services, pages with `contents`, or one service a line".to_string(),
        }),
        Ok(()) => Ok(()),
        Err(error) => Err(ImportError::Source {
            message: format!("`{name}` is not read to its end: {error}"),
            help: "nothing was changed; download it again, or correct it at that line".to_string(),
        }),
    }
}

/// A record as the services in it: itself, those of an organisation, or the one at a location.
pub fn services(record: Record) -> Vec<Record> {
    for name in ["contents", "content"] {
        if let Some(Value::Array(items)) = record.get(name) {
            let items = items.iter().filter_map(Value::as_object);
            return items.flat_map(|item| services(item.clone())).collect();
        }
    }
    if record.contains_key("services") && !list(&record, &["services"]).is_empty() {
        let mut organisation = record;
        let nested = organisation.remove("services");
        let nested = nested.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
        let with = |service: Value| {
            let Value::Object(mut service) = service else { return None };
            service.entry("organization").or_insert_with(|| Value::Object(organisation.clone()));
            Some(service)
        };
        return nested.into_iter().filter_map(with).collect();
    }
    if let (Some(service), true) = (object(&record, "service"), record.contains_key("location")) {
        let mut service = service.clone();
        let mut place = record;
        place.remove("service");
        service.insert("service_at_locations".to_string(), Value::Array(vec![Value::Object(place)]));
        service.insert(ONE_PLACE.to_string(), Value::Bool(true));
        return vec![service];
    }
    vec![record]
}

/// Marks a record of which the file's name says what it is: `organizations`, `locations` …
pub const TABLE: &str = "\u{0}table";

/// Marks a service that stands for one of its places: the next of the same service adds another.
pub const ONE_PLACE: &str = "\u{0}one place";

fn skip_mark(reader: &mut impl io::BufRead) -> io::Result<()> {
    if reader.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
    }
    Ok(())
}

struct Sink<'s, 'o> {
    on: &'s mut OnRecord<'o>,
    stopped: &'s mut Option<ImportError>,
    left: &'s Cell<u64>,
    found: &'s mut u64,
}

impl Sink<'_, '_> {
    fn take<E: serde::de::Error>(&mut self, value: Value) -> Result<(), E> {
        self.left.set(MAX_RECORD_BYTES);
        let Value::Object(record) = value else { return Err(E::custom("a record is not an object")) };
        *self.found += 1;
        (self.on)(record).map_err(|error| {
            *self.stopped = Some(error);
            E::custom("stopped")
        })
    }
}

/// A list of records, or an object: a page, or a record itself.
struct Top<'t, 's, 'o> {
    sink: &'t mut Sink<'s, 'o>,
}

impl<'de> DeserializeSeed<'de> for Top<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records, or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<Value>()? {
            self.sink.take(item)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let mut record = Record::new();
        let mut was_page = false;
        while let Some(name) = fields.next_key::<String>()? {
            if LISTS.contains(&name.as_str()) && !record.contains_key("id") {
                was_page |= fields.next_value_seed(Within { sink: self.sink, record: &mut record, name })?;
            } else {
                record.insert(name, fields.next_value()?);
            }
        }
        if was_page { Ok(()) } else { self.sink.take(Value::Object(record)) }
    }
}

/// What a page has under the name of a list; true if it is one.
struct Within<'t, 's, 'o> {
    sink: &'t mut Sink<'s, 'o>,
    record: &'t mut Record,
    name: String,
}

impl<'de> DeserializeSeed<'de> for Within<'_, '_, '_> {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<bool, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Within<'_, '_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<bool, A::Error> {
        *self.sink.found += 1; // an empty page is a page
        Top { sink: self.sink }.visit_seq(items).map(|()| true)
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<bool, A::Error> {
        Top { sink: self.sink }.visit_map(fields).map(|()| true)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<bool, E> {
        self.record.insert(self.name, Value::String(text.to_string()));
        Ok(false)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }
}

/// A reader that gives no more than is left for one record, and what is left: whoever has taken a record sets it anew.
pub(super) fn bounded<R: Read>(from: R) -> (Bounded<R>, Rc<Cell<u64>>) {
    let left = Rc::new(Cell::new(MAX_RECORD_BYTES));
    (Bounded { from, left: Rc::clone(&left) }, left)
}

/// Reads no more than is left for one record.
pub(super) struct Bounded<R> {
    from: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.left.get()).unwrap_or(usize::MAX);
        if left == 0 {
            return Err(io::Error::other("a record is larger than 16 MB"));
        }
        let most = left.min(into.len());
        let count = self.from.read(&mut into[..most])?;
        self.left.set(self.left.get() - count as u64);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Result<Vec<String>, String> {
        let mut seen = Vec::new();
        read(text.as_bytes(), "dump", &mut |record| {
            seen.extend(services(record).iter().map(|service| service["name"].to_string().replace('"', "")));
            Ok(())
        })
        .map(|()| seen)
        .map_err(|error| error.to_string())
    }

    #[test]
    fn dumps_of_every_shape() {
        let two = Ok(vec!["a".to_string(), "b".to_string()]);
        assert_eq!(read_all(r#"[{"id":1,"name":"a"},{"id":2,"name":"b"}]"#), two);
        assert_eq!(read_all("{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}\n"), two);
        assert_eq!(read_all(r#"{"total_items":2,"contents":[{"name":"a"},{"name":"b"}]}"#), two);
        assert_eq!(read_all(r#"{"contents":[{"name":"a"}],"empty":false} {"contents":[{"name":"b"}]}"#), two);
        assert_eq!(read_all(r#"[{"contents":[{"name":"a"}]},{"content":[{"name":"b"}]}]"#), two);
        assert_eq!(read_all(r#"{"data":{"services":[{"name":"a"},{"name":"b"}]}}"#), two);
        assert_eq!(read_all(r#"{"id":"o","name":"org","services":[{"name":"a"},{"name":"b"}]}"#), two);
        assert_eq!(read_all("\u{feff}{\"id\":1,\"name\":\"a\"}"), Ok(vec!["a".to_string()]));
        assert_eq!(read_all(r#"[{"location":{},"service":{"name":"a"}}]"#), Ok(vec!["a".to_string()]));
    }

    #[test]
    fn what_is_no_dump_says_so() {
        for text in ["", "[", "[{\"name\":\"a\"}", "nonsense", "[1,2]", "{\"name\":"] {
            assert!(read_all(text).is_err(), "{text}");
        }
        assert!(read_all(&"[".repeat(100_000)).is_err());
        let huge = format!("[{{\"name\":\"{}\"}}]", "x".repeat(17 * 1024 * 1024));
        assert!(read_all(&huge).is_err_and(|error| error.contains("16 MB")));
    }
}
