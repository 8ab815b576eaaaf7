//! `organisations.csv`.

use crate::dataset::LastGood;
use crate::dataset::columns::Table;
use crate::dataset::reader::FromRow;
use crate::dataset::row::Row;
use crate::model::{Id, Organisation};

impl FromRow for Organisation {
    const TABLE: Table = Table::Organisations;

    fn from_row(row: &mut Row) -> Option<Self> {
        let id = row.key("id");
        let organisation = Organisation {
            name: row.text("name"),
            description: row.text("description"),
            website: row.website("website"),
            email: row.email("email"),
            phone: row.phone("phone"),
            charity_number: row.optional_text("charity_number"),
            company_number: row.optional_text("company_number"),
            source: row.optional_text("source"),
            source_id: row.optional_text("source_id"),
            id: id?,
        };
        Some(organisation)
    }

    fn last_good(last_good: &dyn LastGood, key: &str) -> Option<Self> {
        last_good.organisation(&Id::new(key).ok()?)
    }
}
