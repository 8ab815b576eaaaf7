//! The subcommands, one thin file each: they read flags, call the library, and talk.
//!
//! Each gives its exit status: 0 done, 1 your data or your question; an error is our fault.

pub mod serve;

use std::process::ExitCode;

/// Says what is wrong with somebody's data or question, on stderr, and gives the status for it.
fn refuse(message: impl std::fmt::Display) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::from(1)
}
