//! A server of pages over a directory, and the ways to ask it: forms, uploads, addresses.

use crate::api::site::{Answer, Site};
use axum::body::Body;
use axum::http::Request;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use signpost::server::site::Site as Settings;

/// What pages are set up with in these tests.
pub fn settings() -> Settings {
    Settings { contact_email: Some("team@example.org".to_string()), ..Settings::default() }
}

/// Sends a form as a browser does.
pub fn form(site: &Site, path: &str, fields: &[(&str, &str)]) -> Answer {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "text/html")
        .body(Body::from(body.join("&")));
    site.ask(request.unwrap())
}

/// Sends a file as a browser does.
pub fn upload(site: &Site, name: &str, table: &str, bytes: &[u8]) -> Answer {
    let mut body = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"table\"\r\n\r\n{table}\r\n--edge\r\n\
         content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let request = Request::post("/directory/try")
        .header("content-type", "multipart/form-data; boundary=edge")
        .header("accept", "text/html")
        .body(Body::from(body));
    site.ask(request.unwrap())
}

/// A page as a browser asks for it.
pub fn page(site: &Site, path: &str) -> Answer {
    site.get_with(path, "accept", "text/html")
}

/// The words of a page, without its markup, with one space between.
pub fn words(answer: &Answer) -> String {
    let mut words = String::new();
    let mut inside = false;
    let main = answer.text().split_once("<main").map_or(answer.text(), |(_, main)| main);
    for character in main.chars() {
        match character {
            '<' => inside = true,
            '>' => {
                inside = false;
                words.push(' ');
            }
            _ if !inside => words.push(character),
            _ => {}
        }
    }
    let plain = words.replace("&#39;", "'").replace("&#38;", "&").replace("&#34;", "\"");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page has all of these words.
#[track_caller]
pub fn assert_says(answer: &Answer, texts: &[&str]) {
    let words = words(answer);
    for text in texts {
        assert!(words.contains(text), "`{text}` is not on the page:\n{words}");
    }
}

/// The page has none of them, in its words or markup.
#[track_caller]
pub fn assert_silent(answer: &Answer, texts: &[&str]) {
    for text in texts {
        assert!(!answer.text().contains(text), "`{text}` is on the page:\n{}", answer.text());
    }
}
