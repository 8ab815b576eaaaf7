//! The kiosk in a browser.

use super::browser::{Browser, ENTER, SPACE};
use super::looks::Contrast;
use super::server::{HERE, Server};
use serde_json::json;

/// The first question with everything it loads, uncompressed.
const MOST_BYTES: u64 = 60_000;

/// From the first page to the options, by touch, for somebody who wants to belong.
fn to_options(browser: &Browser) {
    browser.visit("/kiosk");
    browser.touch("a.button[href='/kiosk/en/goals']");
    browser.heading("What matters to you?");
    browser.touch("input[value=belonging]");
    browser.touch(".bar .go");
    browser.heading("Where do you start from?");
    browser.touch("button[value=here]");
    browser.heading("When are you free?");
    browser.touch(".bar .go");
    browser.heading("things you could choose");
}

#[test]
fn by_touch_from_the_language_to_the_sheet() {
    let browser = Browser::new(Server::sample());
    browser.visit("/kiosk");
    browser.assert_accessible("the first page", Contrast::Best);
    browser.pictures("kiosk-start");
    browser.touch(".urgent summary");
    assert!(browser.text(".urgent").contains("116 123"));
    browser.assert_accessible("help now", Contrast::Best);
    browser.pictures("kiosk-help");

    browser.touch("a.button[href='/kiosk/en/goals']");
    browser.heading("What matters to you?");
    assert_eq!(browser.count(".tile"), 44);
    for goal in ["belonging", "get_fit", "share_a_good_meal", "make_music", "new_friends", "have_fun"] {
        browser.touch(&format!("input[value={goal}]"));
    }
    assert_eq!(browser.text(".chosen"), "Five chosen. That is all for now.");
    assert_eq!(browser.count(".tile :checked"), 5, "the sixth is not taken");
    browser.touch("input[value=new_friends]");
    browser.touch("input[value=make_music]");
    browser.type_into("#words", "somewhere to sleep");
    browser.assert_accessible("what matters", Contrast::Best);
    browser.pictures("kiosk-goals");

    browser.touch(".bar .go");
    browser.heading("Where do you start from?");
    assert!(browser.text(".here").contains(HERE));
    browser.touch(".bar .go");
    browser.until("the page says what is missing", || Ok(browser.text("#wrong").contains("Type a postcode or a town")));
    browser.assert_accessible("a missing place", Contrast::Best);
    for key in ["M", "1", "4", "back", "space", "4", "B", "T"] {
        browser.touch(&format!(".keyboard button[value='{key}']"));
    }
    let typed = browser.driver.script("return document.getElementById('near').value", json!([]));
    assert_eq!(typed, "M1 4BT");
    browser.pictures("kiosk-where");
    browser.touch(".bar .go");

    browser.heading("When are you free?");
    browser.touch("input[value=evening]");
    browser.touch("input[value=weekend]");
    browser.assert_accessible("when", Contrast::Best);
    browser.pictures("kiosk-when");
    browser.touch(".bar .go");

    browser.heading("4 things you could choose");
    assert_eq!(browser.count(".card"), 4);
    assert!(browser.text(".asked").contains("Near M1 4BT"), "{}", browser.text(".asked"));
    assert!(browser.text(".asked").contains("Weekday evenings, Weekends"), "{}", browser.text(".asked"));
    browser.assert_accessible("options", Contrast::Best);
    browser.pictures("kiosk-options");

    // Not this one: another comes in its place.
    let first = browser.text(".card h2");
    browser.touch(".card button[name=not]");
    browser.until("the first option is gone", || Ok(!browser.texts(".card h2").contains(&first)));
    assert_eq!(browser.count(".card"), 4);
    browser.touch("button[name=shown]");
    browser.until("there are eight", || Ok(browser.count(".card") == 8));
    browser.touch("button[name=shown][value='4']");
    browser.until("there are four", || Ok(browser.count(".card") == 4));

    // One answer is changed; the others stay, and so does what was waved away.
    browser.touch("button[name=changing][formaction$='/where']");
    browser.heading("Where do you start from?");
    browser.touch("input[value=any]");
    browser.touch("button[value=nowhere]");
    browser.until("the options come next", || Ok(browser.text(".asked").contains("Anywhere")));
    assert!(browser.text(".asked").contains("Weekday evenings, Weekends"));
    assert!(!browser.texts(".card h2").contains(&first));

    let chosen = browser.texts(".card h2")[..2].to_vec();
    browser.touch(".card:nth-of-type(1) button[name=take]");
    browser.until("one is on the sheet", || Ok(browser.count("button.on-sheet") == 1));
    assert!(browser.focus().contains("on-sheet"), "the focus stays: {}", browser.focus());
    browser.touch(".card:nth-of-type(2) button[name=take]");
    browser.until("two are on the sheet", || Ok(browser.text(".bar .go").contains('2')));
    browser.touch(".bar .go");
    browser.heading("My sheet");
    assert_eq!(browser.texts(".card h2"), chosen);
    let address = browser.text(".address");
    assert!(address.starts_with("https://signpost.example.org/list?ids="), "{address}");
    browser.assert_accessible("the sheet", Contrast::Best);
    browser.pictures("kiosk-sheet");
    browser.driver.chromium("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    browser.picture("kiosk-sheet-print");
    for hidden in [".top", ".bar", ".urgent", ".end", ".card button"] {
        let shown = "const e = document.querySelector(arguments[0]); return !!(e && e.offsetParent);";
        assert_eq!(browser.driver.script(shown, json!([hidden])), false, "{hidden} is on paper");
    }
    assert!(browser.text("main").contains("Samaritans, 116 123"));
    browser.driver.chromium("Emulation.setEmulatedMedia", json!({ "media": "" }));

    // Nothing of it stood in an address, and where the code leads is public.
    assert_eq!(browser.path(), "/kiosk/en/goals");
    browser.assert_private();
    browser.touch("#finish");
    browser.heading("All clear");
    browser.assert_accessible("all clear", Contrast::Best);
    browser.pictures("kiosk-finished");
    browser.back();
    browser.until("the way back leads to the first page", || Ok(browser.path() == "/kiosk"));
    browser.visit(address.strip_prefix("https://signpost.example.org").unwrap());
    assert_eq!(browser.texts("main h2"), chosen);
    browser.assert_accessible("the list", Contrast::Good);
    browser.pictures("list");
    browser.assert_private();
}

#[test]
fn by_the_keyboard_alone() {
    let browser = Browser::new(Server::sample());
    browser.visit("/kiosk");
    browser.tab_to("a[href='/kiosk/en/goals']");
    browser.press(ENTER);
    browser.heading("What matters to you?");
    browser.tab_to("input[value=get_fit]");
    browser.press(SPACE);
    browser.tab_to("#words");
    // Enter goes on, and does not change the language.
    browser.press(ENTER);
    browser.heading("Where do you start from?");
    assert!(browser.focus().starts_with("<h1"), "the new page is read from its heading: {}", browser.focus());
    browser.tab_to("#near");
    for letter in ["b", "o", "l", "t", "o", "n"] {
        browser.press(letter);
    }
    browser.press(ENTER);
    browser.heading("When are you free?");
    browser.tab_to(".bar .go");
    browser.press(ENTER);
    browser.heading("things you could choose");
    assert!(browser.text(".asked").contains("Near Bolton"));
    browser.tab_to("button[name=take]");
    browser.press(ENTER);
    browser.until("it is on the sheet", || Ok(browser.count("button.on-sheet") == 1));
    browser.tab_to(".bar .go");
    browser.press(ENTER);
    browser.heading("My sheet");
    browser.assert_private();
}

#[test]
fn without_scripts() {
    let browser = Browser::without_scripts(Server::sample());
    browser.visit("/kiosk");
    browser.touch("a.button[href='/kiosk/en/goals']");
    browser.heading("What matters to you?");
    browser.touch(".bar .go");
    browser.until("the page says what is missing", || Ok(browser.text("#wrong").contains("Touch at least one")));
    browser.touch("input[value=belonging]");
    browser.touch(".keys summary");
    browser.touch("button[name=words_key][value=A]");
    browser.see("#words[value=a]");
    browser.touch("button[name=words_key][value=back]");
    browser.see("#words[value='']");
    browser.touch(".bar .go");
    browser.heading("Where do you start from?");
    for key in ["M", "1"] {
        browser.touch(&format!("button[name=near_key][value='{key}']"));
    }
    browser.see("#near[value=M1]");
    browser.touch(".bar .go");
    browser.heading("When are you free?");
    browser.touch(".bar .go");
    browser.heading("things you could choose");
    browser.touch("button[name=take]");
    browser.see("button.on-sheet");
    browser.touch(".quiet-button[lang=cy]");
    browser.heading("allech chi eu dewis");
    browser.touch(".bar .go");
    browser.heading("Fy nhaflen");
    assert_eq!(browser.count(".card"), 1);
    // Left alone, it is cleared by the page itself.
    let refresh = "return document.querySelector('noscript meta[http-equiv=refresh]').content";
    assert_eq!(browser.driver.script(refresh, json!([])), "80; url=/kiosk");
    assert_eq!(browser.path(), "/kiosk/cy/sheet");
    browser.assert_private();

    browser.touch("#finish");
    browser.heading("Popeth wedi'i glirio");
    // What the browser has of it is only the form that was sent, which it does not show.
    browser.back();
    browser.until("the way back shows nothing of it", || Ok(!browser.text("body").contains("Fy nhaflen")));
}

#[test]
fn a_page_that_is_left_alone_is_cleared_and_does_not_come_back() {
    let browser = Browser::new(Server::sample());
    let wait = |seconds: u32| {
        let script = "const now = kiosk.now(); kiosk.now = () => now + arguments[0] * 1000; kiosk.look();";
        browser.driver.script(script, json!([seconds]));
    };
    let is_asking = || browser.driver.script("return document.getElementById('still').open", json!([])) == true;
    to_options(&browser);
    wait(59);
    assert!(!is_asking());
    wait(2);
    assert!(is_asking());
    assert!(browser.text("#seconds").parse::<u32>().unwrap() <= 20);
    browser.assert_accessible("are you still there", Contrast::Best);
    browser.pictures("kiosk-still-there");
    browser.press(ENTER);
    browser.until("it asks no more", || Ok(!is_asking()));
    assert_eq!(browser.count(".card"), 4, "whoever is there goes on");

    wait(61);
    assert!(is_asking());
    wait(20);
    browser.until("the kiosk begins again", || Ok(browser.path() == "/kiosk" && browser.count("h1") == 1));
    for _ in 0..3 {
        browser.back();
        browser.until("there is a page", || Ok(browser.count("body") == 1));
        let text = browser.text("body");
        assert!(!text.contains("could choose") && !text.contains(HERE), "{}: {text}", browser.path());
    }
    browser.assert_private();
}

#[test]
fn in_welsh_and_from_right_to_left() {
    let browser = Browser::new(Server::sample());
    for (code, name) in [("cy", "welsh"), ("mirrored", "mirrored")] {
        browser.visit(&format!("/kiosk/{code}/goals"));
        browser.see(".tile");
        browser.assert_accessible(&format!("goals, {name}"), Contrast::Best);
        browser.pictures(&format!("kiosk-goals-{name}"));
        browser.touch("input[value=belonging]");
        browser.touch(".bar .go");
        browser.touch("button[value=here]");
        browser.see("input[value=evening]");
        browser.touch(".bar .go");
        browser.see(".card");
        browser.assert_accessible(&format!("options, {name}"), Contrast::Best);
        browser.pictures(&format!("kiosk-options-{name}"));
        browser.touch("button[name=take]");
        browser.see("button.on-sheet");
        browser.touch(".bar .go");
        browser.see(".code svg");
        browser.assert_accessible(&format!("sheet, {name}"), Contrast::Best);
        browser.pictures(&format!("kiosk-sheet-{name}"));
    }
    browser.see("html[dir=rtl]");

    // The language is changed on the way, and nothing is lost.
    to_options(&browser);
    let cards = browser.texts(".card h2");
    browser.touch(".quiet-button[lang=cy]");
    browser.heading("allech chi eu dewis");
    assert_eq!(browser.texts(".card h2"), cards);
    assert!(browser.text(".asked").contains("Rwyf eisiau perthyn i rywle"), "{}", browser.text(".asked"));
    browser.see("html[lang=cy]");
    browser.assert_private();
}

#[test]
fn words_of_a_crisis_bring_help_first_on_every_page_that_follows() {
    let browser = Browser::new(Server::sample());
    browser.visit("/kiosk/en/goals");
    browser.type_into("#words", "I want to end it all");
    browser.touch(".bar .go");
    browser.heading("Where do you start from?");
    assert!(browser.text(".alarm").contains("116 123"), "{}", browser.text(".alarm"));
    browser.assert_accessible("help in a crisis", Contrast::Best);
    browser.pictures("kiosk-crisis");
    browser.touch("button[value=here]");
    browser.heading("When are you free?");
    browser.touch(".bar .go");
    browser.see(".card");
    assert!(browser.text(".alarm").contains("116 123"));
    assert!(!browser.text("main").contains("end it all"), "nobody is shown such words again");
    // In Welsh, with the English of the directory's list under it.
    browser.touch(".quiet-button[lang=cy]");
    browser.heading("allech chi eu dewis");
    let alarm = browser.text(".alarm");
    assert!(alarm.contains("Rydych chi'n bwysig") && alarm.contains("You matter"), "{alarm}");
    browser.assert_accessible("help in a crisis, in Welsh", Contrast::Best);
    browser.pictures("kiosk-crisis-welsh");
}

#[test]
fn without_an_index_it_says_so_kindly_and_has_the_numbers() {
    let browser = Browser::new(Server::without_index());
    browser.visit("/kiosk");
    browser.heading("What matters to you?");
    browser.touch("a.button[href='/kiosk/cy/goals']");
    browser.heading("ddim yn barod eto");
    for (path, heading) in [("/kiosk/en/goals", "not ready yet"), ("/kiosk/mirrored/goals", "")] {
        browser.visit(path);
        browser.heading(heading);
        let help = browser.text(".urgent");
        assert!(["999", "111", "116 123"].iter().all(|number| help.contains(number)), "{help}");
        browser.assert_accessible("no index", Contrast::Best);
    }
    browser.pictures("kiosk-no-index");
}

#[test]
fn the_first_question_is_light() {
    let browser = Browser::new(Server::sample());
    let bytes = browser.weight("/kiosk/en/goals");
    assert!(bytes > 10_000, "{bytes}: not everything was counted");
    assert!(bytes < MOST_BYTES, "{bytes} bytes");
}
