//! How good the answers are: a judged set → numbers that can be compared from one version to the next.
//!
//! In reading order: what was judged (`judgements`), what is counted (`measures`), the plain search that stands beside
//! ours (`baseline`), and the whole run with its table (`run`). It asks `search` and `matching` as anyone does and
//! knows nothing of how they work.

pub mod judgements;
pub mod measures;
pub mod baseline;
pub mod run;

pub use judgements::{Broken, Judged};
pub use run::{Report, evaluate};
