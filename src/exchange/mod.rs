//! Open Referral in and out: the Human Services Data Specification (HSDS 3) and its UK profile.
//!
//! `import` brings what others publish into a folder of CSV files. It reads files and, if it is asked to, a feed on the
//! network; it knows nothing of the index or of our own server.

pub mod import;
