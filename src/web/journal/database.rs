//! The database: its schema, the upgrades, and what happens if a database of another schema has its name.

use std::{cell::RefCell, rc::Rc};

use idb::{
    Database, DatabaseEvent, Error, Factory, IndexParams, KeyPath, ObjectStoreParams, Transaction, TransactionMode,
    event::VersionChangeEvent,
};
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    core::journal::{JournalEntry, JournalHealth},
    web::{get, report::report},
};

/// Entries by key, with an index by time.
pub const ENTRIES: &str = "entries";
/// The snapshot of each verdict, by the verdict's key, as they are large and rarely read.
pub const SNAPSHOTS: &str = "snapshots";
/// The last verdict of each case, by the case's key, and under [`SIZE`] the total size in bytes.
pub const STATE: &str = "state";
/// The index of [`ENTRIES`] by time.
pub const BY_TIME: &str = "at";
/// A key that no case has.
pub const SIZE: &str = "size";

const STORES: [&str; 3] = [ENTRIES, SNAPSHOTS, STATE];

/// Names of databases. One that this version cannot read is left as it is, and the next name is used.
const NAMES: [&str; 4] = ["journal", "journal-2", "journal-3", "journal-4"];

/// Upgrades the schema by one version.
type Step = fn(&Database) -> Result<(), Error>;

/// One upgrade per version; only added to, never changed.
const STEPS: &[Step] = &[|database| {
    for name in STORES {
        let mut params = ObjectStoreParams::new();
        params.key_path(Some(KeyPath::new_single("key")));
        let store = database.create_object_store(name, params)?;
        if name == ENTRIES {
            store.create_index(BY_TIME, KeyPath::new_single(BY_TIME), Some(IndexParams::new()))?;
        }
    }
    Ok(())
}];

/// An open journal.
pub struct Book {
    database: Database,
    /// Whether a database that cannot be read has the name before.
    pub aside: bool,
    /// The last written entries, as a cache. It belongs to the connection: a database that is opened again may be
    /// another one.
    pub written: RefCell<Vec<JournalEntry>>,
}

thread_local! {
    static OPEN: RefCell<Option<Rc<Book>>> = const { RefCell::new(None) };
}

impl Book {
    /// A transaction over all stores.
    ///
    /// # Errors
    /// The connection is closed, or the database fails.
    pub fn begin(&self, mode: TransactionMode) -> Result<Transaction, JournalHealth> {
        self.database.transaction(&STORES, mode).map_err(health)
    }
}

/// The open journal; opens it first if necessary.
///
/// # Errors
/// No database can be opened.
pub async fn book() -> Result<Rc<Book>, JournalHealth> {
    // A connection that was closed (its database was deleted, or upgraded by another page) cannot begin a transaction.
    if let Some(book) = OPEN.with_borrow(Clone::clone)
        && book.database.transaction(&STORES, TransactionMode::ReadOnly).is_ok()
    {
        return Ok(book);
    }
    for (place, name) in NAMES.into_iter().enumerate() {
        match open(name).await {
            Ok(Some(database)) => {
                let book = Rc::new(Book { database, aside: place > 0, written: RefCell::default() });
                OPEN.set(Some(book.clone()));
                return Ok(book);
            }
            Ok(None) => {}
            Err(error) => return Err(health(error)),
        }
    }
    Err(JournalHealth::Broken)
}

/// None if the database of this name has a later version, or lacks our stores.
async fn open(name: &str) -> Result<Option<Database>, Error> {
    let mut request = Factory::new()?.open(name, Some(STEPS.len() as u32))?;
    request.on_upgrade_needed(upgrade);
    let mut database = match request.await {
        Ok(database) => database,
        Err(error) if is(&error, "VersionError") => return Ok(None),
        Err(error) => return Err(error),
    };
    let names = database.store_names();
    let whole = STORES.iter().all(|store| names.iter().any(|name| name == store));
    if !whole {
        database.close();
        return Ok(None);
    }
    database.on_version_change(|event| {
        if let Some(database) = event.target().and_then(|target| target.dyn_into::<web_sys::IdbDatabase>().ok()) {
            database.close();
        }
    });
    Ok(Some(database))
}

/// Upgrades to the present schema. After an error the browser rolls all of it back, and opening fails.
fn upgrade(event: VersionChangeEvent) {
    let Ok(database) = event.database() else { return };
    let from = event.old_version().unwrap_or_default() as usize;
    for step in STEPS.iter().skip(from) {
        if step(&database).is_err() {
            return;
        }
    }
}

/// Deletes every journal, including those that were set aside.
///
/// # Errors
/// A database cannot be deleted.
pub async fn erase() -> Result<(), JournalHealth> {
    if let Some(book) = OPEN.take() {
        book.database.close();
    }
    let factory = Factory::new().map_err(health)?;
    for name in NAMES {
        factory.delete(name).map_err(health)?.await.map_err(health)?;
    }
    Ok(())
}

/// Classifies an error for the person.
pub fn health(error: Error) -> JournalHealth {
    report::<()>("journal", Err(cause(&error)));
    if is(&error, "QuotaExceededError") { JournalHealth::Full } else { JournalHealth::Broken }
}

/// Whether it is the DOM exception of this name (Indexed Database API 3.0, § Exceptions).
fn is(error: &Error, name: &str) -> bool {
    get(&cause(error), "name").as_string().as_deref() == Some(name)
}

/// The browser's exception. The crate's own messages, with their formatting, are not worth their wasm.
fn cause(error: &Error) -> JsValue {
    match error {
        Error::DomException(exception) => exception.clone().into(),
        Error::UpdateFailed(value)
        | Error::TransactionOpenFailed(value)
        | Error::TransactionCommitError(value)
        | Error::IndexedDbOpenFailed(value) => value.clone(),
        _ => "the database gave no reason".into(),
    }
}
