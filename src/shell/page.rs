//! The popup: fills the page's own HTML from a view, and sends what the person presses.
//!
//! Text goes in as text. Holds no truth: everything shown comes from the saved model, so it is as right after a worker
//! was killed as before.

mod closer;
mod fill;
mod pasted;
mod path;
mod rung;

use std::cell::Cell;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event as DomEvent};

use super::{browser, get, look::look, now, object, plain::to_js, site::site};
use crate::core::{
    event::{Intent, TabId},
    names::Rung,
    plain::Data,
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
#[wasm_bindgen]
pub async fn open_popup() -> Result<JsValue, JsValue> {
    fill::static_words()?;
    let redraw = Closure::<dyn Fn()>::new(|| spawn_local(async { drop(draw().await) }));
    let press = Closure::<dyn Fn(DomEvent)>::new(|event: DomEvent| {
        if let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            pressed(&target);
        }
    });
    browser::on_storage_changed(redraw.as_ref().unchecked_ref());
    let window = web_sys::window().ok_or("no window")?;
    window.set_interval_with_callback_and_timeout_and_arguments_0(redraw.as_ref().unchecked_ref(), REFRESH_MS)?;
    fill::document()?.add_event_listener_with_callback("click", press.as_ref().unchecked_ref())?;
    // They live as long as the page.
    redraw.forget();
    press.forget();
    let open = draw().await?;
    send(Intent::Open { tab: TAB.get(), open }).await?;
    draw().await?;
    Ok(JsValue::UNDEFINED)
}

/// The words of a page that says nothing else.
///
/// # Errors
/// Rejects if there is no document, as in the worker.
#[wasm_bindgen]
pub fn open_words() -> Result<(), JsValue> {
    fill::static_words()
}

/// Paints the model as it is saved now; gives the open tabs.
async fn draw() -> Result<Vec<TabId>, JsValue> {
    let open = open_tabs().await?;
    let ids = open.iter().map(|tab| tab.id).collect();
    if let Some(model) = look().await {
        let tab = view::choose_tab(&model, &open);
        TAB.set(tab);
        let now = now();
        let popup = view::popup(&model, tab, now, day_began());
        fill::popup(&popup, now)?;
    }
    Ok(ids)
}

/// ChatGPT's tabs. A page that is itself a tab belongs to no window in particular.
async fn open_tabs() -> Result<Vec<OpenTab>, JsValue> {
    let current = browser::tabs_current().await?;
    let here = if current.is_undefined() { get(&browser::window_current().await?, "id") } else { JsValue::UNDEFINED };
    let tabs = js_sys::Array::from(&browser::tabs_query(&object([("url", site())])).await?);
    let open = tabs.iter().filter_map(|tab| {
        let id = get(&tab, "id").as_f64()? as TabId;
        let here = !here.is_undefined() && get(&tab, "windowId") == here;
        Some(OpenTab { id, here, active: get(&tab, "active").is_truthy() })
    });
    Ok(open.collect())
}

/// Midnight, in the person's own time zone.
fn day_began() -> crate::core::Millis {
    let day = js_sys::Date::new_0();
    day.set_hours(0);
    day.set_minutes(0);
    day.set_seconds(0);
    day.get_time() as crate::core::Millis
}

fn pressed(target: &Element) {
    let Ok(Some(button)) = target.closest("[data-do]") else { return };
    match button.get_attribute("data-do").as_deref() {
        Some("run") => {
            let rung = button.closest("[data-step]").ok().flatten().and_then(|rung| rung.get_attribute("data-step"));
            let rung = rung.as_deref().and_then(Rung::from_name);
            if let (Some(tab), Some(rung)) = (TAB.get(), rung) {
                spawn_local(async move { drop(send(Intent::Run { tab, rung }).await) });
            }
        }
        Some("closer") => {
            let on = button.get_attribute("aria-pressed").as_deref() != Some("true");
            let asked = on.then(|| ask("permissions", js_sys::Array::of1(&"scripting".into()).into()));
            spawn_local(async move { drop(look_closer(on, asked).await) });
        }
        Some("paste") => spawn_local(async {
            let provider = look().await.and_then(|model| model.provider);
            drop(pasted::pasted(provider.as_ref(), now()));
        }),
        // The browser tells of the answer by itself.
        Some("grant") => drop(ask("origins", site())),
        _ => {}
    }
}

/// Asks for a permission: the browser shows its own question, where there is one to show. Firefox takes this only from
/// within the click, before anything is awaited.
fn ask(kind: &str, wanted: JsValue) -> Result<js_sys::Promise, JsValue> {
    browser::permissions_request(&object([(kind, wanted)]))
}

/// Putting a script into the page's own world needs a permission; refused is an answer too.
async fn look_closer(on: bool, asked: Option<Result<js_sys::Promise, JsValue>>) -> Result<(), JsValue> {
    let granted = match asked {
        Some(asked) => JsFuture::from(asked?).await?.is_truthy(),
        None => true,
    };
    match TAB.get().filter(|_| granted) {
        Some(tab) => send(Intent::Closer { tab, on }).await,
        None => Ok(()),
    }
}

async fn send(intent: Intent) -> Result<(), JsValue> {
    let answer = browser::runtime_send(&object([("intent", to_js(&intent.to_plain()))])).await?;
    get(&answer, "error").as_string().map_or(Ok(()), |why| Err(why.into()))
}
