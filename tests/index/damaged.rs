//! A damaged generation is never served: not for one flipped bit, and not for a file too many.

use crate::fixture::Folder;
use crate::fixture::served::{GAZETTEER, Served, ask};
use serde_json::json;
use signpost::index;
use std::fs;
use std::path::{Path, PathBuf};

/// All files below a folder, relative to it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A copy of the index that may be damaged: nothing in it is linked to anything else.
fn copy(from: &Path, to: &Path) {
    for path in files(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&path, target).unwrap();
    }
}

/// What happened, and how to do it to a file.
type Damage = (&'static str, fn(&Path));

/// Ways in which a file goes bad.
const DAMAGES: [Damage; 6] = [
    ("a bit flipped at the start", |path| flip(path, |_| 0)),
    ("a bit flipped in the middle", |path| flip(path, |length| length / 2)),
    ("a bit flipped at the end", |path| flip(path, |length| length - 1)),
    ("cut short", |path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len().saturating_sub(1)]).unwrap();
        if bytes.is_empty() {
            fs::remove_file(path).unwrap();
        }
    }),
    ("emptied", |path| {
        let was_empty = fs::metadata(path).unwrap().len() == 0;
        fs::write(path, if was_empty { "not empty" } else { "" }).unwrap();
    }),
    ("removed", |path| fs::remove_file(path).unwrap()),
];

fn flip(path: &Path, at: impl FnOnce(usize) -> usize) {
    let mut bytes = fs::read(path).unwrap();
    if bytes.is_empty() {
        bytes.push(0);
    }
    let at = at(bytes.len());
    bytes[at] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

/// Two generations: the second is served, the first is good to go back to.
fn two_generations() -> (Served, String, String) {
    let mut served = Served::new(Folder::minimal());
    let first = served.snapshot.generation().to_string();
    served.edit(|folder| folder.replace_in("services.csv", "Allotment mornings", "Marrow mornings"));
    served.update();
    let second = served.snapshot.generation().to_string();
    (served, first, second)
}

#[test]
fn whatever_happens_to_any_file_the_last_good_generation_serves() {
    let (served, first, second) = two_generations();
    let generation = served.index().join(&second);
    for file in files(&generation) {
        let name = file.strip_prefix(&generation).unwrap();
        for (what, damage) in DAMAGES {
            let index = tempfile::tempdir().unwrap();
            copy(served.index(), index.path());
            damage(&index.path().join(&second).join(name));
            let opened = index::open(index.path()).unwrap_or_else(|| panic!("{}: {what}", name.display()));
            assert_eq!(opened.generation(), first, "{}: {what}", name.display());
            let why = opened.fell_back().unwrap_or_else(|| panic!("{}: {what}", name.display()));
            assert!(why.contains(&second), "{why}");
        }
    }
}

#[test]
fn a_file_that_does_not_belong_to_it() {
    let (served, first, second) = two_generations();
    for stray in ["stray.bin", "text/stray.idx", "services-9.bin"] {
        let index = tempfile::tempdir().unwrap();
        copy(served.index(), index.path());
        fs::write(index.path().join(&second).join(stray), "x").unwrap();
        let opened = index::open(index.path()).unwrap();
        assert_eq!(opened.generation(), first, "{stray}");
        assert!(opened.fell_back().unwrap().contains(stray));
    }
}

#[test]
fn a_manifest_of_another_generation() {
    let (served, first, second) = two_generations();
    let manifest = |name: &str| served.index().join(name).join("manifest.json");
    let other = fs::read(manifest(&first)).unwrap();
    fs::write(manifest(&second), other).unwrap();
    assert_eq!(index::open(served.index()).unwrap().generation(), first);
}

#[test]
fn a_generation_under_another_name() {
    let (served, _, second) = two_generations();
    let renamed = "gen-0123456789abcdef";
    fs::rename(served.index().join(&second), served.index().join(renamed)).unwrap();
    fs::write(served.index().join("CURRENT"), renamed).unwrap();
    let opened = index::open(served.index()).unwrap();
    assert_ne!(opened.generation(), second, "a folder's name and its manifest must agree");
}

#[test]
fn an_update_mends_what_is_damaged() {
    let (served, first, second) = two_generations();
    flip(&served.index().join(&second).join("facts.bin"), |length| length / 2);
    let opened = index::open(served.index()).unwrap();
    assert_eq!(opened.generation(), first);
    let update = index::update(served.folder.path(), served.index(), &GAZETTEER, Some(&opened), false).unwrap();
    assert_eq!(update.snapshot.generation(), second);
    assert_eq!(update.snapshot.fell_back(), None);
    assert_eq!(ask(&update.snapshot, json!({"q": "marrow"})).total, 1);
    assert_eq!(index::open(served.index()).unwrap().generation(), second);
}

#[test]
fn with_no_good_generation_there_is_none_and_an_update_builds_one() {
    let served = Served::new(Folder::minimal());
    let generation = served.snapshot.generation().to_string();
    for (what, damage) in DAMAGES {
        damage(&served.generation_folder().join("manifest.json"));
        assert!(index::open(served.index()).is_none(), "{what}");
        let update = index::update(served.folder.path(), served.index(), &GAZETTEER, None, false).unwrap();
        assert_eq!(update.snapshot.generation(), generation);
        assert_eq!(index::open(served.index()).unwrap().fell_back(), None);
    }
}

#[test]
fn a_bad_current_file_is_not_followed() {
    let (served, _, second) = two_generations();
    let outside = served.index().parent().unwrap().join("gen-0000000000000000");
    assert!(!outside.exists());
    let garbage: [&[u8]; 7] =
        [b"", b"\n", b"../../etc", b"/etc", b"gen-0000000000000000/../../etc", b"gen-", b"\xff\xfe\x00garbage"];
    for text in garbage {
        fs::write(served.index().join("CURRENT"), text).unwrap();
        let opened = index::open(served.index()).unwrap();
        assert_eq!(opened.generation(), second, "{}", String::from_utf8_lossy(text));
    }
    fs::remove_file(served.index().join("CURRENT")).unwrap();
    assert_eq!(index::open(served.index()).unwrap().generation(), second);
}

#[test]
fn current_names_a_generation_that_is_gone() {
    let (served, _, second) = two_generations();
    fs::write(served.index().join("CURRENT"), "gen-0000000000000000\n").unwrap();
    let opened = index::open(served.index()).unwrap();
    assert_eq!(opened.generation(), second);
    assert!(opened.fell_back().is_some());
}

#[test]
fn an_index_folder_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    assert!(index::open(&folder.path().join("index")).is_none());
}
