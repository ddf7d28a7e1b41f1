//! The way to the server, step by step: name, connection, certificate. Nothing of the person's is sent on it.

use std::{
    io::{ErrorKind, Read, Write},
    net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use mend::core::endpoint::EndpointKind;
use rustls::{CertificateError, ClientConnection, pki_types::ServerName};
use ureq::{Proxy, ProxyProtocol};

use super::{
    base_url::BaseUrl,
    certificate::{RecordingVerifier, Roots, Shown},
    check::Check,
};

/// Longest wait for each step.
const LIMIT: Duration = Duration::from_secs(10);
/// Longest head of a proxy's answer, in bytes.
const HEAD: usize = 8_192;

/// Whether the server is reached, and what is said of the way there.
pub fn checks(base: &BaseUrl, proxy: Option<&Proxy>, roots: &Roots) -> (bool, Vec<Check>) {
    let by_proxy = proxy.is_some();
    let (host, port) = proxy.map_or((base.host.as_str(), base.port), |proxy| (proxy.host(), proxy.port()));
    let mut checks = Vec::new();
    let addresses = match resolved(host, port) {
        Ok(addresses) => addresses,
        Err(why) => return (false, vec![no_name(host, by_proxy, &why)]),
    };
    let sink = addresses.iter().find(|address| is_sink(address.ip()));
    if let Some(address) = sink.filter(|_| !by_proxy && !base.is_local()) {
        let blocked = Check::bad(
            "dns",
            format!("{host} is looked up as {}, which is no server of the internet.", address.ip()),
            "A DNS filter (Pi-hole, AdGuard, NextDNS, a company's) blocks the name, or a hosts file does: allow it there.",
        );
        return (false, vec![blocked]);
    }
    let count = addresses.len();
    checks.push(Check::good("dns", format!("{host} has {count} address{}.", if count == 1 { "" } else { "es" })));
    let begun = Instant::now();
    let stream = match connected(&addresses) {
        Ok(stream) => stream,
        Err(error) => {
            checks.push(no_connection(host, port, by_proxy, error));
            return (false, checks);
        }
    };
    let took = begun.elapsed().as_millis();
    checks.push(Check::good("connect", format!("{host}:{port}, in {took} ms.")));
    if !base.secure || proxy.is_some_and(|proxy| proxy.protocol() != ProxyProtocol::Http) {
        return (true, checks);
    }
    if let Some(proxy) = proxy
        && let Err(check) = tunnel(&stream, proxy, base)
    {
        checks.push(*check);
        return (false, checks);
    }
    let check = certificate(stream, base, roots);
    let reached = check.outcome != super::check::Outcome::Bad;
    checks.push(check);
    (reached, checks)
}

/// The addresses of a name. The system's lookup has no time limit of its own.
fn resolved(host: &str, port: u16) -> Result<Vec<SocketAddr>, String> {
    let (tell, told) = mpsc::channel();
    let name = host.trim_matches(['[', ']']).to_owned();
    thread::spawn(move || tell.send((name.as_str(), port).to_socket_addrs().map(Iterator::collect::<Vec<_>>)));
    match told.recv_timeout(LIMIT) {
        Ok(Ok(addresses)) if addresses.is_empty() => Err("it has no address".to_owned()),
        Ok(Ok(addresses)) => Ok(addresses),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("no answer within {} s", LIMIT.as_secs())),
    }
}

/// Addresses by which blockers answer.
fn is_sink(address: IpAddr) -> bool {
    address.is_unspecified() || address.is_loopback()
}

fn no_name(host: &str, by_proxy: bool, why: &str) -> Check {
    let advice = if by_proxy {
        "Check the proxy's name in HTTPS_PROXY."
    } else {
        "Check the DNS server, VPN and container network where the program runs, and whether it must take a proxy."
    };
    Check::bad("dns", format!("{host} could not be looked up: {why}."), advice)
}

fn connected(addresses: &[SocketAddr]) -> Result<TcpStream, std::io::Error> {
    let mut last = std::io::Error::from(ErrorKind::AddrNotAvailable);
    for address in addresses {
        match TcpStream::connect_timeout(address, LIMIT) {
            Ok(stream) => {
                stream.set_read_timeout(Some(LIMIT))?;
                stream.set_write_timeout(Some(LIMIT))?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn no_connection(host: &str, port: u16, by_proxy: bool, error: std::io::Error) -> Check {
    let what = match error.kind() {
        ErrorKind::ConnectionRefused => format!("{host}:{port} refuses connections."),
        ErrorKind::TimedOut => format!("{host}:{port} does not answer within {} s.", LIMIT.as_secs()),
        _ => format!("{host}:{port} cannot be reached: {error}."),
    };
    let advice = match (by_proxy, error.kind()) {
        (true, _) => "Check that the proxy runs, and HTTPS_PROXY.",
        (false, ErrorKind::ConnectionRefused) => {
            "Check the port, and that the server runs; a firewall may refuse, too."
        }
        (false, _) => "A firewall may drop it: ask whoever runs the network, or whether a proxy must be taken.",
    };
    Check::bad("connect", what, advice)
}

/// Asks the proxy for a way to the server (RFC 9110 §9.3.6).
fn tunnel(mut stream: &TcpStream, proxy: &Proxy, base: &BaseUrl) -> Result<(), Box<Check>> {
    let bad = |words: String, advice: &str| Box::new(Check::bad("proxy", words, advice));
    let target = format!("{}:{}", base.host, base.port);
    // RFC 7617 §2.
    let password = proxy.username().map(|user| {
        let pair = format!("{user}:{}", proxy.password().unwrap_or_default());
        format!("Proxy-Authorization: Basic {}\r\n", STANDARD.encode(pair))
    });
    let user = password.is_some();
    let request =
        format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{}\r\n", password.as_deref().unwrap_or_default());
    let head = stream.write_all(request.as_bytes()).and_then(|()| head(stream));
    let head = head.map_err(|error| {
        bad(format!("The proxy gave no way to {target}: {error}."), "Check that it is a proxy for https.")
    })?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse::<u16>().ok());
    match status {
        Some(200..=299) => Ok(()),
        Some(407) if user => Err(bad(
            "The proxy refuses the user's name or password in HTTPS_PROXY (407).".to_owned(),
            "Write them anew; special characters in them must be percent-encoded.",
        )),
        Some(407) => Err(bad(
            "The proxy wants a user's name and a password (407).".to_owned(),
            "Write them into HTTPS_PROXY: http://name:password@host:port.",
        )),
        Some(status) => Err(bad(
            format!("The proxy refuses the way to {target} ({status})."),
            "Ask whoever runs the proxy to allow this host.",
        )),
        None => {
            Err(bad("The proxy's answer is none of HTTP.".to_owned(), "Check the port and the scheme in HTTPS_PROXY."))
        }
    }
}

/// The head of an answer, and not a byte of what follows it.
fn head(mut stream: &TcpStream) -> std::io::Result<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.extend(byte);
        if head.len() > HEAD {
            return Err(ErrorKind::InvalidData.into());
        }
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

fn certificate(mut stream: TcpStream, base: &BaseUrl, roots: &Roots) -> Check {
    let verifier = RecordingVerifier::new(roots);
    let broken = |why: String| {
        Check::bad(
            "tls",
            format!("The secure connection to {} could not be made: {why}.", base.host),
            "Something between may speak another protocol: check port, proxy and firewall.",
        )
    };
    let name = base.host.trim_matches(['[', ']']).to_owned();
    let made = verifier.config().and_then(|config| {
        let name = ServerName::try_from(name).map_err(|error| rustls::Error::General(error.to_string()))?;
        ClientConnection::new(Arc::new(config), name)
    });
    let mut connection = match made {
        Ok(connection) => connection,
        Err(error) => return broken(error.to_string()),
    };
    while connection.is_handshaking() {
        if let Err(error) = connection.complete_io(&mut stream) {
            return broken(error.to_string());
        }
    }
    of(&verifier.shown(), base)
}

fn of(shown: &Shown, base: &BaseUrl) -> Check {
    let (host, issuer) = (&base.host, &shown.issuer);
    let issued = if issuer.is_empty() { "an unknown issuer".to_owned() } else { format!("“{issuer}”") };
    let filter = "A filter reads along: put its root certificate where the program looks for it (SSL_CERT_FILE, REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS).";
    let bad = |words: String, advice: &str| Check::bad("tls", words, advice);
    match &shown.fault {
        None if shown.is_filter() && base.kind() != EndpointKind::Gateway => Check::doubtful(
            "tls",
            format!("The certificate of {host} is trusted here, and issued by {issued}."),
            format!("{filter} Programs with a list of their own, as Python and Node have, refuse it."),
        ),
        None => Check::good("tls", format!("The certificate of {host} is trusted, issued by {issued}.")),
        Some(rustls::Error::InvalidCertificate(error)) => match error {
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                bad(format!("The certificate of {host} is issued by {issued}, which is not trusted here."), filter)
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => bad(
                format!("The certificate of {host} has expired, by this machine's clock."),
                "Check the clock first; if it is right, ask whoever runs the server.",
            ),
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => bad(
                format!("The certificate of {host} is not valid yet, by this machine's clock."),
                "Check the clock first; if it is right, ask whoever runs the server.",
            ),
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => bad(
                format!("The certificate shown for {host} is another server's, issued by {issued}."),
                "A filter or a network's sign-in page answers in its place: try another network.",
            ),
            other => bad(format!("The certificate of {host} is refused: {other:?}."), filter),
        },
        Some(error) => bad(format!("The certificate of {host} cannot be checked: {error}."), filter),
    }
}
