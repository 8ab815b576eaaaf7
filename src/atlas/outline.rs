//! Outlines of areas as paths: projected, cut off at the edge of what is drawn, and simplified to what can be seen.

use super::frame::Frame;
use super::picture::Outline;
use crate::model::{Area, Point, Shape};
use geo::{Coord, LineString, Simplify};

/// Corners nearer than this to the line without them are left out, in units.
const TOLERANCE: f64 = 0.7;

/// Areas narrower than this on the map are not drawn: their lines would run together.
const LEAST_UNITS: f64 = 75.0;

/// Areas wider than this are not drawn: hardly any of their outline is on the map.
const MOST_UNITS: f64 = 6000.0;

/// The outlines that can be seen, the largest first, so that a filled one does not hide those within it.
pub fn outlines(areas: &[&Area], shades: &[u8], frame: &Frame) -> Vec<Outline> {
    let mut drawn: Vec<(f64, Outline)> = Vec::new();
    for (at, area) in areas.iter().enumerate() {
        let Some(shape) = &area.shape else { continue };
        let shade = shades.get(at).copied();
        let width = width(shape, frame);
        if shade.is_none() && !(LEAST_UNITS..MOST_UNITS).contains(&width) {
            continue;
        }
        let path = path(shape, frame);
        if !path.is_empty() {
            let (id, name, kind) = (area.id.to_string(), area.name.clone(), area.kind);
            drawn.push((width, Outline { id, name, kind, path, shade }));
        }
    }
    drawn.sort_by(|a, b| b.0.total_cmp(&a.0));
    drawn.into_iter().map(|(_, outline)| outline).collect()
}

/// The corners of the smallest upright box around a shape.
pub fn corners(shape: &Shape) -> Vec<Point> {
    let mut points = shape.polygons.iter().flatten().flatten();
    let Some(&first) = points.next() else { return Vec::new() };
    let (mut low, mut high) = (first, first);
    for &(longitude, latitude) in points {
        low = (low.0.min(longitude), low.1.min(latitude));
        high = (high.0.max(longitude), high.1.max(latitude));
    }
    [low, high].into_iter().filter_map(|(longitude, latitude)| Point::new(latitude, longitude)).collect()
}

fn width(shape: &Shape, frame: &Frame) -> f64 {
    let on_paper: Vec<(f64, f64)> = corners(shape).into_iter().map(|corner| frame.exact(corner)).collect();
    match on_paper[..] {
        [low, high] => (high.0 - low.0).abs().max((high.1 - low.1).abs()),
        _ => 0.0,
    }
}

/// The path in tenths of a unit, with relative lines: half as long as one with absolute ones.
fn path(shape: &Shape, frame: &Frame) -> String {
    let mut path = String::new();
    for ring in shape.polygons.iter().flatten() {
        let place = |&(longitude, latitude): &(f64, f64)| Some(frame.exact(Point::new(latitude, longitude)?));
        let corners: Vec<(f64, f64)> = ring.iter().filter_map(place).collect();
        let inside = clip(corners, frame.drawn());
        let line = LineString::new(inside.into_iter().map(|(x, y)| Coord { x, y }).collect());
        let tenths = |value: f64| (value * 10.0).round() as i64;
        let corners: Vec<(i64, i64)> =
            line.simplify(TOLERANCE).0.iter().map(|corner| (tenths(corner.x), tenths(corner.y))).collect();
        if corners.len() >= 4 {
            write(&corners, &mut path);
        }
    }
    path
}

fn write(corners: &[(i64, i64)], path: &mut String) {
    use std::fmt::Write;
    let Some((&(mut x, mut y), rest)) = corners.split_first() else { return };
    // Writing to a String does not fail.
    let _ = write!(path, "M{x} {y}l");
    let mut separator = "";
    for &(next_x, next_y) in rest {
        let _ = write!(path, "{separator}{} {}", next_x - x, next_y - y);
        (x, y, separator) = (next_x, next_y, " ");
    }
    path.push('z');
}

/// Sutherland and Hodgman (1974): cuts a ring off at the four sides of an upright box, one after another.
fn clip(mut ring: Vec<(f64, f64)>, [left, top, right, bottom]: [f64; 4]) -> Vec<(f64, f64)> {
    // How far inside of each side a corner is.
    let sides: [&dyn Fn((f64, f64)) -> f64; 4] =
        [&|corner| corner.0 - left, &|corner| right - corner.0, &|corner| corner.1 - top, &|corner| bottom - corner.1];
    for inside_by in sides {
        let mut kept = Vec::with_capacity(ring.len());
        for (at, &corner) in ring.iter().enumerate() {
            let before = ring[(at + ring.len() - 1) % ring.len()];
            let (was, is) = (inside_by(before), inside_by(corner));
            if (was < 0.0) != (is < 0.0) {
                let share = was / (was - is);
                kept.push((before.0 + (corner.0 - before.0) * share, before.1 + (corner.1 - before.1) * share));
            }
            if is >= 0.0 {
                kept.push(corner);
            }
        }
        ring = kept;
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::clip;

    #[test]
    fn a_ring_is_cut_off_at_the_box_and_one_outside_is_gone() {
        let square = vec![(-5.0, 2.0), (5.0, 2.0), (5.0, 4.0), (-5.0, 4.0)];
        let cut = clip(square.clone(), [0.0, 0.0, 10.0, 10.0]);
        assert!(cut.iter().all(|(x, _)| (0.0..=5.0).contains(x)) && cut.len() == 4, "{cut:?}");
        assert!(clip(square, [20.0, 20.0, 30.0, 30.0]).is_empty());
    }
}
