//! Measures what the README's performance table says, now and here.
//!
//! Owns the order and the printing; each figure has a file of its own. A miss is printed, and is no error.

mod core;
mod kit;
mod load;
mod made;
mod popup;
mod redact;
mod size;
mod stats;
mod stream;
mod table;
mod wake;

use std::process::ExitCode;

use anyhow::{Result, bail};
use mend_e2e::Browser;
use table::Figure;

const USAGE: &str = "bench [core|size|popup|wake|load|stream|redact]… [chrome|firefox]
Measures these figures (default: all) in these browsers (default: both). MEND_FULL=1 measures longer.";
const ALL: &[&str] = &["core", "size", "popup", "wake", "load", "stream", "redact"];

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run() -> Result<()> {
    let (mut wanted, mut browsers) = (Vec::new(), Vec::new());
    for word in std::env::args().skip(1) {
        match word.as_str() {
            "chrome" | "chromium" => browsers.push(Browser::Chromium),
            "firefox" => browsers.push(Browser::Firefox),
            other => match ALL.iter().find(|one| **one == other) {
                Some(figure) => wanted.push(*figure),
                None => bail!("there is no figure {other}\n{USAGE}"),
            },
        }
    }
    if wanted.is_empty() {
        wanted.extend(ALL);
    }
    if browsers.is_empty() {
        browsers.extend([Browser::Chromium, Browser::Firefox]);
    }
    table::head();
    for figure in wanted {
        match figure {
            "core" => print(core::measure()),
            "size" => print(size::measure()?),
            _ => {
                for browser in &browsers {
                    print(match figure {
                        "popup" => popup::measure(*browser).await?,
                        "wake" => wake::measure(*browser).await?,
                        "redact" => redact::measure(*browser).await?,
                        "stream" => stream::measure(*browser).await?,
                        _ => load::measure(*browser).await?,
                    });
                }
            }
        }
    }
    Ok(())
}

fn print(figures: Vec<Figure>) {
    figures.iter().for_each(table::print);
}
