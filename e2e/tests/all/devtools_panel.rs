//! The panel of the developer tools, opened as a tab: the browser's own `devtools` is played by a script in a copy of the
//! extension, with entries as both browsers write them.

use std::fs;
use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, Scheme, Setup, languages, localized_copy, rounds, until, workspace};
use mend_lab::Http;
use serde_json::Value;

/// Stands wherever a secret can.
const CANARY: &str = "Kanarienvogel";

/// The tools' log has four requests, and tells of two more: one that broke, and a stream that failed inside.
const TOOLS: &str = r#"
const secret = "Kanarienvogel";
const entry = (second, method, path, status, more = {}, time = 240) => ({
  startedDateTime: `2026-07-25T09:22:0${second}.120Z`, time, serverIPAddress: secret, _initiator: { url: secret },
  request: {
    method, url: `https://chatgpt.com${path}?q=${secret}`, httpVersion: "h2", cookies: [{ name: "s", value: secret }],
    headers: [{ name: "Cookie", value: secret }, { name: "Authorization", value: secret }],
    queryString: [{ name: "q", value: secret }], postData: { mimeType: "application/json", text: secret },
  },
  response: {
    status, statusText: "", httpVersion: "h2", redirectURL: "", cookies: [], ...more,
    headers: [{ name: "Set-Cookie", value: secret }, { name: "server", value: "cloudflare" },
      { name: "x-request-id", value: "bd8e52b7-7993-4407-a17b-c697e6ae3ef6" }, { name: "cf-ray", value: "a355a9cdf90fec87-MAD" }],
    content: { size: 2048, mimeType: "application/json" },
  },
});
const telling = (entry, text) => Object.assign(entry, { getContent: (take) => void take(text, "") });
const chat = "/backend-api/f/conversation";
const body = JSON.stringify({ detail: { code: "server_error", message: secret } });
const good = 'data: {"v":"Kanarienvogel"}\n\ndata: [DONE]\n\n';
const bad = 'data: {"v":"Kanarienvogel"}\n\ndata: {"error":{"code":"server_error","message":"it failed"}}\n\n';
const log = [
  entry(1, "GET", "/backend-api/me", 200, {}, 18), entry(2, "POST", "/ces/v1/t", 0, { _error: "net::ERR_BLOCKED_BY_CLIENT" }),
  telling(entry(3, "POST", chat, 500), body), telling(entry(4, "POST", chat, 200, {}, 31000), good),
];
const later = [
  telling(entry(5, "POST", chat, 200, { _error: "net::ERR_CONNECTION_RESET" }, 5200), ""), telling(entry(6, "POST", chat, 200, {}, 900), bad),
  log[0],
];
chrome.devtools = {
  inspectedWindow: { tabId: 1 },
  network: {
    getHAR: (take) => setTimeout(() => take({ entries: log }), 20),
    onRequestFinished: { addListener: (told) => setTimeout(() => later.forEach(told), 60) },
  },
};
const create = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  blob.text().then((text) => { document.documentElement.dataset.saved = text; });
  return create.call(URL, blob);
};
"#;

#[tokio::test]
async fn chromium_devtools_panel() -> Result<()> {
    let all = languages()?;
    panel(Browser::Chromium, &all).await
}

#[tokio::test]
async fn firefox_devtools_panel() -> Result<()> {
    let some = |one: &String| rounds(0, 1) == 1 || ["de", "en", "ja"].contains(&one.as_str());
    panel(Browser::Firefox, &languages()?.into_iter().filter(some).collect::<Vec<_>>()).await
}

async fn panel(browser: Browser, languages: &[String]) -> Result<()> {
    for language in languages {
        let (_folder, mend) = localized_copy(&browser.mend()?, language)?;
        fs::write(mend.join("tools.js"), TOOLS)?;
        let page = mend.join("panel.html");
        let html = fs::read_to_string(&page)?
            .replace("<script src=\"js/sse", "<script src=\"tools.js\"></script><script src=\"js/sse");
        fs::write(&page, html)?;
        let fixture = Fixture::with_setup(browser, Http::Both, "well", |setup| Setup { mend, ..setup }).await?;
        if language == "en" {
            look(&fixture, browser).await?;
        }
        let page = fixture.session.open_page("panel.html").await?;
        wait_rows(&page).await?;
        page.frame(360, Scheme::Light).await?;
        let (overflow, overflowing) = (page.overflow().await?, page.overflowing().await?);
        ensure!(
            overflow <= 0 && overflowing.is_empty(),
            "{browser}, {language}: {overflow} px too wide; {overflowing:?}"
        );
        page.close().await?;
        fixture.session.stop().await?;
    }
    Ok(())
}

async fn look(fixture: &Fixture, browser: Browser) -> Result<()> {
    let page = fixture.session.open_page("panel.html").await?;
    wait_rows(&page).await?;
    for scheme in [Scheme::Light, Scheme::Dark] {
        for width in [360, 1000] {
            page.frame(width, scheme).await?;
            let name = format!("{browser}-panel-{scheme}-{width}");
            page.screenshot(&workspace().join(format!("target/looks/{name}.png"))).await?;
            let accessibility_violations = page.accessibility_violations().await?;
            ensure!(accessibility_violations.is_empty(), "{name}: {}", accessibility_violations.join("\n"));
        }
    }
    page.click_on("copy").await?;
    page.close().await?;

    let page = fixture.session.open_bare_page("panel.html").await?;
    // A row that was not drawn yet has no text (`content-visibility: auto`).
    until("the rows", Duration::from_secs(10), async || {
        let read =
            "return [...document.querySelectorAll('.row')].map((row) => row.checkVisibility() ? row.innerText : '')";
        let rows: Vec<String> = page.run(read, &[]).await?;
        ensure!(rows.len() == 6, "{rows:?}");
        let has = |at: usize, what: &str| rows.get(at).is_some_and(|row| row.contains(what));
        ensure!(has(0, "answer says that the service failed") && has(1, "net::ERR_CONNECTION_RESET"), "{rows:#?}");
        ensure!(has(2, "31 s") && has(3, "bd8e52b7-7993-4407-a17b-c697e6ae3ef6"), "{rows:#?}");
        ensure!(
            rows.get(4).is_some_and(String::is_empty) && has(5, "/backend-api/me"),
            "telemetry is folded: {rows:#?}"
        );
        Ok(())
    })
    .await?;
    let all: String = page.run("return document.documentElement.outerHTML", &[]).await?;
    ensure!(!all.contains(CANARY), "a secret stands on the page");

    page.run::<Value>("document.getElementById('failed-only').click()", &[]).await?;
    let left: usize = page
        .run("return [...document.querySelectorAll('.row')].filter((row) => row.checkVisibility()).length", &[])
        .await?;
    ensure!(left == 3, "{left} rows are left of three that failed");

    let save = "document.querySelector('[data-do=save]').click()";
    let saved = "return document.documentElement.dataset.saved ?? ''";
    page.run::<Value>(save, &[]).await?;
    let har = until("the file", Duration::from_secs(5), async || {
        let text: String = page.run(saved, &[]).await?;
        Ok(serde_json::from_str::<Value>(&text)?)
    })
    .await?;
    let entries = har.pointer("/log/entries").and_then(Value::as_array).map_or(0, Vec::len);
    ensure!(entries == 3 && !har.to_string().contains(CANARY), "{har:#}");
    // Ticked, the body of the failed answer comes along, and nothing else.
    page.run::<Value>("document.getElementById('bodies').click()", &[]).await?;
    page.run::<Value>(save, &[]).await?;
    until("the file with bodies", Duration::from_secs(5), async || {
        let text: String = page.run(saved, &[]).await?;
        ensure!(text.matches(CANARY).count() == 1, "{text}");
        Ok(())
    })
    .await?;
    page.close().await
}

async fn wait_rows(page: &Popup<'_>) -> Result<()> {
    until("the rows", Duration::from_secs(10), async || {
        ensure!(page.shows(".row:nth-child(6)").await?, "fewer");
        Ok(())
    })
    .await
}
