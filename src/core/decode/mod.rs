//! Decodes a status, a header, a body, a network error or a banner to [`Fact`]s.
//!
//! One file per decoder and one line in [`DECODERS`]. A decoder uses one [`Raw`] failure and not the model, and
//! assigns no blame. Unknown input is kept raw and decodes to nothing, or to a fact that says so.

mod client;
mod header;
mod net_error;
mod origin;
mod phrase;
mod redirect;
mod status;
mod stream;

use crate::core::{Millis, fact::Fact, headers::Headers, stream_end::StreamEnd};

pub use client::is_of_client;
pub use header::CLOCK;
pub use net_error::error_name;
pub use net_error::is_ambiguous;
pub use net_error::is_deliberate;
pub use net_error::is_known_name;
pub(crate) use phrase::saying;
pub use status::said as said_status;

/// One failed request before it is decoded.
#[derive(Debug, Default)]
pub struct Raw<'a> {
    /// When it happened, in milliseconds since the epoch.
    pub at: Millis,
    /// HTTP status, if known.
    pub status: Option<u16>,
    /// The allowed headers.
    pub headers: Option<&'a Headers>,
    /// The browser's name of a network error.
    pub error: Option<&'a str>,
    /// A body, or the text of a banner; only its beginning is decoded.
    pub text: Option<&'a str>,
    /// How its stream ended, if that was read.
    pub stream: Option<StreamEnd>,
    /// The URL of a redirect.
    pub sent_to: Option<&'a str>,
}

/// A decoder: its name, and its function.
pub struct Decoder {
    /// The name of its file.
    pub name: &'static str,
    /// Returns the facts that hold.
    pub decode: fn(&Raw<'_>) -> Vec<Fact>,
    /// Every fact that it can return; a test requires that the lists of all decoders and checks cover every [`Fact`].
    pub tells: &'static [Fact],
}

/// All of them. A new decoder is one file and one line here.
pub const DECODERS: &[Decoder] = &[
    status::DECODER,
    header::DECODER,
    origin::DECODER,
    net_error::DECODER,
    // Output of other programs is pasted or read from a file; the worker only gets browsers' errors.
    client::DECODER,
    phrase::DECODER,
    redirect::DECODER,
    stream::DECODER,
];

/// All facts of one failure by itself.
pub fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for decoder in DECODERS {
        for fact in (decoder.decode)(raw) {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
    }
    // A name that nobody knows adds nothing to a sentence that somebody does.
    if facts.len() > 1 {
        facts.retain(|fact| *fact != Fact::NetUnknown);
    }
    facts
}

/// When the limit ends, if the response says so: `retry-after`, or `resets_in_seconds` in the body.
pub fn ends(raw: &Raw<'_>) -> Option<Millis> {
    header::ends(raw).or_else(|| phrase::ends(raw))
}
