//! Access log of the lab. Bodies, queries, cookies and tokens are not logged.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde::Serialize;

use crate::request::Request;

/// One request to a host that the lab stands in for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Milliseconds since the lab started.
    pub at_ms: u64,
    /// Host name without the port.
    pub host: String,
    /// HTTP method.
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// `h2` or `http/1.1`.
    pub protocol: &'static str,
    /// HTTP status; `None` where no response was sent.
    pub status: Option<u16>,
    /// Whether there was a `Cookie` header.
    pub cookie: bool,
    /// Whether there was an `Authorization` header.
    pub authorization: bool,
}

/// The requests, oldest first.
pub(crate) struct Log {
    start: Instant,
    hits: Mutex<Vec<Hit>>,
}

impl Log {
    pub fn new() -> Self {
        Log { start: Instant::now(), hits: Mutex::default() }
    }

    /// Adds a request and the status of its response.
    pub fn add(&self, request: &Request, status: Option<u16>) {
        let at_ms = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.lock().push(Hit {
            at_ms,
            host: request.host.clone(),
            method: request.method.to_string(),
            path: request.path.clone(),
            protocol: request.protocol,
            status,
            cookie: request.cookie_bytes > 0,
            authorization: request.authorization,
        });
    }

    pub fn hits(&self) -> Vec<Hit> {
        self.lock().clone()
    }

    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Hit>> {
        self.hits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
