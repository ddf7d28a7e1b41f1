//! The size of the wasm modules.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use mend_e2e::Browser;
use xtask::{module::MODULES, sizes};

use crate::report::Figure;

/// As they ship, and compressed as a store would send them.
pub fn measure() -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let (measured, allowed) = (sizes::measured()?, sizes::allowed()?);
    for module in &MODULES {
        let (size, most) = (measured.of(module.name)?, allowed.of(module.name)?);
        let what = format!("wasm of {}", module.name);
        figures.push(Figure::new(&what, "both", format!("{size} bytes"), &format!("≤ {most}"), size <= most));
        let path = Browser::Chromium.mend()?.join(format!("{}_bg.wasm", module.name));
        // Node.js builds Mend and knows both.
        let program = "const { gzipSync, brotliCompressSync } = require('zlib');
            const bytes = require('fs').readFileSync(process.argv[1]);
            console.log(`gzip ${gzipSync(bytes, { level: 9 }).length}, brotli ${brotliCompressSync(bytes).length} bytes`);";
        let node = Command::new("node").args(["-e", program]).arg(&path).output().context("cannot start node")?;
        ensure!(node.status.success(), "{}", String::from_utf8_lossy(&node.stderr));
        let told = String::from_utf8_lossy(&node.stdout).trim().to_owned();
        figures.push(Figure::note("… compressed", "both", told));
    }
    Ok(figures)
}
