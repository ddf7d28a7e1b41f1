//! A request that was redirected.

use super::{Decoder, Raw};
use crate::core::{
    endpoint::{EndpointKind, classify},
    fact::Fact,
};

pub(super) const DECODER: Decoder = Decoder { name: "redirect", decode, tells: &[Fact::RedirectedAway] };

/// RFC 8952 §1: a captive portal may answer in the server's place and send the client to its own page.
fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let away = raw.sent_to.is_some_and(|to| classify(to).kind == EndpointKind::Unrelated);
    if away { vec![Fact::RedirectedAway] } else { Vec::new() }
}
