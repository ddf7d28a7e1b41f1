//! A stand-in for ChatGPT and the OpenAI API that fails on command: a TLS server on loopback, for demos and end-to-end
//! tests of Mend. It never contacts the real services, listens on loopback only, and is not part of any release.
//!
//! Modules, each of which uses only those above it in this table:
//!
//! | module | content |
//! |---|---|
//! | `generation`, `options`, `hostnames`, `components` | options of a lab, names of hosts and of status page components |
//! | `fixtures`, `api_fixtures`, `incident` | fixed responses and incidents that the table of faults refers to |
//! | `fault`, `faults`, `error` | types of a row, the table of faults, errors |
//! | `cookies`, `request`, `response` | one request, its cookies, one response |
//! | `log`, `conversations`, `state` | shared state: access log, conversations, the fault in force |
//! | `editor`, `assets`, `document`, `turn_stream` | content of chatgpt.com: ProseMirror, static files, HTML, event streams |
//! | `routes`, `first_response`, `client_faults`, `fault_injection` | the endpoint of a path, and what a fault does there |
//! | `site`, `api`, `files`, `socket`, `telemetry`, `status`, `incident_history`, `captive_portal`, `third_parties` | responses by host |
//! | `hosts`, `certs`, `server`, `control` | dispatch by host, TLS, connections, the control endpoint |
//! | `public_cases` | judges a diagnosis program by public failures; uses nothing of the lab |
//!
//! A new fault is a row in `faults`, and at most a constant in `fixtures`, `api_fixtures` or `incident`.

mod api;
mod api_fixtures;
mod assets;
mod captive_portal;
mod certs;
mod client_faults;
mod components;
mod control;
mod conversations;
mod cookies;
mod document;
mod editor;
mod error;
mod fault;
mod fault_injection;
mod faults;
mod files;
mod first_response;
mod fixtures;
mod generation;
mod hostnames;
mod hosts;
mod incident;
mod incident_history;
mod log;
mod options;
pub mod public_cases;
mod request;
mod response;
mod routes;
mod server;
mod site;
mod socket;
mod state;
mod status;
mod telemetry;
mod third_parties;
mod turn_stream;

use std::sync::Arc;

use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinSet;

pub use error::LabError;
pub use fault::{Fault, Precondition};
pub use faults::{FAULTS, UnknownFault, precondition, table};
pub use generation::Generation;
pub use log::Hit;
pub use options::{Http, Lang, Options};

/// A running lab. It stops when dropped.
pub struct Lab {
    state: Arc<state::State>,
    https_port: u16,
    control_port: u16,
    tls_port: u16,
    handshake_port: u16,
    dead_port: u16,
    fingerprint: String,
    api_certificate: String,
    /// Bound and not listening, so that [`Lab::dead_port`] refuses connections.
    _dead_socket: TcpSocket,
    /// Accept loops, which own their connections.
    _loops: JoinSet<()>,
}

impl Lab {
    /// Starts the TLS listener, the control endpoint and the ports for faults with a precondition, all on 127.0.0.1.
    ///
    /// # Errors
    ///
    /// A port cannot be bound, a certificate cannot be made, or the fault is unknown.
    pub async fn start(options: Options) -> Result<Lab, LabError> {
        let state = Arc::new(state::State::new(&options)?);
        let listeners = certs::listeners(options.http)?;
        let (https, https_port) = listen(options.https_port).await?;
        let (control, control_port) = listen(options.control_port).await?;
        let (expired, tls_port) = listen(0).await?;
        let (forged, handshake_port) = listen(0).await?;
        let (dead_socket, dead_port) = bind_dead_port()?;
        let mut loops = JoinSet::new();
        loops.spawn(server::accept(https, listeners.valid, Arc::clone(&state)));
        loops.spawn(server::accept(expired, listeners.expired, Arc::clone(&state)));
        loops.spawn(server::accept(forged, listeners.forged, Arc::clone(&state)));
        loops.spawn(control::accept(control, Arc::clone(&state)));
        Ok(Lab {
            state,
            https_port,
            control_port,
            tls_port,
            handshake_port,
            dead_port,
            fingerprint: listeners.fingerprint,
            api_certificate: listeners.api,
            _dead_socket: dead_socket,
            _loops: loops,
        })
    }

    /// Port of the TLS listener.
    pub fn https_port(&self) -> u16 {
        self.https_port
    }

    /// Port of the control endpoint.
    pub fn control_port(&self) -> u16 {
        self.control_port
    }

    /// Port whose certificate for chatgpt.com has another name and key and is expired. A browser that ignores certificate
    /// errors accepts it: let Chromium ignore them for [`Lab::fingerprint`] only.
    pub fn tls_port(&self) -> u16 {
        self.tls_port
    }

    /// Port whose TLS handshakes are signed with the wrong key, which every browser refuses.
    pub fn handshake_port(&self) -> u16 {
        self.handshake_port
    }

    /// Port that refuses connections while the lab runs.
    pub fn dead_port(&self) -> u16 {
        self.dead_port
    }

    /// SHA-256 of the TLS listener's public key, in Base64, for Chromium's `--ignore-certificate-errors-spki-list`.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The certificate of api.openai.com, in PEM, for programs that are told what to trust.
    pub fn api_certificate(&self) -> &str {
        &self.api_certificate
    }

    /// Puts a fault in force and resets every counter.
    ///
    /// # Errors
    ///
    /// The table has no fault of this name.
    pub fn set_fault(&self, name: &str) -> Result<(), UnknownFault> {
        self.state.set(name)
    }

    /// Every request so far, with or without a response.
    pub fn log(&self) -> Vec<Hit> {
        self.state.log.hits()
    }

    /// Empties the log.
    pub fn clear_log(&self) {
        self.state.log.clear();
    }
}

async fn listen(port: u16) -> Result<(TcpListener, u16), LabError> {
    let listen_error = |source| LabError::Listen { port, source };
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(listen_error)?;
    let port = listener.local_addr().map_err(listen_error)?.port();
    Ok((listener, port))
}

/// Binds a free port without listening, so that it refuses connections.
fn bind_dead_port() -> Result<(TcpSocket, u16), LabError> {
    let listen_error = |source| LabError::Listen { port: 0, source };
    let socket = TcpSocket::new_v4().map_err(listen_error)?;
    socket.bind(([127, 0, 0, 1], 0).into()).map_err(listen_error)?;
    let port = socket.local_addr().map_err(listen_error)?.port();
    Ok((socket, port))
}
