//! Chosen options in, a plan on one page out: as JSON, and as a page to print and sign.

use super::site::{Answer, Site};
use crate::fixture::Folder;
use axum::body::Body;
use axum::http::Request;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

const PLAN: &str = "/api/v1/plan";

fn post(site: &Site, plan: &Value) -> Answer {
    site.post(PLAN, plan.to_string())
}

fn page(site: &Site, plan: &Value) -> Answer {
    accepting(site, "text/html", plan)
}

fn accepting(site: &Site, accept: &str, plan: &Value) -> Answer {
    let request = Request::post(PLAN).header("content-type", "application/json").header("accept", accept);
    site.ask(request.body(Body::from(plan.to_string())).unwrap())
}

fn one(option: Value) -> Value {
    json!({"options": [option]})
}

/// Four options for three goals, two funds.
fn chosen() -> Value {
    json!({"options": [
        {
            "service": "allotment-mornings", "goal": "outside_more",
            "session": {"location_id": "station-allotments", "opening_hours": "Tu,Sa 10:00-13:00"},
            "first_step": "Sam and I go together on Saturday",
            "ask": {"fund": "fresh-start", "amount": 24.5, "for": "kit", "reason": "Boots that keep the wet out"},
        },
        {
            "service": "housing-advice", "goal_words": "a place of my own",
            "session": {"opening_hours": "Mo-Fr 17:00-19:00"},
            "ask": {"fund": "fresh-start", "amount": 140, "for": "id", "reason": "A birth certificate for the tenancy"},
        },
        {
            "service": "women-together", "goal": "belonging", "first_step": "Ring on Monday",
            "ask": {"fund": "womens-fund", "amount": 19.99, "for": "childcare", "reason": "Wednesday evenings in December"},
        },
        {"service": "night-line", "goal_words": "A place of my own", "first_step": "Keep the number in my phone"},
    ]})
}

#[test]
fn a_plan_names_what_was_chosen_under_its_goals_and_adds_up_what_each_fund_is_asked() {
    let answer = post(&Site::minimal(), &chosen());
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    let mut plan = answer.json();
    assert!(plan["generation"].take().as_str().unwrap().starts_with("gen-"));
    insta::assert_json_snapshot!(plan);
}

#[test]
fn the_page_is_the_same_plan_to_print_and_sign() {
    let answer = page(&Site::minimal(), &chosen());
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "text/html; charset=utf-8"));
    // What is around the plan is that of every page.
    let (_, rest) = answer.text().split_once("<main ").unwrap();
    insta::assert_snapshot!(rest.split_once("</main>").unwrap().0);
}

#[test]
fn a_plan_is_in_welsh_where_that_is_asked_for_and_own_words_stay_as_they_are() {
    let site = Site::minimal();
    for accept in ["application/json", "text/html"] {
        let request = Request::post(PLAN)
            .header("content-type", "application/json")
            .header("accept", accept)
            .header("accept-language", "cy, en;q=0.5");
        let answer = site.ask(request.body(Body::from(chosen().to_string())).unwrap());
        assert_eq!((answer.header("content-language"), answer.header("vary")), ("cy", "accept, accept-language"));
        for said in [
            "dydd Mawrth 24 Tachwedd, tan 1yp",
            "Dydd Mawrth a dydd Sadwrn 10yb i 1yp",
            "Dros y ffôn",
            "Byddan nhw&#39;n dweud wrthych chi ble",
            "Mae £164.50 yn fwy na&#39;r £150 y gall ei dalu",
            "Does dim o&#39;r daflen hon yn cael ei gadw",
            "Sam and I go together on Saturday",
            "a place of my own",
        ] {
            let said = if accept == "text/html" { said.to_string() } else { said.replace("&#39;", "'") };
            assert!(answer.text().contains(&said), "`{said}` is not in {}", answer.text());
        }
        for english in ["until 1pm", "By phone", "Nothing on this sheet", "Nobody has confirmed"] {
            assert!(!answer.text().contains(english), "`{english}` is in {}", answer.text());
        }
    }
}

#[test]
fn a_page_is_for_everyone_to_read_and_asks_nobody_else() {
    let page = page(&Site::minimal(), &chosen());
    let text = page.text();
    assert!(text.contains("<html lang=\"en-GB\" ") && text.matches("<h1>").count() == 1);
    assert_eq!(text.matches("<table>").count(), text.matches("<caption>").count());
    for trace in ["src=\"http", "href=\"http", "<script>", "style=\"", "<style", "@import", "url("] {
        assert!(!text.contains(trace), "{trace}");
    }
}

#[test]
fn each_mistake_names_its_field_and_its_cure() {
    let site = Site::minimal();
    let with = |field: &str, value: Value| {
        let mut option = json!({"service": "allotment-mornings", "goal": "belonging"});
        option[field] = value;
        one(option)
    };
    let ask = |field: &str, value: Value| {
        let mut ask = json!({"fund": "fresh-start", "amount": 10, "for": "travel", "reason": "Fares"});
        ask[field] = value;
        with("ask", ask)
    };
    let third = json!({"service": "night-line", "goal": "belonging"});
    let in_third = json!({"options": [third, third, {
        "service": "night-lime", "goal": "belongings",
        "ask": {"fund": "fresh-strat", "amount": -1, "for": "rent", "reason": ""},
    }]});
    let mut told = String::new();
    for (what, plan) in [
        ("no options", json!({})),
        ("thirteen options", json!({"options": vec![third.clone(); 13]})),
        ("nothing said", one(json!({}))),
        ("a service of no kind", with("service", json!("zzzzzz"))),
        ("a service nearly right", with("service", json!("Allotment-morning"))),
        ("no such place", with("session", json!({"location_id": "doorway-office"}))),
        ("no such hours", with("session", json!({"opening_hours": "Mo 10:00-12:00"}))),
        ("a goal nearly right", with("goal", json!("belongin"))),
        ("a goal of no kind", with("goal", json!("zzz"))),
        ("code and words", with("goal_words", json!("friends"))),
        ("no words", one(json!({"service": "night-line", "goal_words": "  "}))),
        ("201 characters", one(json!({"service": "night-line", "goal_words": "a".repeat(201)}))),
        ("a first step of 301 characters", with("first_step", json!("a".repeat(301)))),
        ("characters that cannot be seen", with("first_step", json!("ring\u{202e} them"))),
        ("an empty request", with("ask", json!({}))),
        ("a fund of no kind", ask("fund", json!("zzzzzz"))),
        ("a fund nearly right", ask("fund", json!("freshstart"))),
        ("nothing asked", ask("amount", json!(0))),
        ("less than nothing asked", ask("amount", json!(-5))),
        ("too much asked", ask("amount", json!(10_000.01))),
        ("parts of a penny", ask("amount", json!(9.995))),
        ("an amount as text", ask("amount", json!("10"))),
        ("for nothing that is paid", ask("for", json!("rent"))),
        ("a reason of 301 characters", ask("reason", json!("a".repeat(301)))),
        ("a name", with("name", json!("Alex"))),
        ("a field nearly right", with("frist_step", json!("ring"))),
        ("all at once", in_third),
    ] {
        let answer = post(&site, &plan);
        answer.problem();
        told += &format!("{what}\n");
        for error in answer.json()["errors"].as_array().unwrap() {
            let part = |key: &str| error[key].as_str().unwrap().to_string();
            told += &format!("    {} {}: {}\n", part("field"), part("kind"), part("message"));
            told += &format!("        {}\n", part("help"));
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn what_may_be_in_the_way_is_said() {
    let folder = Folder::minimal()
        .replace_in("services.csv", "We dig, plant and drink tea.\",active", "We dig, plant and drink tea.\",paused")
        .replace_in("services.csv", "people who listen.\",active", "people who listen.\",closed")
        .replace_in("services.csv", "group,open,,,,2026-10-01", "group,full,,,No tools until May,2024-10-01")
        .replace_in("sessions.csv", "2026-03-01,2026-11-30", "2026-03-01,2026-10-31")
        .replace_in("funds.csv", "Ask your worker,active", "Ask your worker,paused")
        .replace_in("funds.csv", "greater-manchester,300", "greater-manchester,");
    let site = Site::over(folder);
    let ask =
        |fund: &str, purpose: &str, amount: f64| json!({"fund": fund, "for": purpose, "amount": amount, "reason": "x"});
    let plan = json!({"options": [
        {"service": "allotment-mornings", "goal": "belonging", "ask": ask("fresh-start", "cost", 100.0)},
        {"service": "housing-advice", "goal": "own_home",
         "ask": ask("fresh-start", "childcare", 50.01)},
        {"service": "women-together", "goal": "belonging", "ask": ask("womens-fund", "cost", 5.0)},
        {"service": "night-line", "goal": "belonging"},
    ]});
    let plan = post(&site, &plan).json();
    let mut told = String::new();
    let mut tell = |about: &Value, warnings: &Value| {
        told += &format!("{}\n", about.as_str().unwrap());
        for warning in warnings.as_array().unwrap() {
            told += &format!("    {}: {}\n", warning["field"].as_str().unwrap(), warning["text"].as_str().unwrap());
        }
    };
    for option in plan["goals"].as_array().unwrap().iter().flat_map(|goal| goal["options"].as_array().unwrap()) {
        tell(&option["service"]["name"], &option["warnings"]);
    }
    for fund in plan["funds"].as_array().unwrap() {
        tell(&fund["name"], &fund["warnings"]);
        for request in fund["requests"].as_array().unwrap() {
            tell(&request["service"], &request["warnings"]);
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_confidential_address_is_on_no_sheet_and_no_guess_of_it_is_confirmed() {
    let site = Site::minimal();
    let plan = one(json!({"service": "women-together", "goal": "belonging"}));
    let (json, page) = (post(&site, &plan), page(&site, &plan));
    for text in [json.text(), page.text()] {
        assert!(text.contains("They will tell you where"), "{text}");
        for trace in ["M14", "53.45", "-2.218", "brightwater-house", "Brightwater house"] {
            assert!(!text.contains(trace), "{trace}: {text}");
        }
    }
    let guess = |id: &str| {
        let plan = json!({"service": "women-together", "goal": "belonging", "session": {"location_id": id}});
        post(&site, &one(plan)).text().to_string()
    };
    assert_eq!(guess("brightwater-house"), guess("nowhere-at-all"));
    assert!(!guess("brightwater-hous").contains("brightwater-house"));
}

#[test]
fn what_goes_home_says_nothing_of_who_else_is_on_site() {
    assert!(!post(&Site::minimal(), &chosen()).text().contains("under_18s"));
}

#[test]
fn what_people_write_is_text_and_never_markup() {
    const SCRIPT: &str = "<script>alert(1)</script>";
    let folder = Folder::minimal()
        .replace_in("services.csv", "Allotment mornings", SCRIPT)
        .replace_in("locations.csv", "Bus 42 stops outside", "<img src=x onerror=alert(1)>")
        .replace_in("funds.csv", "Ask your worker", "\"<a href=\"\"javascript:alert(1)\"\">Ask</a>\"");
    let site = Site::over(folder);
    let ask = json!({"fund": "fresh-start", "amount": 5, "for": "kit", "reason": "\"><script>alert(2)</script>"});
    let plan = one(json!({
        "service": "allotment-mornings", "goal_words": "</h2><script>", "first_step": SCRIPT, "ask": ask,
    }));
    let page = page(&site, &plan);
    assert_eq!(page.status, 200, "{}", page.text());
    for markup in ["<script>", "<img", "href=\"javascript", "</h2></h2>"] {
        assert!(!page.text().contains(markup), "{markup}: {}", page.text());
    }
    assert_eq!(page.text().matches("&#60;script&#62;alert(1)").count(), 3, "{}", page.text());
}

#[test]
fn the_form_that_is_wanted_most_is_given() {
    let site = Site::minimal();
    for (accept, given) in [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/html;q=0.5, application/json", "application/json"),
        ("text/*", "text/html; charset=utf-8"),
    ] {
        let answer = accepting(&site, accept, &chosen());
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, given), "{accept}");
        assert!(answer.header("vary").contains("accept"));
        assert_eq!((answer.header("cache-control"), answer.header("etag")), ("no-store", ""), "{accept}");
    }
    assert_eq!(accepting(&site, "text/csv", &chosen()).problem(), "406 /problems/not-acceptable");
    let mistaken = accepting(&site, "text/html", &json!({}));
    assert_eq!(mistaken.problem(), "400 /problems/invalid-question options missing");
    assert_eq!(mistaken.header("cache-control"), "no-store");
}

#[test]
fn a_cry_for_help_is_answered_first() {
    let site = Site::minimal();
    let plan = one(json!({"service": "night-line", "goal_words": "not want to end it all"}));
    assert_eq!(post(&site, &plan).json()["crisis"][0]["phone"], "116 123");
    assert!(page(&site, &plan).text().contains("You can talk to someone now, day or night."));
}

#[test]
fn without_a_first_step_there_is_a_line_to_write_on() {
    let site = Site::minimal();
    let plan = one(json!({"service": "night-line", "goal": "belonging"}));
    let text = page(&site, &plan).text().to_string();
    assert!(text.contains("<dt>First step</dt><dd><span class=\"line\"></span></dd>"), "{text}");
    assert!(!text.contains("Money we ask for"));
}

static SITE: LazyLock<std::sync::Mutex<Site>> = LazyLock::new(|| std::sync::Mutex::new(Site::minimal()));

fn pence(pounds: &Value) -> u64 {
    (pounds.as_f64().unwrap() * 100.0).round() as u64
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// What a fund is asked in all is the sum of the amounts to the penny, and held against its limit as it stands.
    #[test]
    fn totals_are_exact(asks in prop::collection::vec(prop::option::of((any::<bool>(), 1..=1_000_000_u64)), 1..=12),
                        small in any::<bool>()) {
        let amounts: Vec<Option<(&str, u64)>> = asks.into_iter().map(|ask| {
            let (women, amount) = ask?;
            // Small amounts, so that totals come near the limits.
            let amount = if small { amount % 3_000 + 1 } else { amount };
            Some((if women { "womens-fund" } else { "fresh-start" }, amount))
        }).collect();
        let options: Vec<Value> = amounts.iter().map(|ask| {
            let mut option = json!({"service": "night-line", "goal": "belonging"});
            if let Some((fund, amount)) = ask {
                let pounds = *amount as f64 / 100.0;
                option["ask"] = json!({"fund": fund, "amount": pounds, "for": "travel", "reason": "Fares"});
            }
            option
        }).collect();
        let answer = post(&SITE.lock().unwrap(), &json!({"options": options}));
        prop_assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
        let plan = answer.json();
        let mut in_all = 0;
        for (id, most) in [("fresh-start", 15_000), ("womens-fund", 30_000)] {
            let own = amounts.iter().flatten().filter(|(fund, _)| *fund == id);
            let total: u64 = own.clone().map(|(_, amount)| amount).sum();
            let fund = plan["funds"].as_array().unwrap().iter().find(|fund| fund["id"] == id);
            prop_assert_eq!(fund.is_some(), own.count() > 0);
            if let Some(fund) = fund {
                prop_assert_eq!(pence(&fund["total"]), total);
                prop_assert_eq!(&fund["within_limit"], &json!(total <= most));
                in_all += total;
            }
        }
        prop_assert_eq!(pence(&plan["asked"]), in_all);
    }
}
