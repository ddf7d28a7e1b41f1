//! A check of the developer API with the person's own key: what to ask, and what follows from the answers.
//!
//! The key itself never comes further than [`shape`], which looks at it and keeps nothing: it is no field of anything here,
//! so it cannot be shown, stored or logged from here either.

mod form;
mod judge;
mod shape;

pub use form::{Fields, Request, Wrong, requests};
pub use judge::{Answer, Counted, KeyView, judge};
pub use shape::{Shape, shape};

/// The only address that a key is sent to.
pub const BASE: &str = "https://api.openai.com";
