//! The one table of files and columns: what each is called, what it holds, whether it must be stated.
//!
//! `datapackage.json` says the same to spreadsheets and to `frictionless validate`; a test holds the two together.

use crate::model::{
    AreaKind, Coded, Convictions, Delivery, FundKind, Good, LedBy, Nation, Pathway, Places, Referral, Setting, Status,
};

/// One file of the directory, by what its rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    Organisations,
    Services,
    Locations,
    Sessions,
    Areas,
    Categories,
    Audiences,
    Goals,
    GoalCategories,
    Thesaurus,
    Funds,
    Crisis,
    BankHolidays,
}

impl Table {
    /// Every file, in the order in which they are shown.
    pub const ALL: [Table; 13] = [
        Table::Organisations,
        Table::Services,
        Table::Locations,
        Table::Sessions,
        Table::Areas,
        Table::Categories,
        Table::Audiences,
        Table::Goals,
        Table::GoalCategories,
        Table::Thesaurus,
        Table::Funds,
        Table::Crisis,
        Table::BankHolidays,
    ];

    /// Its file and columns.
    pub fn file(self) -> &'static File {
        &FILES[self as usize]
    }

    /// What one of its rows is called in a sentence.
    pub fn one_row(self) -> &'static str {
        match self {
            Table::Organisations => "organisation",
            Table::Services => "service",
            Table::Locations => "location",
            Table::Sessions => "session",
            Table::Areas => "area",
            Table::Categories => "category",
            Table::Audiences => "audience",
            Table::Goals => "goal",
            Table::GoalCategories => "goal category",
            Table::Thesaurus => "line of the thesaurus",
            Table::Funds => "fund",
            Table::Crisis => "crisis line",
            Table::BankHolidays => "bank holiday",
        }
    }
}

/// A file and its columns, in the order in which we write them; any order is read.
#[derive(Debug)]
pub struct File {
    pub name: &'static str,
    /// Without it there is no directory.
    pub required: bool,
    pub columns: &'static [Column],
}

impl File {
    /// The first column identifies the row: no two rows share it.
    pub fn has_key(&self) -> bool {
        self.columns.first().is_some_and(|column| matches!(column.holds, Holds::Key))
    }
}

/// One column.
#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    /// An empty cell is an error.
    pub required: bool,
    pub holds: Holds,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// The row's own id or code.
    Key,
    Text,
    Phone,
    Email,
    Website,
    Postcode,
    Date,
    YesNo,
    /// Opening hours in OpenStreetMap syntax.
    Hours,
    /// GBP.
    Money,
    Integer {
        from: i64,
        to: i64,
    },
    Number {
        from: f64,
        to: f64,
    },
    One(Item),
    /// Several, separated by `;`.
    List(Item),
}

/// What a coded cell or each item of a list is.
#[derive(Clone, Copy, Debug)]
pub enum Item {
    /// A word or phrase of anybody's.
    Words,
    /// A code of an open list: one of these, or another that is not nearly one of these.
    OpenList(&'static [&'static str]),
    /// A code of a closed list.
    CodeOf(fn() -> Vec<&'static str>),
    /// The id or code of a row of another file.
    RowOf(Table),
    /// ISO 639-1.
    Language,
    /// The code of a category, or one of [`OTHER_COSTS`].
    PaysFor,
}

/// What a fund pays for besides the price of a category's services.
pub const OTHER_COSTS: [&str; 5] = ["travel", "kit", "childcare", "id", "course"];

/// What a location has, as far as we have a sign for it; a directory may name more.
pub const ACCESSIBILITY: [&str; 8] = [
    "step_free",
    "accessible_toilet",
    "hearing_loop",
    "parking",
    "quiet_space",
    "changing_places",
    "bsl",
    "large_print",
];

/// The oldest age a row may state; more is a slip of the finger.
pub const MAX_AGE: i64 = 120;
/// The longest wait a row may state: ten years.
pub const MAX_WAIT_WEEKS: i64 = 520;
/// The widest circle an area may be: twice Great Britain from end to end.
pub const MAX_RADIUS_KM: f64 = 2_000.0;

fn codes<T: Coded>() -> Vec<&'static str> {
    T::ALL.iter().map(|value| value.code()).collect()
}

const fn must(name: &'static str, holds: Holds) -> Column {
    Column { name, required: true, holds }
}

const fn may(name: &'static str, holds: Holds) -> Column {
    Column { name, required: false, holds }
}

const AGE: Holds = Holds::Integer { from: 0, to: MAX_AGE };
const LATITUDE: Holds = Holds::Number { from: -90.0, to: 90.0 };
const LONGITUDE: Holds = Holds::Number { from: -180.0, to: 180.0 };
const WORDS: Holds = Holds::List(Item::Words);

/// Every file, in the order of [`Table::ALL`].
pub static FILES: [File; 13] = [
    File {
        name: "organisations.csv",
        required: true,
        columns: &[
            must("id", Holds::Key),
            must("name", Holds::Text),
            may("description", Holds::Text),
            may("website", Holds::Website),
            may("email", Holds::Email),
            may("phone", Holds::Phone),
            may("charity_number", Holds::Text),
            may("company_number", Holds::Text),
            may("source", Holds::Text),
            may("source_id", Holds::Text),
        ],
    },
    File {
        name: "services.csv",
        required: true,
        columns: &[
            must("id", Holds::Key),
            must("organisation_id", Holds::One(Item::RowOf(Table::Organisations))),
            must("name", Holds::Text),
            may("summary", Holds::Text),
            may("description", Holds::Text),
            must("status", Holds::One(Item::CodeOf(codes::<Status>))),
            may("categories", Holds::List(Item::RowOf(Table::Categories))),
            may("website", Holds::Website),
            may("email", Holds::Email),
            may("phone", Holds::Phone),
            may("referral", Holds::List(Item::CodeOf(codes::<Referral>))),
            may("how_to_join", Holds::Text),
            may("cost", Holds::Money),
            may("cost_note", Holds::Text),
            may("bring", Holds::Text),
            may("minimum_age", AGE),
            may("maximum_age", AGE),
            may("only_for", Holds::List(Item::RowOf(Table::Audiences))),
            may("welcomes", Holds::List(Item::RowOf(Table::Audiences))),
            may("convictions", Holds::One(Item::CodeOf(codes::<Convictions>))),
            may("convictions_note", Holds::Text),
            may("languages", Holds::List(Item::Language)),
            may("delivery", Holds::List(Item::CodeOf(codes::<Delivery>))),
            may("led_by", Holds::List(Item::CodeOf(codes::<LedBy>))),
            may("setting", Holds::List(Item::CodeOf(codes::<Setting>))),
            may("places", Holds::One(Item::CodeOf(codes::<Places>))),
            may("wait_weeks", Holds::Integer { from: 0, to: MAX_WAIT_WEEKS }),
            may("covers", Holds::List(Item::RowOf(Table::Areas))),
            may("notice", Holds::Text),
            may("checked_on", Holds::Date),
            may("source", Holds::Text),
            may("source_id", Holds::Text),
        ],
    },
    File {
        name: "locations.csv",
        required: true,
        columns: &[
            must("id", Holds::Key),
            must("name", Holds::Text),
            may("address", Holds::Text),
            may("town", Holds::Text),
            may("postcode", Holds::Postcode),
            may("latitude", LATITUDE),
            may("longitude", LONGITUDE),
            may("confidential", Holds::YesNo),
            may("accessibility", Holds::List(Item::OpenList(&ACCESSIBILITY))),
            may("under_18s", Holds::YesNo),
            may("getting_here", Holds::Text),
            may("source", Holds::Text),
            may("source_id", Holds::Text),
        ],
    },
    File {
        name: "sessions.csv",
        required: true,
        columns: &[
            must("service_id", Holds::One(Item::RowOf(Table::Services))),
            may("location_id", Holds::One(Item::RowOf(Table::Locations))),
            may("opening_hours", Holds::Hours),
            may("starts_on", Holds::Date),
            may("ends_on", Holds::Date),
            may("note", Holds::Text),
        ],
    },
    File {
        name: "areas.csv",
        required: true,
        columns: &[
            must("id", Holds::Key),
            must("name", Holds::Text),
            must("kind", Holds::One(Item::CodeOf(codes::<AreaKind>))),
            may("parent_id", Holds::One(Item::RowOf(Table::Areas))),
            may("latitude", LATITUDE),
            may("longitude", LONGITUDE),
            may("radius_km", Holds::Number { from: 0.0, to: MAX_RADIUS_KM }),
        ],
    },
    File {
        name: "categories.csv",
        required: true,
        columns: &[
            must("code", Holds::Key),
            must("name", Holds::Text),
            may("parent", Holds::One(Item::RowOf(Table::Categories))),
            may("words", WORDS),
            may("open_eligibility", Holds::Text),
        ],
    },
    File {
        name: "audiences.csv",
        required: false,
        columns: &[must("code", Holds::Key), must("name", Holds::Text), may("words", WORDS)],
    },
    File {
        name: "goals.csv",
        required: true,
        columns: &[
            must("code", Holds::Key),
            must("name", Holds::Text),
            must("good", Holds::One(Item::CodeOf(codes::<Good>))),
            may("pathways", Holds::List(Item::CodeOf(codes::<Pathway>))),
            may("words", WORDS),
            may("icon", Holds::Text),
        ],
    },
    File {
        name: "goal_categories.csv",
        required: true,
        columns: &[
            must("goal", Holds::One(Item::RowOf(Table::Goals))),
            must("category", Holds::One(Item::RowOf(Table::Categories))),
            must("strength", Holds::Integer { from: 1, to: 3 }),
        ],
    },
    File { name: "thesaurus.csv", required: false, columns: &[must("words", WORDS), must("means", WORDS)] },
    File {
        name: "funds.csv",
        required: false,
        columns: &[
            must("id", Holds::Key),
            must("name", Holds::Text),
            must("kind", Holds::One(Item::CodeOf(codes::<FundKind>))),
            must("holder_organisation_id", Holds::One(Item::RowOf(Table::Organisations))),
            may("only_for", Holds::List(Item::RowOf(Table::Audiences))),
            may("minimum_age", AGE),
            may("maximum_age", AGE),
            may("covers", Holds::List(Item::RowOf(Table::Areas))),
            may("most", Holds::Money),
            may("pays_for", Holds::List(Item::PaysFor)),
            may("how_to_apply", Holds::Text),
            must("status", Holds::One(Item::CodeOf(codes::<Status>))),
            may("checked_on", Holds::Date),
        ],
    },
    File {
        name: "crisis.csv",
        required: false,
        columns: &[
            must("words", WORDS),
            may("service_id", Holds::One(Item::RowOf(Table::Services))),
            may("phone", Holds::Phone),
            must("message", Holds::Text),
        ],
    },
    File {
        name: "bank_holidays.csv",
        required: false,
        columns: &[
            must("date", Holds::Date),
            must("nation", Holds::One(Item::CodeOf(codes::<Nation>))),
            must("name", Holds::Text),
        ],
    },
];
