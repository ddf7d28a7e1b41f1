//! A file of the person's own without what is theirs: a text piece by piece, a HAR entry by entry. The module never holds
//! more than a piece of a file. A HAR is parsed by the browser, but written here: a browser decodes every text that it is
//! given, and to give it a value for each part of an entry was most of the work.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, HtmlInputElement, Response};

use super::{look::Look, save};
use crate::core::{
    har,
    msg::{Msg, msg},
    redact::{Keep, Stream},
    view::redacted,
};
use crate::web::{
    browser,
    dom::{by_id, sentences},
    get,
    report::report,
};

/// So much is read at once.
const PIECE: f64 = 262_144.0;
/// So much of a HAR is handed over at once, in bytes.
const PART: usize = 262_144;
/// The page must answer meanwhile; for more there is the command line.
const LARGEST: f64 = 200_000_000.0;

/// A text that comes in pieces, without what belongs to a person.
#[cfg_attr(feature = "pages", wasm_bindgen)]
pub struct Clean(Stream);

#[cfg_attr(feature = "pages", wasm_bindgen)]
impl Clean {
    /// With nothing left in.
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

/// A HAR, written anew from what is known to be harmless: the parts of its text. None where it has no list of entries.
#[cfg_attr(feature = "pages", wasm_bindgen)]
pub fn clean_har(har: &JsValue) -> Option<Array> {
    Some(written(har)?.0)
}

/// Cleans and saves the file that was chosen, and says what was done.
pub fn chosen() {
    spawn_local(async {
        let told = match file() {
            Some((name, file)) => {
                report("clean a file", tell(&[msg("clean_working")]));
                clean(&name, &file).await.unwrap_or_else(|problem| vec![msg(problem)])
            }
            None => Vec::new(),
        };
        report("clean a file", tell(&told));
    });
}

fn tell(words: &[Msg]) -> Result<(), JsValue> {
    sentences(&by_id("cleaned")?, "li", words, 0)
}

fn file() -> Option<(String, Blob)> {
    let field: HtmlInputElement = by_id("clean").ok()?.dyn_into().ok()?;
    let file = Reflect::get_u32(&get(&field, "files"), 0).ok()?;
    Some((get(&file, "name").as_string()?, file.dyn_into().ok()?))
}

async fn clean(name: &str, file: &Blob) -> Result<Vec<Msg>, &'static str> {
    if file.size() > LARGEST {
        return Err("clean_large");
    }
    let is_har = name.to_ascii_lowercase().ends_with(".har");
    let (parts, mut told) = if is_har {
        entries(file).await.map_err(|_| "clean_no_har")?
    } else {
        chunks(file).await.map_err(|_| "clean_unread")?
    };
    let name = format!("clean-{name}");
    save::parts(&name, "application/octet-stream", &parts).map_err(|_| "ticket_not_saved")?;
    told.insert(0, msg("clean_saved").text(&name));
    Ok(told)
}

async fn chunks(file: &Blob) -> Result<(Array, Vec<Msg>), JsValue> {
    let mut stream = Stream::new(Keep::default());
    let parts = Array::new();
    let mut at = 0.0;
    while at < file.size() {
        let piece = file.slice_with_f64_and_f64(at, at + PIECE)?;
        let bytes = Uint8Array::new(&JsFuture::from(piece.array_buffer()).await?).to_vec();
        parts.push(&stream.push(&bytes).into());
        at += PIECE;
    }
    parts.push(&stream.finish().into());
    let told: Vec<Msg> = stream.counts().map(|(kind, count)| redacted(kind, count)).collect();
    Ok((parts, if told.is_empty() { vec![msg("clean_nothing")] } else { told }))
}

async fn entries(file: &Blob) -> Result<(Array, Vec<Msg>), JsValue> {
    // Read and parsed where it is: neither the text nor what it says comes here as a whole.
    let har = JsFuture::from(Response::new_with_opt_blob(Some(file))?.json()?).await?;
    let (parts, kept, all) = written(&har).ok_or(JsValue::NULL)?;
    Ok((parts, vec![msg("clean_entries").number(kept.into()).number(all.into())]))
}

/// The parts of the new text, and of how many entries how many are in it.
fn written(har: &JsValue) -> Option<(Array, u32, u32)> {
    let all: Array = get(&get(har, "log"), "entries").dyn_into().ok()?;
    let version = get(&browser::runtime_manifest(), "version").as_string().unwrap_or_default();
    let (mut file, parts) = (har::File::new(&version), Array::new());
    let (whole, address) = (Look::at(&har::LOOKED_AT), Look::at(&har::ADDRESS));
    for entry in all.iter() {
        // Most of a HAR is not ChatGPT's, and the headers of that are not worth the way out of the browser.
        if har::is_ours(&address.read(&entry)) {
            file.push(&whole.read(&entry));
        }
        if file.waiting() >= PART {
            parts.push(&Uint8Array::from(file.take().as_bytes()));
        }
    }
    parts.push(&Uint8Array::from(file.finish().as_bytes()));
    Some((parts, file.kept(), all.length()))
}
