//! The tests that need more than one `cargo test`: end to end, and the long runs.

use std::env;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command};

use anyhow::{Context, Result, ensure};

use crate::project;

/// The long runs on this machine alone: the name, and which tests they are.
const HOST_RUNS: [(&str, &[&str]); 4] = [
    ("fuzz", &["--package=mend", "--package=mend-cli", "--test=fuzz"]),
    ("bundles", &["--package=mend", "--test=bundles"]),
    ("journals", &["--package=mend", "--test=journal", "--package=mend-cli", "--test=cases"]),
    ("retries", &["--package=mend", "--test=retries"]),
];
/// The long runs in browsers: suites of the end-to-end tests.
const BROWSER_RUNS: [&str; 10] =
    ["kills", "journal", "quiet", "matrix", "planted", "closer", "wakes", "undo", "search", "rescue"];

/// The suite that takes longest by far.
const LONGEST: &str = "matrix";

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
            None => suite(name, 2),
        };
        succeed(cargo.env("MEND_FULL", "1"))?;
    }
    Ok(())
}

/// Every suite in both browsers, and this crate's own tests. Three tests at a time, and the longest suite beside them: browsers wait more than they
/// work.
///
/// # Errors
/// A test that fails.
pub fn end_to_end() -> Result<()> {
    // Both in one command: cargo builds what they share once.
    let packages = ["--package=mend-e2e", "--package=xtask"];
    succeed(cargo_test().args(packages).arg("--no-run"))?;
    let longest = Beside::start(suite(LONGEST, 1), LONGEST)?;
    let mut others = cargo_test();
    others.args(packages).args(["--lib", "--bins"]);
    for entry in fs::read_dir(project::path("e2e/tests"))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if path.extension().is_some_and(|it| it == "rs") && name != LONGEST {
            others.arg(format!("--test={name}"));
        }
    }
    succeed(others.args(["--", "--test-threads=3"]))?;
    longest.succeed()
}

fn cargo_test() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(project::path(".")).args(["test", "--quiet", "--locked"]);
    cargo
}

/// One suite of the end-to-end tests, and what it prints.
fn suite(name: &str, threads: u8) -> Command {
    let mut cargo = cargo_test();
    cargo.args(["--package=mend-e2e", &format!("--test={name}"), "--", "--nocapture"]);
    cargo.arg(format!("--test-threads={threads}"));
    cargo
}

fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status().context("cannot start cargo")?;
    ensure!(status.success(), "{command:?} failed");
    Ok(())
}

/// A suite that runs beside others. What it prints goes into a file meanwhile; it ends with whoever started it.
struct Beside {
    child: Child,
    log: PathBuf,
}

impl Beside {
    fn start(mut command: Command, name: &str) -> Result<Beside> {
        let log = project::target().join(format!("{name}.log"));
        let file = File::create(&log)?;
        let child = command.stdout(file.try_clone()?).stderr(file).spawn().context("cannot start cargo")?;
        Ok(Beside { child, log })
    }

    /// Waits for it: all that it printed if it fails, else the end of that.
    fn succeed(mut self) -> Result<()> {
        let status = self.child.wait()?;
        let told = fs::read_to_string(&self.log)?;
        let lines: Vec<_> = told.trim_end().lines().collect();
        let shown = if status.success() { lines.len().saturating_sub(2) } else { 0 };
        for line in lines.iter().skip(shown) {
            println!("{line}");
        }
        ensure!(status.success(), "the suite beside the others failed; it stands above");
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // Once it has ended there is nothing to kill.
        let _ = self.child.kill();
    }
}
