//! Since when each service is as it is: remembered beside the generations.

use crate::fixture::Folder;
use crate::fixture::served::Served;
use jiff::Timestamp;
use signpost::index;

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(hour * 3_600).unwrap()
}

/// The hours of the four services, by id.
fn hours(served: &Served) -> Vec<i64> {
    (0..4).map(|number| served.snapshot.modified(number).unwrap().as_second() / 3_600).collect()
}

#[test]
fn a_service_keeps_its_moment_while_nothing_of_it_changes() {
    let mut served = Served::new(Folder::minimal());
    assert_eq!(served.snapshot.modified(0), None, "nobody has dated it");
    index::date(served.index(), &served.snapshot, at(1)).unwrap();
    assert_eq!(hours(&served), [1, 1, 1, 1]);
    index::date(served.index(), &served.snapshot, at(9)).unwrap();
    assert_eq!(hours(&served), [1, 1, 1, 1], "once is enough");

    served.edit(|folder| folder.replace_in("services.csv", "Turn up", "Turn up early"));
    served.update();
    index::date(served.index(), &served.snapshot, at(2)).unwrap();
    assert_eq!(hours(&served), [2, 1, 1, 1]);
    served.edit(|folder| folder.replace_in("organisations.csv", "Housing and money advice", "Advice"));
    served.update();
    index::date(served.index(), &served.snapshot, at(3)).unwrap();
    assert_eq!(hours(&served), [2, 3, 3, 1], "both services of that organisation");
    served.edit(|folder| folder.replace_in("sessions.csv", "Mo-Su 22:00", "Mo-Su 21:00"));
    served.update();
    index::date(served.index(), &served.snapshot, at(4)).unwrap();
    assert_eq!(hours(&served), [2, 3, 4, 1], "hours are part of it");

    // Opened again by another process.
    let opened = index::open(served.index()).unwrap();
    index::date(served.index(), &opened, at(9)).unwrap();
    assert_eq!(opened.modified(0).unwrap(), at(2));
}

#[test]
fn a_memory_that_is_damaged_or_gone_counts_everything_as_modified() {
    let served = Served::new(Folder::minimal());
    index::date(served.index(), &served.snapshot, at(1)).unwrap();
    let file = served.index().join("modified.bin");
    let mut bytes = std::fs::read(&file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let opened = index::open(served.index()).unwrap();
    index::date(served.index(), &opened, at(2)).unwrap();
    assert_eq!(opened.modified(3).unwrap(), at(2));
    std::fs::remove_file(&file).unwrap();
    let opened = index::open(served.index()).unwrap();
    index::date(served.index(), &opened, at(3)).unwrap();
    assert_eq!(opened.modified(3).unwrap(), at(3));
}
