//! Translates message keys to the chosen language, or else to the browser's.

use std::cell::RefCell;

use js_sys::{Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{array, browser, get, object};
use crate::core::{
    Millis,
    msg::{Arg, Msg, msg},
    template::Template,
    time::MINUTE,
};

/// The key, on disk, of the chosen language: a folder of `_locales`. `language.js` reads it.
pub const LANGUAGE: &str = "language";

thread_local! {
    /// The messages of the chosen language; undefined if Mend follows the browser.
    static CHOSEN: RefCell<JsValue> = const { RefCell::new(JsValue::UNDEFINED) };
}

/// Loads the messages of the chosen language.
pub async fn follow_choice() {
    // Without a script that knows the choice, as in the tests of this layer, Mend follows the browser.
    CHOSEN.set(browser::done(browser::chosen_messages()).await.unwrap_or_default());
}

/// The text of a message.
pub fn say(message: &Msg, now: Millis) -> String {
    let arguments: Vec<String> = message.args.iter().map(|arg| argument(arg, now)).collect();
    let chosen =
        |messages: &JsValue| if messages.is_undefined() { None } else { template(&get(messages, &message.key)) };
    match CHOSEN.with_borrow(chosen) {
        Some(template) => template.fill(&arguments),
        None => browser::i18n_message(&message.key, &array(arguments.iter().map(JsValue::from))),
    }
}

/// An entry of `messages.json`; none where it has no message.
pub fn template(entry: &JsValue) -> Option<Template> {
    let template = Template::new(get(entry, "message").as_string()?);
    let Ok(placeholders) = get(entry, "placeholders").dyn_into::<Object>() else { return Some(template) };
    let named = |template: Template, name: JsValue| {
        let name = name.as_string().unwrap_or_default();
        let content = get(&get(&placeholders, &name), "content").as_string().unwrap_or_default();
        template.placeholder(name, content)
    };
    Some(Object::keys(&placeholders).iter().fold(template, named))
}

fn argument(arg: &Arg, now: Millis) -> String {
    match arg {
        Arg::Text(text) => text.clone(),
        Arg::Number(number) => number.to_string(),
        Arg::Msg(message) => say(message, now),
        Arg::Clock(at) => soon(*at, now),
    }
}

/// A time of day and, for one within a day from now, how long until then, rounded up.
fn soon(at: Millis, now: Millis) -> String {
    let left = (at - now + MINUTE - 1) / MINUTE;
    let words = match left {
        1..60 => msg("clock_minutes").arg(Arg::Text(clock(at, now))).number(left),
        60..1440 => msg("clock_hours").arg(Arg::Text(clock(at, now))).number((left + 30) / 60),
        _ => return clock(at, now),
    };
    say(&words, now)
}

/// The time of day, with the weekday if it is not today.
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

/// The date, with the weekday.
pub fn exact_day(at: Millis) -> String {
    let long = JsValue::from("long");
    let numeric = JsValue::from("numeric");
    let options = [("weekday", long.clone()), ("month", long), ("day", numeric.clone()), ("year", numeric)];
    local(at, "toLocaleDateString", &object(options))
}

/// Formats a time with one of `Date`'s methods and options that js-sys does not have.
fn local(at: Millis, how: &str, options: &JsValue) -> String {
    let date = Date::new(&(at as f64).into());
    let format = Reflect::get(&date, &how.into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    // The browser's own locale is cached by the browser, so it is faster.
    let follows_browser = CHOSEN.with_borrow(JsValue::is_undefined);
    let language = if follows_browser { JsValue::UNDEFINED } else { say(&msg("language"), at).into() };
    let text = format.and_then(|format| format.call2(&date, &language, options).ok());
    text.and_then(|text| text.as_string()).unwrap_or_default()
}
