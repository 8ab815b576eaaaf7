//! Pages in a real browser: each journey from end to end, by touch, by keyboard alone, without scripts.
//!
//! Pictures of every page are put into `target/screens`, to be looked at.

/// A browser before a server.
mod browser;

/// The commands of the WebDriver protocol.
mod driver;
/// Where the browser, its driver and axe-core come from.
mod tools;
/// The server under the browser.
mod server;
/// Base64, as the browser writes pictures.
mod base64;

/// The first page, what this is, what went wrong.
mod first;
