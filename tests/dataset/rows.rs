//! A bad row is left out or keeps its last good version, and no other row changes.

use super::{checked, codes, reading};
use crate::fixture::Folder;
use signpost::dataset::{LastGood, read};
use signpost::model::{Directory, Id, Location, Organisation, Service};
use std::fmt::Write;

/// What the minimal folder held.
struct Before(Directory);

impl Before {
    fn minimal() -> Self {
        Self(reading(&Folder::minimal()).directory)
    }
}

impl LastGood for Before {
    fn organisation(&self, id: &Id) -> Option<Organisation> {
        self.0.organisations.iter().find(|organisation| organisation.id == *id).cloned()
    }
    fn service(&self, id: &Id) -> Option<Service> {
        self.0.services.iter().find(|service| service.id == *id).cloned()
    }
    fn location(&self, id: &Id) -> Option<Location> {
        self.0.locations.iter().find(|location| location.id == *id).cloned()
    }
    fn vocabulary(&self) -> Option<&Directory> {
        Some(&self.0)
    }
}

#[test]
fn one_bad_row_of_500_is_named_and_499_are_kept() {
    let mut text = String::from("id,name,phone\n");
    for at in 1..=497 {
        let phone = if at == 250 { "none" } else { "0161 496 0123" };
        writeln!(text, "organisation-{at},Organisation {at},{phone}").unwrap();
    }
    text += "brightwater,Brightwater,\ncommon-ground,Common Ground,\ndoorway-advice,Doorway,\n";
    let reading = reading(&Folder::minimal().with("organisations.csv", &text));
    assert_eq!(codes(&reading), ["E041 organisations.csv:251"]);
    assert_eq!(reading.directory.organisations.len(), 499);
    assert_eq!((reading.files[0].rows, reading.files[0].left_out, reading.is_rejected()), (500, 1, false));
}

#[test]
fn everything_wrong_with_a_row_is_reported_at_once() {
    let folder = Folder::minimal()
        .replace_in("services.csv", "drop_in;self,Turn up,0,,Boots,18,", "dropin;sefl,Turn up,free,,Boots,eighteen,")
        .replace_in("services.csv", "gardening;volunteering", "gardning;voluntering");
    insta::assert_snapshot!(checked(&folder), @r#"
    error[E050]: there is no category `gardning` in categories.csv
     --> services.csv:2:categories (allotment-mornings)
      |
    2 | … plant and drink tea.",active,gardning;voluntering,,,,dropin;sefl,Turn up,free,,Boots,eighteen,,,,ye…
      |                                ^^^^^^^^
      = help: did you mean `gardening`?

    error[E050]: there is no category `voluntering` in categories.csv
     --> services.csv:2:categories (allotment-mornings)
      |
    2 | …d drink tea.",active,gardning;voluntering,,,,dropin;sefl,Turn up,free,,Boots,eighteen,,,,yes,,en;pl,…
      |                                ^^^^^^^^^^^
      = help: did you mean `volunteering`?

    error[E032]: `dropin` is not one of `drop_in`, `self` or `professional`
     --> services.csv:2:referral (allotment-mornings)
      |
    2 | …ctive,gardning;voluntering,,,,dropin;sefl,Turn up,free,,Boots,eighteen,,,,yes,,en;pl,in_person,peers…
      |                                ^^^^^^
      = help: did you mean `drop_in`?

    error[E032]: `sefl` is not one of `drop_in`, `self` or `professional`
     --> services.csv:2:referral (allotment-mornings)
      |
    2 | …ardning;voluntering,,,,dropin;sefl,Turn up,free,,Boots,eighteen,,,,yes,,en;pl,in_person,peers;volunt…
      |                                ^^^^
      = help: did you mean `self`?

    error[E039]: `free` is not an amount in pounds
     --> services.csv:2:cost (allotment-mornings)
      |
    2 | …tering,,,,dropin;sefl,Turn up,free,,Boots,eighteen,,,,yes,,en;pl,in_person,peers;volunteers,group,op…
      |                                ^^^^
      = help: write `0`, and put words into the note beside it

    error[E033]: `eighteen` is not a number
     --> services.csv:2:minimum_age (allotment-mornings)
      |
    2 | …opin;sefl,Turn up,free,,Boots,eighteen,,,,yes,,en;pl,in_person,peers;volunteers,group,open,,,,2026-1…
      |                                ^^^^^^^^
      = help: write digits, with a point before the parts

    warning[W020]: this row is left out, because the service `allotment-mornings` is
     --> sessions.csv:2
      = help: correct services.csv line 2, and it comes back by itself

    13 files, 41 rows: 6 errors, 1 warning; 2 rows left out
    "#);
}

#[test]
fn a_bad_row_keeps_its_last_good_version_and_its_sessions() {
    let folder = Folder::minimal()
        .replace_in("services.csv", ",active,housing,", ",actve,housing,")
        .replace_in("organisations.csv", "+44 161 496 0103", "none")
        .replace_in("categories.csv", "gardening,Gardening,", "gardening,,");
    let reading = read(folder.path(), &Before::minimal()).unwrap();
    let before = Before::minimal().0;
    assert_eq!(reading.directory, before);
    assert!(reading.problems.iter().all(|problem| problem.kept_last_good));
    assert_eq!(reading.files.iter().map(|file| file.left_out).sum::<usize>(), 0);
    let mut printed = Vec::new();
    signpost::dataset::render::text(&reading, &mut printed).unwrap();
    insta::assert_snapshot!(String::from_utf8(printed).unwrap(), @r#"
    error[E041]: `none` is not a phone number
     --> organisations.csv:4:phone (doorway-advice)
      |
    4 | …ice,,help@doorway.example.org,none,,09000003,,
      |                                ^^^^
      = help: digits, spaces, `-` and brackets, and a `+` in front if need be
      = note: the last good version of this row goes on being served

    error[E032]: `actve` is not one of `active`, `paused` or `closed`
     --> services.csv:3:status (housing-advice)
      |
    3 | …dviser, as long as it takes.",actve,housing,,help@doorway.example.org,0161 496 0103,self;professiona…
      |                                ^^^^^
      = help: did you mean `active`?
      = note: the last good version of this row goes on being served

    error[E030]: `name` is empty and must be stated
     --> categories.csv:5:name (gardening)
      |
    5 | gardening,,outdoors,allotment;growing,
      |           ^
      = help: fill in the cell
      = note: the last good version of this row goes on being served

    13 files, 41 rows: 3 errors, 0 warnings
    "#);
}

#[test]
fn a_last_good_version_that_leads_nowhere_now_is_not_kept() {
    let folder =
        Folder::minimal().replace_in("organisations.csv", "common-ground,Common Ground", "shared-ground,Common Ground");
    let reading = read(folder.path(), &Before::minimal()).unwrap();
    assert_eq!(codes(&reading), ["E050 services.csv:2", "W020 sessions.csv:2"]);
    assert_eq!((reading.directory.services.len(), reading.directory.sessions.len()), (3, 4));
}

#[test]
fn of_two_rows_with_one_id_the_first_is_kept() {
    let folder = Folder::minimal().append("organisations.csv", "common-ground,Another");
    let reading = reading(&folder);
    assert_eq!(codes(&reading), ["E024 organisations.csv:5"]);
    let kept: Vec<_> = reading.directory.organisations.iter().filter(|it| it.id.as_str() == "common-ground").collect();
    assert_eq!((kept.len(), kept[0].name.as_str()), (1, "Common Ground"));
}

#[test]
fn pairs_are_unique_too() {
    let folder = Folder::minimal()
        .append("goal_categories.csv", "belonging,gardening,1")
        .append("bank_holidays.csv", "2026-12-25,england,Christmas");
    let reading = reading(&folder);
    assert_eq!(codes(&reading), ["E024 goal_categories.csv:6", "E024 bank_holidays.csv:4"]);
    assert_eq!((reading.directory.goal_categories.len(), reading.directory.bank_holidays.len()), (4, 2));
}

#[test]
fn parents_may_come_later_and_a_wrong_one_takes_only_those_below_it() {
    let areas = "id,name,kind,parent_id\nsalford,Salford,borough,greater-manchester\n\
                 greater-manchester,Greater Manchester,county,england\nengland,England,nation,\n\
                 manchester,Manchester,borough,greater-manchestr\nhulme,Hulme,ward,manchester\n";
    let folder = Folder::minimal().with("areas.csv", areas);
    insta::assert_snapshot!(checked(&folder), @r"
    warning[W020]: this row is left out, because the area `manchester` is
     --> services.csv:4
      = help: correct areas.csv line 5, and it comes back by itself

    warning[W020]: this row is left out, because the area `manchester` is
     --> sessions.csv:5
      = help: correct areas.csv line 5, and it comes back by itself

    error[E050]: there is no area `greater-manchestr`
     --> areas.csv:5:parent_id (manchester)
      |
    5 | manchester,Manchester,borough,greater-manchestr
      |                               ^^^^^^^^^^^^^^^^^
      = help: did you mean `greater-manchester`?

    warning[W020]: this row is left out, because the area `manchester` is
     --> areas.csv:6
      = help: correct areas.csv line 5, and it comes back by itself

    13 files, 42 rows: 1 error, 3 warnings; 4 rows left out
    ");
    let areas: Vec<String> = reading(&folder).directory.areas.iter().map(|area| area.id.to_string()).collect();
    assert_eq!(areas, ["salford", "greater-manchester", "england"]);
}
