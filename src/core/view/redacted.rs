//! The number of redacted values as text.

use crate::core::{
    msg::{Arg, Msg, key, msg},
    redact::SecretKind,
};

/// How many values of this kind were redacted.
pub fn redacted(kind: SecretKind, count: u32) -> Msg {
    msg("ticket_taken").number(count.into()).arg(Arg::Msg(msg(&key("redacted", kind.name()))))
}
