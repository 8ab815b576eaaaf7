//! The coverage report as a page shows it: for one goal a map and a table of the areas, and which goals go unmet in most.

use crate::atlas::{Size, Wanted};
use crate::index::Snapshot;
use crate::language::Texts;
use crate::model::{Area, Coded};
use crate::report::coverage::{self, Asked, Cell, Coverage, KINDS};
use crate::search::{Circumstances, NoAnswer};
use crate::server::error::Problem;
use crate::server::pages::map::MapView;
use crate::server::pages::told::Told;
use std::cmp::Reverse;

/// The map of the areas.
const MAP: Size = Size { width: 640, height: 520 };

/// Goals named as going unmet: what one can act on.
const MOST_GAPS: usize = 8;

/// From how many services within 5 km on an area is filled more darkly.
const STEPS: [u32; 4] = [1, 3, 6, 12];

/// The report for one goal.
pub struct CoverageView {
    pub kinds: Vec<(&'static str, String, bool)>,
    pub goals: Vec<(String, String, bool)>,
    pub caption: String,
    pub rows: Vec<AreaRow>,
    pub map: MapView,
    /// What each shade of the map means, the lightest first.
    pub key: Vec<String>,
    pub gaps: Vec<String>,
}

/// One area.
pub struct AreaRow {
    pub name: String,
    pub within: String,
    pub cell: Cell,
    pub shade: u8,
}

/// Works the report out.
///
/// # Errors
/// The goal or kind of area is not one; or the time was up.
pub fn view(
    t: &'static Texts,
    snapshot: &Snapshot,
    circumstances: &Circumstances<'_>,
    kind: Option<String>,
    goal: Option<String>,
) -> Result<CoverageView, Problem> {
    let told = Told { t, snapshot, now: circumstances.now };
    // One look at every goal: the one that is shown, and which of the others go unmet.
    let kind = kind.filter(|kind| !kind.is_empty()).or_else(|| widest(snapshot));
    let asked = Asked { kind, goal: None };
    let report = coverage::coverage(snapshot, circumstances.now.date(), &asked, circumstances.out_of_time)?;
    let chosen = match goal.filter(|goal| !goal.is_empty()) {
        None => 0,
        Some(code) => report.goals.iter().position(|goal| goal.goal.as_str() == code).ok_or_else(|| unknown(&code))?,
    };
    let mut rows: Vec<AreaRow> = report
        .areas
        .iter()
        .filter_map(|area| {
            let cell = area.cells.get(chosen)?.clone();
            let shade = shade(&cell);
            Some(AreaRow { name: area.name.clone(), within: area.within.clone().unwrap_or_default(), cell, shade })
        })
        .collect();
    // Where all areas lie in one, its name says nothing.
    if rows.iter().all(|row| rows.first().is_some_and(|first| first.within == row.within)) {
        rows.iter_mut().for_each(|row| row.within.clear());
    }
    let map = map_of(told, &report, &rows, circumstances);
    rows.sort_by(|a, b| {
        let counts = |row: &AreaRow| (row.cell.within_5_km.services, row.cell.within_10_km.services);
        counts(a).cmp(&counts(b)).then_with(|| a.name.cmp(&b.name))
    });
    let goal_name = report.goals.get(chosen).map(|goal| told.name("goals", goal.goal.as_str())).unwrap_or_default();
    let kinds = KINDS.into_iter().map(|kind| (kind.code(), told.word("kinds", kind.code()), kind == report.kind));
    let goals = report
        .goals
        .iter()
        .enumerate()
        .map(|(at, goal)| (goal.goal.to_string(), told.name("goals", goal.goal.as_str()), at == chosen));
    Ok(CoverageView {
        kinds: kinds.collect(),
        goals: goals.collect(),
        caption: t.say("directory.coverage_caption", &[("goal", &goal_name)]),
        gaps: gaps(told, &report),
        key: key(t),
        rows,
        map,
    })
}

/// The widest kind of area that there is: a page of a dozen rows to begin with.
fn widest(snapshot: &Snapshot) -> Option<String> {
    let areas = &snapshot.vocabulary().areas;
    let kind = KINDS.into_iter().rev().find(|kind| areas.iter().any(|area| area.kind == *kind))?;
    Some(kind.code().to_string())
}

fn unknown(code: &str) -> Problem {
    use crate::search::mistake::{Mistake, MistakeKind};
    let shown: String = code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect();
    let mistake = Mistake::new("goal", MistakeKind::UnknownCode, format!("`{shown}` is not a goal"));
    Problem::from(NoAnswer::Mistakes(vec![mistake.with_help("the goals are in goals.csv")]))
}

fn shade(cell: &Cell) -> u8 {
    STEPS.iter().filter(|least| cell.within_5_km.services >= **least).count() as u8
}

/// "none", "1 to 2", …, "12 or more".
fn key(t: &'static Texts) -> Vec<String> {
    let mut key = vec![t.text("directory.none").to_string()];
    for (at, from) in STEPS.iter().enumerate() {
        key.push(match STEPS.get(at + 1) {
            Some(next) => t.say("directory.range", &[("from", from), ("to", &(next - 1))]),
            None => t.say("directory.or_more", &[("from", from)]),
        });
    }
    key
}

/// The goals that nothing within 5 km serves, in most areas first.
fn gaps(told: Told<'_>, report: &Coverage) -> Vec<String> {
    let unmet = |at: usize| {
        let cells = report.areas.iter().filter_map(|area| area.cells.get(at));
        cells.filter(|cell| cell.within_5_km.services == 0).count()
    };
    let mut gaps: Vec<(usize, &str)> =
        report.goals.iter().enumerate().map(|(at, goal)| (unmet(at), goal.goal.as_str())).collect();
    gaps.retain(|(count, _)| *count > 0);
    gaps.sort_by_key(|(count, _)| Reverse(*count));
    let areas = report.areas.len();
    let say = |(count, goal): (usize, &str)| {
        let name = told.name("goals", goal);
        told.t.say("directory.gap", &[("count", &count), ("areas", &areas), ("goal", &name)])
    };
    gaps.into_iter().take(MOST_GAPS).map(say).collect()
}

fn map_of(told: Told<'_>, report: &Coverage, rows: &[AreaRow], circumstances: &Circumstances<'_>) -> MapView {
    let find = |id: &str| told.snapshot.vocabulary().areas.iter().find(|area| area.id.as_str() == id);
    let mut areas: Vec<&Area> = Vec::new();
    let mut shades = Vec::new();
    for (area, row) in report.areas.iter().zip(rows) {
        if let Some(found) = find(area.area.as_str()) {
            areas.push(found);
            shades.push(row.shade);
        }
    }
    let wanted = Wanted { areas, shades, ..Wanted::default() };
    MapView::new(&wanted, Vec::new(), false, circumstances.gazetteer, MAP, None)
}
