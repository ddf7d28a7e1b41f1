//! Keys and certificates, made at start and held in memory.
//!
//! Each host has its own self-signed certificate, because browsers coalesce hosts that share a certificate and an address
//! into one HTTP/2 connection (RFC 9113 §9.1.1), which the real hosts do not allow. The certificates that browsers must
//! refuse are made here too.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, DnType, KeyPair, PublicKeyData, date_time_ymd};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::{CertifiedKey, SigningKey};
use uuid::Uuid;

use crate::error::LabError;
use crate::fault::Transport;
use crate::hostnames::{self, CAPTIVE_PORTAL, CHATGPT, WEBSOCKETS};
use crate::options::Http;

/// TLS configurations of one listener.
#[derive(Clone)]
pub(crate) struct Tls {
    default: Arc<ServerConfig>,
    /// For [`WEBSOCKETS`].
    sockets: Arc<ServerConfig>,
    /// For every host behind a captive portal.
    portal: Arc<ServerConfig>,
}

impl Tls {
    /// The configuration for a server name.
    pub fn config(&self, transport: Transport, host: Option<&str>) -> Arc<ServerConfig> {
        Arc::clone(match transport {
            Transport::CaptivePortal => &self.portal,
            _ if host == Some(WEBSOCKETS) => &self.sockets,
            _ => &self.default,
        })
    }
}

/// TLS configurations of all listeners.
pub(crate) struct Listeners {
    /// A valid certificate for each host.
    pub valid: Tls,
    /// The certificate of chatgpt.com has another name and key and expired in 2021; the others are valid.
    pub expired: Tls,
    /// Handshakes are signed with another key than the certificate's.
    pub forged: Tls,
    /// SHA-256 of the valid public key, in Base64.
    pub fingerprint: String,
    /// The valid certificate of the API's host, in PEM.
    pub api: String,
}

/// Makes all keys and certificates.
///
/// # Errors
///
/// A key or certificate cannot be made, or TLS cannot be configured.
pub(crate) fn listeners(http: Http) -> Result<Listeners, LabError> {
    let key = KeyPair::generate()?;
    let other = KeyPair::generate()?;
    let (signing, other_signing) = (signing(&key)?, signing(&other)?);
    let mut valid = Certs::default();
    let mut forged = Certs::default();
    let mut expired = Certs::default();
    let mut api = String::new();
    for host in hostnames::all() {
        let cert = certificate(host, false, &key)?;
        if host == hostnames::API {
            api = pem(&cert);
        }
        valid.add(host, cert.clone(), &signing);
        expired.add(host, cert.clone(), &signing);
        forged.add(host, cert, &other_signing);
    }
    // The captive portal has a certificate for its own name only.
    let mut portal = Certs::default();
    portal.add(CHATGPT, certificate(CAPTIVE_PORTAL, false, &other)?, &other_signing);
    let portal = config(&Arc::new(portal), offered(http))?;
    expired.add(CHATGPT, certificate("old.example", true, &other)?, &other_signing);
    Ok(Listeners {
        valid: tls(valid, &portal, http)?,
        expired: tls(expired, &portal, http)?,
        forged: tls(forged, &portal, http)?,
        fingerprint: fingerprint(&key),
        api,
    })
}

/// RFC 7468 §3.
fn pem(certificate: &CertificateDer<'_>) -> String {
    let text = STANDARD.encode(certificate);
    let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
    for line in text.as_bytes().chunks(64) {
        pem.push_str(&String::from_utf8_lossy(line));
        pem.push('\n');
    }
    pem + "-----END CERTIFICATE-----\n"
}

fn signing(key: &KeyPair) -> Result<Arc<dyn SigningKey>, LabError> {
    let provider = ring::default_provider();
    Ok(provider.key_provider.load_private_key(PrivateKeyDer::Pkcs8(key.serialize_der().into()))?)
}

fn certificate(host: &str, expired: bool, key: &KeyPair) -> Result<CertificateDer<'static>, LabError> {
    let mut params = CertificateParams::new([host.to_owned()])?;
    // Firefox refuses two certificates of one issuer and serial number; rcgen derives the number from the key.
    params.serial_number = Some(Uuid::new_v4().into_bytes().to_vec().into());
    params.distinguished_name.push(DnType::CommonName, host);
    if expired {
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
    }
    Ok(params.self_signed(key)?.der().clone())
}

fn tls(certs: Certs, portal: &Arc<ServerConfig>, http: Http) -> Result<Tls, LabError> {
    let certs = Arc::new(certs);
    Ok(Tls {
        default: config(&certs, offered(http))?,
        sockets: config(&certs, &[b"http/1.1"])?,
        portal: Arc::clone(portal),
    })
}

fn offered(http: Http) -> &'static [&'static [u8]] {
    match http {
        Http::One => &[b"http/1.1"],
        Http::Two => &[b"h2"],
        Http::Both => &[b"h2", b"http/1.1"],
    }
}

fn config(certs: &Arc<Certs>, offered: &[&[u8]]) -> Result<Arc<ServerConfig>, LabError> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(Arc::clone(certs) as _);
    config.alpn_protocols = offered.iter().map(|name| name.to_vec()).collect();
    Ok(Arc::new(config))
}

/// SHA-256 of the public key, in Base64.
fn fingerprint(key: &KeyPair) -> String {
    let suite = ring::cipher_suite::TLS13_AES_128_GCM_SHA256.tls13();
    suite
        .map(|suite| STANDARD.encode(suite.common.hash_provider.hash(&key.subject_public_key_info()).as_ref()))
        .unwrap_or_default()
}

/// Certificates by server name; unknown or missing names get the one of chatgpt.com.
#[derive(Default)]
struct Certs {
    by_host: HashMap<&'static str, Arc<CertifiedKey>>,
}

impl Certs {
    fn add(&mut self, host: &'static str, cert: CertificateDer<'static>, signing: &Arc<dyn SigningKey>) {
        self.by_host.insert(host, Arc::new(CertifiedKey::new(vec![cert], Arc::clone(signing))));
    }
}

impl ResolvesServerCert for Certs {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let host = hello.server_name().filter(|name| self.by_host.contains_key(name)).unwrap_or(CHATGPT);
        self.by_host.get(host).cloned()
    }
}

impl fmt::Debug for Certs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.by_host.keys()).finish()
    }
}
