use super::site::Site;
use signpost::server::limits::{Limits, Permits};
use std::time::Duration;
use tokio::time::Instant;

#[test]
fn when_all_permits_are_taken_a_request_is_told_when_to_come_back() {
    let site = Site::limited(Limits { permits: 0, queue: 0, ..Limits::default() });
    for answer in [site.get("/api/v1/services"), site.get("/api/v1/goals"), site.get("/api/v1/gazetteer?q=M1")] {
        assert_eq!(answer.problem(), "503 /problems/too-busy");
        assert_eq!(answer.header("retry-after"), "1");
    }
    assert!(site.get("/metrics").text().contains("signpost_requests_shed_total 3\n"));
}

#[test]
fn a_busy_server_is_alive_and_ready() {
    let site = Site::limited(Limits { permits: 0, queue: 0, ..Limits::default() });
    assert_eq!(site.get("/health/live").text(), "alive\n");
    assert_eq!(site.get("/health/ready").json()["state"], "ok");
}

#[test]
fn who_waits_in_the_queue_until_the_deadline_is_told_to_come_back() {
    let site = Site::limited(Limits { permits: 0, queue: 1, deadline: Duration::from_millis(20) });
    assert_eq!(site.get("/api/v1/services").problem(), "503 /problems/too-busy");
}

#[tokio::test]
async fn the_queue_holds_as_many_as_it_says_and_gives_places_up_again() {
    let permits = Permits::new(&Limits { permits: 1, queue: 1, deadline: Duration::ZERO });
    let later = Instant::now() + Duration::from_secs(60);
    let working = permits.get(later).await.unwrap();
    let mut waiting = Box::pin(permits.get(later));
    tokio::select! {
        biased;
        _ = &mut waiting => panic!("there is no permit yet"),
        turned_away = permits.get(later) => assert!(turned_away.is_err()),
    }
    drop(working);
    let working = waiting.await.unwrap();
    // The one who waits goes away: the place is free again.
    drop(Box::pin(permits.get(later)));
    let mut waiting = Box::pin(permits.get(later));
    tokio::select! {
        biased;
        _ = &mut waiting => panic!("there is no permit yet"),
        () = std::future::ready(()) => drop(working),
    }
    assert!(waiting.await.is_ok());
}

#[test]
fn a_search_without_time_says_so() {
    let site = Site::limited(Limits { deadline: Duration::ZERO, ..Limits::default() });
    assert_eq!(site.get("/api/v1/services?q=housing").problem(), "503 /problems/out-of-time");
}

#[test]
fn a_panic_is_a_problem_that_says_nothing_of_what_it_said_and_gives_the_permit_back() {
    let site = Site::broken();
    for _ in 0..site.state.limits.permits + 1 {
        let answer = site.get("/api/v1/services");
        assert_eq!(answer.problem(), "500 /problems/internal");
        assert!(!answer.text().contains("sentinel") && !format!("{:?}", answer.headers).contains("sentinel"));
    }
    assert_eq!(site.get("/api/v1/goals").status, 200);
}

#[test]
fn without_an_index_the_server_says_that_it_is_not_ready() {
    let site = Site::unready();
    for uri in ["/api/v1/services", "/api/v1/goals", "/api/v1/directory", "/api/v1/services/x", "/api/v1/suggest?q=a"] {
        assert_eq!(site.get(uri).problem(), "503 /problems/not-ready", "{uri}");
    }
    let ready = site.get("/health/ready");
    assert_eq!((ready.status.as_u16(), &ready.json()["state"]), (503, &"no_index".into()));
    assert_eq!(site.get("/health/live").status, 200);
    assert_eq!(site.get("/").status, 200);
    assert_eq!(site.get("/api/v1/gazetteer?q=M1").status, 200, "places need no directory");
}

#[test]
fn a_server_that_is_told_to_stop_is_not_ready() {
    let site = Site::minimal();
    assert_eq!(site.get("/health/ready").json()["state"], "ok");
    site.state.drain();
    let ready = site.get("/health/ready");
    assert_eq!((ready.status.as_u16(), &ready.json()["state"]), (503, &"draining".into()));
    assert_eq!(site.get("/api/v1/goals").status, 200, "requests that come are still answered");
}
