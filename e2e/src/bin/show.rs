//! Shows what Mend says of a fault: lab, browser, a message, the popup.
//!
//! Owns the command line and what is printed. Everything else is the library's.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use clap::Parser;
use mend_e2e::{Browser, Fixture, Scheme, Setup, workspace};
use mend_lab::{Generation, Http, Lang, Precondition, precondition};

/// A known conversation.
const CHAT: &str = "/c/6a1f0c1e-0001-4000-8000-000000000001";

/// These break the page as it is opened; nothing is sent.
const AS_IT_OPENS: &[&str] = &["404-conversation", "429-conversation", "stale-assets", "storage-full"];

/// Shows what Mend says of a fault: in a browser before the lab, after one message.
#[derive(Parser)]
#[command(name = "show")]
struct Arguments {
    /// The browser, chrome or firefox, and the fault; mend-lab --list names them [default: chrome 500]
    words: Vec<String>,
    /// The generation of ChatGPT's page: old, new or next
    #[arg(long, default_value = "old")]
    page: Generation,
    /// Writes pictures of the popup and, beside it, of the chat
    #[arg(long, value_name = "FILE")]
    screenshot: Option<PathBuf>,
    /// In a window; it stays until ctrl-c
    #[arg(long)]
    headed: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match show(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("show: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn show(arguments: Arguments) -> Result<()> {
    let Arguments { words, screenshot, headed, page } = arguments;
    let (mut browser, mut fault) = (Browser::Chromium, "500".to_owned());
    for word in words {
        match word.parse() {
            Ok(named) => browser = named,
            Err(_) => fault = word,
        }
    }
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
    // The chat's tab is behind the popup's here: its timers run once a second, and it reports an error after two of them.
    let snapshot = popup.settled(Duration::from_millis(3500)).await?;
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
