//! The web layer in a real browser, with the extension APIs played by a few lines of JavaScript.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, missing_docs, reason = "a test may fail loudly")]

use js_sys::{Function, Object, Reflect};
use mend::web::{handle_event, open_popup, write_journal};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A browser's extension APIs: storage that keeps structured clones, everything else noted in `calls`.
const CHROME: &str = r#"
const area = () => { let kept = {}; return {
  get: async (key) => key === null ? structuredClone(kept) : (key in kept ? { [key]: structuredClone(kept[key]) } : {}),
  remove: async (keys) => { for (const key of keys) delete kept[key]; },
  set: async (items) => { if (chrome.full) throw new Error("quota"); Object.assign(kept, structuredClone(items)); },
  kept: () => kept,
}; };
const noted = (name, answer) => async (...rest) => { chrome.calls.push([name, ...rest]); return answer; };
globalThis.chrome = {
  calls: [], full: false,
  storage: { session: area(), local: area(), onChanged: { addListener() {} } },
  action: { setBadgeText: noted("badge"), setBadgeBackgroundColor: noted("color"), setBadgeTextColor: noted("ink"), setTitle: noted("title") },
  tabs: { query: async () => [{ id: 3, windowId: 1, active: true }], reload: noted("reload"), sendMessage: noted("tell"), getCurrent: async () => undefined },
  windows: { getCurrent: async () => ({ id: 1 }) },
  alarms: { create: noted("alarm") },
  permissions: { contains: async () => true, request: async () => true },
  runtime: { getURL: (path) => "chrome-extension://abc/" + path, sendMessage: noted("send", { ok: true }) },
  i18n: { getMessage: (key, rest) => [key, ...rest].join(" ") },
};
const said = console.error;
console.error = (...words) => { chrome.calls.push(["console", ...words]); said(...words); };
globalThis.mendJournal = (model) => { chrome.told = model; };
globalThis.fetch = async (request) => { chrome.calls.push(["fetch", request.url, request.credentials]); return new Response(chrome.status ?? "not JSON"); };
"#;

fn js(code: &str) -> JsValue {
    Function::new_no_args(code).call0(&JsValue::NULL).expect("the script runs")
}

fn value(json: &str) -> JsValue {
    js_sys::JSON::parse(json).expect("JSON")
}

/// Tests share one worker, as events share one; each looks at a tab of its own.
fn browser() {
    let known = Reflect::get(&js_sys::global(), &"chrome".into()).ok().and_then(|it| it.dyn_into::<Object>().ok());
    if known.is_none_or(|chrome| !Reflect::has(&chrome, &"calls".into()).unwrap_or(false)) {
        js(CHROME);
    }
}

fn failure(tab: i32, key: &str) -> JsValue {
    value(&format!(
        r#"{{"kind":"response","tab":{tab},"key":"{key}","at":{at},"method":"POST","url":"https://chatgpt.com/backend-api/f/conversation","status":500,"headers":{{}}}}"#,
        at = js_sys::Date::now() as i64
    ))
}

async fn heard(event: JsValue) -> Result<JsValue, JsValue> {
    handle_event(event, JsValue::UNDEFINED).await
}

async fn tell(message: &str, url: &str, tab: i32) -> Result<JsValue, JsValue> {
    let sender = format!(r#"{{"own":true,"url":"{url}","tab":{tab},"frame":0,"private":false}}"#);
    handle_event(value(message), value(&sender)).await
}

/// Whether a message was answered with a refusal that says why.
fn is_refused(answer: &JsValue) -> bool {
    let field = |name: &str| Reflect::get(answer, &name.into()).unwrap();
    field("ok") == false && field("refused") == true && field("error").is_string()
}

fn count(tab: i32) -> JsValue {
    js(&format!("return chrome.storage.session.kept().model.tabs.find((one) => one.id === {tab})?.case?.count ?? 0"))
}

/// Waits for what happens by itself until this JavaScript expression holds, at most 10 s.
async fn until(holds: &str) {
    for _ in 0..200 {
        if js(&format!("return Boolean({holds})")) == true {
            return;
        }
        settle().await;
    }
    panic!("waited 10 s for {holds}");
}

async fn settle() {
    let wait = js("return new Promise((done) => setTimeout(done, 50))").unchecked_into::<js_sys::Promise>();
    wasm_bindgen_futures::JsFuture::from(wait).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_failure_is_saved_before_it_is_acknowledged_and_once() {
    browser();
    heard(failure(1, "a")).await.unwrap();
    assert_eq!(count(1), 1);
    heard(failure(1, "a")).await.unwrap();
    assert_eq!(count(1), 1);
    // The status page, without credentials.
    until("chrome.calls.some(([name, url, how]) => name === 'fetch' && url.startsWith('https://status.openai.com/') && how === 'omit')").await;
    until("chrome.calls.some(([name, what]) => name === 'badge' && what.tabId === 1 && what.text === '!')").await;
}

#[wasm_bindgen_test]
async fn what_cannot_be_saved_is_not_acknowledged_and_is_taken_when_told_again() {
    browser();
    js("chrome.full = true");
    heard(failure(2, "b")).await.unwrap_err();
    js("chrome.full = false");
    heard(failure(2, "b")).await.unwrap();
    assert_eq!(count(2), 1);
}

#[wasm_bindgen_test]
async fn memory_that_cannot_be_read_is_set_aside() {
    browser();
    for broken in ["{ version: 99, secret: 'kept' }", "'not a model'", "[[[[]]]]", "{ version: 1, tabs: 7 }"] {
        // A save that fails makes the worker load again, as after a kill.
        js("chrome.full = true");
        heard(failure(4, &format!("lost {broken}"))).await.unwrap_err();
        js(&format!(
            "chrome.full = false; chrome.storage.session.kept().model = {broken}; chrome.storage.local.kept().model = {broken}"
        ));
        heard(failure(4, &format!("taken {broken}"))).await.unwrap();
        assert_eq!(count(4), 1, "it goes on: {broken}");
        let aside = js(&format!(
            "return Object.entries(chrome.storage.local.kept()).some(([key, value]) => key.startsWith('unreadable-') && JSON.stringify(value) === JSON.stringify({broken}))"
        ));
        assert_eq!(aside, true, "{broken}");
    }
}

#[wasm_bindgen_test]
async fn a_content_script_may_tell_facts_and_nothing_else() {
    browser();
    let report = r#"{"kind":"page-report","key":"h","at":1,"saw":{"kind":"hello"}}"#;
    let answer = tell(report, "https://chatgpt.com/", 5).await.unwrap();
    assert_eq!(Reflect::get(&answer, &"ok".into()).unwrap(), true);
    heard(failure(5, "c")).await.unwrap();
    let intent = r#"{"kind":"intent","intent":{"kind":"run","tab":5,"rung":"reload","act":"reload"}}"#;
    assert!(is_refused(&tell(intent, "https://chatgpt.com/", 5).await.unwrap()));
    settle().await;
    assert_eq!(js("return chrome.calls.some(([name]) => name === 'reload')"), false);
    tell(intent, "chrome-extension://abc/popup.html", 5).await.unwrap();
    until("chrome.calls.some(([name, tab]) => name === 'reload' && tab === 5)").await;
}

#[wasm_bindgen_test]
async fn a_step_that_fails_leaves_its_reason_in_the_case_and_on_the_console_once() {
    browser();
    let words = "Cannot reload https://chatgpt.com/c/17?q=kanarienvogel";
    js(&format!(
        "chrome.reload = chrome.tabs.reload; chrome.tabs.reload = async () => {{ throw new Error('{words}'); }}"
    ));
    heard(failure(6, "d")).await.unwrap();
    let intent = r#"{"kind":"intent","intent":{"kind":"run","tab":6,"rung":"reload","act":"reload"}}"#;
    tell(intent, "chrome-extension://abc/popup.html", 6).await.unwrap();
    until("chrome.calls.some(([name, line]) => name === 'console' && line.includes('reload'))").await;
    // In the browser `background.js` takes the replies as soon as they are there.
    heard(value(r#"{"kind":"replies"}"#)).await.unwrap();
    js("chrome.tabs.reload = chrome.reload");
    let reason =
        js("return chrome.storage.session.kept().model.tabs.find((one) => one.id === 6).case.attempts.at(-1).reason");
    assert_eq!(reason, "Cannot reload https://chatgpt.com");
    assert_eq!(js("return chrome.told.tabs.find((one) => one.id === 6).case.attempts.at(-1).reason"), reason);
    let lines =
        js("return chrome.calls.filter(([name, line]) => name === 'console' && line.includes('reload')).join('\\n')");
    assert_eq!(lines, "console,Mend: reload: Cannot reload https://chatgpt.com");
}

#[wasm_bindgen_test]
async fn messages_of_another_shape_are_refused() {
    browser();
    for message in [
        "null",
        "7",
        r#""run""#,
        r#"{"kind":"intent","intent":{}}"#,
        r#"{"kind":"intent","intent":{"kind":"run","tab":"x","rung":"format-disk"}}"#,
        r#"{"kind":"page-report","saw":[[[[]]]]}"#,
    ] {
        let answer = tell(message, "chrome-extension://abc/popup.html", 1).await.unwrap();
        assert!(is_refused(&answer), "{message}");
    }
    // A sender that the browser does not describe is none of Mend's own events.
    let event = value(r#"{"kind":"tick"}"#);
    assert!(is_refused(&handle_event(event, value(r#"{"own":"yes"}"#)).await.unwrap()));
}

#[wasm_bindgen_test]
async fn the_popup_is_filled_as_text() {
    browser();
    let hops = include_str!("../extension/parts/hops.html");
    let page = include_str!("../extension/popup.html").replace("<!-- part: hops -->", hops);
    // The page itself, parsed without its scripts.
    Reflect::set(&js_sys::global(), &"mendPage".into(), &page.into()).unwrap();
    js(
        "const page = new DOMParser().parseFromString(mendPage, 'text/html'); for (const node of [...page.body.children]) document.body.append(document.adoptNode(node));",
    );
    js(
        r#"chrome.status = JSON.stringify({ summary: { ongoing_incidents: [{ name: "<img src=x onerror='globalThis.hacked=1'>", status: "investigating" }] } })"#,
    );
    // Two minutes must pass between two readings; a fresh tab in a fresh state asks at once.
    heard(failure(3, "d")).await.unwrap();
    js(
        "chrome.storage.session.kept().model.provider = { at: Date.now(), page: { incidents: [{ name: \"<img src=x onerror='globalThis.hacked=1'>\", status: 'investigating', began: null, updated: null, parts: [{ part: 'all', name: '', status: 'unknown' }] }], maintenances: [] } }",
    );
    open_popup().await.unwrap();
    assert_eq!(js("return document.getElementById('verdict').dataset.blame"), "them");
    assert_eq!(js("return document.querySelectorAll('[data-step]').length"), 10);
    assert_eq!(js("return document.querySelectorAll('main img').length"), 0);
    assert_eq!(js("return document.getElementById('evidence').textContent.includes('<img')"), true, "shown as text");
    assert!(js("return globalThis.hacked").is_undefined());
    // The incident has a time now, and its forecast wants the provider's history: read once, and shown.
    js("chrome.storage.session.kept().model.provider.page.incidents[0].began = Date.now() - 900000");
    js(
        r#"const at = (minutes) => new Date(Date.now() - 86400000 + minutes * 60000).toISOString(); chrome.status = JSON.stringify({ incidents: [{ status: "resolved", published_at: at(0), updates: [{ to_status: "resolved", published_at: at(30) }], component_impacts: [{ component_id: "01JMXBNJXGV1T5GT2M9XA83XNG" }] }] })"#,
    );
    open_popup().await.unwrap();
    until("JSON.stringify(chrome.storage.session.kept().history.past) === '[[65535,65535,30,true]]'").await;
    open_popup().await.unwrap();
    until("!document.getElementById('forecast').hidden && document.getElementById('forecast').textContent.startsWith('forecast ')").await;
    settle().await;
    assert_eq!(
        js("return chrome.calls.filter(([name, url]) => name === 'fetch' && url.endsWith('/incidents')).length"),
        1
    );
}

/// How many entries of each kind the journal holds of a tab's case.
const COUNT: &str = r#"return new Promise((done, failed) => {
    const request = indexedDB.open("journal");
    request.onerror = () => failed(request.error);
    request.onsuccess = () => {
        const all = request.result.transaction("entries").objectStore("entries").getAll();
        all.onsuccess = () => {
            request.result.close();
            const own = all.result.map(({ entry }) => entry).filter((entry) => entry.case.endsWith("-TAB"));
            done(["failure", "verdict"].map((kind) => own.filter((entry) => entry.kind === kind).length).join());
        };
    };
})"#;

async fn written(tab: i32) -> String {
    let promise: js_sys::Promise = js(&COUNT.replace("TAB", &tab.to_string())).unchecked_into();
    wasm_bindgen_futures::JsFuture::from(promise).await.expect("a journal").as_string().expect("a text")
}

#[wasm_bindgen_test]
async fn what_failed_is_written_once_however_often_it_is_told() {
    browser();
    tell(r#"{"kind":"page-report","key":"j:0","at":1,"saw":{"kind":"hello"}}"#, "https://chatgpt.com/", 91)
        .await
        .unwrap();
    heard(failure(91, "j")).await.unwrap();
    for _ in 0..3 {
        write_journal(js("return structuredClone(chrome.told)")).await.unwrap();
    }
    assert_eq!(written(91).await, "1,1");
    write_journal(JsValue::NULL).await.unwrap();
    write_journal(js("return structuredClone(chrome.told)")).await.unwrap();
    assert_eq!(written(91).await, "1,1", "what was taken out is begun anew");
}

/// Rows of another time: the oldest by so many days, each said to be of so many bytes.
const AGED: &str = r#"return new Promise((done, failed) => {
    const request = indexedDB.open("journal");
    request.onerror = () => failed(request.error);
    request.onsuccess = () => {
        const transaction = request.result.transaction(["entries", "state"], "readwrite");
        for (let at = 0; at < MANY; at++) {
            const row = { key: `old-${at}`, at: Date.now() - DAYS * 86400000 + at, size: BYTES, entry: { case: "old" } };
            transaction.objectStore("entries").put(row);
        }
        transaction.objectStore("state").put({ key: "size", bytes: MANY * BYTES });
        transaction.oncomplete = () => { request.result.close(); done(); };
    };
})"#;
const LEFT: &str = r#"return new Promise((done, failed) => {
    const request = indexedDB.open("journal");
    request.onerror = () => failed(request.error);
    request.onsuccess = () => {
        const all = request.result.transaction("entries").objectStore("entries").getAllKeys();
        all.onsuccess = () => { request.result.close(); done(all.result.filter((key) => key.startsWith("old-")).join()); };
    };
})"#;

async fn left_of(many: u32, days: u32, bytes: u32, key: &str) -> String {
    let aged = AGED.replace("MANY", &many.to_string());
    let aged = aged.replace("DAYS", &days.to_string()).replace("BYTES", &bytes.to_string());
    wasm_bindgen_futures::JsFuture::from(js(&aged).unchecked_into::<js_sys::Promise>()).await.expect("rows");
    heard(failure(92, key)).await.unwrap();
    write_journal(js("return structuredClone(chrome.told)")).await.unwrap();
    let left = wasm_bindgen_futures::JsFuture::from(js(LEFT).unchecked_into::<js_sys::Promise>()).await;
    left.expect("keys").as_string().expect("a text")
}

#[wasm_bindgen_test]
async fn what_is_too_old_or_too_much_goes_the_oldest_first() {
    browser();
    tell(r#"{"kind":"page-report","key":"k:0","at":1,"saw":{"kind":"hello"}}"#, "https://chatgpt.com/", 92)
        .await
        .unwrap();
    heard(failure(92, "k1")).await.unwrap();
    write_journal(js("return structuredClone(chrome.told)")).await.unwrap();
    assert_eq!(left_of(3, 31, 100, "k2").await, "", "older than 30 days");
    assert_eq!(left_of(3, 29, 100, "k3").await, "old-0,old-1,old-2", "not that old");
    // 20 MB are 100 of these; room is made for more than the one that comes.
    let left = left_of(105, 2, 200_000, "k4").await;
    assert!((80..=92).contains(&left.split(',').count()) && left.ends_with("old-99"), "{left}");
    assert!(!left.split(',').any(|key| key == "old-5"), "{left}");
}
