//! With the developer tools open on ChatGPT, Mend looks closer without a switch: what they show of a failed request counts.

use std::time::Duration;

use anyhow::Result;
use mend_e2e::{Browser, Robot, Setup};
use mend_lab::{Lab, Lang, Options};

/// Open without a closer look: told by a body, and by a stream.
const ROWS: &[(&str, &str, &str)] = &[
    ("403-region", "network", "region-blocked"),
    ("400-cookies", "browser", "cookies-too-large"),
    ("stream-error", "them", "server-error"),
];

/// The tools open beside a tab that is there already, and tell nobody when they are ready.
const READY: Duration = Duration::from_secs(4);

#[tokio::test]
async fn chromium() -> Result<()> {
    for &(fault, blame, cause) in ROWS {
        // On a page whose words nobody here reads: in English the banner alone says some of it.
        let lab = Lab::start(Options { lang: Lang::Ja, fault: fault.to_owned(), ..Options::default() }).await?;
        let robot = Robot::start(Setup { devtools: true, ..Setup::new(Browser::Chromium, &lab)? }).await?;
        let chat = robot.open_chat("/").await?;
        tokio::time::sleep(READY).await;
        chat.send("Why is the sky blue?").await?;
        chat.wait_for_error_turn().await?;
        let popup = robot.open_popup().await?;
        let right = popup
            .wait(&format!("{fault}: {blame}/{cause}"), |sheet| {
                let verdict = &sheet.verdict;
                let sure: f64 = verdict.confidence.parse().unwrap_or(0.0);
                verdict.blame == blame && verdict.cause == cause && sure > 0.6
            })
            .await?;
        println!("{fault}: {}", right.verdict.confidence);
        robot.stop().await?;
    }
    Ok(())
}
