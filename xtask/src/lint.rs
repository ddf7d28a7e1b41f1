//! Formatting, lints and documentation: what needs no test run.

use std::env;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::project;

const CLIPPY: [&str; 3] = ["clippy", "--quiet", "--locked"];
const DENY: [&str; 3] = ["--", "-D", "warnings"];
/// Clippy for this machine, and for wasm with each of the two modules.
const TARGETS: [&[&str]; 3] = [
    &["--workspace", "--all-targets"],
    &["--target=wasm32-unknown-unknown", "--all-targets"],
    &["--target=wasm32-unknown-unknown", "--no-default-features"],
];

/// Runs all of it, and stops at the first that fails.
///
/// # Errors
/// What is not formatted, and a warning.
pub fn lint() -> Result<()> {
    cargo(&["fmt", "--all", "--check"]).context("run cargo fmt --all")?;
    for target in TARGETS {
        cargo(&[&CLIPPY, target, &DENY].concat())?;
    }
    cargo(&["doc", "--quiet", "--locked", "--workspace", "--no-deps"])
}

fn cargo(arguments: &[&str]) -> Result<()> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(project::path(".")).args(arguments).env("RUSTDOCFLAGS", "-D warnings");
    let status = cargo.status().context("cannot start cargo")?;
    ensure!(status.success(), "{cargo:?} failed");
    Ok(())
}
