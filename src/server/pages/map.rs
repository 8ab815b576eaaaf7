//! A map on a page: the drawn picture, and what its pins are called. `templates/map.html` writes it down as SVG without
//! a single style attribute; `assets/map.js` lets it be moved and looked at closer.

use crate::atlas::{self, Picture, Pin, Size, Tiles, Wanted};
use crate::gazetteer::Gazetteer;
use crate::index::Snapshot;
use crate::model::{Area, AreaKind, Point};
use crate::search::public::PublicLocation;
use askama::Template;

/// A map, ready for its template.
#[derive(Template)]
#[template(path = "map.html")]
pub struct MapView {
    pub picture: Picture,
    /// What is at each number of the list, for whoever points at a pin.
    pub names: Vec<String>,
    pub bar: String,
    pub tiles: Option<TileView>,
    /// Whether pins lead to `#result-…` of the page.
    pub linked: bool,
}

/// A map inside a page is markup already: its own template has escaped every text in it.
impl askama::filters::HtmlSafe for MapView {}

/// Tiles of an own server, with their addresses.
pub struct TileView {
    pub template: String,
    pub tiles: Tiles,
}

impl TileView {
    /// The address of a tile.
    pub fn address(&self, column: &u32, row: &u32) -> String {
        let zoom = self.tiles.zoom.to_string();
        let (column, row) = (column.to_string(), row.to_string());
        self.template.replace("{z}", &zoom).replace("{x}", &column).replace("{y}", &row)
    }
}

impl MapView {
    /// Draws what is wanted.
    pub fn new(
        wanted: &Wanted<'_>,
        names: Vec<String>,
        linked: bool,
        gazetteer: &Gazetteer,
        size: Size,
        tiles: Option<&str>,
    ) -> Self {
        let picture = atlas::draw(wanted, gazetteer, size);
        let km = picture.bar.km;
        let bar = if km < 1.0 { format!("{:.0} m", km * 1000.0) } else { format!("{km:.0} km") };
        let tiles = tiles.map(|template| TileView { template: template.to_string(), tiles: picture.tiles() });
        Self { picture, names, bar, tiles, linked }
    }

    /// What is at a pin: the names, in the order of the list.
    pub fn title(&self, numbers: &[usize]) -> String {
        let named = numbers.iter().filter_map(|number| Some((number, self.names.get(number.checked_sub(1)?)?)));
        named.map(|(number, name)| format!("{number}. {name}")).collect::<Vec<_>>().join("; ")
    }
}

/// The pin of a place that anyone may know.
pub fn pin(number: usize, location: Option<&PublicLocation>) -> Option<Pin> {
    let Some(PublicLocation::Open(place)) = location else { return None };
    let point = Point::new(place.latitude?, place.longitude?)?;
    Some(Pin { number, point })
}

/// Areas whose outlines help to find one's way.
pub fn areas(snapshot: &Snapshot) -> Vec<&Area> {
    let areas = snapshot.vocabulary().areas.iter();
    areas.filter(|area| area.shape.is_some() && matches!(area.kind, AreaKind::Ward | AreaKind::Borough)).collect()
}
