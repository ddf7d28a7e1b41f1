//! Message keys → sentences in the browser's language. Owns no sentence.

use js_sys::{Array, Date, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{browser, object};
use crate::core::{
    Millis,
    msg::{Arg, Msg},
};

/// The sentence for a message.
pub fn say(message: &Msg, now: Millis) -> String {
    let arguments: Array = message.args.iter().map(|arg| JsValue::from(argument(arg, now))).collect();
    browser::i18n_message(&message.key, &arguments)
}

fn argument(arg: &Arg, now: Millis) -> String {
    match arg {
        Arg::Text(text) => text.clone(),
        Arg::Number(number) => number.to_string(),
        Arg::Msg(message) => say(message, now),
        Arg::Clock(at) => clock(*at, now),
    }
}

/// The time of day, with the weekday where it is another day's.
fn clock(at: Millis, now: Millis) -> String {
    let two = JsValue::from("2-digit");
    let options = object([("hour", two.clone()), ("minute", two)]);
    let date = |at: Millis| Date::new(&(at as f64).into());
    if date(at).to_date_string() != date(now).to_date_string() {
        let _ = Reflect::set(&options, &"weekday".into(), &"short".into());
    }
    // Date.prototype.toLocaleString with options that js-sys does not name.
    let format = Reflect::get(&date(at), &"toLocaleString".into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    let text = format.and_then(|format| format.call2(&date(at), &Array::new(), &options).ok());
    text.and_then(|text| text.as_string()).unwrap_or_default()
}
