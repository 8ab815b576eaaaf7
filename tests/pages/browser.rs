//! A browser before a server: going places, touching, typing, looking, and what must hold of every page.

use super::driver::Driver;
use super::server::Server;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long a condition is waited for; only a test that fails waits for so long.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two looks at a condition.
const LOOK_AGAIN: Duration = Duration::from_millis(25);

/// Keys without a letter, as WebDriver writes them.
pub const TAB: &str = "\u{E004}";
pub const ENTER: &str = "\u{E007}";
pub const SPACE: &str = " ";
pub const SHIFT: &str = "\u{E008}";

pub struct Browser {
    pub driver: Driver,
    pub server: Server,
}

impl Browser {
    /// A new browser that has seen nothing, before a server.
    pub fn new(server: Server) -> Self {
        let browser = Self { driver: Driver::start(), server };
        browser.driver.chromium("Emulation.setTouchEmulationEnabled", json!({ "enabled": true }));
        browser.screen("kiosk");
        browser
    }

    /// A browser in which pages run no scripts.
    pub fn without_scripts(server: Server) -> Self {
        let browser = Self::new(server);
        browser.scripts(false);
        browser
    }

    /// The same browser before another server: a new one takes a second to start.
    #[must_use]
    pub fn before(self, server: Server) -> Self {
        // What was asked of the other server is not asked of this one.
        for kind in ["performance", "browser"] {
            self.driver.command("POST", "/se/log", &json!({ "type": kind }));
        }
        Self { server, ..self }
    }

    /// Whether pages run scripts, from the next one on.
    pub fn scripts(&self, run: bool) {
        self.driver.chromium("Emulation.setScriptExecutionDisabled", json!({ "value": !run }));
    }

    // --- going places and doing things -----------------------------------------------------------------------------

    #[track_caller]
    pub fn visit(&self, path: &str) {
        self.driver.command("POST", "/url", &json!({ "url": self.server.url(path) }));
    }

    /// Where the browser is, without the server's own address.
    #[track_caller]
    pub fn path(&self) -> String {
        let url = self.driver.command("GET", "/url", &Value::Null);
        let url = url.as_str().unwrap();
        url.strip_prefix(&self.server.url("")).unwrap_or(url).to_string()
    }

    #[track_caller]
    pub fn back(&self) {
        self.driver.command("POST", "/back", &json!({}));
    }

    /// Touches the first element that the selector finds with a finger, once it is there and nothing lies over it.
    #[track_caller]
    pub fn touch(&self, selector: &str) {
        self.until(&format!("`{selector}` can be touched"), || {
            // In the middle of the screen nothing that stays at its edges lies over it.
            let middle = "
                const found = document.querySelector(arguments[0]);
                if (!found || found.tagName === 'OPTION') return found && 'choice';
                found.scrollIntoView({ block: 'center', behavior: 'instant' });
                const box = (found.closest('label') ?? found).getBoundingClientRect();
                const [x, y] = [box.x + box.width / 2, box.y + box.height / 2].map(Math.round);
                const over = document.elementFromPoint(x, y);
                const same = over && (over.contains(found) || found.contains(over) || over.closest('label')?.contains(found));
                return same ? [x, y] : `${over?.outerHTML.slice(0, 80)} lies over it`;";
            let at = self.driver.script(middle, json!([selector]));
            match &at {
                // A list that drops down is the browser's own.
                Value::String(text) if text == "choice" => {
                    let element = self.driver.find(selector)?;
                    self.driver.try_command("POST", &format!("/element/{element}/click"), &json!({})).map(|_| true)
                }
                Value::Array(at) => self.tap(&at[0], &at[1]),
                other => Err(other.to_string()),
            }
        });
    }

    /// A finger at a place of the screen.
    fn tap(&self, x: &Value, y: &Value) -> Result<bool, String> {
        let finger = json!([{ "type": "pointer", "id": "finger", "parameters": { "pointerType": "touch" }, "actions": [
            { "type": "pointerMove", "duration": 0, "x": x, "y": y },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ] }]);
        self.driver.try_command("POST", "/actions", &json!({ "actions": finger })).map(|_| true)
    }

    /// Types into the first element that the selector finds.
    #[track_caller]
    pub fn type_into(&self, selector: &str, text: &str) {
        self.until(&format!("`{selector}` takes text"), || {
            let element = self.driver.find(selector)?;
            let body = json!({ "text": text });
            self.driver.try_command("POST", &format!("/element/{element}/value"), &body).map(|_| true)
        });
    }

    /// Presses a key, wherever the focus is.
    #[track_caller]
    pub fn press(&self, key: &str) {
        let actions = json!([{ "type": "key", "id": "keyboard", "actions": [
            { "type": "keyDown", "value": key }, { "type": "keyUp", "value": key },
        ] }]);
        self.driver.command("POST", "/actions", &json!({ "actions": actions }));
    }

    /// Goes from one thing to the next with the keyboard alone until the focus is on what the selector finds.
    #[track_caller]
    pub fn tab_to(&self, selector: &str) {
        for _ in 0..200 {
            let script = "return document.activeElement && document.activeElement.matches(arguments[0]);";
            if self.driver.script(script, json!([selector])) == true {
                return;
            }
            self.press(TAB);
        }
        panic!("the keyboard does not reach `{selector}`; the focus is on {}", self.focus());
    }

    /// What has the focus, as its markup begins.
    pub fn focus(&self) -> String {
        let script = "return document.activeElement ? document.activeElement.outerHTML.slice(0, 120) : '';";
        self.driver.script(script, json!([])).as_str().unwrap_or_default().to_string()
    }

    // --- looking ---------------------------------------------------------------------------------------------------

    /// Waits until something holds.
    #[track_caller]
    pub fn until(&self, what: &str, condition: impl Fn() -> Result<bool, String>) {
        let end = Instant::now() + PATIENCE;
        loop {
            let now = condition();
            if now == Ok(true) {
                return;
            }
            if Instant::now() > end {
                let why = now.err().unwrap_or_default();
                panic!("{what}: it never did. {why}\nat {}:\n{}", self.path(), self.text("body"));
            }
            std::thread::sleep(LOOK_AGAIN);
        }
    }

    /// Waits until the selector finds something.
    #[track_caller]
    pub fn see(&self, selector: &str) {
        self.until(&format!("`{selector}` is there"), || self.driver.find(selector).map(|_| true));
    }

    /// Waits until a page with this heading is there.
    #[track_caller]
    pub fn heading(&self, text: &str) {
        self.until(&format!("the heading is `{text}`"), || {
            Ok(self.texts("h1").first().is_some_and(|heading| heading.contains(text)))
        });
    }

    /// The text of the first element that the selector finds, as it is seen.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        self.texts(selector).into_iter().next().unwrap_or_default()
    }

    /// The texts of all elements that the selector finds.
    #[track_caller]
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText ?? e.textContent);";
        let texts = self.driver.script(script, json!([selector]));
        texts.as_array().unwrap().iter().map(|text| text.as_str().unwrap_or_default().trim().to_string()).collect()
    }

    /// How many elements the selector finds.
    #[track_caller]
    pub fn count(&self, selector: &str) -> usize {
        self.texts(selector).len()
    }

    // --- what must hold --------------------------------------------------------------------------------------------

    /// Since the last look: nothing was asked of anybody else, nothing was set down in the browser, every page had the
    /// strict policy and none broke it.
    #[track_caller]
    pub fn assert_private(&self) {
        let origin = self.server.url("/");
        let mut pages = 0;
        let log = self.driver.command("POST", "/se/log", &json!({ "type": "performance" }));
        for entry in log.as_array().unwrap() {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            let (method, parameters) = (&message["message"]["method"], &message["message"]["params"]);
            if method == "Network.requestWillBeSent" {
                let url = parameters["request"]["url"].as_str().unwrap();
                let own = url.starts_with(&origin) || url.starts_with("data:") || url.starts_with("chrome:");
                assert!(own, "a request to {url}");
            }
            if method == "Network.responseReceived" && parameters["type"] == "Document" {
                let headers = parameters["response"]["headers"].as_object().unwrap();
                let header = |name: &str| {
                    let found = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
                    found.and_then(|(_, value)| value.as_str()).unwrap_or_default()
                };
                let policy = header("content-security-policy");
                if parameters["response"]["url"].as_str().unwrap().starts_with(&origin) {
                    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
                    assert_eq!(header("set-cookie"), "");
                    pages += 1;
                }
            }
        }
        assert!(pages > 0, "no page was looked at");
        let console = self.driver.command("POST", "/se/log", &json!({ "type": "browser" }));
        for entry in console.as_array().unwrap() {
            let message = entry["message"].as_str().unwrap();
            assert!(!message.contains("Content Security Policy") && !message.contains("Uncaught"), "{message}");
        }
        let kept = "return [document.cookie, localStorage.length, sessionStorage.length].join();";
        assert_eq!(self.driver.script(kept, json!([])), ",0,0", "something is kept in the browser");
    }

    /// Nothing on the page at an address moves after it was drawn: what a finger is on its way to stays where it is.
    #[track_caller]
    pub fn assert_steady(&self, path: &str) {
        self.visit(path);
        let moved = self.driver.script_that_takes_time(
            "const done = arguments[arguments.length - 1];
             const moved = [];
             new PerformanceObserver((list) => moved.push(...list.getEntries()))
                 .observe({ type: 'layout-shift', buffered: true });
             requestAnimationFrame(() => setTimeout(() => done(moved.flatMap((one) => one.sources.map((source) =>
                 `${one.value}: ${source.node?.outerHTML?.slice(0, 100)}`)))));",
        );
        assert_eq!(moved, json!([]), "{path}");
    }

    /// The size of everything that the page at an address loads, uncompressed, in bytes.
    #[track_caller]
    pub fn weight(&self, path: &str) -> u64 {
        self.visit(path);
        let script = "return performance.getEntries().filter((e) => e.decodedBodySize).map((e) => e.decodedBodySize)
                      .reduce((a, b) => a + b, 0);";
        self.driver.script(script, json!([])).as_u64().unwrap()
    }
}
