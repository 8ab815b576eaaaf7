use super::browser::{Browser, ENTER, TAB};
use super::hands::{fill, on_paper, type_text};
use super::looks::Contrast;
use super::server::Server;
use serde_json::json;

/// Everything that the navigator loads, uncompressed.
const MOST_BYTES: u64 = 150_000;

/// Keys as WebDriver writes them.
const DOWN: &str = "\u{E015}";
const ESCAPE: &str = "\u{E00C}";

#[test]
fn every_state_of_the_navigator_is_accessible_and_private() {
    let browser = Browser::new(Server::sample());
    browser.screen("desk");
    browser.visit("/navigator");
    browser.heading("Find a service");
    browser.assert_accessible("the first page", Contrast::Good);
    browser.pictures("navigator");

    fill(&browser, "#q", "somewhere to sleep");
    fill(&browser, "#near", "M1 4BT");
    browser.press(ESCAPE);
    browser.touch("#search");
    browser.until("the list is of places to sleep", || Ok(browser.text("#found").contains("looking from M1 4BT")));
    browser.touch("#within_km option[value='8']");
    browser.until("it is of those that are near", || Ok(browser.text("#found").contains("within 5 miles of M1 4BT")));
    browser.touch("#result-1 [data-keep]");
    browser.see("#result-1 .kept");
    browser.touch("#result-2 [data-keep]");
    browser.see("#result-2 .kept");
    browser.touch("#result-1 > details:last-of-type > summary");
    browser.assert_accessible("results", Contrast::Good);
    browser.pictures("navigator-results");
    on_paper(&browser, "navigator-results");

    browser.screen("desk");
    browser.touch("#compare");
    browser.heading("Side by side");
    browser.assert_accessible("side by side", Contrast::Good);
    browser.pictures("navigator-compare");
    browser.touch("#back");
    browser.see("#result-1 .kept");
    browser.touch(".shortlist button[formaction='/navigator/plan']");
    browser.heading("Make a plan");
    browser.assert_accessible("the form of a plan", Contrast::Good);
    browser.pictures("navigator-plan");
    browser.touch("#back");
    browser.see("#result-1 .kept");

    fill(&browser, "#near", "Nowhereton");
    browser.press(ESCAPE);
    browser.touch("#search");
    browser.see("#wrong");
    assert!(browser.focus().contains("id=\"wrong\""), "{}", browser.focus());
    browser.assert_accessible("a mistake", Contrast::Good);
    browser.pictures("navigator-wrong");
    browser.assert_private();
}

#[test]
fn a_worker_matches_for_one_person_and_prints_a_plan() {
    let browser = Browser::new(Server::sample());
    browser.screen("desk");
    browser.visit("/navigator/person");
    browser.assert_accessible("an empty profile", Contrast::Good);
    browser.pictures("navigator-person-empty");
    fill(&browser, "#goal1", "nobody to talk to");
    fill(&browser, "#goal2", "somewhere to sleep");
    fill(&browser, "#near", "M1 4BT");
    browser.press(ESCAPE);
    fill(&browser, "#about-age", "34");
    browser.touch("#match");
    browser.until("there are options", || Ok(browser.text("#found").contains("with the reasons")));
    browser.touch("#result-1 [data-keep]");
    browser.see("#result-1 .kept");
    browser.assert_accessible("options", Contrast::Good);
    browser.pictures("navigator-person");
    browser.screen("desk");
    browser.touch(".shortlist button[formaction='/navigator/plan']");
    browser.heading("Make a plan");
    browser.touch("#make");
    browser.heading("My plan");
    browser.see("[data-print]:not([hidden])");
    browser.assert_accessible("the plan", Contrast::Good);
    browser.pictures("navigator-sheet");
    on_paper(&browser, "navigator-sheet");
    browser.touch("#to-cy");
    browser.heading("Fy nghynllun");
    browser.assert_accessible("the plan in Welsh", Contrast::Good);
    browser.pictures("navigator-sheet-welsh");
    browser.touch("#change");
    browser.heading("Gwneud cynllun");
    browser.assert_private();
}

#[test]
fn the_keyboard_alone_searches_reads_keeps_and_compares() {
    let browser = Browser::new(Server::sample());
    browser.screen("desk");
    browser.visit("/navigator");
    browser.see("#help-button:not([hidden])");
    browser.press("/");
    assert!(browser.focus().contains("id=\"q\""), "{}", browser.focus());
    type_text(&browser, "boxi");
    browser.see("#q-list:not([hidden]) [role=option]");
    browser.assert_accessible("suggestions", Contrast::Good);
    browser.press(DOWN);
    browser.see("#q-list [aria-selected=true]");
    browser.press(ESCAPE);
    browser.until("the suggestions are gone", || Ok(browser.count("#q-list[hidden]") == 1));
    type_text(&browser, "ng");
    browser.press(ENTER);
    browser.until("the list is of boxing", || Ok(browser.text("#result-1").to_lowercase().contains("boxing")));
    browser.tab_to("#search");
    browser.press("j");
    assert!(browser.focus().contains("id=\"result-1\""), "{}", browser.focus());
    browser.press("s");
    browser.see("#result-1 .kept");
    browser.press("j");
    browser.press("k");
    browser.press("j");
    assert!(browser.focus().contains("id=\"result-"), "{}", browser.focus());
    browser.press(ENTER);
    browser.see(".card > details[open]");
    browser.press("?");
    browser.see("dialog[open]");
    browser.assert_accessible("the keys", Contrast::Good);
    browser.press(ESCAPE);
    browser.until("the keys are gone", || Ok(browser.count("dialog[open]") == 0));
    browser.press("c");
    browser.heading("Side by side");
    assert!(browser.focus().contains("<h1"), "{}", browser.focus());
    browser.press(TAB);
}

#[test]
fn a_filter_that_leaves_nothing_says_so_and_is_taken_back() {
    let browser = Browser::new(Server::sample());
    browser.screen("desk");
    browser.visit("/navigator");
    fill(&browser, "#q", "boxing");
    browser.press(TAB);
    fill(&browser, "#age", "16");
    browser.touch("#search");
    browser.see(".removed button");
    browser.assert_accessible("filters that leave nothing", Contrast::Good);
    browser.pictures("navigator-nothing");
    browser.screen("desk");
    browser.until("the count is said", || Ok(browser.text("[role=status]") == browser.text("#found")));
    let before = browser.text("#found");
    browser.touch(".removed button");
    browser.until("there are more", || Ok(browser.text("#found") != before));
}

#[test]
fn without_scripts_everything_but_suggestions_works() {
    let browser = Browser::without_scripts(Server::sample());
    browser.screen("desk");
    browser.visit("/navigator");
    fill(&browser, "#q", "boxing");
    browser.touch("#search");
    browser.until("the list is of boxing", || Ok(browser.text("#result-1").to_lowercase().contains("boxing")));
    browser.touch("#free-true");
    browser.touch("#apply");
    browser.see(".chips .chip");
    browser.touch("#result-1 [data-keep]");
    browser.see("#result-1 .kept");
    browser.touch("#compare");
    browser.heading("Side by side");
    browser.touch("#back");
    browser.see("#result-1 .kept");
    browser.touch(".shortlist button[formaction='/navigator/plan']");
    browser.heading("Make a plan");
    fill(&browser, "[name^='goal.']", "get fit");
    browser.touch("#make");
    browser.heading("My plan");
}

#[test]
fn welsh_and_right_to_left() {
    let browser = Browser::new(Server::sample());
    browser.screen("desk");
    browser.visit("/navigator?lang=cy");
    browser.heading("Dod o hyd i wasanaeth");
    fill(&browser, "#q", "housing");
    browser.press(ESCAPE);
    browser.touch("#search");
    browser.see("#result-1");
    browser.heading("Dod o hyd i wasanaeth");
    browser.assert_accessible("results in Welsh", Contrast::Good);
    browser.pictures("navigator-welsh");
    browser.visit("/navigator?lang=mirrored");
    browser.see("html[dir=rtl]");
    browser.assert_accessible("the first page mirrored", Contrast::Good);
    browser.pictures("navigator-mirrored");
}

#[test]
fn another_language_keeps_all_that_was_asked_with_scripts_and_without() {
    let browser = Browser::new(Server::sample());
    for scripts in [true, false] {
        browser.scripts(scripts);
        browser.screen("desk");
        browser.visit("/navigator");
        fill(&browser, "#q", "boxing");
        fill(&browser, "#near", "M1 4BT");
        browser.press(ESCAPE);
        // The key Enter asks, and does not change the language.
        browser.press(ENTER);
        browser.until("it is asked", || Ok(browser.text("#found").contains("looking from M1 4BT")));
        browser.see("html[lang=en-GB]");
        browser.touch("#group-referral > summary");
        browser.touch("#referral-drop_in");
        if !scripts {
            browser.touch("#apply");
        }
        browser.see(".chips .chip");
        browser.touch("#result-1 [data-keep]");
        browser.see("#result-1 .kept");
        let found = browser.texts(".card h3");
        browser.touch("#to-cy");
        browser.heading("Dod o hyd i wasanaeth");
        browser.see("html[lang=cy]");
        assert_eq!(browser.texts(".card h3").len(), found.len());
        assert!(browser.text("#found").contains("o edrych o M1 4BT"), "{}", browser.text("#found"));
        browser.see("#referral-drop_in:checked");
        browser.see("#result-1 .kept");
        assert_eq!(browser.path(), "/navigator?lang=cy", "the address says the language and nothing else");
        assert!(browser.text(".top").contains("Y cyfeiriadur"), "what is around it too: {}", browser.text(".top"));
        // What was typed and not asked yet comes along as well.
        fill(&browser, "#q", "choir");
        browser.press(TAB);
        browser.touch("#to-en");
        browser.heading("Find a service");
        browser.until("it is asked in English", || Ok(browser.text("#found").contains("looking from M1 4BT")));
        let value = "return document.getElementById('q').value";
        assert_eq!(browser.driver.script(value, json!([])), "choir");
        browser.see("#referral-drop_in:checked");
        // The way out still leaves.
        browser.touch("#leave");
        browser.until("the browser is on the first page", || Ok(browser.path() == "/"));
    }
    browser.assert_private();
}

#[test]
fn the_map_is_looked_at_closer_and_its_pins_lead_to_the_list() {
    let browser = Browser::new(Server::sample());
    browser.screen("desk");
    browser.visit("/navigator");
    browser.see(".map-controls button");
    let view = || browser.driver.script("return document.querySelector('svg.map').getAttribute('viewBox')", json!([]));
    let before = view();
    browser.touch(".map-controls button:first-child");
    browser.until("the view is another", || Ok(view() != before));
    browser.touch(".map-controls button:nth-child(3)");
    browser.until("the whole map is back", || Ok(view() == before));
    browser.driver.script("document.querySelector('.map-frame').focus()", json!([]));
    browser.press("\u{E014}");
    browser.until("the arrow key moved it", || Ok(view() != before));
    let script =
        "document.querySelector('.pins a').dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))";
    browser.driver.script(script, json!([]));
    assert!(browser.focus().contains("id=\"result-"), "{}", browser.focus());
}

#[test]
fn the_navigator_is_light_and_says_when_there_is_no_index() {
    let browser = Browser::new(Server::sample());
    let weight = browser.weight("/navigator");
    assert!(weight < MOST_BYTES, "{weight} bytes");
    let browser = browser.before(Server::without_index());
    browser.visit("/navigator");
    browser.heading("not ready");
    browser.assert_private();
}
