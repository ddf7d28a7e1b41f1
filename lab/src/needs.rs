//! What a fault needs that no server can arrange.

use crate::faults::{UnknownFault, find};

/// What has to be arranged outside the lab, as the fault is no server's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// This host must have no address (Chromium: `--host-resolver-rules=MAP <host> ~NOTFOUND, …`).
    HostRule(&'static str),
    /// This host must lead to [`crate::Lab::dead_port`].
    DeadPort(&'static str),
    /// This host must lead to [`crate::Lab::tls_port`] or [`crate::Lab::handshake_port`].
    BadCertificate(&'static str),
    /// The browser must use a proxy that nobody runs: [`crate::Lab::dead_port`].
    Proxy,
    /// The browser must be offline.
    Offline,
    /// Another extension must block requests that begin so.
    Blocker(&'static str),
    /// Every connection must begin anew, and the browser must look at certificates: the network's own login page has none
    /// for anybody else.
    Portal,
}

/// What has to be arranged outside the lab for the fault of that name.
pub fn needs(name: &str) -> Result<Needs, UnknownFault> {
    find(name).map(|(fault, _)| fault.needs)
}
