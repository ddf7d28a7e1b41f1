//! The browsers' names of network errors.
//!
//! They are no stable contract: known ones are mapped, others are said to be unknown and kept raw. Source: Chromium,
//! `net/base/net_error_list.h`; Firefox, `xpcom/base/ErrorList.py`; and runs of both.

use super::{Decoder, Raw, holds};
use crate::core::fact::Fact;

/// Part of the name → fact; the first match wins.
const NAMES: &[(&str, Fact)] = &[
    ("ERR_BLOCKED_BY_CLIENT", Fact::BlockedByClient),
    ("ERR_INTERNET_DISCONNECTED", Fact::NetOffline),
    ("NS_ERROR_OFFLINE", Fact::NetOffline),
    ("ERR_NAME_NOT_RESOLVED", Fact::NetDns),
    ("ERR_DNS_", Fact::NetDns),
    ("NS_ERROR_UNKNOWN_HOST", Fact::NetDns),
    ("PROXY", Fact::NetProxy),
    ("TUNNEL_CONNECTION_FAILED", Fact::NetProxy),
    ("ERR_CERT_", Fact::NetTls),
    ("ERR_SSL_", Fact::NetTls),
    ("SEC_ERROR_", Fact::NetTls),
    ("SSL_ERROR_", Fact::NetTls),
    ("ERR_CONNECTION_TIMED_OUT", Fact::NetTimeout),
    ("ERR_TIMED_OUT", Fact::NetTimeout),
    ("NS_ERROR_NET_TIMEOUT", Fact::NetTimeout),
    ("CONNECTION_REFUSED", Fact::NetRefused),
    ("ERR_INCOMPLETE_CHUNKED_ENCODING", Fact::NetCut),
    ("ERR_CONTENT_LENGTH_MISMATCH", Fact::NetCut),
    ("NS_ERROR_NET_PARTIAL_TRANSFER", Fact::NetCut),
    ("ERR_HTTP2_", Fact::NetCut),
    ("ERR_QUIC_", Fact::NetCut),
    ("NS_ERROR_NET_HTTP2_", Fact::NetCut),
    ("ERR_CONNECTION_RESET", Fact::NetReset),
    ("ERR_NETWORK_CHANGED", Fact::NetReset),
    ("ERR_NETWORK_IO_SUSPENDED", Fact::NetReset),
    ("NS_ERROR_NET_RESET", Fact::NetReset),
    ("NS_ERROR_NET_INTERRUPT", Fact::NetReset),
    ("ERR_EMPTY_RESPONSE", Fact::NetEmpty),
    ("ERR_CONNECTION_CLOSED", Fact::NetEmpty),
    ("ERR_CONNECTION_ABORTED", Fact::NetReset),
    ("ERR_SOCKET_NOT_CONNECTED", Fact::NetReset),
    ("ERR_ADDRESS_UNREACHABLE", Fact::NetRefused),
    ("ERR_CONNECTION_FAILED", Fact::NetRefused),
    ("NS_ERROR_NET_EMPTY_RESPONSE", Fact::NetEmpty),
    ("NS_ERROR_NET_INADEQUATE_SECURITY", Fact::NetTls),
    ("ERR_BLOCKED_BY_ADMINISTRATOR", Fact::BlockedByClient),
    ("ERR_BLOCKED_BY_RESPONSE", Fact::BlockedByClient),
    ("ERR_TOO_MANY_REDIRECTS", Fact::RedirectLoop),
    ("NS_ERROR_REDIRECT_LOOP", Fact::RedirectLoop),
    ("ERR_FILE_NO_SPACE", Fact::StorageFull),
    ("NS_ERROR_FILE_NO_DEVICE_SPACE", Fact::StorageFull),
    ("NS_ERROR_DOM_QUOTA_REACHED", Fact::StorageFull),
    ("NS_ERROR_ABORT", Fact::NetDropped),
    ("NS_ERROR_FAILURE", Fact::NetDropped),
];

/// The person's own doing (Stop, another page, a closed tab), or a page that gave up waiting: no failure unless the page
/// then shows an error.
const DELIBERATE: &[&str] = &["net::ERR_ABORTED", "net::ERR_FAILED", "NS_BINDING_ABORTED"];

/// Means nothing alone: Firefox says it for a blocked request and for a dropped connection.
/// Sleep and a change of network end requests that a page then makes anew by itself.
const AMBIGUOUS: &[&str] =
    &["net::ERR_NETWORK_CHANGED", "net::ERR_NETWORK_IO_SUSPENDED", "NS_ERROR_ABORT", "NS_ERROR_FAILURE"];

pub(super) const DECODER: Decoder = Decoder {
    name: "net_error",
    decode,
    tells: &[
        Fact::BlockedByClient,
        Fact::NetOffline,
        Fact::NetDns,
        Fact::NetProxy,
        Fact::NetTls,
        Fact::NetTimeout,
        Fact::NetRefused,
        Fact::NetCut,
        Fact::NetReset,
        Fact::NetEmpty,
        Fact::NetDropped,
        Fact::RedirectLoop,
        Fact::StorageFull,
        Fact::GaveUp,
        Fact::NetUnknown,
    ],
};

fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let Some(error) = raw.error else { return Vec::new() };
    if is_deliberate(error) {
        return vec![Fact::GaveUp];
    }
    // Firefox tells failed certificates in a sentence of its own language, and everything else by name.
    let unnamed = if holds(error, " ") { Fact::NetTls } else { Fact::NetUnknown };
    let known = NAMES.iter().find(|(name, _)| holds(error, name)).map(|(_, fact)| *fact);
    vec![known.unwrap_or(unnamed)]
}

/// Whether the person ended the request.
pub fn is_deliberate(error: &str) -> bool {
    DELIBERATE.contains(&error)
}

/// Whether the name means nothing without a second witness.
pub fn is_ambiguous(error: &str) -> bool {
    AMBIGUOUS.contains(&error)
}

/// The error, if it is a name as browsers give them: a prefix and capitals. A sentence, which may speak of hosts, is none.
pub fn error_name(error: &str) -> Option<&str> {
    const PREFIXES: &[&str] = &["net::ERR_", "NS_", "SEC_ERROR_", "SSL_ERROR_", "MOZILLA_PKIX_ERROR_"];
    let rest = PREFIXES.iter().find_map(|prefix| error.strip_prefix(prefix))?;
    let plain = rest.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    (plain && rest.len() <= 64).then_some(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_sentence() {
        assert_eq!(error_name("net::ERR_HTTP2_PROTOCOL_ERROR"), Some("net::ERR_HTTP2_PROTOCOL_ERROR"));
        assert_eq!(error_name("net::ERR_secret"), None);
        assert_eq!(error_name("secret"), None);
        assert_eq!(error_name("Das Zertifikat von a.example ist abgelaufen."), None);
    }

    #[test]
    fn unknown_names_are_said_to_be_unknown() {
        let facts = |error| decode(&Raw { error: Some(error), ..Raw::default() });
        assert_eq!(facts("net::ERR_SOMETHING_NEW"), [Fact::NetUnknown]);
        assert_eq!(facts("NS_ERROR_NET_PARTIAL_TRANSFER"), [Fact::NetCut]);
        assert_eq!(facts("net::ERR_PROXY_CONNECTION_FAILED"), [Fact::NetProxy]);
        assert_eq!(facts("Das Zertifikat ist abgelaufen."), [Fact::NetTls]);
        assert_eq!(facts("net::ERR_ABORTED"), [Fact::GaveUp]);
    }
}
