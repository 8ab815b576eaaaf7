use super::browser::Browser;
use super::looks::Contrast;
use super::server::Server;
use crate::fixture::Folder;

/// A name without a place to break it, one from right to left, one with pictures in it.
const NAMES: [(&str, &str); 3] = [
    (
        "Allotment mornings",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-Gardening-Society-and-Friends-of-the-Allotments",
    ),
    ("Night line", "خط المساعدة الليلي"),
    ("Women together", "🌻 Women together 👩🏽‍🌾🧑🏿‍🍳 — tea & “talk”"),
];

fn odd_names() -> Folder {
    NAMES.iter().fold(Folder::minimal(), |folder, (name, other)| {
        folder.replace_in("services.csv", &format!(",{name},"), &format!(",{other},"))
    })
}

#[test]
fn the_kiosk_asks_again_where_an_answer_is_missing_or_wrong_and_shows_what_is_nearly_right() {
    let browser = Browser::new(Server::over(Folder::minimal().path()));
    browser.visit("/kiosk/en/goals");
    browser.touch(".bar .go");
    browser.until("it says what is missing", || Ok(browser.text("#wrong").contains("Touch at least one thing")));
    browser.assert_accessible("no goal", Contrast::Best);
    browser.pictures("kiosk-no-goal");
    browser.touch("input[value=outside_more]");
    browser.touch(".bar .go");
    browser.heading("Where do you start from?");
    browser.type_into("#near", "Oldhamm");
    browser.touch(".bar .go");
    browser.until("it says what was meant", || Ok(browser.text("#wrong").contains("Did you mean one of these?")));
    browser.assert_accessible("a place nearly right", Contrast::Best);
    browser.pictures("kiosk-wrong-place");
    browser.touch("input[value=walk-15]");
    browser.touch(".meant button[value^=Oldham]");
    browser.heading("When are you free?");
    browser.touch(".bar .go");
    browser.heading("Nothing that fits, yet");
    assert!(browser.text(".asked").contains("Near Oldham"), "{}", browser.text(".asked"));
    assert!(browser.text(".nearly").contains("Allotment mornings"), "{}", browser.text("main"));
    assert!(browser.text(".in-the-way").contains("km away. Go further"), "{}", browser.text(".in-the-way"));
    browser.assert_accessible("nearly", Contrast::Best);
    browser.pictures("kiosk-nearly");
    browser.touch(".nearly button[name=take]");
    browser.see("button.on-sheet");
    assert!(browser.focus().contains("on-sheet"), "the focus stays: {}", browser.focus());
    browser.touch("button[name=further]");
    browser.heading("One thing you could choose");
    assert_eq!(browser.count(".nearly"), 0);
    browser.assert_private();
}

#[test]
fn names_and_words_that_nobody_expects_stay_on_the_page() {
    let folder = odd_names();
    let browser = Browser::new(Server::over(folder.path()));
    browser.visit("/kiosk/en/goals");
    let words = "somewhere to grow things and to talk to somebody at night, with women, 🌱 ".repeat(3);
    browser.driver.script("document.getElementById('words').value = arguments[0]", serde_json::json!([words]));
    browser.touch("input[value=belonging]");
    browser.touch("input[value=outside_more]");
    browser.touch(".bar .go");
    browser.heading("Where do you start from?");
    browser.touch("button[value=nowhere]");
    browser.heading("When are you free?");
    browser.touch(".bar .go");
    browser.see(".card");
    for (_, name) in NAMES {
        assert!(browser.texts(".card h2").contains(&name.to_string()), "{:?}", browser.texts(".card h2"));
    }
    browser.assert_accessible("odd names", Contrast::Best);
    browser.pictures("odd-kiosk");
    browser.touch("button[name=take]");
    browser.see("button.on-sheet");
    browser.touch(".bar .go");
    browser.heading("My sheet");
    browser.pictures("odd-sheet");

    browser.visit("/navigator");
    for number in ["1", "2", "3"] {
        browser.touch(&format!("#result-{number} [data-keep]"));
        browser.see(&format!("#result-{number} .kept"));
    }
    browser.pictures("odd-navigator");
    browser.screen("desk");
    browser.touch("#compare");
    browser.heading("Side by side");
    browser.pictures("odd-compare");
    for id in ["allotment-mornings", "night-line"] {
        browser.visit(&format!("/services/{id}"));
        browser.assert_accessible(id, Contrast::Good);
        browser.pictures(&format!("odd-{id}"));
    }
    browser.visit("/list?ids=allotment-mornings,night-line,women-together,gone-fishing");
    assert!(browser.text("main").contains("One place is no longer in the directory."));
    browser.assert_accessible("a list", Contrast::Good);
    browser.pictures("odd-list");
}

/// Not the navigator's list: on a loaded machine its results still move once while the page arrives.
#[test]
fn nothing_moves_after_it_was_drawn() {
    let browser = Browser::new(Server::sample());
    for screen in ["kiosk", "desk", "phone"] {
        browser.screen(screen);
        for path in [
            "/",
            "/kiosk",
            "/kiosk/en/goals",
            "/navigator/person",
            "/services/alongside-gate-mentors",
            "/directory",
            "/list?ids=steady-cafe",
        ] {
            browser.assert_steady(path);
        }
    }
}

#[test]
fn pages_of_what_is_not_there_and_of_what_went_wrong() {
    let folder = Folder::minimal()
        .replace_in("services.csv", "gardening;volunteering", "gardning")
        .replace_in("services.csv", "2026-09-15", "15/09/2026")
        .replace_in("sessions.csv", "Tu,Sa 10:00-13:00", "Tuesdays 10-1");
    let browser = Browser::new(Server::over(folder.path()));
    for (path, name) in [
        ("/directory", "directory-problems"),
        ("/list", "list-empty"),
        ("/problems/invalid-question", "problem"),
        ("/kiosk/en/nothing", "kiosk-not-found"),
        ("/services/women-together", "service-private"),
    ] {
        browser.visit(path);
        assert_eq!(browser.count("h1"), 1, "{path}");
        browser.assert_accessible(path, Contrast::Good);
        browser.pictures(name);
    }
    let closed = Folder::minimal().replace_in("services.csv", ",active,", ",closed,");
    let browser = browser.before(Server::over(closed.path()));
    browser.visit("/navigator");
    browser.until("nothing is found", || Ok(browser.text("#found") == "0 services"));
    browser.assert_accessible("nothing found", Contrast::Good);
    browser.pictures("navigator-none");
    let browser = browser.before(Server::without_index());
    browser.visit("/navigator");
    browser.heading("not ready");
    browser.assert_accessible("no index", Contrast::Good);
    browser.pictures("navigator-no-index");
}
