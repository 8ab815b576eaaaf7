//! The tests, in the order in which a newcomer should read them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

/// The rules that the source itself keeps.
mod architecture;

/// A small valid directory folder, for a test to change.
mod fixture;

/// What is said to people: nothing missing in any language.
mod language;

/// Reading the CSV files: every problem named, no row harmed by another.
mod dataset;

/// The index: rebuilt, updated, damaged, kept back; always the same answers.
mod index;

/// Questions and their answers.
mod search;

/// A profile in, options with reasons out.
mod matching;

/// How good the answers are, by a judged set.
mod evaluation;

/// What services without categories probably are.
mod tagging;

/// Where the gaps are.
mod report;

/// Open Referral in and out.
mod exchange;

/// The API through the router, without sockets.
mod api;

/// Pages for workers and for those who keep the files, through the router.
mod rooms;

/// Pages in a real browser.
mod pages;

/// The server as it runs: with sockets, signals and files that change.
mod server;
