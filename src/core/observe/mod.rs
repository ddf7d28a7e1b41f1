//! Raw browser facts → one [`Failure`]: which endpoint, at which stage, seen by which witness.
//!
//! Owns the meaning of addresses and the fusing of witnesses. Never says whose side it is.

mod failure;
mod fuse;
mod ids;
mod pasted;
mod told;

pub use crate::core::endpoint::{Place, Role, place};
pub use failure::{Faded, Failure, Seen, Stage, Who};
pub(crate) use fuse::fuse;
pub use ids::Ids;
pub use pasted::pasted;
