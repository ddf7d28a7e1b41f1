//! Redaction for a page: a text piece by piece, a HAR entry by entry. The module never holds more than a piece of a file;
//! the file is the browser's, and so is its JSON.

use wasm_bindgen::prelude::*;

use crate::core::{
    har,
    redact::{Keep, Stream},
};
use crate::shell::plain::{seen, to_js};

/// A text that comes in pieces, without what belongs to a person.
#[wasm_bindgen]
pub struct Clean(Stream);

#[wasm_bindgen]
impl Clean {
    /// With nothing left in.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Clean {
        Clean(Stream::new(Keep::default()))
    }

    /// Takes the next piece, in UTF-8, and gives back what can go by now.
    pub fn push(&mut self, piece: &[u8]) -> Vec<u8> {
        self.0.push(piece).into_bytes()
    }

    /// The end of the text.
    pub fn finish(&mut self) -> Vec<u8> {
        self.0.finish().into_bytes()
    }
}

impl Default for Clean {
    fn default() -> Clean {
        Clean::new()
    }
}

/// An entry of a HAR, written anew from what is known to be harmless; `null` where it was not ChatGPT's.
#[wasm_bindgen]
pub fn clean_entry(entry: &JsValue) -> JsValue {
    har::entry(&seen(entry, &har::LOOKED_AT)).as_ref().map_or(JsValue::NULL, to_js)
}
