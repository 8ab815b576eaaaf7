//! Where things are: which areas hold a point, which H3 cells a circle touches, and what lies nearest.

use crate::model::{Area, Point, Shape};
use geo::{Contains, Coord, LineString, MultiPolygon, Polygon};
use h3o::{CellIndex, LatLng, Resolution};
use rstar::RTree;
use rstar::primitives::GeomWithData;

/// Cells of about 36 km², 3.7 km to a side: the size that measured best for circles of 1 to 30 km.
const FINE: Resolution = Resolution::Six;
/// Cells of about 1,770 km², 26 km to a side, for larger circles.
const COARSE: Resolution = Resolution::Four;
/// From this radius on, coarse cells name a circle with fewer terms.
const COARSE_FROM_KM: f64 = 40.0;
/// Cells of 0.7 km², half a kilometre to a side: a confidential location is indexed at the middle of one, so that no
/// question, however small its radius, can find where it is.
const BLUR: Resolution = Resolution::Eight;

/// The term of a listing that is nowhere in particular and states no area: it is never lost to a radius.
pub(super) const ANYWHERE: &str = "anywhere";

fn cell(point: Point, resolution: Resolution) -> Option<CellIndex> {
    LatLng::new(point.latitude(), point.longitude()).ok().map(|place| place.to_cell(resolution))
}

fn term(cell: CellIndex) -> String {
    cell.to_string()
}

/// The terms of a place in the index: its fine and its coarse cell.
pub(super) fn cell_terms(point: Point) -> impl Iterator<Item = String> {
    [FINE, COARSE].into_iter().filter_map(move |resolution| cell(point, resolution)).map(term)
}

/// The number by which documents are sorted: the fine cell, so that neighbours stand together.
pub(super) fn sort_key(point: Option<Point>) -> u64 {
    point.and_then(|point| cell(point, FINE)).map_or(0, u64::from)
}

/// The term of an area that is covered.
pub(super) fn area_term(area_id: &str) -> String {
    format!("a:{area_id}")
}

/// The middle of the blurring cell that a confidential point lies in.
pub(super) fn blurred(point: Point) -> Point {
    let middle = cell(point, BLUR).map(LatLng::from);
    middle.and_then(|middle| Point::new(middle.lat(), middle.lng())).unwrap_or(point)
}

/// Terms of cells that together hold every point within the circle; some points outside it too, so distances are
/// tested afterwards.
pub fn circle_terms(centre: Point, radius_km: f64) -> Vec<String> {
    let resolution = if radius_km < COARSE_FROM_KM { FINE } else { COARSE };
    let Some(middle) = cell(centre, resolution) else { return Vec::new() };
    // Cells differ in size and shape. Neighbours' middles are never nearer than 0.7 of the mean distance
    // (√3 × the mean edge), and no point is farther from its cell's middle than 1.5 mean edges.
    let edge_km = resolution.edge_length_km();
    let reach_km = radius_km + 2.0 * 1.5 * edge_km;
    let rings = (reach_km / (0.7 * 3f64.sqrt() * edge_km)).ceil() as u32;
    let cells: Vec<CellIndex> = middle.grid_disk(rings);
    let near = |cell: &CellIndex| {
        let place = LatLng::from(*cell);
        Point::new(place.lat(), place.lng()).is_some_and(|place| place.distance_km(centre) <= radius_km + 1.5 * edge_km)
    };
    cells.into_iter().filter(near).map(term).collect()
}

/// The areas of a directory, ready to say which of them hold a point.
pub struct Areas {
    areas: Vec<(Extent, Option<u16>)>,
}

enum Extent {
    Polygons(MultiPolygon<f64>),
    Circle {
        centre: Point,
        radius_km: f64,
    },
    /// Neither polygon nor circle is stated: it holds what the areas in it hold.
    Unknown,
}

impl Areas {
    pub fn new(areas: &[Area]) -> Self {
        let number = |id: &str| areas.iter().position(|area| area.id.as_str() == id).map(|at| at as u16);
        let extent = |area: &Area| match (&area.shape, area.centre, area.radius_km) {
            (Some(shape), ..) => Extent::Polygons(polygons(shape)),
            (None, Some(centre), Some(radius_km)) => Extent::Circle { centre, radius_km },
            _ => Extent::Unknown,
        };
        let parent = |area: &Area| area.parent_id.as_ref().and_then(|parent| number(parent.as_str()));
        Self { areas: areas.iter().map(|area| (extent(area), parent(area))).collect() }
    }

    /// The numbers of all areas that hold the point: by polygon, else by circle, and the areas those lie in.
    pub fn holding(&self, point: Point) -> Vec<u16> {
        let mut holding = Vec::new();
        let coordinate = Coord { x: point.longitude(), y: point.latitude() };
        for (at, (extent, _)) in self.areas.iter().enumerate() {
            let holds = match extent {
                Extent::Polygons(polygons) => polygons.contains(&coordinate),
                Extent::Circle { centre, radius_km } => centre.distance_km(point) <= *radius_km,
                Extent::Unknown => false,
            };
            let mut next = holds.then_some(at as u16);
            while let Some(area) = next.filter(|area| !holding.contains(area)) {
                holding.push(area);
                next = self.areas[usize::from(area)].1;
            }
        }
        holding.sort_unstable();
        holding
    }
}

fn polygons(shape: &Shape) -> MultiPolygon<f64> {
    let ring = |points: &Vec<(f64, f64)>| LineString::from(points.clone());
    let polygon = |rings: &Vec<Vec<(f64, f64)>>| {
        let mut rings = rings.iter().map(ring);
        let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
        Polygon::new(outer, rings.collect())
    };
    MultiPolygon::new(shape.polygons.iter().map(polygon).collect())
}

/// All placed listings by position, for "what is nearest" and "what is in this circle". Points lie on the unit
/// sphere, where straight-line order is great-circle order at any longitude.
pub struct Tree {
    tree: RTree<GeomWithData<[f64; 3], u32>>,
}

impl Tree {
    pub(super) fn new(places: impl Iterator<Item = (Point, u32)>) -> Self {
        let points = places.map(|(point, listing)| GeomWithData::new(point.on_unit_sphere(), listing)).collect();
        Self { tree: RTree::bulk_load(points) }
    }

    /// Listings within the circle, in no order. The circle is a little too large, so distances are tested afterwards.
    pub fn within(&self, centre: Point, radius_km: f64) -> impl Iterator<Item = u32> {
        let angle = (radius_km / crate::model::EARTH_RADIUS_KM).min(std::f64::consts::PI);
        let chord = 2.0 * (angle / 2.0).sin();
        let centre = centre.on_unit_sphere();
        self.tree.locate_within_distance(centre, chord * chord * 1.000_001 + 1e-15).map(|found| found.data)
    }

    /// All placed listings, nearest first.
    pub fn nearest(&self, centre: Point) -> impl Iterator<Item = u32> {
        self.tree.nearest_neighbor_iter(centre.on_unit_sphere()).map(|found| found.data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(latitude: f64, longitude: f64) -> Point {
        Point::new(latitude, longitude).unwrap_or_else(|| unreachable!("a place in range"))
    }

    proptest! {
        #[test]
        fn a_circles_cells_hold_all_of_it(
            lat in 49.0..61.0f64, lon in -9.0..3.0f64, radius in 0.1..120.0f64, angle in 0.0..360.0f64, part in 0.0..1.0f64,
        ) {
            let centre = point(lat, lon);
            let away = radius * part;
            let (dx, dy) = (angle.to_radians().sin(), angle.to_radians().cos());
            let other = point(lat + dy * away / 111.2, lon + dx * away / (111.2 * lat.to_radians().cos()));
            if centre.distance_km(other) <= radius {
                let circle = circle_terms(centre, radius);
                prop_assert!(cell_terms(other).any(|term| circle.contains(&term)));
            }
        }

        #[test]
        fn the_tree_agrees_with_looking_at_every_point(
            places in proptest::collection::vec((-85.0..85.0f64, -180.0..180.0f64), 1..40),
            lat in -85.0..85.0f64, lon in -180.0..180.0f64, radius in 0.1..5000.0f64,
        ) {
            let places: Vec<Point> = places.into_iter().map(|(lat, lon)| point(lat, lon)).collect();
            let tree = Tree::new(places.iter().copied().zip(0..));
            let centre = point(lat, lon);
            let mut found: Vec<u32> =
                tree.within(centre, radius).filter(|&at| centre.distance_km(places[at as usize]) <= radius).collect();
            found.sort_unstable();
            let all: Vec<u32> =
                (0..places.len() as u32).filter(|&at| centre.distance_km(places[at as usize]) <= radius).collect();
            prop_assert_eq!(found, all);
            let nearest: Vec<f64> = tree.nearest(centre).map(|at| centre.distance_km(places[at as usize])).collect();
            prop_assert!(nearest.windows(2).all(|pair| pair[0] <= pair[1] + 1e-6));
        }
    }

    #[test]
    fn a_blurred_point_is_near_but_not_the_same() {
        let exact = point(53.48, -2.24);
        let shown = blurred(exact);
        assert_ne!(shown, exact);
        assert!(exact.distance_km(shown) < 0.7);
    }
}
