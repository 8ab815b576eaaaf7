//! `sessions.csv`. Sessions have no id, so there is no last good version of one.

use crate::dataset::catalogue::DATES_REVERSED;
use crate::dataset::columns::Table;
use crate::dataset::problems::Finding;
use crate::dataset::reader::FromRow;
use crate::dataset::row::Row;
use crate::model::Session;

impl FromRow for Session {
    const TABLE: Table = Table::Sessions;

    fn from_row(row: &mut Row) -> Option<Self> {
        let service_id = row.reference("service_id");
        let session = Session {
            location_id: row.reference("location_id"),
            opening_hours: row.hours("opening_hours"),
            starts_on: row.date("starts_on"),
            ends_on: row.date("ends_on"),
            note: row.text("note"),
            service_id: service_id?,
        };
        if let (Some(starts), Some(ends)) = (session.starts_on, session.ends_on)
            && ends < starts
        {
            let finding = Finding::new(&DATES_REVERSED, format!("it ends on {ends}, before it starts on {starts}"));
            row.wrong("ends_on", finding.help("swap the two dates, or correct the wrong one"));
        }
        Some(session)
    }
}
