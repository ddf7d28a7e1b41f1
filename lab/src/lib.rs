//! A ChatGPT that fails on command: a TLS server on loopback for demos and end-to-end tests of Mend.
//!
//! Owns what a program says to the lab: start it, choose a fault, read what was asked. Never talks to the real
//! ChatGPT, never listens beyond loopback, never ships.
//!
//! | file | noun |
//! |---|---|
//! | `faults` | the table: what each fault breaks, what it looks like, when it heals |
//! | `canned`, `incident` | the answers and incidents that the table's rows point at |
//! | `state` | the fault in force, and whether it has healed |
//! | `server`, `certs`, `ask`, `reply` | connections, TLS, one request, one answer |
//! | `hosts`, `site`, `answer`, `noise`, `status` | what each host answers |
//! | `control`, `log` | the lab's own endpoint, and what was asked |
//!
//! A new fault is a row in `faults`, and at most a constant in `canned` or `incident`.

mod answer;
mod ask;
mod canned;
mod certs;
mod control;
mod faults;
mod hosts;
mod incident;
mod log;
mod noise;
mod reply;
mod server;
mod site;
mod state;
mod status;

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinSet;

pub use faults::{FAULTS, Fault, UnknownFault, table};
pub use log::Hit;

/// Which HTTP versions the TLS side offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Http {
    /// HTTP/1.1 only.
    One,
    /// HTTP/2 only.
    Two,
    /// HTTP/2 preferred, HTTP/1.1 as well.
    #[default]
    Both,
}

/// How to start a lab.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which HTTP versions to offer.
    pub http: Http,
    /// The port of the TLS side; 0 takes any.
    pub https_port: u16,
    /// The port of the control endpoint; 0 takes any.
    pub control_port: u16,
    /// The fault to begin with.
    pub fault: String,
}

impl Default for Options {
    fn default() -> Self {
        Options { http: Http::Both, https_port: 0, control_port: 0, fault: "well".to_owned() }
    }
}

/// Why a lab did not start.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// A port could not be had.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// The key or a certificate could not be made.
    #[error("cannot make a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// TLS could not be set up.
    #[error("cannot set up TLS: {0}")]
    Tls(#[from] tokio_rustls::rustls::Error),
    /// No such fault.
    #[error(transparent)]
    Fault(#[from] UnknownFault),
}

/// A running lab. It stops when dropped.
pub struct Lab {
    state: Arc<state::State>,
    https_port: u16,
    control_port: u16,
    /// The two accept loops; each owns its connections.
    _loops: JoinSet<()>,
}

impl Lab {
    /// Starts the TLS side and the control endpoint, both on 127.0.0.1.
    pub async fn start(options: Options) -> Result<Lab, LabError> {
        let state = Arc::new(state::State::new(&options.fault)?);
        let tls = certs::acceptor(options.http)?;
        let (https, https_port) = listen(options.https_port).await?;
        let (control, control_port) = listen(options.control_port).await?;
        let mut loops = JoinSet::new();
        loops.spawn(server::accept(https, tls, Arc::clone(&state)));
        loops.spawn(control::accept(control, Arc::clone(&state)));
        Ok(Lab { state, https_port, control_port, _loops: loops })
    }

    /// The port of the TLS side.
    pub fn https_port(&self) -> u16 {
        self.https_port
    }

    /// The port of the control endpoint.
    pub fn control_port(&self) -> u16 {
        self.control_port
    }

    /// Puts a fault in force from now on, as if nothing had been asked before.
    pub fn set_fault(&self, name: &str) -> Result<(), UnknownFault> {
        self.state.set(name)
    }

    /// Every request that was answered or dropped so far.
    pub fn log(&self) -> Vec<Hit> {
        self.state.log.hits()
    }

    /// Forgets the log.
    pub fn clear_log(&self) {
        self.state.log.clear();
    }
}

async fn listen(port: u16) -> Result<(TcpListener, u16), LabError> {
    let told = |source| LabError::Listen { port, source };
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(told)?;
    let port = listener.local_addr().map_err(told)?.port();
    Ok((listener, port))
}
