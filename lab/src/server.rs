//! The TLS side: accepts connections and serves each in the HTTP version it settled on; without TLS, in HTTP/1.1.
//!
//! Owns the life of a connection, so that a fault can end one. Never looks at what is asked: `hosts` does.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::upgrade::OnUpgrade;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::rustls::server::Acceptor;

use crate::ask::Ask;
use crate::certs::Tls;
use crate::hosts;
use crate::reply::{Body, Cut, Reply};
use crate::state::State;

/// How long what is to be torn lives.
const A_MOMENT: Duration = Duration::from_millis(500);

/// Above what any cookie row sends.
const LONGEST_HEAD: u32 = 64 << 10;

/// How a fault ends a connection.
#[derive(Default)]
struct End {
    now: Notify,
    /// Without goodbye: the other side reads "connection reset".
    reset: AtomicBool,
}

/// Accepts until it is dropped; the connections go with it.
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

/// One connection, until either side closes it. A client that goes away is no error here.
async fn connection(stream: TcpStream, tls: Tls, state: Arc<State>) {
    let _ = stream.set_nodelay(true);
    let Ok((stream, twin)) = twin(stream) else { return };
    let end = Arc::<End>::default();
    tokio::select! {
        () = secure(stream, tls, state, Arc::clone(&end)) => {}
        () = end.now.notified() => {}
    }
    if end.reset.load(Ordering::Relaxed) {
        let _ = twin.set_zero_linger();
    }
}

/// A second handle of the connection, as the first one goes where it cannot be reached.
fn twin(stream: TcpStream) -> io::Result<(TcpStream, TcpSocket)> {
    let stream = stream.into_std()?;
    let twin = TcpSocket::from_std_stream(stream.try_clone()?);
    Ok((TcpStream::from_std(stream)?, twin))
}

/// Shakes hands, where the client begins to.
async fn secure(stream: TcpStream, tls: Tls, state: Arc<State>, end: Arc<End>) {
    const HANDSHAKE: u8 = 22;
    let mut first = [0];
    match stream.peek(&mut first).await {
        Ok(1..) if first == [HANDSHAKE] => {
            let Ok(start) = LazyConfigAcceptor::new(Acceptor::default(), stream).await else { return };
            let config = tls.config(state.way(), start.client_hello().server_name());
            let Ok(stream) = start.into_stream(config).await else { return };
            let two = stream.get_ref().1.alpn_protocol() == Some(b"h2");
            speak(stream, two, false, state, end).await;
        }
        Ok(1..) => speak(stream, false, true, state, end).await,
        _ => {}
    }
}

/// Speaks HTTP.
async fn speak<S>(stream: S, two: bool, plain: bool, state: Arc<State>, end: Arc<End>)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let io = TokioIo::new(stream);
    let service = service_fn(move |request| serve(request, plain, Arc::clone(&state), Arc::clone(&end)));
    let _ = if two {
        let mut builder = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
        builder.max_header_list_size(LONGEST_HEAD).serve_connection(io, service).await
    } else {
        hyper::server::conn::http1::Builder::new().serve_connection(io, service).with_upgrades().await
    };
}

/// One request. The log has it before the first byte of the answer leaves.
async fn serve(
    mut request: Request<Incoming>,
    plain: bool,
    state: Arc<State>,
    end: Arc<End>,
) -> Result<Response<Body>, Cut> {
    let socket = hyper::upgrade::on(&mut request);
    let ask = Ask::read(request, plain).await;
    let reply = hosts::answer(&state, &ask);
    state.log.add(&ask, reply.status());
    match reply {
        Reply::Answer(answer) => Ok(answer.into_response()),
        Reply::Late(time, answer) => {
            tokio::time::sleep(time).await;
            Ok(answer.into_response())
        }
        Reply::Torn(answer) => {
            tokio::spawn(async move {
                tokio::time::sleep(A_MOMENT).await;
                end.reset.store(true, Ordering::Relaxed);
                end.now.notify_one();
            });
            Ok(answer.into_response())
        }
        Reply::HangUp(answer) => {
            tokio::spawn(hang_up(socket));
            Ok(answer.into_response())
        }
        // hyper makes a reset stream, or a closed connection, of an error.
        Reply::Reset => Err(Cut),
        Reply::Drop => {
            end.now.notify_one();
            std::future::pending().await
        }
    }
}

/// Lets a socket open, and drops it.
async fn hang_up(socket: OnUpgrade) {
    if let Ok(open) = socket.await {
        tokio::time::sleep(A_MOMENT).await;
        drop(open);
    }
}
