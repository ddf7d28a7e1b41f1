//! The line between the browser and the lab: it can be cut, and lead elsewhere, while the browser runs.
//!
//! Owns one port on loopback. To a browser that speaks TLS it is the host itself; to one that says CONNECT it is a
//! proxy. Never looks into what it carries.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Mutex;
use tokio::task::{JoinHandle, JoinSet};

/// Longest head of a CONNECT that is taken.
const HEAD: usize = 8 << 10;

/// A line. It ends when dropped.
pub struct Line {
    port: u16,
    end: Arc<Mutex<End>>,
}

/// Where the line ends.
enum End {
    /// What comes is carried on.
    Open(JoinHandle<()>),
    /// Nobody listens; the port stays taken, so that nobody else does.
    Deaf { _port: TcpSocket },
}

impl Line {
    /// A line that leads to this port on loopback.
    pub async fn start(to: u16) -> Result<Line> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("cannot listen on loopback")?;
        let port = listener.local_addr()?.port();
        Ok(Line { port, end: Arc::new(Mutex::new(End::Open(tokio::spawn(carry(listener, to))))) })
    }

    /// Where it begins.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Cuts every connection; new ones lead to this port.
    pub async fn lead_to(&self, to: u16) -> Result<()> {
        let mut end = self.end.lock().await;
        end.close().await;
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.context("cannot listen again")?;
        *end = End::Open(tokio::spawn(carry(listener, to)));
        Ok(())
    }

    /// Cuts every connection, and refuses new ones.
    pub async fn cut(&self) -> Result<()> {
        let mut end = self.end.lock().await;
        end.close().await;
        *end = End::Deaf { _port: bind(self.port)? };
        Ok(())
    }
}

impl End {
    /// Returns when every connection is closed.
    async fn close(&mut self) {
        if let End::Open(task) = self {
            task.abort();
            let _ = task.await;
        }
    }
}

impl Drop for End {
    fn drop(&mut self) {
        if let End::Open(task) = self {
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
async fn carry(listener: TcpListener, to: u16) {
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
