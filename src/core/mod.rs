//! The core, without I/O: [`update`] takes every input, [`view`] gives every output.
//!
//! Owns every decision. Reads no clock, calls no browser API and holds no text that a person reads: time comes in as
//! [`Millis`], text goes out as message keys.

pub mod actions;
pub mod alternatives;
pub mod api_answer;
pub mod authorize;
pub mod bisect;
pub mod bisect_session;
pub mod budget;
pub mod bundle;
pub mod catalog;
pub mod change;
pub mod check;
pub mod codes;
pub mod connectivity;
pub mod cookies;
pub mod decode;
pub mod diagnose;
pub mod effect;
pub mod endpoint;
pub mod entry;
pub mod event;
pub mod extensions;
pub mod fact;
pub mod formats;
pub mod har;
pub mod headers;
pub mod history;
pub mod incident_alerts;
pub mod journal;
pub mod json;
pub mod key;
pub mod model;
pub mod msg;
mod named;
pub mod names;
pub mod observe;
pub mod paste;
mod pending;
pub mod permission;
pub mod prompts;
pub mod reason;
pub mod recovery;
pub mod redact;
pub mod request_ids;
pub mod retry;
pub mod site_data;
pub mod status;
#[cfg(not(target_arch = "wasm32"))]
pub mod stream;
pub mod stream_end;
pub mod support_bundle;
pub mod surface;
pub mod task;
pub mod template;
pub mod text;
pub mod ticket;
pub mod time;
pub(crate) mod update;
pub mod user_agent;
pub mod view;

pub use effect::Effect;
pub use event::Event;
pub use model::Model;
pub use task::Task;
pub use time::Millis;
pub use update::update;
