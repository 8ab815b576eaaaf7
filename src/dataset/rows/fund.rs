//! `funds.csv`.

use crate::dataset::LastGood;
use crate::dataset::columns::Table;
use crate::dataset::known::Known;
use crate::dataset::reader::FromRow;
use crate::dataset::row::Row;
use crate::model::{Fund, PaysFor};

impl FromRow for Fund {
    const TABLE: Table = Table::Funds;

    fn from_row(row: &mut Row) -> Option<Self> {
        let id = row.key("id");
        let name = row.text("name");
        let kind = row.one("kind");
        let holder = row.reference("holder_organisation_id");
        let only_for = row.references("only_for");
        let age = row.ages();
        let covers = row.references("covers");
        let most = row.money("most");
        let pays_for = row.pays_for("pays_for");
        let how_to_apply = row.text("how_to_apply");
        let status = row.one("status");
        let checked_on = row.date("checked_on");
        Some(Fund {
            id: id?,
            name,
            kind: kind?,
            holder_organisation_id: holder?,
            only_for,
            age,
            covers,
            most,
            pays_for,
            how_to_apply,
            status: status?,
            checked_on,
        })
    }

    fn last_good(last_good: &dyn LastGood, key: &str) -> Option<Self> {
        last_good.vocabulary()?.funds.iter().find(|fund| fund.id.as_str() == key).cloned()
    }

    fn stands(&self, known: &Known) -> bool {
        let category = |pays_for: &PaysFor| match pays_for {
            PaysFor::Category(code) => known.has(Table::Categories, code.as_str()),
            _ => true,
        };
        known.has(Table::Organisations, self.holder_organisation_id.as_str())
            && self.only_for.iter().all(|code| known.has(Table::Audiences, code.as_str()))
            && self.covers.iter().all(|id| known.has(Table::Areas, id.as_str()))
            && self.pays_for.iter().all(category)
    }
}
