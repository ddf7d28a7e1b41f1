//! A file of the person's own without what is theirs: a text piece by piece, a HAR entry by entry. The module never holds
//! more than a piece of a file; the file is the browser's, and so is its JSON.

use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, HtmlInputElement};

use super::{save, ticket::taken};
use crate::core::{
    har,
    msg::{Msg, msg},
    observe::{Role, place},
    redact::{Keep, Stream},
};
use crate::shell::{
    array, browser,
    dom::{by_id, sentences},
    get, object,
    plain::{seen, to_js},
};

/// So much is read at once.
const PIECE: f64 = 262_144.0;
/// The page must answer meanwhile; for more there is the command line.
const LARGEST: f64 = 200_000_000.0;

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
    // Most of a HAR is not ChatGPT's, and the headers of that are not worth the way out of the browser.
    let url = get(&get(entry, "request"), "url").as_string().unwrap_or_default();
    if place(&url).role == Role::Foreign {
        return JsValue::NULL;
    }
    har::entry(&seen(entry, &har::LOOKED_AT)).as_ref().map_or(JsValue::NULL, to_js)
}

/// Cleans and saves the file that was chosen, and says what was done.
pub fn chosen() {
    spawn_local(async {
        let told = match file() {
            Some((name, file)) => {
                drop(tell(&[msg("clean_working")]));
                clean(&name, &file).await.unwrap_or_else(|problem| vec![msg(problem)])
            }
            None => Vec::new(),
        };
        drop(tell(&told));
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
    let (parts, mut told) =
        if is_har { entries(file).await? } else { pieces(file).await.map_err(|_| "clean_unread")? };
    let name = format!("clean-{name}");
    save::parts(&name, "application/octet-stream", &parts).map_err(|_| "ticket_not_saved")?;
    told.insert(0, msg("clean_saved").text(&name));
    Ok(told)
}

async fn pieces(file: &Blob) -> Result<(Array, Vec<Msg>), JsValue> {
    let mut stream = Stream::new(Keep::default());
    let parts = Array::new();
    let mut at = 0.0;
    while at < file.size() {
        let piece = file.slice_with_f64_and_f64(at, at + PIECE)?;
        let bytes = js_sys::Uint8Array::new(&JsFuture::from(piece.array_buffer()).await?).to_vec();
        parts.push(&stream.push(&bytes).into());
        at += PIECE;
    }
    parts.push(&stream.finish().into());
    let told: Vec<Msg> = stream.counts().map(|(kind, count)| taken(kind, count)).collect();
    Ok((parts, if told.is_empty() { vec![msg("clean_nothing")] } else { told }))
}

async fn entries(file: &Blob) -> Result<(Array, Vec<Msg>), &'static str> {
    const NO_HAR: &str = "clean_no_har";
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()).ok_or(NO_HAR)?;
    let all = JSON::parse(&text).map_err(|_| NO_HAR)?;
    let all: Array = get(&get(&all, "log"), "entries").dyn_into().map_err(|_| NO_HAR)?;
    let kept = array(all.iter().map(|entry| clean_entry(&entry)).filter(|entry| !entry.is_null()));
    let told = msg("clean_entries").number(kept.length().into()).number(all.length().into());
    let creator = object([("name", "Mend".into()), ("version", get(&browser::runtime_manifest(), "version"))]);
    let log = object([("version", "1.2".into()), ("creator", creator), ("entries", kept.into())]);
    let text = JSON::stringify(&object([("log", log)])).map_err(|_| NO_HAR)?;
    Ok((Array::of1(&text), vec![told]))
}
