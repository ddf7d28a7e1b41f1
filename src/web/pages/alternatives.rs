//! The page of alternatives: the services, their present status, and a saved prompt for them. Reads each status page
//! once; passes a prompt on only when a button is pressed.

mod cards;
mod prompts;
mod status;

use std::cell::RefCell;

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Element, HtmlTextAreaElement};

use super::on;
use crate::core::{
    alternatives::{Prompt, PromptDelivery, SERVICES, Service, Status, StatusSource, Terminal, service},
    connectivity::System,
    msg::msg,
    view::alternatives::press,
};
use crate::web::{
    browser,
    dom::{by_id, hide, on_press, sentence, within},
    get, object,
    report::spawn,
};

/// The page's state.
struct Page {
    /// The status of each service, in the order of the list.
    known: Vec<Status>,
    /// The saved prompts, the newest first.
    prompts: Vec<Prompt>,
    /// The id of the chosen one; the newest unless the person chose.
    chosen: Option<i64>,
    /// Whether the chosen one's tab is or may be private.
    private: bool,
    /// The shell for which a command is quoted.
    terminal: Terminal,
}

thread_local! {
    static PAGE: RefCell<Page> = const {
        RefCell::new(Page {
            known: Vec::new(),
            prompts: Vec::new(),
            chosen: None,
            private: true,
            terminal: Terminal::Shell,
        })
    };
}

impl Page {
    fn prompt(&self) -> Option<&Prompt> {
        let chosen = self.prompts.iter().find(|prompt| Some(prompt.id) == self.chosen);
        chosen.or(self.prompts.first())
    }
}

/// Shows the list, then reads the status of each service.
pub async fn open() -> Result<(), JsValue> {
    let terminal = terminal()?;
    PAGE.with_borrow_mut(|page| {
        page.known = SERVICES.iter().map(|service| StatusSource::first(service.status)).collect();
        page.terminal = terminal;
    });
    PAGE.with_borrow(|page| cards::add(&page.known))?;
    on_press(pressed)?;
    on("change", |target| {
        if target.id() == "choose" {
            spawn("choose a prompt", prompts::chosen());
        }
    })?;
    // A prompt of another tab may be saved while this page is open.
    let changed = Closure::<dyn Fn()>::new(|| spawn("read saved prompts", prompts::load()));
    browser::on_storage_changed(changed.as_ref().unchecked_ref());
    // Kept for the lifetime of the page.
    changed.forget();
    prompts::load().await?;
    spawn("ask how services are", ask());
    Ok(())
}

/// Reads all status pages concurrently; each is shown when it arrives, and all are sorted once at the end: a card that
/// moves under the pointer is pressed by mistake.
async fn ask() -> Result<(), JsValue> {
    let asked = SERVICES.iter().enumerate().filter_map(|(index, service)| {
        let source = service.status.filter(|source| source.api().is_some())?;
        Some(future_to_promise(async move {
            let found = status::read(source).await;
            cards::status(service, &found)?;
            PAGE.with_borrow_mut(|page| page.known.get_mut(index).map(|known| *known = found));
            Ok(JsValue::UNDEFINED)
        }))
    });
    JsFuture::from(Promise::all(&asked.collect::<Array>())).await?;
    PAGE.with_borrow(|page| cards::order(&page.known))
}

/// Handles a press, by what is shown at that moment.
fn pressed(what: &str, button: &Element) {
    let card = button.closest("[data-service]").ok().flatten();
    let named = card.as_ref().and_then(|card| card.get_attribute("data-service"));
    if let ("hand", Some(card), Some(service)) = (what, card, named.as_deref().and_then(service)) {
        let handing = PAGE.with_borrow(|page| press(service, page.prompt(), page.private, page.terminal).handing);
        spawn("hand over the prompt", async move { hand(&card, handing).await });
    }
}

async fn hand(card: &Element, handing: PromptDelivery) -> Result<(), JsValue> {
    let (text, open) = match handing {
        PromptDelivery::Open(url) => return show(&url).await,
        PromptDelivery::Command(text) => (text, None),
        PromptDelivery::Copy { text, open } => (text, Some(open)),
    };
    let copied = browser::done(browser::copy_text(&text)).await.is_ok();
    hide(&by_id("by-hand")?, copied)?;
    sentence(&within(card, ".note")?, &msg(if copied { "copy_done" } else { "copy_by_hand" }), 0)?;
    if !copied {
        let area: HtmlTextAreaElement = by_id("by-hand-text")?.dyn_into()?;
        area.set_value(&text);
        area.focus()?;
        area.select();
        return Ok(());
    }
    match open {
        Some(open) => show(open).await,
        None => Ok(()),
    }
}

/// Opens a tab next to this one.
async fn show(url: &str) -> Result<(), JsValue> {
    browser::done(browser::tabs_create(&object([("url", url.into())]))).await.map(drop)
}

/// PowerShell on Windows, otherwise sh.
fn terminal() -> Result<Terminal, JsValue> {
    let navigator = web_sys::window().ok_or("no window")?.navigator();
    // User-Agent Client Hints: Chromium only.
    let platform = get(&get(&navigator, "userAgentData"), "platform").as_string().filter(|name| !name.is_empty());
    let system = System::of(&platform.unwrap_or(navigator.user_agent()?));
    Ok(if system == Some(System::Windows) { Terminal::PowerShell } else { Terminal::Shell })
}

/// The card of a service.
fn card_of(service: &Service) -> Result<Element, JsValue> {
    within(&by_id("list")?, &format!("[data-service='{}']", service.id))
}
