//! The database: its shape, how it came to it, and what is done where another one stands in its place.

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
/// The snapshot of each verdict, by the verdict's key: large, and seldom read.
pub const SNAPSHOTS: &str = "snapshots";
/// The last verdict of each case, by the case's name, and under [`SIZE`] how much is kept in all.
pub const STATE: &str = "state";
/// Of [`ENTRIES`]: by time.
pub const BY_TIME: &str = "at";
/// No case has this name.
pub const SIZE: &str = "size";

const STORES: [&str; 3] = [ENTRIES, SNAPSHOTS, STATE];

/// Where a journal may stand. What stands under a name and is none that this version reads stays there as it is.
const NAMES: [&str; 4] = ["journal", "journal-2", "journal-3", "journal-4"];

/// Makes one version out of the one before.
type Step = fn(&Database) -> Result<(), Error>;

/// What makes each version out of the one before; never changed, only added to.
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
    /// Something else stands under the name before.
    pub aside: bool,
    /// What was written last: it needs not be looked up again. A database that is opened anew may be another one.
    pub written: RefCell<Vec<JournalEntry>>,
}

thread_local! {
    static OPEN: RefCell<Option<Rc<Book>>> = const { RefCell::new(None) };
}

impl Book {
    /// A transaction over all of it.
    pub fn begin(&self, mode: TransactionMode) -> Result<Transaction, JournalHealth> {
        self.database.transaction(&STORES, mode).map_err(trouble)
    }
}

/// The journal, open already or opened now.
pub async fn book() -> Result<Rc<Book>, JournalHealth> {
    // A connection that was closed under us (its database was deleted, or another page makes it newer) begins nothing.
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
            Err(error) => return Err(trouble(error)),
        }
    }
    Err(JournalHealth::Broken)
}

/// None where something else stands under this name: a later version's, or one without our stores.
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

/// Makes the database as it is today. What fails on the way is rolled back by the browser, whole, and the opening fails.
fn upgrade(event: VersionChangeEvent) {
    let Ok(database) = event.database() else { return };
    let from = event.old_version().unwrap_or_default() as usize;
    for step in STEPS.iter().skip(from) {
        if step(&database).is_err() {
            return;
        }
    }
}

/// Takes out every journal, also what was set aside.
pub async fn erase() -> Result<(), JournalHealth> {
    if let Some(book) = OPEN.take() {
        book.database.close();
    }
    let factory = Factory::new().map_err(trouble)?;
    for name in NAMES {
        factory.delete(name).map_err(trouble)?.await.map_err(trouble)?;
    }
    Ok(())
}

/// What an error means for the person.
pub fn trouble(error: Error) -> JournalHealth {
    report::<()>("journal", Err(cause(&error)));
    if is(&error, "QuotaExceededError") { JournalHealth::Full } else { JournalHealth::Broken }
}

/// Whether it is the DOM exception of this name (Indexed Database API 3.0, § Exceptions).
fn is(error: &Error, name: &str) -> bool {
    get(&cause(error), "name").as_string().as_deref() == Some(name)
}

/// What the browser threw. The crate's own words, with their formatting, are not worth their wasm.
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
