//! Measures what the performance table of docs/figures.md says, now and here.
//!
//! Owns the command line and the order; each figure has a file of its own. A figure that misses its target is printed and
//! is no error; one that could not be measured is said in its row, and the others are measured all the same.

mod build;
mod cases;
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

use anyhow::Result;
use build::Build;
use clap::Parser;
use mend_e2e::Browser;
use report::Figure;

/// Figures that need no browser, and those that are measured in each.
const ON_HOST: &[&str] = &["core", "cases", "size"];
const IN_BROWSER: &[&str] = &["popup", "wake", "load", "stream", "redact"];

/// Measures what the performance table of docs/figures.md says. MEND_FULL=1 measures longer.
#[derive(Parser)]
#[command(name = "bench")]
struct Arguments {
    /// What to measure and in which browsers: core, cases, size, popup, wake, load, stream, redact, chrome, firefox [default: all]
    #[arg(value_parser = word)]
    words: Vec<Word>,
    /// Compares popup and wake with another build in the same run: a folder that holds its chrome and firefox folders
    #[arg(long, value_name = "DIST")]
    against: Option<PathBuf>,
}

#[derive(Clone)]
enum Word {
    Figure(&'static str),
    Browser(Browser),
}

fn word(word: &str) -> Result<Word, String> {
    let figure = ON_HOST.iter().chain(IN_BROWSER).find(|one| **one == word).map(|figure| Word::Figure(figure));
    let browser = || word.parse().ok().map(Word::Browser);
    figure.or_else(browser).ok_or_else(|| "there is no such figure and no such browser".to_owned())
}

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { words, against } = Arguments::parse();
    let (mut figures, mut browsers) = (Vec::new(), Vec::new());
    for word in words {
        match word {
            Word::Figure(figure) => figures.push(figure),
            Word::Browser(browser) => browsers.push(browser),
        }
    }
    if figures.is_empty() {
        figures.extend(ON_HOST.iter().chain(IN_BROWSER));
    }
    if browsers.is_empty() {
        browsers.extend([Browser::Chromium, Browser::Firefox]);
    }
    match against.map(|dist| dist.canonicalize()).transpose() {
        Ok(against) => run(&figures, &browsers, against).await,
        Err(error) => {
            eprintln!("bench: --against: {error}");
            ExitCode::from(2)
        }
    }
}

/// Measures and prints one figure after the other. Fails in the end where one of them could not be measured.
async fn run(figures: &[&'static str], browsers: &[Browser], against: Option<PathBuf>) -> ExitCode {
    report::print_head();
    let mut all_measured = true;
    for figure in figures {
        if ON_HOST.contains(figure) {
            let measured = match *figure {
                "core" => Ok(core::measure()),
                "cases" => cases::measure(),
                _ => size::measure(),
            };
            all_measured &= report::print_all(figure, "host", measured);
            continue;
        }
        for browser in browsers {
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
