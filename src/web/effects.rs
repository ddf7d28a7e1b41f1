//! Carries out effects, with one function each. Results go through the queue of `background.js` as events.

use std::cell::RefCell;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::{
    array, browser, extensions, get, now, object, prompts, provider,
    report::{complain_unless_gone, found, reason, report, report_unless_gone},
    site::site,
    store,
    value::{from_js, to_js},
    words,
};
use crate::core::{
    Effect, Event, Millis, Task,
    event::{StatusRead, TabId},
    msg::msg,
    names::Blame,
    permission::Permission,
    status::StatusPage,
    time::SECOND,
};

thread_local! {
    static REPLIES: RefCell<Vec<Event>> = const { RefCell::new(Vec::new()) };
}

/// The edge's trace, which the edge answers itself even if the service behind it does not.
const EDGE: &str = "https://chatgpt.com/cdn-cgi/trace";
/// Delays after which the browser's own error page is shown; it takes longer on a busy machine, and there is no event.
const MOMENTS_MS: &[u32] = &[1_000, 3_000, 8_000];

/// Carries out one effect. A tab that no longer exists is not an error.
pub async fn run(effect: Effect) {
    match effect {
        Effect::Badge { tab, blame, sign, title } => badge(tab, blame, &sign, &title).await,
        Effect::Do { id, task: Task::StatusPage } => {
            // A page that cannot be read is a result too.
            let page = found("read the status page", provider::read(provider::NOW).await);
            let page = page.and_then(|page| StatusPage::read(&page));
            reply(Event::StatusRead(StatusRead { id, at: now(), page }));
        }
        Effect::Do { id, task } => {
            let what = name(&task);
            let result = carry_out(id, task).await.map_err(|error| reason(&error));
            if let (Some(what), Err(why)) = (what, &result) {
                complain_unless_gone(what, why);
            }
            reply(Event::Done { id, result });
        }
        Effect::Redraw { tab } => {
            for wait in MOMENTS_MS {
                TimeoutFuture::new(*wait).await;
                reply(Event::Redraw { tab });
            }
        }
        Effect::ReportAnswers { tab, on } => tell(tab, "report-answers", on).await,
        Effect::DeepInspection { tab, on: true } => inspect(tab).await,
        Effect::DeepInspection { tab, on } => tell(tab, "deep-inspection", on).await,
        Effect::Notify { title, words } => notify(title, words).await,
        Effect::Welcome => {
            let page = object([("url", browser::runtime_url("welcome.html").into())]);
            report("open the welcome page", browser::done(browser::tabs_create(&page)).await);
        }
        Effect::Wake { at } => wake(at).await,
    }
}

/// The task's name on the console; none if its failure is an expected result.
fn name(task: &Task) -> Option<&'static str> {
    Some(match task {
        Task::StatusPage | Task::Edge => return None,
        Task::TabLastSeen { .. } => "look at the tab",
        Task::Send { .. } => "send the prompt",
        Task::Reload { .. } => "reload",
        Task::Cookies { .. } => "look at cookies",
        Task::BackUpSiteData { .. } => "back up site data",
        Task::ClearSiteData { .. } => "clear site data",
        Task::RestoreSiteData { .. } => "restore site data",
        Task::Extensions => "list extensions",
        Task::SetExtensions { .. } => "switch extensions",
        Task::OpenIncognito => "open a private window",
        Task::Erase => "erase the storage",
    })
}

async fn carry_out(id: u32, task: Task) -> Result<(), JsValue> {
    match task {
        // It has its own event.
        Task::StatusPage => Ok(()),
        Task::Edge => provider::ask(EDGE).await.map(drop),
        Task::TabLastSeen { tab } => {
            reply(Event::TabLastSeen { tab, seen: last_seen(tab).await? });
            Ok(())
        }
        Task::Send { tab, prompt } => send(tab, prompt).await,
        Task::Reload { tab, fresh } => {
            browser::done(browser::tabs_reload(tab, &object([("bypassCache", fresh.into())]))).await.map(drop)
        }
        Task::Cookies { .. }
        | Task::BackUpSiteData { .. }
        | Task::ClearSiteData { .. }
        | Task::RestoreSiteData { .. } => {
            let told = browser::done(browser::site_data(&to_js(&task)?, id)).await?;
            if let Task::Cookies { tab } = task {
                let cookies = from_js(&told).ok_or("nothing was told of the cookies")?;
                reply(Event::Cookies { tab, cookies });
            }
            Ok(())
        }
        Task::Extensions => {
            reply(Event::Extensions(extensions::list().await?));
            Ok(())
        }
        Task::SetExtensions { on, off } => extensions::switch(&on, &off).await,
        Task::Erase => store::erase().await,
        Task::OpenIncognito => {
            let window = object([("incognito", true.into()), ("url", "https://chatgpt.com/".into())]);
            browser::done(browser::window_create(&window)).await.map(drop)
        }
    }
}

/// Tells a tab's content script to start or stop something.
async fn tell(tab: TabId, kind: &str, on: bool) {
    report_unless_gone(kind, ask(tab, kind, on).await);
}

async fn ask(tab: TabId, kind: &str, on: bool) -> Result<JsValue, JsValue> {
    let message = object([("kind", kind.into()), ("on", on.into())]);
    browser::done(browser::tabs_send(tab, &message, &object([("frameId", 0.into())]))).await
}

/// Injects the function of deep inspection into the page's own world, with the two names that the content script has
/// generated for it. This ends an earlier deep inspection, so it is idempotent.
async fn inspect(tab: TabId) {
    let names = match ask(tab, "deep-inspection", true).await.map(JsCast::dyn_into::<Array>) {
        Ok(Ok(names)) => names,
        Ok(Err(_)) => return report("deep-inspection", Err::<(), _>("the page gave no names".into())),
        Err(error) => return report_unless_gone("deep-inspection", Err::<(), _>(error)),
    };
    let tap = Reflect::get(&js_sys::global(), &"mendTapFetch".into()).unwrap_or_default();
    let files = array(["js/endpoints.js", "js/sse.js"].into_iter().map(JsValue::from)).into();
    for what in [object([("files", files)]), object([("func", tap), ("args", names.into())])] {
        let injection = object([
            ("target", object([("tabId", tab.into())])),
            ("world", "MAIN".into()),
            ("injectImmediately", true.into()),
        ]);
        let injection = Object::assign(injection.unchecked_ref::<Object>(), what.unchecked_ref::<Object>());
        report_unless_gone("deep-inspection", browser::done(browser::execute_script(&injection)).await);
    }
}

/// The permissions that are granted. If access to ChatGPT's pages cannot be determined, it is assumed.
pub async fn access() -> Event {
    let answer = browser::done(browser::permissions_contains(&object([("origins", site())]))).await;
    let granted = answer.as_ref().map_or(true, |granted| granted.as_bool() != Some(false));
    report("permissions", answer);
    let all = browser::done(browser::permissions_all()).await;
    let names = all.as_ref().map(|all| Array::from(&get(all, "permissions"))).unwrap_or_default();
    report("permissions", all);
    let held = names.iter().filter_map(|name| Permission::from_name(&name.as_string()?)).collect();
    Event::Access { granted, held }
}

/// Stores a reply for the worker, and requests a turn in the queue.
fn reply(event: Event) {
    REPLIES.with_borrow_mut(|replies| replies.push(event));
    let deliver =
        Reflect::get(&js_sys::global(), &"mendDeliver".into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    if let Some(deliver) = deliver {
        report("deliver", deliver.call0(&JsValue::NULL));
    }
}

/// The replies of effects since the last turn.
pub fn replies() -> Vec<Event> {
    REPLIES.take()
}

async fn badge(tab: TabId, blame: Blame, sign: &str, title: &str) {
    let with = |key: &str, value: JsValue| object([("tabId", tab.into()), (key, value)]);
    report_unless_gone("badge", browser::done(browser::set_badge_text(&with("text", sign.into()))).await);
    report_unless_gone("badge", browser::done(browser::set_badge_color(&with("color", color(blame).into()))).await);
    report_unless_gone("badge", browser::done(browser::set_badge_text_color(&with("color", "#ffffff".into()))).await);
    words::follow_choice().await;
    let title = words::say(&msg(title), now());
    report_unless_gone("badge", browser::done(browser::set_title(&with("title", title.into()))).await);
}

/// The light colours of `tokens.css`; white text on each meets WCAG AA.
fn color(blame: Blame) -> &'static str {
    match blame {
        Blame::Them => "#b3261e",
        Blame::Network => "#0b57d0",
        Blame::Extension | Blame::Browser => "#8a5000",
        Blame::Session | Blame::Account | Blame::Limit => "#6b3fa0",
        Blame::Request | Blame::Gateway => "#475467",
        Blame::Unknown => "#5f6368",
        Blame::Benign => "#146c2e",
    }
}

async fn notify(title: &str, text: &str) {
    words::follow_choice().await;
    let say = |key: &str| words::say(&msg(key), now()).into();
    let options = object([
        ("type", "basic".into()),
        ("iconUrl", browser::runtime_url("icons/128.png").into()),
        ("title", say(title)),
        ("message", say(text)),
    ]);
    report("notify", browser::done(browser::notify("mend-incident", &options)).await);
}

async fn wake(at: Millis) {
    // One name per half minute: a later alarm must not replace an earlier one.
    let name = format!("tick-{}", at / (30 * SECOND));
    report("alarm", browser::done(browser::alarm_create(&name, &object([("when", (at as f64).into())]))).await);
}

/// When a tab was last active: now if it is the active tab, none if the browser has discarded it.
async fn last_seen(tab: TabId) -> Result<Option<Millis>, JsValue> {
    let tab = browser::done(browser::tabs_get(tab)).await?;
    if get(&tab, "active").is_truthy() {
        return Ok(Some(now()));
    }
    let seen = get(&tab, "lastAccessed").as_f64().map(|at| at as Millis);
    Ok(seen.filter(|_| !get(&tab, "discarded").is_truthy()))
}

/// Sends a saved prompt to its page, unread.
async fn send(tab: TabId, id: Millis) -> Result<(), JsValue> {
    let all = prompts::all().await?;
    let Some(prompt) = all.iter().find(|one| get(one, "id").as_f64() == Some(id as f64)) else {
        return Err("no such prompt".into());
    };
    let top = object([("frameId", 0.into())]);
    let message = object([("kind", "send-prompt".into()), ("prompt", prompt)]);
    let sent = browser::done(browser::tabs_send(tab, &message, &top)).await?;
    if sent.is_truthy() { Ok(()) } else { Err("the page did not send it".into()) }
}
