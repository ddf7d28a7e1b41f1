//! The timeline: from the empty page to ten thousand lines; a failure opens to its evidence, and can be judged.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use mend::core::view::MOST;
use mend_e2e::{Browser, Fixture, Page, Popup, of_kind, rounds, until, workspace};
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::Key;

const WAIT: Duration = Duration::from_secs(10);

#[tokio::test]
async fn chromium_timeline_from_empty_to_ten_thousand_lines() -> Result<()> {
    timeline_from_empty_to_ten_thousand_lines(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_timeline_from_empty_to_ten_thousand_lines() -> Result<()> {
    timeline_from_empty_to_ten_thousand_lines(Browser::Firefox).await
}

/// Copies the first failure so often, each a minute older: of several kinds of request, so that not all lines are as tall,
/// and every seventh is good news instead.
const MANY: &str = r#"
    const [many] = arguments;
    const database = await new Promise((done) => {
        const request = indexedDB.open("journal");
        request.onsuccess = () => done(request.result);
    });
    const transaction = database.transaction("entries", "readwrite");
    const entries = transaction.objectStore("entries");
    const all = await new Promise((done) => {
        const all = entries.getAll();
        all.onsuccess = () => done(all.result);
    });
    const [failure, mended] = ["failure", "mended"].map((kind) => all.find(({ entry }) => entry.kind === kind));
    const roles = ["chat", "history", "other", "sign-in", "asset"];
    for (let at = 1; at <= many; at++) {
        const copy = structuredClone(at % 7 ? failure : mended);
        copy.at = copy.entry.at = failure.at - at * 60_000;
        copy.key = copy.entry.key = `${copy.at}-1/f1`;
        copy.entry.case = `${copy.at}-1`;
        if (at % 7) Object.assign(copy.entry.body, { at: copy.at, endpoint: roles[at % 5] });
        entries.put(copy);
    }
    await new Promise((done) => { transaction.oncomplete = done; });
    database.close();
    return true;
"#;

/// Scrolls on for some seconds by more than a screen a frame, or until the end: how long each frame took in ms, and how
/// long from the page's own turn in it until it was laid out, the most lines that were on the page, which lines were, how often a place in sight was empty, and whether this was the end.
const SCROLL: &str = r##"
    const found = { frames: [], work: [], most: 0, seen: [], blank: 0, end: false };
    const numbers = () => [...document.querySelectorAll("#rows > li")].map((line) => Number(line.ariaPosInSet));
    const seen = new Set(numbers());
    for (const began = performance.now(); !found.end && performance.now() - began < 5000; ) {
        const start = performance.now();
        scrollBy(0, 1500);
        let work = 0;
        await new Promise((done) => requestAnimationFrame(() => {
            work = performance.now();
            setTimeout(done);
        }));
        found.frames.push(performance.now() - start);
        found.work.push(performance.now() - work);
        const lines = numbers();
        found.most = Math.max(found.most, lines.length);
        for (const line of lines) seen.add(line);
        const rows = document.getElementById("rows").getBoundingClientRect();
        for (const y of [20, innerHeight / 2, innerHeight - 20]) {
            if (rows.top < y && y < rows.bottom && document.elementFromPoint(innerWidth / 2, y).id === "rows") found.blank++;
        }
        found.end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    }
    found.seen = [...seen];
    return found;
"##;

/// How long frames take in which nothing happens.
const NOTHING: &str = "
    const frames = [];
    while (frames.length < 60) {
        const start = performance.now();
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        frames.push(performance.now() - start);
    }
    return frames;
";

/// Scrolls up by a little many times; the most pixels by which the line in the middle of the sight moved otherwise.
const DRIFT: &str = r##"
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    let most = 0;
    for (let step = 0; step < 60; step++) {
        const line = document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest("#rows > li");
        const before = line.getBoundingClientRect().top;
        scrollBy(0, -90);
        await frame();
        await frame();
        most = Math.max(most, Math.abs(line.getBoundingClientRect().top - before - 90));
    }
    return most;
"##;

/// The numbers of the first and the last line in sight, and how many there are in all.
const IN_SIGHT: &str = r##"
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
    const lines = [...document.querySelectorAll("#rows > li")].filter((line) => {
        const { top, bottom } = line.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
    });
    return [lines.at(0), lines.at(-1)].map((line) => Number(line?.ariaPosInSet ?? 0)).concat(Number(lines.at(0)?.ariaSetSize ?? 0));
"##;

/// The number of the line that has the keyboard.
const FOCUSED: &str = r##"return Number(document.activeElement.closest("#rows > li")?.ariaPosInSet ?? 0)"##;

#[derive(Deserialize)]
struct Scrolled {
    frames: Vec<f64>,
    work: Vec<f64>,
    most: usize,
    seen: Vec<usize>,
    blank: usize,
    end: bool,
}

async fn timeline_from_empty_to_ten_thousand_lines(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "500-until-reload").await?;
    let empty = fixture.session.open_page("timeline.html").await?;
    empty.wait_words("#head", |words| words.contains("has seen no failure")).await?;
    empty.check_appearance(&format!("{browser}-timeline-empty")).await?;
    let chat = fixture.session.open_failed_chat().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.click("reload", "run").await?;
    chat.wait_for_page().await?;
    chat.send("Hello").await?;
    chat.wait_for_answer_done().await?;
    popup.close().await?;
    // The open page needs no reload: nobody read there yet.
    empty.wait_words("#rows", |words| words.contains("500") && words.contains("Message")).await?;
    empty.close().await?;

    let plain = fixture.session.open_bare_page("codes.html").await?;
    until("the recovery", Duration::from_secs(30), async || {
        ensure!(of_kind(&plain.journal().await?, "mended") == 1);
        Ok(())
    })
    .await?;
    let page = fixture.session.open_page("timeline.html").await?;
    page.wait_words("#rows", |words| words.contains("It works again") && words.contains("worked")).await?;
    page.click_at("#rows .failed summary").await?;
    page.wait_words(".judged", |words| words.contains("OpenAI, not you")).await?;
    page.wait_words(".tried", |words| words.contains("Reload")).await?;
    page.check_appearance(&format!("{browser}-timeline-open")).await?;
    page.click_at("[data-do=right]").await?;
    page.wait_words(".said", |words| words.contains("Mend was right")).await?;
    page.run::<Value>(
        "const list = document.querySelector('select[data-do=wrong]'); list.value = 'network'; \
         list.dispatchEvent(new Event('change', { bubbles: true })); return null",
        &[],
    )
    .await?;
    page.wait_words(".said", |words| words.contains("your connection")).await?;
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
    page.wait_words("#head", |words| words.contains("No entry matches")).await?;
    page.check_appearance(&format!("{browser}-timeline-none")).await?;
    page.click_at("#clear").await?;
    filter(&page, "side", "limit").await?;
    page.wait_words("#head", |words| words.contains("No entry matches")).await?;
    page.click_at("#clear").await?;
    filter(&page, "endpoint", "chat").await?;
    page.wait_words("#head", |words| words.starts_with("3 of 3")).await?;
    page.close().await?;

    long(&fixture, &plain, browser).await?;
    fixture.session.stop().await
}

/// A list of which most is never on the page.
async fn long(fixture: &Fixture, plain: &Page<'_>, browser: Browser) -> Result<()> {
    let many = rounds(1_000, 10_000);
    plain.run::<bool>(MANY, &[json!(many)]).await?;
    let begun = Instant::now();
    let page = fixture.session.open_page("timeline.html").await?;
    page.wait_words("#head", |words| words.contains(&format!("of {}", many + 3))).await?;
    let read = begun.elapsed();
    let idle: Vec<f64> = page.run(NOTHING, &[]).await?;
    let mut all = Scrolled { frames: Vec::new(), work: Vec::new(), most: 0, seen: Vec::new(), blank: 0, end: false };
    while !all.end && begun.elapsed() < Duration::from_secs(120) {
        let some: Scrolled = page.run(SCROLL, &[]).await?;
        all.frames.extend(some.frames);
        all.work.extend(some.work);
        all.seen.extend(some.seen);
        (all.most, all.blank, all.end) = (all.most.max(some.most), all.blank + some.blank, some.end);
    }
    println!(
        "{browser}: {many} read in {} ms; scrolled through: {}; of them work: {}; at most {} lines on the page; idle: {}",
        read.as_millis(),
        describe(all.frames),
        describe(all.work),
        all.most,
        describe(idle)
    );
    let seen: BTreeSet<usize> = all.seen.into_iter().collect();
    let missing: Vec<usize> = (1..=many + 3).filter(|line| !seen.contains(line)).collect();
    ensure!(missing.is_empty(), "never there: {missing:?}");
    ensure!(all.most <= MOST && all.blank == 0, "{} lines on the page, {} empty places", all.most, all.blank);
    keys(&page, many + 3).await?;
    narrow(&page, many + 3, browser).await?;
    page.close().await
}

/// Home, End and Tab; what is open stays so out of sight.
async fn keys(page: &Popup<'_>, all: usize) -> Result<()> {
    let sight = async || page.run::<(usize, usize, usize)>(IN_SIGHT, &[]).await;
    page.press(Key::Home).await?;
    until("the top", WAIT, async || {
        ensure!(sight().await?.0 == 1, "{:?}", sight().await?);
        Ok(())
    })
    .await?;
    until("a page further", WAIT, async || {
        // As a person does who sees that the last press came while the page still moved.
        page.press(Key::PageDown).await?;
        ensure!(sight().await?.0 > 5, "{:?}", sight().await?);
        Ok(())
    })
    .await?;
    until("the end", WAIT, async || {
        page.press(Key::End).await?;
        ensure!(sight().await?.1 == all, "{:?}", sight().await?);
        Ok(())
    })
    .await?;
    // The line in the middle of everything, once it is there.
    let middle = "scrollTo(0, document.documentElement.scrollHeight / 2); return null";
    page.run::<Value>(middle, &[]).await?;
    let (first, last, of) = sight().await?;
    ensure!(of == all && first > all / 4 && last < all * 3 / 4, "{first} to {last} of {of}");
    let line = (first + 3..last).find(|line| opens(*line)).context("nothing opens")?;
    let own = format!("#rows > [aria-posinset='{line}']");
    page.click_at(&format!("{own} summary")).await?;
    page.wait_words(&format!("{own} .path"), |words| words.contains("conversation")).await?;
    page.run::<Value>("scrollTo(0, 0); return null", &[]).await?;
    ensure!(sight().await?.0 == 1, "not at the top");
    ensure!(page.run::<usize>(FOCUSED, &[]).await? == line, "the keyboard is elsewhere");
    let on = format!("document.querySelector(\"{own} details\").scrollIntoView(); return null");
    page.press(Key::Tab).await?;
    // From the summary into what it opened: the button that copies the id.
    ensure!(page.run::<usize>(FOCUSED, &[]).await? == line, "the keyboard left the open line");
    page.run::<Value>(&on, &[]).await?;
    ensure!(page.shows(&format!("{own} details[open] .path")).await?, "it closed by itself");
    // Away from there, the line goes; back there, it is as it was.
    page.run::<Value>("document.activeElement.blur(); scrollTo(0, 0); return null", &[]).await?;
    until("the line to go", WAIT, async || {
        ensure!(!page.shows(&own).await?, "it is still there");
        Ok(())
    })
    .await?;
    page.run::<Value>(middle, &[]).await?;
    until("the open line", WAIT, async || {
        ensure!(page.shows(&format!("{own} details[open] .path")).await?, "it is closed, or lost");
        Ok(())
    })
    .await?;
    // From the foot of the page back into the list: its last line, not the last that is there by chance.
    page.run::<Value>("scrollTo(0, 0); document.querySelector('footer a').focus(); return null", &[]).await?;
    page.press_shift_tab().await?;
    let last = (1..=all).rev().find(|line| opens(*line)).context("nothing opens")?;
    ensure!(page.run::<usize>(FOCUSED, &[]).await? == last, "the keyboard is not on the last line");
    page.press_shift_tab().await?;
    let before = (1..last).rev().find(|line| opens(*line)).context("nothing opens")?;
    ensure!(page.run::<usize>(FOCUSED, &[]).await? == before, "the keyboard passed a line by");
    Ok(())
}

/// What is in sight does not move by itself where lines wrap and most heights are guessed.
async fn narrow(page: &Popup<'_>, all: usize, browser: Browser) -> Result<()> {
    page.frame_as_popup().await?;
    page.run::<Value>("scrollTo(0, document.documentElement.scrollHeight * 0.8); return null", &[]).await?;
    let (first, last, _) = page.run::<(usize, usize, usize)>(IN_SIGHT, &[]).await?;
    let drift: f64 = page.run(DRIFT, &[]).await?;
    println!("narrow: from {first} to {last} of {all} up again, the line in sight moved by {drift:.1} px of its own");
    ensure!(drift < 2.0, "what was in sight moved by {drift} px");
    page.screenshot(&workspace().join(format!("target/looks/{browser}-timeline-long-360.png"))).await?;
    ensure!(page.overflow().await? <= 0, "it is wider than its page");
    let accessibility_violations = page.accessibility_violations().await?;
    ensure!(accessibility_violations.is_empty(), "{}", accessibility_violations.join("\n"));
    Ok(())
}

/// Whether this line of the long list is a failure: before the copies stand the three that happened, and every seventh copy
/// is good news.
fn opens(line: usize) -> bool {
    line == 3 || line > 3 && !(line - 3).is_multiple_of(7)
}

/// How long these frames are: the shortest tell what one takes while nobody else wants the machine.
fn describe(mut frames: Vec<f64>) -> String {
    frames.sort_by(f64::total_cmp);
    let at = |part: usize| frames.get((frames.len() * part / 100).min(frames.len() - 1)).copied().unwrap_or_default();
    let [few, middle, most, longest] = [10, 50, 99, 100].map(|part| at(part).round());
    format!("{} frames, 10 of 100 in {few} ms, 50 in {middle}, 99 in {most}, the longest {longest}", frames.len())
}

async fn filter(page: &Popup<'_>, id: &str, value: &str) -> Result<()> {
    let set = "const field = document.getElementById(arguments[0]); field.value = arguments[1]; \
               field.dispatchEvent(new Event('input', { bubbles: true })); return null";
    page.run::<Value>(set, &[json!(id), json!(value)]).await.map(drop)
}
