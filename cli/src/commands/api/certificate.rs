//! The certificates that the program trusts, and the one that it is shown.

use std::{path::Path, sync::Arc};

use rustls::{
    ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{check::Check, environment::Variables};

const NAME: &str = "certificates";
/// Files of certificates that clients add, or use instead of the system's.
const FILES: &[&str] = &["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"];
/// Names in the certificates of filters that read along (their own documentation on TLS inspection), in lower case.
const FILTERS: &[&str] = &[
    "zscaler",
    "netskope",
    "fortinet",
    "fortigate",
    "palo alto",
    "umbrella",
    "sophos",
    "blue coat",
    "symantec",
    "mcafee",
    "skyhigh",
    "forcepoint",
    "check point",
    "barracuda",
    "kaspersky",
    "avast",
    "avg ",
    "eset ",
    "bitdefender",
    "lightspeed",
    "securly",
    "mitmproxy",
    "charles proxy",
    "fiddler",
    "burp",
    "cloudflare for teams",
    "gateway ca - cloudflare",
];

/// The certificates that are trusted.
#[derive(Clone, Debug)]
pub struct Roots {
    /// As they are.
    pub list: Vec<CertificateDer<'static>>,
}

/// Those of the system, or of the files that the variables name, and what is said of them.
pub fn roots(variables: &Variables) -> (Roots, Vec<Check>) {
    let mut checks = Vec::new();
    let mut list = Vec::new();
    for name in FILES {
        let Some(path) = variables.get(name) else { continue };
        let loaded = rustls_native_certs::load_certs_from_paths(Some(Path::new(path)), None);
        if loaded.certs.is_empty() {
            checks.push(Check::bad(
                NAME,
                format!("{name} names {path}, which cannot be read or holds no certificate."),
                "Name a file in PEM format, or unset the variable.",
            ));
        }
        list.extend(loaded.certs);
    }
    let is_whole = variables.first(&["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]).is_some();
    if !is_whole || list.is_empty() {
        list.extend(rustls_native_certs::load_native_certs().certs);
    }
    if list.is_empty() {
        checks.push(Check::bad(
            NAME,
            "This machine has no trusted certificates, so no https connection can be checked.",
            "Install them (Debian and Ubuntu: the package ca-certificates).",
        ));
    }
    (Roots { list }, checks)
}

/// What a server showed: who it says it is, who issued it, and whether it is trusted.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The issuer's organisation and name.
    pub issuer: String,
    /// Why it is not trusted; none if it is.
    pub fault: Option<rustls::Error>,
}

impl Shown {
    /// Whether a filter that reads along issued it.
    pub fn is_filter(&self) -> bool {
        let lower = self.issuer.to_ascii_lowercase();
        FILTERS.iter().any(|name| lower.contains(name))
    }
}

/// Notes the certificate that a server shows, and goes on even if it is not trusted: nothing is sent on that connection.
#[derive(Debug)]
pub struct RecordingVerifier {
    inner: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
    shown: std::sync::Mutex<Shown>,
}

impl RecordingVerifier {
    /// One that trusts these.
    pub fn new(roots: &Roots) -> Arc<RecordingVerifier> {
        let provider = provider();
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(roots.list.iter().cloned());
        let inner = WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider.clone()).build().ok();
        Arc::new(RecordingVerifier { inner, provider, shown: std::sync::Mutex::default() })
    }

    /// The settings of a connection that it observes.
    ///
    /// # Errors
    /// The versions of TLS and the algorithms do not fit each other.
    pub fn config(self: &Arc<Self>) -> Result<ClientConfig, rustls::Error> {
        let versions =
            ClientConfig::builder_with_provider(self.provider.clone()).with_safe_default_protocol_versions()?;
        Ok(versions.dangerous().with_custom_certificate_verifier(self.clone()).with_no_client_auth())
    }

    /// What it saw.
    pub fn shown(&self) -> Shown {
        self.shown.lock().map(|shown| shown.clone()).unwrap_or_default()
    }
}

/// The algorithms.
pub fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

impl ServerCertVerifier for RecordingVerifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let issuer = X509Certificate::from_der(certificate).map(|(_, one)| issuer(&one)).unwrap_or_default();
        let none = || Err(rustls::Error::General("nothing is trusted".to_owned()));
        let verdict = self
            .inner
            .as_ref()
            .map_or_else(none, |inner| inner.verify_server_cert(certificate, between, name, ocsp, now));
        if let Ok(mut shown) = self.shown.lock() {
            *shown = Shown { issuer, fault: verdict.err() };
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// The issuer as people call it: its organisation, otherwise its common name.
fn issuer(certificate: &X509Certificate<'_>) -> String {
    let name = certificate.issuer();
    let parts = name.iter_organization().chain(name.iter_common_name());
    let words: Vec<&str> = parts.filter_map(|part| part.as_str().ok()).collect();
    words.join(", ")
}
