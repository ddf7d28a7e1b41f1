//! What Mend's journal holds, read as its own pages could.

use anyhow::Result;
use serde_json::{Value, json};

use crate::page::Page;

const READ: &str = r#"
    const [name] = arguments;
    const database = await new Promise((done, failed) => {
        const request = indexedDB.open(name);
        // Looking must not make one.
        request.onupgradeneeded = () => request.transaction.abort();
        request.onsuccess = () => done(request.result);
        request.onerror = () => (request.error.name === "AbortError" ? done(null) : failed(request.error));
    });
    if (!database) return [];
    try {
        const all = database.transaction("entries").objectStore("entries").index("at").getAll();
        return await new Promise((done, failed) => {
            all.onsuccess = () => done(all.result.map(({ entry }) => entry));
            all.onerror = () => failed(all.error);
        });
    } finally {
        database.close();
    }
"#;

impl Page<'_> {
    /// Every entry of the journal, in order of time.
    pub async fn journal(&self) -> Result<Vec<Value>> {
        self.journal_of("journal").await
    }

    /// The same of the journal under this name.
    pub async fn journal_of(&self, name: &str) -> Result<Vec<Value>> {
        self.run(READ, &[json!(name)]).await
    }
}

/// How many of these entries are of this kind.
pub fn of_kind(entries: &[Value], kind: &str) -> usize {
    entries.iter().filter(|entry| entry.get("kind").and_then(Value::as_str) == Some(kind)).count()
}
