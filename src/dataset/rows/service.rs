//! `services.csv`.

use crate::dataset::LastGood;
use crate::dataset::catalogue::NO_CATEGORY;
use crate::dataset::columns::Table;
use crate::dataset::known::Known;
use crate::dataset::problems::Finding;
use crate::dataset::reader::FromRow;
use crate::dataset::row::Row;
use crate::model::{Id, Service};

impl FromRow for Service {
    const TABLE: Table = Table::Services;

    fn from_row(row: &mut Row) -> Option<Self> {
        let id = row.key("id");
        let organisation_id = row.reference("organisation_id");
        let name = row.text("name");
        let summary = row.text("summary");
        let description = row.text("description");
        let status = row.one("status");
        let errors = row.errors;
        let categories = row.references("categories");
        if categories.is_empty() && row.errors == errors && row.consequence.is_none() {
            let finding = Finding::new(&NO_CATEGORY, "the service has no category: it is found by its text alone");
            row.wrong("categories", finding.help("fill in one or more codes of categories.csv"));
        }
        let service = Service {
            name,
            summary,
            description,
            categories,
            website: row.website("website"),
            email: row.email("email"),
            phone: row.phone("phone"),
            referral: row.several("referral"),
            how_to_join: row.text("how_to_join"),
            cost: row.money("cost"),
            cost_note: row.text("cost_note"),
            bring: row.text("bring"),
            age: row.ages(),
            only_for: row.references("only_for"),
            welcomes: row.references("welcomes"),
            convictions: row.one("convictions"),
            convictions_note: row.text("convictions_note"),
            languages: row.languages("languages"),
            delivery: row.several("delivery"),
            led_by: row.several("led_by"),
            setting: row.several("setting"),
            places: row.one("places"),
            wait_weeks: row.integer("wait_weeks"),
            covers: row.references("covers"),
            notice: row.text("notice"),
            checked_on: row.date("checked_on"),
            source: row.optional_text("source"),
            source_id: row.optional_text("source_id"),
            id: id?,
            organisation_id: organisation_id?,
            status: status?,
        };
        Some(service)
    }

    fn last_good(last_good: &dyn LastGood, key: &str) -> Option<Self> {
        last_good.service(&Id::new(key).ok()?)
    }

    fn stands(&self, known: &Known) -> bool {
        known.has(Table::Organisations, self.organisation_id.as_str())
            && self.categories.iter().all(|code| known.has(Table::Categories, code.as_str()))
            && self.only_for.iter().chain(&self.welcomes).all(|code| known.has(Table::Audiences, code.as_str()))
            && self.covers.iter().all(|id| known.has(Table::Areas, id.as_str()))
    }
}
