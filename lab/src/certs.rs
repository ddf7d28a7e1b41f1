//! The lab's keys and certificates.
//!
//! Owns one key, made at start, and one self-signed certificate a host. One each, because a browser puts hosts that
//! share a certificate and an address on one HTTP/2 connection, which the real ones do not. Owns as well the
//! certificates that no browser should take. Never writes a key to disk.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use rcgen::{CertificateParams, DnType, KeyPair, PublicKeyData, date_time_ymd};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::{CertifiedKey, SigningKey};
use uuid::Uuid;

use crate::fault::Way;
use crate::hash::base64;
use crate::hosts::{CHATGPT, SOCKETS, names};
use crate::{Http, LabError, portal};

/// What one listener offers.
#[derive(Clone)]
pub(crate) struct Tls {
    most: Arc<ServerConfig>,
    /// For the host of the WebSockets.
    sockets: Arc<ServerConfig>,
    /// For everyone, while the network's own login page stands before everything.
    portal: Arc<ServerConfig>,
}

impl Tls {
    /// What is offered to one who asks for this host.
    pub fn config(&self, way: Way, host: Option<&str>) -> Arc<ServerConfig> {
        Arc::clone(match way {
            Way::Portal => &self.portal,
            _ if host == Some(SOCKETS) => &self.sockets,
            _ => &self.most,
        })
    }
}

/// All listeners' sides.
pub(crate) struct Sides {
    /// One certificate a host.
    pub good: Tls,
    /// ChatGPT's is of another name and long expired; the others' are good.
    pub expired: Tls,
    /// A handshake whose signature is by another key than the certificate's.
    pub forged: Tls,
    /// The good key's fingerprint, as browsers take it.
    pub fingerprint: String,
}

/// Makes them, offering the given HTTP versions.
pub(crate) fn sides(http: Http) -> Result<Sides, LabError> {
    let key = KeyPair::generate()?;
    let other = KeyPair::generate()?;
    let (signing, other_signing) = (signing(&key)?, signing(&other)?);
    let mut good = Certs::default();
    let mut forged = Certs::default();
    let mut expired = Certs::default();
    for host in names() {
        let cert = certificate(host, false, &key)?;
        good.add(host, cert.clone(), &signing);
        expired.add(host, cert.clone(), &signing);
        forged.add(host, cert, &other_signing);
    }
    // The network has no key of anybody's but its own.
    let mut own = Certs::default();
    own.add(CHATGPT, certificate(portal::HOST, false, &other)?, &other_signing);
    let own = config(&Arc::new(own), offered(http))?;
    expired.add(CHATGPT, certificate("old.example", true, &other)?, &other_signing);
    Ok(Sides {
        good: tls(good, &own, http)?,
        expired: tls(expired, &own, http)?,
        forged: tls(forged, &own, http)?,
        fingerprint: fingerprint(&key),
    })
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
        most: config(&certs, offered(http))?,
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
        .map(|suite| base64(suite.common.hash_provider.hash(&key.subject_public_key_info()).as_ref()))
        .unwrap_or_default()
}

/// What is shown to one who asks for a host; to one who asks for none of them, ChatGPT's.
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
