//! The verdict on a pasted error. The text stays on the page; nothing of it is sent or stored.

use wasm_bindgen::prelude::*;
use web_sys::HtmlTextAreaElement;

use crate::core::{Millis, model::Provider, msg::msg, paste::paste};
use crate::web::dom::{attribute, by_id, hide, sentence, sentences, within};

/// Diagnoses the text of the text box, and shows the verdict below.
pub fn pasted(provider: Option<&Provider>, now: Millis) -> Result<(), JsValue> {
    let text = by_id("paste-text")?.unchecked_into::<HtmlTextAreaElement>().value();
    let verdict = paste(&text, provider, now);
    let section = by_id("pasted")?;
    attribute(&section, "data-blame", Some(verdict.blame.name()))?;
    attribute(&section, "data-cause", Some(verdict.cause.name()))?;
    attribute(&within(&section, "use")?, "href", Some(&format!("#sign-{}", verdict.blame.name())))?;
    let nothing = verdict.evidence.is_empty();
    let title = if nothing { msg("paste_nothing") } else { verdict.title };
    sentence(&within(&section, "h2")?, &title, now)?;
    let why = within(&section, ".why")?;
    hide(&why, nothing)?;
    sentence(&why, &verdict.why, now)?;
    sentences(&within(&section, "ul")?, "li", &verdict.evidence, now)?;
    let sure = within(&section, ".sure")?;
    hide(&sure, nothing)?;
    sentence(&sure, &msg("confidence").number((verdict.confidence * 100.0).round() as i64), now)?;
    hide(&section, false)
}
