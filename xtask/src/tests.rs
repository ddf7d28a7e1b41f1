//! The tests that need more than one `cargo test`: end to end, and the long runs.

use std::env;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::project;

/// The long runs on this machine alone: the name, and which tests they are.
const HOST_RUNS: [(&str, &[&str]); 4] = [
    ("fuzz", &["--package=mend", "--package=mend-cli", "--test=fuzz"]),
    ("bundles", &["--package=mend", "--test=bundles"]),
    ("journals", &["--package=mend", "--test=journal", "--package=mend-cli", "--test=cases"]),
    ("retries", &["--package=mend", "--test=retries"]),
];
/// The suites of the end-to-end tests that have a long run.
const BROWSER_RUNS: [&str; 10] = [
    "worker_kills",
    "journal",
    "false_positives",
    "all_faults",
    "simulated_user",
    "deep_inspection",
    "worker_wakeups",
    "undo",
    "extension_bisect",
    "prompt_recovery",
];

/// The names of the long runs.
pub fn long_runs() -> Vec<&'static str> {
    HOST_RUNS.iter().map(|(name, _)| *name).chain(BROWSER_RUNS).collect()
}

/// The long runs of these names at full count, one after another; all of them if none is named.
///
/// # Errors
/// No long run of that name, or a test that fails.
pub fn soak(names: &[String]) -> Result<()> {
    for name in long_runs() {
        if !names.is_empty() && !names.iter().any(|one| one == name) {
            continue;
        }
        eprintln!("The long run: {name}");
        let mut cargo = match HOST_RUNS.iter().find(|(host, _)| *host == name) {
            Some((_, tests)) => {
                let mut cargo = cargo_test();
                // Fast, and an overflow still panics.
                cargo.arg("--profile=fuzz").args(*tests).args(["--", "--nocapture"]);
                cargo
            }
            None => suite(name),
        };
        succeed(cargo.env("MEND_FULL", "1"))?;
    }
    Ok(())
}

/// Every suite in both browsers, and this crate's own tests. Three tests at a time: with four, what waits for a page waited
/// too long on two cores. The longest suite is the first by name, so that none waits for it in the end.
///
/// # Errors
/// A test that fails.
pub fn end_to_end() -> Result<()> {
    let mut cargo = cargo_test();
    cargo.args(["--package=mend-e2e", "--package=xtask", "--lib", "--bins", "--test=all", "--", "--test-threads=3"]);
    succeed(&mut cargo)
}

fn cargo_test() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // What failed is said in full by the tests themselves; a stack of each would bury it.
    cargo.current_dir(project::path(".")).args(["test", "--quiet", "--locked"]).env("RUST_BACKTRACE", "0");
    cargo
}

/// The suite of a long run in browsers, two tests at a time, and what it prints.
fn suite(name: &str) -> Command {
    let mut cargo = cargo_test();
    cargo.args(["--package=mend-e2e", "--test=all", "--", "--nocapture", "--test-threads=2", &format!("{name}::")]);
    cargo
}

fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status().context("cannot start cargo")?;
    ensure!(status.success(), "{command:?} failed");
    Ok(())
}
