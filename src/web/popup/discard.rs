//! Discarding a kept prompt from the popup, and taking that back as long as the popup is open.

use std::cell::{Cell, RefCell};

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::prompt_note::{expect, say};
use crate::core::{Millis, event::TabId};
use crate::web::{
    browser,
    dom::{by_id, hide},
    get, now, object,
    prompts::{all, string},
    send::deliver,
    value::from_js,
};

/// After a prompt was discarded the next one stands under the pointer; a second press within this time, in ms, was not meant
/// for it.
const DOUBLE: Millis = 700;

thread_local! {
    static LAST: Cell<Millis> = const { Cell::new(0) };
    /// What was discarded last: the records of one text.
    static GONE: RefCell<Array> = RefCell::new(Array::new());
}

/// Whether a press now may be the second one of a double press.
pub fn is_double() -> bool {
    now().saturating_sub(LAST.get()) < DOUBLE
}

/// Discards the prompt with this id and those of equal text, in their tabs, too, and offers to take that back.
pub async fn discard(id: Millis) -> Result<(), JsValue> {
    LAST.set(now());
    let kept = all().await?;
    let Some(text) = kept.iter().find(|one| number(one) == id).map(|one| string(&one, "text")) else {
        return say("prompt_expired");
    };
    let same: Array = kept.iter().filter(|one| string(one, "text") == text).collect();
    deliver(&object([("kind", "discard-prompts".into()), ("id", (id as f64).into())])).await?;
    LAST.set(now());
    for tab in same.iter().filter_map(|one| from_js::<TabId>(&get(&one, "tab"))) {
        forget(tab, &text).await;
    }
    GONE.replace(same);
    say("prompt_discarded")?;
    let button = by_id("undiscard")?;
    hide(&button, false)?;
    // The button that was pressed is gone, or belongs to the next prompt.
    button.dyn_ref::<HtmlElement>().map_or(Ok(()), HtmlElement::focus)
}

fn number(one: &JsValue) -> Millis {
    get(one, "id").as_f64().unwrap_or_default() as Millis
}

/// The tab keeps a copy of its own, which it would hand over again. A tab that is gone, or does not answer, has none any more.
async fn forget(tab: TabId, text: &JsString) {
    let message = object([("kind", "forget-prompt".into()), ("text", text.into())]);
    let sent = browser::done(browser::tabs_send(tab, &message, &object([("frameId", 0.into())]))).await;
    drop(sent);
}

/// Keeps again what was discarded last.
pub async fn take_back() -> Result<(), JsValue> {
    // Whoever took it back sees what they press next.
    LAST.set(0);
    for one in GONE.replace(Array::new()).iter() {
        expect(number(&one));
        deliver(&object([("kind", "restore-prompt".into()), ("prompt", one)])).await?;
    }
    hide(&by_id("undiscard")?, true)?;
    say("prompt_restored")
}
