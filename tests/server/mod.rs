//! The server as it runs: with sockets, signals and files that change.

/// The program `signpost serve`, started for one test.
pub mod program;

/// Clients that are slow, large or many.
mod connections;
/// Starting, following the files, stopping.
mod life;
/// Nothing that a person asks is written anywhere.
mod privacy;
