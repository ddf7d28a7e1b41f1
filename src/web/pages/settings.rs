//! The settings: permissions, stored data, and the button that deletes it.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

use super::{alerts, language, saved_prompts};
use crate::{
    core::{
        event::Intent,
        msg::msg,
        view::{self, Grant, PERMISSIONS, Right},
    },
    web::{
        browser,
        dom::{attribute, by_id, copy, hide, on_press, sentence, text, within},
        look::look,
        now, object,
        pending::pending,
        report::{report, spawn},
        send::send,
        site::{site, status_page},
        storage_use::{entries, names},
        words::say,
    },
};

/// Renders the page, and again whenever its data may have changed.
pub async fn open() -> Result<(), JsValue> {
    on_press(pressed)?;
    for permission in PERMISSIONS {
        add_row(permission)?;
    }
    language::open().await?;
    let redraw = Closure::<dyn Fn()>::new(|| spawn("settings", render()));
    browser::on_storage_changed(redraw.as_ref().unchecked_ref());
    // Permissions can be changed on the browser's own pages meanwhile.
    let window = web_sys::window().ok_or("no window")?;
    window.add_event_listener_with_callback("focus", redraw.as_ref().unchecked_ref())?;
    // Kept for the lifetime of the page.
    redraw.forget();
    render().await
}

/// Renders the present state.
pub async fn render() -> Result<(), JsValue> {
    for permission in PERMISSIONS {
        let held = browser::done(browser::permissions_contains(&wanted(permission))).await?.is_truthy();
        let hold = view::hold(permission, held);
        let row = row(permission)?;
        attribute(&row, "data-held", Some(if held { "true" } else { "false" }))?;
        sentence(&within(&row, ".state")?, &hold.words, now())?;
        let button = within(&row, "button")?;
        hide(&button, hold.button.is_none())?;
        if let Some((allow, words)) = hold.button {
            attribute(&button, "data-do", Some(if allow { "allow" } else { "give-back" }))?;
            sentence(&button, &words, now())?;
        }
    }
    let model = look().await.unwrap_or_default();
    alerts::render(&model)?;
    let session = entries(&browser::done(browser::session_all(&JsValue::NULL)).await?);
    let disk = entries(&browser::done(browser::local_all(&JsValue::NULL)).await?);
    let kept = view::kept(&model, &session, &disk);
    sentence(&by_id("storage-session")?, &kept.session, now())?;
    sentence(&by_id("storage-disk")?, &kept.disk, now())?;
    sentence(&by_id("storage-failures")?, &kept.failures, now())?;
    text(&by_id("storage-snapshots")?, &kept.snapshots.to_string());
    saved_prompts::render().await?;
    let unreadable = by_id("unreadable")?;
    hide(&unreadable, kept.unreadable.is_none())?;
    if let Some((_, words)) = &kept.unreadable {
        sentence(&within(&unreadable, "p")?, words, now())?;
    }
    Ok(())
}

fn add_row(permission: &Grant) -> Result<(), JsValue> {
    let row = copy("permission-template")?;
    attribute(&row, "data-permission", Some(permission.name))?;
    text(&within(&row, ".technical")?, permission.name);
    let name = within(&row, ".name")?;
    // The text next to the button labels it for a screen reader.
    let id = format!("permission-{}", permission.why);
    attribute(&name, "id", Some(&id))?;
    attribute(&within(&row, "button")?, "aria-describedby", Some(&id))?;
    let label = format!("{}_name", permission.why);
    // Updated when another language is chosen, too.
    for (place, key) in [(&name, label.as_str()), (&within(&row, ".why")?, permission.why)] {
        attribute(place, "data-msg", Some(key))?;
        sentence(place, &msg(key), now())?;
    }
    by_id("permissions")?.append_child(&row)?;
    Ok(())
}

fn row(permission: &Grant) -> Result<Element, JsValue> {
    within(&by_id("permissions")?, &format!("[data-permission='{}']", permission.name))
}

/// The permission in the format of the browser's API.
fn wanted(permission: &Grant) -> JsValue {
    match permission.right {
        Right::Site => object([("origins", site())]),
        Right::StatusPage => object([("origins", status_page())]),
        Right::Api => object([("permissions", Array::of1(&permission.name.into()).into())]),
    }
}

fn pressed(what: &str, button: &Element) {
    match what {
        "allow" | "give-back" => {
            let row = button.closest("[data-permission]").ok().flatten();
            let name = row.and_then(|row| row.get_attribute("data-permission"));
            let Some(permission) = PERMISSIONS.iter().find(|one| Some(one.name) == name.as_deref()) else { return };
            // Firefox accepts this only within the click, before any await.
            let change = if what == "allow" { browser::permissions_request } else { browser::permissions_remove };
            let asked = change(&wanted(permission));
            pending("permission", button, changed(asked));
        }
        "alerts" => alerts::pressed(button),
        "prompt-setting" | "discard-prompts" => saved_prompts::pressed(what, button),
        "delete-unreadable" => spawn("delete what cannot be read", delete_unreadable()),
        "forget" => report("settings", ask_once_more(true)),
        "keep" => report("settings", ask_once_more(false)),
        "forget-now" => spawn("forget everything", forget()),
        _ => {}
    }
}

/// Shows the new state of the permission, or that the browser refused.
async fn changed(asked: Result<Promise, JsValue>) -> Result<(), JsValue> {
    let done = match asked {
        Ok(asked) => JsFuture::from(asked).await.map(|done| done.is_truthy()),
        Err(error) => Err(error),
    };
    let refused = !matches!(done, Ok(true));
    report("permission", done);
    let note = by_id("permission-note")?;
    text(&note, &if refused { say(&msg("perm_refused"), now()) } else { String::new() });
    render().await
}

/// No other page uses the items that were set aside, so they are deleted without the worker.
async fn delete_unreadable() -> Result<(), JsValue> {
    let disk = entries(&browser::done(browser::local_all(&JsValue::NULL)).await?);
    if let Some((unreadable, _)) = view::kept(&look().await.unwrap_or_default(), &[], &disk).unreadable {
        browser::done(browser::local_remove(&names(&unreadable))).await?;
    }
    render().await
}

/// Shows or hides the confirmation in the page; focus moves to its button.
fn ask_once_more(asking: bool) -> Result<(), JsValue> {
    text(&by_id("forget-note")?, "");
    hide(&by_id("sure")?, !asking)?;
    hide(&by_id("forget")?, asking)?;
    let next = by_id(if asking { "keep" } else { "forget" })?;
    next.unchecked_into::<HtmlElement>().focus()
}

async fn forget() -> Result<(), JsValue> {
    saved_prompts::clear().await?;
    let forgotten = send(Intent::Forget).await;
    ask_once_more(false)?;
    let words = if forgotten.is_ok() { "forget_done" } else { "forget_failed" };
    report("forget everything", forgotten);
    sentence(&by_id("forget-note")?, &msg(words), now())?;
    render().await
}
