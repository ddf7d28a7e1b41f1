//! The optional permissions that Mend may ask the browser for.

use super::named::named;

named! {
    /// An optional permission, by the browser's own name for it (WebExtensions, "Permissions").
    pub enum Permission {
        /// To read and change cookies.
        Cookies = "cookies",
        /// To delete cache and stored data.
        BrowsingData = "browsingData",
        /// To list and switch other extensions.
        Management = "management",
        /// To show notifications.
        Notifications = "notifications",
        /// To run deep inspection in the page.
        Scripting = "scripting",
    }
}

impl Permission {
    /// The message key of the explanation next to a button that needs it.
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
