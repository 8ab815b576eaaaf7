//! A place on the earth, and how far two are apart.

use serde::{Deserialize, Serialize};

/// Mean earth radius in km (IUGG R1 = 6,371.0088 km, Moritz, Geodetic Reference System 1980).
pub const EARTH_RADIUS_KM: f64 = 6_371.008_8;

/// A place in WGS84 degrees: both numbers finite, latitude −90..=90, longitude −180..=180. Longitude 0 is a place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "(f64, f64)", into = "(f64, f64)")]
pub struct Point {
    latitude: f64,
    longitude: f64,
}

impl Point {
    /// `None` for numbers that are no place: not finite or out of range.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let valid = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        valid.then_some(Self { latitude, longitude })
    }

    /// Degrees north.
    pub fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east.
    pub fn longitude(self) -> f64 {
        self.longitude
    }

    /// Great-circle distance in km by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", 1984), on a
    /// sphere of [`EARTH_RADIUS_KM`]: within 0.5 % of the ellipsoid.
    pub fn distance_km(self, other: Point) -> f64 {
        let (lat_a, lat_b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_lat = ((lat_b - lat_a) / 2.0).sin();
        let half_lon = ((other.longitude - self.longitude).to_radians() / 2.0).sin();
        let h = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
        2.0 * EARTH_RADIUS_KM * h.clamp(0.0, 1.0).sqrt().asin()
    }

    /// The same place on the unit sphere: straight-line (chord) order there is great-circle order here, at any
    /// longitude.
    pub fn on_unit_sphere(self) -> [f64; 3] {
        let (lat, lon) = (self.latitude.to_radians(), self.longitude.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    }
}

impl TryFrom<(f64, f64)> for Point {
    type Error = &'static str;
    fn try_from((latitude, longitude): (f64, f64)) -> Result<Self, Self::Error> {
        Point::new(latitude, longitude).ok_or("latitude or longitude out of range")
    }
}

impl From<Point> for (f64, f64) {
    fn from(point: Point) -> Self {
        (point.latitude, point.longitude)
    }
}
