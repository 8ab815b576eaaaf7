//! The proposals as CSV, to be gone through line by line in a spreadsheet.

use super::Proposal;
use crate::spreadsheet::text;
use std::io::{self, Write};

/// The columns, in order.
pub const COLUMNS: [&str; 6] = ["service_id", "column", "code", "name", "confidence", "because"];

/// Writes a line for each proposal.
///
/// # Errors
/// It cannot be written to.
pub fn write(proposals: &[Proposal], out: impl Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(COLUMNS)?;
    for proposal in proposals {
        writer.write_record([
            text(&proposal.service),
            proposal.column.name().to_string(),
            text(&proposal.code),
            text(&proposal.name),
            format!("{:.2}", proposal.confidence),
            text(&proposal.because),
        ])?;
    }
    writer.flush()
}
