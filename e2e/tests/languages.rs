//! Every language on a narrow page: all its words are there, and all of them fit.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Popup, Scheme, Setup, Stage, languages, rounds, speaking, workspace};
use mend_lab::Http;

/// A failure of each kind that has words of its own, and what Mend calls it.
const FAILS: &[(&str, &str)] = &[("500", "server-error"), ("429-plan", "plan-window"), ("403-json", "unknown")];

#[tokio::test]
async fn chromium() -> Result<()> {
    speak(Browser::Chromium, &languages()?).await
}

#[tokio::test]
async fn firefox() -> Result<()> {
    let all = languages()?;
    // The one with the longest words, and one without spaces.
    let some = all.iter().filter(|language| rounds(0, 1) == 1 || ["de", "ja"].contains(&language.as_str()));
    speak(Browser::Firefox, &some.cloned().collect::<Vec<_>>()).await
}

async fn speak(browser: Browser, languages: &[String]) -> Result<()> {
    let mut wrong = Vec::new();
    for language in languages {
        let (_folder, mend) = speaking(&browser.mend()?, language)?;
        let stage = Stage::with(browser, Http::Both, "well", |setup| Setup { mend, ..setup }).await?;
        let codes = stage.robot.open_page("codes.html").await?;
        codes.settled_page().await?;
        wrong.extend(fits(&codes, &format!("{browser}-{language}-codes")).await?);
        codes.close().await?;
        for &(fault, cause) in FAILS {
            stage.fault(fault)?;
            let chat = stage.robot.open_chat("/").await?;
            chat.send("Hello").await?;
            chat.wait_for_error_turn().await?;
            let popup = stage.robot.open_popup().await?;
            popup.wait(cause, |sheet| sheet.verdict.cause == cause).await?;
            popup.settled(Duration::from_millis(300)).await?;
            popup.unfold().await?;
            wrong.extend(fits(&popup, &format!("{browser}-{language}-{fault}")).await?);
            popup.close().await?;
            chat.close().await?;
        }
        stage.robot.stop().await?;
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

async fn fits(page: &Popup<'_>, name: &str) -> Result<Vec<String>> {
    page.frame(360, Scheme::Light).await?;
    page.screenshot(&workspace().join(format!("target/looks/words-{name}.png"))).await?;
    let overflow = page.overflow().await?;
    let mut wrong: Vec<String> = page.squeezed().await?.into_iter().map(|what| format!("{name}: {what}")).collect();
    if overflow > 0 {
        wrong.push(format!("{name} is {overflow} px wider than its page"));
    }
    Ok(wrong)
}
