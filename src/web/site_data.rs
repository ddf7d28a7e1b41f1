//! The site's cookies and stored data: looked at, backed up for the session, deleted, put back. What of them is the
//! task's scope; nothing is decided here.
//!
//! Values stay here and in the session's storage. What the core learns is how many there are, how large, and whether the
//! session's parts fit together. Few wakes need any of this: it is in the module that is loaded when something has failed.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::{
    array, browser, get, now, object,
    value::{from_js, to_js},
};
use crate::core::{
    Task,
    cookies::{CookieSummary, SessionCookie},
    event::TabId,
    site_data::{CookieScope, SiteDataScope},
};

/// Where ChatGPT's cookies live; a filter takes what is below each, too.
const DOMAINS: &[&str] = &["chatgpt.com", "chat.openai.com"];
/// Whose cache it is where no page can say.
const CHATGPT: &str = "https://chatgpt.com";
/// Firefox's name for the store of ordinary windows (MDN, "cookies.CookieStore").
const ORDINARY: &str = "firefox-default";
/// Under this name, for a moment, lies so much: what the model takes at most, in letters, which Firefox counts twice.
const RESERVE: &str = "reserve";
const ROOM: usize = 65_536;
/// What `cookies.set` takes as `cookies.getAll` tells it.
const SAME: &[&str] =
    &["name", "value", "path", "secure", "httpOnly", "sameSite", "expirationDate", "storeId", "partitionKey"];

/// Does one task of the worker's; resolves with what cookies look like where that was asked. `id` is the task's.
///
/// # Errors
/// Rejects if it is no task for cookies or stored data, or could not be done.
#[cfg_attr(not(feature = "pages"), wasm_bindgen)]
pub async fn site_data(task: JsValue, id: u32) -> Result<JsValue, JsValue> {
    match from_js::<Task>(&task).ok_or("no task that Mend knows")? {
        Task::Cookies { tab } => return to_js(&look(tab).await?),
        Task::BackUpSiteData { tab, scope } => back_up(id, tab, scope).await?,
        Task::ClearSiteData { tab, scope, browsing_data } => clear(tab, scope, browsing_data).await?,
        Task::RestoreSiteData { tab, backup } => restore(backup, tab).await?,
        _ => return Err("no task for cookies or stored data".into()),
    }
    Ok(JsValue::UNDEFINED)
}

fn key(backup: u32) -> String {
    format!("snapshot-{backup}")
}

/// What the cookies look like from outside.
async fn look(tab: TabId) -> Result<CookieSummary, JsValue> {
    let all = cookies(&store(tab).await?).await?;
    let text = |cookie: &JsValue, key: &str| get(cookie, key).as_string().unwrap_or_default();
    let names: Vec<String> = all.iter().map(|cookie| text(cookie, "name")).collect();
    let size = |cookie: &JsValue| (text(cookie, "name").len() + text(cookie, "value").len()) as u32;
    Ok(CookieSummary {
        at: now(),
        count: all.len() as u32,
        bytes: all.iter().map(size).sum(),
        token: SessionCookie::of(names.iter().map(String::as_str)),
    })
}

/// Copies what is about to be deleted. Fails where the browser would not take it back exactly as it was.
async fn back_up(id: u32, tab: TabId, scope: SiteDataScope) -> Result<(), JsValue> {
    let kept = object([("scope", to_js(&scope)?)]);
    if scope.cookies != CookieScope::None {
        let store = store(tab).await?;
        let all = cookies_in(&store, scope).await?;
        for cookie in &all {
            // Set to what it is already: nothing changes, and it shows whether it could be put back.
            let again = browser::done(browser::cookie_set(&details(cookie))).await?;
            if !same(cookie, &again) {
                return Err("a cookie would not come back as it was".into());
            }
        }
        put(&kept, "store", &store.into());
        put(&kept, "cookies", &array(all.into_iter()));
    }
    if scope.storage {
        let stored = ask(tab, &object([("kind", "back-up-storage".into())])).await?;
        if get(&stored, "origin").as_string().is_none() {
            return Err("the page does not tell what it stores".into());
        }
        put(&kept, "local", &stored);
    }
    browser::done(browser::session_set(&object([(&key(id), kept)]))).await?;
    // A large copy must leave room for what Mend remembers; else there is none.
    let reserve = object([(RESERVE, "-".repeat(ROOM).into())]);
    let room = browser::done(browser::session_set(&reserve)).await;
    let unwanted = if room.is_ok() { RESERVE.to_owned() } else { key(id) };
    browser::done(browser::session_remove(&unwanted.into())).await?;
    room.map(drop)
}

/// Deletes. Twice does no harm. Stored data only of the page's own origin: of another one no copy was taken.
async fn clear(tab: TabId, scope: SiteDataScope, browsing_data: bool) -> Result<(), JsValue> {
    if scope.cookies != CookieScope::None {
        for cookie in cookies_in(&store(tab).await?, scope).await? {
            remove(&cookie).await?;
        }
    }
    if !scope.storage && !scope.cache {
        return Ok(());
    }
    let clear = [("kind", "clear-site-data".into()), ("storage", scope.storage.into()), ("cache", scope.cache.into())];
    let told = ask(tab, &object(clear)).await;
    let origin = match told.as_ref().ok().and_then(JsValue::as_string) {
        Some(origin) => origin,
        // A cache comes back by itself: no page has to be there.
        None if browsing_data && !scope.storage => CHATGPT.to_owned(),
        None => return told.and(Err("the page did not do it".into())),
    };
    let mut kinds: Vec<&str> = Vec::new();
    if scope.storage {
        // The page has done it, but for databases that it holds open.
        kinds.extend(["indexedDB", "localStorage"]);
    }
    let place = if browser::runtime_url("").starts_with("moz-") {
        // Firefox clears no cache of a single site, and workers of all its stores at once. The page has seen to its own, and
        // the reload past the cache, which follows, makes up for the rest.
        let host = origin.strip_prefix("https://").unwrap_or_default();
        object([("hostnames", array([host.into()].into_iter()).into()), ("cookieStoreId", ORDINARY.into())])
    } else {
        if scope.cache {
            kinds.extend(["cache", "cacheStorage", "serviceWorkers"]);
        }
        object([("origins", array([origin.into()].into_iter()).into())])
    };
    if !browsing_data || kinds.is_empty() {
        return Ok(());
    }
    let wanted = Object::new();
    for kind in kinds {
        put(&wanted, kind, &JsValue::TRUE);
    }
    browser::done(browser::browsing_data_remove(&place, &wanted)).await.map(drop)
}

/// Puts back what was kept, and drops the copy. What came since in the same place goes: it is as it was.
async fn restore(backup: u32, tab: TabId) -> Result<(), JsValue> {
    let key = key(backup);
    let kept = get(&browser::done(browser::session_get(&key)).await?, &key);
    let scope = from_js::<SiteDataScope>(&get(&kept, "scope")).ok_or("no such backup")?;
    let local = get(&kept, "local");
    let restore = object([("kind", "restore-storage".into()), ("backup", local.clone())]);
    if local.is_object() && !ask(tab, &restore).await?.is_truthy() {
        return Err("the page did not take it back".into());
    }
    if scope.cookies != CookieScope::None {
        let store = get(&kept, "store").as_string().ok_or("no store")?;
        for cookie in cookies_in(&store, scope).await? {
            remove(&cookie).await?;
        }
        for cookie in Array::from(&get(&kept, "cookies")) {
            browser::done(browser::cookie_set(&details(&cookie))).await?;
        }
    }
    browser::done(browser::session_remove(&key.into())).await.map(drop)
}

/// The store of a tab: a private window and each container have their own.
async fn store(tab: TabId) -> Result<String, JsValue> {
    let stores = Array::from(&browser::done(browser::cookie_stores()).await?);
    let holds = |store: &JsValue| Array::from(&get(store, "tabIds")).includes(&tab.into(), 0);
    let store = stores.iter().find(holds).ok_or("the tab is gone")?;
    get(&store, "id").as_string().ok_or_else(|| "a store without a name".into())
}

async fn cookies(store: &str) -> Result<Vec<JsValue>, JsValue> {
    let mut all = Vec::new();
    for domain in DOMAINS {
        // The empty key asks for partitioned ones as well.
        let filter =
            object([("domain", (*domain).into()), ("storeId", store.into()), ("partitionKey", Object::new().into())]);
        all.extend(Array::from(&browser::done(browser::cookies_all(&filter)).await?));
    }
    Ok(all)
}

/// Those that the scope covers.
async fn cookies_in(store: &str, scope: SiteDataScope) -> Result<Vec<JsValue>, JsValue> {
    let covers = |cookie: &JsValue| get(cookie, "name").as_string().is_some_and(|name| scope.cookies.covers(&name));
    Ok(cookies(store).await?.into_iter().filter(covers).collect())
}

/// As `cookies.set` takes it.
fn details(cookie: &JsValue) -> JsValue {
    let details = object([("url", url(cookie).into())]);
    for name in SAME {
        let value = get(cookie, name);
        if !value.is_undefined() {
            put(&details, name, &value);
        }
    }
    // A cookie for one host only has no domain (RFC 6265 §5.3).
    if !get(cookie, "hostOnly").is_truthy() {
        put(&details, "domain", &get(cookie, "domain"));
    }
    details
}

async fn remove(cookie: &JsValue) -> Result<(), JsValue> {
    let details = object([("url", url(cookie).into())]);
    for name in ["name", "storeId", "partitionKey"] {
        let value = get(cookie, name);
        if !value.is_undefined() {
            put(&details, name, &value);
        }
    }
    browser::done(browser::cookie_remove(&details)).await.map(drop)
}

fn url(cookie: &JsValue) -> String {
    let text = |key: &str| get(cookie, key).as_string().unwrap_or_default();
    let scheme = if get(cookie, "secure").is_truthy() { "https" } else { "http" };
    format!("{scheme}://{}{}", text("domain").trim_start_matches('.'), text("path"))
}

fn same(one: &JsValue, other: &JsValue) -> bool {
    let alike = |name: &str| {
        let (one, other) = (get(one, name), get(other, name));
        // A browser may round the time.
        let near = one.as_f64().zip(other.as_f64()).is_some_and(|(one, other)| (one - other).abs() < 1.0);
        one == other || near
    };
    [
        "name",
        "value",
        "domain",
        "hostOnly",
        "path",
        "secure",
        "httpOnly",
        "sameSite",
        "session",
        "expirationDate",
        "storeId",
    ]
    .into_iter()
    .all(alike)
}

/// Asks the page's own script.
async fn ask(tab: TabId, message: &JsValue) -> Result<JsValue, JsValue> {
    browser::done(browser::tabs_send(tab, message, &object([("frameId", 0.into())]))).await
}

fn put(object: &JsValue, key: &str, value: &JsValue) {
    // Setting a property of a fresh plain object cannot fail.
    let _ = Reflect::set(object, &key.into(), value);
}
