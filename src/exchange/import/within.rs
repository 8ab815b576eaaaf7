//! Whether an imported service is at, or covers, a place; and which areas hold what was imported.

use super::ImportError;
use super::convert::Converted;
use super::row::Row;
use crate::gazetteer::Gazetteer;
use crate::index::place::Areas;
use crate::model::{Area, AreaKind, Directory, Point};
use std::collections::{HashMap, HashSet};

/// The place that services must be at.
pub struct Within {
    place: Place,
    /// Where the locations met so far are: one is only in the first record that has it.
    points: HashMap<String, Option<Point>>,
}

enum Place {
    Area { areas: Areas, number: u16, id: String, above: Vec<String> },
    Circle { centre: Point, km: f64 },
}

impl Within {
    /// An area of the directory by id or name, or else a postcode or place with a circle around it.
    ///
    /// # Errors
    /// There is no such place.
    pub fn find(text: &str, km: f64, vocabulary: &Directory, gazetteer: &Gazetteer) -> Result<Self, ImportError> {
        let folded = text.trim().to_lowercase();
        let named = |area: &&Area| area.id.as_str() == folded || area.name.to_lowercase() == folded;
        // Of an area and a ward in it of one name the wider is meant.
        let place = match vocabulary.areas.iter().filter(named).max_by_key(|area| area.kind) {
            Some(area) => {
                let number = vocabulary.areas.iter().position(|other| other.id == area.id).unwrap_or_default();
                let above = ancestors(&vocabulary.areas, area.id.as_str());
                let areas = Areas::new(&vocabulary.areas);
                Place::Area { areas, number: number as u16, id: area.id.to_string(), above }
            }
            None => match gazetteer.find(text) {
                Ok(found) => match Point::new(found.latitude, found.longitude) {
                    Some(centre) => Place::Circle { centre, km },
                    None => return Err(no_place("it has no position")),
                },
                Err(why) => return Err(no_place(&why.to_string())),
            },
        };
        Ok(Self { place, points: HashMap::new() })
    }

    /// Whether the service has a place within, or says that it covers it. One that is nowhere and covers nothing in
    /// particular is everywhere.
    pub fn takes(&mut self, converted: &Converted, gazetteer: &Gazetteer) -> bool {
        for row in &converted.locations {
            self.points.insert(row.id().to_string(), point(row, gazetteer));
        }
        let places: Vec<&str> =
            converted.sessions.iter().map(|row| row.get("location_id")).filter(|id| !id.is_empty()).collect();
        if places.iter().filter_map(|id| *self.points.get(*id)?).any(|point| self.holds(point)) {
            return true;
        }
        let covers = converted.service.as_ref().map(|row| row.get("covers")).unwrap_or_default();
        match &self.place {
            Place::Area { id, above, .. } if !covers.is_empty() => {
                covers.split(';').any(|covered| covered == id || above.iter().any(|wider| wider == covered))
            }
            _ => places.is_empty(),
        }
    }

    fn holds(&self, point: Point) -> bool {
        match &self.place {
            Place::Area { areas, number, .. } => areas.holding(point).contains(number),
            Place::Circle { centre, km } => centre.distance_km(point) <= *km,
        }
    }
}

fn no_place(why: &str) -> ImportError {
    ImportError::Source {
        message: format!("`--area`: {why}"),
        help: "name an area of areas.csv, a postcode, or a place".to_string(),
    }
}

/// The areas that an area lies in.
fn ancestors(areas: &[Area], id: &str) -> Vec<String> {
    let parent =
        |id: &str| areas.iter().find(|area| area.id.as_str() == id)?.parent_id.as_ref().map(|id| id.to_string());
    let mut above: Vec<String> = Vec::new();
    let mut next = parent(id);
    while let Some(id) = next.filter(|id| !above.contains(id)) {
        next = parent(&id);
        above.push(id);
    }
    above
}

/// Where a location is: as it says, or as its postcode says.
fn point(row: &Row, gazetteer: &Gazetteer) -> Option<Point> {
    let number = |column: &str| row.get(column).parse::<f64>().ok();
    let stated = number("latitude").zip(number("longitude"));
    if let Some((latitude, longitude)) = stated {
        return Point::new(latitude, longitude);
    }
    let postcode = Some(row.get("postcode")).filter(|text| !text.is_empty())?;
    let place = gazetteer.find(postcode).ok()?;
    Point::new(place.latitude, place.longitude)
}

/// The areas that hold something of what was imported.
pub struct Holding<'a> {
    rows: &'a [Area],
    areas: Areas,
    held: HashSet<String>,
}

impl<'a> Holding<'a> {
    pub fn new(rows: &'a [Area]) -> Self {
        let nations = rows.iter().filter(|area| area.kind == AreaKind::Nation);
        Self { rows, areas: Areas::new(rows), held: nations.map(|area| area.id.to_string()).collect() }
    }

    pub fn add(&mut self, converted: &Converted, gazetteer: &Gazetteer) {
        for point in converted.locations.iter().filter_map(|row| point(row, gazetteer)) {
            let holding = self.areas.holding(point);
            self.held.extend(holding.into_iter().map(|area| self.rows[usize::from(area)].id.to_string()));
        }
        let covers = converted.service.as_ref().map(|row| row.get("covers")).unwrap_or_default();
        for id in covers.split(';').filter(|id| !id.is_empty()) {
            self.held.insert(id.to_string());
            self.held.extend(ancestors(self.rows, id));
        }
    }

    pub fn holds(&self, id: &str) -> bool {
        self.held.contains(id)
    }
}
