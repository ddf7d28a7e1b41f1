//! How the event stream of an answer ended, if not well.

use super::named::named;

named! {
    /// How an answer's stream ended, if not well.
    pub enum StreamEnd {
        /// With the record of an error.
        Error = "error",
        /// Without the records that end a turn.
        Open = "open",
        /// With the word that the turn goes on in a WebSocket.
        Handoff = "handoff",
    }
}
