//! Reading the CSV files: every problem named, no row harmed by another.

use crate::fixture::Folder;
use signpost::dataset::{NothingBefore, read};

#[test]
fn the_minimal_folder_is_clean() {
    let folder = Folder::minimal();
    let reading = read(folder.path(), &NothingBefore).unwrap();
    assert_eq!(reading.problems, []);
}
