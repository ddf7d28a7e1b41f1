//! What `webRequest` reports of one request: its response, its end without one, or a redirect.

use serde::{Deserialize, Serialize};

use super::TabId;
use crate::core::{Millis, headers::Headers};

/// A response: its status and headers are known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Response {
    /// The tab's id, or −1 if there is none (a service worker of the page).
    pub tab: TabId,
    /// Identifies the request; the same key counts once.
    pub key: String,
    /// When it began (in a HAR: ended), in milliseconds since the epoch.
    pub at: Millis,
    /// `GET`, `POST`, …
    pub method: String,
    /// The full URL; the core drops its query.
    pub url: String,
    /// HTTP status; none where not known.
    pub status: Option<u16>,
    /// The allowed headers, names in lower case.
    pub headers: Headers,
    /// The body, from a case file or a HAR. None in the extension.
    pub body: Option<String>,
}

/// A request that ended without a complete response.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NetError {
    /// The tab's id, or −1.
    pub tab: TabId,
    /// Identifies the request.
    pub key: String,
    /// When it ended, in milliseconds since the epoch.
    pub at: Millis,
    /// `GET`, `POST`, …
    pub method: String,
    /// The full URL; the core drops its query.
    pub url: String,
    /// The browser's name of the error, `net::ERR_…` or `NS_ERROR_…`.
    pub error: String,
}

/// A redirected request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Redirect {
    /// The tab's id, or −1.
    pub tab: TabId,
    /// Identifies the request.
    pub key: String,
    /// When it was redirected, in milliseconds since the epoch.
    pub at: Millis,
    /// `GET`, `POST`, …
    pub method: String,
    /// The full URL of the request; the core drops its query.
    pub url: String,
    /// The full URL of the target; only its classification is used.
    pub to: String,
}
