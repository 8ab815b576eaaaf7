use super::browser::{Browser, ENTER, SHIFT, TAB};
use super::looks::Contrast;
use super::server::Server;

/// Uncompressed, with styles and scripts.
const MOST_BYTES: u64 = 60_000;

#[test]
fn the_plain_pages_are_accessible_and_private_in_both_languages_and_mirrored() {
    let browser = Browser::new(Server::sample());
    for (path, name) in [("/", "home"), ("/about", "about"), ("/api/docs", "docs"), ("/nowhere", "sorry")] {
        browser.visit(path);
        assert_eq!(browser.count("h1"), 1, "{path}");
        browser.assert_accessible(path, Contrast::Good);
        browser.assert_private();
        browser.pictures(name);
    }
    browser.visit("/");
    browser.touch("a.language[lang=cy]");
    browser.heading("Gweld beth sydd ar gael");
    assert_eq!(browser.path(), "/?lang=cy");
    browser.assert_accessible("the first page in Welsh", Contrast::Good);
    browser.touch(".top a[href^='/about']");
    browser.heading("Ynghylch Signpost");

    browser.visit("/?lang=mirrored");
    browser.see("html[dir=rtl]");
    browser.assert_accessible("the first page mirrored", Contrast::Good);
    browser.pictures("home-mirrored");
    browser.assert_private();
    assert!(browser.weight("/") < MOST_BYTES);
}

#[test]
fn the_keyboard_alone_skips_to_the_content_and_goes_through_a_door() {
    let browser = Browser::new(Server::without_index());
    browser.visit("/");
    browser.press(TAB);
    assert!(browser.focus().contains("class=\"skip\""), "{}", browser.focus());
    browser.press(ENTER);
    assert!(browser.focus().contains("id=\"main\""), "{}", browser.focus());
    browser.tab_to("main a[href='/health/ready']");
    browser.visit("/");
    browser.tab_to(".top a[href='/about']");
    browser.press(ENTER);
    browser.heading("About Signpost");
}

#[test]
fn the_way_out_leaves_no_way_back() {
    let browser = Browser::new(Server::without_index());
    let leave_by_touch = || browser.touch("#leave");
    let leave_by_keyboard = || (0..3).for_each(|_| browser.press(SHIFT));
    for leave in [&leave_by_touch as &dyn Fn(), &leave_by_keyboard] {
        browser.visit("/about");
        browser.visit("/problems/not-found");
        leave();
        browser.until("the browser is on the first page", || Ok(browser.path() == "/"));
        browser.back();
        browser.until("the page that was left is not there", || Ok(browser.path() == "/about"));
    }

    browser.scripts(false);
    browser.visit("/about");
    browser.touch("#leave");
    browser.until("the browser is on the first page", || Ok(browser.path() == "/"));
}
