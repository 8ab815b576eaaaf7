//! How good the answers are: a judged set → numbers that can be compared from one version to the next.
//!
//! In reading order: what was judged (`judgements`), what is counted (`measures`), the plain search that stands beside
//! ours (`baseline`), the whole run with its table (`run`), and the run with less than everything, to see what each part
//! is worth (`ablation`). It asks `search` and `matching` as anyone does and
//! knows nothing of how they work.

pub mod judgements;
pub mod measures;
pub mod baseline;
pub mod run;
pub mod ablation;

pub use ablation::ablation;
pub use judgements::{Broken, Half, Judged};
pub use run::{Report, evaluate};
