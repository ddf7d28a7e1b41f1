//! Where on the way from the person to the service it broke: a picture of four places.

use crate::core::{
    named::named,
    names::{Blame, Cause},
};

named! {
    /// A place on the way, in order.
    pub enum Spot {
        /// The person's browser, with its extensions and stored data.
        Browser = "browser",
        /// The network up to the provider's front door.
        Network = "network",
        /// The provider's front door.
        Edge = "edge",
        /// The service behind it.
        Service = "service",
    }
}

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
