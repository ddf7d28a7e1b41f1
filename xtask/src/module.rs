//! The wasm modules, from Rust to what a browser loads: cargo compiles, wasm-bindgen writes the JavaScript bindings,
//! wasm-opt makes it smaller.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, anyhow, ensure};

use crate::project;

/// A module: the crate `mend` with one set of exports.
pub struct Module {
    /// `NAME.js` and `NAME_bg.wasm` are its files.
    pub name: &'static str,
    /// Cargo's features for it.
    features: &'static str,
}

/// All of them: what a failure needs (worker, popup, journal), and what the full pages need.
pub const MODULES: [Module; 2] = [Module { name: "mend", features: "" }, Module { name: "pages", features: "pages" }];

const TARGET: &str = "wasm32-unknown-unknown";
/// What rustc and wasm-bindgen use, and every browser of the manifest has.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// Where the finished modules are, and nothing else.
pub fn folder() -> PathBuf {
    project::target().join("modules")
}

/// Builds all of them. The first is optimised while the next is compiled.
///
/// # Errors
/// A tool that is missing or fails, or a module that was compiled without link-time optimisation.
pub fn build() -> Result<()> {
    let folder = &folder();
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    thread::scope(|scope| {
        let mut finishing = Vec::new();
        for module in &MODULES {
            let compiled = module.compile()?;
            finishing.push(scope.spawn(move || module.finish(&compiled, folder)));
        }
        for one in finishing {
            one.join().map_err(|_| anyhow!("a module's build panicked"))??;
        }
        Ok(())
    })
}

impl Module {
    /// From Rust to wasm. Only a cdylib is asked for: cargo drops link-time optimisation for a library that is also built
    /// as an rlib.
    fn compile(&self) -> Result<PathBuf> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(project::path("."));
        cargo.args(["rustc", "--verbose", "--locked", "--package", "mend", "--lib", "--crate-type", "cdylib"]);
        cargo.args(["--profile", "wasm", "--target", TARGET, "--no-default-features", "--features", self.features]);
        cargo.env("CARGO_ENCODED_RUSTFLAGS", short_paths()?.join("\x1f"));
        let told = run(&mut cargo)?;
        ensure!(optimised(&told), "cargo compiled {} without link-time optimisation (no `-C lto`)", self.name);
        // The next module is compiled into the same file.
        let compiled = project::target().join(format!("{}.wasm", self.name));
        fs::copy(project::target().join(TARGET).join("wasm/mend.wasm"), &compiled)?;
        Ok(compiled)
    }

    /// From wasm to what ships.
    fn finish(&self, compiled: &Path, folder: &Path) -> Result<()> {
        let mut bindgen = Command::new("wasm-bindgen");
        bindgen.args(["--target", "web", "--no-typescript", "--remove-name-section", "--remove-producers-section"]);
        run(bindgen.args(["--out-name", self.name, "--out-dir"]).args([folder, compiled]))?;
        let wasm = folder.join(format!("{}_bg.wasm", self.name));
        let mut opt = Command::new("wasm-opt");
        // Repeated until nothing changes, flattened and laid out anew, it is another 0.5 % smaller and takes six times as long.
        opt.args(["--merge-similar-functions", "-Oz"]);
        run(opt.args(WASM_FEATURES).arg(&wasm).arg("-o").arg(&wasm))?;
        Ok(())
    }
}

/// No path of the machine that builds gets into a module, and of the crates no more than their own.
fn short_paths() -> Result<Vec<String>> {
    let project = project::path(".").canonicalize()?;
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let home = home.context("neither CARGO_HOME nor HOME is set")?;
    let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    let mut flags = vec![remap(&project, "mend"), remap(&home, "cargo")];
    for registry in fs::read_dir(home.join("registry/src"))? {
        flags.push(format!("--remap-path-prefix={}/=", registry?.path().display()));
    }
    Ok(flags)
}

/// Whether the module was compiled with link-time optimisation, by what `cargo --verbose` tells. One that is fresh was
/// compiled earlier by the same command: cargo compiles anew for other kinds of library and other profiles.
fn optimised(told: &str) -> bool {
    let mut lines = told.lines().map(str::trim_start);
    lines.any(|line| {
        line.starts_with("Fresh mend v")
            || line.starts_with("Running") && line.contains(" --crate-name mend ") && line.contains(" -C lto ")
    })
}

/// Runs a program to its end and gives back what it said on standard error.
fn run(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("cannot start {name}; ./build.sh installs it"))?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "{name} failed:\n{told}");
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_time_optimisation_is_seen() {
        let line = |flags: &str| {
            format!("   Compiling mend v0.1.0 (/mend)\n     Running `rustc --crate-name mend {flags} -o x`\n")
        };
        assert!(optimised(&line("--crate-type cdylib -C lto -C codegen-units=1")));
        assert!(!optimised(&line("--crate-type cdylib --crate-type rlib -C codegen-units=1")));
        assert!(optimised("       Fresh mend v0.1.0 (/mend)\n"));
        assert!(!optimised(&line("").replace("--crate-name mend ", "--crate-name other -C lto ")), "another crate");
    }
}
