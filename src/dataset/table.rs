//! A file as a table: is it CSV in UTF-8, what separates its cells, and which column is where.

use super::catalogue::{
    COLUMN_TWICE, Kind, MISSING_COLUMN, NO_HEADER, NOT_CSV, NOT_UTF8, OPEN_QUOTE, OPEN_QUOTE_TO_END, UNKNOWN_COLUMN,
    UTF16,
};
use super::cells::{fold, nearest};
use super::columns::Table;
use super::lines::Lines;
use super::problems::{Finding, Problems, Spot, excerpt, shown};
use super::records::{Broken, Next, Record, Records, Why};
use std::io::{self, Read};

/// Where each column of [`Table::file`] stands in this file.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) positions: Vec<Option<usize>>,
    /// Cells up to the last one that has a name; Excel leaves empty ones behind them.
    pub(super) width: usize,
}

/// Looks at the first bytes: `None` if they can be CSV in UTF-8. Passes over a byte order mark.
pub(super) fn sniff<R: Read>(lines: &mut Lines<R>) -> io::Result<Option<Finding>> {
    let start = lines.peek()?;
    let starts_with = |prefixes: &[&[u8]]| prefixes.iter().any(|prefix| start.starts_with(prefix));
    let found = if starts_with(&[b"\xFF\xFE", b"\xFE\xFF"]) || start.iter().take(4).any(|&byte| byte == 0) {
        Some(Finding::new(&UTF16, "the file is UTF-16").help("save it as `CSV UTF-8 (Comma delimited)`"))
    } else if starts_with(&[b"PK\x03\x04", b"\xD0\xCF\x11\xE0"]) {
        Some(
            Finding::new(&NOT_CSV, "the file is a workbook, not CSV")
                .help("open it in the spreadsheet and save it as `CSV UTF-8`"),
        )
    } else if starts_with(&[b"%PDF", b"<!", b"<html", b"<?xml", b"{"]) {
        Some(Finding::new(&NOT_CSV, "the file is something else than CSV").help("save the table as `CSV UTF-8`"))
    } else {
        None
    };
    if start.starts_with(b"\xEF\xBB\xBF") {
        lines.skip(3);
    }
    Ok(found)
}

/// `;` if the header has more of them than commas, as in the exports of a German or French Excel.
pub(super) fn delimiter<R: Read>(lines: &mut Lines<R>) -> io::Result<u8> {
    let Some(first) = lines.next()? else { return Ok(b',') };
    let count = |wanted: u8| first.bytes.iter().filter(|&&byte| byte == wanted).count();
    let found = if count(b';') > count(b',') { b';' } else { b',' };
    lines.take_back(std::iter::once(first));
    Ok(found)
}

/// Reads the header. `None` if the file cannot be used; the problems say why.
pub(super) fn header<R: Read>(
    records: &mut Records<R>,
    table: Table,
    problems: &mut Problems,
) -> io::Result<Option<Header>> {
    let file = table.file();
    let record = loop {
        match records.next()? {
            Next::Record(record) if record.is_blank() => {}
            Next::Record(record) => break record,
            Next::Broken(broken) => {
                report_broken(table, &broken, problems);
                return Ok(None);
            }
            Next::End => {
                let finding = Finding::new(&NO_HEADER, "the file is empty").help(header_help(table));
                problems.add(file.name, finding, Spot::default);
                return Ok(None);
            }
        }
    };
    let names: Vec<String> = (0..record.len()).map(|at| fold(&record.cell(at))).collect();
    let positions: Vec<Option<usize>> =
        file.columns.iter().map(|column| names.iter().position(|name| name == column.name)).collect();
    if positions.iter().all(Option::is_none) {
        let finding = Finding::new(&NO_HEADER, "the first line names no column").help(header_help(table));
        problems.add(file.name, finding, || spot(&record, 0, None));
        return Ok(None);
    }
    let twice = twice(&record, &names, table, problems);
    let missing = missing(&record, &names, &positions, table, problems);
    unknown(&record, &names, table, problems);
    let width = names.iter().rposition(|name| !name.is_empty()).map_or(0, |at| at + 1);
    Ok((!twice && !missing).then_some(Header { positions, width }))
}

fn header_help(table: Table) -> String {
    let names: Vec<&str> = table.file().columns.iter().map(|column| column.name).collect();
    format!("the first line must be `{}`", names.join(","))
}

/// Known columns that stand in the header twice.
fn twice(record: &Record, names: &[String], table: Table, problems: &mut Problems) -> bool {
    let mut found = false;
    for (at, name) in names.iter().enumerate() {
        let known = table.file().columns.iter().any(|column| column.name == name);
        if known && names[..at].contains(name) {
            let finding = Finding::new(&COLUMN_TWICE, format!("the column `{name}` is there twice"));
            problems.add(table.file().name, finding.help("rename or remove one of the two"), || {
                spot(record, at, Some(name))
            });
            found = true;
        }
    }
    found
}

fn missing(
    record: &Record,
    names: &[String],
    positions: &[Option<usize>],
    table: Table,
    problems: &mut Problems,
) -> bool {
    let file = table.file();
    let mut found = false;
    for (column, _) in file.columns.iter().zip(positions).filter(|(column, at)| column.required && at.is_none()) {
        let unknown = names.iter().filter(|name| file.columns.iter().all(|column| column.name != **name));
        let finding = Finding::new(&MISSING_COLUMN, format!("the column `{}` is missing", column.name));
        let near = nearest(column.name, unknown.map(String::as_str));
        let finding = match near {
            Some(near) => finding.help(format!("is it `{near}`? rename it to `{}`", column.name)),
            None => finding.help(format!("add `{}` to the first line", column.name)),
        };
        let at = near.and_then(|near| names.iter().position(|name| name == near)).unwrap_or(0);
        problems.add(file.name, finding, || spot(record, at, Some(column.name)));
        found = true;
    }
    found
}

fn unknown(record: &Record, names: &[String], table: Table, problems: &mut Problems) {
    let file = table.file();
    for (at, name) in names.iter().enumerate() {
        let known = file.columns.iter().any(|column| column.name == name);
        if known || record.cell(at).trim().is_empty() {
            continue;
        }
        let absent = file.columns.iter().map(|column| column.name).filter(|known| !names.iter().any(|it| it == known));
        let near = nearest(name, absent);
        if near.is_some_and(|near| file.columns.iter().any(|column| column.required && column.name == near)) {
            continue; // said with the missing column
        }
        let shown = shown(record.cell(at).trim());
        let finding = Finding::new(&UNKNOWN_COLUMN, format!("the column `{shown}` is not known and is not read"));
        let finding = match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("remove the column, or leave it: nothing of it is used"),
        };
        problems.add(file.name, finding, || spot(record, at, Some(&shown)));
    }
}

fn spot(record: &Record, at: usize, column: Option<&str>) -> Spot {
    let cell = record.span(at);
    Spot {
        line: Some(record.line_at(cell.start)),
        column: column.map(str::to_string),
        excerpt: Some(excerpt(&record.text, cell)),
        ..Spot::default()
    }
}

/// Reports a row that cannot be taken apart. In `locations.csv` the line is not shown: it may be a confidential address.
pub(super) fn report_broken(table: Table, broken: &Broken, problems: &mut Problems) {
    let discreet = table == Table::Locations;
    let finding = match broken.why {
        Why::QuoteOpen { to_end: true } => {
            Finding::new(&OPEN_QUOTE_TO_END, "the quote that opens here is never closed")
                .help("close it with `\"`; if the end of the file is missing, save or copy the file again")
        }
        Why::QuoteOpen { to_end: false } => Finding::new(&OPEN_QUOTE, "the quote that opens here is not closed")
            .help("close it with `\"`, and write each quote inside the cell twice"),
        Why::AfterQuote => Finding::new(&super::catalogue::AFTER_QUOTE, "there is text after the closing quote")
            .help("write each quote inside a quoted cell twice: `\"the \"\"Hut\"\" club\"`"),
        Why::TooLong => long_row(&super::catalogue::ROW_TOO_LONG),
        Why::NotUtf8 => not_utf8(broken, discreet),
    };
    problems.add(table.file().name, finding, || {
        let end = broken.text[broken.at..].chars().next().map_or(broken.at, |c| broken.at + c.len_utf8());
        let excerpt = (!discreet).then(|| excerpt(&broken.text, broken.at..end));
        Spot { excerpt, ..Spot::line(broken.line) }
    });
}

fn long_row(kind: &'static Kind) -> Finding {
    let most = super::lines::MAX_ROW_BYTES / 1024;
    Finding::new(kind, format!("the row is longer than {most} KB")).help("shorten it, or look for a missing quote")
}

fn not_utf8(broken: &Broken, discreet: bool) -> Finding {
    let help = "save it as `CSV UTF-8`: most likely it is Windows-1252, Excel's plain `CSV`";
    if discreet {
        return Finding::new(&NOT_UTF8, "the file is not UTF-8").help(help);
    }
    let before = broken.text[..broken.at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let after: String =
        broken.text[broken.at..].chars().take_while(|c| c.is_alphanumeric() || *c == '\u{FFFD}').collect();
    Finding::new(
        &NOT_UTF8,
        format!("the file is not UTF-8: a letter of `{}` cannot be read", shown(&format!("{before}{after}"))),
    )
    .help(help)
}
