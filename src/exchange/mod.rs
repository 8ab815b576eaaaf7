//! Open Referral in and out: the Human Services Data Specification (HSDS 3) and its UK profile.
//!
//! `import` brings what others publish into a folder of CSV files. `standard` says our directory in the standard's words:
//! the server gives that under `/hsds`, `export` writes it to files. `portions` reads a
//! directory for it a part at a time. `duplicates` finds what two sources both have.

pub mod duplicates;
pub mod export;
pub mod import;
mod portions;
pub mod standard;
