//! A check of the developer API with the person's own key: the requests, and the diagnosis of the responses.
//!
//! The key itself is passed only to [`shape`], which does not keep it: no type here has a field for it, so it cannot
//! be shown, stored or logged from here.

mod form;
mod format;
mod judge;

pub use form::{Fields, FormError, Request, requests};
pub use format::{KeyFormat, shape};
pub use judge::{Answer, Counted, KeyView, judge};

/// The only origin that a key is sent to.
pub const BASE: &str = "https://api.openai.com";
