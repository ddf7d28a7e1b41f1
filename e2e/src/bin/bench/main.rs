//! Measures what the performance table of docs/figures.md says, now and here.
//!
//! Owns the command line and the order; each figure has a file of its own. A figure that misses its target is printed and
//! is no error; one that could not be measured is said in its row, and the others are measured all the same.

mod build;
mod core;
mod cpu_overhead;
mod popup;
mod redact;
mod report;
mod size;
mod stats;
mod stream;
mod synthetic_har;
mod wake;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use build::Build;
use lexopt::prelude::*;
use mend_e2e::Browser;
use report::Figure;

const USAGE: &str = "bench [core|size|popup|wake|load|stream|redact]… [chrome|firefox] [--against DIST]
Measures these figures (default: all) in these browsers (default: both). MEND_FULL=1 measures longer.
--against compares popup and wake with another build in the same run; DIST holds its chrome and firefox folders.";

/// Figures that need no browser, and those that are measured in each.
const ON_HOST: &[&str] = &["core", "size"];
const IN_BROWSER: &[&str] = &["popup", "wake", "load", "stream", "redact"];

struct Arguments {
    figures: Vec<&'static str>,
    browsers: Vec<Browser>,
    against: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match arguments() {
        Ok(Some(arguments)) => run(arguments).await,
        Ok(None) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Result<Option<Arguments>> {
    let mut found = Arguments { figures: Vec::new(), browsers: Vec::new(), against: None };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Value(word) => match word.string()?.as_str() {
                "chrome" | "chromium" => found.browsers.push(Browser::Chromium),
                "firefox" => found.browsers.push(Browser::Firefox),
                other => match ON_HOST.iter().chain(IN_BROWSER).find(|one| **one == other) {
                    Some(figure) => found.figures.push(*figure),
                    None => bail!("there is no figure {other}\n{USAGE}"),
                },
            },
            Long("against") => found.against = Some(PathBuf::from(parser.value()?).canonicalize()?),
            Short('h') | Long("help") => {
                println!("{USAGE}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    if found.figures.is_empty() {
        found.figures.extend(ON_HOST.iter().chain(IN_BROWSER));
    }
    if found.browsers.is_empty() {
        found.browsers.extend([Browser::Chromium, Browser::Firefox]);
    }
    Ok(Some(found))
}

/// Measures and prints one figure after the other. Fails in the end where one of them could not be measured.
async fn run(Arguments { figures, browsers, against }: Arguments) -> ExitCode {
    report::print_head();
    let mut all_measured = true;
    for figure in figures {
        if ON_HOST.contains(&figure) {
            let measured = if figure == "core" { Ok(core::measure()) } else { size::measure() };
            all_measured &= report::print_all(figure, "host", measured);
            continue;
        }
        for browser in &browsers {
            let measured = measure(figure, *browser, against.as_ref()).await;
            all_measured &= report::print_all(figure, browser, measured);
        }
    }
    if all_measured { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn measure(figure: &str, browser: Browser, against: Option<&PathBuf>) -> Result<Vec<Figure>> {
    match figure {
        "popup" => popup::measure(browser, &Build::all(browser, against)?).await,
        "wake" => wake::measure(browser, &Build::all(browser, against)?).await,
        "redact" => redact::measure(browser).await,
        "stream" => stream::measure(browser).await,
        _ => cpu_overhead::measure(browser).await,
    }
}
