//! An area that services cover: a ward, borough, county or nation.

use super::coded::coded_enum;
use super::{Id, Point};
use serde::{Deserialize, Serialize};

coded_enum! {
    /// What kind of area it is, smallest first.
    AreaKind { Ward = "ward", Borough = "borough", County = "county", Nation = "nation" }
}

/// A row of `areas.csv`, with its polygon from `areas.geojson` if there is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    pub id: Id,
    pub name: String,
    pub kind: AreaKind,
    pub parent_id: Option<Id>,
    pub centre: Option<Point>,
    pub radius_km: Option<f64>,
    pub shape: Option<Shape>,
}

/// Polygons in WGS84 degrees, each an outer ring and its holes; a ring is closed and its points are (longitude,
/// latitude), as in GeoJSON (RFC 7946).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    pub polygons: Vec<Vec<Vec<(f64, f64)>>>,
}
