//! Message keys → sentences in the browser's language. Owns no sentence.

use js_sys::{Date, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{array, browser, object};
use crate::core::{
    Millis,
    msg::{Arg, Msg},
};

/// The sentence for a message.
pub fn say(message: &Msg, now: Millis) -> String {
    let arguments = array(message.args.iter().map(|arg| JsValue::from(argument(arg, now))));
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
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&options, &"weekday".into(), &"short".into());
    }
    local(at, "toLocaleString", &options)
}

/// The time of day to the second.
pub fn exact_clock(at: Millis) -> String {
    local(at, "toLocaleTimeString", &JsValue::UNDEFINED)
}

/// The day, with its name.
pub fn exact_day(at: Millis) -> String {
    let long = JsValue::from("long");
    let numeric = JsValue::from("numeric");
    let options = [("weekday", long.clone()), ("month", long), ("day", numeric.clone()), ("year", numeric)];
    local(at, "toLocaleDateString", &object(options))
}

/// One of `Date`'s own ways to say a time, with options that js-sys does not name.
fn local(at: Millis, how: &str, options: &JsValue) -> String {
    let date = Date::new(&(at as f64).into());
    let format = Reflect::get(&date, &how.into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    // A browser keeps what it needs to write a time in its own language, and only there.
    let text = format.and_then(|format| format.call2(&date, &JsValue::UNDEFINED, options).ok());
    text.and_then(|text| text.as_string()).unwrap_or_default()
}
