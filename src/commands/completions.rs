//! `signpost completions`: what a shell needs to complete our commands.

use super::Ending;
use crate::cli::Cli;
use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io;

/// Print completions for a shell
#[derive(Debug, Args)]
pub struct Completions {
    shell: Shell,
}

impl Completions {
    pub fn run(self) -> Result<Ending> {
        clap_complete::generate(self.shell, &mut Cli::command(), "signpost", &mut io::stdout().lock());
        Ok(Ending::Done)
    }
}
