//! A TCP proxy between the browser and the lab: it can refuse connections, or forward them elsewhere, while the browser runs.
//!
//! Owns one port on loopback. To a browser that speaks TLS it is the host itself; to one that sends CONNECT it is a
//! proxy. Never reads what it forwards.

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Mutex;
use tokio::task::{JoinHandle, JoinSet};

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;
/// Longest head of a CONNECT that is taken.
const HEAD: usize = 8 << 10;

/// A running proxy. It stops when dropped.
pub struct TcpProxy {
    port: u16,
    /// Bound and never listening: the port is taken as long as the proxy lives, also while it refuses connections and between
    /// two listeners. Linux refuses connections to a port that is only bound.
    _reserved: TcpSocket,
    /// Forwards connections; none while they are refused.
    forwarding: Mutex<Option<JoinHandle<()>>>,
}

impl TcpProxy {
    /// A proxy that forwards to this port on loopback.
    pub async fn start(to: u16) -> Result<TcpProxy> {
        let reserved = bind(0)?;
        let port = reserved.local_addr()?.port();
        let proxy = TcpProxy { port, _reserved: reserved, forwarding: Mutex::default() };
        proxy.route_to(to).await?;
        Ok(proxy)
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Cuts every connection; new ones are forwarded to this port.
    pub async fn route_to(&self, to: u16) -> Result<()> {
        let mut forwarding = self.forwarding.lock().await;
        close(&mut forwarding).await;
        let listener = bind(self.port)?.listen(BACKLOG).context("cannot listen again")?;
        *forwarding = Some(tokio::spawn(forward(listener, to)));
        Ok(())
    }

    /// Cuts every connection, and refuses new ones.
    pub async fn refuse(&self) -> Result<()> {
        close(&mut *self.forwarding.lock().await).await;
        Ok(())
    }
}

impl Drop for TcpProxy {
    fn drop(&mut self) {
        if let Some(task) = self.forwarding.get_mut() {
            task.abort();
        }
    }
}

/// Returns when every connection is closed.
async fn close(forwarding: &mut Option<JoinHandle<()>>) {
    if let Some(task) = forwarding.take() {
        task.abort();
        // It always ends as cancelled.
        let _ = task.await;
    }
}

/// A socket on loopback that shares its port with the proxy's others; 0 for any port. With SO_REUSEADDR besides, strangers that
/// set it (as most listeners do) could have the port too.
fn bind(port: u16) -> Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseport(true)?;
    socket.bind(([127, 0, 0, 1], port).into()).context("no port on loopback")?;
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

#[cfg(test)]
mod tests {
    use super::*;

    async fn answers(port: u16) -> bool {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)).await else { return false };
        stream.write_all(b"x").await.unwrap();
        stream.read_u8().await.is_ok()
    }

    #[tokio::test]
    async fn a_port_is_refused_and_forwarded_again_and_never_free() {
        let echo = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let to = echo.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = echo.accept().await {
                let _ = stream.write_all(b"y").await;
            }
        });
        let proxy = TcpProxy::start(to).await.unwrap();
        for _ in 0..20 {
            assert!(answers(proxy.port()).await);
            proxy.refuse().await.unwrap();
            assert!(!answers(proxy.port()).await);
            assert!(TcpListener::bind(("127.0.0.1", proxy.port())).await.is_err(), "somebody else got it");
            proxy.route_to(to).await.unwrap();
        }
    }
}
