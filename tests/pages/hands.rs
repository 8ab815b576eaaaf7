//! What hands do on a form: typing into a field, choosing from a list, giving a file.

use super::browser::Browser;
use serde_json::json;
use std::path::Path;

/// Types a text into a field, in place of what is there.
#[track_caller]
pub fn fill(browser: &Browser, selector: &str, text: &str) {
    browser.until(&format!("`{selector}` can be filled"), || {
        let field = browser.driver.find(selector)?;
        browser.driver.try_command("POST", &format!("/element/{field}/clear"), &json!({}))?;
        browser.driver.try_command("POST", &format!("/element/{field}/value"), &json!({ "text": text }))?;
        Ok(true)
    });
}

/// Types a text wherever the focus is.
#[track_caller]
pub fn type_text(browser: &Browser, text: &str) {
    for letter in text.chars() {
        browser.press(&letter.to_string());
    }
}

/// Gives a file to a field for files.
#[track_caller]
pub fn give(browser: &Browser, selector: &str, file: &Path) {
    let field = browser.driver.find(selector).unwrap();
    let body = json!({ "text": file.display().to_string() });
    browser.driver.command("POST", &format!("/element/{field}/value"), &body);
}

/// The page as it would be printed, in `target/screens`.
#[track_caller]
pub fn on_paper(browser: &Browser, name: &str) {
    browser.screen("desk");
    browser.driver.chromium("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    browser.picture(&format!("{name}-paper"));
    browser.driver.chromium("Emulation.setEmulatedMedia", json!({ "media": "" }));
    browser.screen("kiosk");
}
