//! A check of the developer API with the person's own key: what to ask, and what follows from the answers.
//!
//! The key itself never comes further than [`shape`], which looks at it and keeps nothing: it is no field of anything here,
//! so it cannot be shown, stored or logged from here either.

mod form;
mod format;
mod judge;

pub use form::{Fields, FormError, Request, requests};
pub use format::{KeyFormat, shape};
pub use judge::{Answer, Counted, KeyView, judge};

/// The only address that a key is sent to.
pub const BASE: &str = "https://api.openai.com";
