//! Postcodes and place names to points, all inside the binary: where a person is never leaves the machine.
//!
//! Postcodes of Great Britain come from a packed file (`table.rs`) that is read where it lies; names of towns, wards and
//! districts from `places.rs`. A newer quarter of the official data can be imported (`import.rs`) and goes before what is
//! built in.

mod error;
mod import;
mod layout;
mod national_grid;
mod pack;
mod places;
mod postcode;
mod source;
mod suggest;
mod table;

use crate::model::Point;
use std::borrow::Cow;
use std::path::Path;

pub use error::{GazetteerError, NotFound};
pub use import::{ImportReport, RejectedRow, import};
pub use postcode::Postcode;

use places::{Named, Places};
use table::{PostcodeTable, Spot};

static POSTCODES: &[u8] = include_bytes!("../../data/gazetteer/postcodes.gaz");

/// The longest text that is looked at; the longest name of a place with its district has some 80 characters.
const LONGEST_TEXT: usize = 100;

/// An imported file may be so large; all of Great Britain takes 10 MB.
const LARGEST_FILE: u64 = 64 << 20;

/// At most so many of the places of one name are offered.
const MOST_CHOICES: usize = 5;

/// A ward is meant without asking if it has so many times the people of the next of its name.
const CLEARLY_LARGER: u32 = 2;

/// Finds places. Holds a few MB; share it by `Arc`.
pub struct Gazetteer {
    /// The newest first.
    tables: Vec<Layer>,
    places: Places,
}

/// A table, and what its districts are in [`Places::districts`].
struct Layer {
    table: PostcodeTable,
    districts: Vec<Option<usize>>,
}

/// A point that a text stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// In its right spelling: `M1 4BT`, `Salford`.
    pub name: String,
    pub precision: Precision,
    /// WGS84 degrees.
    pub latitude: f64,
    pub longitude: f64,
    /// The district it lies in, or the county or nation where the district has the same name.
    pub within: Option<String>,
    /// A postcode that the source lists as no longer in use. It still says where somebody is.
    pub terminated: bool,
    /// How far the true spot may be, in kilometres: 0.1 for a full postcode, some kilometres for a town.
    pub radius_km: f64,
}

/// What kind of text a place was found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    Postcode,
    Sector,
    Outcode,
    Place,
}

/// A town on a map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Town {
    pub name: &'static str,
    pub point: Point,
    /// People, or a guess at them.
    pub people: u32,
}

/// Where `signpost gazetteer import` puts places unless it is told otherwise, and where every command looks for them.
pub const IMPORTED: &str = "data/gazetteer/imported.gaz";

impl Gazetteer {
    /// The places inside the binary with, over them, those of `imported` or else of [`IMPORTED`] if that is there.
    ///
    /// # Errors
    /// The file cannot be read, or is not one that `import` made.
    pub fn open(imported: Option<&Path>) -> Result<Gazetteer, GazetteerError> {
        let usual = Path::new(IMPORTED);
        match imported.or_else(|| usual.exists().then_some(usual)) {
            Some(path) => Gazetteer::with_imported(path),
            None => Ok(Gazetteer::built_in()),
        }
    }

    /// The places inside the binary. Takes some milliseconds.
    pub fn built_in() -> Gazetteer {
        let mut gazetteer = Gazetteer { tables: Vec::new(), places: Places::built_in() };
        // The file inside the binary always opens: a test holds it. If it did not, names would still be found.
        if let Ok(table) = PostcodeTable::open(Cow::Borrowed(POSTCODES)) {
            gazetteer.add(table);
        }
        gazetteer
    }

    /// The places inside the binary, with a file made by [`import`] before them.
    ///
    /// A postcode is looked up in the imported file first. One that only the built-in file has is still found; if the
    /// imported file knows its sector it counts as no longer in use.
    pub fn with_imported(path: &Path) -> Result<Gazetteer, GazetteerError> {
        let unreadable = |source| GazetteerError::Read { path: path.to_owned(), source };
        let damaged = |why| GazetteerError::Damaged { path: path.to_owned(), why };
        if std::fs::metadata(path).map_err(unreadable)?.len() > LARGEST_FILE {
            return Err(damaged("it is larger than all postcodes of Great Britain"));
        }
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let table = PostcodeTable::open(Cow::Owned(bytes)).map_err(damaged)?;
        if !table.verify() {
            return Err(damaged("its checksum is wrong"));
        }
        let mut gazetteer = Gazetteer::built_in();
        gazetteer.add(table);
        Ok(gazetteer)
    }

    /// What a person typed, to a place or to why not.
    ///
    /// Takes a full postcode, a sector or an outcode in any case and spacing, also after other words
    /// (`Manchester M1 4BT`); or the name of a place, also with what it lies in (`Newport, Wales`). Among places of one
    /// name the one with most people is meant. If all are wards of much the same size, the person is asked.
    pub fn find(&self, text: &str) -> Result<Place, NotFound> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NotFound::Empty);
        }
        if text.chars().count() > LONGEST_TEXT {
            return Err(NotFound::TooLong { most: LONGEST_TEXT });
        }
        let readings = Postcode::readings(text);
        if let Some(place) = readings.iter().find_map(|p| self.postcode(p)) {
            return Ok(place);
        }
        if let Some(found) = self.named(text) {
            return found;
        }
        if let Some(first) = readings.first() {
            return Err(self.unknown(first));
        }
        if let Some(postcode) = postcode_at_end(text) {
            return self.postcode(&postcode).ok_or_else(|| self.unknown(&postcode));
        }
        Err(NotFound::NotAPostcodeOrPlace { text: text.to_owned(), did_you_mean: self.places.like(text) })
    }

    /// Up to `limit` (at most 20) places for the beginning of a text, the best first.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Vec<Place> {
        suggest::suggest(self, prefix, limit)
    }

    /// Cities, towns, suburbs and villages between two corners (latitude, longitude), those with most people first.
    pub fn towns(&self, south_west: [f64; 2], north_east: [f64; 2]) -> Vec<Town> {
        self.places.towns(south_west, north_east)
    }

    /// How many postcodes are known, in use and ended, and what the newest source is called.
    pub fn describe(&self) -> String {
        match self.tables.first() {
            Some(Layer { table, .. }) => {
                format!("{}: {} postcodes in use, {} no longer in use", table.label(), table.live, table.ended)
            }
            None => "no postcodes".to_owned(),
        }
    }

    /// What the licences of the data ask to be shown.
    pub fn attribution() -> &'static str {
        "Contains OS data © Crown copyright and database right 2025. \
         Contains Royal Mail data © Royal Mail copyright and database right 2025. \
         Contains National Statistics data © Crown copyright and database right 2025. \
         Licensed under the Open Government Licence v3.0. GeoNames, CC BY 4.0."
    }

    fn add(&mut self, table: PostcodeTable) {
        let known = |code: &str| self.places.districts.iter().position(|d| d.code == code);
        let districts = table.district_codes().map(known).collect();
        self.tables.insert(0, Layer { table, districts });
    }

    fn postcode(&self, postcode: &Postcode) -> Option<Place> {
        let mut newer_has_sector = false;
        for layer in &self.tables {
            if let Some(mut spot) = layer.table.find(postcode) {
                spot.terminated |= newer_has_sector && postcode.is_full();
                return Some(self.postcode_place(postcode, spot, layer));
            }
            newer_has_sector |= layer.table.has_sector(postcode);
        }
        None
    }

    fn postcode_place(&self, postcode: &Postcode, spot: Spot, layer: &Layer) -> Place {
        let district = spot.district.and_then(|d| *layer.districts.get(usize::from(d))?);
        let district = district.and_then(|d| self.places.districts.get(d));
        Place {
            name: postcode.to_string(),
            precision: match (postcode.is_full(), postcode.is_sector()) {
                (true, _) => Precision::Postcode,
                (false, true) => Precision::Sector,
                (false, false) => Precision::Outcode,
            },
            latitude: spot.latitude,
            longitude: spot.longitude,
            within: district.map(|d| d.name.to_owned()),
            terminated: spot.terminated,
            radius_km: spot.radius_km,
        }
    }

    fn unknown(&self, postcode: &Postcode) -> NotFound {
        if postcode.is_northern_ireland() || postcode.is_crown_dependency() {
            let (place, instead) = if postcode.is_northern_ireland() {
                ("Northern Ireland", "the name of a town such as `Belfast`")
            } else {
                ("the Channel Islands or the Isle of Man", "a place in Great Britain")
            };
            return NotFound::Outside { postcode: postcode.to_string(), place, instead };
        }
        let wider = [postcode.sector(), Some(postcode.outcode())];
        let nearest = wider.iter().flatten().find_map(|wider| self.postcode(wider));
        NotFound::UnknownPostcode { postcode: postcode.to_string(), nearest: nearest.map(Box::new) }
    }

    /// The place of that name; `None` if there is none.
    fn named(&self, text: &str) -> Option<Result<Place, NotFound>> {
        let mut found = self.places.called(text);
        if found.is_empty()
            && let Some((name, area)) = text.rsplit_once(',')
        {
            found = self.places.called(name);
            found.retain(|place| self.places.lies_in(place, area));
        }
        let first = *found.first()?;
        let only_wards = found.iter().all(|place| place.kind == "ward");
        let rival = found.iter().find(|place| place.district != first.district);
        if only_wards && rival.is_some_and(|rival| rival.weight * CLEARLY_LARGER > first.weight) {
            let choices = found.iter().take(MOST_CHOICES);
            return Some(Err(NotFound::SeveralPlaces {
                name: first.name.to_owned(),
                choices: choices.map(|place| self.full_name(place)).collect(),
            }));
        }
        Some(Ok(self.named_place(first)))
    }

    fn named_place(&self, place: &Named) -> Place {
        Place {
            name: place.name.to_owned(),
            precision: Precision::Place,
            latitude: place.latitude,
            longitude: place.longitude,
            within: self.places.within(place).map(str::to_owned),
            terminated: false,
            radius_km: place.radius_km,
        }
    }

    fn full_name(&self, place: &Named) -> String {
        match self.places.within(place) {
            Some(within) => format!("{}, {within}", place.name),
            None => place.name.to_owned(),
        }
    }
}

/// A full postcode in the last one or two words of a longer text.
fn postcode_at_end(text: &str) -> Option<Postcode> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let last = *words.last()?;
    let before = words.iter().rev().nth(1).copied().unwrap_or_default();
    let both = format!("{before} {last}");
    [both.as_str(), last].iter().find_map(|end| Postcode::parse(end).filter(Postcode::is_full))
}

#[cfg(test)]
mod tests;
