//! Several files of a directory replaced as one: all of them or none, whenever the power fails.
//!
//! The new files are written whole into a hidden folder within the directory. Giving that folder the name [`REPLACING`]
//! is one step of the file system, and the moment that counts: before it nothing has changed, after it the new files are
//! the directory's. What is left to do, moving each to its place, can be done by anybody and twice: by whoever began, or,
//! if that one died, by the next who reads ([`finish`]).

use super::folder;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;
use tempfile::TempDir;

/// The folder of files that are the directory's, and not in their places yet.
pub const REPLACING: &str = ".replacing";
/// What folders of files still being written are called at the beginning. Their names are hidden: nobody reads them.
const WRITING: &str = ".importing-";

/// A place within the directory for files that will replace others: on the same disk, hidden, and gone if it is dropped.
/// Removes what others left who did not end: whoever calls this holds the directory.
pub fn begin(directory: &Path) -> io::Result<TempDir> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(WRITING) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    tempfile::Builder::new().prefix(WRITING).tempdir_in(directory)
}

/// What has been done when a test lets the power fail.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Written,
    Decided,
    Moved,
    Emptied,
}

/// Replaces the files of the directory by those of the folder, which [`begin`] gave.
///
/// # Errors
/// Nothing was changed; or, from the moment that counts on, everything is and the next reader moves the rest.
pub fn replace(written: TempDir, directory: &Path) -> io::Result<()> {
    replace_stepwise(written, directory, &mut |_| Ok(()))
}

fn replace_stepwise(
    written: TempDir,
    directory: &Path,
    after: &mut dyn FnMut(Step) -> io::Result<()>,
) -> io::Result<()> {
    for entry in fs::read_dir(written.path())? {
        let entry = entry?;
        let known = entry.file_name().to_str().is_some_and(|name| folder::file_names().any(|known| known == name));
        if !known {
            return Err(io::Error::other(format!("`{}` is no file of a directory", entry.path().display())));
        }
        // Whoever may read the old file may read the new one.
        if let Ok(old) = fs::metadata(directory.join(entry.file_name())) {
            fs::set_permissions(entry.path(), old.permissions())?;
        }
        File::open(entry.path())?.sync_all()?;
    }
    sync_folder(written.path())?;
    finish(directory)?;
    after(Step::Written)?;
    fs::rename(written.path(), directory.join(REPLACING))?;
    // The folder has another name now: there is nothing left for the guard to remove.
    let _ = written.keep();
    sync_folder(directory)?;
    after(Step::Decided)?;
    finish_stepwise(directory, after)
}

/// Moves to their places what somebody replaced and did not live to move. Safe to be called by several at once, and on
/// a directory where nothing is left to do, as nearly always.
///
/// # Errors
/// The directory cannot be written: it is neither the old one nor the new one, and must not be read.
pub fn finish(directory: &Path) -> io::Result<()> {
    finish_stepwise(directory, &mut |_| Ok(()))
}

fn finish_stepwise(directory: &Path, after: &mut dyn FnMut(Step) -> io::Result<()>) -> io::Result<()> {
    let from = directory.join(REPLACING);
    match fs::symlink_metadata(&from) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => return Err(io::Error::other(format!("`{REPLACING}` in it is no folder; remove it"))),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    }
    for name in folder::file_names() {
        match fs::rename(from.join(name), directory.join(name)) {
            Ok(()) => after(Step::Moved)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {} // not among them, or somebody was quicker
            Err(error) => return Err(error),
        }
    }
    sync_folder(directory)?;
    after(Step::Emptied)?;
    match fs::remove_dir(&from) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => sync_folder(directory),
    }
}

/// How often a folder is read that changes while it is read. Whoever follows the files reads again when it is still.
const MOST_TRIES: usize = 4;

/// What `read` makes of a directory as it is at one moment: files of before and after a change are not read together,
/// since the rows of one lead to the rows of another.
///
/// # Errors
/// Files that replace others cannot be moved to their places.
pub fn at_one_moment<T>(directory: &Path, mut read: impl FnMut() -> T) -> io::Result<T> {
    let mut tries = 0;
    loop {
        tries += 1;
        finish(directory)?;
        let before = folder::marks(directory);
        let made = read();
        if tries == MOST_TRIES || folder::marks(directory) == before {
            return Ok(made);
        }
    }
}

/// Makes the names in a folder last.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder) {
        Ok(folder) => folder.sync_all(),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(error),
        Err(_) => Ok(()), // not every system opens folders
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 3] = ["organisations.csv", "services.csv", "sessions.csv"];

    fn texts(directory: &Path) -> Vec<String> {
        NAMES.map(|name| fs::read_to_string(directory.join(name)).unwrap()).to_vec()
    }

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(directory)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// A directory of old files, whose replacement the power fails after so many steps; and the step it got to.
    fn failing_after(steps: usize) -> (TempDir, Option<Step>) {
        let directory = tempfile::tempdir().unwrap();
        NAMES.iter().for_each(|name| fs::write(directory.path().join(name), "old").unwrap());
        let written = begin(directory.path()).unwrap();
        NAMES.iter().for_each(|name| fs::write(written.path().join(name), "new").unwrap());
        let mut done = Vec::new();
        let outcome = replace_stepwise(written, directory.path(), &mut |step| {
            done.push(step);
            if done.len() > steps { Err(io::Error::other("the power fails")) } else { Ok(()) }
        });
        (directory, outcome.is_err().then(|| *done.last().unwrap()))
    }

    #[test]
    fn whatever_step_fails_all_files_are_old_or_all_are_new() {
        let mut failed = Vec::new();
        for steps in 0.. {
            let (directory, step) = failing_after(steps);
            finish(directory.path()).unwrap();
            let expected = if step == Some(Step::Written) { "old" } else { "new" };
            assert_eq!(texts(directory.path()), [expected; 3], "{step:?}");
            assert_eq!(names(directory.path()), NAMES, "nothing is left behind after {step:?}");
            match step {
                Some(step) => failed.push(step),
                None => break,
            }
        }
        assert_eq!(
            failed,
            [Step::Written, Step::Decided, Step::Moved, Step::Moved, Step::Moved, Step::Emptied],
            "every step was tried"
        );
    }

    #[test]
    fn what_a_dead_writer_left_is_removed_by_the_next() {
        let directory = tempfile::tempdir().unwrap();
        let dead = begin(directory.path()).unwrap().keep();
        fs::write(dead.join("services.csv"), "half").unwrap();
        finish(directory.path()).unwrap();
        assert!(dead.is_dir(), "a reader does not touch what is being written");
        let _next = begin(directory.path()).unwrap();
        assert!(!dead.exists());
    }

    #[test]
    fn a_directory_that_changes_while_it_is_read_is_read_again() {
        let directory = tempfile::tempdir().unwrap();
        NAMES.iter().for_each(|name| fs::write(directory.path().join(name), "old").unwrap());
        let mut replacement = Some(begin(directory.path()).unwrap());
        NAMES.iter().for_each(|name| fs::write(replacement.as_ref().unwrap().path().join(name), "new").unwrap());
        let read = at_one_moment(directory.path(), || {
            NAMES.map(|name| {
                let text = fs::read_to_string(directory.path().join(name)).unwrap();
                // After the first file has been read, all are replaced.
                replacement.take().into_iter().for_each(|written| replace(written, directory.path()).unwrap());
                text
            })
        });
        assert_eq!(read.unwrap(), ["new", "new", "new"]);
    }

    #[test]
    fn only_files_of_a_directory_replace_others() {
        let directory = tempfile::tempdir().unwrap();
        let written = begin(directory.path()).unwrap();
        fs::write(written.path().join("picture.png"), "x").unwrap();
        assert!(replace(written, directory.path()).is_err());
        assert_eq!(names(directory.path()), Vec::<String>::new());
    }
}
