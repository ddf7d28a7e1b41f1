//! Reads the journal for the pages; writes only a person's ratings.

use idb::{Error, KeyRange, TransactionMode};
use wasm_bindgen::JsValue;

use super::{
    super::{get, report::report, value::from_js},
    database::{BY_TIME, ENTRIES, SNAPSHOTS, book, health},
    write,
};
use crate::core::{
    Millis,
    journal::{JournalEntry, JournalHealth, JournalRecord},
    json::Value,
};

/// All entries from this time on, in order of time; and whether an older journal was set aside.
///
/// # Errors
/// The journal cannot be opened or read.
pub async fn entries(from: Millis) -> Result<(Vec<JournalEntry>, bool), JournalHealth> {
    let book = book().await?;
    let transaction = book.begin(TransactionMode::ReadOnly)?;
    let read = async || -> Result<Vec<JsValue>, Error> {
        let range = KeyRange::lower_bound(&JsValue::from(from as f64), None)?;
        transaction.object_store(ENTRIES)?.index(BY_TIME)?.get_all(Some(range.into()), None)?.await
    };
    let rows = read().await.map_err(health)?;
    // An unreadable entry is left in place.
    let entries: Vec<_> = rows.iter().filter_map(|row| from_js::<JournalEntry>(&get(row, "entry"))).collect();
    if entries.len() < rows.len() {
        let unread = format!("{} of {} entries cannot be read", rows.len() - entries.len(), rows.len());
        report("read the journal", Err::<(), _>(unread.into()));
    }
    Ok((entries, book.aside))
}

/// The snapshot of a verdict.
///
/// # Errors
/// The journal cannot be opened or read.
pub async fn snapshot(key: &str) -> Result<Option<Value>, JournalHealth> {
    let book = book().await?;
    let transaction = book.begin(TransactionMode::ReadOnly)?;
    let read = async || -> Result<Option<JsValue>, Error> {
        transaction.object_store(SNAPSHOTS)?.get(JsValue::from(key))?.await
    };
    Ok(read().await.map_err(health)?.and_then(|row| from_js(&get(&row, "snapshot"))))
}

/// Writes a person's rating.
///
/// # Errors
/// The journal cannot be written.
pub async fn say(entry: JournalEntry) -> Result<(), JournalHealth> {
    write::write(vec![JournalRecord { entry, snapshot: None }]).await.map(drop)
}
