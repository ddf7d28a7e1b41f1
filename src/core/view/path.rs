//! Where on the way from the person to the service it broke: a picture of four places.

use crate::core::names::{Blame, Cause, Spot};

/// The place that broke; none where nothing broke (a limit is an answer) or nobody can tell.
pub(super) fn broken(cause: Cause) -> Option<Spot> {
    match cause {
        Cause::EdgeChallenge | Cause::AddressBlocked | Cause::RegionBlocked => Some(Spot::Edge),
        _ => match cause.blame() {
            Blame::Them => Some(Spot::Service),
            Blame::Network => Some(Spot::Network),
            Blame::Extension | Blame::Browser => Some(Spot::Browser),
            _ => None,
        },
    }
}
