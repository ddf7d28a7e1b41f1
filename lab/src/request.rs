//! One request to the lab. Cookie values and tokens are not stored, only whether they were sent.

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, COOKIE, HOST, IF_NONE_MATCH, SEC_WEBSOCKET_KEY};
use hyper::{Method, Version};
use serde_json::Value;

use crate::cookies::Cookies;

/// Longest body that is read, in bytes.
const MAX_BODY_BYTES: usize = 1 << 20;

/// A request, read to its end.
pub(crate) struct Request {
    /// Host name in lower case, without the port.
    pub host: String,
    pub method: Method,
    /// Path without the query.
    pub path: String,
    /// Path and query.
    pub target: String,
    /// `h2` or `http/1.1`.
    pub protocol: &'static str,
    /// Length of all `Cookie` headers, in bytes.
    pub cookie_bytes: usize,
    /// State of the cookies that decide a response.
    pub cookies: Cookies,
    /// Whether there is an `Authorization` header.
    pub authorization: bool,
    /// Whether the connection has no TLS.
    pub plaintext: bool,
    /// `Sec-WebSocket-Key` of a WebSocket handshake.
    pub socket_key: Option<String>,
    /// `If-None-Match`: the ETag that the client has cached.
    pub if_none_match: Option<String>,
    /// The body; empty where it is longer than 1 MiB or broke off.
    pub body: Bytes,
}

impl Request {
    /// Reads a request to its end, so that its connection can be reused.
    pub async fn read(request: hyper::Request<Incoming>, plaintext: bool) -> Self {
        let (head, body) = request.into_parts();
        let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
        let authority = head.uri.authority().map(|authority| authority.as_str()).or(header(HOST)).unwrap_or("");
        let host = authority.split(':').next().unwrap_or("").to_ascii_lowercase();
        let body = Limited::new(body, MAX_BODY_BYTES).collect().await;
        Request {
            host,
            path: head.uri.path().to_owned(),
            target: head.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned(),
            protocol: if head.version == Version::HTTP_2 { "h2" } else { "http/1.1" },
            // HTTP/2 may send several headers.
            cookie_bytes: head.headers.get_all(COOKIE).iter().map(hyper::header::HeaderValue::len).sum(),
            cookies: Cookies::read(head.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok())),
            authorization: head.headers.contains_key(AUTHORIZATION),
            plaintext,
            socket_key: header(SEC_WEBSOCKET_KEY).map(str::to_owned),
            if_none_match: header(IF_NONE_MATCH).map(str::to_owned),
            method: head.method,
            body: body.map(|body| body.to_bytes()).unwrap_or_default(),
        }
    }

    /// Value of a query parameter, not decoded.
    pub fn query(&self, name: &str) -> Option<&str> {
        let (_, query) = self.target.split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    /// The body as JSON; null where it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}
