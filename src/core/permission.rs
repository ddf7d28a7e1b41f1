//! What Mend may ask the browser for beyond what it has from the start. Never asks by itself.

use super::named::named;

named! {
    /// An optional permission, by the browser's own name for it (WebExtensions, "Permissions").
    pub enum Permission {
        /// To see and change what is stored as cookies.
        Cookies = "cookies",
        /// To delete cache and stored data.
        BrowsingData = "browsingData",
        /// To list other extensions and switch them.
        Management = "management",
        /// To tell when it is back.
        Notifications = "notifications",
        /// To read on the page itself what only it can see.
        Scripting = "scripting",
    }
}

impl Permission {
    /// The message key of what is said beside a button that needs it.
    pub fn reason(self) -> &'static str {
        match self {
            Permission::Cookies => "needs_cookies",
            Permission::BrowsingData => "needs_browsing_data",
            Permission::Management => "needs_management",
            Permission::Notifications => "needs_notifications",
            Permission::Scripting => "needs_scripting",
        }
    }
}
