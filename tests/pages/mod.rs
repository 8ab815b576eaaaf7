//! Pages in a real browser: each journey from end to end, by touch, by keyboard alone, without scripts.
//!
//! Pictures of every page are put into `target/screens`, to be looked at; with `SIGNPOST_SCREENS=all` in the environment in
//! every scheme of colours on every screen.

/// A browser before a server.
mod browser;
/// How a page looks, on each screen and in each scheme of colours; and to axe-core.
mod looks;

/// The commands of the WebDriver protocol.
mod driver;
/// Where the browser, its driver and axe-core come from.
mod tools;
/// The server under the browser.
mod server;
/// Base64, as the browser writes pictures.
mod base64;

/// What hands do on a form.
mod hands;

/// The directory's page; a broken file is tried.
mod directory;
/// The navigator, by mouse, by keyboard, without scripts.
mod navigator;
/// The page of one service.
mod service;

/// The first page, what this is, what went wrong.
mod first;
/// The kiosk.
mod kiosk;
/// States that no journey comes by, and names and words that nobody expects.
mod states;
/// The kiosk's forms and the list, without a browser.
mod forms;
