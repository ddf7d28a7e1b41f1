//! The layers between a program and the provider.

use crate::core::{fact::Fact, named::named};

named! {
    /// Where a failure is, as far as its name says.
    pub enum Layer {
        /// The lookup of a name.
        Dns = "dns",
        /// TCP, QUIC, or the framing of HTTP.
        Connection = "connection",
        /// TLS.
        Tls = "tls",
        /// The client's own proxy, VPN or SOCKS server.
        Proxy = "proxy",
        /// A filter that blocks on purpose.
        Filter = "filter",
        /// The client's own machine or program.
        Device = "device",
        /// The network in front of the provider's servers.
        Edge = "edge",
        /// A server in between that a team runs or rents.
        Gateway = "gateway",
        /// The provider.
        Provider = "provider",
        /// The sign-in.
        Session = "session",
        /// Key, permission, billing, organisation, region.
        Account = "account",
        /// A limit over time.
        Limit = "limit",
        /// What was sent.
        Request = "request",
        /// No failure.
        None = "none",
        /// The name does not say.
        Any = "any",
    }
}

impl Layer {
    /// The fact that a name of this layer stands for; none where no side follows from it.
    pub fn fact(self) -> Option<Fact> {
        Some(match self {
            Layer::Dns => Fact::NetDns,
            Layer::Connection => Fact::NetDropped,
            Layer::Tls => Fact::NetTls,
            Layer::Proxy => Fact::NetProxy,
            Layer::Filter => Fact::FromBetween,
            Layer::Gateway => Fact::GatewayFailed,
            Layer::Provider => Fact::ServiceSaysError,
            Layer::Session => Fact::AskedToSignIn,
            Layer::Account => Fact::PermissionMissing,
            Layer::Limit => Fact::TooManyRequests,
            Layer::Request => Fact::RequestRefused,
            Layer::Device => Fact::ClientFailed,
            Layer::Edge | Layer::None | Layer::Any => return None,
        })
    }

    /// Whether both are on the way between the client and the provider's edge.
    pub fn is_network(self) -> bool {
        matches!(self, Layer::Dns | Layer::Connection | Layer::Tls | Layer::Proxy | Layer::Filter)
    }
}
