//! ws.chatgpt.com: the WebSocket that a turn may be handed over to.
//!
//! Owns the handshake, RFC 6455 §4.2.2. Never speaks a frame: the lab's sockets open and die.

use crate::ask::Ask;
use crate::fault::{How, Place};
use crate::hash::{base64, sha1};
use crate::reply::{Answer, Reply, TEXT};
use crate::state::State;

/// Opens it where the table says so; there is nothing to hand over otherwise.
pub(crate) fn answer(state: &State, ask: &Ask) -> Reply {
    match (state.how(Place::Socket), &ask.socket_key) {
        (How::HangUp, Some(key)) => Reply::HangUp(
            Answer::new(101, TEXT, "")
                .with("upgrade", "websocket")
                .with("connection", "Upgrade")
                .with("sec-websocket-accept", &accept(key))
                .by_edge(),
        ),
        _ => Answer::new(426, TEXT, "no turn was handed over\n").with("upgrade", "websocket").by_edge().into(),
    }
}

/// What proves that the key was read.
fn accept(key: &str) -> String {
    base64(&sha1(format!("{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11").as_bytes()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_example_of_the_rfc() {
        assert_eq!(super::accept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
}
