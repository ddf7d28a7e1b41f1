//! The hop between person and service that is broken, for a picture of four places.

use crate::core::names::{Blame, Cause, Hop};

/// The broken hop; none if nothing is broken (a limit is a response) or it is not known.
pub(super) fn broken(cause: Cause) -> Option<Hop> {
    match cause {
        Cause::EdgeChallenge | Cause::AddressBlocked | Cause::RegionBlocked => Some(Hop::Edge),
        _ => match cause.blame() {
            Blame::Them => Some(Hop::Service),
            Blame::Network => Some(Hop::Network),
            Blame::Extension | Blame::Browser => Some(Hop::Browser),
            _ => None,
        },
    }
}
