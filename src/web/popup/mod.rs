//! The popup: renders a view into the page's own HTML, and sends what the person presses.
//!
//! Text is set as text. Keeps no state of its own: everything comes from the saved model, so a stop of the worker does
//! not matter.

mod deep_inspection;
mod discard;
mod fill;
mod past;
mod pasted;
mod prompt_note;
mod prompts;
mod rung;

use std::cell::Cell;

use futures_util::future::{join, join4};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use super::{
    browser, dom,
    journal_health::health,
    look::look,
    now, object,
    pending::pending,
    prompts::{chosen, crowded},
    report::spawn,
    send::send,
    site::site,
    tabs::open_tabs,
    words,
};
use crate::core::{
    Model,
    event::{Intent, TabId},
    history::History,
    names::{Action, Rung},
    prompts::PromptStorage,
    view::{self, OpenTab},
};

thread_local! {
    static TAB: Cell<Option<TabId>> = const { Cell::new(None) };
}

/// Interval at which relative times such as "4 min ago" are updated.
const REFRESH_MS: i32 = 5_000;

/// Starts the popup: renders it now, and again whenever the model changes.
///
/// # Errors
/// Rejects if there is no document, as in the worker.
#[cfg_attr(not(feature = "pages"), wasm_bindgen)]
pub async fn open_popup() -> Result<JsValue, JsValue> {
    let ((), saved) = join(words::follow_choice(), read()).await;
    dom::static_words()?;
    let redraw = Closure::<dyn Fn()>::new(|| spawn("popup", repaint()));
    browser::on_storage_changed(redraw.as_ref().unchecked_ref());
    let window = web_sys::window().ok_or("no window")?;
    window.set_interval_with_callback_and_timeout_and_arguments_0(redraw.as_ref().unchecked_ref(), REFRESH_MS)?;
    // Kept for the lifetime of the page.
    redraw.forget();
    dom::on_press(pressed)?;
    pasted::hide_when_changed()?;
    let saved = saved?;
    let open = saved.open.iter().map(|tab| tab.id).collect();
    let painted = paint(saved).await;
    // Sent even if the popup could not be rendered: the worker's reaction may supply what was missing.
    send(Intent::Open { tab: TAB.get(), open }).await?;
    painted?;
    repaint().await?;
    Ok(JsValue::UNDEFINED)
}

async fn repaint() -> Result<(), JsValue> {
    paint(read().await?).await
}

/// The data that the popup is rendered from.
struct Saved {
    open: Vec<OpenTab>,
    model: Option<Model>,
    history: History,
    storage: PromptStorage,
}

/// Reads it all concurrently: each of these is a call into another process.
async fn read() -> Result<Saved, JsValue> {
    let (open, model, history, storage) = join4(open_tabs(), look(), past::kept(), chosen()).await;
    Ok(Saved { open: open?, model, history, storage })
}

/// Renders the model, if there is one; the verdict first.
async fn paint(Saved { open, model, history, storage }: Saved) -> Result<(), JsValue> {
    let Some(model) = model else { return Ok(()) };
    let tab = view::choose_tab(&model, &open);
    TAB.set(tab);
    let now = now();
    let mut popup = view::popup(&model, tab, now, day_began());
    if storage == PromptStorage::Nowhere {
        view::warn_of_loss(&mut popup.rungs);
    }
    let forecast = view::forecast(&model, tab, &history, now);
    fill::popup(&popup, now)?;
    fill::forecast(&forecast, now)?;
    if forecast.ask {
        // The result is stored, which renders the popup again.
        spawn("read past incidents", past::ask(history));
    }
    let (health, crowded) = join(health(), crowded()).await;
    fill::health(health)?;
    fill::asides(&view::asides(&model, tab, crowded, now), now)?;
    prompts::fill(&model, tab, now).await
}

/// Midnight in the person's time zone.
fn day_began() -> crate::core::Millis {
    let day = js_sys::Date::new_0();
    day.set_hours(0);
    day.set_minutes(0);
    day.set_seconds(0);
    day.set_milliseconds(0);
    day.get_time() as crate::core::Millis
}

fn pressed(what: &str, button: &Element) {
    match what {
        "run" => {
            let rung = button.closest("[data-step]").ok().flatten().and_then(|rung| rung.get_attribute("data-step"));
            let rung = rung.as_deref().and_then(Rung::from_name);
            let act = button.get_attribute("data-act").as_deref().and_then(Action::from_name);
            let asked = button.get_attribute("data-needs").map(|needs| {
                let names = needs.split(' ').map(JsValue::from).collect::<js_sys::Array>();
                ask("permissions", names.into())
            });
            if let (Some(tab), Some(rung), Some(act)) = (TAB.get(), rung, act) {
                let (wanted, refused) = (Intent::Run { tab, rung, act }, Intent::Refused { tab, rung });
                pending("run the step", button, after_asking(asked, wanted, Some(refused)));
            }
        }
        "undo" => {
            let change = button.get_attribute("data-change").and_then(|id| id.parse().ok());
            if let Some(change) = change {
                pending("undo", button, send(Intent::Undo { change }));
            }
        }
        "deep-inspection" => {
            let on = button.get_attribute("aria-pressed").as_deref() != Some("true");
            let asked = on.then(|| ask("permissions", js_sys::Array::of1(&"scripting".into()).into()));
            if let Some(tab) = TAB.get() {
                pending("deep inspection", button, after_asking(asked, Intent::DeepInspection { tab, on }, None));
            }
        }
        "send-back" | "put" | "copy-prompt" | "copy-answer" | "discard" => prompts::pressed(what, button, TAB.get()),
        "undiscard" => pending("take that back", button, discard::take_back()),
        "put-newest" => {
            if let Some(tab) = TAB.get() {
                pending("insert the prompt", button, prompts::put_newest(tab));
            }
        }
        "paste" => pending("judge what was pasted", button, async {
            let provider = look().await.and_then(|model| model.provider);
            pasted::pasted(provider.as_ref(), now()).await
        }),
        // The browser reports the answer with an event.
        "grant" => {
            let asked = ask("origins", site());
            pending("permission", button, async move { browser::done(asked).await.map(drop) });
        }
        _ => {}
    }
}

/// Asks for a permission; the browser shows a prompt if necessary. Firefox accepts this only within the click, before
/// any await.
pub(super) fn ask(kind: &str, wanted: JsValue) -> Result<js_sys::Promise, JsValue> {
    browser::permissions_request(&object([(kind, wanted)]))
}

/// Sends the intent once the permission is granted; a refusal is sent too.
async fn after_asking(
    asked: Option<Result<js_sys::Promise, JsValue>>,
    wanted: Intent,
    refused: Option<Intent>,
) -> Result<(), JsValue> {
    let granted = match asked {
        Some(asked) => JsFuture::from(asked?).await?.is_truthy(),
        None => true,
    };
    match if granted { Some(wanted) } else { refused } {
        Some(intent) => send(intent).await,
        None => Ok(()),
    }
}
