use super::asking::{assert_says, assert_silent, page, upload};
use crate::api::site::Site;
use crate::fixture::Folder;
use signpost::server::limits::TRIED_FILE_BYTES;
use signpost::server::site::Site as Settings;
use std::fs;

/// A server that knows where its files are.
fn site(folder: Folder) -> Site {
    let directory = Some(folder.path().to_path_buf());
    Site::with_settings(folder, Settings { directory, ..Settings::default() })
}

#[test]
fn the_page_says_what_is_served_and_that_nothing_is_wrong() {
    let answer = page(&site(Folder::minimal()), "/directory");
    assert_says(
        &answer,
        &[
            "Services 4",
            "There is nothing wrong with the files.",
            "4 services are new",
            "Of 4 services, 1 were never checked",
            "Services for: I want to feel I belong",
            "Manchester",
        ],
    );
    let goal = page(&site(Folder::minimal()), "/directory?goal=own_home&kind=borough");
    assert_says(&goal, &["Services for: I want a place of my own"]);
    assert_eq!(page(&site(Folder::minimal()), "/directory?goal=nothing").status, 400);
}

#[test]
fn an_edit_is_shown_with_the_services_and_columns_that_it_changed() {
    let mut site = site(Folder::minimal());
    site.edit(|folder| {
        folder.replace_in("services.csv", "Women together,A weekly group", "Women together,A monthly group").replace_in(
            "sessions.csv",
            "Mo-Su 22:00-06:00",
            "Mo-Su 21:00-06:00",
        )
    });
    site.read_again();
    let answer = page(&site, "/directory");
    assert_says(&answer, &["0 services are new, 2 changed, 0 are gone. 2 are as before.", "2 changed services"]);
    assert_says(
        &answer,
        &["Women together women-together summary : A weekly group for women A monthly group for women"],
    );
    assert_says(&answer, &["Night line night-line"]);
}

#[test]
fn what_changed_last_is_still_known_after_a_restart() {
    let mut site = site(Folder::minimal());
    site.edit(|folder| {
        folder.replace_in("services.csv", "Women together,A weekly group", "Women together,A monthly group")
    });
    site.read_again();
    let told =
        ["0 services are new, 1 changed, 0 are gone. 3 are as before.", "A weekly group for women A monthly group"];
    assert_says(&page(&site, "/directory"), &told);
    let site = site.restarted();
    assert_says(&page(&site, "/directory"), &told);
    // A look at the files that finds nothing new does not make it forget either.
    site.read_again();
    assert_says(&page(&site, "/directory"), &told);
    assert_eq!(site.get("/api/v1/directory").json()["changes"]["changed"], 1);
}

#[test]
fn what_was_chosen_is_chosen_in_the_other_language_too() {
    let site = site(Folder::minimal());
    let answer = page(&site, "/directory?goal=own_home&kind=borough");
    assert!(
        answer.text().contains("href=\"/directory?kind=borough&#38;goal=own_home&#38;lang=cy\""),
        "{}",
        answer.text()
    );
    assert!(page(&site, "/directory?lang=cy").text().contains("href=\"/directory\" lang=\"en-GB\""));
}

#[test]
fn a_mistake_is_shown_with_its_file_line_and_cure_and_the_row_keeps_its_last_good_version() {
    let mut site = site(Folder::minimal());
    site.edit(|folder| folder.replace_in("services.csv", "gardening;volunteering", "gardning"));
    site.read_again();
    let answer = page(&site, "/directory");
    assert_says(
        &answer,
        &["services.csv: 1 error", "line 2, column categories, row allotment-mornings", "did you mean gardening ?"],
    );
    assert_says(&answer, &["The last good version of this row is shown."]);
}

#[test]
fn files_that_are_not_taken_are_said_why_also_when_nothing_is_served() {
    let mut site = site(Folder::minimal());
    site.edit(|folder| folder.without("services.csv"));
    site.read_again();
    assert_says(&page(&site, "/directory"), &["The newest files are not shown", "services.csv"]);

    let unready = Site::unready();
    unready.folder_without("services.csv");
    unready.read_again();
    let answer = page(&unready, "/directory");
    assert_eq!(answer.status, 200);
    assert_says(&answer, &["Nothing is shown yet.", "the file is missing"]);
}

#[test]
fn a_file_is_tried_and_nothing_comes_of_it() {
    let site = site(Folder::minimal());
    let before = site.state.snapshot().unwrap().generation().to_string();
    let files = |site: &Site| {
        let mut names: Vec<_> =
            fs::read_dir(site.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let there = files(&site);
    let text = site.folder.text("services.csv");
    let edited = text
        .replace("Women together,A weekly group", "Women together,A monthly group")
        .replace("night-line,doorway-advice,Night line", "day-line,doorway-advice,Day line");
    let answer = upload(&site, "services (2).csv", "", edited.as_bytes());
    assert_eq!(answer.status, 200);
    assert_says(
        &answer,
        &[
            "4 rows, of which 0 would be left out. 1 are new, 1 would change, 1 would go, 2 stay as they are.",
            "A weekly group for women",
            "A monthly group for women",
            "Day line day-line",
            "Night line night-line",
            "Nothing was changed, and the file was not kept.",
        ],
    );
    // The night line's session leads nowhere now.
    assert_says(&answer, &["Problems this would make in other files", "night-line"]);
    assert_eq!(site.folder.text("services.csv"), text);
    assert_eq!(files(&site), there);
    site.read_again();
    assert_eq!(site.state.snapshot().unwrap().generation(), before);
}

#[test]
fn a_broken_file_is_told_apart_and_would_not_be_taken() {
    let site = site(Folder::minimal());
    let wrong = site.folder.text("services.csv").replace(",active,gardening;volunteering,", ",activ,gardning,");
    let answer = upload(&site, "services.csv", "", wrong.as_bytes());
    assert_says(&answer, &["this file can be used, with the problems below", "did you mean active ?", "line 2"]);

    let answer = upload(&site, "whatever.csv", "services.csv", b"name,id\nx,y\n");
    assert_says(&answer, &["this file would not be used", "Why it would not be used"]);
    let answer = upload(&site, "whatever.csv", "", b"name,id\nx,y\n");
    assert_eq!(answer.status, 400);
    assert_says(&answer, &["We cannot tell which file this is."]);
    let answer = upload(&site, "", "", b"");
    assert_says(&answer, &["No file came with it."]);
    let answer = upload(&site, "services.csv", "", b"\xff\xfe\x00garbage");
    assert_says(&answer, &["this file would not be used"]);
}

#[test]
fn a_file_that_is_too_large_is_refused_politely() {
    let site = site(Folder::minimal());
    for bytes in [TRIED_FILE_BYTES + 1, 3 * TRIED_FILE_BYTES] {
        let answer = upload(&site, "services.csv", "", &vec![b'x'; bytes]);
        assert_eq!(answer.status, 413, "{bytes}");
        assert_says(&answer, &["The file is too large for this page. It can take 4 MB."]);
    }
}

#[test]
fn trying_a_file_does_not_tell_what_is_confidential() {
    let site = site(Folder::minimal());
    let header = "id,name,address,town,postcode,latitude,longitude,confidential,accessibility,under_18s,getting_here,source,source_id\n";
    // A guess, right or wrong, gets the same answer.
    for postcode in ["M14 5TP", "M1 4BT"] {
        let guess = format!("{header}brightwater-house,Guess,,Manchester,{postcode},,,no,,,,,\n");
        let answer = upload(&site, "locations.csv", "", guess.as_bytes());
        assert_says(&answer, &["1 private row is not compared.", "2 rows would go"]);
        assert_silent(&answer, &["Brightwater house", "53.45"]);
    }
    let sessions = "service_id,location_id,opening_hours,starts_on,ends_on,note\nwomen-together,brightwater-hous,We 18:00-20:30,,,\n";
    let answer = upload(&site, "sessions.csv", "", sessions.as_bytes());
    assert_silent(&answer, &["brightwater-house"]);
}
