//! The contract's names: whose side ([`Blame`]), what exactly ([`Cause`]), where on the way ([`Hop`]), what to do that is no rung ([`Advice`]), and
//! the ladder ([`Rung`], [`Action`], [`State`]). Never weighs anything.

use crate::core::named::named;

named! {
    /// Whose side it is.
    pub enum Blame {
        /// OpenAI's service.
        Them = "them",
        /// Connection, DNS, VPN or proxy, region, an edge that refuses this address.
        Network = "network",
        /// Another extension or a modified client.
        Extension = "extension",
        /// Cache, cookies, storage, clock.
        Browser = "browser",
        /// Signed out, expired, revoked.
        Session = "session",
        /// Billing, quota, organisation.
        Account = "account",
        /// A rate limit really hit.
        Limit = "limit",
        /// This request cannot work.
        Request = "request",
        /// Nothing to mend.
        Benign = "benign",
        /// Too little evidence.
        Unknown = "unknown",
    }
}

named! {
    /// A place on the way from the person to the service, in order.
    pub enum Hop {
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

named! {
    /// What exactly failed. Grows with the decoders; each belongs to one [`Blame`].
    pub enum Cause {
        /// An incident that the provider confirms.
        Outage = "outage",
        /// The service sheds load.
        Overload = "overload",
        /// The provider works on the service, as announced.
        Maintenance = "maintenance",
        /// The service failed on its own.
        ServerError = "server-error",
        /// The edge or a gateway got no good answer from the service.
        BadGateway = "bad-gateway",
        /// The edge or a gateway waited too long for the service.
        GatewayTimeout = "gateway-timeout",
        /// This machine has no network.
        Offline = "offline",
        /// The name could not be resolved.
        Dns = "dns",
        /// The network wants its own sign-in page passed first.
        CaptivePortal = "captive-portal",
        /// A proxy or VPN is in the way.
        ProxyOrVpn = "proxy-or-vpn",
        /// The connection broke.
        Connection = "connection",
        /// The secure connection could not be made.
        Tls = "tls",
        /// The edge asks for proof that a person is there.
        EdgeChallenge = "edge-challenge",
        /// The edge refuses this address.
        AddressBlocked = "address-blocked",
        /// The provider does not serve this country.
        RegionBlocked = "region-blocked",
        /// An extension breaks the page.
        Conflict = "conflict",
        /// An extension blocks the request.
        BlockedRequest = "blocked-request",
        /// An extension or a changed client alters the request.
        ModifiedRequest = "modified-request",
        /// An extension asks so often that the service slows everything down.
        Polling = "polling",
        /// Old files of the page are mixed with new ones.
        StaleAssets = "stale-assets",
        /// Too many or too large cookies.
        CookiesTooLarge = "cookies-too-large",
        /// What the browser keeps for the site contradicts itself.
        SiteData = "site-data",
        /// The browser has no room left for the site.
        Storage = "storage",
        /// This device's clock is wrong.
        Clock = "clock",
        /// Nobody is signed in.
        SignedOut = "signed-out",
        /// The session is over.
        Expired = "expired",
        /// The session was ended elsewhere.
        Revoked = "revoked",
        /// The account has no credit left.
        NoCredit = "no-credit",
        /// The key or workspace belongs to another organisation.
        WrongOrganisation = "wrong-organisation",
        /// The account may not do this.
        MissingPermission = "missing-permission",
        /// The account was switched off.
        Deactivated = "deactivated",
        /// The plan's allowance for this window is used up.
        PlanWindow = "plan-window",
        /// Another answer is still running.
        OneAtATime = "one-at-a-time",
        /// Too many requests in a short time.
        TooManyRequests = "too-many-requests",
        /// Access to past conversations is limited for now.
        ConversationAccess = "conversation-access",
        /// The message is too long.
        TooLong = "too-long",
        /// The conversation or page does not exist.
        NotFound = "not-found",
        /// The model does not exist for this account.
        ModelNotFound = "model-not-found",
        /// The request is malformed.
        Invalid = "invalid",
        /// All is well.
        Working = "working",
        /// The person stopped the answer.
        Stopped = "stopped",
        /// Only telemetry failed.
        Noise = "noise",
        /// Too little evidence.
        Unknown = "unknown",
    }
}

impl Cause {
    /// Whose side this cause is on.
    pub fn blame(self) -> Blame {
        use Cause::*;
        match self {
            Outage | Overload | Maintenance | ServerError | BadGateway | GatewayTimeout => Blame::Them,
            Offline | Dns | CaptivePortal | ProxyOrVpn | Connection | Tls | EdgeChallenge | AddressBlocked
            | RegionBlocked => Blame::Network,
            Conflict | BlockedRequest | ModifiedRequest | Polling => Blame::Extension,
            StaleAssets | CookiesTooLarge | SiteData | Storage | Clock => Blame::Browser,
            SignedOut | Expired | Revoked => Blame::Session,
            NoCredit | WrongOrganisation | MissingPermission | Deactivated => Blame::Account,
            PlanWindow | OneAtATime | TooManyRequests | ConversationAccess => Blame::Limit,
            TooLong | NotFound | ModelNotFound | Invalid => Blame::Request,
            Working | Stopped | Noise => Blame::Benign,
            Unknown => Blame::Unknown,
        }
    }

    /// What to do that is no rung of the ladder.
    pub fn advice(self) -> Option<Advice> {
        match self {
            Cause::SignedOut | Cause::Expired | Cause::Revoked => Some(Advice::SignIn),
            Cause::TooLong => Some(Advice::Shorten),
            Cause::NotFound => Some(Advice::NewChat),
            Cause::PlanWindow | Cause::TooManyRequests | Cause::ConversationAccess => Some(Advice::WaitUntil),
            Cause::NoCredit => Some(Advice::Billing),
            Cause::BlockedRequest => Some(Advice::AllowSite),
            _ => None,
        }
    }
}

named! {
    /// Advice that is no rung.
    pub enum Advice {
        /// Sign in again.
        SignIn = "sign-in",
        /// Send a shorter message.
        Shorten = "shorten",
        /// Start a new chat.
        NewChat = "new-chat",
        /// Wait until a time, where known.
        WaitUntil = "wait-until",
        /// Look at billing.
        Billing = "billing",
        /// Let the site through in the blocker.
        AllowSite = "allow-site",
    }
}

named! {
    /// The ten fixes, mildest first.
    pub enum Rung {
        /// Load the page again.
        Reload = "reload",
        /// What the provider's status page says.
        Status = "status",
        /// Cache and cookies.
        CacheCookies = "cache-cookies",
        /// Other extensions.
        Extensions = "extensions",
        /// Another device or app.
        OtherClient = "other-client",
        /// A deep inspection at the requests.
        Inspect = "inspect",
        /// The path to the service.
        Network = "network",
        /// The API and its account.
        Api = "api",
        /// Try again at the right time.
        Retry = "retry",
        /// Ask the provider's support.
        Ticket = "ticket",
    }
}

named! {
    /// What a button of a rung does.
    pub enum Action {
        /// Load the page again.
        Reload = "reload",
        /// Load the page again, past the cache.
        Fresh = "fresh",
        /// Read the provider's status page.
        ReadStatus = "read-status",
        /// Tell when it is back.
        Follow = "follow",
        /// Tell of each incident.
        FollowAll = "follow-all",
        /// No longer.
        Unfollow = "unfollow",
        /// Delete the cache, and the site's own worker with its cache.
        ClearCache = "clear-cache",
        /// Delete the cookies, but not the session's.
        ClearCookies = "clear-cookies",
        /// Delete what the site stores, but no cookies.
        ClearStorage = "clear-storage",
        /// Delete everything of the site.
        ClearAll = "clear-all",
        /// List other extensions.
        Look = "look",
        /// Search for the one that breaks the page.
        Search = "search",
        /// Switch off the likeliest alone.
        Off = "off",
        /// The person has switched what was asked for.
        Switched = "switched",
        /// It worked, the person says.
        Works = "works",
        /// It did not.
        Breaks = "breaks",
        /// Stop the search.
        Stop = "stop",
        /// Open the site in a private window.
        Private = "private",
        /// It worked there, the person says.
        PrivateWorks = "private-works",
        /// It did not work there either.
        PrivateBreaks = "private-breaks",
        /// Send a saved prompt.
        Send = "send",
    }
}

named! {
    /// Where a rung stands.
    pub enum State {
        /// Not tried.
        Todo = "todo",
        /// The one to try now.
        Recommended = "recommended",
        /// Under way.
        Running = "running",
        /// Proved to have helped.
        Passed = "passed",
        /// Tried, and the failure came again.
        Failed = "failed",
        /// Would not help; the reason is shown.
        Skipped = "skipped",
        /// Needs something first.
        Blocked = "blocked",
    }
}
