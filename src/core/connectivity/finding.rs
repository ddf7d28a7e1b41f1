//! What a connectivity test finds, whose side that is, and what it says of a failure at the same time.

use crate::core::{
    fact::Fact,
    named::named,
    names::{Blame, Hop},
};

named! {
    /// What a test finds.
    pub enum Finding {
        /// This device has no network.
        Offline = "offline",
        /// The network wants its own sign-in page passed first.
        Portal = "portal",
        /// This device's clock is wrong.
        Clock = "clock",
        /// The name of ChatGPT's server cannot be looked up.
        Dns = "dns",
        /// The secure connection to ChatGPT alone fails.
        Tls = "tls",
        /// Nothing answers.
        Nothing = "nothing",
        /// Others answer, ChatGPT's front door does not.
        EdgeAlone = "edge-alone",
        /// The front door refuses this address.
        Refused = "refused",
        /// The front door asks for proof of a person.
        Challenged = "challenged",
        /// The country that this address belongs to is not served.
        Country = "country",
        /// The front door answers, the service behind it does not.
        Service = "service",
        /// Some probes were lost.
        Lossy = "lossy",
        /// Answers take long.
        Slow = "slow",
        /// All answers, through a tunnel of Cloudflare's.
        Tunnel = "tunnel",
        /// All is well.
        Well = "well",
    }
}

impl Finding {
    /// Where on the way it lies; none where nothing is broken.
    pub fn hop(self) -> Option<Hop> {
        match self {
            Finding::Clock => Some(Hop::Browser),
            Finding::Refused | Finding::Challenged | Finding::Country => Some(Hop::Edge),
            Finding::Service => Some(Hop::Service),
            Finding::Tunnel | Finding::Well => None,
            _ => Some(Hop::Network),
        }
    }

    /// Whose side it is.
    pub fn blame(self) -> Blame {
        match self {
            Finding::Clock => Blame::Browser,
            Finding::Service => Blame::Them,
            Finding::Tunnel | Finding::Well => Blame::Benign,
            _ => Blame::Network,
        }
    }

    /// What it says of a failure at the same time; nothing where it says nothing.
    pub fn fact(self) -> Option<Fact> {
        match self {
            Finding::Offline => Some(Fact::NetOffline),
            Finding::Portal => Some(Fact::Portal),
            Finding::Clock => Some(Fact::ClockOff),
            Finding::Dns => Some(Fact::NetDns),
            Finding::Tls => Some(Fact::NetTls),
            Finding::EdgeAlone | Finding::Nothing => Some(Fact::EdgeSilent),
            Finding::Service => Some(Fact::ServiceSilent),
            Finding::Country => Some(Fact::CountryUnserved),
            Finding::Lossy => Some(Fact::PathLossy),
            Finding::Refused | Finding::Challenged | Finding::Slow | Finding::Tunnel | Finding::Well => None,
        }
    }
}
