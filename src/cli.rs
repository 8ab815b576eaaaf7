//! The command line: what can be asked, and how. What is done about it is in `commands`.

use clap::{Parser, Subcommand};

/// A directory of local community services, and a matching engine over it.
#[derive(Debug, Parser)]
#[command(name = "signpost", version, propagate_version = true, disable_help_subcommand = true, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, in the order in which a newcomer needs them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read the CSV files and name everything wrong in them
    Check(crate::commands::check::Check),
    /// Explain a problem by its code, such as E014
    Explain(crate::commands::explain::Explain),
    /// Serve the directory over HTTP, and follow its files as they change
    Serve(crate::commands::serve::Serve),
}
