//! The coverage report as GeoJSON (RFC 7946): one feature an area, its outline if the directory has one, else its middle.

use super::coverage::Coverage;
use crate::index::Snapshot;
use crate::model::Shape;
use serde_json::{Value, json};

/// With one goal its counts are properties of their own, so that a map can be coloured by them; with more, they stand
/// under `goals` by code.
pub fn coverage(snapshot: &Snapshot, report: &Coverage) -> Value {
    let shape = |id: &str| snapshot.vocabulary().areas.iter().find(|area| area.id.as_str() == id)?.shape.as_ref();
    let features = report.areas.iter().map(|area| {
        let mut properties = json!({"name": area.name, "kind": report.kind});
        match area.cells.as_slice() {
            [cell] => {
                for (name, value) in json!(cell).as_object().into_iter().flatten() {
                    properties[name] = value.clone();
                }
            }
            cells => {
                let by_code = cells.iter().map(|cell| (cell.goal.to_string(), json!(cell)));
                properties["goals"] = Value::Object(by_code.collect());
            }
        }
        let point = json!({"type": "Point", "coordinates": [area.longitude, area.latitude]});
        let geometry = shape(area.area.as_str()).map_or(point, outline);
        json!({"type": "Feature", "id": area.area, "geometry": geometry, "properties": properties})
    });
    let features: Vec<Value> = features.collect();
    json!({"type": "FeatureCollection", "sample": report.sample, "features": features})
}

fn outline(shape: &Shape) -> Value {
    json!({"type": "MultiPolygon", "coordinates": shape.polygons})
}
