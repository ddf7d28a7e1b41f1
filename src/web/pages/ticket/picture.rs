//! A picture that the person adds. Mend takes no screenshot: ChatGPT's page shows what was written.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlInputElement};

use crate::web::dom::by_id;

/// Largest picture, in bytes.
const LARGEST: f64 = 8_000_000.0;
/// The first bytes of a PNG (W3C, "PNG Specification", § 5.2), and of a JPEG (ITU-T T.81, Annex B).
const PNG: &[u8] = &[0x89, b'P', b'N', b'G'];
const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF];

/// The chosen picture.
pub struct Picture {
    /// Its name in the bundle.
    pub name: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Picture {
    /// Reads the chosen file.
    ///
    /// # Errors
    /// The message key of the reason.
    pub async fn read() -> Result<Picture, &'static str> {
        const NONE: &str = "ticket_picture_none";
        let field: HtmlInputElement = by_id("picture").ok().and_then(|field| field.dyn_into().ok()).ok_or(NONE)?;
        let files = Reflect::get(&field, &"files".into()).map_err(|_| NONE)?;
        let file: Blob = Reflect::get_u32(&files, 0).ok().and_then(|file| file.dyn_into().ok()).ok_or(NONE)?;
        if file.size() > LARGEST {
            return Err("ticket_picture_large");
        }
        let read = JsFuture::from(file.array_buffer()).await.map_err(|_| NONE)?;
        let bytes = Uint8Array::new(&read).to_vec();
        match &bytes {
            known if known.starts_with(PNG) => Ok(Picture { name: "screenshot.png", bytes }),
            known if known.starts_with(JPEG) => Ok(Picture { name: "screenshot.jpg", bytes }),
            _ => Err("ticket_picture_other"),
        }
    }
}
