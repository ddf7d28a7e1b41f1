//! Redacts a file that the person chose: a text in pieces, a HAR entry by entry, with the same functions and the same
//! output as `mend redact`.

use std::io::{self, Write};

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, HtmlInputElement};

use super::save;
use crate::core::{
    formats::{Format, sniff},
    har::{EntryCount, redact},
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

/// Bytes per read.
const PIECE: f64 = 262_144.0;
/// Bytes that are read to recognise the format.
const HEAD: f64 = 65_536.0;
/// Bytes of a HAR per part of the output.
const PART: usize = 262_144;
/// Largest file, in bytes, as the page must stay responsive; for larger ones there is the command line.
const LARGEST: f64 = 200_000_000.0;

/// Redacts a text that arrives in pieces.
#[cfg_attr(feature = "pages", wasm_bindgen)]
pub struct Clean(Stream);

#[cfg_attr(feature = "pages", wasm_bindgen)]
impl Clean {
    /// A redactor that keeps nothing.
    pub fn new() -> Clean {
        Clean(Stream::new(Keep::default()))
    }

    /// Takes the next piece, in UTF-8, and returns the redacted text that is complete.
    pub fn push(&mut self, piece: &[u8]) -> Vec<u8> {
        self.0.push(piece).into_bytes()
    }

    /// Returns the rest, at the end of the text.
    pub fn finish(&mut self) -> Vec<u8> {
        self.0.finish().into_bytes()
    }
}

impl Default for Clean {
    fn default() -> Clean {
        Clean::new()
    }
}

/// Rewrites a HAR from allowed fields; returns the parts of its text.
///
/// # Errors
/// Rejects anything but a HAR.
#[cfg_attr(feature = "pages", wasm_bindgen)]
pub fn clean_har(har: &[u8]) -> Result<Array, JsValue> {
    Ok(written(har)?.0)
}

/// Redacts and saves the chosen file, and shows the result.
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
    let head = bytes(file, 0.0, HEAD).await.map_err(|_| "clean_unread")?;
    let (parts, mut told) = match sniff(name, &head) {
        Format::Har => entries(file).await.map_err(|_| "clean_no_har")?,
        Format::Cases | Format::Stream | Format::Text => chunks(file).await.map_err(|_| "clean_unread")?,
    };
    let name = format!("clean-{name}");
    save::parts(&name, "application/octet-stream", &parts).map_err(|_| "ticket_not_saved")?;
    told.insert(0, msg("clean_saved").text(&name));
    Ok(told)
}

/// Reads `count` bytes of a file from `at` on.
async fn bytes(file: &Blob, at: f64, count: f64) -> Result<Vec<u8>, JsValue> {
    let piece = file.slice_with_f64_and_f64(at, at + count)?;
    Ok(Uint8Array::new(&JsFuture::from(piece.array_buffer()).await?).to_vec())
}

async fn chunks(file: &Blob) -> Result<(Array, Vec<Msg>), JsValue> {
    let mut stream = Stream::new(Keep::default());
    let parts = Array::new();
    let mut at = 0.0;
    while at < file.size() {
        parts.push(&stream.push(&bytes(file, at, PIECE).await?).into());
        at += PIECE;
    }
    parts.push(&stream.finish().into());
    let told: Vec<Msg> = stream.counts().map(|(kind, count)| redacted(kind, count)).collect();
    Ok((parts, if told.is_empty() { vec![msg("clean_nothing")] } else { told }))
}

async fn entries(file: &Blob) -> Result<(Array, Vec<Msg>), JsValue> {
    let (parts, count) = written(&bytes(file, 0.0, file.size()).await?)?;
    Ok((parts, vec![msg("clean_entries").number(count.written.into()).number(count.read.into())]))
}

/// The parts of the new text, and the number of entries.
fn written(har: &[u8]) -> Result<(Array, EntryCount), JsValue> {
    let version = get(&browser::runtime_manifest(), "version").as_string().unwrap_or_default();
    let mut out = Parts { parts: Array::new(), held: Vec::new() };
    // A byte order mark is not JSON (RFC 8259 §8.1), but some tools write one.
    let har = har.strip_prefix(b"\xef\xbb\xbf").unwrap_or(har);
    let count = redact(har, &mut out, &version).map_err(|error| JsValue::from(error.to_string()))?;
    Ok((out.parts, count))
}

/// A writer that collects the parts of a file.
struct Parts {
    parts: Array,
    held: Vec<u8>,
}

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= PART {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.parts.push(&Uint8Array::from(self.held.as_slice()));
        self.held.clear();
        Ok(())
    }
}
