//! How other programs than browsers report a broken connection: Node, Python, Go, Rust and curl, in tracebacks and
//! logs.
//!
//! Only without a response: a gateway also reports "connection refused", but of the server behind it.

use super::{Decoder, Raw};
use crate::core::fact::Fact;
use crate::core::text::{after, clip, holds};

/// How much of a text is searched, in bytes.
const LONGEST: usize = 16_384;

/// Fact ← lower-case words of the text, any of them (`|`), as whole words only: `FileNotFoundError` is not ENOTFOUND.
/// The first match wins, so the more specific ones come first.
/// Sources: Node, "Common system errors" and dns; OpenSSL, X509_verify_cert errors; Python, errno and ssl; curl,
/// libcurl-errors; Go, net; threads: run-llama/llama_cloud_services#348, openai/codex#31411.
const WORDS: &[(Fact, &str)] = &[
    (
        Fact::NetProxy,
        "proxyerror|clientproxyconnectionerror|clienthttpproxyerror|proxyconnect|proxy authentication required|\
         connect to proxy|tunneling socket|tunnel connection failed|proxy connection|socks connect|socks5|socks4|\
         using socks proxy|unknown scheme for proxy|unsupported proxy|proxy tunnel|connect tunnel failed|\
         proxy connect aborted|httpproxyagent|proxyagent|proxyconnectionexception",
    ),
    (
        Fact::NetTls,
        "certificate_verify_failed|certificate verify failed|cert_has_expired|certificate has expired|\
         self signed certificate|self-signed certificate|self_signed_cert|unable_to_verify_leaf|unable_to_get_issuer|\
         unable to verify the first certificate|local issuer certificate|unknownissuer|invalid peer certificate|x509:|\
         sslerror|sslcertverificationerror|clientconnectorsslerror|clientconnectorcertificateerror|ssl_error|\
         tls handshake|ssl handshake|sslhandshakeexception|sslexception|sslpeerunverifiedexception|pkix path|\
         valid certification path|remote certificate is invalid|the ssl connection could not be established|\
         certificate_unknown|err_tls_cert_altname_invalid|hostname mismatch|handshake failure|handshake_failure|\
         wrong version number|wrong_version_number|unsafe legacy renegotiation|tlsv1 alert|tlsv1_alert|schannel|\
         sec_e_untrusted_root|certificate signed by unknown authority|ssl certificate problem|certificate is not trusted|\
         certificate is not valid|unable to get local issuer|ssl: certificate",
    ),
    (
        Fact::NetDns,
        "enotfound|eai_again|getaddrinfo|name resolution|nameresolutionerror|failed to resolve|\
         failed to lookup address|clientconnectordnserror|dns error|nodename nor servname|name or service not known|\
         could not resolve|couldn't resolve|no such host|server misbehaving|unknownhostexception|unresolvedaddressexception|\
         no address associated with hostname|errno -2|errno -3|errno 11001|winerror 11001|dns_probe|dns lookup|pi-hole|adguard home|\
         nextdns",
    ),
    (Fact::NetOffline, "enetunreach|network is unreachable|network is down|winerror 10051|errno 101|enetdown"),
    (
        Fact::NetRefused,
        "econnrefused|connection refused|actively refused|connectexception|ehostunreach|no route to host|errno 111|errno 61|\
         winerror 10061|winerror 10065|os error 10061|os error 111|cannot assign requested address|eaddrnotavail",
    ),
    // axios has one code for a lost connection and for its own limit of time.
    (Fact::NetTimeout, "timeout of|due to timeout"),
    (
        Fact::NetReset,
        "econnreset|econnaborted|connection reset|connection aborted|connection was reset|socket hang up|broken pipe|epipe|\
         forcibly closed|winerror 10054|winerror 10053|os error 10054|os error 104|errno 104|software caused connection abort",
    ),
    (
        Fact::NetEmpty,
        "remotedisconnected|serverdisconnectederror|remote end closed connection|server disconnected|\
         empty reply from server|closed connection without|closed before message completed|nohttpresponseexception|\
         response ended prematurely",
    ),
    (
        Fact::NetCut,
        "incompleteread|incomplete chunked read|error decoding response body|peer closed connection|\
         unexpected eof|unexpected end of file|und_err_socket|premature close|chunkedencodingerror|remoteprotocolerror|\
         clientpayloaderror|transfer closed|stream error|internal_error; received from peer|err_http2|goaway",
    ),
    (
        Fact::NetTimeout,
        "etimedout|connect_timeout|connect timeout|connecttimeout|connecttimeouterror|connection timed out|\
         operation timed out|request timed out|read timed out|readtimeouterror|readtimeout|apitimeouterror|\
         und_err_connect_timeout|und_err_headers_timeout|und_err_body_timeout|headers timeout error|body timeout error|\
         context deadline exceeded|i/o timeout|client.timeout exceeded|sockettimeoutexception|httptimeoutexception|\
         timeoutexception|servertimeouterror|taskcanceledexception|httpclient.timeout|the operation has timed out|\
         winerror 10060|os error 10060|os error 110|errno 110|deadline exceeded|connection attempt failed|\
         asyncio.timeouterror|timeout exceeded|esockettimedout",
    ),
    (Fact::NetRefused, "failed to establish a new connection"),
    (
        Fact::NetDropped,
        "error sending request|cannot connect to host|cannot connect to api|all connection attempts failed|\
         error communicating with openai|failed to connect to|apiconnectionerror|fetch failed|connection error.|\
         max retries exceeded with url|connect error|error trying to connect|connectionerror|connecterror|\
         network request failed|requestexception|httprequestexception|stream disconnected before completion",
    ),
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

/// Whether a text without a status is another program's report of a broken connection.
pub fn is_of_client(text: &str) -> bool {
    !decode(&Raw { text: Some(text), ..Raw::default() }).is_empty()
}

fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let Some(text) = raw.text.filter(|_| raw.status.is_none()) else { return Vec::new() };
    let text = clip(text, LONGEST).to_ascii_lowercase();
    if holds(&text, "upstream connect error") || super::status::said(&text).is_some() {
        return Vec::new();
    }
    let said = |parts: &str| parts.split('|').any(|part| is_word(&text, part));
    WORDS.iter().find(|(_, parts)| said(parts)).map(|(fact, _)| *fact).into_iter().collect()
}

/// Whether the text contains these words, not as part of longer ones; unlike in `text::holds_word`, `_` ends a word.
fn is_word(text: &str, words: &str) -> bool {
    let joins = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    after(text, words).any(|rest| {
        let from = text.len() - rest.len() - words.len();
        let before = text.as_bytes().get(..from).and_then(<[u8]>::last);
        !(joins(before) || joins(words.as_bytes().last()) && joins(rest.as_bytes().first()))
    })
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

    #[test]
    fn a_part_of_a_longer_word_is_none() {
        let facts = |text| decode(&Raw { text: Some(text), ..Raw::default() });
        for text in [
            "FileNotFoundError: [Errno 2] No such file or directory: 'a'",
            "ModuleNotFoundError: No module named 'openai'",
            "azure.core.exceptions.ResourceNotFoundError",
            "KeyNotFound",
            "MySSLErrorHandler is not defined",
            "preconnect timeouts",
        ] {
            assert!(facts(text).is_empty(), "{text}");
        }
        assert_eq!(facts("FileNotFoundError, after getaddrinfo ENOTFOUND chatgpt.com"), [Fact::NetDns]);
        assert_eq!(facts("Error: self_signed_cert_in_chain"), [Fact::NetTls]);
        assert_eq!(facts("(Caused by SSLError(1))"), [Fact::NetTls]);
        assert_eq!(facts("httpx.ConnectTimeout"), [Fact::NetTimeout]);
    }
}
