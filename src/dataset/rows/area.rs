//! `areas.csv`; the outlines come later, from `areas.geojson`.

use crate::dataset::LastGood;
use crate::dataset::columns::Table;
use crate::dataset::reader::FromRow;
use crate::dataset::row::Row;
use crate::model::Area;

impl FromRow for Area {
    const TABLE: Table = Table::Areas;

    fn from_row(row: &mut Row) -> Option<Self> {
        let id = row.key("id");
        let name = row.text("name");
        let kind = row.one("kind");
        let area = Area {
            name,
            parent_id: row.parent("parent_id"),
            centre: row.place(),
            radius_km: row.number("radius_km"),
            shape: None,
            id: id?,
            kind: kind?,
        };
        Some(area)
    }

    /// Without its outline: that is read anew.
    fn last_good(last_good: &dyn LastGood, key: &str) -> Option<Self> {
        let area = last_good.vocabulary()?.areas.iter().find(|area| area.id.as_str() == key)?;
        Some(Area { shape: None, ..area.clone() })
    }
}
