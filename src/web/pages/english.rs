//! English words in any browser, from the very file that the extension ships: a support desk reads English.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response};

use crate::core::msg::Msg;
use crate::web::{browser, get, words::template};

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
