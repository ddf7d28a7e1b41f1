//! Mend's library: `core` makes all decisions, `web` (wasm32 only) connects it to the browser.
//!
//! ```text
//! browser event → web::worker → core::update(&mut Model, Event, Now) → Vec<Effect> → web::effects
//! ```
//!
//! The core uses no clock, no randomness, no network and no browser API, so every situation can be tested on the host,
//! and the command line (`cli/`) uses the same core.

pub mod core;
#[cfg(target_arch = "wasm32")]
pub mod web;
