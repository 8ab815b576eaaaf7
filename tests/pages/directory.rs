use super::browser::Browser;
use super::hands::give;
use super::looks::Contrast;
use super::server::Server;
use std::fs;
use std::path::Path;

#[test]
fn the_directory_s_page_is_accessible_in_both_languages() {
    let browser = Browser::new(Server::sample());
    for (path, name) in [
        ("/directory", "directory"),
        ("/directory?lang=cy", "directory-welsh"),
        ("/directory?lang=mirrored", "directory-mirrored"),
        ("/directory?kind=ward&goal=get_fit", "directory-wards"),
    ] {
        browser.visit(path);
        browser.assert_accessible(path, Contrast::Good);
        browser.pictures(name);
    }
    browser.assert_private();
    let browser = browser.before(Server::without_index());
    browser.visit("/directory");
    browser.see("#served");
    browser.assert_accessible("nothing served", Contrast::Good);
    browser.pictures("directory-nothing");
}

/// A file with four mistakes, and one service less.
fn broken() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory/services.csv");
    let text = fs::read_to_string(sample).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
    lines[2] = lines[2].replace("community_garden", "comunity_garden").replace(",active,", ",activ,");
    lines[3] = lines[3].replacen(",active,", ",open,", 1);
    lines.pop();
    fs::write(folder.path().join("services.csv"), lines.join("\n") + "\n").unwrap();
    folder
}

#[test]
fn a_broken_file_is_tried_with_scripts_and_without() {
    let folder = broken();
    let browser = Browser::new(Server::sample());
    for scripts in [true, false] {
        browser.scripts(scripts);
        browser.screen("desk");
        browser.visit("/directory");
        give(&browser, "#file", &folder.path().join("services.csv"));
        browser.touch("form.try button");
        browser.heading("services.csv: this file can be used");
        assert!(browser.text("main").contains("did you mean community_garden?"), "{}", browser.text("main"));
        assert!(browser.text("main").contains("line 3"), "{}", browser.text("main"));
        browser.see(".rows li");
        if scripts {
            browser.assert_accessible("a file that was tried", Contrast::Good);
            browser.pictures("directory-try");
        }
    }
    browser.assert_private();
}
