//! Accepts connections and serves HTTP/1.1 or HTTP/2 as TLS negotiated; HTTP/1.1 without TLS.
//!
//! Connections are closed and reset here, where a fault demands it; `hosts` decides each outcome.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::rustls::server::Acceptor;

use crate::certs::Tls;
use crate::hosts;
use crate::request::Request;
use crate::response::{Body, Cut, Outcome};
use crate::state::State;

/// Time between a response or WebSocket and the end of its connection.
const LIFETIME: Duration = Duration::from_millis(500);

/// Largest header list over HTTP/2, in bytes: more than any fault's cookies.
const MAX_HEADER_BYTES: u32 = 64 << 10;

/// Signal that ends a connection.
#[derive(Default)]
struct Shutdown {
    now: Notify,
    /// Whether to end with a TCP reset.
    reset: AtomicBool,
}

/// Accepts connections until the future is dropped, which closes them.
pub(crate) async fn accept(listener: TcpListener, tls: Tls, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((stream, _)) = accepted {
                connections.spawn(connection(stream, tls.clone(), Arc::clone(&state)));
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Serves one connection until either side closes it. A client that disconnects is not an error.
async fn connection(stream: TcpStream, tls: Tls, state: Arc<State>) {
    // Without it answers come a little later, no more.
    let _ = stream.set_nodelay(true);
    let Ok((stream, handle)) = duplicate(stream) else { return };
    let shutdown = Arc::<Shutdown>::default();
    tokio::select! {
        () = negotiate(stream, tls, state, Arc::clone(&shutdown)) => {}
        () = shutdown.now.notified() => {}
    }
    if shutdown.reset.load(Ordering::Relaxed) {
        // The client closed it first: then there is nothing to reset.
        let _ = handle.set_zero_linger();
    }
}

/// The stream and a second handle of its socket, as hyper owns the stream while it is served.
fn duplicate(stream: TcpStream) -> io::Result<(TcpStream, TcpSocket)> {
    let stream = stream.into_std()?;
    let handle = TcpSocket::from_std_stream(stream.try_clone()?);
    Ok((TcpStream::from_std(stream)?, handle))
}

/// Serves TLS where the first byte is that of a handshake record (RFC 8446 §5.1), plain HTTP otherwise.
async fn negotiate(stream: TcpStream, tls: Tls, state: Arc<State>, shutdown: Arc<Shutdown>) {
    const HANDSHAKE: u8 = 22;
    let mut first = [0];
    match stream.peek(&mut first).await {
        Ok(1..) if first == [HANDSHAKE] => {
            let Ok(start) = LazyConfigAcceptor::new(Acceptor::default(), stream).await else { return };
            let config = tls.config(state.transport(), start.client_hello().server_name());
            let Ok(stream) = start.into_stream(config).await else { return };
            let h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
            serve_connection(stream, h2, false, state, shutdown).await;
        }
        Ok(1..) => serve_connection(stream, false, true, state, shutdown).await,
        _ => {}
    }
}

/// Serves HTTP; `h2` selects HTTP/2.
async fn serve_connection<S>(stream: S, h2: bool, plaintext: bool, state: Arc<State>, shutdown: Arc<Shutdown>)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let io = TokioIo::new(stream);
    let service = service_fn(move |request| serve(request, plaintext, Arc::clone(&state), Arc::clone(&shutdown)));
    // However it ended: a client that disconnects is not an error.
    let _ = if h2 {
        let mut builder = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
        builder.max_header_list_size(MAX_HEADER_BYTES).serve_connection(io, service).await
    } else {
        hyper::server::conn::http1::Builder::new().serve_connection(io, service).with_upgrades().await
    };
}

/// Serves one request. It is logged before the response is sent.
async fn serve(
    mut request: hyper::Request<Incoming>,
    plaintext: bool,
    state: Arc<State>,
    shutdown: Arc<Shutdown>,
) -> Result<hyper::Response<Body>, Cut> {
    let socket = hyper::upgrade::on(&mut request);
    let request = Request::read(request, plaintext).await;
    let outcome = hosts::answer(&state, &request);
    state.log.add(&request, outcome.status());
    match outcome {
        Outcome::Response(response) => Ok(response.into_response()),
        Outcome::Delayed(delay, response) => {
            tokio::time::sleep(delay).await;
            Ok(response.into_response())
        }
        Outcome::ResponseThenReset(response) => {
            tokio::spawn(async move {
                tokio::time::sleep(LIFETIME).await;
                shutdown.reset.store(true, Ordering::Relaxed);
                shutdown.now.notify_one();
            });
            Ok(response.into_response())
        }
        Outcome::UpgradeThenDrop(response) => {
            tokio::spawn(drop_socket(socket));
            Ok(response.into_response())
        }
        // On an error hyper resets the HTTP/2 stream or closes the HTTP/1.1 connection.
        Outcome::ResetStream => Err(Cut),
        Outcome::CloseConnection => {
            shutdown.now.notify_one();
            std::future::pending().await
        }
    }
}

/// Waits for a WebSocket to open, and drops it after [`LIFETIME`].
async fn drop_socket(socket: OnUpgrade) {
    if let Ok(open) = socket.await {
        tokio::time::sleep(LIFETIME).await;
        drop(open);
    }
}
