//! English text in any browser language, from the extension's own file, as a support desk reads English.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response};

use crate::core::msg::Msg;
use crate::web::{browser, get, words::template};

const FILE: &str = "_locales/en/messages.json";

/// The parsed file.
pub struct English(JsValue);

impl English {
    /// Reads the extension's own file, without a network request.
    pub async fn load() -> Result<English, JsValue> {
        let response: Response = browser::done(browser::fetch(&Request::new_with_str(FILE)?)).await?.dyn_into()?;
        Ok(English(JsFuture::from(response.json()?).await?))
    }

    /// The text of a message.
    pub fn say(&self, message: &Msg) -> String {
        message.in_words(&|key| template(&get(&self.0, key)))
    }
}
