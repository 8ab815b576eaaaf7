use super::site::Site;

const UNCHANGING: [&str; 8] = [
    "/api/v1/areas",
    "/api/v1/audiences",
    "/api/v1/categories",
    "/api/v1/funds",
    "/api/v1/goals",
    "/api/v1/organisations?page=1&per_page=2",
    "/api/v1/organisations/common-ground",
    "/api/v1/services/allotment-mornings",
];

#[test]
fn who_has_the_answer_already_is_told_so() {
    let site = Site::minimal();
    for uri in UNCHANGING {
        let first = site.get(uri);
        let etag = first.header("etag");
        assert!(etag.starts_with("W/\""), "{uri}: {etag}");
        assert_eq!(first.header("cache-control"), "no-cache", "{uri}");
        for known in [etag.to_string(), etag.replace("W/", ""), format!("\"other\", {etag}"), "*".to_string()] {
            let again = site.get_with(uri, "if-none-match", &known);
            assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{uri} {known}");
            assert_eq!(again.header("etag"), etag, "{uri}");
        }
        let other = site.get_with(uri, "if-none-match", "W/\"gen-0000000000000000-0\"");
        assert_eq!(other.status, 200, "{uri}");
    }
}

#[test]
fn a_changed_directory_has_another_etag() {
    let site = Site::minimal();
    let before = site.get("/api/v1/services/allotment-mornings");
    let text = site.folder.text("services.csv").replace("Grow food with others", "Grow flowers");
    std::fs::write(site.folder.file("services.csv"), text).unwrap();
    site.read_again();
    let after = site.get_with("/api/v1/services/allotment-mornings", "if-none-match", before.header("etag"));
    assert_eq!(after.status, 200);
    assert_ne!(after.header("etag"), before.header("etag"));
    assert_eq!(after.json()["service"]["summary"], "Grow flowers");
}

#[test]
fn an_id_that_is_not_there_is_not_unchanged() {
    let site = Site::minimal();
    assert_eq!(site.get("/api/v1/services/gone").problem(), "404 /problems/not-found");
    assert_eq!(site.get("/api/v1/services/gone").header("etag"), "");
}
