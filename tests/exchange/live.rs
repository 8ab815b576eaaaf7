//! Live feeds, from a server of the test's own: paged, stubborn, endless, changing.

use super::{Desk, request};
use crate::fixture::Folder;
use crate::server::program::Program;
use signpost::exchange::import::live::Feed;
use signpost::exchange::import::{ImportError, Origin, report::Report};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Answers each request by its path and how many came before it; gives the address.
fn serve(answer: impl Fn(&str, usize) -> (u16, String) + Send + Sync + 'static) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/feed", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    // Ends with the test's process: it waits for a connection that never comes.
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let first = lines.next().and_then(Result::ok).unwrap_or_default();
            while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
            let path = first.split(' ').nth(1).unwrap_or_default().to_string();
            let (status, body) = answer(&path, counted.fetch_add(1, Ordering::SeqCst));
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
        }
    });
    (address, count)
}

fn service(number: usize) -> String {
    format!(
        r#"{{"id":"s{number}","name":"Service {number}","description":"Number {number}.","attributes":[{{"id":"a"}}]}}"#
    )
}

fn page(number: usize, of: usize, total: usize) -> String {
    format!(
        r#"{{"total_items":{total},"total_pages":{of},"page_number":{number},"last_page":{},"contents":[{}]}}"#,
        number == of,
        service(number)
    )
}

fn number_of(path: &str) -> usize {
    path.split("page=").nth(1).unwrap_or("1").split('&').next().unwrap().parse().unwrap()
}

fn import(desk: &Desk, address: &str) -> Result<Report, ImportError> {
    let mut asked = request(desk.dir.path(), &desk.home());
    asked.source = Origin::Feed(Feed { address: address.to_string(), wait: Duration::ZERO });
    desk.run(&asked).map(|(report, _)| report)
}

#[test]
fn a_feed_is_read_to_its_end_whatever_the_line_does() {
    let desk = Desk::new();
    // Every other request fails.
    let (address, _) = serve(|path, before| match before % 2 {
        0 => (503, String::new()),
        _ => (200, page(number_of(path), 3, 3)),
    });
    let report = import(&desk, &format!("{address}/services?page=7")).unwrap();
    assert_eq!((report.records, report.services.added), (3, 3));
    assert_eq!(desk.directory().services.len(), 3);
    let left: Vec<_> = std::fs::read_dir(desk.dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["directory"], "the pages are gone");
}

#[test]
fn services_of_a_short_list_are_asked_for_one_by_one() {
    let desk = Desk::new();
    let (address, _) = serve(|path, _| match path.strip_prefix("/feed/services/") {
        Some(id) => {
            (200, format!(r#"{{"id":"{id}","name":"One","description":"All of it.","phones":[{{"number":"999"}}]}}"#))
        }
        None if path.contains("full") => (400, String::new()),
        None => (200, r#"{"totalElements":1,"last":true,"content":[{"id":"x","name":"One"}]}"#.to_string()),
    });
    import(&desk, &address).unwrap();
    assert_eq!(desk.directory().services[0].phone.as_ref().unwrap().as_str(), "999");
}

#[test]
fn one_that_breaks_off_goes_on_where_it_stopped() {
    let desk = Desk::new();
    let broken = Arc::new(std::sync::atomic::AtomicBool::new(true));
    let is_broken = Arc::clone(&broken);
    let (address, count) = serve(move |path, _| match number_of(path) {
        3 if is_broken.load(Ordering::SeqCst) => (500, String::new()),
        number => (200, page(number, 3, 3)),
    });
    let error = import(&desk, &address).unwrap_err().to_string();
    assert!(error.contains("it answers 500"), "{error}");
    assert!(!desk.home().exists(), "nothing was changed");
    broken.store(false, Ordering::SeqCst);
    let before = count.load(Ordering::SeqCst);
    import(&desk, &address).unwrap();
    assert_eq!(count.load(Ordering::SeqCst) - before, 1, "only the page that was missing");
    assert_eq!(desk.directory().services.len(), 3);
}

#[test]
fn feeds_without_end_and_feeds_that_change_are_refused() {
    let refused = |answer: fn(&str, usize) -> (u16, String)| {
        let desk = Desk::new();
        let (address, _) = serve(answer);
        let error = import(&desk, &address).unwrap_err().to_string();
        assert!(!desk.home().exists());
        error
    };
    let error = refused(|_, _| (200, format!(r#"{{"contents":[{}]}}"#, service(1))));
    assert!(error.contains("has no end"), "{error}");
    let error = refused(|path, _| (200, page(number_of(path), 4, 4 + number_of(path))));
    assert!(error.contains("changed while it was read"), "{error}");
    let error = refused(|path, _| (200, page(number_of(path), 2, 7)));
    assert!(error.contains("says that it has 7 services, and gave 2"), "{error}");
    let error = refused(|_, _| (200, "<html>".to_string()));
    assert!(error.contains("not JSON"), "{error}");
    let error = refused(|_, _| (404, String::new()));
    assert!(error.contains("does not answer"), "{error}");
    let error = refused(|_, _| (200, r#"{"contents":[]}"#.to_string()));
    assert!(error.contains("no services"), "{error}");
}

#[test]
fn one_signpost_takes_what_another_gives() {
    let program = Program::start(Folder::minimal(), &[]);
    let desk = Desk::new();
    let report = import(&desk, &format!("http://{}/hsds", program.address)).unwrap();
    assert_eq!(report.services.added, 4);
    let directory = desk.directory();
    let ids: Vec<_> = directory.services.iter().map(|service| service.id.as_str()).collect();
    assert_eq!(ids, ["allotment-mornings", "housing-advice", "night-line", "women-together"]);
    let hours = |id: &str| {
        let of = directory.sessions.iter().filter(|session| session.service_id.as_str() == id);
        of.map(|session| session.opening_hours.as_ref().unwrap().as_str().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(hours("housing-advice"), ["Mo-Fr 09:00-17:00", "Mo-Fr 17:00-19:00"]);
    assert_eq!(hours("women-together"), ["We 18:00-20:30"], "with its hours, without its place");
    assert_eq!(directory.locations.len(), 2);
    drop(program);
}
