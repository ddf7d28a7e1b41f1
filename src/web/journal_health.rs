//! The journal's health as its writer last stored it, in session storage, where every page can read it.

/// Its key in session storage.
pub const HEALTH: &str = "journal";

/// The present problem, if there is one.
pub async fn health() -> Option<crate::core::journal::JournalHealth> {
    use super::{browser, get, report, value::from_js};

    let health = report::found("journal", browser::done(browser::session_get(HEALTH)).await)?;
    from_js(&get(&health, HEALTH))
}
