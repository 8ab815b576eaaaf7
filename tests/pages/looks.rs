//! How a page looks: on each screen, in each scheme of colours, and to axe-core.

use super::browser::Browser;
use super::{base64, tools};
use serde_json::{Value, json};

/// The screens on which pages are looked at: the kiosk's, a worker's, a phone's.
const SCREENS: [(&str, u32, u32); 3] = [("kiosk", 1080, 1920), ("desk", 1366, 768), ("phone", 390, 844)];

/// The schemes that a person may have set, each with what the browser then says to pages.
const SCHEMES: [(&str, &[(&str, &str)]); 5] = [
    ("light", &[]),
    ("dark", &[("prefers-color-scheme", "dark")]),
    ("contrast", &[("prefers-contrast", "more")]),
    ("dark-contrast", &[("prefers-color-scheme", "dark"), ("prefers-contrast", "more")]),
    ("forced", &[("forced-colors", "active")]),
];

/// The schemes in which the page has its own colours; where they are forced, the system sees to contrast.
const OWN_COLOURS: [&str; 4] = ["light", "dark", "contrast", "dark-contrast"];

/// The rules of axe that pages are held to: WCAG 2.2, A and AA.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// Those of them that look at colours: the others say the same in every scheme.
const COLOUR_RULES: [&str; 2] = ["color-contrast", "link-in-text-block"];

/// The rule of AAA for contrast.
const BEST_CONTRAST: &str = "color-contrast-enhanced";

/// With this set to `all`, pictures are made in every scheme on every screen; else every scheme on one screen and light on
/// all, which is as much as one wants to wait for.
const ALL: &str = "SIGNPOST_SCREENS";

/// The schemes in which pictures of each screen are made.
const PICTURED: [(&str, &[&str]); 3] =
    [("kiosk", &["light", "dark-contrast"]), ("desk", &["light", "contrast", "forced"]), ("phone", &["light", "dark"])];

/// The longest page that a picture shows whole, px.
const LONGEST_PICTURE: f64 = 6000.0;

/// How much contrast text has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Contrast {
    /// 4.5:1, as WCAG AA has it.
    Good,
    /// 7:1, as AAA has it: the kiosk.
    Best,
}

impl Browser {
    /// No rule of accessibility is broken, in any scheme of colours.
    #[track_caller]
    pub fn assert_accessible(&self, what: &str, contrast: Contrast) {
        for scheme in OWN_COLOURS {
            self.scheme(scheme);
            let best = contrast == Contrast::Best;
            let only = match scheme {
                "light" => json!({ "type": "tag", "values": RULES }),
                _ => {
                    let more = best.then_some(BEST_CONTRAST);
                    json!({ "type": "rule", "values": COLOUR_RULES.into_iter().chain(more).collect::<Vec<_>>() })
                }
            };
            let rules = if scheme == "light" { json!({ BEST_CONTRAST: { "enabled": best } }) } else { json!({}) };
            let found = self.axe(&json!({ "runOnly": only, "rules": rules, "resultTypes": ["violations"] }));
            assert!(found.is_empty(), "{what}, {scheme}:\n{}", found.join("\n"));
        }
        self.scheme("light");
    }

    /// What axe finds wrong with the page.
    #[track_caller]
    fn axe(&self, options: &Value) -> Vec<String> {
        if self.driver.script("return typeof axe", json!([])) != "object" {
            self.driver.script(tools::axe(), json!([]));
            // Inside the driver's function the name is local to it.
            assert_eq!(self.driver.script("return typeof axe", json!([])), "object", "axe is there");
        }
        let found = self.driver.script_that_takes_time(&format!(
            "const done = arguments[arguments.length - 1];
             axe.run(document, {options}).then((found) => done(found.violations.map((rule) =>
                 `${{rule.id}}: ${{rule.help}}\\n` + rule.nodes.map((node) =>
                     `    ${{node.target}} ${{node.html.slice(0, 160)}} ${{node.failureSummary}}`).join('\\n'))),
                 (error) => done([String(error)]));"
        ));
        found.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_string).collect()
    }

    /// Another screen.
    #[track_caller]
    pub fn screen(&self, name: &str) {
        let (_, width, height) = SCREENS.into_iter().find(|(known, ..)| *known == name).unwrap();
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.driver.chromium("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Another scheme of colours.
    #[track_caller]
    pub fn scheme(&self, name: &str) {
        let (_, features) = SCHEMES.into_iter().find(|(known, _)| *known == name).unwrap();
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.driver.chromium("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// Pictures of the whole page as it is, on each screen and in each scheme, in `target/screens`. Nothing may stick out
    /// to the side, and what is touched is large enough.
    #[track_caller]
    pub fn pictures(&self, name: &str) {
        for (screen, ..) in SCREENS {
            self.screen(screen);
            self.driver.script("scrollTo(0, 0)", json!([]));
            let out = self.sticking_out();
            assert!(out.is_empty(), "{name} is wider than the screen `{screen}`: {out:#?}");
            let small = self.small_targets();
            assert!(small.is_empty(), "{name} on `{screen}` has targets below 44 px: {small:#?}");
            let (_, pictured) = PICTURED.into_iter().find(|(known, _)| *known == screen).unwrap();
            let all = std::env::var(ALL).is_ok_and(|value| value == "all");
            for (scheme, _) in SCHEMES.into_iter().filter(|(scheme, _)| all || pictured.contains(scheme)) {
                self.scheme(scheme);
                self.whole_picture(&format!("{name}-{screen}-{scheme}"));
            }
            self.scheme("light");
        }
        self.screen("kiosk");
    }

    /// What makes the page wider than the screen.
    #[track_caller]
    fn sticking_out(&self) -> Vec<String> {
        let script = "
            const page = document.documentElement;
            if (page.scrollWidth <= page.clientWidth) return [];
            const out = [...document.body.querySelectorAll('*')].filter((e) => {
                const box = e.getBoundingClientRect();
                return box.right > page.clientWidth + 0.5 || box.left < -0.5;
            });
            return [`${page.scrollWidth} > ${page.clientWidth}`, ...out.map((e) => e.outerHTML.slice(0, 120))];";
        let found = self.driver.script(script, json!([]));
        found.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_string).collect()
    }

    /// What can be touched and is less than 44 px high or wide. Links within a sentence are as high as it.
    #[track_caller]
    fn small_targets(&self) -> Vec<String> {
        let script = "
            const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.unseen, .skip, svg');
            const all = document.querySelectorAll('a[href], button, summary, select, input:not([type=hidden])');
            return [...all].filter(seen).map((e) => {
                const target = e.closest('label') ?? e;
                const box = target.getBoundingClientRect();
                const inText = e.tagName === 'A' && getComputedStyle(e).display === 'inline';
                return inText || box.width === 0 || (box.height >= 43.5 && box.width >= 43.5) ? null
                    : `${Math.round(box.width)} x ${Math.round(box.height)}: ${e.outerHTML.slice(0, 120)}`;
            }).filter(Boolean);";
        let found = self.driver.script(script, json!([]));
        found.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_string).collect()
    }

    /// A picture of the page from top to bottom.
    #[track_caller]
    fn whole_picture(&self, name: &str) {
        let size = "return [document.documentElement.scrollWidth, document.documentElement.scrollHeight];";
        let size = self.driver.script(size, json!([]));
        let height = size[1].as_f64().unwrap().min(LONGEST_PICTURE);
        let clip = json!({ "x": 0, "y": 0, "width": size[0], "height": height, "scale": 1 });
        let asked = json!({ "format": "png", "optimizeForSpeed": true, "captureBeyondViewport": true, "clip": clip });
        let shot = self.driver.chromium("Page.captureScreenshot", asked);
        keep(name, shot["data"].as_str().unwrap());
    }

    /// A picture of what is on the screen.
    #[track_caller]
    pub fn picture(&self, name: &str) {
        let shot = self.driver.command("GET", "/screenshot", &Value::Null);
        keep(name, shot.as_str().unwrap());
    }
}

fn keep(name: &str, picture: &str) {
    let folder = tools::target().join("screens");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.png")), base64::decode(picture)).unwrap();
}
