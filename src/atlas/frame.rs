//! From degrees to positions on paper: spherical Web Mercator, the projection of every tile server, so that our shapes
//! lie right on tiles too.

use crate::model::{EARTH_RADIUS_KM, Point};

/// Where the projection ends; beyond it is ice.
const MOST_LATITUDE: f64 = 85.0;

/// Room left at each side, as a share of the map: pins at the edge are seen whole.
const MARGIN: f64 = 0.06;

/// How much more than the view is drawn on each side, so that there is something to pan to; a share of the view.
const BEYOND: f64 = 0.5;

/// The closest a map looks: units (about a pixel) a km. A street is then some hundred of them.
const MOST_UNITS_PER_KM: f64 = 900.0;

/// The size of a map in its own units; a unit is about a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u16,
    pub height: u16,
}

/// Which part of the world is on the paper.
pub struct Frame {
    size: Size,
    /// World position (0 to 1, from the west and from the north) of the upper left corner.
    west: f64,
    north: f64,
    /// Units that the whole world is wide.
    scale: f64,
}

impl Frame {
    /// The closest look that shows all the points (two at least).
    pub fn around(points: &[Point], size: Size) -> Self {
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        for position in points.iter().map(|point| world(*point)) {
            for axis in 0..2 {
                low[axis] = low[axis].min(position[axis]);
                high[axis] = high[axis].max(position[axis]);
            }
        }
        let (width, height) = (f64::from(size.width), f64::from(size.height));
        let middle = [f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1])];
        let room = 1.0 - 2.0 * MARGIN;
        // Points at one spot leave no width; the closest look then bounds the scale.
        let fits = |span: f64, side: f64| if span > 0.0 { side * room / span } else { f64::INFINITY };
        let closest = MOST_UNITS_PER_KM / per_km(latitude(middle[1]));
        let scale = fits(high[0] - low[0], width).min(fits(high[1] - low[1], height)).min(closest);
        Self { size, west: middle[0] - width / 2.0 / scale, north: middle[1] - height / 2.0 / scale, scale }
    }

    pub fn origin(&self) -> (f64, f64) {
        (self.west, self.north)
    }

    pub fn scale(&self) -> f64 {
        self.scale
    }

    pub fn size(&self) -> Size {
        self.size
    }

    /// The position of a place in units, to a tenth.
    pub fn place(&self, point: Point) -> (f64, f64) {
        let (x, y) = self.exact(point);
        ((x * 10.0).round() / 10.0, (y * 10.0).round() / 10.0)
    }

    /// The same, not rounded.
    pub fn exact(&self, point: Point) -> (f64, f64) {
        let [x, y] = world(point);
        ((x - self.west) * self.scale, (y - self.north) * self.scale)
    }

    /// How many units so many km are at a place.
    pub fn units(&self, at: Point, km: f64) -> f64 {
        (km * per_km(at.latitude()) * self.scale * 10.0).round() / 10.0
    }

    /// The units that a km is in the middle of the map.
    pub fn units_per_km(&self) -> f64 {
        per_km(latitude(self.north + f64::from(self.size.height) / 2.0 / self.scale)) * self.scale
    }

    /// What is drawn, in units: left, top, right, bottom.
    pub fn drawn(&self) -> [f64; 4] {
        let (width, height) = (f64::from(self.size.width), f64::from(self.size.height));
        [-width * BEYOND, -height * BEYOND, width * (1.0 + BEYOND), height * (1.0 + BEYOND)]
    }

    /// What is drawn, in degrees: west, north, east, south.
    pub fn bounds(&self) -> [f64; 4] {
        let [left, top, right, bottom] = self.drawn();
        let longitude = |x: f64| (self.west + x / self.scale) * 360.0 - 180.0;
        let across = |y: f64| latitude(self.north + y / self.scale);
        [longitude(left), across(top), longitude(right), across(bottom)]
    }
}

/// The world is a square of side 1; (0, 0) is its north-west corner.
fn world(point: Point) -> [f64; 2] {
    let latitude = point.latitude().clamp(-MOST_LATITUDE, MOST_LATITUDE).to_radians();
    let x = (point.longitude() + 180.0) / 360.0;
    let y = (1.0 - latitude.tan().asinh() / std::f64::consts::PI) / 2.0;
    [x, y]
}

fn latitude(y: f64) -> f64 {
    (std::f64::consts::PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees()
}

/// What share of the world's width a km is at a latitude.
fn per_km(latitude: f64) -> f64 {
    let around = 2.0 * std::f64::consts::PI * EARTH_RADIUS_KM;
    1.0 / (around * latitude.clamp(-MOST_LATITUDE, MOST_LATITUDE).to_radians().cos())
}
