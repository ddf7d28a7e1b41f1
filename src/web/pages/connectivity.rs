//! The page of the connectivity test. Sends requests only after a click, to the hosts that it shows before, for half a
//! minute at most; the core evaluates the responses.

use std::cell::{Cell, RefCell};

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Element, Event as DomEvent, RequestMode, ResponseType};

use crate::core::{
    Millis,
    connectivity::{ConnectivityTest, EVERY, LASTS, PATIENCE, Probe, ProbeEnd, ProbeTarget, System, Topic},
    event::Intent,
    msg::{Msg, key, msg},
    time::SECOND,
    view::{self, ConnectivityView},
};
use crate::web::{
    ask, browser,
    dom::{attribute, by_id, document, hide, list, sentence, sentences, text, within},
    get,
    hops::mark_hops,
    look::look,
    now, object,
    report::{report, spawn},
    send::send,
    site::site,
    words::say,
};

thread_local! {
    static WALK: RefCell<ConnectivityTest> = RefCell::default();
    /// Number of tests; one that is not the newest ends.
    static RUN: Cell<u32> = const { Cell::new(0) };
    /// Failed requests by `webRequest`: URL and error name.
    static BROKEN: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// `webRequest` reports the error a moment after `fetch` fails.
const MOMENT_MS: u32 = 60;

/// Starts the page.
pub async fn open() -> Result<(), JsValue> {
    let hosts: Vec<Msg> = ProbeTarget::ALL
        .iter()
        .map(|target| msg(&key("connectivity_asks", target.name())).text(target.host()))
        .collect();
    sentences(&by_id("hosts")?, "li", &hosts, 0)?;
    on_this_device()?;
    known().await?;
    listen()?;
    let press = Closure::<dyn Fn(DomEvent)>::new(|event: DomEvent| {
        if let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            pressed(&target);
        }
    });
    document()?.add_event_listener_with_callback("click", press.as_ref().unchecked_ref())?;
    press.forget();
    let granted = browser::done(browser::permissions_contains(&object([("origins", site())]))).await?;
    let blind = granted.as_bool() == Some(false);
    hide(&by_id("blind")?, !blind)?;
    attribute(&by_id("start")?, "disabled", blind.then_some(""))
}

/// Listens for the errors of this page's requests.
fn listen() -> Result<(), JsValue> {
    let broken = Closure::<dyn Fn(JsValue)>::new(|details: JsValue| {
        let told = |name: &str| get(&details, name).as_string();
        if let (Some(url), Some(error)) = (told("url"), told("error")) {
            BROKEN.with_borrow_mut(|broken| broken.push((url, error)));
        }
    });
    let urls = ProbeTarget::ALL.iter().filter(|target| target.is_readable()).map(|target| JsValue::from(target.url()));
    let filter = object([("urls", urls.collect::<Array>().into())]);
    browser::on_request_broken(broken.as_ref().unchecked_ref(), &filter)?;
    broken.forget();
    Ok(())
}

fn pressed(target: &Element) {
    let Ok(Some(button)) = target.closest("[data-do]") else { return };
    match button.get_attribute("data-do").as_deref() {
        Some("start") => {
            let run = RUN.get() + 1;
            RUN.set(run);
            spawn("test connectivity", test(run));
        }
        Some("stop") => {
            RUN.set(RUN.get() + 1);
            spawn("test connectivity", finish());
        }
        Some("grant") => {
            let asked = browser::permissions_request(&object([("origins", site())]));
            spawn("permission", granted(asked));
        }
        _ => {}
    }
}

async fn granted(asked: Result<Promise, JsValue>) -> Result<(), JsValue> {
    let blind = !JsFuture::from(asked?).await?.is_truthy();
    hide(&by_id("blind")?, !blind)?;
    attribute(&by_id("start")?, "disabled", blind.then_some(""))
}

/// Probes each target once, then the edge repeatedly.
async fn test(run: u32) -> Result<(), JsValue> {
    WALK.set(ConnectivityTest { offline: is_offline(), ..ConnectivityTest::default() });
    let began = now();
    running(true)?;
    progress(0)?;
    let first = ProbeTarget::ALL.iter().map(|target| {
        future_to_promise(async move {
            take(run, *target).await;
            Ok(JsValue::UNDEFINED)
        })
    });
    JsFuture::from(Promise::all(&first.collect::<Array>())).await?;
    let mut next = began;
    loop {
        next += EVERY;
        while now() < next {
            TimeoutFuture::new(u32::try_from((next - now()).clamp(1, SECOND)).unwrap_or(1)).await;
            if RUN.get() != run {
                return Ok(());
            }
            progress(now() - began)?;
        }
        if now() - began >= LASTS {
            return finish().await;
        }
        take(run, ProbeTarget::Edge).await;
        if RUN.get() != run {
            return Ok(());
        }
    }
}

/// Sends one probe; the result is dropped if a newer test runs.
async fn take(run: u32, target: ProbeTarget) {
    let probe = probe(target).await;
    if RUN.get() == run {
        WALK.with_borrow_mut(|connectivity_test| {
            connectivity_test.offline = is_offline();
            connectivity_test.take(&probe);
        });
        report("test connectivity", paint());
    }
}

async fn probe(target: ProbeTarget) -> Probe {
    let began = precise();
    let init = ask::bare(PATIENCE);
    if !target.is_readable() {
        init.set_mode(RequestMode::NoCors);
        init.set_redirect(web_sys::RequestRedirect::Follow);
    }
    if target == ProbeTarget::Status {
        // Only whether it can be reached matters, not its body.
        init.set_method("HEAD");
    }
    BROKEN.with_borrow_mut(|broken| broken.retain(|(url, _)| url != target.url()));
    let answer = ask::ask(target.url(), &init).await;
    let took = (precise() - began) as Millis;
    let end = match answer {
        Ok(response) if response.type_() == ResponseType::Opaque => ProbeEnd::Opaque,
        Ok(response) if response.type_() == ResponseType::Opaqueredirect => ProbeEnd::Diverted,
        Ok(response) => {
            let status = response.status();
            ProbeEnd::Answer { status, headers: ask::headers(&response), text: ask::body(&response).await }
        }
        Err(error) if ask::is_late(&error) => ProbeEnd::Late,
        Err(_) => {
            TimeoutFuture::new(MOMENT_MS).await;
            ProbeEnd::Broken(BROKEN.with_borrow(|broken| {
                broken.iter().rev().find(|(url, _)| url == target.url()).map(|(_, error)| error.clone())
            }))
        }
    };
    Probe { target, at: now(), took, end }
}

/// Sends the finding to the worker, and shows the end of the test.
async fn finish() -> Result<(), JsValue> {
    running(false)?;
    WALK.with_borrow_mut(|connectivity_test| connectivity_test.ended = true);
    paint()?;
    let finding =
        WALK.with_borrow(|connectivity_test| connectivity_test.is_ready().then(|| connectivity_test.finding()));
    match finding {
        Some(finding) => send(Intent::Probed { finding }).await,
        None => Ok(()),
    }
}

fn running(on: bool) -> Result<(), JsValue> {
    let (start, stop) = (by_id("start")?, by_id("stop")?);
    text(&start, &say(&msg(if on { "connectivity_start" } else { "connectivity_again" }), 0));
    hide(&start, on)?;
    hide(&stop, !on)?;
    hide(&by_id("progress")?, !on)?;
    if on {
        for id in ["found", "figures", "last"] {
            hide(&by_id(id)?, true)?;
        }
        let waiting = document()?.query_selector_all("#hops [data-hop]")?;
        for index in 0..waiting.length() {
            if let Some(place) = waiting.item(index).and_then(|node| node.dyn_into::<Element>().ok()) {
                attribute(&place, "data-state", Some("waiting"))?;
                text(&within(&place, ".unseen")?, "");
            }
        }
    }
    Ok(())
}

fn progress(gone: Millis) -> Result<(), JsValue> {
    let words = msg("connectivity_progress").number(gone.min(LASTS) / SECOND).number(LASTS / SECOND);
    sentence(&within(&by_id("progress")?, ".words")?, &words, 0)
}

fn paint() -> Result<(), JsValue> {
    let Some(seen) = WALK.with_borrow(view::connectivity) else { return Ok(()) };
    let now = now();
    let found = by_id("found")?;
    hide(&found, false)?;
    attribute(&found, "data-finding", Some(seen.finding.name()))?;
    attribute(&found, "data-blame", Some(seen.blame.name()))?;
    attribute(&within(&found, "use")?, "href", Some(&format!("#sign-{}", seen.blame.name())))?;
    sentence(&within(&found, "h2")?, &seen.title, now)?;
    let next = within(&found, ".next")?;
    hide(&next, seen.next.is_none())?;
    seen.next.as_ref().map_or(Ok(()), |words| sentence(&next, words, now))?;
    let path = by_id("hops")?;
    attribute(&path, "data-blame", Some(seen.blame.name()))?;
    mark_hops(&path, seen.broken)?;
    hide(&by_id("figures")?, false)?;
    sentences(&by_id("lines")?, "li", &seen.lines, now)?;
    strip(&seen)
}

/// A bar for each probe; the same as text is below.
fn strip(seen: &ConnectivityView) -> Result<(), JsValue> {
    let strip = by_id("strip")?;
    list(&strip, &seen.bars, &|| document()?.create_element("span"), &|bar, probe| {
        attribute(bar, "data-size", Some(&probe.size.to_string()))
    })?;
    let words = say(&seen.summary, 0);
    attribute(&strip, "aria-label", Some(&words))?;
    text(&by_id("summary")?, &words);
    Ok(())
}

/// The instructions for the operating system that the browser names.
fn on_this_device() -> Result<(), JsValue> {
    let navigator = web_sys::window().ok_or("no window")?.navigator();
    // User-Agent Client Hints: Chromium only.
    let platform = get(&get(&navigator, "userAgentData"), "platform").as_string().filter(|name| !name.is_empty());
    let system = System::of(&platform.unwrap_or(navigator.user_agent()?));
    hide(&by_id("how")?, system.is_none())?;
    let Some(system) = system else { return Ok(()) };
    for topic in Topic::ALL {
        let words = msg(&key(&key("fix", topic.name()), system.name()));
        sentence(&by_id(&format!("how-{}", topic.name()))?, &words, 0)?;
    }
    Ok(())
}

/// Shows what the browser knows without a request.
async fn known() -> Result<(), JsValue> {
    sentence(&by_id("known")?, &msg(if is_offline() { "code_net_offline_what" } else { "connectivity_online" }), 0)?;
    let now = now();
    let last = look().await.and_then(|model| view::last_connectivity_test(&model, now));
    hide(&by_id("last")?, last.is_none())?;
    sentence(&by_id("last")?, &last.unwrap_or_default(), now)
}

fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}

/// A monotonic clock, in milliseconds.
fn precise() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}
