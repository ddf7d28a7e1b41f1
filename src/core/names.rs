//! The contract's names: whose side ([`Blame`]), what exactly ([`Cause`]), where on the way ([`Hop`]), what else to do
//! ([`Advice`]), and the ladder ([`Rung`], [`Action`], [`State`]).

use crate::core::named::named;

named! {
    /// Whose side a failure is on.
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
        /// A rate limit that was really reached.
        Limit = "limit",
        /// This request cannot succeed.
        Request = "request",
        /// A server of the team's own, or a third party's, between the program and the provider.
        Gateway = "gateway",
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
        /// The network up to the provider's edge.
        Network = "network",
        /// The provider's edge (CDN).
        Edge = "edge",
        /// The service behind the edge.
        Service = "service",
    }
}

named! {
    /// What exactly failed. Each cause has one [`Blame`].
    pub enum Cause {
        /// An incident that the provider confirms.
        Outage = "outage",
        /// The service is overloaded and sheds load.
        Overload = "overload",
        /// The provider carries out scheduled maintenance.
        Maintenance = "maintenance",
        /// The service failed.
        ServerError = "server-error",
        /// The edge or a gateway got no valid response from the service.
        BadGateway = "bad-gateway",
        /// The edge or a gateway timed out waiting for the service.
        GatewayTimeout = "gateway-timeout",
        /// This device has no network.
        Offline = "offline",
        /// The host name could not be resolved.
        Dns = "dns",
        /// A captive portal: the network wants its own sign-in page passed first.
        CaptivePortal = "captive-portal",
        /// A proxy or VPN causes the failure.
        ProxyOrVpn = "proxy-or-vpn",
        /// The connection failed.
        Connection = "connection",
        /// The TLS connection failed.
        Tls = "tls",
        /// The edge asks for proof that a person is there.
        EdgeChallenge = "edge-challenge",
        /// The edge refuses this IP address.
        AddressBlocked = "address-blocked",
        /// The provider does not serve this country.
        RegionBlocked = "region-blocked",
        /// An extension breaks the page.
        Conflict = "conflict",
        /// An extension blocks the request.
        BlockedRequest = "blocked-request",
        /// An extension or a modified client alters the request.
        ModifiedRequest = "modified-request",
        /// An extension sends so many requests that the service limits all of them.
        Polling = "polling",
        /// Cached files of the page are mixed with new ones.
        StaleAssets = "stale-assets",
        /// Too many or too large cookies.
        CookiesTooLarge = "cookies-too-large",
        /// The data that the browser stores for the site is inconsistent.
        SiteData = "site-data",
        /// The site's storage in this browser is full.
        Storage = "storage",
        /// This device's clock is wrong.
        Clock = "clock",
        /// Nobody is signed in.
        SignedOut = "signed-out",
        /// The session has expired.
        Expired = "expired",
        /// The session was revoked.
        Revoked = "revoked",
        /// The account has no credit left.
        NoCredit = "no-credit",
        /// The key or workspace belongs to another organisation.
        WrongOrganisation = "wrong-organisation",
        /// The account lacks a permission.
        MissingPermission = "missing-permission",
        /// The account is deactivated.
        Deactivated = "deactivated",
        /// The API key is wrong, missing or no longer valid.
        InvalidKey = "invalid-key",
        /// The provider warns of suspicious activity on the account.
        SuspiciousActivity = "suspicious-activity",
        /// The plan's allowance for this time window is used up.
        PlanWindow = "plan-window",
        /// Another answer is still being generated.
        OneAtATime = "one-at-a-time",
        /// Too many requests in a short time.
        TooManyRequests = "too-many-requests",
        /// Access to past conversations is temporarily limited.
        ConversationAccess = "conversation-access",
        /// The message is too long.
        TooLong = "too-long",
        /// The conversation or page does not exist.
        NotFound = "not-found",
        /// The model does not exist for this account.
        ModelNotFound = "model-not-found",
        /// The request is malformed.
        Invalid = "invalid",
        /// The program that sends the request fails by itself, or its machine does.
        ClientError = "client-error",
        /// A server between the program and the provider failed, or got no good answer from behind it.
        GatewayError = "gateway-error",
        /// A server between the program and the provider refused the request.
        GatewayRefused = "gateway-refused",
        /// A limit or budget of a server between the program and the provider.
        GatewayLimit = "gateway-limit",
        /// Nothing is wrong.
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
    /// Whose side the cause is on.
    pub fn blame(self) -> Blame {
        use Cause::*;
        match self {
            Outage | Overload | Maintenance | ServerError | BadGateway | GatewayTimeout => Blame::Them,
            Offline | Dns | CaptivePortal | ProxyOrVpn | Connection | Tls | EdgeChallenge | AddressBlocked
            | RegionBlocked => Blame::Network,
            Conflict | BlockedRequest | ModifiedRequest | Polling => Blame::Extension,
            StaleAssets | CookiesTooLarge | SiteData | Storage | Clock => Blame::Browser,
            SignedOut | Expired | Revoked => Blame::Session,
            NoCredit | WrongOrganisation | MissingPermission | Deactivated | InvalidKey | SuspiciousActivity => {
                Blame::Account
            }
            PlanWindow | OneAtATime | TooManyRequests | ConversationAccess => Blame::Limit,
            TooLong | NotFound | ModelNotFound | Invalid | ClientError => Blame::Request,
            GatewayError | GatewayRefused | GatewayLimit => Blame::Gateway,
            Working | Stopped | Noise => Blame::Benign,
            Unknown => Blame::Unknown,
        }
    }

    /// What to do beyond the ladder's rungs.
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
    /// Something to do that is not a rung.
    pub enum Advice {
        /// Sign in again.
        SignIn = "sign-in",
        /// Send a shorter message.
        Shorten = "shorten",
        /// Start a new chat.
        NewChat = "new-chat",
        /// Wait until a time, if one is known.
        WaitUntil = "wait-until",
        /// Look at billing.
        Billing = "billing",
        /// Allow the site in the content blocker.
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
        /// Delete cache and cookies.
        CacheCookies = "cache-cookies",
        /// Find the extension that breaks the page.
        Extensions = "extensions",
        /// Use another device or app.
        OtherClient = "other-client",
        /// Inspect the failed requests.
        Inspect = "inspect",
        /// Test the connection to the service.
        Network = "network",
        /// Check the API's key and account.
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
        /// Load the page again, bypassing the cache.
        Fresh = "fresh",
        /// Read the provider's status page.
        ReadStatus = "read-status",
        /// Notify when the failure is over.
        Follow = "follow",
        /// Notify of every incident.
        FollowAll = "follow-all",
        /// Stop the notifications.
        Unfollow = "unfollow",
        /// Delete the cache, and the site's service worker with its cache.
        ClearCache = "clear-cache",
        /// Delete the cookies except the session's.
        ClearCookies = "clear-cookies",
        /// Delete the site's stored data except cookies.
        ClearStorage = "clear-storage",
        /// Delete all data of the site.
        ClearAll = "clear-all",
        /// List the other extensions.
        Look = "look",
        /// Search for the extension that breaks the page.
        Search = "search",
        /// Switch off only the likeliest extension.
        Off = "off",
        /// The person reports that the extensions are switched as asked for.
        Switched = "switched",
        /// The person reports that the page works.
        Works = "works",
        /// The person reports that the page still fails.
        Breaks = "breaks",
        /// Stop the bisection.
        Stop = "stop",
        /// Open the site in a private window.
        Private = "private",
        /// The person reports that it works in the private window.
        PrivateWorks = "private-works",
        /// The person reports that it fails in the private window too.
        PrivateBreaks = "private-breaks",
        /// Send a saved prompt.
        Send = "send",
    }
}

named! {
    /// The state of a rung.
    pub enum State {
        /// Not tried.
        Todo = "todo",
        /// The one to try now.
        Recommended = "recommended",
        /// In progress.
        Running = "running",
        /// Proved to have helped.
        Passed = "passed",
        /// Tried, and the failure came back.
        Failed = "failed",
        /// Would not help; shown with the reason.
        Skipped = "skipped",
        /// Needs a permission or another step first.
        Blocked = "blocked",
    }
}
