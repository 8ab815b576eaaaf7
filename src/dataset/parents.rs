//! Parents of areas and categories: rows of the same file, perhaps further down. Each must be there, and none may be its
//! own ancestor.

use super::catalogue::{CIRCLE, NO_SUCH_ROW};
use super::columns::Table;
use super::known::{Consequence, Standing};
use super::problems::{Finding, shown};
use super::reader::{Consequences, FromRow, Reader};
use crate::model::{Area, Category};
use std::collections::HashMap;

/// A row that may name a parent.
pub(super) trait HasParent: FromRow {
    fn key(&self) -> &str;
    fn parent(&self) -> Option<&str>;
}

impl HasParent for Area {
    fn key(&self) -> &str {
        self.id.as_str()
    }
    fn parent(&self) -> Option<&str> {
        self.parent_id.as_ref().map(|id| id.as_str())
    }
}

impl HasParent for Category {
    fn key(&self) -> &str {
        self.code.as_str()
    }
    fn parent(&self) -> Option<&str> {
        self.parent.as_ref().map(|code| code.as_str())
    }
}

/// What is known of a row's ancestors.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    NotAsked,
    /// On the way up that is being followed now.
    Asking,
    Sound,
    /// This row is wrong: the row itself, or an ancestor.
    Broken(usize),
}

/// The rows whose ancestors are all there; the others are reported and left out, or replaced by their last good version.
pub(super) fn check<T: HasParent>(reader: &mut Reader, mut rows: Vec<T>) -> Vec<T> {
    let at: HashMap<String, usize> = rows.iter().enumerate().map(|(at, row)| (row.key().to_string(), at)).collect();
    let mut lines = vec![Line::NotAsked; rows.len()];
    for start in 0..rows.len() {
        let mut way = Vec::new();
        let mut next = Some(start);
        let mut end = Line::Sound;
        while let Some(row) = next {
            match lines[row] {
                Line::NotAsked => {}
                Line::Asking => {
                    report(reader, &rows[row], &CIRCLE);
                    end = Line::Broken(row);
                    break;
                }
                known => {
                    end = known;
                    break;
                }
            }
            lines[row] = Line::Asking;
            way.push(row);
            next = match rows[row].parent() {
                None => None,
                Some(parent) if at.contains_key(parent) => at.get(parent).copied(),
                Some(_) => {
                    let mended = mend(reader, &mut rows[row], &at, &lines);
                    end = if mended { Line::Sound } else { Line::Broken(row) };
                    None
                }
            };
        }
        for row in way {
            lines[row] = end;
        }
    }
    leave_out(reader, rows, &lines)
}

/// The rows that stand; those that do not because of another row are reported once for each of these.
fn leave_out<T: HasParent>(reader: &mut Reader, rows: Vec<T>, lines: &[Line]) -> Vec<T> {
    let keys: Vec<String> = rows.iter().map(|row| row.key().to_string()).collect();
    let mut consequences = Consequences::default();
    let mut kept = Vec::with_capacity(rows.len());
    for (at, row) in rows.into_iter().enumerate() {
        let Line::Broken(culprit) = lines[at] else {
            kept.push(row);
            continue;
        };
        if let Some(file) = reader.files.last_mut() {
            file.left_out += 1;
        }
        let standing = if culprit == at {
            Standing::LeftOut
        } else {
            let cause = Consequence::LeftOut(T::TABLE, keys[culprit].clone());
            let line = reader.known.line_of(T::TABLE, &keys[at]).unwrap_or_default();
            consequences.add(cause.clone(), line);
            Standing::Follows(Box::new(cause))
        };
        reader.known.leave_out(T::TABLE, &keys[at], standing);
    }
    consequences.report(T::TABLE, &reader.known, &mut reader.problems);
    kept
}

/// A row whose parent is not there: its last good version instead, if that one stands.
fn mend<T: HasParent>(reader: &mut Reader, row: &mut T, at: &HashMap<String, usize>, lines: &[Line]) -> bool {
    let first_problem = reader.problems.len();
    report(reader, row, &NO_SUCH_ROW);
    let sound = |parent: &str| at.get(parent).is_some_and(|&at| lines[at] == Line::Sound);
    match T::last_good(reader.last_good, row.key()).filter(|last| last.parent().is_none_or(sound)) {
        Some(last) => {
            *row = last;
            reader.problems.mark_kept(first_problem);
            true
        }
        None => false,
    }
}

fn report<T: HasParent>(reader: &mut Reader, row: &T, kind: &'static super::catalogue::Kind) {
    let table: Table = T::TABLE;
    let (key, parent) = (row.key(), row.parent().unwrap_or_default());
    let finding = if *kind == CIRCLE {
        Finding::new(kind, format!("`{key}` is its own ancestor")).help("clear the parent of the widest of them")
    } else if let Some(line) = reader.known.line_of(table, parent) {
        let message = format!("the parent `{}` is left out", shown(parent));
        Finding::new(kind, message).help(format!("correct line {line}"))
    } else {
        let finding = Finding::new(kind, format!("there is no {} `{}`", table.one_row(), shown(parent)));
        match reader.known.nearest(table, parent) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("add it to this file, or clear the cell"),
        }
    };
    let spot = reader.parents.get(key).cloned().unwrap_or_default();
    reader.problems.add(table.file().name, finding, || spot);
}
