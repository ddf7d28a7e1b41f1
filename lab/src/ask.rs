//! One request, as far as the lab cares.
//!
//! Owns the reading of host, path and body. Never keeps a cookie or a token: only whether there was one.

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, COOKIE, HOST, IF_NONE_MATCH, SEC_WEBSOCKET_KEY};
use hyper::{Method, Request, Version};
use serde_json::Value;

use crate::jar::Jar;

const LONGEST_BODY: usize = 1 << 20;

pub(crate) struct Ask {
    pub host: String,
    pub method: Method,
    pub path: String,
    /// Path and query, for redirects.
    pub target: String,
    pub protocol: &'static str,
    /// How long the cookies are, all together.
    pub cookies: usize,
    /// What those are worth that decide something.
    pub jar: Jar,
    pub authorization: bool,
    /// Whether it came without TLS.
    pub plain: bool,
    /// What a WebSocket handshake wants to see answered.
    pub socket_key: Option<String>,
    /// The ETag the client already has.
    pub has: Option<String>,
    pub body: Bytes,
}

impl Ask {
    /// Reads the request to its end, so that the connection can carry the next one.
    pub async fn read(request: Request<Incoming>, plain: bool) -> Self {
        let (head, body) = request.into_parts();
        let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
        let authority = head.uri.authority().map(|authority| authority.as_str()).or(header(HOST)).unwrap_or("");
        let host = authority.split(':').next().unwrap_or("").to_ascii_lowercase();
        let body = Limited::new(body, LONGEST_BODY).collect().await;
        Ask {
            host,
            path: head.uri.path().to_owned(),
            target: head.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned(),
            protocol: if head.version == Version::HTTP_2 { "h2" } else { "http/1.1" },
            // HTTP/2 may split them.
            cookies: head.headers.get_all(COOKIE).iter().map(hyper::header::HeaderValue::len).sum(),
            jar: Jar::read(head.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok())),
            authorization: head.headers.contains_key(AUTHORIZATION),
            plain,
            socket_key: header(SEC_WEBSOCKET_KEY).map(str::to_owned),
            has: header(IF_NONE_MATCH).map(str::to_owned),
            method: head.method,
            body: body.map(|body| body.to_bytes()).unwrap_or_default(),
        }
    }

    /// What the query says of a name, as it stands there.
    pub fn query(&self, name: &str) -> Option<&str> {
        let (_, query) = self.target.split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    /// The body as JSON; null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}
