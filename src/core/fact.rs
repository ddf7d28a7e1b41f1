//! The vocabulary between decoding and diagnosis: a [`Fact`] is one statement that holds, decoded or checked, without
//! blame.
//!
//! Decoders and checks produce facts, the table in `diagnose` weighs them. Each has a message key `fact_<name>`.

use super::named::named;

named! {
    /// One statement that holds in a case.
    pub enum Fact {
        /// The conversation endpoint failed, or the check before it (`gate`).
        OnChat = "on-chat",
        /// An endpoint of the session failed.
        OnSession = "on-session",
        /// The list of conversations, or one of them, failed.
        OnHistory = "on-history",
        /// Resuming an interrupted stream failed.
        OnResume = "on-resume",
        /// Uploading or downloading a file failed.
        OnFiles = "on-files",
        /// The page itself or one of its files failed.
        OnPage = "on-page",
        /// The developer API failed.
        OnApi = "on-api",
        /// A request to a gateway in front of the developer API failed.
        OnGateway = "on-gateway",
        /// A pasted text does not say whose server it was.
        OnUntold = "on-untold",
        /// A pasted text names another server than ChatGPT's or the API's.
        OnForeign = "on-foreign",

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
        /// The status is 502, or one of Cloudflare's 520 to 523 and 525 to 530.
        Status502 = "status-502",
        /// The status is 503, or 529, by which overloaded services answer.
        Status503 = "status-503",
        /// The status is 504, or Cloudflare's 524.
        Status504 = "status-504",
        /// Another status of 400 and above.
        StatusOther = "status-other",

        /// The response carries the service's request id.
        FromService = "from-service",
        /// The edge answered instead of the service.
        FromEdge = "from-edge",
        /// Neither the service nor its edge answered, but an intermediary.
        FromBetween = "from-between",
        /// A captive portal answered.
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
        /// The response asks to sign in again without a reason.
        AskedToSignIn = "asked-to-sign-in",
        /// The account or its workspace is deactivated.
        AccountDeactivated = "account-deactivated",
        /// The key belongs to another organisation, or the workspace is the wrong one.
        WrongOrganisation = "wrong-organisation",
        /// The key or the account may not do this.
        PermissionMissing = "permission-missing",
        /// The API key is wrong or missing.
        KeyWrong = "key-wrong",
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
        /// The model does not exist or is not allowed.
        ModelNotFound = "model-not-found",
        /// `…_circuit_open`.
        CircuitOpen = "circuit-open",
        /// The service says that it sheds load.
        Shedding = "shedding",
        /// A gateway says that it found no server for the request, or that the one behind it failed.
        GatewayFailed = "gateway-failed",
        /// A gateway says that it does not let this request through: its own key, route or rule.
        GatewayRefused = "gateway-refused",
        /// A gateway says that its own limit or budget is reached.
        GatewayLimited = "gateway-limited",
        /// An Envoy text such as "no healthy upstream".
        UpstreamFailed = "upstream-failed",
        /// The edge's own page for a bad gateway.
        EdgeBadGateway = "edge-bad-gateway",
        /// The server's clock and this device's differ by minutes.
        ClockOff = "clock-off",
        /// The service reports an internal error.
        ServiceSaysError = "service-says-error",
        /// `tokenless_resume_unavailable`: the interrupted answer cannot be resumed.
        ResumeUnavailable = "resume-unavailable",
        /// `persisted_final_available`: the answer is complete and stored.
        AnswerKept = "answer-kept",
        /// The page says that a host it needs is blocked.
        HostBlocked = "host-blocked",
        /// The edge's page that refuses this IP address.
        AddressRefused = "address-refused",
        /// "Unusual activity has been detected".
        UnusualActivity = "unusual-activity",
        /// A warning of suspicious activity on the account, which concerns its security.
        SuspiciousActivity = "suspicious-activity",
        /// The page says that the edge's check could not be loaded.
        CheckBlocked = "check-blocked",
        /// The response names what is wrong with the request.
        RequestRefused = "request-refused",
        /// A program names an error of its own: it or its machine failed, whatever the server did.
        ClientFailed = "client-failed",
        /// A program says that it ended the request itself.
        ClientEnded = "client-ended",
        /// The request's headers, mostly cookies, are too large.
        HeadersTooLarge = "headers-too-large",
        /// The site's storage quota is exceeded.
        StorageFull = "storage-full",
        /// A file of the page no longer exists, as after a deployment.
        StaleFiles = "stale-files",
        /// A redirect loop.
        RedirectLoop = "redirect-loop",
        /// A content security policy blocked a third party's script.
        CspViolation = "csp-violation",
        /// The page lost its own script or state (blank page, sign-in loop).
        PageBroken = "page-broken",
        /// The page says "A network error occurred".
        SaysNetworkError = "says-network-error",
        /// The page says only that something went wrong.
        SaysSomethingWrong = "says-something-wrong",

        /// The connection was reset.
        NetReset = "net-reset",
        /// The response was cut off.
        NetCut = "net-cut",
        /// The connection was closed before a response.
        NetEmpty = "net-empty",
        /// The request timed out.
        NetTimeout = "net-timeout",
        /// The connection was refused.
        NetRefused = "net-refused",
        /// The host name could not be resolved.
        NetDns = "net-dns",
        /// The TLS connection failed.
        NetTls = "net-tls",
        /// The proxy failed.
        NetProxy = "net-proxy",
        /// The browser reports that there is no network.
        NetOffline = "net-offline",
        /// An extension blocked the request.
        BlockedByClient = "blocked-by-client",
        /// The connection was dropped before a response, as far as the browser reports.
        NetDropped = "net-dropped",
        /// The page aborted the request without a press of Stop.
        GaveUp = "gave-up",
        /// A network error that Mend does not know; its name is kept.
        NetUnknown = "net-unknown",

        /// The provider confirms an incident on the part that failed.
        IncidentOpen = "incident-open",
        /// The provider reports scheduled maintenance on the part that failed.
        MaintenanceOpen = "maintenance-open",
        /// The provider's page shows the part that failed as impaired, without an incident on it.
        PartImpaired = "part-impaired",
        /// The provider confirms an incident on an unknown part of ChatGPT.
        IncidentNear = "incident-near",
        /// The provider confirms an incident without naming a part.
        IncidentUntold = "incident-untold",
        /// The provider confirms an incident on another part of ChatGPT, which does not explain this failure.
        IncidentElsewhere = "incident-elsewhere",
        /// The provider's page shows no incident on the part that failed.
        StatusGreen = "status-green",
        /// The provider's page could not be read.
        StatusUnread = "status-unread",
        /// Other endpoints of the site answered at about the same time.
        RestAnswers = "rest-answers",
        /// The same failure occurred three times or more in ten minutes.
        Repeated = "repeated",
        /// The session endpoint reports that nobody is signed in.
        SessionGone = "session-gone",
        /// The session endpoint reports that somebody is signed in.
        SessionAlive = "session-alive",
        /// The session's own endpoints refused as well.
        SessionRefused = "session-refused",
        /// An answer is running in another tab.
        AnotherRunning = "another-running",
        /// An error was shown after a response that ended well on the network.
        ErrorAfterOk = "error-after-ok",
        /// The page shows an error that no other fact explains.
        Unexplained = "unexplained",
        /// Connectivity test: ChatGPT's edge does not answer.
        EdgeSilent = "edge-silent",
        /// Connectivity test: the edge answers, the service does not.
        ServiceSilent = "service-silent",
        /// Connectivity test: the IP address is in a country that is not known to be served.
        CountryUnserved = "country-unserved",
        /// Connectivity test: probes were lost.
        PathLossy = "path-lossy",
        /// The response's stream contains an error.
        StreamError = "stream-error",
        /// The response's stream ended without the records that end a turn.
        StreamOpen = "stream-open",
        /// The response was handed off to another connection, which delivered nothing.
        StreamHandoff = "stream-handoff",
        /// The request was redirected to a host that is not the provider's.
        RedirectedAway = "redirected-away",
        /// The site's storage in this browser is full, or has no room for what the page writes.
        NoRoom = "no-room",
        /// An error in the page has an extension's file in its stack.
        ExtensionThrew = "extension-threw",
        /// An enabled extension can change this page.
        ExtensionCanChange = "extension-can-change",
        /// The cookies are near or above the size that servers accept.
        CookiesLarge = "cookies-large",
        /// The parts of the session cookie are inconsistent.
        TokenMixed = "token-mixed",
        /// The person reports that it works in a private window.
        WorksInPrivate = "works-in-private",
        /// The person reports that it fails in a private window too.
        FailsInPrivate = "fails-in-private",
        /// Another fact already explains the failure on this side.
        ExplainedHere = "explained-here",
    }
}
