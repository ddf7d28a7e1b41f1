//! The TLS side: accepts connections and serves each in the HTTP version it settled on.
//!
//! Owns the life of a connection, so that a fault can end one. Never looks at what is asked: `hosts` does.

use std::sync::Arc;

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::ask::Ask;
use crate::hosts;
use crate::reply::{Body, Cut, Reply};
use crate::state::State;

/// Accepts until it is dropped; the connections go with it.
pub(crate) async fn accept(listener: TcpListener, tls: TlsAcceptor, state: Arc<State>) {
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
async fn connection(stream: TcpStream, tls: TlsAcceptor, state: Arc<State>) {
    let _ = stream.set_nodelay(true);
    let Ok(stream) = tls.accept(stream).await else { return };
    let two = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    let io = TokioIo::new(stream);
    let cut = Arc::new(Notify::new());
    let service = service_fn(|request| serve(request, Arc::clone(&state), Arc::clone(&cut)));
    let served = async {
        let _ = if two {
            hyper::server::conn::http2::Builder::new(TokioExecutor::new()).serve_connection(io, service).await
        } else {
            hyper::server::conn::http1::Builder::new().serve_connection(io, service).await
        };
    };
    tokio::select! {
        () = served => {}
        () = cut.notified() => {}
    }
}

/// One request. The log has it before the first byte of the answer leaves.
async fn serve(request: Request<Incoming>, state: Arc<State>, cut: Arc<Notify>) -> Result<Response<Body>, Cut> {
    let ask = Ask::read(request).await;
    let reply = hosts::answer(&state, &ask);
    let status = if let Reply::Answer(answer) = &reply { Some(answer.status()) } else { None };
    state.log.add(&ask, status);
    match reply {
        Reply::Answer(answer) => Ok(answer.into_response()),
        // hyper makes a reset stream, or a closed connection, of an error.
        Reply::Reset => Err(Cut),
        Reply::Drop => {
            cut.notify_one();
            std::future::pending().await
        }
    }
}
