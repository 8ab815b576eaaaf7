//! The finished map, ready to be written down as SVG.

use super::frame::{Frame, Size};
use crate::model::AreaKind;

/// Tiles laid under one map; more would be a map of another size.
pub const MOST_TILES: usize = 100;

/// The side of a tile in its own pixels.
const TILE: f64 = 256.0;

/// The closest that tile servers go.
const MOST_ZOOM: u32 = 19;

/// A map. Positions are in units from the upper left corner of the view.
#[derive(Debug, PartialEq)]
pub struct Picture {
    pub size: Size,
    /// The corner's position in the world, 0 to 1; with `scale` it says where every tile belongs.
    pub origin: (f64, f64),
    pub scale: f64,
    pub outlines: Vec<Outline>,
    pub labels: Vec<Label>,
    pub circle: Option<Circle>,
    pub here: Option<(f64, f64)>,
    pub pins: Vec<PlacedPin>,
    pub bar: ScaleBar,
}

/// The outline of an area.
#[derive(Debug, PartialEq)]
pub struct Outline {
    pub id: String,
    pub name: String,
    pub kind: AreaKind,
    /// A path's `d`, in tenths of a unit.
    pub path: String,
    pub shade: Option<u8>,
}

/// The name of a town.
#[derive(Debug, PartialEq)]
pub struct Label {
    pub name: &'static str,
    pub x: f64,
    pub y: f64,
    /// It is written for whoever looks so many times closer.
    pub from: u8,
}

/// A search circle.
#[derive(Debug, PartialEq)]
pub struct Circle {
    pub x: f64,
    pub y: f64,
    pub radius: f64,
}

/// One spot, with the numbers of everything that is there.
#[derive(Debug, PartialEq)]
pub struct PlacedPin {
    pub x: f64,
    pub y: f64,
    pub numbers: Vec<usize>,
}

impl PlacedPin {
    /// The number that it bears.
    pub fn first(&self) -> usize {
        self.numbers.first().copied().unwrap_or_default()
    }

    /// "3", or "3+" where there is more.
    pub fn text(&self) -> String {
        let more = if self.numbers.len() > 1 { "+" } else { "" };
        format!("{}{more}", self.first())
    }
}

/// How long some km are.
#[derive(Debug, PartialEq)]
pub struct ScaleBar {
    pub km: f64,
    pub units: f64,
}

/// Tiles that lie under the map.
#[derive(Debug, PartialEq)]
pub struct Tiles {
    pub zoom: u32,
    /// The side of one, in units.
    pub side: f64,
    pub tiles: Vec<Tile>,
}

/// One tile, by its numbers at a tile server.
#[derive(Debug, PartialEq)]
pub struct Tile {
    pub column: u32,
    pub row: u32,
    pub left: f64,
    pub top: f64,
}

impl Picture {
    /// The tiles under what is seen at first; a script fetches those of other views.
    pub fn tiles(&self) -> Tiles {
        let zoom = (self.scale / TILE).log2().round().clamp(0.0, f64::from(MOST_ZOOM)) as u32;
        let across = 1u32 << zoom;
        let side = self.scale / f64::from(across);
        let number = |at: f64| (at * f64::from(across)).floor().clamp(0.0, f64::from(across - 1)) as u32;
        let (west, north) = self.origin;
        let east = west + f64::from(self.size.width) / self.scale;
        let south = north + f64::from(self.size.height) / self.scale;
        let mut tiles = Vec::new();
        for row in number(north)..=number(south) {
            for column in number(west)..=number(east) {
                let left = f64::from(column) * side - west * self.scale;
                let top = f64::from(row) * side - north * self.scale;
                if tiles.len() < MOST_TILES {
                    tiles.push(Tile { column, row, left, top });
                }
            }
        }
        Tiles { zoom, side, tiles }
    }
}

/// The roundest distance that is about a sixth of the map.
pub fn scale_bar(frame: &Frame) -> ScaleBar {
    const ROUND_KM: [f64; 11] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0];
    let per_km = frame.units_per_km();
    let wanted = f64::from(frame.size().width) / 6.0;
    let fits = ROUND_KM.into_iter().rfind(|km| km * per_km <= wanted);
    let km = fits.unwrap_or(ROUND_KM[0]);
    ScaleBar { km, units: (km * per_km * 10.0).round() / 10.0 }
}
