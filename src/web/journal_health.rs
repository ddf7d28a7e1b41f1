//! What is wrong with the journal, as its writer last said. It lies in the session's memory, where every page sees it.

/// Under this name it lies.
pub const TROUBLE: &str = "journal";

/// What is wrong now, if anything is.
pub async fn trouble() -> Option<crate::core::journal::JournalHealth> {
    use super::{browser, get, plain::from_js, report};
    use crate::core::plain::Data;

    let health = report::found("journal", browser::done(browser::session_get(TROUBLE)).await)?;
    Data::from_plain(&from_js(&get(&health, TROUBLE)))
}
