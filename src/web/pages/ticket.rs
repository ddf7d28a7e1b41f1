//! The ticket: shows everything that would be included. Each part can be unticked, redacted values are marked, and
//! then it is copied or saved. Nothing is sent.

mod parts;
mod picture;
mod preview;

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::prelude::*;

use super::{clean, copy, english::English, on, save, state};
use crate::core::{
    bundle::pack,
    msg::msg,
    support_bundle::{BundleFile, REPORT},
    ticket::About,
    user_agent,
};
use crate::web::{
    browser,
    dom::{by_id, hide, sentence, text},
    get, now,
    report::{report, spawn},
    words::say,
};

use picture::Picture;

/// The name of the file.
const NAME: &str = "mend-ticket.zip";

#[derive(Default)]
struct Page {
    parts: Vec<BundleFile>,
    picture: Option<Picture>,
}

thread_local! {
    static PAGE: RefCell<Page> = RefCell::default();
}

/// Starts the page.
pub async fn open() -> Result<(), JsValue> {
    let english = Rc::new(English::load().await?);
    let about = Rc::new(about()?);
    render(&english, &about).await?;
    let redraw = move || {
        let (english, about) = (english.clone(), about.clone());
        spawn("ticket", async move { render(&english, &about).await });
    };
    let again = redraw.clone();
    on("input", move |target| match target.id().as_str() {
        "own" | "block" | "conversation" => redraw(),
        "clean" => clean::chosen(),
        "picture" => spawn("read the picture", chosen()),
        _ => {}
    })?;
    let changed = Closure::<dyn Fn()>::new(again);
    browser::on_storage_changed(changed.as_ref().unchecked_ref());
    // Kept for the lifetime of the page.
    changed.forget();
    on("click", |target| match target.get_attribute("data-do").as_deref() {
        Some("copy-text") => report("copy the report", copy_report()),
        Some("save") => {
            let saved = save_ticked();
            let words = if saved.is_ok() { "ticket_saved" } else { "ticket_not_saved" };
            report("save the ticket", saved);
            report("ticket", by_id("copied").map(|place| text(&place, &say(&msg(words), 0))));
        }
        _ => {}
    })
}

async fn render(english: &English, about: &About) -> Result<(), JsValue> {
    let (parts, hidden) = parts::gather(english, about).await?;
    let head = by_id("head")?;
    state::empty(&head, &msg("ticket_none"), 0)?;
    hide(&head, !parts.is_empty())?;
    hide(&by_id("form")?, parts.is_empty())?;
    preview::render(&parts, hidden)?;
    // It is below the form: shown earlier, it would move.
    hide(&by_id("other")?, false)?;
    PAGE.with_borrow_mut(|page| page.parts = parts);
    Ok(())
}

/// A picture was chosen; only the person checks it.
async fn chosen() -> Result<(), JsValue> {
    let picture = Picture::read().await;
    let place = by_id("picture-words")?;
    sentence(&place, &msg(picture.as_ref().map_or_else(|problem| *problem, |_| "ticket_picture_words")), 0)?;
    PAGE.with_borrow_mut(|page| page.picture = picture.ok());
    Ok(())
}

fn copy_report() -> Result<(), JsValue> {
    copy::copy(by_id(REPORT)?);
    Ok(())
}

/// Saves the ticked parts as one file.
fn save_ticked() -> Result<(), JsValue> {
    PAGE.with_borrow(|page| {
        let mut files: Vec<(&str, &[u8])> = Vec::new();
        for part in &page.parts {
            if preview::is_ticked(part.name)? {
                files.push((part.name, part.text.as_bytes()));
            }
        }
        if let Some(picture) = &page.picture {
            files.push((picture.name, &picture.bytes));
        }
        let bytes = pack(&files, now()).map_err(|error| error.to_string())?;
        save::bytes(NAME, "application/zip", &bytes)
    })
}

fn about() -> Result<About, JsValue> {
    let agent = web_sys::window().ok_or("no window")?.navigator().user_agent()?;
    let mend = get(&browser::runtime_manifest(), "version").as_string().unwrap_or_default();
    Ok(About { browser: user_agent::browser(&agent), mend })
}
