use super::asking::{assert_says, assert_silent, form, page};
use crate::api::site::Site;
use crate::fixture::Folder;

/// Everything that the fixture knows of its confidential place.
const CONFIDENTIAL: [&str; 4] = ["brightwater-house", "Brightwater house", "M14 5TP", "53.452"];

#[test]
fn the_first_page_lists_everything_with_filters_and_a_map() {
    let site = Site::minimal();
    let answer = page(&site, "/navigator");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_says(&answer, &["4 services", "Allotment mornings", "Night line", "Gardening", "Your shortlist is empty"]);
    assert!(answer.text().contains("<svg class=\"map\""));
}

#[test]
fn a_question_is_answered_with_what_a_worker_needs() {
    let site = Site::minimal();
    let answer = form(&site, "/navigator", &[("q", "growing"), ("near", "M1 4BT"), ("within_km", "3.2")]);
    assert_says(
        &answer,
        &[
            "1 service within 2 miles of M1 4BT, Manchester",
            "Allotment mornings",
            "Open now, until 1pm",
            "Station Road allotments",
            "Free",
            "People with convictions are welcome",
            "Under-18s are on site",
            "Last checked on 1 October 2026",
        ],
    );
    assert_silent(&answer, &["Night line", "style=\""]);
    let welsh = form(&site, "/navigator?lang=cy", &[("q", "growing"), ("near", "M1 4BT"), ("within_km", "3.2")]);
    assert_says(&welsh, &["1 gwasanaeth o fewn 2 filltir i M1 4BT", "Mae pobl dan 18 oed ar y safle"]);
}

#[test]
fn what_a_filter_took_away_is_said_and_given_back_with_one_press() {
    let site = Site::minimal();
    let fields = [("age", "16"), ("referral", "drop_in")];
    let answer = form(&site, "/navigator", &fields);
    assert_says(&answer, &["Show 1 more without “Age”", "Aged 16"]);
    let without = form(&site, "/navigator", &[&fields[..], &[("without", "age")]].concat());
    assert_says(&without, &["Allotment mornings"]);
    assert!(!without.text().contains("Aged 16"));
}

#[test]
fn a_choice_says_how_many_services_it_leaves_also_when_another_is_made() {
    let site = Site::minimal();
    let answer = form(&site, "/navigator", &[("referral", "drop_in")]);
    assert_says(&answer, &["2 services", "Get in touch yourself 3", "Just turn up 2"]);
}

#[test]
fn a_place_that_nobody_knows_is_named_with_its_field_and_what_was_typed_stays() {
    let site = Site::minimal();
    let answer = form(&site, "/navigator", &[("q", "housing"), ("near", "Nowhereton"), ("age", "x")]);
    assert_eq!(answer.status, 200);
    assert_says(&answer, &["There is a problem", "Age: use digits only."]);
    let answer = form(&site, "/navigator", &[("q", "housing"), ("near", "Nowhereton")]);
    assert_says(&answer, &["Near: we do not know this place."]);
    assert!(answer.text().contains("value=\"Nowhereton\"") && answer.text().contains("value=\"housing\""));
}

#[test]
fn markup_that_is_typed_stays_text() {
    let site = Site::minimal();
    let sent = "\"><script>alert(1)</script>";
    let answer = form(&site, "/navigator", &[("q", sent), ("near", sent), ("keep", sent), ("goal1", sent)]);
    assert_silent(&answer, &["<script>alert"]);
}

#[test]
fn a_shortlist_travels_in_the_form_and_its_link_holds_ids_alone() {
    let site = Site::minimal();
    let answer = form(&site, "/navigator", &[("q", "sentinel"), ("near", "M1"), ("add", "night-line")]);
    assert_says(&answer, &["Shortlist: 1 service", "Night line"]);
    assert!(answer.text().contains("name=\"keep\" value=\"night-line\""));
    let fields = [("keep", "night-line"), ("keep", "housing-advice"), ("q", "sentinel")];
    let answer = form(&site, "/navigator", &fields);
    assert!(answer.text().contains("href=\"/list?ids=night-line,housing-advice\""), "{}", answer.text());
    let compared = form(&site, "/navigator/compare", &fields);
    assert_says(
        &compared,
        &["Side by side", "Night line", "Housing advice", "Convictions", "The wait is about 3 weeks"],
    );
    assert!(compared.text().contains("name=\"q\" value=\"sentinel\""), "the question goes on with it");
    let dropped = form(&site, "/navigator", &[&fields[..], &[("drop", "night-line")]].concat());
    assert_says(&dropped, &["Shortlist: 1 service"]);
}

#[test]
fn results_and_shortlist_are_given_as_spreadsheets() {
    let site = Site::over(Folder::minimal().replace_in("services.csv", "Night line,", "=Night line,"));
    let all = form(&site, "/navigator/csv", &[("which", "results")]);
    assert_eq!(all.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(all.text().lines().count(), 5);
    assert!(all.text().contains("'=Night line"), "{}", all.text());
    let kept = form(&site, "/navigator/csv", &[("which", "shortlist"), ("keep", "women-together")]);
    assert_eq!(kept.text().lines().count(), 2);
    assert!(kept.text().contains("confidential: get in touch to be told"));
    for secret in CONFIDENTIAL {
        assert!(!kept.text().contains(secret), "{secret}");
    }
}

#[test]
fn a_profile_gets_options_with_reasons() {
    let site = Site::minimal();
    let empty = page(&site, "/navigator/person");
    assert_says(&empty, &["What matters to this person?", "Fill in one goal or more"]);
    let fields = [
        ("goal1", "I want to be outside more"),
        ("importance1", "3"),
        ("goal2", "somewhere to sleep"),
        ("near", "M1 4BT"),
        ("age", "30"),
        ("convictions", "true"),
        ("match", "yes"),
    ];
    let answer = form(&site, "/navigator/person", &fields);
    assert_says(
        &answer,
        &["options, with the reasons", "Allotment mornings", "Housing advice", "Why it may suit"][..3],
    );
    assert!(answer.text().contains("name=\"add\" value=\"allotment-mornings|I want to be outside more\""));
    let welsh = form(&site, "/navigator/person?lang=cy", &fields);
    assert_says(&welsh, &["gyda'r rhesymau"]);
    assert!(!super::asking::words(&welsh).contains("It is free"), "reasons are in the page's language");
    let nothing = form(&site, "/navigator/person", &[("match", "yes")]);
    assert_says(&nothing, &["There is a problem", "What matters to this person?: please fill this in."]);
    let wrong = form(&site, "/navigator/person", &[&fields[..], &[("most", "lots")]].concat());
    assert_says(&wrong, &["Most they can pay (£): use digits only."]);
}

#[test]
fn the_shortlist_becomes_a_plan_to_print() {
    let site = Site::minimal();
    let kept = [("keep", "allotment-mornings|I want to be outside more"), ("keep", "night-line")];
    let empty = form(&site, "/navigator/plan", &kept);
    assert_says(&empty, &["Make a plan", "Allotment mornings", "Night line"]);
    assert!(empty.text().contains("value=\"I want to be outside more\""));
    let without_goal = form(&site, "/navigator/sheet", &kept);
    assert_says(&without_goal, &["There is a problem", "Night line: What it is for: please fill this in."]);
    let filled = [
        ("goal.allotment-mornings", "I want to be outside more"),
        ("goal.night-line", "get through the night"),
        ("first_step.night-line", "Ring on Friday"),
        ("fund.allotment-mornings", "fresh-start"),
        ("amount.allotment-mornings", "£24.50"),
        ("purpose.allotment-mornings", "kit"),
        ("reason.allotment-mornings", "Boots that keep the wet out"),
    ];
    let sheet = form(&site, "/navigator/sheet", &[&kept[..], &filled].concat());
    assert_eq!(sheet.header("cache-control"), "no-store");
    assert_says(&sheet, &["get through the night", "Ring on Friday", "£24.50", "Boots that keep the wet out"]);
    let welsh = form(&site, "/navigator/sheet?lang=cy", &[&kept[..], &filled].concat());
    assert_says(
        &welsh,
        &["Fy nghynllun", "Gwnaed ar 24 Tachwedd 2026", "Cam cyntaf Ring on Friday", "Allotment mornings : Offer"],
    );
    assert_says(&welsh, &["Rydyn ni'n cytuno ar hyn", "chi biau ef"]);
    assert_silent(&welsh, &["My plan", "Money we ask for", "It does not say", "Just turn up"]);
    // The plan can be changed again, and said in the other language: all that was filled in is in its form.
    assert!(sheet.text().contains("formaction=\"/navigator/sheet?lang=cy\""));
    assert!(sheet.text().contains("name=\"first_step.night-line\" value=\"Ring on Friday\""));
    let wrong =
        form(&site, "/navigator/sheet", &[&kept[..], &filled, &[("amount.allotment-mornings", "lots")]].concat());
    assert_says(&wrong, &["Allotment mornings: Amount (£): use digits only."]);
}

#[test]
fn an_address_that_answers_to_a_form_alone_leads_back() {
    let site = Site::minimal();
    for (path, to) in [
        ("/navigator/compare", "/navigator"),
        ("/navigator/plan?lang=cy", "/navigator?lang=cy"),
        ("/navigator/sheet", "/navigator"),
        ("/directory/try", "/directory"),
    ] {
        let answer = page(&site, path);
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, to), "{path}");
    }
}

#[test]
fn another_language_is_asked_for_with_the_form_so_that_nothing_that_was_asked_is_lost() {
    let site = Site::minimal();
    let fields = [
        ("q", "growing"),
        ("near", "M1 4BT"),
        ("referral", "drop_in"),
        ("keep", "night-line|I want to feel I belong"),
        ("goal1", "I want to be outside more"),
        ("match", "yes"),
        ("stay", "yes"),
        ("on", "1"),
    ];
    for (path, own, welsh) in [
        ("/navigator", "name=\"q\" value=\"growing\"", "Dod o hyd i wasanaeth"),
        ("/navigator/person", "name=\"goal1\" list=\"goal-names\"", "Chwilio ar ran un person"),
        ("/navigator/compare", "name=\"goal1\" value=\"I want to be outside more\"", "Ochr yn ochr"),
        ("/navigator/plan", "name=\"goal.night-line\"", "Gwneud cynllun"),
    ] {
        let english = form(&site, path, &fields);
        let button =
            format!("form=\"navigator\" formaction=\"{path}?lang=cy\" name=\"stay\" value=\"yes\" formnovalidate");
        assert!(english.text().contains(&button), "{path}: {}", english.text());
        let answer = form(&site, &format!("{path}?lang=cy"), &fields);
        assert_says(&answer, &[welsh]);
        assert!(answer.text().contains(&format!("form=\"navigator\" formaction=\"{path}\"")), "and back again");
        for kept in [own, "name=\"keep\" value=\"night-line|I want to feel I belong\""] {
            assert!(answer.text().contains(kept), "{path} lost {kept}: {}", answer.text());
        }
    }
}

#[test]
fn a_goal_that_was_chosen_by_its_name_is_the_same_goal_in_another_language() {
    let site = Site::over(Folder::minimal().replace_in(
        "goals.csv",
        "belonging,I want to feel I belong",
        "belonging,I want to belong somewhere",
    ));
    let fields = [("goal1", "I want to belong somewhere"), ("goal2", "see my kids more"), ("match", "yes")];
    let welsh = form(&site, "/navigator/person?lang=cy", &fields);
    assert!(welsh.text().contains("value=\"Rwyf eisiau perthyn i rywle\""), "{}", welsh.text());
    assert!(welsh.text().contains("value=\"see my kids more\""), "own words stay as they are");
    let fields = [("goal1", "Rwyf eisiau perthyn i rywle"), ("match", "yes")];
    let english = form(&site, "/navigator/person", &fields);
    assert!(english.text().contains("value=\"I want to belong somewhere\""), "{}", english.text());
    assert_says(&english, &["Women together"]);
}

#[test]
fn no_page_of_the_navigator_tells_where_a_confidential_place_is() {
    let site = Site::minimal();
    let fields = [("near", "M14 6AA"), ("keep", "women-together"), ("goal1", "belonging"), ("match", "yes")];
    for path in ["/navigator", "/navigator/compare", "/navigator/person", "/navigator/plan"] {
        let answer = form(&site, path, &fields);
        assert!(answer.text().contains("Women together"), "{path}");
        assert_silent(&answer, &CONFIDENTIAL);
    }
}

#[test]
fn completions_come_by_post_with_what_they_are() {
    let site = Site::minimal();
    let answer = form(&site, "/navigator/suggest", &[("q", "gard")]);
    let json = answer.json();
    assert!(json.as_array().unwrap().iter().any(|one| one["kind"] == "category" && one["id"] == "gardening"), "{json}");
    let places = form(&site, "/navigator/suggest", &[("near", "salf")]).json();
    assert_eq!(places[0]["kind"], "place");
    assert_eq!(site.get("/navigator/suggest?q=gard").status, 405);
}

#[test]
fn what_is_no_form_is_refused_and_without_an_index_people_are_told() {
    let site = Site::minimal();
    assert_eq!(site.post("/navigator", "{}").problem(), "415 /problems/unsupported-media-type");
    let answer = page(&Site::unready(), "/navigator");
    assert_eq!(answer.status, 503);
    assert_says(&answer, &["The directory is not ready yet"]);
}
