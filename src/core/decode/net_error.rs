//! The browsers' names of network errors.
//!
//! They are not a stable contract: known ones are mapped, others decode to `net-unknown` and are kept raw. Source:
//! Chromium, `net/base/net_error_list.h`; Firefox, `xpcom/base/ErrorList.py`; and runs of both.

use super::{Decoder, Raw};
use crate::core::fact::Fact;
use crate::core::text::holds;

/// Part of the name → fact; the first match wins.
const NAMES: &[(&str, Fact)] = &[
    ("ERR_BLOCKED_BY_CLIENT", Fact::BlockedByClient),
    // Browsers with a built-in blocker have their own name for a blocked request.
    ("ERR_BLOCKED_BY_ADBLOCK", Fact::BlockedByClient),
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
    ("ERR_TOO_MANY_REDIRECTS", Fact::RedirectLoop),
    ("NS_ERROR_REDIRECT_LOOP", Fact::RedirectLoop),
    ("ERR_FILE_NO_SPACE", Fact::StorageFull),
    ("NS_ERROR_FILE_NO_DEVICE_SPACE", Fact::StorageFull),
    ("NS_ERROR_DOM_QUOTA_REACHED", Fact::StorageFull),
    ("NS_ERROR_ABORT", Fact::NetDropped),
    ("NS_ERROR_FAILURE", Fact::NetDropped),
];

/// Sentences of WebKit in lower case → fact. Source: Apple, Foundation, `URLError.Code` and its descriptions.
const SENTENCES: &[(&str, Fact)] = &[
    ("internet connection appears to be offline", Fact::NetOffline),
    ("the request timed out", Fact::NetTimeout),
    ("network connection was lost", Fact::NetReset),
    ("could not connect to the server", Fact::NetRefused),
    ("hostname could not be found", Fact::NetDns),
    ("a secure connection to the server cannot be made", Fact::NetTls),
];

/// Firefox reports a failed certificate or handshake as a sentence in its own language instead of a name; other
/// clients use sentences for other errors, such as "Failed to fetch". Parts of such a sentence in lower case, without
/// non-ASCII letters that have a capital form. Source: Firefox, `nsserrors.properties` and its translations,
/// WebRequest.sys.mjs.
const OF_CERTIFICATES: &[&str] = &[
    "certificat",
    "zertifikat",
    "certificado",
    "certyfikat",
    "sertifika",
    "ертификат",
    "証明書",
    "인증서",
    "证书",
    "憑證",
    "ssl",
    "tls",
    "ocsp",
    "handshake",
    "securely",
];

/// Caused by the person (Stop, another page, a closed tab), or by a page that gave up waiting: no failure unless the
/// page then shows an error.
const DELIBERATE: &[&str] = &["net::ERR_ABORTED", "net::ERR_FAILED", "NS_BINDING_ABORTED"];

/// Ambiguous alone: Firefox uses it for a blocked request and for a dropped connection. Sleep and a change of network
/// end requests that a page then repeats by itself.
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
    let known = NAMES.iter().find(|(name, _)| holds(error, name)).map(|(_, fact)| *fact);
    vec![known.or_else(|| sentence(error)).unwrap_or(Fact::NetUnknown)]
}

/// Decodes a sentence; none for a name.
fn sentence(error: &str) -> Option<Fact> {
    let lower = error.to_ascii_lowercase();
    let known = || SENTENCES.iter().find(|(part, _)| holds(&lower, part)).map(|(_, fact)| *fact);
    let of_certificates = || OF_CERTIFICATES.iter().any(|part| holds(&lower, part)).then_some(Fact::NetTls);
    // Japanese and Chinese have no blanks between words.
    let is_one = holds(error, " ") || !error.is_ascii();
    is_one.then(|| known().or_else(of_certificates)).flatten()
}

/// Whether the request was ended on purpose.
pub fn is_deliberate(error: &str) -> bool {
    DELIBERATE.contains(&error)
}

/// Whether the name is meaningless without a second source.
pub fn is_ambiguous(error: &str) -> bool {
    AMBIGUOUS.contains(&error)
}

/// Whether the name of an error says what failed.
pub fn is_known_name(name: &str) -> bool {
    NAMES.iter().any(|(part, _)| holds(name, part))
}

/// The error, if it has the form of a browser's name: a prefix and capitals. A sentence, which may contain hosts, is
/// left out.
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

    #[test]
    fn only_a_sentence_of_certificates_speaks_of_one() {
        let facts = |error| decode(&Raw { error: Some(error), ..Raw::default() });
        let certificates = [
            "The certificate is not trusted because it is self-signed.",
            "Unable to communicate securely with peer: requested domain name does not match the server\u{2019}s certificate.",
            "SSL received a record that exceeded the maximum permissible length.",
            "自己署名の証明書であるため信頼されません。",
            "Сертификат не является доверенным.",
        ];
        for error in certificates {
            assert_eq!(facts(error), [Fact::NetTls], "{error}");
        }
        let others = [
            "Load failed",
            "TypeError: Failed to fetch",
            "CORS error",
            "AbortError: signal is aborted without reason",
            "NetworkError when attempting to fetch resource.",
            "Load request cancelled",
            "",
        ];
        for error in others {
            assert_eq!(facts(error), [Fact::NetUnknown], "{error}");
        }
        assert_eq!(facts("The Internet connection appears to be offline."), [Fact::NetOffline]);
        assert_eq!(facts("The network connection was lost."), [Fact::NetReset]);
    }

    #[test]
    fn a_policy_and_a_server_s_header_are_no_extension() {
        let facts = |error: &str| decode(&Raw { error: Some(error), ..Raw::default() });
        for name in ["ADMINISTRATOR", "RESPONSE", "CSP", "ORB", "RESPONSE.NotSameOrigin"] {
            let error = format!("net::ERR_BLOCKED_BY_{name}");
            assert_eq!(facts(&error), [Fact::NetUnknown], "{name}");
        }
        for name in ["CLIENT", "ADBLOCKER", "CLIENT.Inspector"] {
            let error = format!("net::ERR_BLOCKED_BY_{name}");
            assert_eq!(facts(&error), [Fact::BlockedByClient], "{name}");
        }
    }
}
