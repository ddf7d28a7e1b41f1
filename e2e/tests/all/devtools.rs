//! With the developer tools open on ChatGPT, Mend inspects requests deeply without its switch: what they show of a failed request counts.

use std::time::Duration;

use anyhow::Result;
use mend_e2e::{Browser, Session, Setup};
use mend_lab::{Lab, Lang, Options};

/// Not known without deep inspection: one from a body, one from a stream.
const ROWS: &[(&str, &str, &str)] = &[
    ("403-region", "network", "region-blocked"),
    ("400-cookies", "browser", "cookies-too-large"),
    ("stream-error", "them", "server-error"),
];

/// The tools open beside a tab that is there already, and tell nobody when they are ready.
const READY: Duration = Duration::from_secs(4);

#[tokio::test]
async fn chromium_devtools_give_details_of_failed_requests() -> Result<()> {
    for &(fault, blame, cause) in ROWS {
        // On a page whose words nobody here reads: in English the banner alone says some of it.
        let lab = Lab::start(Options { lang: Lang::Ja, fault: fault.to_owned(), ..Options::default() }).await?;
        let session = Session::start(Setup { devtools: true, ..Setup::new(Browser::Chromium, &lab)? }).await?;
        let chat = session.open_chat("/").await?;
        tokio::time::sleep(READY).await;
        chat.send("Why is the sky blue?").await?;
        chat.wait_for_error_turn().await?;
        let popup = session.open_popup().await?;
        let right = popup
            .wait(&format!("{fault}: {blame}/{cause}"), |snapshot| {
                let verdict = &snapshot.verdict;
                let sure: f64 = verdict.confidence.parse().unwrap_or(0.0);
                verdict.blame == blame && verdict.cause == cause && sure > 0.6
            })
            .await?;
        println!("{fault}: {}", right.verdict.confidence);
        session.stop().await?;
    }
    Ok(())
}
