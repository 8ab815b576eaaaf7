//! The binary: reads the command line, runs one command, and turns its end into an exit code.

use clap::Parser;
use signpost::cli::Cli;
use signpost::commands::{self, Ending};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let asked_for = !error.use_stderr(); // `--help`, `--version`
            let printed = error.print();
            return if asked_for && printed.is_ok() { Ending::Done.into() } else { Ending::YourData.into() };
        }
    };
    commands::run(cli.command).into()
}
