//! How a row of each file becomes a row of the directory.
//!
//! Every cell is read before the first `?`, so that everything wrong with a row is reported at once.

mod area;
mod fund;
mod location;
mod organisation;
mod service;
mod session;
mod vocabulary;
