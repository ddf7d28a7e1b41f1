//! The timeline: from the empty page to ten thousand lines; a failure opens to its evidence, and can be judged.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Popup, Stage, of_kind, rounds, until};
use serde_json::{Value, json};

#[tokio::test]
async fn chromium() -> Result<()> {
    timeline(Browser::Chromium).await
}

#[tokio::test]
async fn firefox() -> Result<()> {
    timeline(Browser::Firefox).await
}

/// Copies the first failure so often, each a minute older.
const MANY: &str = r#"
    const [many] = arguments;
    const database = await new Promise((done) => {
        const request = indexedDB.open("journal");
        request.onsuccess = () => done(request.result);
    });
    const transaction = database.transaction("entries", "readwrite");
    const entries = transaction.objectStore("entries");
    const first = await new Promise((done) => {
        const all = entries.getAll();
        all.onsuccess = () => done(all.result.find(({ entry }) => entry.kind === "failure"));
    });
    for (let at = 1; at <= many; at++) {
        const copy = structuredClone(first);
        copy.at = copy.entry.at = first.at - at * 60_000;
        copy.key = copy.entry.key = `${copy.at}-1/f1`;
        copy.entry.case = `${copy.at}-1`;
        copy.entry.body.at = copy.at;
        entries.put(copy);
    }
    await new Promise((done) => { transaction.oncomplete = done; });
    database.close();
    return true;
"#;

/// Scrolls on for some seconds, or until nothing more comes; the number of lines, the longest wait for a frame in ms, and
/// whether this was the end.
const SCROLL: &str = r##"
    let longest = 0;
    const rows = () => document.querySelectorAll("#rows > .row").length;
    let still = 0;
    for (let before = 0, began = performance.now(); still < 5 && performance.now() - began < 5000; ) {
        const start = performance.now();
        scrollBy(0, 1500);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        longest = Math.max(longest, performance.now() - start);
        still = rows() === before && scrollY + innerHeight >= document.documentElement.scrollHeight - 2 ? still + 1 : 0;
        before = rows();
    }
    return [rows(), Math.round(longest), still === 5];
"##;

async fn timeline(browser: Browser) -> Result<()> {
    let stage = Stage::set(browser, "500-until-reload").await?;
    let empty = stage.robot.open_page("timeline.html").await?;
    empty.wait_words("#head", |words| words.contains("Nothing has failed")).await?;
    empty.looks_right(&format!("{browser}-timeline-empty")).await?;
    let chat = stage.robot.open_chat("/").await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    let popup = stage.robot.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.click("reload", "run").await?;
    chat.wait_for_page().await?;
    chat.send("Hello").await?;
    chat.wait_for_answer_done().await?;
    popup.close().await?;
    // The open page needs no reload: nobody read there yet.
    empty.wait_words("#rows", |words| words.contains("500") && words.contains("Message")).await?;
    empty.close().await?;

    let plain = stage.robot.open_plain("codes.html").await?;
    until("the recovery", Duration::from_secs(30), async || {
        ensure!(of_kind(&plain.journal().await?, "mended") == 1);
        Ok(())
    })
    .await?;
    let page = stage.robot.open_page("timeline.html").await?;
    page.wait_words("#rows", |words| words.contains("It works again") && words.contains("worked")).await?;
    page.click_at("#rows .failed summary").await?;
    page.wait_words(".judged", |words| words.contains("OpenAI, not you")).await?;
    page.wait_words(".tried", |words| words.contains("Reload")).await?;
    page.looks_right(&format!("{browser}-timeline-open")).await?;
    page.click_at("[data-do=right]").await?;
    page.wait_words(".said", |words| words.contains("it was right")).await?;
    page.run::<Value>(
        "const list = document.querySelector('select[data-do=wrong]'); list.value = 'network'; \
         list.dispatchEvent(new Event('change', { bubbles: true })); return null",
        &[],
    )
    .await?;
    page.wait_words(".said", |words| words.contains("it was the connection")).await?;
    let entries = plain.journal().await?;
    let said = entries.iter().find(|entry| entry["kind"] == json!("feedback")).context("nothing was noted")?;
    ensure!(
        said["body"] == json!({ "right": false, "blame": "network" }) && of_kind(&entries, "feedback") == 1,
        "{said}"
    );

    let id = entries.iter().find_map(|entry| entry.pointer("/body/ids/request")?.as_str()).context("no request id")?;
    filter(&page, "id", id).await?;
    page.wait_words("#head", |words| words.starts_with("1 of 3")).await?;
    filter(&page, "id", "no such id").await?;
    page.wait_words("#head", |words| words.contains("Nothing matches")).await?;
    page.looks_right(&format!("{browser}-timeline-none")).await?;
    page.click_at("#clear").await?;
    filter(&page, "side", "limit").await?;
    page.wait_words("#head", |words| words.contains("Nothing matches")).await?;
    page.click_at("#clear").await?;
    filter(&page, "role", "chat").await?;
    page.wait_words("#head", |words| words.starts_with("3 of 3")).await?;
    page.close().await?;

    let many = rounds(1_000, 10_000);
    plain.run::<bool>(MANY, &[json!(many)]).await?;
    let begun = Instant::now();
    let page = stage.robot.open_page("timeline.html").await?;
    page.wait_words("#head", |words| words.contains(&format!("of {}", many + 3))).await?;
    let read = begun.elapsed();
    let (mut lines, mut longest, mut end) = (0, 0, false);
    while !end && begun.elapsed() < Duration::from_secs(120) {
        let (now, wait, over): (usize, u32, bool) = page.run(SCROLL, &[]).await?;
        (lines, longest, end) = (now, longest.max(wait), over);
    }
    println!(
        "{browser}: {many} read in {} ms; {lines} lines scrolled through, the longest frame {longest} ms",
        read.as_millis()
    );
    ensure!(lines == many + 3, "{lines} lines");
    stage.robot.stop().await
}

async fn filter(page: &Popup<'_>, id: &str, value: &str) -> Result<()> {
    let set = "const field = document.getElementById(arguments[0]); field.value = arguments[1]; \
               field.dispatchEvent(new Event('input', { bubbles: true })); return null";
    page.run::<Value>(set, &[json!(id), json!(value)]).await.map(drop)
}
