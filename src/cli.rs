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
    /// Serve the directory over HTTP, and follow its files as they change
    Serve(crate::commands::serve::Serve),
    /// Bring the index up to date with the CSV files
    Build(crate::commands::build::Build),
    /// Search the directory
    Search(crate::commands::search::Search),
    /// Find options for a profile
    Match(crate::commands::matching::Match),
    /// Where are the gaps, and what has nobody checked for long
    Report(crate::commands::report::Report),
    /// Read the CSV files and name everything wrong in them
    Check(crate::commands::check::Check),
    /// Import what others publish: Open Referral packages, dumps and feeds
    Import(crate::commands::import::Import),
    /// Give the directory to others: Open Referral, GeoJSON, a spreadsheet
    Export(crate::commands::export::Export),
    /// Explain a problem by its code, such as E014
    Explain(crate::commands::explain::Explain),
    /// Measure the answers by a judged set
    Evaluate(crate::commands::evaluate::Evaluate),
    /// Import newer postcodes than those in the binary
    Gazetteer(crate::commands::gazetteer::Gazetteer),
    /// Print completions for a shell
    Completions(crate::commands::completions::Completions),
}
