//! Lines are those of an editor, and what Excel saves works.

use super::{checked, codes, reading};
use crate::fixture::Folder;

#[test]
fn lines_are_true_with_crlf_and_with_line_breaks_in_quotes() {
    for line_end in ["\n", "\r\n"] {
        let rows = [
            "code,name,words",
            "women,Women,\"lady;",
            "female\"",
            "",
            ",,",
            "mums,,mum",
            "parents,Parents,mum",
            "men,\"Men",
            "and boys\",lads",
            "young!,Young people,",
        ];
        let folder = Folder::minimal().with("audiences.csv", &rows.join(line_end));
        assert_eq!(codes(&reading(&folder)), ["E030 audiences.csv:6", "E031 audiences.csv:10"]);
        assert_eq!(reading(&folder).directory.audiences.len(), 3);
    }
}

#[test]
fn a_problem_is_on_the_line_where_its_cell_begins() {
    let folder = Folder::minimal().with(
        "crisis.csv",
        "words,message,phone,service_id\r\n\"end it all;\r\nkill myself\",\"You can talk\r\nto someone\",oops,night-line\r\n",
    );
    insta::assert_snapshot!(checked(&folder), @r#"
    error[E041]: `oops` is not a phone number
     --> crisis.csv:4:phone
      |
    4 | to someone",oops,night-line
      |             ^^^^
      = help: digits, spaces, `-` and brackets, and a `+` in front if need be

    13 files, 40 rows: 1 error, 0 warnings; 1 row left out
    "#);
}

#[test]
fn a_workbook_saved_as_csv_by_excel_works() {
    let text =
        "\u{feff}code;name;words;;\r\nwomen;Women;\"female;lady\";;\r\nparents;Parents;mum;;\r\n;;;;\r\n;;;;\r\n";
    let folder = Folder::minimal().with("audiences.csv", text);
    let reading = reading(&folder);
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(reading.directory.audiences[0].words, ["female", "lady"]);
    assert_eq!(reading.files.iter().find(|file| file.name == "audiences.csv").unwrap().rows, 2);
}

#[test]
fn columns_come_in_any_order_and_header_names_in_capitals() {
    let folder = Folder::minimal().with("audiences.csv", "Words, Name ,CODE\nfemale,Women,women\n,Parents,parents\n");
    let reading = reading(&folder);
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(reading.directory.audiences[0].name, "Women");
}

#[test]
fn empty_is_not_stated() {
    let directory = reading(&Folder::minimal()).directory;
    let night_line = &directory.services[3];
    assert_eq!(night_line.convictions, None);
    assert_eq!(night_line.languages, [""; 0]);
    assert_eq!(night_line.age.includes(30), None);
    assert_eq!(directory.locations[1].under_18s, None);
    assert_eq!(directory.sessions[2].location_id, None);
}

#[test]
fn rejected_files_are_named_once_and_not_through_their_references() {
    let folder = Folder::minimal().with("organisations.csv", "oops\n");
    let reading = reading(&folder);
    assert!(reading.is_rejected());
    assert_eq!(codes(&reading), ["E006 organisations.csv:1"]);
    assert_eq!(reading.directory.services, []);
}

#[test]
fn a_file_of_which_most_rows_are_bad_is_rejected_and_one_with_some_is_not() {
    let rows = |bad: usize, good: usize| {
        let bad = (0..bad).map(|at| format!("bad-{at},\n"));
        let good = (0..good).map(|at| format!("good-{at},Good\n"));
        let kept = "women,Women\nparents,Parents\n".to_string();
        "code,name\n".to_string() + &kept + &bad.chain(good).collect::<String>()
    };
    assert!(reading(&Folder::minimal().with("audiences.csv", &rows(11, 8))).is_rejected());
    assert!(!reading(&Folder::minimal().with("audiences.csv", &rows(10, 8))).is_rejected());
}

#[test]
fn optional_files_may_be_absent() {
    let mut folder = Folder::minimal();
    for file in ["thesaurus.csv", "funds.csv", "crisis.csv", "bank_holidays.csv"] {
        folder = folder.without(file);
    }
    assert_eq!(codes(&reading(&folder)), [""; 0]);
}

#[test]
fn outlines_are_given_to_their_areas() {
    let geojson = r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "salford", "properties": {},
        "geometry": {"type": "Polygon", "coordinates": [[[-2.4, 53.4], [-2.2, 53.4], [-2.2, 53.5], [-2.4, 53.4]]]}}]}"#;
    let reading = reading(&Folder::minimal().with("areas.geojson", geojson));
    assert_eq!(codes(&reading), [""; 0]);
    let salford = reading.directory.areas.iter().find(|area| area.id.as_str() == "salford").unwrap();
    assert_eq!(salford.shape.as_ref().unwrap().polygons[0][0][1], (-2.2, 53.4));
}

#[test]
fn no_more_than_a_thousand_of_a_kind_are_listed() {
    let mut text = String::from("words,means\n");
    for at in 0..1_500 {
        text += &format!("word {at},\n");
    }
    let reading = reading(&Folder::minimal().with("thesaurus.csv", &text));
    assert_eq!((reading.problems.len(), reading.errors), (1_002, 1_501));
    let summary = &reading.problems[1_001];
    assert_eq!(summary.message, "a required cell is empty: 500 more in this file");
}

#[test]
fn a_confidential_address_is_in_no_problem() {
    let spoilt = [
        ("M14 5TP", "M14 Secret"),
        ("53.4520,-2.2180", "Secret,-2.2180"),
        ("Brightwater house,,", "Brightwater house,\"Secret\"street,"),
        ("Brightwater house,,", "Brightwater house,Secret street,\u{202e},"),
        ("Brightwater house,,", "Brightwater house,Secret,street,13,"),
        ("Brightwater house,,", "Brightwater house,\"Secret,"),
        (",yes,,no,", ",maybe Secret,,no,"),
    ];
    for (from, to) in spoilt {
        let folder = Folder::minimal().replace_in("locations.csv", from, to);
        let printed = checked(&folder);
        let all = format!("{printed}{:?}", reading(&folder).problems);
        assert!(!all.contains("Secret") && printed.contains("[E") | printed.contains("[W"), "{all}");
    }
}
