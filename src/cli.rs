//! The command line: every subcommand and its flags. What they do is in `commands`, one file a subcommand.

use crate::commands::serve;
use clap::{Parser, Subcommand};

/// A directory of local community services, and a matching engine over it.
#[derive(Debug, Parser)]
#[command(name = "signpost", version, about, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

/// What it can be told to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the directory over HTTP, and follow its files as they change
    Serve(serve::Arguments),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
