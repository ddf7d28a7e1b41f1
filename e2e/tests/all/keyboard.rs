//! The popup without a mouse, and at 200 % zoom.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, Scheme, until, workspace};
use thirtyfour::Key;

/// Half the popup's width: what is left of it at 200 % zoom.
const ZOOMED: u32 = 180;

#[tokio::test]
async fn chromium_popup_by_keyboard_and_at_200_percent_zoom() -> Result<()> {
    popup_by_keyboard_and_at_200_percent_zoom(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_popup_by_keyboard_and_at_200_percent_zoom() -> Result<()> {
    popup_by_keyboard_and_at_200_percent_zoom(Browser::Firefox).await
}

async fn popup_by_keyboard_and_at_200_percent_zoom(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "500-until-reload").await?;
    let chat = fixture.session.open_failed_chat().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_rung("reload", "recommended").await?;
    popup.settled(Duration::from_millis(500)).await?;

    popup.frame(ZOOMED, Scheme::Light).await?;
    readable(&popup, browser).await?;
    let stops = walk(&popup).await?;
    println!("{browser}: {} stops: {}", stops.len(), stops.join(" | "));
    for tag in ["summary", "button", "a"] {
        ensure!(stops.iter().any(|stop| stop.starts_with(&format!("{tag} "))), "the popup has no {tag}: {stops:?}");
    }
    popup.frame(ZOOMED, Scheme::Light).await?;
    readable(&popup, browser).await?;

    follow_a_link(&popup).await?;
    // The one thing to do is done by keys alone.
    go_back_to(&popup, "button reload").await?;
    popup.press(Key::Space).await?;
    chat.wait_for_fresh_page().await?;
    popup.wait_rung("reload", "running").await?;
    fixture.session.stop().await
}

/// Tab by Tab through everything; what is folded is opened with Enter, closed with Space and opened again.
async fn walk(popup: &Popup<'_>) -> Result<Vec<String>> {
    let mut stops: Vec<String> = Vec::new();
    loop {
        popup.press(Key::Tab).await?;
        // Firefox scrolls a moment later.
        let mut focus = until("the keyboard to be in sight", Duration::from_secs(2), async || {
            let focus = popup.keyboard().await?;
            ensure!(focus.seen, "nobody sees that it is on {focus:?}");
            Ok(focus)
        })
        .await?;
        ensure!(focus.at == Some(stops.len()), "after {stops:?} the keyboard is on {focus:?}");
        if focus.name.starts_with("summary ") {
            let before = focus.open;
            let keys = if before { [Key::Enter, Key::Space].as_slice() } else { &[Key::Enter, Key::Space, Key::Enter] };
            for (times, key) in keys.iter().enumerate() {
                popup.press(key.clone()).await?;
                focus = popup.keyboard().await?;
                ensure!(focus.open == (before == (times % 2 == 1)), "a key does nothing on {focus:?}");
            }
        }
        stops.push(focus.name);
        if stops.len() == focus.of {
            return Ok(stops);
        }
    }
}

/// Enter opens it in a new tab; the popup stays.
async fn follow_a_link(popup: &Popup<'_>) -> Result<()> {
    // To another site: not every driver lists a tab of the extension's own.
    go_back_to(popup, "a ticket").await?;
    let before = popup.tabs().await?;
    popup.press(Key::Enter).await?;
    until("a new tab", Duration::from_secs(10), async || {
        ensure!(popup.tabs().await? == before + 1, "as many as before");
        Ok(())
    })
    .await
}

/// Back until the name of what has the keyboard begins so.
async fn go_back_to(popup: &Popup<'_>, name: &str) -> Result<()> {
    loop {
        let before = popup.keyboard().await?;
        if before.name.starts_with(name) {
            return Ok(());
        }
        popup.press_shift_tab().await?;
        let now = popup.keyboard().await?;
        let one_back = before.at.and_then(|at| at.checked_sub(1));
        ensure!(now.at == one_back && now.at.is_some(), "one back from {before:?} is {now:?}, on the way to {name:?}");
    }
}

async fn readable(popup: &Popup<'_>, browser: Browser) -> Result<()> {
    popup.screenshot(&workspace().join(format!("target/looks/{browser}-zoomed-popup.png"))).await?;
    let overflow = popup.overflow().await?;
    ensure!(overflow <= 0, "{browser}: at 200 % the popup is {overflow} px too wide");
    let unreadable_text = popup.unreadable_text().await?;
    ensure!(unreadable_text.is_empty(), "{browser}, at 200 %:\n{}", unreadable_text.join("\n"));
    Ok(())
}
