//! The small files: categories, audiences, goals, what links them, the thesaurus, crisis lines and bank holidays.

use crate::dataset::LastGood;
use crate::dataset::columns::Table;
use crate::dataset::reader::FromRow;
use crate::dataset::row::Row;
use crate::model::{Audience, BankHoliday, Category, Crisis, Goal, GoalCategory, Synonym};

impl FromRow for Category {
    const TABLE: Table = Table::Categories;

    fn from_row(row: &mut Row) -> Option<Self> {
        let code = row.key("code");
        let category = Category {
            name: row.text("name"),
            parent: row.parent("parent"),
            words: row.words("words"),
            open_eligibility: row.optional_text("open_eligibility"),
            code: code?,
        };
        Some(category)
    }

    fn last_good(last_good: &dyn LastGood, key: &str) -> Option<Self> {
        last_good.vocabulary()?.categories.iter().find(|category| category.code.as_str() == key).cloned()
    }
}

impl FromRow for Audience {
    const TABLE: Table = Table::Audiences;

    fn from_row(row: &mut Row) -> Option<Self> {
        let code = row.key("code");
        let audience = Audience { name: row.text("name"), words: row.words("words"), code: code? };
        Some(audience)
    }

    fn last_good(last_good: &dyn LastGood, key: &str) -> Option<Self> {
        last_good.vocabulary()?.audiences.iter().find(|audience| audience.code.as_str() == key).cloned()
    }
}

impl FromRow for Goal {
    const TABLE: Table = Table::Goals;

    fn from_row(row: &mut Row) -> Option<Self> {
        let code = row.key("code");
        let name = row.text("name");
        let good = row.one("good");
        let goal = Goal {
            name,
            pathways: row.several("pathways"),
            words: row.words("words"),
            icon: row.optional_text("icon"),
            code: code?,
            good: good?,
        };
        Some(goal)
    }

    fn last_good(last_good: &dyn LastGood, key: &str) -> Option<Self> {
        last_good.vocabulary()?.goals.iter().find(|goal| goal.code.as_str() == key).cloned()
    }
}

impl FromRow for GoalCategory {
    const TABLE: Table = Table::GoalCategories;

    fn from_row(row: &mut Row) -> Option<Self> {
        let (goal, category, strength) = (row.reference("goal"), row.reference("category"), row.integer("strength"));
        Some(GoalCategory { goal: goal?, category: category?, strength: strength? })
    }

    fn pair(&self) -> Option<String> {
        Some(format!("{}, {}", self.goal, self.category))
    }
}

impl FromRow for Synonym {
    const TABLE: Table = Table::Thesaurus;

    fn from_row(row: &mut Row) -> Option<Self> {
        Some(Synonym { words: row.words("words"), means: row.words("means") })
    }
}

impl FromRow for Crisis {
    const TABLE: Table = Table::Crisis;

    fn from_row(row: &mut Row) -> Option<Self> {
        Some(Crisis {
            words: row.words("words"),
            service_id: row.reference("service_id"),
            phone: row.phone("phone"),
            message: row.text("message"),
        })
    }
}

impl FromRow for BankHoliday {
    const TABLE: Table = Table::BankHolidays;

    fn from_row(row: &mut Row) -> Option<Self> {
        let (date, nation) = (row.date("date"), row.one("nation"));
        let name = row.text("name");
        Some(BankHoliday { date: date?, nation: nation?, name })
    }

    fn pair(&self) -> Option<String> {
        Some(format!("{}, {}", self.date, self.nation))
    }
}
