//! The pages of the navigator, of a service and of the directory, through the router: what stands on them and what does
//! not. `tests/pages` looks at them in a browser.

/// A form that is sent, and what stands on a page.
mod asking;

/// The pages for those who keep the files; trying a file.
mod directory;
/// Questions, shortlist, plan.
mod navigator;
/// The page of one service.
mod service;
