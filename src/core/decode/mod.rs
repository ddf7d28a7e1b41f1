//! What a status, a header, a body, a network error or a banner means, as [`Fact`]s.
//!
//! One file per decoder and one line in [`DECODERS`]. A decoder looks at one [`Raw`] failure and never at the model;
//! it never says whose side it is. Unknown things stay unknown: they are kept raw and decode to nothing, or to a fact
//! that says so.

mod client;
mod header;
mod net_error;
mod origin;
mod phrase;
mod redirect;
mod status;
mod stream;

use crate::core::{Millis, fact::Fact, headers::Headers, stream_end::StreamEnd};

pub use header::CLOCK;
pub use net_error::error_name;
pub use net_error::is_ambiguous;
pub use net_error::is_deliberate;
pub(crate) use phrase::saying;
pub use status::said as said_status;

/// One failed request as it came in, before anything is understood.
#[derive(Debug, Default)]
pub struct Raw<'a> {
    /// When it happened.
    pub at: Millis,
    /// The status, if one is known.
    pub status: Option<u16>,
    /// The headers of the allowlist.
    pub headers: Option<&'a Headers>,
    /// The browser's name of a network error.
    pub error: Option<&'a str>,
    /// A body or a banner, as shown; only its head is looked at.
    pub text: Option<&'a str>,
    /// How its stream ended, where somebody looked closer.
    pub stream: Option<StreamEnd>,
    /// The URL that it was sent to instead.
    pub sent_to: Option<&'a str>,
}

/// A decoder: its name, and what it makes of a failure.
pub struct Decoder {
    /// The name of its file.
    pub name: &'static str,
    /// Looks, and tells the facts.
    pub decode: fn(&Raw<'_>) -> Vec<Fact>,
    /// Every fact it can tell; a test holds this list, the messages and CONTRIBUTING together.
    pub tells: &'static [Fact],
}

/// All of them. A new decoder is one file and one line here.
pub const DECODERS: &[Decoder] = &[
    status::DECODER,
    header::DECODER,
    origin::DECODER,
    net_error::DECODER,
    // What other programs print is pasted or read from a file; the worker sees what a browser sees.
    client::DECODER,
    phrase::DECODER,
    redirect::DECODER,
    stream::DECODER,
];

/// Everything that can be said of one failure by itself.
pub fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for decoder in DECODERS {
        for fact in (decoder.decode)(raw) {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
    }
    facts
}

/// When the limit ends, where the answer says so: `retry-after`, or `resets_in_seconds` in the body.
pub fn ends(raw: &Raw<'_>) -> Option<Millis> {
    header::ends(raw).or_else(|| phrase::ends(raw))
}
