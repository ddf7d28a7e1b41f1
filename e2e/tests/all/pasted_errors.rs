//! The box for a pasted error: names that only the error catalog holds are told, as on the command line, and a request that was
//! copied without its answer is told as one.

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture};

/// What is pasted, and a part of what Mend says of it.
const ROWS: &[(&str, &str)] = &[
    ("openai: {\"error\":{\"code\":\"organization_must_be_verified\"}}", "It's almost certainly your account."),
    ("AbortError: The user aborted a request.", "the program ended this request itself"),
    ("curl 'https://chatgpt.com/backend-api/me' -H 'accept: */*'", "This is the request alone"),
    ("it does not work", "Mend recognises nothing in this text."),
];

#[tokio::test]
async fn chromium_pasted_errors_are_told_with_the_catalog() -> Result<()> {
    pasted_errors_are_told_with_the_catalog(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_pasted_errors_are_told_with_the_catalog() -> Result<()> {
    pasted_errors_are_told_with_the_catalog(Browser::Firefox).await
}

async fn pasted_errors_are_told_with_the_catalog(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    let popup = fixture.session.open_popup().await?;
    for (text, told) in ROWS {
        let words = popup.paste(text).await?;
        ensure!(words.contains(told), "{text}: {words}");
    }
    popup.check_appearance(&format!("{browser}-pasted-catalog")).await?;
    fixture.session.stop().await
}
