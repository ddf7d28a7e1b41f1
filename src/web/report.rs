//! What could not be done, and is nobody's answer: one line on the console, "Mend: what: why".

use std::{future::Future, pin::Pin};

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::{browser, get};
use crate::core::{reason::Reason, text::holds};

/// Of a tab that was closed or left meanwhile, or that has no content script of ours: Chromium's words, and Firefox's.
const GONE: &[&str] = &[
    "No tab with id",
    "Invalid tab ID",
    "Receiving end does not exist",
    "port closed before a response",
    "channel closed before a response",
    "was removed",
];

/// The browser's message, or our own words, as they may be kept.
#[inline(never)]
pub fn reason(error: &JsValue) -> Reason {
    let said = |value: JsValue| value.as_string().filter(|said| !said.is_empty());
    let said = said(error.clone()).or_else(|| said(get(error, "message"))).or_else(|| said(get(error, "name")));
    Reason::new(said.as_deref().unwrap_or("the browser gave no reason"))
}

/// Says on the console what could not be done, and why.
pub fn report<T>(what: &str, result: Result<T, JsValue>) {
    if let Err(error) = result {
        failed(what, &error, false);
    }
}

/// Likewise of something done to a tab: that it is gone by now is no error.
pub fn report_unless_gone<T>(what: &str, result: Result<T, JsValue>) {
    if let Err(error) = result {
        failed(what, &error, true);
    }
}

/// Likewise, of a reason that goes elsewhere too.
pub fn complain_unless_gone(what: &str, why: &Reason) {
    if !GONE.iter().any(|gone| holds(why.text(), gone)) {
        complain(what, why);
    }
}

/// What came of it; none where it failed, which is reported.
pub fn found<T>(what: &str, result: Result<T, JsValue>) -> Option<T> {
    result.map_err(|error| failed(what, &error, false)).ok()
}

/// Does this beside everything else; what is wrong with it is reported.
pub fn spawn(what: &'static str, work: impl Future<Output = Result<(), JsValue>> + 'static) {
    spawn_boxed(what, Box::pin(work));
}

/// Behind a pointer: a wrapper around each kind of future is a state machine for each, in wasm.
fn spawn_boxed(what: &'static str, work: Pin<Box<dyn Future<Output = Result<(), JsValue>>>>) {
    spawn_local(async move { report(what, work.await) });
}

#[inline(never)]
fn failed(what: &str, error: &JsValue, may_be_gone: bool) {
    let why = reason(error);
    if may_be_gone { complain_unless_gone(what, &why) } else { complain(what, &why) }
}

fn complain(what: &str, why: &Reason) {
    browser::console_error(&format!("Mend: {what}: {}", why.text()));
}
