//! The size of the modules that worker and popup load.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use mend_e2e::Browser;

use crate::report::Figure;

const LARGEST: u64 = 200_000;

/// As they ship, and compressed as a store would send them.
pub fn measure() -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for module in ["worker", "popup"] {
        let path = Browser::Chromium.mend()?.join(format!("mend_{module}_bg.wasm"));
        let size = fs::metadata(&path).with_context(|| format!("cannot read {}", path.display()))?.len();
        let what = format!("wasm of the {module}");
        figures.push(Figure::new(&what, "both", format!("{size} bytes"), "≤ 200 KB", size <= LARGEST));
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
