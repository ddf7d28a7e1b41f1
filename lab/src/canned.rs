//! Answers that do not depend on what was asked: the ones faults give.
//!
//! Owns their status, headers and body, as seen in the field. Never decides when one is given: that is the table's part.

/// One fixed answer.
#[derive(Debug)]
pub(crate) struct Canned {
    /// The HTTP status.
    pub status: u16,
    /// The content type.
    pub kind: &'static str,
    /// Headers beside those the service puts on everything.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub body: &'static str,
}

const JSON: &str = "application/json";

/// What a row is unless it says otherwise.
const SERVICE: Canned = Canned { status: 200, kind: JSON, headers: &[], body: "{}" };

/// The service failed.
pub(crate) const SERVER_ERROR: Canned =
    Canned { status: 500, body: r#"{"detail":"Internal Server Error"}"#, ..SERVICE };

/// The plan's window is used up for three hours.
pub(crate) const PLAN_LIMIT: Canned = Canned {
    status: 429,
    headers: &[("retry-after", "10800")],
    body: r#"{"detail":{"message":"You've hit your limit. Please try again in 3 hours.","code":"usage_limit_reached","resets_in_seconds":10800}}"#,
    ..SERVICE
};

/// The access token is too old.
pub(crate) const TOKEN_EXPIRED: Canned = Canned {
    status: 401,
    body: r#"{"detail":{"message":"Your authentication token has expired. Please try signing in again.","code":"token_expired"}}"#,
    ..SERVICE
};

/// What the session endpoint says once the session is gone: fine, and nothing.
pub(crate) const NO_SESSION: Canned = SERVICE;
