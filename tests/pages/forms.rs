//! The kiosk's forms and the list through the router, without a browser: what is answered, what is not, what is never
//! told.

use crate::api::site::{Answer, Site};
use crate::fixture::Folder;
use axum::body::Body;
use axum::http::Request;
use std::path::Path;

/// Sends a form, as pages without scripts do, from a page that was made at this second of the day.
fn send(site: &Site, path: &str, fields: &str) -> Answer {
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "text/html")
        .body(Body::from(fields.to_string()))
        .unwrap();
    site.ask(request)
}

/// The time of the pages of a site, out of one of them.
fn made_at(site: &Site) -> i64 {
    let page = site.get("/kiosk/en/goals");
    let (_, rest) = page.text().split_once("name=\"at\" value=\"").unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}

#[test]
fn a_form_out_of_the_history_begins_again() {
    let site = Site::minimal();
    let now = made_at(&site);
    let fresh = send(&site, "/kiosk/en/where", &format!("goal=belonging&at={now}"));
    assert_eq!(fresh.status, 200, "{}", fresh.text());
    assert!(fresh.text().contains("name=\"goal\" value=\"belonging\""));
    for stale in [format!("goal=belonging&at={}", now - 121), "goal=belonging".to_string(), "at=x".to_string()] {
        let answer = send(&site, "/kiosk/en/where", &stale);
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/kiosk"), "{stale}");
    }
    let by_script = send(&site, "/kiosk/en/where", &format!("goal=belonging&at={}&live=1", now - 5000));
    assert_eq!(by_script.status, 200);
}

#[test]
fn no_page_of_the_kiosk_may_be_kept() {
    let site = Site::minimal();
    let at = made_at(&site);
    let fields = format!("goal=belonging&start=nowhere&at={at}&sheet=night-line");
    for path in ["/kiosk/en/where", "/kiosk/cy/when", "/kiosk/en/options", "/kiosk/cy/sheet", "/kiosk/en/goals"] {
        let answer = send(&site, path, &fields);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!((answer.header("cache-control"), answer.header("etag")), ("no-store", ""), "{path}");
        assert!(answer.headers.get("set-cookie").is_none());
    }
}

/// Half an hour's walk from Oldham there is no allotment; the one in Manchester is nearly right.
#[test]
fn where_little_fits_what_is_nearly_right_is_shown_with_the_one_thing_in_the_way() {
    let site = Site::minimal();
    let at = made_at(&site);
    let asked = format!("goal=outside_more&start=typed&near=OL1 1AA&far=walk-30&at={at}");
    let answer = send(&site, "/kiosk/en/options", &asked);
    for said in
        ["Nearly right for you", "Allotment mornings", "km away.</strong> Go further", "value=\"allotment-mornings\""]
    {
        assert!(answer.text().contains(said), "`{said}` is not on the page: {}", answer.text());
    }
    let welsh = send(&site, "/kiosk/cy/options", &asked);
    assert!(
        welsh.text().contains("Bron yn iawn i chi") && welsh.text().contains("km i ffwrdd.</strong> Ewch ymhellach")
    );
    let on_sheet = send(&site, "/kiosk/en/options", &format!("{asked}&take=allotment-mornings"));
    assert!(on_sheet.text().contains("On my sheet. Take it off"), "{}", on_sheet.text());
    let waved_away = send(&site, "/kiosk/en/options", &format!("{asked}&not=allotment-mornings"));
    assert!(!waved_away.text().contains("Allotment mornings") && !waved_away.text().contains("Nearly right"));
    let near =
        send(&site, "/kiosk/en/options", &format!("goal=outside_more&start=typed&near=M1 4BT&far=walk-30&at={at}"));
    assert!(near.text().contains("Allotment mornings") && !near.text().contains("Nearly right"));
}

#[test]
fn what_cannot_be_read_is_answered_with_a_page_and_its_status() {
    let site = Site::minimal();
    let long = format!("words={}", "x".repeat(70_000));
    let answer = send(&site, "/kiosk/en/where", &long);
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (413, "text/html; charset=utf-8"));
    assert!(answer.text().contains("116 123"));
    let json = Request::post("/kiosk/en/where").header("content-type", "application/json").body(Body::from("{}"));
    assert_eq!(site.ask(json.unwrap()).status, 415);
    for nowhere in ["/kiosk/fr/where", "/kiosk/en/nowhere", "/kiosk/mirrored/goals"] {
        assert_eq!(site.get(nowhere).status, 404, "{nowhere}");
        assert_eq!(send(&site, nowhere, "").status, 404, "{nowhere}");
    }
    for (path, to) in [("/kiosk/cy", "/kiosk/cy/goals"), ("/kiosk/fr", "/kiosk"), ("/kiosk/en/options", "/kiosk")] {
        let answer = site.get(path);
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, to), "{path}");
    }
    let unready = Site::unready();
    assert_eq!(unready.get("/kiosk").status, 200, "the first page needs no directory");
    let answer = unready.get("/kiosk/en/goals");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("116 123") && answer.text().contains("<details class=\"urgent\" open>"));
    // Whoever has to try again has not to begin again.
    let answer = send(&unready, "/kiosk/en/options", "goal=belonging&words=a+brew&live=1");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("name=\"words\" value=\"a brew\"") && answer.text().contains("Try again"));
}

#[test]
fn what_people_type_is_text_and_never_markup() {
    let site = Site::minimal();
    let at = made_at(&site);
    let script = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%3E";
    for path in ["/kiosk/en/goals", "/kiosk/en/where", "/kiosk/en/options"] {
        let answer = send(&site, path, &format!("words={script}&near={script}&start=typed&goal={script}&at={at}"));
        assert!(!answer.text().contains("<script>"), "{path}");
        assert!(answer.text().contains("&#60;script&#62;"), "{path}");
    }
}

/// Over every service of the sample: where a confidential place is, and whether under-18s are on site, is on no page.
#[test]
fn a_list_never_tells_where_a_confidential_place_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/directory");
    let (mut secrets, mut known) = (Vec::new(), Vec::new());
    let mut rows = csv::Reader::from_path(folder.join("locations.csv")).unwrap();
    let header = rows.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|known| known == name).unwrap();
    for row in rows.records() {
        let row = row.unwrap();
        // The name may be the organisation's own, which is no secret.
        let cells = ["address", "postcode"].map(|name| row[column(name)].to_string());
        let whose = if &row[column("confidential")] == "yes" { &mut secrets } else { &mut known };
        whose.extend(cells.into_iter().filter(|cell| !cell.is_empty()));
    }
    secrets.retain(|secret| !known.contains(secret));
    assert!(secrets.len() > 2, "the sample has confidential places");
    let site = Site::over(copy(&folder));
    let mut services = csv::Reader::from_path(folder.join("services.csv")).unwrap();
    let ids: Vec<String> = services.records().map(|row| row.unwrap()[0].to_string()).collect();
    let mut told = 0;
    for ids in ids.chunks(20) {
        let page = site.get(&format!("/list?ids={}&lang=cy", ids.join(",")));
        assert_eq!(page.status, 200, "{}", page.text());
        told += page.text().matches("<article").count();
        for secret in &secrets {
            assert!(!page.text().contains(secret.as_str()), "{secret}");
        }
        assert!(!page.text().contains("under_18") && !page.text().contains("under-18"));
    }
    assert!(told > 400, "{told}");
}

#[test]
fn a_list_leaves_out_what_is_gone_and_says_so() {
    let site = Site::minimal();
    let page = site.get("/list?ids=night-line,housing-advice,gone-long-ago,night-line,%3Cscript%3E");
    assert_eq!(page.text().matches("<article").count(), 2);
    assert!(page.text().contains("One place is no longer in the directory."));
    assert!(!page.text().contains("<script>"));
    assert_eq!(site.get("/list").status, 200);
    assert_eq!(Site::unready().get("/list?ids=night-line").status, 503);
}

fn copy(from: &Path) -> Folder {
    let mut folder = Folder::empty();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        folder = folder.with_bytes(&name, &std::fs::read(entry.path()).unwrap());
    }
    folder
}
