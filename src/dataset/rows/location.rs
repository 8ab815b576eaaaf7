//! `locations.csv`.

use crate::dataset::LastGood;
use crate::dataset::catalogue::NO_PLACE;
use crate::dataset::columns::Table;
use crate::dataset::problems::Finding;
use crate::dataset::reader::FromRow;
use crate::dataset::row::Row;
use crate::model::{Id, Location};

impl FromRow for Location {
    const TABLE: Table = Table::Locations;

    fn from_row(row: &mut Row) -> Option<Self> {
        let id = row.key("id");
        let name = row.text("name");
        let address = row.text("address");
        let town = row.text("town");
        let postcode = row.postcode("postcode");
        let errors = row.errors;
        let point = row.place();
        let place_is_wrong = row.errors > errors;
        let confidential = row.yes_no("confidential").unwrap_or(false);
        // Of a confidential location it may be right to state no place at all.
        if postcode.is_none() && point.is_none() && !place_is_wrong && !confidential {
            let finding = Finding::new(&NO_PLACE, "the location has neither a postcode nor a latitude and longitude");
            row.wrong("postcode", finding.help("fill in the postcode, or nobody will find it by distance"));
        }
        let location = Location {
            name,
            address,
            town,
            postcode,
            point,
            confidential,
            accessibility: row.open_list("accessibility"),
            under_18s: row.yes_no("under_18s"),
            getting_here: row.text("getting_here"),
            source: row.optional_text("source"),
            source_id: row.optional_text("source_id"),
            id: id?,
        };
        Some(location)
    }

    fn last_good(last_good: &dyn LastGood, key: &str) -> Option<Self> {
        last_good.location(&Id::new(key).ok()?)
    }
}
