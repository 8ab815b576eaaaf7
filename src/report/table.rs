//! Reports for people: sentences first, then the worst gaps.

use super::coverage::{Cell, Coverage};
use super::freshness::Freshness;
use std::cmp::Reverse;
use std::io::{self, Write};

/// Sentences of one kind, and rows of the table: what can be read in one go. CSV has all.
const MOST_SENTENCES: usize = 10;
const MOST_ROWS: usize = 25;

/// What the counts say, the worst first, and the goals and areas with the least.
pub fn coverage(report: &Coverage, out: &mut impl Write) -> io::Result<()> {
    let (areas, kind) = (report.areas.len(), report.kind);
    for goal in report.goals.iter().filter(|goal| goal.services == 0) {
        writeln!(out, "No service anywhere serves “{}”", shown(&goal.name))?;
    }
    sentences(report, out, "nothing within 5 km serves", |cell| cell.within_5_km.services == 0)?;
    sentences(report, out, "only phone, online or area-wide services within 5 km serve", |cell| {
        cell.within_5_km.services > 0 && cell.within_5_km.services == cell.without_travel
    })?;
    sentences(report, out, "nothing free within 10 km serves", |cell| cell.free == 0)?;
    sentences(report, out, "nothing at a step-free venue within 10 km serves", |cell| cell.step_free == 0)?;
    sentences(report, out, "nothing for women within 10 km serves", |cell| cell.women == 0)?;
    for fund in &report.unused_funds {
        let count = fund.areas.len();
        writeln!(out, "In {count} of {areas} {kind}s no category that {} pays for is within 10 km", shown(&fund.name))?;
    }
    if !report.left_out.is_empty() {
        writeln!(out, "{} left out: neither a centre nor an outline is stated", report.left_out.len())?;
    }
    let mut cells: Vec<_> =
        report.areas.iter().flat_map(|area| area.cells.iter().map(move |cell| (area, cell))).collect();
    cells.sort_by_key(|(_, cell)| (cell.within_10_km.services, cell.within_5_km.services, cell.within_2_km.services));
    writeln!(out, "\n 2 km  5 km 10 km  evenings weekends  goal, {kind}")?;
    for (area, cell) in cells.iter().take(MOST_ROWS) {
        let [two, five, ten] = [cell.within_2_km, cell.within_5_km, cell.within_10_km];
        let (evenings, weekends) = (ten.evenings, ten.weekends);
        let counts = [two, five, ten].map(|count| format!("{:>5}", count.services)).join(" ");
        writeln!(out, "{counts} {evenings:>9} {weekends:>8}  {}, {}", cell.goal, shown(&area.name))?;
    }
    let more = cells.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        writeln!(out, "… and {more} more with as many or more; `--format csv` has all")?;
    }
    sample(report.sample, out)
}

fn sentences(report: &Coverage, out: &mut impl Write, what: &str, is_gap: fn(&Cell) -> bool) -> io::Result<()> {
    let count = |at: usize| report.areas.iter().filter(|area| area.cells.get(at).is_some_and(is_gap)).count();
    let mut gaps: Vec<(usize, &str)> =
        report.goals.iter().enumerate().map(|(at, goal)| (count(at), goal.name.as_str())).collect();
    gaps.retain(|(count, _)| *count > 0);
    gaps.sort_by_key(|(count, _)| Reverse(*count));
    for (count, goal) in gaps.iter().take(MOST_SENTENCES) {
        writeln!(out, "In {count} of {} {}s {what} “{}”", report.areas.len(), report.kind, shown(goal))?;
    }
    let more = gaps.len().saturating_sub(MOST_SENTENCES);
    if more > 0 {
        writeln!(out, "… and {more} more goals for which {what} them somewhere")?;
    }
    Ok(())
}

/// Whom to ask, and what about.
pub fn freshness(report: &Freshness, out: &mut impl Write) -> io::Result<()> {
    let Freshness { services, unchecked, old, older_than_days, .. } = report;
    writeln!(
        out,
        "Of {services} services {unchecked} were never checked and {old} not in the last {older_than_days} days"
    )?;
    for group in &report.organisations {
        writeln!(out, "\n{}: {} never checked, {} too long ago", shown(&group.name), group.unchecked, group.old)?;
        for row in &group.services {
            let day = row.checked_on.map_or_else(|| "never".to_string(), |day| day.to_string());
            writeln!(out, "  {day:<10}  {} ({})", shown(&row.name), row.service)?;
        }
    }
    sample(report.sample, out)
}

fn sample(is_sample: bool, out: &mut impl Write) -> io::Result<()> {
    if is_sample { writeln!(out, "(a sample directory: the organisations are fictional)") } else { Ok(()) }
}

/// Text of the directory without what a terminal would act on.
fn shown(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}
