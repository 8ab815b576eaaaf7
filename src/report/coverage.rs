//! For each goal and each ward or borough: how many services can be reached from the middle of it, when, and by whom.
//!
//! A service serves a goal if one of its categories, or one above it, does so with strength 2 or 3: what helps "a
//! little" (1) is no reason to say that a goal is met. Everything is counted as it would be for somebody who stands at
//! the area's centre: the one in `areas.csv`, or else the middle of its outline.

use super::reach::{Marks, RADII_KM, Reach, Reaches};
use crate::index::Snapshot;
use crate::index::facts::ServiceFacts;
use crate::model::{Area, AreaKind, Code, Coded, Fund, Id, PaysFor, Point, Shape, Status};
use crate::search::NoAnswer;
use crate::search::mistake::{Mistake, MistakeKind};
use geo::{Centroid, Coord, LineString, MultiPolygon, Polygon};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// Categories that serve a goal less than this are not counted.
pub const LEAST_STRENGTH: u8 = 2;

/// The kinds of area that are reported on, the smallest first.
pub const KINDS: [AreaKind; 2] = [AreaKind::Ward, AreaKind::Borough];

/// Which part of the report is wanted.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// `ward` or `borough`; the smallest kind that the directory has, if not stated.
    pub kind: Option<String>,
    /// A goal's code; all, if not stated.
    pub goal: Option<String>,
}

/// Where goals can be met, and where not.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Coverage {
    /// True when the organisations are fictional.
    pub sample: bool,
    /// Evenings and weekends are those of the seven days from this one on.
    #[schema(value_type = String, format = Date)]
    pub today: Date,
    pub kind: AreaKind,
    pub goals: Vec<GoalCovered>,
    pub areas: Vec<AreaCovered>,
    /// Areas of this kind whose middle is not known: neither a centre nor an outline is stated.
    pub left_out: Vec<Id>,
    pub unused_funds: Vec<UnusedFund>,
}

/// A goal.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GoalCovered {
    pub goal: Code,
    /// "I want to …"
    pub name: String,
    /// Services that serve it, wherever they are. None is a goal without any service at all.
    pub services: u32,
}

/// An area with its counts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AreaCovered {
    pub area: Id,
    pub name: String,
    /// The name of the area that it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    pub latitude: f64,
    pub longitude: f64,
    /// One for each goal, in their order.
    pub cells: Vec<Cell>,
}

/// One goal in one area. Each service counts once. Those that cover the area, and those by phone or online that state
/// no area, count in every circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Cell {
    pub goal: Code,
    pub within_2_km: Count,
    pub within_5_km: Count,
    pub within_10_km: Count,
    /// Of all these, those that cover the area or are by phone or online.
    pub without_travel: u32,
    /// Within 10 km, only or especially for women.
    pub women: u32,
    /// Within 10 km, at a venue without steps.
    pub step_free: u32,
    /// Within 10 km, said to be free.
    pub free: u32,
}

/// Services within a circle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Count {
    pub services: u32,
    /// Open some time from 18:00 to 22:00, Monday to Friday.
    pub evenings: u32,
    /// Open some time from 06:00 to midnight on a Saturday or Sunday.
    pub weekends: u32,
}

/// A fund that is open in areas where nothing of what it pays for can be reached.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnusedFund {
    pub fund: Id,
    pub name: String,
    /// The categories that it pays for.
    pub categories: Vec<Code>,
    /// True when it pays for other things too, such as travel or kit, and so has some use.
    pub pays_for_more: bool,
    /// Where none of them can be reached within 10 km.
    pub areas: Vec<Id>,
}

/// Counts every goal in every area.
///
/// # Errors
/// The goal or the kind of area is not one; or the time was up.
pub fn coverage(
    snapshot: &Snapshot,
    today: Date,
    asked: &Asked,
    out_of_time: &(dyn Fn() -> bool + Sync),
) -> Result<Coverage, NoAnswer> {
    let (kind, goals) = understand(snapshot, asked)?;
    let words = snapshot.vocabulary();
    let serving = Serving::new(snapshot, &goals);
    let mut reaches = Reaches::new(snapshot, today);
    let mut report = Coverage {
        sample: words.is_sample,
        today,
        kind,
        goals: everywhere(snapshot, &reaches, &serving),
        areas: Vec::new(),
        left_out: Vec::new(),
        unused_funds: Vec::new(),
    };
    let base = Tally::of_everywhere(snapshot, &reaches, &serving);
    let mut unused: Vec<Vec<Id>> = vec![Vec::new(); words.funds.len()];
    for area in words.areas.iter().filter(|area| area.kind == kind) {
        if out_of_time() {
            return Err(NoAnswer::OutOfTime);
        }
        let Some(middle) = middle(area) else {
            report.left_out.push(area.id.clone());
            continue;
        };
        let around = areas_around(snapshot, area, middle);
        let mut tally = base.clone();
        reaches.from(middle, &around, |service, reach| {
            tally.add(&snapshot.facts().services[service as usize], reach, &serving);
        });
        report.areas.push(AreaCovered {
            area: area.id.clone(),
            name: area.name.clone(),
            within: parent(snapshot, area).map(|parent| parent.name.clone()),
            latitude: middle.latitude(),
            longitude: middle.longitude(),
            cells: report.goals.iter().zip(&tally.goals).map(|(goal, counts)| cell(&goal.goal, counts)).collect(),
        });
        for (fund, areas) in words.funds.iter().zip(&mut unused) {
            if is_unused(snapshot, fund, &around, &tally.categories) {
                areas.push(area.id.clone());
            }
        }
    }
    let funds = words.funds.iter().zip(unused).filter(|(_, areas)| !areas.is_empty());
    report.unused_funds = funds.map(|(fund, areas)| unused_fund(fund, areas)).collect();
    Ok(report)
}

fn understand(snapshot: &Snapshot, asked: &Asked) -> Result<(AreaKind, Vec<u16>), NoAnswer> {
    let words = snapshot.vocabulary();
    let mut mistakes = Vec::new();
    let stated = asked.kind.as_deref().map(|text| AreaKind::from_code(text).filter(|kind| KINDS.contains(kind)));
    if stated == Some(None) {
        let mistake = Mistake::new("kind", MistakeKind::NotAChoice, "is not a kind of area that is reported on");
        mistakes.push(mistake.with_help("write `ward` or `borough`"));
    }
    let goal = asked.goal.as_deref().map(|code| snapshot.lexicon().goal(code));
    if goal == Some(None) {
        let mistake = Mistake::new("goal", MistakeKind::UnknownCode, "is not a goal");
        mistakes.push(mistake.with_help("the goals are in goals.csv and at /api/v1/goals"));
    }
    if !mistakes.is_empty() {
        return Err(NoAnswer::Mistakes(mistakes));
    }
    let smallest = KINDS.into_iter().find(|kind| words.areas.iter().any(|area| area.kind == *kind));
    let kind = stated.flatten().or(smallest).unwrap_or(AreaKind::Ward);
    let goals = goal.flatten().map_or_else(|| (0..words.goals.len() as u16).collect(), |goal| vec![goal]);
    Ok((kind, goals))
}

/// Which of the wanted goals each category serves, as bits.
struct Serving {
    goals: Vec<u16>,
    by_category: Vec<Vec<u64>>,
}

impl Serving {
    fn new(snapshot: &Snapshot, goals: &[u16]) -> Self {
        let lexicon = snapshot.lexicon();
        let mut by_category = vec![vec![0u64; goals.len().div_ceil(64)]; snapshot.vocabulary().categories.len()];
        for (at, &goal) in goals.iter().enumerate() {
            let serving = lexicon.categories_of_goal(goal).iter().filter(|(_, strength)| *strength >= LEAST_STRENGTH);
            for &category in serving.flat_map(|(category, _)| lexicon.family(*category)) {
                by_category[usize::from(category)][at / 64] |= 1 << (at % 64);
            }
        }
        Self { goals: goals.to_vec(), by_category }
    }

    /// The places of the goals that a service serves, each once.
    fn of<'a>(&'a self, service: &'a ServiceFacts) -> impl Iterator<Item = usize> + 'a {
        (0..self.goals.len()).step_by(64).flat_map(move |first| {
            let categories = service.categories.iter();
            let bits = categories.fold(0, |all, &category| all | self.by_category[usize::from(category)][first / 64]);
            (0..64).filter(move |bit| bits & 1 << bit != 0).map(move |bit| first + bit)
        })
    }
}

/// How many services bear each mark, by circle.
type Counts = [[u32; Marks::KINDS]; RADII_KM.len()];

/// What can be reached from one place, by goal; and which categories occur there.
#[derive(Clone)]
struct Tally {
    goals: Vec<Counts>,
    categories: Vec<bool>,
}

impl Tally {
    fn of_everywhere(snapshot: &Snapshot, reaches: &Reaches<'_>, serving: &Serving) -> Self {
        let mut tally = Self {
            goals: vec![Counts::default(); serving.goals.len()],
            categories: vec![false; snapshot.vocabulary().categories.len()],
        };
        for &(service, marks) in reaches.everywhere() {
            tally.add(&snapshot.facts().services[service as usize], [marks; RADII_KM.len()], serving);
        }
        tally
    }

    fn add(&mut self, service: &ServiceFacts, reach: Reach, serving: &Serving) {
        for &category in &service.categories {
            self.categories[usize::from(category)] = true;
        }
        for goal in serving.of(service) {
            for (counts, marks) in self.goals[goal].iter_mut().zip(reach) {
                marks.places().for_each(|place| counts[place] += 1);
            }
        }
    }
}

fn cell(goal: &Code, counts: &Counts) -> Cell {
    let count = |ring: usize| Count {
        services: counts[ring][Marks::REACHED.place()],
        evenings: counts[ring][Marks::EVENINGS.place()],
        weekends: counts[ring][Marks::WEEKENDS.place()],
    };
    let farthest = |mark: Marks| counts[RADII_KM.len() - 1][mark.place()];
    Cell {
        goal: goal.clone(),
        within_2_km: count(0),
        within_5_km: count(1),
        within_10_km: count(2),
        without_travel: farthest(Marks::WITHOUT_TRAVEL),
        women: farthest(Marks::WOMEN),
        step_free: farthest(Marks::STEP_FREE),
        free: farthest(Marks::FREE),
    }
}

/// The wanted goals, with the services that serve them anywhere.
fn everywhere(snapshot: &Snapshot, reaches: &Reaches<'_>, serving: &Serving) -> Vec<GoalCovered> {
    let mut services = vec![0; serving.goals.len()];
    let mut last = None;
    // Listings stand in the order of their services, so the same service comes again only at once.
    for service in reaches.anywhere_at_all() {
        if last.replace(service) != Some(service) {
            serving.of(&snapshot.facts().services[service as usize]).for_each(|goal| services[goal] += 1);
        }
    }
    let rows = serving.goals.iter().map(|&goal| &snapshot.vocabulary().goals[usize::from(goal)]);
    let goal = |(row, services): (&crate::model::Goal, u32)| GoalCovered {
        goal: row.code.clone(),
        name: row.name.clone(),
        services,
    };
    rows.zip(services).map(goal).collect()
}

fn parent<'a>(snapshot: &'a Snapshot, area: &Area) -> Option<&'a Area> {
    let parent = snapshot.lexicon().area(area.parent_id.as_ref()?.as_str())?;
    snapshot.vocabulary().areas.get(usize::from(parent))
}

/// The areas that hold an area's middle, itself and those above it among them: a search from there asks the same ones.
fn areas_around(snapshot: &Snapshot, area: &Area, middle: Point) -> Vec<u16> {
    let mut around = snapshot.areas().holding(middle);
    let mut next = Some(area);
    while let Some(number) = next.and_then(|area| snapshot.lexicon().area(area.id.as_str())) {
        if !around.contains(&number) {
            around.push(number);
        }
        let above = next.and_then(|area| parent(snapshot, area));
        // A row that lies in itself by some detour would have no end.
        next = above.filter(|above| snapshot.lexicon().area(above.id.as_str()).is_some_and(|at| !around.contains(&at)));
    }
    around
}

fn middle(area: &Area) -> Option<Point> {
    area.centre.or_else(|| {
        let centroid = outline(area.shape.as_ref()?).centroid()?;
        Point::new(centroid.y(), centroid.x())
    })
}

fn outline(shape: &Shape) -> MultiPolygon<f64> {
    let ring = |points: &Vec<(f64, f64)>| LineString::new(points.iter().map(|&(x, y)| Coord { x, y }).collect());
    let outer = |rings: &Vec<Vec<(f64, f64)>>| Some(Polygon::new(ring(rings.first()?), Vec::new()));
    MultiPolygon::new(shape.polygons.iter().filter_map(outer).collect())
}

/// Whether a fund is open in a place, and pays for categories of which none occurs there.
fn is_unused(snapshot: &Snapshot, fund: &Fund, around: &[u16], occurs: &[bool]) -> bool {
    let lexicon = snapshot.lexicon();
    let area = |id: &Id| lexicon.area(id.as_str()).is_some_and(|area| around.contains(&area));
    let is_open = fund.status == Status::Active && (fund.covers.is_empty() || fund.covers.iter().any(area));
    let mut categories = categories(fund).filter_map(|code| lexicon.category(code.as_str())).peekable();
    is_open
        && categories.peek().is_some()
        && !categories.any(|category| lexicon.family(category).iter().any(|&below| occurs[usize::from(below)]))
}

fn categories(fund: &Fund) -> impl Iterator<Item = &Code> {
    fund.pays_for.iter().filter_map(|paid| if let PaysFor::Category(code) = paid { Some(code) } else { None })
}

fn unused_fund(fund: &Fund, areas: Vec<Id>) -> UnusedFund {
    let categories: Vec<Code> = categories(fund).cloned().collect();
    let pays_for_more = categories.len() < fund.pays_for.len();
    UnusedFund { fund: fund.id.clone(), name: fund.name.clone(), categories, pays_for_more, areas }
}
