//! Raw browser events → one [`Failure`]: the endpoint, how far the request came, and the sources.
//!
//! Correlates the sources. Assigns no blame.

mod correlate;
mod excerpt;
mod failure;
mod from_event;
mod named_server;
mod needs;
mod noise;
mod pasted;
mod source_code;

pub(crate) use correlate::correlate;
pub use excerpt::{Excerpt, LONGEST, excerpt};
pub use failure::{Failure, FailureStub, Reached, Source, Sources};
pub use needs::needs;
pub use pasted::pasted;
