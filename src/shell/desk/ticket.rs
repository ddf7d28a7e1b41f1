//! The ticket: its whole text, before anything is copied. Nothing is sent from here.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;

use super::{copy, english::English, on};
use crate::core::{
    Model, agent,
    msg::msg,
    ticket::{About, ticket},
    view,
};
use crate::shell::{
    browser,
    dom::{by_id, hide, sentence},
    get,
    look::look,
    now,
    tabs::open_tabs,
};

/// Brings the page to life.
pub async fn open() -> Result<(), JsValue> {
    let english = Rc::new(English::load().await?);
    let about = Rc::new(about()?);
    draw(&english, &about).await?;
    let redraw = move || {
        let (english, about) = (english.clone(), about.clone());
        spawn_local(async move { drop(draw(&english, &about).await) });
    };
    let again = redraw.clone();
    on("input", move |_| redraw())?;
    let changed = Closure::<dyn Fn()>::new(again);
    browser::on_storage_changed(changed.as_ref().unchecked_ref());
    // It lives as long as the page.
    changed.forget();
    on("click", |target| {
        if target.get_attribute("data-do").as_deref() == Some("copy-text")
            && let Ok(text) = by_id("text")
        {
            copy::copy(text);
        }
    })
}

async fn draw(english: &English, about: &About) -> Result<(), JsValue> {
    let model = look().await.unwrap_or_else(Model::default);
    let tab = view::choose_tab(&model, &open_tabs().await?);
    let lines = ticket(&model, tab, about, now());
    let head = by_id("head")?;
    sentence(&head, &msg("ticket_none"), 0)?;
    hide(&head, !lines.is_empty())?;
    hide(&by_id("form")?, lines.is_empty())?;
    let mut text: Vec<String> = lines.iter().map(|line| english.say(line)).collect();
    let own = by_id("own")?.unchecked_into::<HtmlTextAreaElement>().value();
    if !own.trim().is_empty() {
        text.push(english.say(&msg("ticket_own").text(own.trim())));
    }
    let area: HtmlTextAreaElement = by_id("text")?.dyn_into()?;
    let text = text.join("\n");
    // Written anew, it would lose what somebody selected in it.
    if area.value() != text {
        area.set_value(&text);
    }
    Ok(())
}

fn about() -> Result<About, JsValue> {
    let agent = web_sys::window().ok_or("no window")?.navigator().user_agent()?;
    let mend = get(&browser::runtime_manifest(), "version").as_string().unwrap_or_default();
    Ok(About { browser: agent::browser(&agent), mend })
}
