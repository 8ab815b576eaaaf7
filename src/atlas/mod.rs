//! Maps that we draw ourselves: real positions → shapes for an SVG, without a tile from anybody.
//!
//! In reading order: how places become positions on paper (`frame`), outlines of areas (`outline`), which towns get
//! their name written (`labels`), and the finished `picture`. Everything is a value; templates write it down.

mod frame;
mod labels;
mod outline;
mod picture;

pub use frame::Size;
pub use picture::{Circle, Label, Outline, Picture, PlacedPin, ScaleBar, Tile, Tiles};

use crate::gazetteer::Gazetteer;
use crate::model::{Area, Point};
use frame::Frame;

/// What a map shall show.
#[derive(Default)]
pub struct Wanted<'a> {
    /// Numbered places, in the order of a list.
    pub pins: Vec<Pin>,
    /// Where somebody looks from, and how far.
    pub here: Option<Point>,
    pub within_km: Option<f64>,
    /// Areas whose outlines may be drawn.
    pub areas: Vec<&'a Area>,
    /// For each of the areas how darkly it is filled, 0 to 4; empty for lines only.
    pub shades: Vec<u8>,
}

/// A place with its number in the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pin {
    pub number: usize,
    pub point: Point,
}

/// How far the map reaches beyond the pins that are nearest to each other, km: with less, a street fills it.
const LEAST_KM: f64 = 1.5;

/// Draws a map of that size.
pub fn draw(wanted: &Wanted<'_>, gazetteer: &Gazetteer, size: Size) -> Picture {
    let frame = Frame::around(&extent(wanted), size);
    let [west, north, east, south] = frame.bounds();
    let towns = gazetteer.towns([south, west], [north, east]);
    Picture {
        size,
        origin: frame.origin(),
        scale: frame.scale(),
        outlines: outline::outlines(&wanted.areas, &wanted.shades, &frame),
        labels: labels::labels(&towns, &frame),
        circle: circle(wanted, &frame),
        here: wanted.here.map(|here| frame.place(here)),
        pins: pins(&wanted.pins, &frame),
        bar: picture::scale_bar(&frame),
    }
}

/// The points that must be on the map.
fn extent(wanted: &Wanted<'_>) -> Vec<Point> {
    let mut points: Vec<Point> = match (wanted.here, wanted.within_km) {
        // A circle is the map: one service farther out that covers the place must not shrink it to a dot.
        (Some(here), Some(km)) => square(here, km),
        (here, _) => {
            let mut points: Vec<Point> = wanted.pins.iter().map(|pin| pin.point).collect();
            points.extend(here);
            points
        }
    };
    if points.is_empty() || !wanted.shades.is_empty() {
        let corners = |area: &&Area| area.shape.as_ref().map(outline::corners).unwrap_or_default();
        points.extend(wanted.areas.iter().flat_map(corners));
    }
    if let [only] = points[..] {
        points = square(only, LEAST_KM / 2.0);
    }
    if points.is_empty() {
        // Great Britain.
        points.extend([Point::new(49.9, -6.4), Point::new(58.7, 1.8)].into_iter().flatten());
    }
    points
}

/// Corners of the square around a circle.
fn square(centre: Point, km: f64) -> Vec<Point> {
    let up = km / 111.2;
    let across = up / centre.latitude().to_radians().cos().max(0.05);
    let corner = |sign: f64| {
        let latitude = (centre.latitude() + sign * up).clamp(-90.0, 90.0);
        Point::new(latitude, (centre.longitude() + sign * across).clamp(-180.0, 180.0))
    };
    [corner(-1.0), corner(1.0)].into_iter().flatten().collect()
}

fn circle(wanted: &Wanted<'_>, frame: &Frame) -> Option<Circle> {
    let (here, km) = wanted.here.zip(wanted.within_km)?;
    let (x, y) = frame.place(here);
    Some(Circle { x, y, radius: frame.units(here, km) })
}

/// Pins at one spot become one, which bears the first number.
fn pins(pins: &[Pin], frame: &Frame) -> Vec<PlacedPin> {
    let mut placed: Vec<PlacedPin> = Vec::new();
    for pin in pins {
        let (x, y) = frame.place(pin.point);
        let same = |other: &&mut PlacedPin| (other.x - x).abs() < 0.5 && (other.y - y).abs() < 0.5;
        match placed.iter_mut().find(same) {
            Some(other) => other.numbers.push(pin.number),
            None => placed.push(PlacedPin { x, y, numbers: vec![pin.number] }),
        }
    }
    // What is drawn last lies on top: the first of the list.
    placed.reverse();
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AreaKind, Id, Shape};

    const SIZE: Size = Size { width: 600, height: 560 };

    fn point(latitude: f64, longitude: f64) -> Point {
        Point::new(latitude, longitude).unwrap()
    }

    fn borough() -> Area {
        let ring = vec![(-2.3, 53.4), (-2.1, 53.4), (-2.1, 53.55), (-2.3, 53.55), (-2.3, 53.4)];
        Area {
            id: Id::new("manchester").unwrap(),
            name: "Manchester".into(),
            kind: AreaKind::Borough,
            parent_id: None,
            centre: None,
            radius_km: None,
            shape: Some(Shape { polygons: vec![vec![ring]] }),
        }
    }

    #[test]
    fn the_circle_fills_the_map_and_places_keep_their_bearing() {
        let here = point(53.48, -2.24);
        let pins = vec![
            Pin { number: 1, point: point(53.50, -2.24) },
            Pin { number: 2, point: point(53.48, -2.20) },
            Pin { number: 3, point: point(53.48, -2.20) },
        ];
        let wanted = Wanted { pins, here: Some(here), within_km: Some(5.0), ..Wanted::default() };
        let picture = draw(&wanted, &Gazetteer::built_in(), SIZE);
        let circle = picture.circle.unwrap();
        assert!((circle.x - 300.0).abs() < 0.6 && (circle.y - 280.0).abs() < 0.6, "{circle:?}");
        assert!((230.0..280.0).contains(&circle.radius), "{circle:?}");
        let north = picture.pins.iter().find(|pin| pin.numbers == [1]).unwrap();
        let east = picture.pins.iter().find(|pin| pin.numbers == [2, 3]).unwrap();
        assert!(north.y < circle.y && (north.x - circle.x).abs() < 0.2, "{north:?}");
        assert!(east.x > circle.x && (east.y - circle.y).abs() < 0.2, "{east:?}");
        // 2.2 km north is 2.2 of 5 km on paper, within a hundredth.
        let share = (circle.y - north.y) / circle.radius;
        assert!((share - 2.224 / 5.0).abs() < 0.01, "{share}");
    }

    #[test]
    fn towns_are_labelled_where_they_are_and_labels_do_not_overlap() {
        let wanted = Wanted { here: Some(point(53.48, -2.24)), within_km: Some(8.0), ..Wanted::default() };
        let picture = draw(&wanted, &Gazetteer::built_in(), SIZE);
        let names: Vec<&str> = picture.labels.iter().map(|label| label.name).collect();
        assert!(names.contains(&"Manchester") && names.contains(&"Salford"), "{names:?}");
        let first: Vec<&Label> = picture.labels.iter().filter(|label| label.from == 1).collect();
        for (at, one) in first.iter().enumerate() {
            for other in &first[at + 1..] {
                let apart = (one.x - other.x).abs() > 10.0 || (one.y - other.y).abs() > 10.0;
                assert!(apart, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn an_outline_is_clipped_to_what_is_drawn() {
        let area = borough();
        let wanted =
            Wanted { here: Some(point(53.48, -2.24)), within_km: Some(5.0), areas: vec![&area], ..Wanted::default() };
        let picture = draw(&wanted, &Gazetteer::built_in(), SIZE);
        assert_eq!(picture.outlines.len(), 1);
        let numbers = picture.outlines[0].path.split(|c: char| !c.is_ascii_digit() && c != '-');
        for number in numbers.filter(|text| !text.is_empty()) {
            let tenths: f64 = number.parse().unwrap();
            assert!(tenths.abs() <= 12_000.0, "{number} in {}", picture.outlines[0].path);
        }
    }

    #[test]
    fn nothing_to_show_is_a_map_all_the_same() {
        let picture = draw(&Wanted::default(), &Gazetteer::built_in(), SIZE);
        assert!(picture.pins.is_empty() && picture.circle.is_none());
        assert!(picture.labels.iter().any(|label| label.name == "London"));
        assert!(picture.bar.km >= 50.0, "{:?}", picture.bar);
    }

    #[test]
    fn tiles_lie_where_they_belong() {
        let wanted = Wanted { here: Some(point(53.48, -2.24)), within_km: Some(5.0), ..Wanted::default() };
        let picture = draw(&wanted, &Gazetteer::built_in(), SIZE);
        let tiles = picture.tiles();
        let (x, y) = (300.0, 280.0);
        let under = |tile: &&Tile| {
            (tile.left..tile.left + tiles.side).contains(&x) && (tile.top..tile.top + tiles.side).contains(&y)
        };
        let middle = tiles.tiles.iter().find(under).unwrap();
        // The tile of that point by the usual formula.
        let across = f64::from(1u32 << tiles.zoom);
        let expected = ((-2.24 + 180.0) / 360.0 * across).floor();
        assert!((f64::from(middle.column) - expected).abs() < 0.5, "{middle:?} {expected}");
        assert!(tiles.tiles.len() <= picture::MOST_TILES);
    }
}
