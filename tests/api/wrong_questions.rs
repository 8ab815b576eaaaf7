use super::site::Site;
use axum::http::Method;

#[test]
fn each_mistake_names_its_field_and_kind() {
    let site = Site::minimal();
    let long = "a".repeat(201);
    let many = format!("/api/v1/services?q={long}");
    for (uri, expected) in [
        ("/api/v1/services?pgae=2", "400 /problems/invalid-question pgae unknown-field"),
        ("/api/v1/services?page=0", "400 /problems/invalid-question page out-of-range"),
        ("/api/v1/services?page=-1", "400 /problems/invalid-question page out-of-range"),
        ("/api/v1/services?page=two", "400 /problems/invalid-question page not-a-number"),
        ("/api/v1/services?page=99999999999999999999", "400 /problems/invalid-question page not-a-number"),
        ("/api/v1/services?per_page=101", "400 /problems/invalid-question per_page out-of-range"),
        ("/api/v1/services?page=101&per_page=100", "400 /problems/invalid-question page out-of-range"),
        ("/api/v1/services?near=M1&within_km=-1", "400 /problems/invalid-question within_km out-of-range"),
        ("/api/v1/services?near=M1&within_km=NaN", "400 /problems/invalid-question within_km out-of-range"),
        ("/api/v1/services?near=M1&within_km=inf", "400 /problems/invalid-question within_km out-of-range"),
        ("/api/v1/services?near=M1&within_km=1e9", "400 /problems/invalid-question within_km out-of-range"),
        ("/api/v1/services?near=Nowhere-at-all", "400 /problems/invalid-question near unknown-place"),
        ("/api/v1/services?category=gardenning", "400 /problems/invalid-question category unknown-code"),
        ("/api/v1/services?sort=random", "400 /problems/invalid-question sort not-a-choice"),
        ("/api/v1/services?free=maybe", "400 /problems/invalid-question free not-a-choice"),
        ("/api/v1/services?age=200", "400 /problems/invalid-question age out-of-range"),
        ("/api/v1/services?open_at=teatime", "400 /problems/invalid-question open_at malformed"),
        ("/api/v1/services?q=caf%E9", "400 /problems/invalid-question q malformed"),
        ("/api/v1/services?q=%ED%A0%80", "400 /problems/invalid-question q malformed"),
        (many.as_str(), "400 /problems/invalid-question q too-long"),
        ("/api/v1/suggest", "400 /problems/invalid-question q missing"),
        ("/api/v1/suggest?q=+", "400 /problems/invalid-question q missing"),
        ("/api/v1/suggest?q=a&q=b", "400 /problems/invalid-question q too-many"),
        ("/api/v1/gazetteer?place=M1", "400 /problems/invalid-question place unknown-field"),
        ("/api/v1/organisations?page=0", "400 /problems/invalid-question page out-of-range"),
        ("/api/v1/organisations?per_page=101", "400 /problems/invalid-question per_page out-of-range"),
        ("/api/v1/organisations?page=501&per_page=20", "400 /problems/invalid-question page out-of-range"),
        ("/api/v1/organisations?page=1.5", "400 /problems/invalid-question page not-a-number"),
        ("/api/v1/goals?q=x", "400 /problems/invalid-question q unknown-field"),
    ] {
        assert_eq!(site.get(uri).problem(), expected, "{uri}");
    }
}

#[test]
fn all_mistakes_are_named_at_once() {
    let problem = Site::minimal().get("/api/v1/services?page=x&free=perhaps&colour=red").problem();
    assert_eq!(problem, "400 /problems/invalid-question page not-a-number free not-a-choice colour unknown-field");
}

#[test]
fn an_unknown_parameter_is_answered_with_the_nearest_one() {
    let json = Site::minimal().get("/api/v1/services?witin_km=3").json();
    assert_eq!(json["errors"][0]["help"], "did you mean `within_km`?");
}

#[test]
fn what_was_typed_is_not_repeated() {
    let site = Site::minimal();
    for uri in [
        "/api/v1/services?category=sentinel",
        "/api/v1/services?goal=sentinel",
        "/api/v1/services?audience=sentinel",
        "/api/v1/services?language=sentinel",
        "/api/v1/services?open_at=sentinel",
        "/api/v1/services?within_km=sentinel",
        "/api/v1/services?sort=sentinel",
        "/api/v1/services?age=sentinel",
        "/api/v1/services/sentinel",
        "/api/v1/organisations/sentinel",
        "/api/v1/organisations?page=sentinel",
        "/problems/sentinel",
        "/sentinel",
    ] {
        let answer = site.get(uri);
        assert!(matches!(answer.status.as_u16(), 400 | 404), "{uri}: {}", answer.text());
        assert!(!answer.text().to_lowercase().contains("sentinel"), "{uri}: {}", answer.text());
        assert!(!format!("{:?}", answer.headers).contains("sentinel"), "{uri}");
    }
}

#[test]
fn what_cannot_be_an_id_leads_nowhere() {
    let site = Site::minimal();
    let long = format!("/api/v1/services/{}", "a".repeat(65));
    for uri in [
        "/api/v1/services/UPPER",
        "/api/v1/services/..%2F..%2Fetc%2Fpasswd",
        "/api/v1/services/%00",
        "/api/v1/services/%FF",
        "/api/v1/services/-",
        "/api/v1/services/",
        "/api/v1/organisations/a%20b",
        "/assets/..%2fCargo.toml",
        "/assets/",
        long.as_str(),
    ] {
        assert_eq!(site.get(uri).problem(), "404 /problems/not-found", "{uri}");
    }
}

/// Each of these killed some search engine once, or made it answer with its innards.
#[test]
fn hostile_words_are_words() {
    let site = Site::minimal();
    let brackets = "(".repeat(190);
    for words in [
        "%F0%9F%99%82",
        "AND",
        "*",
        "name%3Afoo",
        "%22unclosed",
        "%7B%7B7*7%7D%7D",
        "%3Cscript%3E",
        "%27%20OR%201%3D1",
        "%25%25%25",
        "%",
        "%zz",
        &brackets,
    ] {
        let answer = site.get(&format!("/api/v1/services?q={words}"));
        assert_eq!(answer.status, 200, "{words}: {}", answer.text());
        for other in ["suggest", "gazetteer"] {
            let answer = site.get(&format!("/api/v1/{other}?q={words}"));
            assert!(matches!(answer.status.as_u16(), 200 | 400), "{other} {words}: {}", answer.text());
        }
    }
}

#[test]
fn characters_that_cannot_be_seen_are_asked_to_be_typed_again() {
    let site = Site::minimal();
    for words in ["%00", "a%00b", "%E2%80%AEgnp.exe"] {
        let answer = site.get(&format!("/api/v1/services?q={words}"));
        assert_eq!(answer.problem(), "400 /problems/invalid-question q malformed", "{words}");
        for other in ["suggest", "gazetteer"] {
            assert_eq!(site.get(&format!("/api/v1/{other}?q={words}")).status, 200, "{other} {words}");
        }
    }
}

#[test]
fn a_wrong_method_is_told_the_right_ones() {
    let site = Site::minimal();
    for (method, uri, allowed) in [
        (Method::POST, "/api/v1/services", "GET,HEAD"),
        (Method::GET, "/api/v1/match", "POST"),
        (Method::OPTIONS, "/api/v1/match", "POST"),
        (Method::from_bytes(b"SENTINEL").unwrap(), "/api/v1/goals", "GET,HEAD"),
    ] {
        let answer = site.with_method(method.clone(), uri);
        assert_eq!(answer.problem(), "405 /problems/method-not-allowed", "{method} {uri}");
        assert_eq!(answer.header("allow"), allowed, "{method} {uri}");
    }
}
