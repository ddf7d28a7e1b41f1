//! What is wrong with the journal, as its writer last said. It lies in the session's memory, where every page sees it.

/// Under this name it lies.
pub const TROUBLE: &str = "journal";
