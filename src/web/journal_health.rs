//! What is wrong with the journal, as its writer last said. It lies in the session's memory, where every page sees it.

/// Under this name it lies.
pub const TROUBLE: &str = "journal";

/// What is wrong now, if anything is.
pub async fn trouble() -> Option<crate::core::journal::JournalHealth> {
    use super::{browser, get, report, value::from_js};

    let health = report::found("journal", browser::done(browser::session_get(TROUBLE)).await)?;
    from_js(&get(&health, TROUBLE))
}
