//! What was taken out of a text, in words.

use crate::core::{
    msg::{Arg, Msg, key, msg},
    redact::SecretKind,
};

/// How many values of this kind were taken out.
pub fn redacted(kind: SecretKind, count: u32) -> Msg {
    msg("ticket_taken").number(count.into()).arg(Arg::Msg(msg(&key("redacted", kind.name()))))
}
