//! The site's cookies and stored data: summarises, backs up for the session, deletes and restores them, within the
//! scope of a task.
//!
//! Values stay here and in session storage. The core learns the number, the size, and whether the parts of the session
//! cookie are consistent.

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

/// The domains of ChatGPT's cookies; a filter includes subdomains.
const DOMAINS: &[&str] = &["chatgpt.com", "chat.openai.com"];
/// The origin whose cache is deleted if no page is open.
const CHATGPT: &str = "https://chatgpt.com";
/// Firefox's id of the cookie store of ordinary windows (MDN, "cookies.CookieStore").
const ORDINARY: &str = "firefox-default";
/// A temporary key with a value of the model's maximum size, in characters, which Firefox counts twice.
const RESERVE: &str = "reserve";
const ROOM: usize = 65_536;
/// The fields that `cookies.set` takes unchanged from `cookies.getAll`.
const SAME: &[&str] =
    &["name", "value", "path", "secure", "httpOnly", "sameSite", "expirationDate", "storeId", "partitionKey"];

/// Carries out one task of the worker; resolves with the cookie summary if that was the task. `id` is the task's.
///
/// # Errors
/// Rejects if it is not a task for site data, or failed.
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

/// The cookie summary.
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

/// Backs up the data that will be deleted. Fails if the browser could not restore it exactly.
async fn back_up(id: u32, tab: TabId, scope: SiteDataScope) -> Result<(), JsValue> {
    let kept = object([("scope", to_js(&scope)?)]);
    if scope.cookies != CookieScope::None {
        let store = store(tab).await?;
        let all = cookies_in(&store, scope).await?;
        for cookie in &all {
            // Written with its present value, it shows whether it could be restored. An answer that renewed it since it
            // was read, milliseconds before, would be undone; it is deleted in the next step all the same.
            browser::done(browser::cookie_set(&details(cookie))).await?;
        }
        // Of two cookies of one name, the browser returns either after a write: all of them are read again.
        let again = cookies_in(&store, scope).await?;
        if !all.iter().all(|cookie| again.iter().any(|one| same(cookie, one))) {
            return Err("a cookie would not come back as it was".into());
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
    // A large backup must leave space for the model; otherwise it is not made.
    let reserve = object([(RESERVE, "-".repeat(ROOM).into())]);
    let room = browser::done(browser::session_set(&reserve)).await;
    let unwanted = if room.is_ok() { RESERVE.to_owned() } else { key(id) };
    browser::done(browser::session_remove(&unwanted.into())).await?;
    room.map(drop)
}

/// Deletes; idempotent. Stored data only of the page's own origin, as others have no backup.
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
        // The site creates its cache again, so no page is needed.
        None if browsing_data && !scope.storage => CHATGPT.to_owned(),
        None => return told.and(Err("the page did not do it".into())),
    };
    let mut kinds: Vec<&str> = Vec::new();
    if scope.storage {
        // The page has deleted its data, except databases that it holds open.
        kinds.extend(["indexedDB", "localStorage"]);
    }
    let place = if browser::runtime_url("").starts_with("moz-") {
        // Firefox cannot clear the cache of a single site, and clears service workers in all stores at once. The page
        // has cleared its own, and the following reload bypasses the cache.
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

/// Restores a backup and drops it. Newer values in the same place are replaced.
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

/// The cookie store of a tab: a private window and each container have their own.
async fn store(tab: TabId) -> Result<String, JsValue> {
    let stores = Array::from(&browser::done(browser::cookie_stores()).await?);
    let holds = |store: &JsValue| Array::from(&get(store, "tabIds")).includes(&tab.into(), 0);
    let store = stores.iter().find(holds).ok_or("the tab is gone")?;
    get(&store, "id").as_string().ok_or_else(|| "a store without a name".into())
}

async fn cookies(store: &str) -> Result<Vec<JsValue>, JsValue> {
    let mut all = Vec::new();
    for domain in DOMAINS {
        // The empty key includes partitioned cookies.
        let filter =
            object([("domain", (*domain).into()), ("storeId", store.into()), ("partitionKey", Object::new().into())]);
        all.extend(Array::from(&browser::done(browser::cookies_all(&filter)).await?));
    }
    Ok(all)
}

/// The cookies within the scope.
async fn cookies_in(store: &str, scope: SiteDataScope) -> Result<Vec<JsValue>, JsValue> {
    let covers = |cookie: &JsValue| get(cookie, "name").as_string().is_some_and(|name| scope.cookies.covers(&name));
    Ok(cookies(store).await?.into_iter().filter(covers).collect())
}

/// The argument for `cookies.set`.
fn details(cookie: &JsValue) -> JsValue {
    let details = object([("url", url(cookie).into())]);
    for name in SAME {
        let value = get(cookie, name);
        if !value.is_undefined() {
            put(&details, name, &value);
        }
    }
    // A host-only cookie has no domain (RFC 6265 §5.3).
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

/// Sends a message to the page's content script.
async fn ask(tab: TabId, message: &JsValue) -> Result<JsValue, JsValue> {
    browser::done(browser::tabs_send(tab, message, &object([("frameId", 0.into())]))).await
}

fn put(object: &JsValue, key: &str, value: &JsValue) {
    // Setting a property of a new plain object cannot fail.
    let _ = Reflect::set(object, &key.into(), value);
}
