//! Text that is safe in a cell of a spreadsheet.
//!
//! A spreadsheet runs a cell that starts with `=`, `+`, `-`, `@`, tab or CR as a formula (CWE-1236), and anyone who can
//! write a service's name could have one run. Such a text gets an apostrophe in front, phone numbers with `+` among
//! them: a spreadsheet takes `+44161…` for a sum. Numbers that we write ourselves are numbers and need none of this.

use std::fmt::Display;

/// Words from the directory's files, made safe.
pub fn text(value: impl Display) -> String {
    let value = value.to_string();
    // The full-width forms are formulas too, in spreadsheets set to Japanese or Chinese.
    let formula = value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
    if formula { format!("'{value}") } else { value }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for cell in ["=1+1", "+44 161 496 0123", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"] {
            assert_eq!(text(cell), format!("'{cell}"));
        }
        for cell in ["", "Tea & toast", "0161 496 0123", "1-2-1", "a=b", "me@example.org"] {
            assert_eq!(text(cell), cell);
        }
    }
}
