//! What a button starts may take a while: the button says so at once, and cannot be pressed again meanwhile.

use std::{future::Future, pin::Pin};

use wasm_bindgen::JsValue;
use web_sys::Element;

use super::{
    dom::attribute,
    report::{report, spawn},
};

/// Runs what a press of this button starts; `aria-busy` marks the button until it has ended. Does nothing if it runs
/// already.
pub fn pending(what: &'static str, button: &Element, work: impl Future<Output = Result<(), JsValue>> + 'static) {
    boxed(what, button, Box::pin(work));
}

/// Not generic: a copy for each type of future takes hundreds of bytes of wasm.
fn boxed(what: &'static str, button: &Element, work: Pin<Box<dyn Future<Output = Result<(), JsValue>>>>) {
    if button.has_attribute("aria-busy") {
        return;
    }
    report(what, attribute(button, "aria-busy", Some("true")));
    let button = button.clone();
    spawn(what, async move {
        let ended = work.await;
        attribute(&button, "aria-busy", None)?;
        ended
    });
}
