//! The words of a directory: categories, audiences, goals, the thesaurus, crisis words, bank holidays.

use super::coded::coded_enum;
use super::{Code, Id, Phone};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A row of `categories.csv`: what a service is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Category {
    pub code: Code,
    pub name: String,
    pub parent: Option<Code>,
    /// Lay words and synonyms.
    pub words: Vec<String>,
    /// The crosswalk code of the Open Eligibility taxonomy.
    pub open_eligibility: Option<String>,
}

/// A row of `audiences.csv`: who a service is for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audience {
    pub code: Code,
    pub name: String,
    pub words: Vec<String>,
}

coded_enum! {
    /// The eleven primary goods of the Good Lives Model (Purvis, Ward and Willis 2011).
    Good {
        Life = "life", Knowledge = "knowledge", Play = "play", Work = "work", Agency = "agency",
        InnerPeace = "inner_peace", Relatedness = "relatedness", Community = "community",
        Spirituality = "spirituality", Pleasure = "pleasure", Creativity = "creativity",
    }
}
coded_enum! {
    /// The resettlement pathways of HM Prison and Probation Service: the seven of 2004 and the two for women.
    Pathway {
        Accommodation = "accommodation", EducationTrainingEmployment = "education_training_employment",
        Health = "health", DrugsAlcohol = "drugs_alcohol", FinanceId = "finance_id",
        ChildrenFamilies = "children_families", AttitudesThinkingBehaviour = "attitudes_thinking_behaviour",
        WomenAbuse = "women_abuse", WomenSexWork = "women_sex_work",
    }
}

/// A row of `goals.csv`: what a person wants, in lay words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    pub code: Code,
    /// "I want to …"
    pub name: String,
    pub good: Good,
    pub pathways: Vec<Pathway>,
    pub words: Vec<String>,
    pub icon: Option<String>,
}

/// A row of `goal_categories.csv`: how directly a category serves a goal, 1 to 3.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GoalCategory {
    pub goal: Code,
    pub category: Code,
    pub strength: u8,
}

/// A row of `thesaurus.csv`: lay words, and the search words they stand for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Synonym {
    pub words: Vec<String>,
    pub means: Vec<String>,
}

/// A row of `crisis.csv`: words after which help is shown first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crisis {
    pub words: Vec<String>,
    pub service_id: Option<Id>,
    pub phone: Option<Phone>,
    pub message: String,
}

coded_enum! {
    /// The nations whose bank holidays differ.
    Nation { England = "england", Wales = "wales", Scotland = "scotland", NorthernIreland = "northern-ireland" }
}

/// A row of `bank_holidays.csv`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankHoliday {
    pub date: Date,
    pub nation: Nation,
    pub name: String,
}
