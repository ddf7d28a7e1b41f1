//! The filter of the timeline.

use wasm_bindgen::prelude::*;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use crate::core::{
    Millis,
    endpoint::EndpointKind,
    msg::{key, msg},
    names::Blame,
    view::Filter,
};
use crate::web::{
    dom::{by_id, document},
    words::say,
};

/// The kinds of endpoint that can be in a journal, without those that cannot fail or are not ChatGPT's.
const ENDPOINTS: &[EndpointKind] = &[
    EndpointKind::Chat,
    EndpointKind::Resume,
    EndpointKind::Gate,
    EndpointKind::Session,
    EndpointKind::History,
    EndpointKind::Files,
    EndpointKind::Socket,
    EndpointKind::SignIn,
    EndpointKind::Page,
    EndpointKind::Asset,
    EndpointKind::Check,
    EndpointKind::Other,
];

/// Fills the lists of choices.
pub fn fill() -> Result<(), JsValue> {
    for blame in Blame::ALL {
        option("side", blame.name(), &key("side", blame.name()))?;
    }
    for endpoint in ENDPOINTS {
        option("endpoint", endpoint.name(), &key("endpoint", endpoint.name()))?;
    }
    Ok(())
}

fn option(list: &str, value: &str, words: &str) -> Result<(), JsValue> {
    let option = document()?.create_element("option")?;
    option.set_attribute("value", value)?;
    option.set_text_content(Some(&say(&msg(words), 0)));
    by_id(list)?.append_child(&option).map(drop)
}

/// The present filter.
pub fn filter() -> Result<Filter, JsValue> {
    let chosen = |id: &str| -> Result<String, JsValue> { Ok(by_id(id)?.dyn_into::<HtmlSelectElement>()?.value()) };
    let typed = |id: &str| -> Result<HtmlInputElement, JsValue> { Ok(by_id(id)?.dyn_into()?) };
    Ok(Filter {
        blame: Blame::from_name(&chosen("side")?),
        endpoint: EndpointKind::from_name(&chosen("endpoint")?),
        between: day(&typed("day")?.value()),
        id: typed("id")?.value(),
    })
}

/// A day from midnight to midnight, in the person's time zone.
fn day(text: &str) -> Option<(Millis, Millis)> {
    let midnight = |days: f64| {
        let date = js_sys::Date::new(&format!("{text}T00:00:00").into());
        date.set_date(date.get_date() + days as u32);
        Some(date.get_time()).filter(|time| time.is_finite()).map(|time| time as Millis)
    };
    Some((midnight(0.0)?, midnight(1.0)?))
}

/// Clears the filter.
pub fn clear() -> Result<(), JsValue> {
    for list in ["side", "endpoint"] {
        by_id(list)?.dyn_into::<HtmlSelectElement>()?.set_value("");
    }
    for field in ["day", "id"] {
        by_id(field)?.dyn_into::<HtmlInputElement>()?.set_value("");
    }
    by_id("id")?.unchecked_into::<HtmlInputElement>().focus()
}
