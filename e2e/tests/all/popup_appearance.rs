//! Every verdict as a picture, light and dark, narrow and wide; nothing is wider than its page, and nothing bars anyone.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Popup};

/// Fault, cause, and the action that comes first: a verdict each.
const FAILS: &[(&str, &str, &str)] = &[
    ("500", "server-error", "reload"),
    ("429-plan", "plan-window", "follow"),
    ("429-one-elsewhere", "one-at-a-time", "put-newest"),
    ("401-expired", "expired", "https://chatgpt.com/auth/login"),
    ("stream-cut", "connection", "reload"),
    ("403-challenge", "edge-challenge", "reload"),
    ("403-block", "address-blocked", "connectivity.html"),
    ("403-json", "unknown", "reload"),
    ("404-model", "model-not-found", "put-newest"),
    ("413", "too-long", "put-newest"),
    ("431", "cookies-too-large", "clear-cookies"),
    ("422", "invalid", "look"),
    ("clock", "clock", "connectivity.html"),
    // Last, in a browser of its own: Mend reads the status page every two minutes at most.
    ("500-incident", "outage", "follow"),
];

/// How high a popup may be, in pixels.
const FOLD: u32 = 600;

/// What somebody may paste, and an answer that says nothing.
const PASTED: &[(&str, &str)] = &[
    ("quota", "openai.RateLimitError: Error code: 429 - {'error': {'code': 'insufficient_quota'}}"),
    ("nothing", "it does not work"),
];

#[tokio::test]
async fn chromium_popup_appearance_of_each_verdict() -> Result<()> {
    popup_appearance_of_each_verdict(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_popup_appearance_of_each_verdict() -> Result<()> {
    popup_appearance_of_each_verdict(Browser::Firefox).await
}

async fn popup_appearance_of_each_verdict(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    let popup = fixture.session.open_popup().await?;
    pictures(&popup, browser, "no-tab").await?;
    for (name, text) in PASTED {
        let words = popup.paste(text).await?;
        println!("{browser}, {name}: {words}");
        popup.check_appearance(&format!("{browser}-pasted-{name}")).await?;
    }
    popup.close().await?;
    let codes = fixture.session.open_page("codes.html#code-502").await?;
    codes.settled_page().await?;
    codes.check_appearance(&format!("{browser}-codes")).await?;
    codes.close().await?;

    fixture.set_fault("500")?;
    let chat = fixture.session.open_chat("/").await?;
    let popup = fixture.session.open_popup().await?;
    pictures(&popup, browser, "well").await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    popup.wait_blame("them").await?;
    fixture.set_fault("well")?;
    chat.send("Hello").await?;
    chat.wait_for_answer_done().await?;
    popup.wait_blame("benign").await?;
    pictures(&popup, browser, "mended").await?;
    fixture.session.stop().await?;

    for faults in FAILS.chunk_by(|_, next| next.0 != "500-incident") {
        let fixture = Fixture::start(browser, "well").await?;
        for &(fault, cause, act) in faults {
            fixture.set_fault(fault)?;
            let chat = fixture.session.open_failed_chat().await?;
            let popup = fixture.session.open_popup().await?;
            popup.wait(cause, |snapshot| snapshot.verdict.cause == cause).await?;
            popup.settled(Duration::from_millis(300)).await?;
            popup.frame_as_popup().await?;
            let primary = popup.primary_actions().await?;
            let there = matches!(&primary[..], [one] if one.act == act && one.first && one.bottom <= FOLD);
            ensure!(there, "{browser}, {fault}: {act} is one click away, nothing before it: {primary:?}");
            pictures(&popup, browser, fault).await?;
            popup.close().await?;
            chat.close().await?;
        }
        fixture.session.stop().await?;
    }
    Ok(())
}

/// As it comes up, and with everything open.
async fn pictures(popup: &Popup<'_>, browser: Browser, what: &str) -> Result<()> {
    popup.settled(Duration::from_millis(300)).await?;
    popup.check_appearance(&format!("{browser}-{what}")).await?;
    popup.unfold().await?;
    popup.check_appearance(&format!("{browser}-{what}-open")).await?;
    popup.frame_as_popup().await?;
    let overflow = popup.overflow().await?;
    ensure!(overflow <= 0, "{browser}, {what}: beside its scroll bar the popup is {overflow} px too wide");
    Ok(())
}
