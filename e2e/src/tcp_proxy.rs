//! A TCP proxy between the browser and the lab: it can refuse connections, or forward them elsewhere, while the browser runs.
//!
//! Owns one port on loopback. To a browser that speaks TLS it is the host itself; to one that sends CONNECT it is a
//! proxy. Never reads what it forwards.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Mutex;
use tokio::task::{JoinHandle, JoinSet};

/// Longest head of a CONNECT that is taken.
const HEAD: usize = 8 << 10;

/// A running proxy. It stops when dropped.
pub struct TcpProxy {
    port: u16,
    target: Arc<Mutex<Target>>,
}

/// Where connections go.
enum Target {
    /// Connections are forwarded.
    Forwarding(JoinHandle<()>),
    /// Connections are refused; the port stays bound so that nobody else can take it.
    Refusing { _port: TcpSocket },
}

impl TcpProxy {
    /// A proxy that forwards to this port on loopback.
    pub async fn start(to: u16) -> Result<TcpProxy> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("cannot listen on loopback")?;
        let port = listener.local_addr()?.port();
        Ok(TcpProxy { port, target: Arc::new(Mutex::new(Target::Forwarding(tokio::spawn(forward(listener, to))))) })
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Cuts every connection; new ones are forwarded to this port.
    pub async fn route_to(&self, to: u16) -> Result<()> {
        let mut target = self.target.lock().await;
        target.close().await;
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.context("cannot listen again")?;
        *target = Target::Forwarding(tokio::spawn(forward(listener, to)));
        Ok(())
    }

    /// Cuts every connection, and refuses new ones.
    pub async fn refuse(&self) -> Result<()> {
        let mut target = self.target.lock().await;
        target.close().await;
        *target = Target::Refusing { _port: bind(self.port)? };
        Ok(())
    }
}

impl Target {
    /// Returns when every connection is closed.
    async fn close(&mut self) {
        if let Target::Forwarding(task) = self {
            task.abort();
            let _ = task.await;
        }
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if let Target::Forwarding(task) = self {
            task.abort();
        }
    }
}

fn bind(port: u16) -> Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(([127, 0, 0, 1], port).into()).context("the port was taken meanwhile")?;
    Ok(socket)
}

/// Accepts until it is dropped; the connections go with it.
async fn forward(listener: TcpListener, to: u16) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((stream, _)) = accepted {
                connections.spawn(connection(stream, to));
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// One connection, until either side closes it.
async fn connection(mut near: TcpStream, to: u16) -> Result<()> {
    near.set_nodelay(true)?;
    let mut first = [0];
    ensure!(near.peek(&mut first).await? == 1, "closed at once");
    if first == *b"C" {
        head(&mut near).await?;
        near.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    }
    let mut far = TcpStream::connect(("127.0.0.1", to)).await?;
    far.set_nodelay(true)?;
    copy_bidirectional(&mut near, &mut far).await?;
    Ok(())
}

/// Reads up to the empty line.
async fn head(stream: &mut TcpStream) -> Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        ensure!(head.len() < HEAD, "too long a head");
        head.push(stream.read_u8().await?);
    }
    Ok(())
}
