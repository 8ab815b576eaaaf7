//! A page of services as GeoJSON (RFC 7946): one feature a service, at its best session's place.
//!
//! A service that has no place, or a confidential one, has no geometry: `null`, as the standard has it.

use crate::search::answer::{Answer, Hit};
use crate::search::public::PublicLocation;
use crate::server::error::Problem;
use serde::Serialize;
use utoipa::ToSchema;

pub(super) const MEDIA_TYPE: &str = "application/geo+json";

/// A feature collection.
#[derive(Serialize, ToSchema)]
pub struct Features<'a> {
    #[serde(rename = "type")]
    #[schema(example = "FeatureCollection")]
    kind: &'static str,
    /// Services that fit, on all pages.
    total: usize,
    page: usize,
    per_page: usize,
    generation: &'a str,
    /// True when the organisations are fictional.
    sample: bool,
    features: Vec<Feature<'a>>,
}

/// One service.
#[derive(Serialize, ToSchema)]
struct Feature<'a> {
    #[serde(rename = "type")]
    #[schema(example = "Feature")]
    kind: &'static str,
    /// The service's id.
    id: &'a str,
    geometry: Option<PointGeometry>,
    properties: &'a Hit,
}

/// Where it is.
#[derive(Serialize, ToSchema)]
struct PointGeometry {
    #[serde(rename = "type")]
    #[schema(example = "Point")]
    kind: &'static str,
    /// Longitude, then latitude, in degrees.
    coordinates: [f64; 2],
}

/// The answer as GeoJSON.
pub(super) fn features<'a>(answer: &'a Answer) -> Result<Vec<u8>, Problem> {
    let feature = |hit: &'a Hit| Feature {
        kind: "Feature",
        id: hit.service.id.as_str(),
        geometry: geometry(hit),
        properties: hit,
    };
    let collection = Features {
        kind: "FeatureCollection",
        total: answer.total,
        page: answer.page,
        per_page: answer.per_page,
        generation: &answer.generation,
        sample: answer.sample,
        features: answer.results.iter().map(feature).collect(),
    };
    serde_json::to_vec(&collection).map_err(|_| Problem::inside("an answer could not be written as GeoJSON"))
}

fn geometry(hit: &Hit) -> Option<PointGeometry> {
    let Some(PublicLocation::Open(location)) = &hit.location else { return None };
    let coordinates = [location.longitude?, location.latitude?];
    Some(PointGeometry { kind: "Point", coordinates })
}
