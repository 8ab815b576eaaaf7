//! Parents of areas and categories: rows of the same file, perhaps further down. Each must be there, and none may be its
//! own ancestor.

use super::catalogue::{CIRCLE, LEFT_OUT_WITH, NO_SUCH_ROW};
use super::columns::Table;
use super::problems::{Finding, shown};
use super::reader::{FromRow, Reader};
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
    /// The row itself is wrong, or one of its ancestors is.
    Broken,
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
                    end = Line::Broken;
                    break;
                }
                known => {
                    end = known;
                    if known == Line::Broken && !way.is_empty() {
                        report_follower(reader, &rows[way[way.len() - 1]]);
                    }
                    break;
                }
            }
            lines[row] = Line::Asking;
            way.push(row);
            next = match rows[row].parent() {
                None => None,
                Some(parent) if at.contains_key(parent) => at.get(parent).copied(),
                Some(_) => {
                    end = mend(reader, &mut rows[row], &at, &lines);
                    if end == Line::Broken
                        && let [.., child, _] = way[..]
                    {
                        report_follower(reader, &rows[child]);
                    }
                    None
                }
            };
        }
        for row in way {
            lines[row] = end;
        }
    }
    let mut line = lines.into_iter();
    let file = reader.files.len() - 1;
    rows.retain(|row| {
        let sound = line.next() != Some(Line::Broken);
        if !sound {
            reader.known.leave_out(T::TABLE, row.key());
            reader.files[file].left_out += 1;
        }
        sound
    });
    rows
}

/// A row whose parent is not there: its last good version instead, if that one stands.
fn mend<T: HasParent>(reader: &mut Reader, row: &mut T, at: &HashMap<String, usize>, lines: &[Line]) -> Line {
    let first_problem = reader.problems.len();
    report(reader, row, &NO_SUCH_ROW);
    let sound = |parent: &str| at.get(parent).is_some_and(|&at| lines[at] == Line::Sound);
    match T::last_good(reader.last_good, row.key()).filter(|last| last.parent().is_none_or(sound)) {
        Some(last) => {
            *row = last;
            reader.problems.mark_kept(first_problem);
            Line::Sound
        }
        None => Line::Broken,
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

fn report_follower<T: HasParent>(reader: &mut Reader, row: &T) {
    let (key, parent) = (row.key(), row.parent().unwrap_or_default());
    let finding = Finding::new(&LEFT_OUT_WITH, format!("`{key}` and what is below it are left out with `{parent}`"));
    let spot = reader.parents.get(key).cloned().unwrap_or_default();
    reader.problems.add(
        T::TABLE.file().name,
        finding.help(format!("correct `{parent}`, and they come back by themselves")),
        || spot,
    );
}
