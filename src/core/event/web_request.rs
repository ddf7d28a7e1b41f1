//! What `webRequest` tells of one request: its answer, its end without one, or that it was sent elsewhere.

use serde::{Deserialize, Serialize};

use super::TabId;
use crate::core::{Millis, headers::Headers};

/// An answer: its status and headers are known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Response {
    /// The tab, or −1 where there is none (a page's own worker).
    pub tab: TabId,
    /// Names this fact; the same fact told twice counts once.
    pub key: String,
    /// When it began, or, in a HAR, ended.
    pub at: Millis,
    /// `GET`, `POST`, …
    pub method: String,
    /// The full URL; the core drops its query.
    pub url: String,
    /// The status, or none where it is not known.
    pub status: Option<u16>,
    /// The headers of the allowlist, names in lower case.
    pub headers: Headers,
    /// The body, where somebody chose to show it (case file, HAR). The extension has none.
    pub body: Option<String>,
}

/// A request that ended without a full answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NetError {
    /// The tab, or −1.
    pub tab: TabId,
    /// Names this fact.
    pub key: String,
    /// When it ended.
    pub at: Millis,
    /// `GET`, `POST`, …
    pub method: String,
    /// The full URL; the core drops its query.
    pub url: String,
    /// The browser's own name of the error, `net::ERR_…` or `NS_ERROR_…`.
    pub error: String,
}

/// A request that was sent elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Redirect {
    /// The tab, or −1.
    pub tab: TabId,
    /// Names this fact.
    pub key: String,
    /// When it was sent on.
    pub at: Millis,
    /// `GET`, `POST`, …
    pub method: String,
    /// The full URL that was asked for; the core drops its query.
    pub url: String,
    /// The full URL that it was sent to; only what it stands for is looked at.
    pub to: String,
}
