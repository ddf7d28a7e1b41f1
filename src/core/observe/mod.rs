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

/// The part of ChatGPT that OpenAI's status page calls by this component id.
///
/// Source: status.openai.com, `/proxy/status.openai.com`; names occur twice there, ids do not.
pub fn component(role: Role) -> &'static str {
    match role {
        Role::Session | Role::SignIn => "01JMXBNJXG1S2D9V65P1ZZTD94",
        _ => "01JMXBNJXGV1T5GT2M9XA83XNG",
    }
}
