//! ws.chatgpt.com: the WebSocket that a turn may be handed over to.
//!
//! Only the handshake, RFC 6455 §4.2.2: the lab sends no frame.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use crate::fault::{Endpoint, Injection};
use crate::request::Request;
use crate::response::{Outcome, Response, TEXT};
use crate::state::State;

/// Opens the WebSocket where [`Injection::DropSocket`] is injected; 426 otherwise.
pub(crate) fn answer(state: &State, request: &Request) -> Outcome {
    match (state.injection(Endpoint::Socket), &request.socket_key) {
        (Injection::DropSocket, Some(key)) => Outcome::UpgradeThenDrop(
            Response::new(101, TEXT, "")
                .with("upgrade", "websocket")
                .with("connection", "Upgrade")
                .with("sec-websocket-accept", &accept(key))
                .by_edge(),
        ),
        _ => Response::new(426, TEXT, "no turn was handed over\n").with("upgrade", "websocket").by_edge().into(),
    }
}

/// `Sec-WebSocket-Accept` for a key: Base64 of the SHA-1 of the key and a fixed GUID.
fn accept(key: &str) -> String {
    let text = format!("{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    STANDARD.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_websocket_accept_header_matches_the_example_of_rfc_6455() {
        assert_eq!(super::accept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
}
