//! What building, packing and testing Mend takes beyond cargo's own commands.
//!
//! | file | noun |
//! |---|---|
//! | `module` | a wasm module: Rust → wasm → bindings → optimised |
//! | `dist` | the extension's folder for one browser |
//! | `html` | a page with its parts and its stylesheet |
//! | `lint` | formatting, lints and documentation |
//! | `locales` | the languages beside English, and what of them ships |
//! | `archive` | a folder as a zip, the same bytes every time |
//! | `sizes` | how many bytes each module may have |
//! | `tests` | the tests that need more than one `cargo test` |
//! | `project` | where the files of this project are |

pub mod archive;
pub mod dist;
mod html;
pub mod lint;
pub mod locales;
pub mod module;
mod project;
pub mod sizes;
pub mod tests;
