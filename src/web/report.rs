//! Errors that concern no caller: one line on the console, "Mend: what: why".

use std::{future::Future, pin::Pin};

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::{browser, get};
use crate::core::{reason::Reason, text::holds};

/// Errors for a tab that was closed or left meanwhile, or has no content script of ours: Chromium's text, and
/// Firefox's.
const GONE: &[&str] = &[
    "No tab with id",
    "Invalid tab ID",
    "Receiving end does not exist",
    "port closed before a response",
    "channel closed before a response",
    "was removed",
];

/// Whether a storage area refused a value for lack of space: Chromium's text ("QUOTA_BYTES quota exceeded"), and Firefox's
/// ("QuotaExceededError").
pub fn is_full(error: &JsValue) -> bool {
    let why = reason(error);
    ["quota", "Quota"].iter().any(|word| holds(why.text(), word))
}

/// The error's message, reduced to what may be kept.
#[inline(never)]
pub fn reason(error: &JsValue) -> Reason {
    let said = |value: JsValue| value.as_string().filter(|said| !said.is_empty());
    let said = said(error.clone()).or_else(|| said(get(error, "message"))).or_else(|| said(get(error, "name")));
    Reason::new(said.as_deref().unwrap_or("the browser gave no reason"))
}

/// Reports an error on the console.
pub fn report<T>(what: &str, result: Result<T, JsValue>) {
    if let Err(error) = result {
        failed(what, &error, false);
    }
}

/// The same for an operation on a tab: that it no longer exists is not an error.
pub fn report_unless_gone<T>(what: &str, result: Result<T, JsValue>) {
    if let Err(error) = result {
        failed(what, &error, true);
    }
}

/// The same for a reason that is also used elsewhere.
pub fn complain_unless_gone(what: &str, why: &Reason) {
    if !GONE.iter().any(|gone| holds(why.text(), gone)) {
        complain(what, why);
    }
}

/// The value; none after an error, which is reported.
pub fn found<T>(what: &str, result: Result<T, JsValue>) -> Option<T> {
    result.map_err(|error| failed(what, &error, false)).ok()
}

/// Starts a future in the background, and reports its error.
pub fn spawn(what: &'static str, work: impl Future<Output = Result<(), JsValue>> + 'static) {
    spawn_boxed(what, Box::pin(work));
}

/// Boxed: a wrapper around each type of future is a state machine for each, in wasm.
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
