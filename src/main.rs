//! The `signpost` program. Exit status: 0 done, 1 something is wrong with your data or question, 2 our fault.

use clap::Parser;
use signpost::cli::{Cli, Command};
use signpost::commands;
use std::process::ExitCode;

/// Something failed that is nobody's data or question.
const OUR_FAULT: u8 = 2;

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(arguments) => commands::serve::run(arguments),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(OUR_FAULT)
    })
}
