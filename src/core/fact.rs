//! The vocabulary between seeing and judging: a [`Fact`] is one thing that holds, decoded or checked, without blame.
//!
//! Decoders and checks produce facts, the table in `diagnose` weighs them. Each has a message key `fact_<name>`.

use super::named::named;

named! {
    /// One thing that holds in the case at hand.
    pub enum Fact {
        /// The conversation endpoint failed, or the gate before it.
        OnChat = "on-chat",
        /// An endpoint of the session failed.
        OnSession = "on-session",
        /// The list of conversations, or one of them, failed.
        OnHistory = "on-history",
        /// Taking up a broken answer again failed.
        OnResume = "on-resume",
        /// Uploading or loading a file failed.
        OnFiles = "on-files",
        /// The page itself or one of its files failed.
        OnPage = "on-page",
        /// The developer API failed.
        OnApi = "on-api",

        /// The status is 400.
        Status400 = "status-400",
        /// The status is 401.
        Status401 = "status-401",
        /// The status is 402.
        Status402 = "status-402",
        /// The status is 403.
        Status403 = "status-403",
        /// The status is 404.
        Status404 = "status-404",
        /// The status is 413.
        Status413 = "status-413",
        /// The status is 422.
        Status422 = "status-422",
        /// The status is 429.
        Status429 = "status-429",
        /// The status is 431.
        Status431 = "status-431",
        /// The status is 500.
        Status500 = "status-500",
        /// The status is 502, or one of Cloudflare's 520 to 523.
        Status502 = "status-502",
        /// The status is 503.
        Status503 = "status-503",
        /// The status is 504, or Cloudflare's 524.
        Status504 = "status-504",
        /// Another status of 400 and above.
        StatusOther = "status-other",

        /// The service stamped its request id on the answer.
        FromService = "from-service",
        /// The edge answered in the service's place.
        FromEdge = "from-edge",
        /// Neither the service nor its edge answered, but something on the way.
        FromBetween = "from-between",
        /// The sign-in page of a network answered.
        Portal = "portal",
        /// `cf-mitigated: challenge`.
        EdgeChallenge = "edge-challenge",
        /// `retry-after` of five minutes or more.
        RetryAfterLong = "retry-after-long",
        /// `retry-after` of less than five minutes.
        RetryAfterShort = "retry-after-short",

        /// `token_expired`.
        TokenExpired = "token-expired",
        /// `token_revoked`, or an invalidated token.
        TokenRevoked = "token-revoked",
        /// The answer asks to sign in again, without saying why.
        AskedToSignIn = "asked-to-sign-in",
        /// The account or its workspace was switched off.
        AccountDeactivated = "account-deactivated",
        /// The key belongs to another organisation, or the workspace is the wrong one.
        WrongOrganisation = "wrong-organisation",
        /// The key or the account may not do this.
        PermissionMissing = "permission-missing",
        /// `insufficient_quota`.
        InsufficientQuota = "insufficient-quota",
        /// `usage_limit_reached`.
        UsageLimit = "usage-limit",
        /// "Only one message at a time".
        OneAtATime = "one-at-a-time",
        /// "Too many requests".
        TooManyRequests = "too-many-requests",
        /// "We've temporarily limited access to your conversations".
        ConversationsLimited = "conversations-limited",
        /// `message_length_exceeds_limit`, `context_length_exceeded`.
        TooLong = "too-long",
        /// `unsupported_country_region_territory`.
        UnsupportedRegion = "unsupported-region",
        /// `conversation_not_found`.
        ConversationNotFound = "conversation-not-found",
        /// The model is not known or not allowed.
        ModelNotFound = "model-not-found",
        /// `…_circuit_open`.
        CircuitOpen = "circuit-open",
        /// The service says it sheds load.
        Shedding = "shedding",
        /// An Envoy text such as "no healthy upstream".
        UpstreamFailed = "upstream-failed",
        /// The edge's own page of a bad gateway.
        EdgeBadGateway = "edge-bad-gateway",
        /// The server's clock and this device's differ by minutes.
        ClockOff = "clock-off",
        /// The service says that it failed.
        ServiceSaysError = "service-says-error",
        /// `tokenless_resume_unavailable`: the broken answer cannot be taken up again.
        ResumeUnavailable = "resume-unavailable",
        /// `persisted_final_available`: the answer is finished and kept.
        AnswerKept = "answer-kept",
        /// The page says that a host it needs is held back.
        HostBlocked = "host-blocked",
        /// The edge's page that refuses this address.
        AddressRefused = "address-refused",
        /// "Unusual activity has been detected".
        UnusualActivity = "unusual-activity",
        /// The answer names what is wrong with the request.
        RequestRefused = "request-refused",
        /// The request's headers, mostly cookies, are too large.
        HeadersTooLarge = "headers-too-large",
        /// The browser has no room left for the site.
        StorageFull = "storage-full",
        /// A file of the page is gone, as after a deploy.
        StaleFiles = "stale-files",
        /// Sent round in a circle between two addresses.
        RedirectLoop = "redirect-loop",
        /// A content security policy stopped a script of somebody else's.
        CspViolation = "csp-violation",
        /// The page lost its own code or state (blank page, sign-in loop).
        PageBroken = "page-broken",
        /// The page says "A network error occurred".
        SaysNetworkError = "says-network-error",
        /// The page says no more than that something went wrong.
        SaysSomethingWrong = "says-something-wrong",

        /// The connection was reset.
        NetReset = "net-reset",
        /// The answer was cut off.
        NetCut = "net-cut",
        /// The connection was closed before an answer.
        NetEmpty = "net-empty",
        /// Nothing came in time.
        NetTimeout = "net-timeout",
        /// The connection was refused.
        NetRefused = "net-refused",
        /// The name could not be resolved.
        NetDns = "net-dns",
        /// The secure connection failed.
        NetTls = "net-tls",
        /// The proxy failed.
        NetProxy = "net-proxy",
        /// The browser knows of no network.
        NetOffline = "net-offline",
        /// An extension blocked the request.
        BlockedByClient = "blocked-by-client",
        /// The connection was dropped before an answer, as far as the browser tells.
        NetDropped = "net-dropped",
        /// The page gave up waiting; nobody pressed Stop.
        GaveUp = "gave-up",
        /// A network error that Mend does not know; kept raw.
        NetUnknown = "net-unknown",

        /// The provider confirms an incident on the part that failed.
        IncidentOpen = "incident-open",
        /// The provider works on the part that failed, as announced.
        MaintenanceOpen = "maintenance-open",
        /// The provider's page calls the part that failed impaired, and tells of no incident on it.
        PartImpaired = "part-impaired",
        /// The provider confirms an incident on a part of ChatGPT that Mend does not know.
        IncidentNear = "incident-near",
        /// The provider confirms an incident and does not tell on which part.
        IncidentUntold = "incident-untold",
        /// The provider confirms an incident on another part of ChatGPT, which explains nothing here.
        IncidentElsewhere = "incident-elsewhere",
        /// The provider's page shows no incident on the part that failed.
        StatusGreen = "status-green",
        /// The provider's page could not be read.
        StatusUnread = "status-unread",
        /// Other parts of the site answered just now.
        RestAnswers = "rest-answers",
        /// The same failure three times or more in ten minutes.
        Repeated = "repeated",
        /// The session endpoint answers that nobody is signed in.
        SessionGone = "session-gone",
        /// The session endpoint answers that somebody is signed in.
        SessionAlive = "session-alive",
        /// The session's own endpoints refuse too.
        SessionRefused = "session-refused",
        /// An answer is running in another tab.
        AnotherRunning = "another-running",
        /// An error turn after an answer that looked good to the network.
        ErrorAfterOk = "error-after-ok",
        /// The page shows an error that nothing else explains.
        Unexplained = "unexplained",
        /// A connectivity test: ChatGPT's front door does not answer.
        EdgeSilent = "edge-silent",
        /// A connectivity test: the front door answers, the service does not.
        ServiceSilent = "service-silent",
        /// A connectivity test: the address belongs to a country that is not known to be served.
        CountryUnserved = "country-unserved",
        /// A connectivity test: probes were lost.
        PathLossy = "path-lossy",
        /// The answer's own stream says that it failed.
        StreamError = "stream-error",
        /// The answer's stream ended without the records that end a turn.
        StreamOpen = "stream-open",
        /// The answer was handed over to another connection, which brought nothing.
        StreamHandoff = "stream-handoff",
        /// The request was sent to a host that is none of the provider's.
        RedirectedAway = "redirected-away",
        /// The site's storage in this browser is full.
        NoRoom = "no-room",
        /// An error in the page has an extension's file in its stack.
        ExtensionThrew = "extension-threw",
        /// An enabled extension may change this very page.
        ExtensionCanChange = "extension-can-change",
        /// The cookies are near or beyond what servers take.
        CookiesLarge = "cookies-large",
        /// The session's cookie is there in pieces that do not fit together.
        TokenMixed = "token-mixed",
        /// It works in a private window, the person says.
        WorksInPrivate = "works-in-private",
        /// It fails in a private window too.
        FailsInPrivate = "fails-in-private",
        /// Something already explains the failure on this side.
        ExplainedHere = "explained-here",
    }
}
