//! A profile that was checked: every field in range, every code known, the place found, the goals understood.

use super::aims::Aim;
use super::profile::{AskedGoal, Profile};
use super::travel::Travel;
use crate::index::Snapshot;
use crate::index::facts::Bits;
use crate::model::hours::OpeningHours;
use crate::model::{Coded, Delivery, FundKind, LedBy, Pounds, Setting};
use crate::search::mistake::{Mistake, MistakeKind};
use crate::search::question::{Access, Checks, Language, Where};
use crate::search::{Circumstances, Uses};

/// Goals in one profile: more is not a choice but a list.
pub const MOST_GOALS: usize = 5;
/// Options in one answer.
pub const MOST_OPTIONS: i64 = 50;
const OPTIONS: i64 = 12;
/// Characters of a mistyped code that are compared with the real ones.
const MOST_TYPED: usize = 64;

/// What a person wants and said. Sets are numbers into the vocabulary's lists.
#[derive(Debug)]
pub struct Person {
    pub aims: Vec<Aim>,
    pub place: Option<Where>,
    pub travel: Option<Travel>,
    pub when: Option<OpeningHours>,
    pub age: Option<u8>,
    pub audiences: Vec<u16>,
    pub languages: Vec<Language>,
    pub access: Vec<Access>,
    pub convictions: bool,
    pub prefers_led_by: Bits,
    pub prefers_setting: Bits,
    pub prefers_delivery: Bits,
    pub most: Option<Pounds>,
    pub fund: Option<FundKind>,
    pub limit: usize,
}

impl Person {
    /// Checks a profile against the directory and the map.
    ///
    /// # Errors
    /// Everything that is wrong, each with its field and cure.
    pub fn new(
        profile: &Profile,
        snapshot: &Snapshot,
        circumstances: &Circumstances<'_>,
    ) -> Result<Person, Vec<Mistake>> {
        let mut checks = Checks { snapshot, mistakes: Vec::new() };
        let about = &profile.about;
        let person = Person {
            aims: aims(&profile.goals, snapshot, circumstances.uses, &mut checks),
            place: checks.place(profile.near.as_ref(), profile.within_km, circumstances.gazetteer),
            travel: travel(profile.travel.as_deref(), &mut checks),
            when: when(profile.when.as_deref(), &mut checks),
            age: checks.age("about.age", about.age),
            audiences: checks.audiences("about.audiences", &about.audiences),
            languages: checks.languages("about.languages", &about.languages),
            access: checks.access("about.access", &about.access),
            convictions: about.convictions.unwrap_or(false),
            prefers_led_by: checks.values::<LedBy>("prefer.led_by", &profile.prefer.led_by),
            prefers_setting: checks.values::<Setting>("prefer.setting", &profile.prefer.setting),
            prefers_delivery: checks.values::<Delivery>("prefer.delivery", &profile.prefer.delivery),
            most: most(profile.spend.most, &mut checks),
            fund: fund(profile.spend.fund.as_deref(), &mut checks),
            limit: limit(profile.limit, &mut checks),
        };
        if checks.mistakes.is_empty() { Ok(person) } else { Err(checks.mistakes) }
    }
}

fn aims(asked: &[AskedGoal], snapshot: &Snapshot, uses: Uses, checks: &mut Checks<'_>) -> Vec<Aim> {
    if asked.is_empty() {
        let help = "give a goal by its code, or in the person's own words: `{\"words\": \"make some friends\"}`";
        checks.wrong("goals", MistakeKind::Missing, "needs at least one goal", help);
    }
    if asked.len() > MOST_GOALS {
        let help = format!("choose the {MOST_GOALS} that matter most");
        checks.wrong("goals", MistakeKind::TooMany, format!("has more than {MOST_GOALS} goals"), help);
        return Vec::new();
    }
    asked.iter().enumerate().filter_map(|(at, asked)| aim(at, asked, snapshot, uses, checks)).collect()
}

fn aim(at: usize, asked: &AskedGoal, snapshot: &Snapshot, uses: Uses, checks: &mut Checks<'_>) -> Option<Aim> {
    let field = |name: &str| format!("goals[{at}].{name}");
    let importance = match asked.importance {
        None => 2,
        Some(importance @ 1..=3) => importance as u8,
        Some(_) => {
            let help = "give 1 (would be nice), 2 or 3 (matters most)";
            checks.wrong(&field("importance"), MistakeKind::OutOfRange, "is out of range", help);
            return None;
        }
    };
    match (asked.goal.as_deref().map(str::trim), asked.words.as_deref()) {
        (Some(code), None) => {
            let Some(goal) = snapshot.lexicon().goal(code) else {
                let known = snapshot.vocabulary().goals.iter().map(|goal| goal.code.as_str());
                let typed: String = code.to_lowercase().chars().take(MOST_TYPED).collect();
                let nearest = known.min_by_key(|known| strsim::osa_distance(known, &typed)).unwrap_or_default();
                let is_near = strsim::osa_distance(nearest, &typed) <= 1 + typed.chars().count() / 3;
                let meant = if is_near { format!("did you mean `{nearest}`? ") } else { String::new() };
                let help = format!("{meant}the goals are listed at /api/v1/goals");
                checks.wrong(&field("goal"), MistakeKind::UnknownCode, "is not a goal", help);
                return None;
            };
            Some(Aim::of_goal(goal, importance, snapshot))
        }
        (None, Some(words)) => {
            let mistakes = checks.mistakes.len();
            let text = checks.text(&field("words"), Some(words));
            if text.is_empty() && checks.mistakes.len() == mistakes {
                let help = "say in a few words what the person wants";
                checks.wrong(&field("words"), MistakeKind::Missing, "is empty", help);
            }
            (!text.is_empty()).then(|| Aim::of_words(&text, importance, snapshot, uses))
        }
        (None, None) => {
            let help = "give `goal` (a code) or `words`";
            checks.wrong(&format!("goals[{at}]"), MistakeKind::Missing, "says nothing", help);
            None
        }
        (Some(_), Some(_)) => {
            let help = "give either `goal` or `words`; put the other into a goal of its own";
            checks.wrong(&format!("goals[{at}]"), MistakeKind::Malformed, "has both a code and words", help);
            None
        }
    }
}

fn travel(code: Option<&str>, checks: &mut Checks<'_>) -> Option<Travel> {
    let code = code?.trim();
    let travel = Travel::from_code(code);
    if travel.is_none() {
        let help = "choose `walk`, `cycle`, `bus` or `car`";
        checks.wrong("travel", MistakeKind::NotAChoice, "is not a way to travel", help);
    }
    travel
}

fn when(text: Option<&str>, checks: &mut Checks<'_>) -> Option<OpeningHours> {
    match OpeningHours::parse(text?.trim()) {
        Ok(hours) => Some(hours),
        Err(invalid) => {
            let help = match invalid.suggestion {
                Some(suggestion) => format!("did you mean `{suggestion}`?"),
                None => "write days and times such as `Mo-Fr 18:00-22:00`".to_string(),
            };
            checks.wrong("when", MistakeKind::Malformed, "is not days and times that can be read", help);
            None
        }
    }
}

fn most(pounds: Option<f64>, checks: &mut Checks<'_>) -> Option<Pounds> {
    let amount = pounds.and_then(Pounds::new);
    if pounds.is_some() && amount.is_none() {
        let help = "give pounds a visit, from 0 to 10000";
        checks.wrong("spend.most", MistakeKind::OutOfRange, "is not an amount", help);
    }
    amount
}

fn fund(code: Option<&str>, checks: &mut Checks<'_>) -> Option<FundKind> {
    let code = code?.trim();
    let kind = FundKind::from_code(code);
    if kind.is_none() {
        let help = "choose `personal`, `women` or `shared_project`";
        checks.wrong("spend.fund", MistakeKind::NotAChoice, "is not a kind of fund", help);
    }
    kind
}

fn limit(limit: Option<i64>, checks: &mut Checks<'_>) -> usize {
    let limit = limit.unwrap_or(OPTIONS);
    if (1..=MOST_OPTIONS).contains(&limit) {
        return limit as usize;
    }
    let help = format!("give a whole number from 1 to {MOST_OPTIONS}");
    checks.wrong("limit", MistakeKind::OutOfRange, "is out of range", help);
    OPTIONS as usize
}
