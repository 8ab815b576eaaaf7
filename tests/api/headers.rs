use super::site::{Answer, Site};
use axum::body::Body;
use axum::http::{Method, Request};
use signpost::server::headers::EVERYWHERE;
use signpost::server::pages::assets;

#[track_caller]
fn assert_guarded(what: &str, answer: &Answer) {
    for (name, value) in EVERYWHERE {
        assert_eq!(answer.header(name.as_str()), value, "{what}: {name}");
    }
    // An asset has its hash in its address; a wrong method on it is answered like any other.
    let kept = what.starts_with("/assets/") || what.starts_with("HEAD /assets/");
    let control = answer.header("cache-control");
    let for_ever = kept && control == "public, max-age=31536000, immutable";
    assert!(for_ever || matches!(control, "no-store" | "no-cache"), "{what}: {:?}", answer.headers);
    assert!(answer.headers.get("set-cookie").is_none(), "{what}");
}

/// Every route that there is, with what is needed to get an answer from it.
const ROUTES: [&str; 27] = [
    "/",
    "/about",
    "/api/docs",
    "/api/openapi.json",
    "/api/v1/areas",
    "/api/v1/audiences",
    "/api/v1/categories",
    "/api/v1/directory",
    "/api/v1/funds",
    "/api/v1/gazetteer?q=M1",
    "/api/v1/goals",
    "/api/v1/organisations",
    "/api/v1/organisations/common-ground",
    "/api/v1/services",
    "/api/v1/services/allotment-mornings",
    "/api/v1/suggest?q=all",
    "/directory",
    "/health/live",
    "/health/ready",
    "/kiosk",
    "/kiosk/en/goals",
    "/list?ids=night-line",
    "/metrics",
    "/navigator",
    "/navigator/person",
    "/problems/not-found",
    "/services/allotment-mornings",
];

#[test]
fn every_route_carries_them_with_every_method() {
    let site = Site::minimal();
    for route in ROUTES.into_iter().chain(assets::paths().iter().map(String::as_str)) {
        let answer = site.get(route);
        assert_eq!(answer.status, 200, "{route}: {}", answer.text());
        assert_guarded(route, &answer);

        let head = site.with_method(Method::HEAD, route);
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0), "HEAD {route}");
        assert_eq!(head.header("content-type"), answer.header("content-type"), "HEAD {route}");
        assert_guarded(route, &head);

        let wrong = site.with_method(Method::DELETE, route);
        assert_eq!(wrong.problem(), "405 /problems/method-not-allowed", "DELETE {route}");
        assert!(wrong.header("allow").contains("GET"), "DELETE {route}");
        assert_guarded(route, &wrong);
    }
}

#[test]
fn every_status_carries_them() {
    let site = Site::minimal();
    let etag = site.get("/api/v1/goals").header("etag").to_string();
    let large = "x".repeat(65 * 1024);
    let no_type = Request::post("/api/v1/match").body(Body::from("{}")).unwrap();
    for (status, answer) in [
        (304, site.get_with("/api/v1/goals", "if-none-match", &etag)),
        (400, site.get("/api/v1/services?page=0")),
        (404, site.get("/nowhere")),
        (404, site.get("/api/v1/services/no-such-service")),
        (405, site.with_method(Method::PUT, "/api/v1/match")),
        (406, site.get_with("/api/v1/services", "accept", "image/png")),
        (413, site.post("/api/v1/match", large.clone())),
        (413, site.post("/api/v1/plan", large)),
        (414, site.get(&format!("/api/v1/services?q={}", "x".repeat(10_000)))),
        (415, site.ask(no_type)),
        (500, Site::broken().get("/api/v1/services")),
        (503, Site::unready().get("/api/v1/services")),
        (503, Site::unready().get("/health/ready")),
    ] {
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
        assert_guarded(&status.to_string(), &answer);
    }
}

#[test]
fn questions_and_their_answers_are_stored_nowhere() {
    let site = Site::minimal();
    for answer in [
        site.get("/api/v1/services?q=sleep"),
        site.post("/api/v1/services/search", "{}"),
        site.post("/api/v1/match", r#"{"goals": [{"goal": "belonging"}]}"#),
        site.post("/api/v1/plan", r#"{"options": [{"service": "night-line", "goal": "belonging"}]}"#),
        site.post("/api/v1/plan", "{}"),
        site.get("/api/v1/suggest?q=all"),
        site.get("/api/v1/gazetteer?q=M1"),
        site.get("/api/v1/services?page=0"),
    ] {
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("etag"), "");
    }
}

#[test]
fn large_answers_are_compressed_and_small_ones_are_not() {
    let site = Site::minimal();
    let large = site.get_with("/api/openapi.json", "accept-encoding", "br");
    assert_eq!(large.header("content-encoding"), "br");
    assert!(large.header("vary").to_lowercase().contains("accept-encoding"));
    let large = site.get_with("/api/openapi.json", "accept-encoding", "gzip");
    assert_eq!((large.header("content-encoding"), &large.body[..2]), ("gzip", &[0x1f, 0x8b][..]));
    assert_eq!(site.get_with("/health/live", "accept-encoding", "br").header("content-encoding"), "");
}

#[test]
fn pictures_may_come_from_the_tiles_of_the_settings_and_from_nobody_else() {
    use crate::fixture::Folder;
    let tiles = "https://tiles.example.org/{z}/{x}/{y}.png".to_string();
    let settings = signpost::server::site::Site { map_tiles: Some(tiles), ..Default::default() };
    let site = Site::with_settings(Folder::minimal(), settings);
    let page = site.get("/navigator");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("img-src 'self' https://tiles.example.org;"), "{policy}");
    assert_eq!(policy.matches("example.org").count(), 1);
    assert!(page.text().contains("href=\"https://tiles.example.org/"), "tiles lie under the map");
}
