//! Judges a diagnosis program by public failures: `tests/cases/public.jsonl`, which the rules were written with, and
//! `sealed.jsonl`, which they were not. Knows nothing of the program but its command `diagnose --json`.
//!
//! | file | holds |
//! |---|---|
//! | `judge` | the failures, and what the program says of each |
//! | `figures` | how often that is right, and how sure the wrong is |
//! | `reliability` | the reliability diagram |

mod figures;
mod judge;
mod reliability;

pub use figures::{Figures, confusion, figures};
pub use judge::{Form, Judged, judge};
pub use reliability::diagram;
