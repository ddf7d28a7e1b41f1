//! The rule table: which facts support which cause, how strongly, and by which source.
//!
//! Read a row as "when all of `when` hold, and none of `unless`, it is mostly …". To change a judgement, change a row.
//! The classes are in [`Strength`]; a source is an RFC, a vendor's page or a thread, never one of the test cases.

use super::Strength::{self, Decisive, Moderate, Strong, Weak};
use crate::core::{
    fact::Fact::{self, *},
    names::Cause,
};

/// One row.
#[derive(Debug)]
pub struct Rule {
    /// All of these must hold.
    pub when: &'static [Fact],
    /// None of these may hold.
    pub unless: &'static [Fact],
    /// Whether it counts only if the response does not name the reason itself (`SAYS_WHY`).
    pub bare: bool,
    /// The cause that it supports, or contradicts.
    pub says: Cause,
    /// Whether it contradicts the cause.
    pub against: bool,
    /// How strongly.
    pub strength: Strength,
    /// The source. For readers and a test; the extension does not use it.
    #[cfg(not(target_arch = "wasm32"))]
    pub source: &'static str,
}

impl Rule {
    /// Whether the row applies.
    pub fn fires(&self, facts: &[Fact]) -> bool {
        let any = |some: &[Fact]| some.iter().any(|fact| facts.contains(fact));
        self.when.iter().all(|fact| facts.contains(fact)) && !any(self.unless) && !(self.bare && any(SAYS_WHY))
    }
}

/// Facts that are shown as evidence whenever they hold.
pub const CONTEXT: &[Fact] = &[
    Status400,
    Status401,
    Status402,
    Status403,
    Status404,
    Status413,
    Status422,
    Status429,
    Status431,
    Status500,
    Status502,
    Status503,
    Status504,
    StatusOther,
    IncidentOpen,
    MaintenanceOpen,
    PartImpaired,
    IncidentNear,
    IncidentUntold,
    IncidentElsewhere,
    StatusGreen,
    StatusUnread,
    RestAnswers,
    Repeated,
];

/// Facts that name the reason; the status then adds nothing. (One 429 is a limit, the next an empty account.)
const SAYS_WHY: &[Fact] = &[
    TokenExpired,
    TokenRevoked,
    AskedToSignIn,
    AccountDeactivated,
    WrongOrganisation,
    PermissionMissing,
    KeyWrong,
    SuspiciousActivity,
    CheckBlocked,
    InsufficientQuota,
    UsageLimit,
    OneAtATime,
    TooManyRequests,
    ConversationsLimited,
    TooLong,
    UnsupportedRegion,
    ConversationNotFound,
    ModelNotFound,
    Shedding,
    CircuitOpen,
    ClientFailed,
    ClientEnded,
    ServiceSaysError,
    AddressRefused,
    EdgeChallenge,
    HeadersTooLarge,
    FromBetween,
    UnusualActivity,
    ResumeUnavailable,
    AnswerKept,
    GatewayLimited,
    GatewayRefused,
];

/// What the provider's own host would say is not said by one in between.
const BETWEEN: &[Fact] = &[FromBetween, OnGateway, OnUntold];

/// A gateway names its own reason.
const GATEWAY_SAYS: &[Fact] = &[GatewayLimited, GatewayRefused, GatewayFailed];

/// Another fact explains the failure, or another row counts it.
const IMPAIRED_5XX: &[Fact] = &[ExplainedHere, Status500, Status502, Status503, Status504];

/// The response says when to come back: a limit over time, not a lack of credit.
const RETRY: &[Fact] = &[RetryAfterLong, RetryAfterShort];

const GUIDE: &str = "OpenAI, error-codes guide";
const RFC: &str = "RFC 9110 §15";
const CF_5XX: &str = "Cloudflare, 5xx errors";
const CF_RAY: &str =
    "Cloudflare, HTTP headers: cf-ray is on whatever passes the edge, x-request-id only on what the service answered";
const STATUS: &str = "status.openai.com: the provider confirms it";
const NET: &str = "Chromium, net_error_list.h; Firefox, ErrorList.py";
const QUOTA: &str = "openai/openai-openapi#564: a 429 of the quota names no time to retry; langchain-ai/langchainjs#1929, jlewi/foyle#82";
const SIGN_IN: &str = "openai/codex#17340, Lampese/codex-switcher#37: signing in again helped";
const HELPERS: &str = "chathub-dev/chathub#598, gragland/chatgpt-chrome-extension#12: the bare site worked";

const fn pro(when: &'static [Fact], says: Cause, strength: Strength, _source: &'static str) -> Rule {
    Rule {
        when,
        unless: &[],
        bare: false,
        says,
        against: false,
        strength,
        #[cfg(not(target_arch = "wasm32"))]
        source: _source,
    }
}

const fn con(when: &'static [Fact], says: Cause, strength: Strength, source: &'static str) -> Rule {
    Rule { against: true, ..pro(when, says, strength, source) }
}

const fn unless(facts: &'static [Fact], rule: Rule) -> Rule {
    Rule { unless: facts, ..rule }
}

const fn bare(rule: Rule) -> Rule {
    Rule { bare: true, ..rule }
}

/// Every rule.
pub const RULES: &[Rule] = &[
    // Them: the provider says so.
    unless(&[ExplainedHere], pro(&[IncidentOpen], Cause::Outage, Decisive, STATUS)),
    pro(&[IncidentOpen, ExplainedHere], Cause::Outage, Weak, STATUS),
    unless(&[ExplainedHere], pro(&[MaintenanceOpen], Cause::Maintenance, Strong, STATUS)),
    unless(&[ExplainedHere], pro(&[MaintenanceOpen, Status503], Cause::Maintenance, Decisive, "RFC 9110 §15.6.4")),
    con(&[MaintenanceOpen], Cause::Overload, Weak, STATUS),
    // An impaired part without an incident: as good as an incident if the response is a server error too.
    unless(IMPAIRED_5XX, pro(&[PartImpaired], Cause::Outage, Strong, STATUS)),
    unless(&[ExplainedHere], pro(&[PartImpaired, Status500], Cause::Outage, Decisive, STATUS)),
    unless(&[ExplainedHere], pro(&[PartImpaired, Status502], Cause::Outage, Decisive, STATUS)),
    unless(&[ExplainedHere], pro(&[PartImpaired, Status503], Cause::Outage, Decisive, STATUS)),
    unless(&[ExplainedHere], pro(&[PartImpaired, Status504], Cause::Outage, Decisive, STATUS)),
    con(&[PartImpaired], Cause::ServerError, Weak, STATUS),
    con(&[PartImpaired], Cause::BadGateway, Weak, STATUS),
    con(&[PartImpaired], Cause::Overload, Weak, STATUS),
    con(&[PartImpaired], Cause::GatewayTimeout, Weak, STATUS),
    // An incident that may be this one.
    unless(&[ExplainedHere], pro(&[IncidentNear], Cause::Outage, Moderate, STATUS)),
    unless(&[ExplainedHere], pro(&[IncidentUntold], Cause::Outage, Weak, STATUS)),
    // … and a confirmed incident is the better name for a server error.
    con(&[IncidentOpen], Cause::ServerError, Weak, STATUS),
    con(&[IncidentOpen], Cause::BadGateway, Weak, STATUS),
    con(&[IncidentOpen], Cause::Overload, Weak, STATUS),
    con(&[IncidentOpen], Cause::GatewayTimeout, Weak, STATUS),
    // Them: the response says so.
    unless(BETWEEN, pro(&[Status500], Cause::ServerError, Strong, "RFC 9110 §15.6.1")),
    pro(&[Status500, FromService], Cause::ServerError, Decisive, CF_RAY),
    pro(
        &[Status500, RestAnswers],
        Cause::ServerError,
        Moderate,
        "Google SRE book, ch. 22: one failing backend, others well",
    ),
    unless(BETWEEN, pro(&[Status502], Cause::BadGateway, Strong, "RFC 9110 §15.6.3")),
    unless(&[OnGateway], pro(&[Status502, FromEdge], Cause::BadGateway, Decisive, CF_5XX)),
    pro(&[Status502, FromService], Cause::BadGateway, Decisive, CF_RAY),
    unless(&[OnGateway, OnUntold], pro(&[EdgeBadGateway], Cause::BadGateway, Decisive, CF_5XX)),
    unless(
        &[OnGateway, OnUntold],
        pro(&[UpstreamFailed], Cause::BadGateway, Decisive, "Envoy, FAQ: upstream connect error"),
    ),
    unless(BETWEEN, pro(&[Status503], Cause::Overload, Strong, "RFC 9110 §15.6.4")),
    pro(&[Status503, FromService], Cause::Overload, Decisive, GUIDE),
    unless(BETWEEN, pro(&[Status504], Cause::GatewayTimeout, Strong, "RFC 9110 §15.6.5")),
    unless(&[OnGateway], pro(&[Status504, FromEdge], Cause::GatewayTimeout, Decisive, CF_5XX)),
    pro(&[Status504, FromService], Cause::GatewayTimeout, Decisive, CF_RAY),
    pro(
        &[CircuitOpen],
        Cause::Overload,
        Decisive,
        "Nygard, Release It!: a circuit breaker opens when its callee fails",
    ),
    pro(&[Shedding], Cause::Overload, Strong, GUIDE),
    pro(&[Shedding, Status503], Cause::Overload, Decisive, GUIDE),
    pro(&[Shedding, Status429], Cause::Overload, Decisive, GUIDE),
    unless(&[OnGateway], pro(&[ServiceSaysError], Cause::ServerError, Strong, GUIDE)),
    unless(&[GatewayFailed], pro(&[ServiceSaysError, OnGateway], Cause::ServerError, Moderate, GUIDE)),
    pro(
        &[ResumeUnavailable],
        Cause::ServerError,
        Moderate,
        "KobaProduction/chatgpt-booster, docs/CHATGPT_RUNTIME_CONTRACTS.md: the page then says a network error",
    ),
    con(
        &[ResumeUnavailable],
        Cause::Connection,
        Moderate,
        "KobaProduction/chatgpt-booster, docs/CHATGPT_RUNTIME_CONTRACTS.md: a break that the service takes up again is none",
    ),
    bare(pro(&[Status404, OnResume], Cause::ServerError, Weak, "RFC 9110 §15.5.5: the stream to resume is gone")),
    pro(
        &[AnswerKept],
        Cause::ServerError,
        Moderate,
        "KobaProduction/chatgpt-booster, docs/CHATGPT_RUNTIME_CONTRACTS.md: the answer stands in the conversation",
    ),
    pro(&[GaveUp], Cause::GatewayTimeout, Moderate, "RFC 9110 §15.6.5: no answer in time, said by the page"),
    pro(&[GaveUp, RestAnswers], Cause::GatewayTimeout, Weak, "Google SRE book, ch. 22"),
    pro(&[ErrorAfterOk], Cause::ServerError, Moderate, "OpenAI, streaming guide: an error can follow a 200"),
    // If the error in the stream names its reason, the stream itself adds nothing.
    bare(pro(&[StreamError], Cause::ServerError, Strong, "OpenAI, streaming guide: an error can follow a 200")),
    pro(&[StreamOpen], Cause::ServerError, Strong, "OpenAI, streaming guide: a stream ends with response.completed"),
    pro(&[StreamHandoff], Cause::ServerError, Moderate, "RFC 6455 §7.1.5: a WebSocket that closes with code 1006"),
    pro(&[StreamHandoff, RestAnswers], Cause::ServerError, Strong, "Google SRE book, ch. 22"),
    // Network.
    pro(
        &[RedirectedAway],
        Cause::CaptivePortal,
        Decisive,
        "RFC 8952 §1: a captive portal redirects what it holds back",
    ),
    pro(&[EdgeChallenge], Cause::EdgeChallenge, Decisive, "Cloudflare, Detect a Challenge Page response"),
    pro(&[UnsupportedRegion], Cause::RegionBlocked, Decisive, GUIDE),
    pro(&[AddressRefused], Cause::AddressBlocked, Decisive, "Cloudflare, 1xxx errors: 1020, access denied"),
    unless(
        &[EdgeChallenge, UnsupportedRegion, IncidentOpen],
        pro(&[Status403, FromEdge], Cause::AddressBlocked, Strong, CF_RAY),
    ),
    unless(&[IncidentOpen], bare(pro(&[Status403], Cause::AddressBlocked, Weak, RFC))),
    unless(
        &[IncidentOpen],
        bare(pro(
            &[Status403, OnSession],
            Cause::AddressBlocked,
            Moderate,
            "openai/codex#2414, anomalyco/opencode#7900: sign-in refused until the proxy was set right",
        )),
    ),
    // An IP address, automation or a broken client; in a browser the address is the most likely of these. Clients
    // other than browsers are refused from every address (realasfngl/ChatGPT#5).
    pro(
        &[UnusualActivity],
        Cause::AddressBlocked,
        Moderate,
        "help.openai.com/en/articles/10471992: without VPN, proxy, extensions; chatpire/chatgpt-web-share#198: another \
         address helped",
    ),
    pro(
        &[CheckBlocked],
        Cause::EdgeChallenge,
        Moderate,
        "Cloudflare, Turnstile, troubleshooting: a blocker or a network; an outage of Cloudflare's of November 2025 showed it, too",
    ),
    pro(&[NetOffline], Cause::Offline, Decisive, NET),
    pro(&[Portal], Cause::CaptivePortal, Decisive, "RFC 6585 §6: network authentication required"),
    unless(
        &[OnGateway],
        pro(
            &[FromBetween],
            Cause::ProxyOrVpn,
            Strong,
            "Cloudflare, HTTP headers: the edge signs whatever passes it with server and cf-ray",
        ),
    ),
    pro(&[NetDns], Cause::Dns, Decisive, NET),
    pro(
        &[NetTls, StatusUnread],
        Cause::CaptivePortal,
        Decisive,
        "RFC 8952 §2.1: a portal answers in every host's place, with a certificate of its own",
    ),
    con(&[NetTls, StatusUnread], Cause::Tls, Moderate, "RFC 8952 §2.1: one bad certificate spares the other hosts"),
    pro(&[NetTls], Cause::Tls, Decisive, NET),
    pro(&[NetProxy], Cause::ProxyOrVpn, Decisive, NET),
    pro(&[NetRefused], Cause::Connection, Strong, NET),
    pro(&[NetTimeout], Cause::Connection, Moderate, NET),
    pro(&[NetReset], Cause::Connection, Moderate, NET),
    pro(&[NetCut], Cause::Connection, Moderate, NET),
    pro(&[NetEmpty], Cause::Connection, Moderate, NET),
    pro(&[NetDropped], Cause::Connection, Moderate, NET),
    unless(&[IncidentOpen], pro(&[StatusGreen, NetReset], Cause::Connection, Weak, STATUS)),
    pro(&[StatusGreen, NetTimeout], Cause::Connection, Weak, STATUS),
    pro(&[StatusGreen, NetCut], Cause::Connection, Weak, STATUS),
    unless(
        &[ResumeUnavailable, AnswerKept],
        pro(&[SaysNetworkError], Cause::Connection, Weak, "help.openai.com, network errors in ChatGPT"),
    ),
    // … but the same break repeatedly, while everything else answers, is theirs.
    pro(&[NetReset, Repeated, RestAnswers], Cause::ServerError, Strong, "Google SRE book, ch. 22"),
    pro(&[NetCut, Repeated, RestAnswers], Cause::ServerError, Strong, "Google SRE book, ch. 22"),
    pro(&[NetEmpty, Repeated, RestAnswers], Cause::ServerError, Strong, "Google SRE book, ch. 22"),
    con(&[Repeated, RestAnswers], Cause::Connection, Moderate, "Google SRE book, ch. 22"),
    // A connectivity test shows where it fails.
    pro(
        &[EdgeSilent],
        Cause::Connection,
        Strong,
        "RFC 9110 §15: whoever answers was reached, whatever it says; the front door never did",
    ),
    pro(&[PathLossy], Cause::Connection, Moderate, "RFC 2681, RFC 2680: round trip and loss as measures of a path"),
    pro(
        &[ServiceSilent],
        Cause::BadGateway,
        Strong,
        "Cloudflare, /cdn-cgi/ endpoint: the edge answers its trace without the origin",
    ),
    pro(
        &[CountryUnserved, Status403],
        Cause::RegionBlocked,
        Strong,
        "help.openai.com/en/articles/7947663: supported countries and territories",
    ),
    // Extensions.
    pro(&[BlockedByClient], Cause::BlockedRequest, Decisive, NET),
    pro(
        &[HostBlocked],
        Cause::BlockedRequest,
        Strong,
        "EFForg/privacybadger#2970, Linkumori/Linkumori-Addon#42: said where a blocker held back the host of files",
    ),
    con(&[HostBlocked], Cause::Connection, Moderate, "EFForg/privacybadger#2970: the connection was well"),
    pro(&[HostBlocked], Cause::ProxyOrVpn, Weak, "help.openai.com/en/articles/9247338: hosts to let through"),
    // Most extensions are not the cause: one counts only if nothing else explains the failure, and strongly only if
    // the page itself is broken.
    pro(&[ExtensionCanChange, Unexplained], Cause::Conflict, Moderate, HELPERS),
    pro(
        &[ExtensionCanChange, Unexplained, PageBroken],
        Cause::Conflict,
        Strong,
        "4as/Chat-DeMod#38, L-a-r-t/chatgpt-to-notion#29, C-Nedelcu/talk-to-chatgpt#135: well again without it",
    ),
    pro(
        &[CspViolation],
        Cause::Conflict,
        Moderate,
        "W3C CSP3 §8.3: a policy stops scripts that the page did not bring",
    ),
    pro(&[CspViolation, ExtensionCanChange], Cause::Conflict, Strong, HELPERS),
    pro(&[CspViolation, ExtensionThrew], Cause::Conflict, Strong, "W3C CSP3 §8.3, and the script is an extension's"),
    pro(
        &[UnusualActivity, OnChat, ExtensionCanChange],
        Cause::ModifiedRequest,
        Strong,
        "chathub-dev/chathub#1053, #631, saeedezzati/superpower-chatgpt#2",
    ),
    pro(
        &[Status429, OnSession, ExtensionCanChange],
        Cause::Polling,
        Strong,
        "xcanwin/KeepChatGPT#13, #62: kept asking who is signed in",
    ),
    pro(&[ExtensionThrew], Cause::Conflict, Weak, "MDN, Error.prototype.stack"),
    pro(&[ExtensionThrew, Unexplained], Cause::Conflict, Decisive, "MDN, Error.prototype.stack"),
    pro(&[ExtensionThrew, Status422], Cause::ModifiedRequest, Decisive, HELPERS),
    con(&[Status429, OnSession, ExtensionCanChange], Cause::TooManyRequests, Weak, "xcanwin/KeepChatGPT#13, #62"),
    // Browser.
    pro(&[NoRoom, Unexplained], Cause::Storage, Strong, "MDN, Storage quotas: writing to a full storage throws"),
    pro(&[Status431], Cause::CookiesTooLarge, Decisive, "RFC 6585 §5"),
    pro(&[Status400, CookiesLarge], Cause::CookiesTooLarge, Strong, "nginx, large_client_header_buffers"),
    pro(&[TokenMixed, Status401], Cause::SignedOut, Strong, "NextAuth.js, Cookies: one session, in parts from 0 on"),
    // A private window has no other extensions, no old cookies and no stored data.
    pro(&[WorksInPrivate], Cause::Conflict, Moderate, HELPERS),
    pro(&[WorksInPrivate], Cause::SiteData, Weak, HELPERS),
    con(&[WorksInPrivate], Cause::ServerError, Strong, HELPERS),
    con(&[WorksInPrivate], Cause::BadGateway, Strong, HELPERS),
    con(&[WorksInPrivate], Cause::Connection, Strong, HELPERS),
    con(&[WorksInPrivate], Cause::Outage, Moderate, HELPERS),
    con(&[FailsInPrivate], Cause::Conflict, Strong, HELPERS),
    con(&[FailsInPrivate], Cause::BlockedRequest, Strong, HELPERS),
    con(&[FailsInPrivate], Cause::SiteData, Strong, HELPERS),
    con(&[FailsInPrivate], Cause::StaleAssets, Strong, HELPERS),
    pro(&[HeadersTooLarge], Cause::CookiesTooLarge, Decisive, "RFC 6585 §5; nginx, large_client_header_buffers"),
    pro(&[Status400, FromEdge], Cause::CookiesTooLarge, Moderate, "nginx, large_client_header_buffers"),
    pro(&[Status404, OnPage], Cause::StaleAssets, Strong, "vitejs/vite#11804: a page older than the deploy"),
    pro(&[StaleFiles], Cause::StaleAssets, Strong, "vitejs/vite#11804, inventaire/inventaire-client#245: reload helps"),
    pro(
        &[RedirectLoop],
        Cause::SiteData,
        Strong,
        "Chromium, error page of ERR_TOO_MANY_REDIRECTS: delete your cookies",
    ),
    pro(&[StorageFull], Cause::Storage, Decisive, "MDN, Storage quotas and eviction criteria: QuotaExceededError"),
    pro(&[ClockOff], Cause::Clock, Moderate, "RFC 7519 §4.1.4: tokens are valid by the clock"),
    pro(&[ClockOff, Status403], Cause::Clock, Strong, "RFC 7519 §4.1.4: tokens are valid by the clock"),
    pro(&[ClockOff, Status401], Cause::Clock, Decisive, "RFC 7519 §4.1.4: tokens are valid by the clock"),
    // Session.
    pro(&[TokenExpired], Cause::Expired, Decisive, "RFC 6750 §3.1: invalid_token, expired"),
    pro(&[TokenRevoked], Cause::Revoked, Decisive, "RFC 6750 §3.1: invalid_token, revoked"),
    unless(&[PageBroken, Status403], pro(&[AskedToSignIn], Cause::SignedOut, Strong, SIGN_IN)),
    // The page shows the same text if the session is lost altogether.
    unless(&[SessionRefused], con(&[TokenExpired], Cause::SignedOut, Moderate, SIGN_IN)),
    con(&[TokenRevoked], Cause::SignedOut, Moderate, SIGN_IN),
    con(&[SessionAlive], Cause::SignedOut, Strong, "NextAuth.js, REST API: the session endpoint names its user"),
    unless(
        &[OnApi, OnGateway, OnUntold, ClockOff],
        bare(pro(&[Status401], Cause::Expired, Strong, "RFC 9110 §15.5.2")),
    ),
    unless(
        &[ClockOff],
        pro(&[Status401, SessionGone], Cause::Expired, Strong, "NextAuth.js, REST API: an empty session"),
    ),
    pro(&[Status401, SessionAlive], Cause::Revoked, Strong, "RFC 6750 §3.1: refused although the session stands"),
    con(&[SessionAlive], Cause::Expired, Moderate, "RFC 6750 §3.1: refused although the session stands"),
    pro(
        &[Status401, SessionGone, SessionRefused],
        Cause::SignedOut,
        Decisive,
        "NextAuth.js, REST API: an empty session",
    ),
    con(&[SessionGone, SessionRefused], Cause::Expired, Moderate, "NextAuth.js, REST API: an empty session"),
    bare(pro(&[Status401, OnSession], Cause::SignedOut, Strong, "RFC 9110 §15.5.2")),
    // Account.
    pro(&[InsufficientQuota], Cause::NoCredit, Decisive, GUIDE),
    pro(&[AccountDeactivated], Cause::Deactivated, Decisive, "openai/codex#19075, nat/openplayground#143"),
    pro(&[WrongOrganisation], Cause::WrongOrganisation, Decisive, GUIDE),
    pro(&[PermissionMissing], Cause::MissingPermission, Decisive, GUIDE),
    pro(&[KeyWrong], Cause::InvalidKey, Decisive, GUIDE),
    pro(
        &[SuspiciousActivity],
        Cause::SuspiciousActivity,
        Strong,
        "help.openai.com/en/articles/10471992: suspicious activity alert",
    ),
    bare(pro(&[Status402], Cause::NoCredit, Strong, "RFC 9110 §15.5.3: payment required")),
    bare(pro(&[Status401, OnApi], Cause::InvalidKey, Strong, GUIDE)),
    bare(pro(&[Status403], Cause::MissingPermission, Weak, RFC)),
    pro(&[Status403, ModelNotFound], Cause::MissingPermission, Decisive, GUIDE),
    con(&[Status403, ModelNotFound], Cause::ModelNotFound, Moderate, "RFC 9110 §15.5.4: it is there, and refused"),
    unless(RETRY, bare(pro(&[Status429, OnApi], Cause::NoCredit, Moderate, QUOTA))),
    // Limits.
    pro(&[UsageLimit], Cause::PlanWindow, Decisive, "letta-ai/letta-code#1177"),
    unless(&[OnApi, OnGateway], bare(pro(&[Status429], Cause::TooManyRequests, Moderate, "RFC 6585 §4"))),
    unless(
        &[IncidentOpen],
        pro(
            &[Status429, RetryAfterLong],
            Cause::PlanWindow,
            Strong,
            "openai/codex#2455: windows of hours and of a week",
        ),
    ),
    unless(&[IncidentOpen], pro(&[Status429, RetryAfterShort], Cause::TooManyRequests, Strong, "RFC 6585 §4")),
    pro(&[TooManyRequests], Cause::TooManyRequests, Strong, GUIDE),
    unless(
        &[RetryAfterLong, IncidentOpen],
        pro(&[Status429, AnotherRunning], Cause::OneAtATime, Strong, "lencx/ChatGPT#661: two tabs at once"),
    ),
    // The service sends it with any status, including 500.
    con(&[OneAtATime], Cause::ServerError, Strong, "wong2/chatgpt-google-extension#165, lencx/ChatGPT#661"),
    pro(&[OneAtATime], Cause::OneAtATime, Decisive, "wong2/chatgpt-google-extension#165, lencx/ChatGPT#661"),
    pro(&[ConversationsLimited], Cause::ConversationAccess, Decisive, "openai/codex#38763"),
    unless(&[IncidentOpen], pro(&[Status429, OnHistory], Cause::ConversationAccess, Strong, "openai/codex#38763")),
    // Requests.
    pro(&[TooLong], Cause::TooLong, Decisive, "RFC 9110 §15.5.14"),
    pro(&[Status413], Cause::TooLong, Strong, "RFC 9110 §15.5.14"),
    pro(&[ConversationNotFound], Cause::NotFound, Decisive, "OpenAI, conversations API: conversation_not_found"),
    pro(&[Status404, OnHistory], Cause::NotFound, Strong, "RFC 9110 §15.5.5"),
    unless(
        &[IncidentOpen],
        bare(pro(&[Status404, OnChat, FromService], Cause::NotFound, Moderate, "RFC 9110 §15.5.5")),
    ),
    unless(&[OnResume], bare(pro(&[Status404], Cause::NotFound, Weak, "RFC 9110 §15.5.5"))),
    bare(pro(&[Status404, OnApi], Cause::ModelNotFound, Strong, GUIDE)),
    unless(
        GATEWAY_SAYS,
        bare(pro(
            &[Status404, OnGateway],
            Cause::NotFound,
            Moderate,
            "OpenAI, API reference: the base URL ends in /v1",
        )),
    ),
    // Whose server it was is not told: OpenAI's, or one in between.
    bare(pro(&[Status404, OnUntold], Cause::NotFound, Moderate, "RFC 9110 §15.5.5")),
    pro(&[Status500, OnUntold], Cause::ServerError, Moderate, "RFC 9110 §15.6.1"),
    pro(&[Status502, OnUntold], Cause::BadGateway, Moderate, "RFC 9110 §15.6.3"),
    pro(&[Status503, OnUntold], Cause::Overload, Moderate, "RFC 9110 §15.6.4"),
    pro(&[Status504, OnUntold], Cause::GatewayTimeout, Moderate, "RFC 9110 §15.6.5"),
    pro(&[Status500, OnUntold], Cause::GatewayError, Weak, "RFC 9110 §15.6.1"),
    pro(&[Status502, OnUntold], Cause::GatewayError, Weak, "RFC 9110 §3.7: a gateway answers in the origin's place"),
    pro(&[Status503, OnUntold], Cause::GatewayError, Weak, "RFC 9110 §15.6.4"),
    pro(&[Status504, OnUntold], Cause::GatewayError, Weak, "RFC 9110 §15.6.5"),
    pro(&[UpstreamFailed, OnUntold], Cause::GatewayError, Moderate, "Envoy, FAQ: upstream connect error"),
    pro(&[UpstreamFailed, OnUntold], Cause::BadGateway, Moderate, "Envoy, FAQ: upstream connect error"),
    // A gateway: it says so itself, or it stands in front and nothing says that the provider answered.
    pro(
        &[GatewayLimited],
        Cause::GatewayLimit,
        Decisive,
        "docs.litellm.ai, budgets and rate limits; QuantumNous/new-api",
    ),
    pro(
        &[GatewayRefused],
        Cause::GatewayRefused,
        Decisive,
        "docs.litellm.ai, virtual keys; openrouter.ai, errors; Kong, proxy reference",
    ),
    // What it passes on counts before that it failed.
    unless(
        &[RequestRefused],
        bare(pro(
            &[GatewayFailed],
            Cause::GatewayError,
            Decisive,
            "docs.litellm.ai, exceptions; openrouter.ai, errors; QuantumNous/new-api",
        )),
    ),
    pro(&[UpstreamFailed, OnGateway], Cause::GatewayError, Decisive, "Envoy, FAQ: upstream connect error"),
    pro(
        &[EdgeBadGateway, OnGateway],
        Cause::GatewayError,
        Decisive,
        "Cloudflare, 5xx errors: in front of somebody else's server",
    ),
    pro(
        &[FromBetween, OnGateway],
        Cause::GatewayError,
        Strong,
        "RFC 9110 §3.7: a gateway answers in the origin's place",
    ),
    pro(&[FromBetween, OnGateway, Status413], Cause::GatewayRefused, Decisive, "nginx, client_max_body_size"),
    con(&[FromBetween, OnGateway, Status413], Cause::TooLong, Moderate, "nginx, client_max_body_size"),
    unless(&[FromService], bare(pro(&[Status500, OnGateway], Cause::GatewayError, Moderate, "RFC 9110 §15.6.1"))),
    unless(&[FromService], bare(pro(&[Status502, OnGateway], Cause::GatewayError, Strong, "RFC 9110 §15.6.3"))),
    unless(&[FromService], bare(pro(&[Status503, OnGateway], Cause::GatewayError, Strong, "RFC 9110 §15.6.4"))),
    unless(&[FromService], bare(pro(&[Status504, OnGateway], Cause::GatewayError, Strong, "RFC 9110 §15.6.5"))),
    unless(&[FromService], bare(pro(&[Status429, OnGateway], Cause::GatewayLimit, Moderate, "RFC 6585 §4"))),
    unless(&[FromService], bare(pro(&[Status401, OnGateway], Cause::GatewayRefused, Moderate, "RFC 9110 §15.5.2"))),
    unless(&[FromService], bare(pro(&[Status403, OnGateway], Cause::GatewayRefused, Moderate, "RFC 9110 §15.5.4"))),
    pro(&[ModelNotFound], Cause::ModelNotFound, Strong, GUIDE),
    pro(&[RequestRefused], Cause::Invalid, Strong, GUIDE),
    // No failure, if a person stopped it; but a program's own limit of time ends a request in the same way.
    pro(&[ClientEnded], Cause::Stopped, Moderate, "DOM Standard, AbortController; openai-node, APIUserAbortError"),
    pro(&[ClientFailed], Cause::ClientError, Strong, "catalog: names of layer device"),
    pro(&[Status422], Cause::Invalid, Strong, "RFC 9110 §15.5.21"),
    pro(&[Status422, ExtensionCanChange], Cause::ModifiedRequest, Decisive, HELPERS),
    unless(&[FromEdge], bare(pro(&[Status400], Cause::Invalid, Moderate, "RFC 9110 §15.5.1"))),
];
