//! How the event stream of a response ended, if not normally.

use super::named::named;

named! {
    /// How a response's stream ended, if not normally.
    pub enum StreamEnd {
        /// With an error record.
        Error = "error",
        /// Without the records that end a turn.
        Open = "open",
        /// With a record that says that the turn continues in a WebSocket.
        Handoff = "handoff",
    }
}
