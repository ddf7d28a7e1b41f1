//! How many bytes each wasm module may have: what `xtask/sizes.json` records, and a little more.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;

use anyhow::{Context, Result, ensure};

use crate::{dist::BROWSERS, module::MODULES, project};

/// Where the sizes are recorded.
const FILE: &str = "xtask/sizes.json";

/// Bytes by the name of the module.
pub struct Sizes(BTreeMap<String, u64>);

impl Sizes {
    /// A module's bytes.
    ///
    /// # Errors
    /// No module of that name.
    pub fn of(&self, module: &str) -> Result<u64> {
        self.0.get(module).copied().with_context(|| format!("no size is known of the module {module}"))
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let sizes: Vec<_> = self.0.iter().map(|(name, size)| format!("{name} {size}")).collect();
        out.write_str(&sizes.join(", "))
    }
}

/// What each module in `dist/` has now; every browser gets the same.
///
/// # Errors
/// A module that is not there.
pub fn measured() -> Result<Sizes> {
    let [browser, ..] = &BROWSERS;
    let size = |name: &str| -> Result<(String, u64)> {
        let path = browser.folder().join(format!("{name}_bg.wasm"));
        let size = fs::metadata(&path).with_context(|| format!("cannot read {}", path.display()))?.len();
        Ok((name.to_owned(), size))
    };
    Ok(Sizes(MODULES.iter().map(|module| size(module.name)).collect::<Result<_>>()?))
}

/// What each may have: 2 % more than recorded, so that a line of code needs no new record.
///
/// # Errors
/// A record that cannot be read.
pub fn allowed() -> Result<Sizes> {
    let recorded: BTreeMap<String, u64> = serde_json::from_slice(&fs::read(project::path(FILE))?).context(FILE)?;
    Ok(Sizes(recorded.into_iter().map(|(name, size)| (name, size + size / 50)).collect()))
}

/// Holds every module to what it may have.
///
/// # Errors
/// A module that is larger.
pub fn check() -> Result<()> {
    let (measured, allowed) = (measured()?, allowed()?);
    for (name, size) in measured.0 {
        let most = allowed.of(&name)?;
        ensure!(
            size <= most,
            "the module {name} has {size} bytes, and {most} are allowed (2 % over {FILE}). Leave out what made it \
             larger; or, if it is worth it, run `cargo xtask sizes --record` and say why in the commit"
        );
    }
    Ok(())
}

/// Records the sizes as they are now.
///
/// # Errors
/// A module that is not there, or a record that cannot be written.
pub fn record() -> Result<()> {
    fs::write(project::path(FILE), serde_json::to_string_pretty(&measured()?.0)? + "\n").context(FILE)
}
