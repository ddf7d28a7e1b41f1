//! What was asked of the lab.
//!
//! Owns the list of requests. Never holds a body, a query, a cookie or a token: only whether there was one.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde::Serialize;

use crate::ask::Ask;

/// One request to the TLS side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Milliseconds since the lab started.
    pub at_ms: u64,
    /// The host, without a port.
    pub host: String,
    /// The method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// `h2` or `http/1.1`.
    pub protocol: &'static str,
    /// The status of the answer; nothing where none was given.
    pub status: Option<u16>,
    /// Whether it carried cookies.
    pub cookie: bool,
    /// Whether it carried an authorization.
    pub authorization: bool,
}

/// The list, oldest first.
pub(crate) struct Log {
    start: Instant,
    hits: Mutex<Vec<Hit>>,
}

impl Log {
    pub fn new() -> Self {
        Log { start: Instant::now(), hits: Mutex::default() }
    }

    /// Adds what was asked, and what became of it.
    pub fn add(&self, ask: &Ask, status: Option<u16>) {
        let at_ms = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.lock().push(Hit {
            at_ms,
            host: ask.host.clone(),
            method: ask.method.to_string(),
            path: ask.path.clone(),
            protocol: ask.protocol,
            status,
            cookie: ask.cookies > 0,
            authorization: ask.authorization,
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
