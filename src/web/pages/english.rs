//! English words in any browser, from the very file that the extension ships: a support desk reads English.

use js_sys::Object;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response};

use crate::core::{msg::Msg, template::Template};
use crate::web::{browser, get};

const FILE: &str = "_locales/en/messages.json";

/// The file, as the browser read it.
pub struct English(JsValue);

impl English {
    /// Reads it; nothing leaves the machine.
    pub async fn load() -> Result<English, JsValue> {
        let response: Response = browser::done(browser::fetch(&Request::new_with_str(FILE)?)).await?.dyn_into()?;
        Ok(English(JsFuture::from(response.json()?).await?))
    }

    /// The sentence.
    pub fn say(&self, message: &Msg) -> String {
        message.in_words(&|key| template(&get(&self.0, key)))
    }
}

fn template(entry: &JsValue) -> Option<Template> {
    let placeholders = get(entry, "placeholders").dyn_into::<Object>().ok();
    let names = placeholders.as_ref().map(Object::keys).unwrap_or_default();
    let named = |template: Template, name: JsValue| {
        let name = name.as_string().unwrap_or_default();
        let content = get(&get(placeholders.as_deref().unwrap_or(&JsValue::UNDEFINED), &name), "content");
        template.placeholder(name, content.as_string().unwrap_or_default())
    };
    Some(names.iter().fold(Template::new(get(entry, "message").as_string()?), named))
}
