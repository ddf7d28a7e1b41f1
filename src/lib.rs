//! Mend's own library: `core` decides, `web` (wasm32 only) carries out.
//!
//! ```text
//! browser event → web::worker → core::update(&mut Model, Event, Now) → Vec<Effect> → web::effects
//! ```
//!
//! The core has no clock, no randomness, no network and no browser, so every situation is a test on the host, and the
//! command line (`cli/`) is the same brain in a terminal.

pub mod core;
#[cfg(target_arch = "wasm32")]
pub mod web;
