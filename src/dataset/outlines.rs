//! Outlines of areas from `areas.geojson` (RFC 7946), if there is one: features by their `id`.

use super::FileReading;
use super::catalogue::{BAD_FEATURE, NOT_GEOJSON};
use super::cells::nearest;
use super::lines::Lines;
use super::problems::{Finding, Spot, shown};
use super::reader::Reader;
use crate::model::{Area, Point, Shape};
use geojson::{Feature, GeometryValue, PolygonType, feature::Id};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};

/// The file.
pub(super) const AREAS_GEOJSON: &str = "areas.geojson";
/// The largest file: every ward of the United Kingdom in full detail is about 200 MB.
const MAX_BYTES: u64 = 512 * 1024 * 1024;

#[derive(Deserialize)]
struct Collection<'t> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow)]
    features: Vec<&'t RawValue>,
}

/// Gives the areas their outlines.
pub(super) fn read(reader: &mut Reader, areas: &mut [Area]) {
    let path = reader.folder.join(AREAS_GEOJSON);
    if !path.exists() {
        return;
    }
    let mut reading = FileReading::new(AREAS_GEOJSON);
    match text_and_hash(&path) {
        Ok((text, sha256)) => {
            reading.sha256 = sha256;
            match serde_json::from_str::<Collection>(text.trim_start_matches('\u{FEFF}')) {
                Ok(collection) if collection.kind == "FeatureCollection" => {
                    features(reader, areas, &text, &collection, &mut reading);
                }
                Ok(_) => reject(reader, &mut reading, None, "the file is not a FeatureCollection"),
                Err(error) => reject(reader, &mut reading, Some(error.line() as u64), &json_message(&error)),
            }
        }
        Err(error) => reject(reader, &mut reading, None, &error.to_string()),
    }
    reader.files.push(reading);
}

fn text_and_hash(path: &std::path::Path) -> io::Result<(String, String)> {
    if fs::metadata(path)?.len() > MAX_BYTES {
        return Err(io::Error::other(format!("the file has more than {} MB", MAX_BYTES / 1024 / 1024)));
    }
    let mut text = String::new();
    File::open(path)?.read_to_string(&mut text)?;
    let hash = Lines::new(text.as_bytes()).finish()?;
    Ok((text, hash))
}

/// The message of the JSON reader without its own line and column.
fn json_message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    format!("the file is not GeoJSON: {}", shown(message))
}

fn reject(reader: &mut Reader, reading: &mut FileReading, line: Option<u64>, message: &str) {
    reading.rejected = true;
    let finding = Finding::new(&NOT_GEOJSON, message).help("export the layer again as GeoJSON in WGS84");
    reader.problems.add(AREAS_GEOJSON, finding, || Spot { line, ..Spot::default() });
}

fn features(reader: &mut Reader, areas: &mut [Area], text: &str, collection: &Collection, reading: &mut FileReading) {
    let at: HashMap<String, usize> =
        areas.iter().enumerate().map(|(at, area)| (area.id.as_str().to_string(), at)).collect();
    for raw in &collection.features {
        reading.rows += 1;
        // The raw text is a part of the whole, so its address says where it begins.
        let offset = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let (id, result) = outline(raw.get(), &at);
        let result = result.and_then(|(area, shape)| {
            if areas[area].shape.is_some() {
                return Err(("the area has an outline already".to_string(), "remove one of the two".to_string()));
            }
            areas[area].shape = Some(shape);
            Ok(())
        });
        if let Err((message, help)) = result {
            reading.left_out += 1;
            reader.problems.add(AREAS_GEOJSON, Finding::new(&BAD_FEATURE, message).help(help), || Spot {
                line: Some(1 + text.as_bytes()[..offset].iter().filter(|&&byte| byte == b'\n').count() as u64),
                row_id: id,
                ..Spot::default()
            });
        }
    }
}

/// Message and cure.
type Wrong = (String, String);

/// The feature's id, and which area it is the outline of.
fn outline(raw: &str, areas: &HashMap<String, usize>) -> (Option<String>, Result<(usize, Shape), Wrong>) {
    let feature: Feature = match raw.parse() {
        Ok(feature) => feature,
        Err(_) => return (None, wrong("this is not a feature", "give it a `type`, an `id` and a `geometry`")),
    };
    let id = match &feature.id {
        Some(Id::String(id)) => id.clone(),
        Some(Id::Number(id)) => id.to_string(),
        None => {
            return (None, wrong("the feature has no `id`", "put the area's id beside `type`, not into `properties`"));
        }
    };
    let Some(&area) = areas.get(&id) else {
        let message = format!("there is no area `{}`", shown(&id));
        let help = match nearest(&id, areas.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "add it to areas.csv, or remove the feature".to_string(),
        };
        return (Some(shown(&id)), Err((message, help)));
    };
    let shape = match feature.geometry.map(|geometry| geometry.value) {
        Some(GeometryValue::Polygon { coordinates }) => shape(vec![coordinates]),
        Some(GeometryValue::MultiPolygon { coordinates }) => shape(coordinates),
        Some(other) => {
            wrong(&format!("the outline is a {}", other.type_name()), "draw it as a Polygon or MultiPolygon")
        }
        None => wrong("the feature has no geometry", "draw it as a Polygon or MultiPolygon"),
    };
    (Some(id), shape.map(|shape| (area, shape)))
}

fn wrong<T>(message: &str, help: &str) -> Result<T, Wrong> {
    Err((message.to_string(), help.to_string()))
}

fn shape(polygons: Vec<PolygonType>) -> Result<Shape, Wrong> {
    let mut made = Vec::with_capacity(polygons.len());
    for polygon in polygons {
        let mut rings = Vec::with_capacity(polygon.len());
        for ring in polygon {
            rings.push(closed_ring(&ring)?);
        }
        if rings.is_empty() {
            return wrong("a polygon has no ring", "remove it, or draw its outer ring");
        }
        made.push(rings);
    }
    if made.is_empty() {
        return wrong("there is no polygon in it", "draw one");
    }
    Ok(Shape { polygons: made })
}

fn closed_ring(ring: &[geojson::Position]) -> Result<Vec<(f64, f64)>, Wrong> {
    let mut points = Vec::with_capacity(ring.len());
    for position in ring {
        let position = position.as_slice();
        let (longitude, latitude) = (position.first().copied(), position.get(1).copied());
        let (Some(longitude), Some(latitude)) = (longitude, latitude) else {
            return wrong("a position has not two numbers", "write longitude, then latitude");
        };
        if Point::new(latitude, longitude).is_none() {
            let help = "longitude comes first, in degrees (WGS84); export the layer in EPSG:4326";
            return wrong(&format!("{longitude}, {latitude} is not a place"), help);
        }
        points.push((longitude, latitude));
    }
    if points.len() < 4 || points.first() != points.last() {
        return wrong("a ring is not closed", "repeat its first position at its end; a ring has four or more");
    }
    let swapped = points.iter().all(|&(x, y)| (49.0..=61.0).contains(&x) && (-9.0..=2.1).contains(&y));
    if swapped {
        return wrong("latitude comes before longitude", "swap the two numbers of every position");
    }
    Ok(points)
}
