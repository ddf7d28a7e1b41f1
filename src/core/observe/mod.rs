//! Raw browser facts → one [`Failure`]: which endpoint, at which stage, seen by which witness.
//!
//! Owns the meaning of addresses and the fusing of witnesses. Never says whose side it is.

mod failure;
mod fuse;
mod needs;
mod pasted;
mod told;

pub use failure::{Faded, Failure, Seen, Stage, Who};
pub(crate) use fuse::fuse;
pub use needs::needs;
pub use pasted::pasted;
