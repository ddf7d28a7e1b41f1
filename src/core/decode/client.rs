//! How programs other than browsers name a broken connection: Node, Python, Go, Rust and curl, in tracebacks and logs.
//!
//! Only where no answer came: a gateway speaks of "connection refused" too, but of the server behind it.

use super::{Decoder, Raw, clip, holds};
use crate::core::fact::Fact;

/// Only the head of a text is looked at.
const LONGEST: usize = 16_384;

/// A lower-case part of the text → fact; the first match wins, so the more telling ones stand first.
/// Sources: Node, "Common system errors" and dns; OpenSSL, X509_verify_cert errors; Python, errno and ssl; curl,
/// libcurl-errors; Go, net; threads: BinaryBrain in run-llama/llama_cloud_services#348, openai/codex#31411.
const WORDS: &[(&str, Fact)] = &[
    ("certificate_verify_failed", Fact::NetTls),
    ("certificate verify failed", Fact::NetTls),
    ("cert_has_expired", Fact::NetTls),
    ("certificate has expired", Fact::NetTls),
    ("self signed certificate", Fact::NetTls),
    ("self-signed certificate", Fact::NetTls),
    ("self_signed_cert", Fact::NetTls),
    ("unable_to_verify_leaf", Fact::NetTls),
    ("unable to verify the first certificate", Fact::NetTls),
    ("local issuer certificate", Fact::NetTls),
    ("unknownissuer", Fact::NetTls),
    ("x509:", Fact::NetTls),
    ("sslerror", Fact::NetTls),
    ("ssl_error", Fact::NetTls),
    ("tls handshake", Fact::NetTls),
    ("ssl handshake", Fact::NetTls),
    ("proxyerror", Fact::NetProxy),
    ("proxyconnect", Fact::NetProxy),
    ("proxy authentication required", Fact::NetProxy),
    ("connect to proxy", Fact::NetProxy),
    ("tunneling socket", Fact::NetProxy),
    ("tunnel connection failed", Fact::NetProxy),
    ("proxy connection", Fact::NetProxy),
    ("enotfound", Fact::NetDns),
    ("eai_again", Fact::NetDns),
    ("getaddrinfo", Fact::NetDns),
    ("name resolution", Fact::NetDns),
    ("nameresolutionerror", Fact::NetDns),
    ("failed to resolve", Fact::NetDns),
    ("failed to lookup address", Fact::NetDns),
    ("dns error", Fact::NetDns),
    ("nodename nor servname", Fact::NetDns),
    ("name or service not known", Fact::NetDns),
    ("could not resolve", Fact::NetDns),
    ("no such host", Fact::NetDns),
    ("server misbehaving", Fact::NetDns),
    ("enetunreach", Fact::NetOffline),
    ("network is unreachable", Fact::NetOffline),
    ("econnrefused", Fact::NetRefused),
    ("connection refused", Fact::NetRefused),
    ("actively refused", Fact::NetRefused),
    ("ehostunreach", Fact::NetRefused),
    ("no route to host", Fact::NetRefused),
    ("econnreset", Fact::NetReset),
    ("connection reset", Fact::NetReset),
    ("connection aborted", Fact::NetReset),
    ("socket hang up", Fact::NetReset),
    ("broken pipe", Fact::NetReset),
    ("remotedisconnected", Fact::NetEmpty),
    ("remote end closed connection", Fact::NetEmpty),
    ("server disconnected", Fact::NetEmpty),
    ("empty reply from server", Fact::NetEmpty),
    ("incompleteread", Fact::NetCut),
    ("incomplete chunked read", Fact::NetCut),
    ("error decoding response body", Fact::NetCut),
    ("peer closed connection", Fact::NetCut),
    ("unexpected eof", Fact::NetCut),
    ("und_err_socket", Fact::NetCut),
    ("etimedout", Fact::NetTimeout),
    ("connect_timeout", Fact::NetTimeout),
    ("connect timeout", Fact::NetTimeout),
    ("connecttimeout", Fact::NetTimeout),
    ("connection timed out", Fact::NetTimeout),
    ("operation timed out", Fact::NetTimeout),
    ("request timed out", Fact::NetTimeout),
    ("read timed out", Fact::NetTimeout),
    ("apitimeouterror", Fact::NetTimeout),
    ("failed to establish a new connection", Fact::NetRefused),
    ("error sending request for url", Fact::NetDropped),
    ("cannot connect to host", Fact::NetDropped),
    ("cannot connect to api", Fact::NetDropped),
    ("error communicating with openai", Fact::NetDropped),
    ("failed to connect to", Fact::NetDropped),
    ("apiconnectionerror", Fact::NetDropped),
    ("fetch failed", Fact::NetDropped),
    ("max retries exceeded with url", Fact::NetDropped),
];

pub(super) const DECODER: Decoder = Decoder {
    name: "client",
    decode,
    tells: &[
        Fact::NetTls,
        Fact::NetProxy,
        Fact::NetDns,
        Fact::NetOffline,
        Fact::NetRefused,
        Fact::NetReset,
        Fact::NetEmpty,
        Fact::NetCut,
        Fact::NetTimeout,
        Fact::NetDropped,
    ],
};

fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let Some(text) = raw.text.filter(|_| raw.status.is_none() && raw.error.is_none()) else { return Vec::new() };
    let text = clip(text, LONGEST).to_ascii_lowercase();
    if holds(&text, "upstream connect error") || super::status::said(&text).is_some() {
        return Vec::new();
    }
    WORDS.iter().find(|(part, _)| holds(&text, part)).map(|(_, fact)| *fact).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_telling_name_wins_and_a_gateway_s_own_trouble_is_none_of_ours() {
        let facts = |text| decode(&Raw { text: Some(text), ..Raw::default() });
        assert_eq!(facts("APIConnectionError: [SSL: CERTIFICATE_VERIFY_FAILED]"), [Fact::NetTls]);
        assert_eq!(facts("FetchError: getaddrinfo ENOTFOUND chatgpt.com"), [Fact::NetDns]);
        assert!(facts("upstream connect error or disconnect/reset: Connection refused").is_empty());
        assert!(facts("all is well").is_empty());
    }
}
