//! One transaction that adds new entries and removes expired ones and those over the size limit.

use idb::{Error, KeyRange, ObjectStore, Query, TransactionMode, TransactionResult};
use wasm_bindgen::JsValue;

use super::{
    super::{
        now,
        value::{from_js, to_js},
    },
    database::{BY_TIME, ENTRIES, SIZE, SNAPSHOTS, STATE, book, health},
};
use crate::core::{
    journal::{JournalEntry, JournalEvent, JournalHealth, JournalRecord, KEPT_BYTES, KEPT_FOR, fresh, size},
    json::{Json, Value, from_value, tagged, to_value},
};

/// Number of old entries that are removed at once.
const BATCH: u32 = 200;
/// Size down to which entries are removed, so that not each new entry requires it.
const ROOM: i64 = KEPT_BYTES / 10 * 9;

/// Writes these records, each once, however often it is called. Returns whether an older journal was set aside.
///
/// # Errors
/// The transaction was not committed.
pub async fn write(notes: Vec<JournalRecord>) -> Result<bool, JournalHealth> {
    let book = book().await?;
    let all: Vec<JournalEntry> = notes.iter().map(|note| note.entry.clone()).collect();
    let notes = fresh(notes, &book.written.borrow());
    if notes.is_empty() {
        return Ok(book.aside);
    }
    let transaction = book.begin(TransactionMode::ReadWrite)?;
    let stores = Stores {
        entries: transaction.object_store(ENTRIES).map_err(health)?,
        snapshots: transaction.object_store(SNAPSHOTS).map_err(health)?,
        state: transaction.object_store(STATE).map_err(health)?,
    };
    stores.write(notes).await.map_err(health)?;
    let done = transaction.commit().map_err(health)?.await.map_err(health)?;
    // A commit that is aborted without an error exceeded the quota (Indexed Database API 3.0, § Committing).
    if done != TransactionResult::Committed {
        return Err(JournalHealth::Full);
    }
    book.written.replace(all);
    Ok(book.aside)
}

struct Stores {
    entries: ObjectStore,
    snapshots: ObjectStore,
    state: ObjectStore,
}

impl Stores {
    async fn write(&self, notes: Vec<JournalRecord>) -> Result<(), Error> {
        let mut known = Vec::new();
        for note in &notes {
            let (store, key) = match note.entry.what {
                JournalEvent::Verdict(_) => (&self.state, &note.entry.case),
                _ => (&self.entries, &note.entry.key),
            };
            known.extend(get(store, key).await?.and_then(|found| from_value::<JournalEntry>(found.field("entry"))));
        }
        let mut total =
            get(&self.state, SIZE).await?.and_then(|found| found.field("bytes").number()).unwrap_or_default();
        for note in fresh(notes, &known) {
            total += self.put(&note).await?;
        }
        total = self.drop_old(total).await?;
        put(&self.state, tagged("key", SIZE).with("bytes", total)).await
    }

    /// Writes one record, and returns the change of the total size.
    async fn put(&self, note: &JournalRecord) -> Result<i64, Error> {
        let JournalRecord { entry, snapshot } = note;
        let before =
            get(&self.entries, &entry.key).await?.and_then(|old| old.field("size").number()).unwrap_or_default();
        let row = |key: &str| tagged("key", key).with("at", entry.at).with("entry", to_value(entry));
        let whole = row(&entry.key);
        let bytes = size(&whole) + snapshot.as_ref().map_or(0, size);
        put(&self.entries, whole.with("size", bytes)).await?;
        if let Some(snapshot) = snapshot {
            let row = tagged("key", entry.key.as_str()).with("snapshot", snapshot.clone());
            put(&self.snapshots, row).await?;
        }
        if let JournalEvent::Verdict(_) = entry.what {
            put(&self.state, row(&entry.case)).await?;
        }
        Ok(bytes - before)
    }

    async fn drop_old(&self, mut total: i64) -> Result<i64, Error> {
        let stale = KeyRange::upper_bound(&JsValue::from((now() - KEPT_FOR) as f64), None)?;
        total -= self.drop(self.oldest(Some(stale.into())).await?, i64::MAX).await?;
        while total > KEPT_BYTES {
            let gone = self.drop(self.oldest(None).await?, total - ROOM).await?;
            if gone == 0 {
                break;
            }
            total -= gone;
        }
        Ok(total)
    }

    async fn oldest(&self, of: Option<Query>) -> Result<Vec<Value>, Error> {
        let found = self.entries.index(BY_TIME)?.get_all(of, Some(BATCH))?.await?;
        Ok(found.iter().filter_map(from_js).collect())
    }

    /// Removes these until `enough` bytes are freed; returns how many were.
    async fn drop(&self, rows: Vec<Value>, enough: i64) -> Result<i64, Error> {
        let mut gone = 0;
        for row in rows {
            if gone >= enough {
                break;
            }
            let key = row.field("key").text();
            gone += row.field("size").number().unwrap_or_default().max(1);
            self.entries.delete(JsValue::from(key))?.await?;
            self.snapshots.delete(JsValue::from(key))?.await?;
            let case = row.field("entry").field("case").text();
            if get(&self.state, case).await?.is_some_and(|last| last.field("entry").field("key").text() == key) {
                self.state.delete(JsValue::from(case))?.await?;
            }
        }
        Ok(gone)
    }
}

async fn get(store: &ObjectStore, key: &str) -> Result<Option<Value>, Error> {
    Ok(store.get(JsValue::from(key))?.await?.and_then(|found| from_js(&found)))
}

async fn put(store: &ObjectStore, row: Value) -> Result<(), Error> {
    let row = to_js(&row).map_err(|_| Error::UnexpectedJsType("a row of numbers below 2^53", JsValue::NULL))?;
    store.put(&row, None)?.await.map(drop)
}
