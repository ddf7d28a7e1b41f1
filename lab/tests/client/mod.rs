//! A client that accepts the lab's certificates and uses one HTTP version, with one connection per request.

#![allow(dead_code, reason = "each test file takes what it needs")]

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::header::HeaderMap;
use hyper::{Request, Response, body::Incoming};
use hyper_util::rt::{TokioExecutor, TokioIo};
use mend_lab::{Http, Lab, Options};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{ring, verify_tls13_signature};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

pub const CHAT: &str = "/backend-api/f/conversation";
pub const QUESTION: &str =
    r#"{"action":"next","messages":[{"author":{"role":"user"},"content":{"content_type":"text","parts":["Hello"]}}]}"#;

/// Both HTTP versions.
pub const BOTH: [Http; 2] = [Http::One, Http::Two];

/// Headers with an API key.
pub const KEY: [(&str, &str); 1] = [("authorization", "Bearer x")];

/// Faults whose cause is state in the browser; `client_faults.rs` tests them.
pub const CLIENT_FAULTS: &str = "
    stale-deploy cookies-431 cookies-400 session-corrupt-cookie session-cut-cookie session-expired-cookie
    storage-full-until challenge-once";

/// A fault's name with a number in place of `T` or `N`, so that its first message fails.
pub fn numbered(name: &str) -> String {
    name.replace('T', "60").replace('N', "1")
}

/// A lab in one fault, and a client of one HTTP version.
pub struct Pair {
    pub lab: Lab,
    pub http: Http,
}

pub struct Received {
    pub status: u16,
    pub headers: HeaderMap,
    /// The body as far as it was received.
    pub body: String,
    /// Whether the body was received completely.
    pub complete: bool,
    /// Error that ended the body; empty where it is complete.
    pub body_error: String,
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Pair {
    pub async fn new(http: Http, fault: &str) -> Pair {
        let lab = Lab::start(Options { http, fault: fault.to_owned(), ..options() }).await.unwrap();
        Pair { lab, http }
    }

    pub async fn get(&self, host: &str, path: &str) -> Received {
        self.send("GET", host, path, "", &[]).await.unwrap()
    }

    pub async fn chat(&self) -> Received {
        self.send("POST", "chatgpt.com", CHAT, QUESTION, &[("cookie", "a=b"), ("authorization", "Bearer x")])
            .await
            .unwrap()
    }

    /// Sends a request and reads the body; an error where there is no response.
    pub async fn send(
        &self,
        method: &str,
        host: &str,
        path: &str,
        body: &'static str,
        headers: &[(&str, &str)],
    ) -> Result<Received, hyper::Error> {
        let response = self.send_request(method, host, path, body, headers).await?;
        let (head, mut body) = response.into_parts();
        let mut bytes = Vec::new();
        let body_error = loop {
            match body.frame().await {
                None => break String::new(),
                Some(Err(error)) => break format!("{error:?}"),
                Some(Ok(frame)) => bytes.extend(frame.into_data().unwrap_or_default()),
            }
        };
        Ok(Received {
            status: head.status.as_u16(),
            headers: head.headers,
            body: String::from_utf8(bytes).unwrap(),
            complete: body_error.is_empty(),
            body_error,
        })
    }

    /// Sends a request and leaves the body to be read.
    pub async fn send_request(
        &self,
        method: &str,
        host: &str,
        path: &str,
        body: &'static str,
        headers: &[(&str, &str)],
    ) -> Result<Response<Incoming>, hyper::Error> {
        let two = self.http == Http::Two;
        let tcp = TcpStream::connect(("127.0.0.1", self.lab.https_port())).await.unwrap();
        let name = ServerName::try_from(host.to_owned()).unwrap();
        let tls = connector(if two { b"h2" } else { b"http/1.1" }, false).connect(name, tcp).await.unwrap();
        let io = TokioIo::new(tls);
        let uri = if two { format!("https://{host}{path}") } else { path.to_owned() };
        let mut request = Request::builder().method(method).uri(uri);
        if !two {
            request = request.header("host", host);
        }
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let request = request.body(Full::new(Bytes::from_static(body.as_bytes()))).unwrap();
        if two {
            let (mut sender, connection) =
                hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.unwrap();
            tokio::spawn(connection);
            sender.send_request(request).await
        } else {
            let (mut sender, connection) = hyper::client::conn::http1::handshake(io).await.unwrap();
            tokio::spawn(connection);
            sender.send_request(request).await
        }
    }
}

/// Options with empty folders in place of the editor's packages, as no script runs in these tests.
pub fn options() -> Options {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("editor");
    for part in ["commands", "history", "keymap", "model", "state", "transform", "view"] {
        std::fs::create_dir_all(folder.join(format!("prosemirror-{part}"))).unwrap();
    }
    for part in ["orderedmap", "rope-sequence", "w3c-keyname"] {
        std::fs::create_dir_all(folder.join(part)).unwrap();
    }
    Options { modules: Some(folder), ..Options::default() }
}

/// Makes a TLS handshake and returns the certificate; `strictly` verifies the handshake's signature.
pub async fn handshake(port: u16, host: &str, http: Http, strictly: bool) -> std::io::Result<Vec<u8>> {
    let tcp = TcpStream::connect(("127.0.0.1", port)).await?;
    let name = ServerName::try_from(host.to_owned()).unwrap();
    let protocol: &[u8] = if http == Http::Two { b"h2" } else { b"http/1.1" };
    let tls = connector(protocol, strictly).connect(name, tcp).await?;
    Ok(tls.get_ref().1.peer_certificates().unwrap().first().unwrap().to_vec())
}

/// Sends a request without TLS and returns the response as text.
pub async fn plain(port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn connector(protocol: &[u8], strictly: bool) -> TlsConnector {
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Trusting { strictly }))
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    TlsConnector::from(Arc::new(config))
}

/// Accepts any certificate, as the lab makes its own at each start.
#[derive(Debug)]
struct Trusting {
    strictly: bool,
}

impl ServerCertVerifier for Trusting {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        if self.strictly {
            let algorithms = ring::default_provider().signature_verification_algorithms;
            return verify_tls13_signature(message, cert, signature, &algorithms);
        }
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
