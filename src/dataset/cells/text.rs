//! Texts, ids and codes: what may stand in a cell at all.

use crate::dataset::catalogue::{CELL_TOO_LONG, CONTROL_CHARACTER, FORMULA, LOST_LETTER, NOT_AN_ID};
use crate::dataset::problems::{Finding, is_invisible, shown};
use crate::model::{InvalidId, MAX_ID_LENGTH};

/// The longest cell: about 5,000 words, and what a cell of a spreadsheet holds.
const MAX_CELL_BYTES: usize = 32 * 1024;

/// What every cell is checked for, whatever it holds: an error, or else a warning.
pub(in crate::dataset) fn check(cell: &str, is_text: bool) -> Option<Finding> {
    if cell.len() > MAX_CELL_BYTES {
        let message = format!("the cell has {} bytes; at most {MAX_CELL_BYTES} fit", cell.len());
        return Some(Finding::new(&CELL_TOO_LONG, message).help("shorten it"));
    }
    // Plain printable ASCII, nearly every cell, needs one look.
    if cell.bytes().all(|byte| (b' '..0x7f).contains(&byte)) && !cell.starts_with(FORMULA_STARTS) {
        return None;
    }
    let forbidden = |c: char| is_invisible(c) && !matches!(c, '\n' | '\r' | '\t');
    if let Some(found) = cell.chars().find(|&c| forbidden(c)) {
        let message = format!("the invisible character U+{:04X} is in the cell", found as u32);
        return Some(Finding::new(&CONTROL_CHARACTER, message).help("delete the cell and type it again"));
    }
    if cell.contains('\u{FFFD}') {
        let message = format!("`{}` has lost a letter: the sign \u{FFFD} stands in its place", shown(cell));
        return Some(Finding::new(&LOST_LETTER, message).help("type the word again"));
    }
    if is_text && cell.starts_with(FORMULA_STARTS) {
        let message = format!("`{}` begins like a formula of a spreadsheet", shown(cell));
        return Some(Finding::new(&FORMULA, message).help("begin the text with a word"));
    }
    None
}

/// What spreadsheets take for the start of a formula (CWE-1236).
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Why a text is no id or code, and the nearest that would be one.
pub(in crate::dataset) fn not_an_id(text: &str, error: InvalidId) -> Finding {
    let finding = Finding::new(&NOT_AN_ID, format!("`{}` {error}", shown(text)));
    match slug(text, '-') {
        cure if cure.is_empty() => finding,
        cure => finding.help(format!("write `{cure}`, here and wherever else it is used")),
    }
}

/// Small letters and digits, everything between them one separator: `Men's Shed!` → `men-s-shed`. May be empty.
pub(in crate::dataset) fn slug(text: &str, separator: char) -> String {
    let mut made = String::new();
    for c in text.chars().filter(|c| !matches!(c, '\'' | '’')).flat_map(char::to_lowercase) {
        let kept = c.is_ascii_alphanumeric() || ((c == '-' || c == '_') && !made.is_empty() && !made.ends_with(c));
        if kept {
            made.push(c);
        } else if !made.is_empty() && !made.ends_with(separator) {
            made.push(separator);
        }
        if made.len() == MAX_ID_LENGTH {
            break;
        }
    }
    made.trim_end_matches(['-', '_']).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        assert_eq!(slug("Men's Shed!", '-'), "mens-shed");
        assert_eq!(slug("Drop in", '_'), "drop_in");
        assert_eq!(slug("  (…) ", '-'), "");
    }

    #[test]
    fn what_no_cell_may_hold() {
        let code = |text| check(text, true).map(|finding| finding.kind.code);
        assert_eq!(code("Café, £3 – “tea”\nand cake"), None);
        assert_eq!(code("a\u{0}b"), Some("E046"));
        assert_eq!(code("a\u{202e}b"), Some("E046"));
        assert_eq!(code("=1+1"), Some("W014"));
        assert!(check("-2.2", false).is_none());
    }
}
