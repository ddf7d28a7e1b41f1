//! The popup: fills the page's own HTML from a view, and sends what the person presses.
//!
//! Text goes in as text. Holds no truth: everything shown comes from the saved model, so it is as right after a worker
//! was killed as before.

mod deep_inspection;
mod fill;
mod past;
mod pasted;
mod prompts;
mod rung;

use std::cell::Cell;

use futures_util::future::{join, join3};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use super::{
    browser, dom,
    journal_health::trouble,
    look::look,
    now, object,
    prompts::crowded,
    report::{report, spawn},
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
    view::{self, OpenTab},
};

thread_local! {
    static TAB: Cell<Option<TabId>> = const { Cell::new(None) };
}

/// "4 min ago" must not stand still while the popup is open.
const REFRESH_MS: i32 = 5_000;

/// Brings the popup to life: paints it now, and again whenever the model changes.
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
    // It lives as long as the page.
    redraw.forget();
    dom::on_press(pressed)?;
    let saved = saved?;
    let open = saved.open.iter().map(|tab| tab.id).collect();
    let painted = paint(saved).await;
    // A popup that cannot be painted has been opened all the same: what the worker then looks into may be what it lacks.
    send(Intent::Open { tab: TAB.get(), open }).await?;
    painted?;
    repaint().await?;
    Ok(JsValue::UNDEFINED)
}

async fn repaint() -> Result<(), JsValue> {
    paint(read().await?).await
}

/// What the verdict is painted from.
struct Saved {
    open: Vec<OpenTab>,
    model: Option<Model>,
    history: History,
}

/// As it is saved now, asked for together: each of these is a call into another process.
async fn read() -> Result<Saved, JsValue> {
    let (open, model, history) = join3(open_tabs(), look(), past::kept()).await;
    Ok(Saved { open: open?, model, history })
}

/// Paints the model, where there is one; the verdict first.
async fn paint(Saved { open, model, history }: Saved) -> Result<(), JsValue> {
    let Some(model) = model else { return Ok(()) };
    let tab = view::choose_tab(&model, &open);
    TAB.set(tab);
    let now = now();
    let popup = view::popup(&model, tab, now, day_began());
    let forecast = view::forecast(&model, tab, &history, now);
    fill::popup(&popup, now)?;
    fill::forecast(&forecast, now)?;
    if forecast.ask {
        // What it finds is stored, and what is stored is painted.
        spawn("read past incidents", past::ask(history));
    }
    let (trouble, crowded) = join(trouble(), crowded()).await;
    fill::trouble(trouble)?;
    fill::asides(&view::asides(&model, tab, crowded, now), now)?;
    prompts::fill(&model, tab, now).await
}

/// Midnight, in the person's own time zone.
fn day_began() -> crate::core::Millis {
    let day = js_sys::Date::new_0();
    day.set_hours(0);
    day.set_minutes(0);
    day.set_seconds(0);
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
                spawn("run the step", after_asking(asked, wanted, Some(refused)));
            }
        }
        "undo" => {
            let change = button.get_attribute("data-change").and_then(|id| id.parse().ok());
            if let Some(change) = change {
                spawn("undo", send(Intent::Undo { change }));
            }
        }
        "deep-inspection" => {
            let on = button.get_attribute("aria-pressed").as_deref() != Some("true");
            let asked = on.then(|| ask("permissions", js_sys::Array::of1(&"scripting".into()).into()));
            if let Some(tab) = TAB.get() {
                spawn("deep inspection", after_asking(asked, Intent::DeepInspection { tab, on }, None));
            }
        }
        "send-back" | "put" | "copy-prompt" | "copy-answer" | "discard" => prompts::pressed(what, button, TAB.get()),
        "paste" => spawn("judge what was pasted", async {
            let provider = look().await.and_then(|model| model.provider);
            pasted::pasted(provider.as_ref(), now())
        }),
        // The browser tells of the answer by itself.
        "grant" => report("permission", ask("origins", site())),
        _ => {}
    }
}

/// Asks for a permission: the browser shows its own question, where there is one to show. Firefox takes this only from
/// within the click, before anything is awaited.
pub(super) fn ask(kind: &str, wanted: JsValue) -> Result<js_sys::Promise, JsValue> {
    browser::permissions_request(&object([(kind, wanted)]))
}

/// Sends what is wanted once the browser has said yes; refused is an answer too.
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
