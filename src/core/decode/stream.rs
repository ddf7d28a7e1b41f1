//! How a response's stream ended, if that was read.

use super::{Decoder, Raw};
use crate::core::{fact::Fact, stream_end::StreamEnd};

pub(super) const DECODER: Decoder =
    Decoder { name: "stream", decode, tells: &[Fact::StreamError, Fact::StreamOpen, Fact::StreamHandoff] };

/// OpenAI, streaming guide: a complete stream ends with its own closing record, and an error can follow a 200.
fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let fact = raw.stream.map(|end| match end {
        StreamEnd::Error => Fact::StreamError,
        StreamEnd::Open => Fact::StreamOpen,
        StreamEnd::Handoff => Fact::StreamHandoff,
    });
    fact.into_iter().collect()
}
