//! A site's data in the browser, as a task backs it up, deletes or restores it. The names are those of WebExtensions'
//! `browsingData.DataTypeSet`. The core decides what; the web layer carries it out.

use serde::{Deserialize, Serialize};

use super::{cookies::part, named::named};

/// Which data of a site a task concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteDataScope {
    /// `cookies`.
    pub cookies: CookieScope,
    /// `localStorage` and `indexedDB`.
    pub storage: bool,
    /// `cache`, `cacheStorage` and `serviceWorkers`; the site creates all of it again.
    pub cache: bool,
}

named! {
    /// Which cookies.
    pub enum CookieScope {
        /// None.
        None = "none",
        /// All but the session's, so that the person stays signed in.
        AllButSession = "all-but-session",
        /// All.
        All = "all",
    }
}

impl SiteDataScope {
    /// Whether a backup is made before deleting: not for what the site creates again.
    pub fn needs_backup(self) -> bool {
        self.cookies != CookieScope::None || self.storage
    }
}

impl CookieScope {
    /// Whether the cookie of this name is included.
    pub fn covers(self, name: &str) -> bool {
        match self {
            CookieScope::None => false,
            CookieScope::AllButSession => part(name).is_none(),
            CookieScope::All => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::cookies::SESSION;

    #[test]
    fn the_mild_scope_spares_every_part_of_the_session() {
        let session = [SESSION.to_owned(), format!("{SESSION}.0"), format!("{SESSION}.12")];
        for name in session.iter().map(String::as_str) {
            assert!(!CookieScope::AllButSession.covers(name) && CookieScope::All.covers(name), "{name}");
        }
        assert!(CookieScope::AllButSession.covers("cf_clearance"));
        assert!(!CookieScope::None.covers("cf_clearance"));
    }

    #[test]
    fn only_what_comes_back_by_itself_needs_no_backup() {
        let scope = |cookies, storage| SiteDataScope { cookies, storage, cache: true };
        assert!(!scope(CookieScope::None, false).needs_backup());
        assert!(scope(CookieScope::None, true).needs_backup() && scope(CookieScope::All, false).needs_backup());
    }
}
