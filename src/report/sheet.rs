//! Reports as CSV that a spreadsheet can open safely: words go through `crate::spreadsheet`, our own numbers stay.

use super::coverage::Coverage;
use super::freshness::Freshness;
use crate::spreadsheet::text;
use std::io::{self, Write};

/// One row a goal and area.
pub fn coverage(report: &Coverage, out: &mut impl Write) -> io::Result<()> {
    let mut sheet = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    sheet.write_record([
        "goal",
        "goal_name",
        "area",
        "area_name",
        "kind",
        "within_2_km",
        "within_2_km_evenings",
        "within_2_km_weekends",
        "within_5_km",
        "within_5_km_evenings",
        "within_5_km_weekends",
        "within_10_km",
        "within_10_km_evenings",
        "within_10_km_weekends",
        "without_travel",
        "women",
        "step_free",
        "free",
        "sample",
    ])?;
    for area in &report.areas {
        for (goal, cell) in report.goals.iter().zip(&area.cells) {
            let mut row =
                vec![text(&goal.goal), text(&goal.name), text(&area.area), text(&area.name), text(report.kind)];
            for count in [cell.within_2_km, cell.within_5_km, cell.within_10_km] {
                row.extend([count.services, count.evenings, count.weekends].map(|number| number.to_string()));
            }
            row.extend([cell.without_travel, cell.women, cell.step_free, cell.free].map(|number| number.to_string()));
            row.push((if report.sample { "yes" } else { "no" }).to_string());
            sheet.write_record(row)?;
        }
    }
    sheet.flush()
}

/// One row a service.
pub fn freshness(report: &Freshness, out: &mut impl Write) -> io::Result<()> {
    let mut sheet = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    sheet.write_record([
        "organisation",
        "organisation_name",
        "service",
        "service_name",
        "status",
        "checked_on",
        "days",
    ])?;
    for group in &report.organisations {
        for row in &group.services {
            let checked_on = row.checked_on.map(|day| day.to_string()).unwrap_or_default();
            let days = row.days.map(|days| days.to_string()).unwrap_or_default();
            let status = text(row.status);
            let names = [text(&group.organisation), text(&group.name), text(&row.service), text(&row.name)];
            sheet.write_record(names.into_iter().chain([status, checked_on, days]))?;
        }
    }
    sheet.flush()
}
