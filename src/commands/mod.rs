//! One thin file a command. Answers go to stdout, talk goes to stderr, and here every ending becomes an exit code.

pub mod build;
pub mod check;
pub mod completions;
pub mod evaluate;
pub mod explain;
pub mod export;
mod folders;
pub mod gazetteer;
pub mod import;
pub mod matching;
pub mod report;
pub mod search;
pub mod serve;

use crate::cli::Command;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It did what was asked.
    Done,
    /// Your data or your question is wrong; what was written says what and where.
    YourData,
    /// Our fault.
    OurFault,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        ExitCode::from(match ending {
            Ending::Done => 0,
            Ending::YourData => 1,
            Ending::OurFault => 2,
        })
    }
}

/// What the person got wrong, with the cure if there is one; anything else that a command returns is our fault.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct YourMistake {
    pub message: String,
    pub help: Option<String>,
}

/// Runs a command.
pub fn run(command: Command) -> Ending {
    let ended = match command {
        Command::Serve(command) => command.run(),
        Command::Build(command) => command.run(),
        Command::Search(command) => command.run(),
        Command::Match(command) => command.run(),
        Command::Evaluate(command) => command.run(),
        Command::Report(command) => command.run(),
        Command::Gazetteer(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Explain(command) => command.run(),
    };
    ended.unwrap_or_else(|error| report(&error))
}

/// Says on stderr what went wrong. A reader that has closed its end (`signpost check | head`) has what it wanted.
fn report(error: &anyhow::Error) -> Ending {
    if error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(is_broken_pipe) {
        return Ending::Done;
    }
    let mut err = io::stderr().lock();
    let Some(mistake) = error.downcast_ref::<YourMistake>() else {
        let _ = writeln!(err, "error: {error:#}"); // there is nobody left to tell if stderr is closed
        return Ending::OurFault;
    };
    let _ = writeln!(err, "error: {mistake}");
    if let Some(help) = &mistake.help {
        let _ = writeln!(err, "  = help: {help}");
    }
    Ending::YourData
}

fn is_broken_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
