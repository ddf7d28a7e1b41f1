//! A ChatGPT that fails on command: a TLS server on loopback for demos and end-to-end tests of Mend.
//!
//! Owns what a program says to the lab: start it, choose a fault, read what was asked. Never talks to the real
//! ChatGPT, never listens beyond loopback, never ships.
//!
//! | file | noun |
//! |---|---|
//! | `faults` | the table: what each fault breaks, what it looks like, when it heals |
//! | `fault` | what a row of the table is made of |
//! | `plant` | causes that are planted in the browser, and heal when the right thing is done there |
//! | `canned`, `refusal`, `incident` | the answers and incidents that the table's rows point at |
//! | `state` | the fault in force, and whether it has healed |
//! | `server`, `certs`, `ask`, `jar`, `reply` | connections, TLS, one request, its cookies, one answer |
//! | `hosts`, `site`, `files`, `socket`, `api`, `noise`, `status`, `portal`, `others` | what each host answers |
//! | `paths` | which part of chatgpt.com a request belongs to |
//! | `generation`, `document`, `editor` | the three pages, and the parts of their editor |
//! | `answer`, `talk` | the stream of a turn, and the conversations that were begun |
//! | `parts`, `history` | the parts of the status page, and its past |
//! | `hash` | SHA-1 and Base64 |
//! | `control`, `log` | the lab's own endpoint, and what was asked |
//!
//! A new fault is a row in `faults`, and at most a constant in `canned` or `incident`.

mod answer;
mod api;
mod ask;
mod canned;
mod certs;
mod control;
mod document;
mod editor;
mod fault;
mod faults;
mod files;
mod generation;
mod hash;
mod history;
mod hosts;
mod incident;
mod jar;
mod log;
mod noise;
mod others;
mod parts;
mod paths;
mod plant;
mod portal;
mod refusal;
mod reply;
mod server;
mod site;
mod socket;
mod state;
mod status;
mod talk;

use std::path::PathBuf;
use std::sync::Arc;

use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinSet;

pub use fault::{Fault, Needs};
pub use faults::{FAULTS, UnknownFault, needs, table};
pub use generation::Generation;
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

/// The language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Japanese.
    Ja,
    /// Chinese, as written in mainland China.
    Zh,
}

impl Lang {
    /// Its code, as the page's `lang` has it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ja => "ja",
            Lang::Zh => "zh-CN",
        }
    }
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
    /// The language of the page.
    pub lang: Lang,
    /// The page, where its address does not choose one by `?page=`.
    pub page: Generation,
    /// Where the parts of the page's editor are: a `node_modules` folder. Without one there is no page.
    pub modules: Option<PathBuf>,
}

/// Names that folder unless a program does.
const MODULES: &str = "MEND_PROSEMIRROR";

impl Default for Options {
    fn default() -> Self {
        Options {
            http: Http::Both,
            https_port: 0,
            control_port: 0,
            fault: "well".to_owned(),
            lang: Lang::En,
            page: Generation::Old,
            modules: std::env::var_os(MODULES).map(PathBuf::from),
        }
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
    tls_port: u16,
    handshake_port: u16,
    dead_port: u16,
    fingerprint: String,
    /// Holds the dead port: bound, and deaf.
    _deaf: TcpSocket,
    /// The accept loops; each owns its connections.
    _loops: JoinSet<()>,
}

impl Lab {
    /// Starts the TLS side, the control endpoint and the ports for the faults that lie outside, all on 127.0.0.1.
    pub async fn start(options: Options) -> Result<Lab, LabError> {
        let state = Arc::new(state::State::new(&options)?);
        let sides = certs::sides(options.http)?;
        let (https, https_port) = listen(options.https_port).await?;
        let (control, control_port) = listen(options.control_port).await?;
        let (expired, tls_port) = listen(0).await?;
        let (forged, handshake_port) = listen(0).await?;
        let (deaf, dead_port) = bind()?;
        let mut loops = JoinSet::new();
        loops.spawn(server::accept(https, sides.good, Arc::clone(&state)));
        loops.spawn(server::accept(expired, sides.expired, Arc::clone(&state)));
        loops.spawn(server::accept(forged, sides.forged, Arc::clone(&state)));
        loops.spawn(control::accept(control, Arc::clone(&state)));
        Ok(Lab {
            state,
            https_port,
            control_port,
            tls_port,
            handshake_port,
            dead_port,
            fingerprint: sides.fingerprint,
            _deaf: deaf,
            _loops: loops,
        })
    }

    /// The port of the TLS side.
    pub fn https_port(&self) -> u16 {
        self.https_port
    }

    /// The port of the control endpoint.
    pub fn control_port(&self) -> u16 {
        self.control_port
    }

    /// A port whose certificate for ChatGPT is of another name, of another key and long expired. A browser that is told to
    /// take any certificate takes it: tell Chromium to take [`Lab::fingerprint`] only.
    pub fn tls_port(&self) -> u16 {
        self.tls_port
    }

    /// A port whose handshake is signed by the wrong key: no browser goes on, whatever it was told.
    pub fn handshake_port(&self) -> u16 {
        self.handshake_port
    }

    /// A port that refuses connections as long as the lab runs.
    pub fn dead_port(&self) -> u16 {
        self.dead_port
    }

    /// SHA-256 of the TLS side's public key, in Base64, for Chromium's `--ignore-certificate-errors-spki-list`.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
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

/// A port that is taken, so that nobody else listens there, and that nobody listens at.
fn bind() -> Result<(TcpSocket, u16), LabError> {
    let told = |source| LabError::Listen { port: 0, source };
    let socket = TcpSocket::new_v4().map_err(told)?;
    socket.bind(([127, 0, 0, 1], 0).into()).map_err(told)?;
    let port = socket.local_addr().map_err(told)?.port();
    Ok((socket, port))
}
