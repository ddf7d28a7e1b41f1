//! An example for an empty timeline: a journal that Mend wrote of the lab, in the extension's own file. Nothing of it is
//! stored.

use js_sys::JSON;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response};

use crate::core::{
    Millis,
    journal::{JournalEntry, JournalRecord},
    json::Value,
};
use crate::web::{browser, now, value::from_js};

const FILE: &str = "example.jsonl";
/// How long ago its last entry was, in milliseconds.
const AGO: Millis = 5 * 60_000;

/// The example, with its times as they were and the time that has passed since.
pub struct Example {
    records: Vec<JournalRecord>,
    shift: Millis,
}

impl Example {
    /// Reads it, without a network request.
    pub async fn load() -> Result<Example, JsValue> {
        let response: Response = browser::done(browser::fetch(&Request::new_with_str(FILE)?)).await?.dyn_into()?;
        let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
        let read = |line: &str| JournalRecord::from_line(&from_js::<Value>(&JSON::parse(line).ok()?)?);
        let records: Vec<JournalRecord> = text.lines().filter_map(read).collect();
        let last = records.iter().map(|record| record.entry.at).max().ok_or("no example")?;
        Ok(Example { records, shift: now() - AGO - last })
    }

    /// Its entries, as if they had been written just now.
    pub fn entries(&self) -> Vec<JournalEntry> {
        let shifted =
            |record: &JournalRecord| JournalEntry { at: record.entry.at + self.shift, ..record.entry.clone() };
        self.records.iter().map(shifted).collect()
    }

    /// The snapshot of a verdict, and the time at which it was given.
    pub fn snapshot(&self, key: &str) -> Option<(Value, Millis)> {
        let record = self.records.iter().find(|record| record.entry.key == key)?;
        Some((record.snapshot.clone()?, record.entry.at))
    }
}
