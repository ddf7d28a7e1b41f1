//! Shows what Mend says of a fault: lab, browser, a message, the popup.
//!
//! Owns the command line and what is printed. Everything else is the library's.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use lexopt::prelude::*;
use mend_e2e::{Browser, Fixture, Scheme, Setup, workspace};
use mend_lab::{Generation, Http, Lang, Precondition, precondition};

const USAGE: &str = "show [chrome|firefox] [FAULT] [--page old|new|next] [--screenshot FILE] [--headed]
Shows what Mend says of a fault (default: 500). mend-lab --list names them.";

/// A known conversation.
const CHAT: &str = "/c/6a1f0c1e-0001-4000-8000-000000000001";

/// These break the page as it is opened; nothing is sent.
const AS_IT_OPENS: &[&str] = &["404-conversation", "429-conversation", "stale-assets", "storage-full"];

struct Arguments {
    browser: Browser,
    fault: String,
    screenshot: Option<PathBuf>,
    headed: bool,
    page: Generation,
}

#[tokio::main]
async fn main() -> ExitCode {
    let shown = async {
        match arguments()? {
            Some(arguments) => show(arguments).await,
            None => Ok(()),
        }
    };
    match shown.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("show: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn show(arguments: Arguments) -> Result<()> {
    let Arguments { browser, fault, screenshot, headed, page } = arguments;
    let change = |setup| Setup { headless: !headed, ..setup };
    let fixture = Fixture::before_fault(browser, Http::Both, Lang::En, &fault, change).await?;
    let shown = tokio::select! {
        shown = tell(&fixture, browser, &fault, page, screenshot) => shown,
        _ = tokio::signal::ctrl_c() => Ok(()),
    };
    if headed && shown.is_ok() {
        println!("The browser stays until ctrl-c.");
        tokio::signal::ctrl_c().await?;
    }
    fixture.session.stop().await?;
    shown
}

async fn tell(
    fixture: &Fixture,
    browser: Browser,
    fault: &str,
    page: Generation,
    screenshot: Option<PathBuf>,
) -> Result<()> {
    let outside = precondition(fault)? != Precondition::Nothing;
    if !outside {
        fixture.set_fault(fault)?;
    }
    let path = if fault == "404-conversation" { CHAT } else { "/" };
    let chat = fixture.session.open_chat(&format!("{path}?page={}", page.name())).await?;
    if outside {
        chat.wait_for_page().await?;
        fixture.begin(&chat).await?;
    }
    if fault.starts_with("upload-") {
        chat.attach(&workspace().join("Cargo.toml")).await?;
        chat.wait_for_error().await?;
    } else if !AS_IT_OPENS.contains(&fault) {
        chat.send("Why is the sky blue?").await?;
        match fault {
            "stop" | "steer-500" => chat.press_stop().await?,
            "navigate" => chat.wait_for_answer_begun().await?,
            "well" | "slow" | "cap-smaller-model" | "noise-blocked" | "quotes" => chat.wait_for_answer_done().await?,
            "reconnects" if page != Generation::Old => chat.wait_for_answer_done().await?,
            _ => chat.wait_for_error_turn().await?,
        }
    }
    if fault == "navigate" {
        chat.navigate(&format!("https://chatgpt.com{CHAT}")).await?;
    }
    let popup = fixture.session.open_popup().await?;
    let snapshot = popup.settled(Duration::from_millis(1500)).await?;
    println!("{browser}, fault {fault}\n\n{}", snapshot.table());

    let shot = screenshot.unwrap_or_else(|| workspace().join(format!("target/show/{browser}-{fault}.png")));
    popup.frame(360, Scheme::Light).await?;
    popup.screenshot(&shot).await?;
    let of_chat = beside(&shot);
    chat.screenshot(&of_chat).await?;
    println!("popup: {}\nchat:  {}", shot.display(), of_chat.display());
    Ok(())
}

/// `x.png` → `x-chat.png`.
fn beside(shot: &Path) -> PathBuf {
    let stem = shot.file_stem().unwrap_or_default().to_string_lossy();
    shot.with_file_name(format!("{stem}-chat.png"))
}

fn arguments() -> Result<Option<Arguments>> {
    let mut wanted = Arguments {
        browser: Browser::Chromium,
        fault: "500".to_owned(),
        screenshot: None,
        headed: false,
        page: Generation::Old,
    };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Value(word) => match word.string()?.as_str() {
                "chrome" | "chromium" => wanted.browser = Browser::Chromium,
                "firefox" => wanted.browser = Browser::Firefox,
                fault => wanted.fault = fault.to_owned(),
            },
            Long("screenshot") => wanted.screenshot = Some(PathBuf::from(parser.value()?)),
            Long("page") => wanted.page = parser.value()?.string()?.parse()?,
            Long("headed") => wanted.headed = true,
            Short('h') | Long("help") => {
                println!("{USAGE}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(wanted))
}
