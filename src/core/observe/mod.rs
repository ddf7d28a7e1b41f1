//! Raw browser facts → one [`Failure`]: which endpoint, at which stage, seen by which source.
//!
//! Owns the meaning of addresses and the correlation of sources. Never says whose side it is.

mod correlate;
mod failure;
mod from_event;
mod needs;
mod pasted;

pub(crate) use correlate::correlate;
pub use failure::{Failure, FailureStub, Reached, Source, Sources};
pub use needs::needs;
pub use pasted::pasted;
