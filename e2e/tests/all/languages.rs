//! Every language on a narrow page: all its words are there, and all of them fit.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, Scheme, Setup, languages, localized_copy, rounds, workspace};
use mend_lab::Http;

/// A failure of each kind that has words of its own, and what Mend calls it.
const FAILS: &[(&str, &str)] = &[("500", "server-error"), ("429-plan", "plan-window"), ("403-json", "unknown")];

#[tokio::test]
async fn chromium_popup_fits_in_every_language() -> Result<()> {
    popup_fits_in_every_language(Browser::Chromium, &languages()?).await
}

#[tokio::test]
async fn firefox_popup_fits_in_every_language() -> Result<()> {
    let all = languages()?;
    // The one with the longest words, and one without spaces.
    let some = all.iter().filter(|language| rounds(0, 1) == 1 || ["de", "ja"].contains(&language.as_str()));
    popup_fits_in_every_language(Browser::Firefox, &some.cloned().collect::<Vec<_>>()).await
}

async fn popup_fits_in_every_language(browser: Browser, languages: &[String]) -> Result<()> {
    let mut wrong = Vec::new();
    for language in languages {
        let (_folder, mend) = localized_copy(&browser.mend()?, language)?;
        let fixture = Fixture::with_setup(browser, Http::Both, "well", |setup| Setup { mend, ..setup }).await?;
        let codes = fixture.session.open_page("codes.html").await?;
        codes.settled_page().await?;
        wrong.extend(fits(&codes, &format!("{browser}-{language}-codes")).await?);
        codes.close().await?;
        for &(fault, cause) in FAILS {
            fixture.set_fault(fault)?;
            let chat = fixture.session.open_failed_chat().await?;
            let popup = fixture.session.open_popup().await?;
            popup.wait(cause, |snapshot| snapshot.verdict.cause == cause).await?;
            popup.settled(Duration::from_millis(300)).await?;
            popup.unfold().await?;
            wrong.extend(fits(&popup, &format!("{browser}-{language}-{fault}")).await?);
            popup.close().await?;
            chat.close().await?;
        }
        fixture.session.stop().await?;
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

async fn fits(page: &Popup<'_>, name: &str) -> Result<Vec<String>> {
    page.frame(360, Scheme::Light).await?;
    page.screenshot(&workspace().join(format!("target/looks/words-{name}.png"))).await?;
    let overflow = page.overflow().await?;
    let mut wrong: Vec<String> = page.overflowing().await?.into_iter().map(|what| format!("{name}: {what}")).collect();
    if overflow > 0 {
        wrong.push(format!("{name} is {overflow} px wider than its page"));
    }
    Ok(wrong)
}
