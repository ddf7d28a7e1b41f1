//! Where on the way from the person to the service it broke: a picture of four places.

use crate::core::names::{Blame, Cause, Hop};

/// The place that broke; none where nothing broke (a limit is an answer) or nobody can tell.
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
