//! The lab's key and certificates.
//!
//! Owns one key, made at start, and one self-signed certificate a host. One each, because a browser puts hosts that
//! share a certificate and an address on one HTTP/2 connection, which the real ones do not. Never writes a key to disk.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use rcgen::{CertificateParams, DnType, KeyPair};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use uuid::Uuid;

use crate::hosts::{CHATGPT, HOSTS};
use crate::{Http, LabError};

struct Certs {
    by_host: HashMap<&'static str, Arc<CertifiedKey>>,
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

/// The TLS side, offering the given HTTP versions.
pub(crate) fn acceptor(http: Http) -> Result<TlsAcceptor, LabError> {
    let key = KeyPair::generate()?;
    let provider = ring::default_provider();
    let signing = provider.key_provider.load_private_key(PrivateKeyDer::Pkcs8(key.serialize_der().into()))?;
    let mut by_host = HashMap::new();
    for host in HOSTS {
        let mut params = CertificateParams::new([(*host).to_owned()])?;
        // Firefox refuses two certificates of one issuer and serial number; rcgen derives the number from the key.
        params.serial_number = Some(Uuid::new_v4().into_bytes().to_vec().into());
        params.distinguished_name.push(DnType::CommonName, *host);
        let cert = params.self_signed(&key)?;
        by_host.insert(*host, Arc::new(CertifiedKey::new(vec![cert.der().clone()], Arc::clone(&signing))));
    }
    let mut config = ServerConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Certs { by_host }));
    let offered: &[&[u8]] = match http {
        Http::One => &[b"http/1.1"],
        Http::Two => &[b"h2"],
        Http::Both => &[b"h2", b"http/1.1"],
    };
    config.alpn_protocols = offered.iter().map(|name| name.to_vec()).collect();
    Ok(TlsAcceptor::from(Arc::new(config)))
}
