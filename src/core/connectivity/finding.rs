//! The finding of a connectivity test, its blame, and what it implies for a failure at the same time.

use crate::core::{
    fact::Fact,
    named::named,
    names::{Blame, Hop},
};

named! {
    /// The finding of a test.
    pub enum Finding {
        /// This device has no network.
        Offline = "offline",
        /// A captive portal: the network wants its own sign-in page passed first.
        Portal = "portal",
        /// This device's clock is wrong.
        Clock = "clock",
        /// The host name of ChatGPT cannot be resolved.
        Dns = "dns",
        /// The TLS connection to ChatGPT alone fails.
        Tls = "tls",
        /// No target answers.
        Nothing = "nothing",
        /// Other hosts answer, ChatGPT's edge does not.
        EdgeAlone = "edge-alone",
        /// The edge refuses this IP address.
        Refused = "refused",
        /// The edge asks for proof of a person.
        Challenged = "challenged",
        /// The country of this IP address is not served.
        Country = "country",
        /// The edge answers, the service behind it does not.
        Service = "service",
        /// Probes were lost.
        Lossy = "lossy",
        /// Round trips are long.
        Slow = "slow",
        /// Everything answers, through Cloudflare WARP or Gateway.
        Tunnel = "tunnel",
        /// Everything answers.
        Well = "well",
    }
}

impl Finding {
    /// The hop that is broken; none if nothing is.
    pub fn hop(self) -> Option<Hop> {
        match self {
            Finding::Clock => Some(Hop::Browser),
            Finding::Refused | Finding::Challenged | Finding::Country => Some(Hop::Edge),
            Finding::Service => Some(Hop::Service),
            Finding::Tunnel | Finding::Well => None,
            _ => Some(Hop::Network),
        }
    }

    /// Whose side the finding is on.
    pub fn blame(self) -> Blame {
        match self {
            Finding::Clock => Blame::Browser,
            Finding::Service => Blame::Them,
            Finding::Tunnel | Finding::Well => Blame::Benign,
            _ => Blame::Network,
        }
    }

    /// The fact that it implies for a failure at the same time, if any.
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
