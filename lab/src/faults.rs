//! The table of faults: what each one breaks, what a person sees, and when it ends.
//!
//! A new fault is a row here, and at most a constant in `fixtures`, `api_fixtures` or `incident`. A row names only the
//! columns in which it differs from [`HEALTHY`].

use std::fmt::Write as _;

use crate::fault::Precondition::{BadCertificate, Blocker, DeadPort, HostRule, Nothing, Offline, Proxy};
use crate::fault::{
    ClientFault, Endpoint, Fault, FirstResponse, Injection, Precondition, Recovery, Script, SessionDefect, StatusPage,
    Transport,
};
use crate::hostnames::CHATGPT;
use crate::{api_fixtures, fixtures, incident};

use Endpoint::*;
use FirstResponse::*;
use Injection::*;
use Recovery::*;
use StatusPage::*;
use Transport::{ClockAhead, Unchanged};

/// The values of a row's columns unless it says otherwise.
const HEALTHY: Fault = Fault {
    name: "well",
    words: "A short answer",
    precondition: Nothing,
    chat: Healthy,
    also: &[],
    transport: Unchanged,
    status: Green,
    recovery: Never,
    client_fault: None,
};

/// A row with an injection at the chat only.
const fn chat(name: &'static str, words: &'static str, chat: Injection) -> Fault {
    Fault { name, words, chat, ..HEALTHY }
}

/// A row whose cause is outside the lab.
const fn outside(name: &'static str, words: &'static str, precondition: Precondition) -> Fault {
    Fault { name, words, precondition, ..HEALTHY }
}

/// A row whose cause is state in the browser.
const fn client(name: &'static str, words: &'static str, fault: ClientFault) -> Fault {
    Fault { name, words, client_fault: Some(fault), ..HEALTHY }
}

const WRONG: &str = "Something went wrong";
const NETWORK: &str = "A network error occurred";
const LOAD: &str = "Content failed to load";

const SERVER_ERROR_500: Injection = Fixed(&fixtures::SERVER_ERROR);

/// Endpoints that the edge blocks for an IP address, all but the document and static files.
const IP_BLOCKED: &[(Endpoint, Injection)] = &[
    (Requirements, Fixed(&fixtures::IP_BLOCKED)),
    (Session, Fixed(&fixtures::IP_BLOCKED)),
    (Account, Fixed(&fixtures::IP_BLOCKED)),
    (ConversationList, Fixed(&fixtures::IP_BLOCKED)),
    (Conversation, Fixed(&fixtures::IP_BLOCKED)),
    (Models, Fixed(&fixtures::IP_BLOCKED)),
    (OauthToken, Fixed(&fixtures::IP_BLOCKED)),
    (SignIn, Fixed(&fixtures::IP_BLOCKED)),
];

/// Endpoints that fail while the service is down; the edge itself still answers.
const SERVICE_DOWN: &[(Endpoint, Injection)] = &[
    (Requirements, Fixed(&fixtures::BAD_GATEWAY)),
    (Session, Fixed(&fixtures::BAD_GATEWAY)),
    (Account, Fixed(&fixtures::BAD_GATEWAY)),
    (ConversationList, Fixed(&fixtures::BAD_GATEWAY)),
    (Conversation, Fixed(&fixtures::BAD_GATEWAY)),
    (Models, Fixed(&fixtures::BAD_GATEWAY)),
];

/// Every fault the lab knows.
pub const FAULTS: &[Fault] = &[
    // Healthy, or stopped by the person.
    HEALTHY,
    chat("slow", "A short answer, after 5 seconds of nothing", Delayed),
    chat("stop", "An answer of 30 seconds: press Stop, reload or leave", Stream(Script::Long)),
    chat("navigate", "An answer of 30 seconds: leave half way", Stream(Script::Long)),
    chat("noise-blocked", "A short answer, while telemetry gets none", Healthy)
        .also(&[(Telemetry, ResetStream), (TelemetryHost, CloseConnection)]),
    chat("quotes", "An answer that quotes every known error string", Stream(Script::Quotes)),
    // OpenAI: errors, overload, incidents.
    chat("500", WRONG, SERVER_ERROR_500),
    chat("500-until-reload", "Something went wrong, until the page is reloaded", SERVER_ERROR_500).recovery(OnReload),
    chat("500-for-T", "Something went wrong, for T seconds", SERVER_ERROR_500).recovery(AfterSeconds),
    chat("500-every-N", "Something went wrong, each Nth time", SERVER_ERROR_500).recovery(EveryNth),
    chat("500-incident", "Something went wrong, and the status page says so", SERVER_ERROR_500)
        .status(Incident(&incident::CONVERSATIONS)),
    chat("500-incident-identified", "Something went wrong, and they know why", SERVER_ERROR_500)
        .status(Incident(&incident::IDENTIFIED)),
    chat("500-incident-monitoring", "Something went wrong, after they mended it", SERVER_ERROR_500)
        .status(Incident(&incident::MONITORING)),
    chat(
        "500-incident-recovered",
        "Something went wrong, though the part in the incident works again",
        SERVER_ERROR_500,
    )
    .status(Incident(&incident::RECOVERED)),
    chat("500-incident-voice", "Something went wrong, and the status page tells of Voice mode", SERVER_ERROR_500)
        .status(Incident(&incident::VOICE)),
    chat("500-incident-work", "Something went wrong, and the status page tells of ChatGPT Work", SERVER_ERROR_500)
        .status(Incident(&incident::WORK)),
    chat("500-incident-login", "Something went wrong, and the status page tells of Login", SERVER_ERROR_500)
        .status(Incident(&incident::LOGIN)),
    chat("upload-500-incident-files", "A file does not arrive, and the status page says so", Healthy)
        .also(&[(FileService, SERVER_ERROR_500)])
        .status(Incident(&incident::FILES)),
    chat("500-status-unreadable", "Something went wrong, and the status page makes no sense", SERVER_ERROR_500)
        .status(Unreadable),
    chat("500-status-unreachable", "Something went wrong, and the status page does not answer", SERVER_ERROR_500)
        .status(Unreachable),
    chat("500-api", "A short answer, while the API fails", Healthy).also(&[(Api, Fixed(&api_fixtures::API_ERROR))]),
    chat("503-api-first-N", "A short answer, while the API is overloaded for its first N calls", Healthy)
        .also(&[(Api, Fixed(&api_fixtures::API_OVERLOAD))])
        .recovery(AfterCalls),
    chat("slow-api-first-N", "A short answer, while the API takes 5 seconds for each of its first N calls", Healthy)
        .also(&[(Api, Delayed)])
        .recovery(AfterCalls),
    chat("502-edge", WRONG, Fixed(&fixtures::BAD_GATEWAY)),
    chat("502-service", "No answer, and nothing behind the front door answers", Fixed(&fixtures::BAD_GATEWAY))
        .also(SERVICE_DOWN),
    chat("502-envoy", WRONG, Fixed(&fixtures::ENVOY_502)),
    chat("520", WRONG, Fixed(&fixtures::EDGE_520)),
    chat("521", WRONG, Fixed(&fixtures::EDGE_521)),
    chat("522", WRONG, Fixed(&fixtures::EDGE_522)),
    chat("523", WRONG, Fixed(&fixtures::EDGE_523)),
    chat("503-overload", WRONG, Fixed(&fixtures::OVERLOAD))
        .also(&[(Api, Fixed(&api_fixtures::API_OVERLOAD)), (OauthToken, Fixed(&fixtures::SIGN_IN_UNAVAILABLE))]),
    chat("503-circuit", WRONG, Fixed(&fixtures::CIRCUIT_OPEN)),
    chat("503-maintenance", "Something went wrong, and the status page says why", Fixed(&fixtures::MAINTENANCE))
        .status(Maintenance(&incident::MAINTENANCE)),
    chat("504", WRONG, Fixed(&fixtures::EDGE_504)),
    chat("524", WRONG, Fixed(&fixtures::EDGE_524)),
    chat("stall", "Nothing for 20 seconds, then: Message delivery timed out", Stream(Script::Silence)),
    chat("429-incident", "Something went wrong, and the status page says so", Fixed(&fixtures::OUTAGE_429))
        .status(Incident(&incident::CONVERSATIONS)),
    chat("404-incident", "Something went wrong, and the status page says so", Fixed(&fixtures::OUTAGE_404))
        .status(Incident(&incident::CONVERSATIONS)),
    chat("stream-error", "Half an answer, then: Error in message stream", Stream(Script::Error)),
    chat("stream-no-end", "Half an answer, then: There was an error generating a response", Stream(Script::NoEnd)),
    chat("stream-error-string", "Half an answer, then: Something went wrong", Stream(Script::ErrorString)),
    chat("stream-error-in-delta", "Half an answer, then: Something went wrong", Stream(Script::ErrorInDelta)),
    chat("stream-error-event", "Half an answer, then: Error in message stream", Stream(Script::ErrorEvent)),
    chat("stream-failed", "Half an answer, then: Error in message stream", Stream(Script::Failed)),
    chat("stream-empty", "There was an error generating a response", Stream(Script::Empty)),
    chat("resume-404", "Half an answer, then a network error", Stream(Script::CutThenResume))
        .also(&[(Resume, Fixed(&fixtures::RESUME_UNAVAILABLE))]),
    chat("resume-410", "Half an answer, then the wish to reload, which shows it whole", Stream(Script::CutThenResume))
        .also(&[(Resume, Fixed(&fixtures::RESUME_COMPLETE))]),
    chat("steer-500", "An answer of 30 seconds; what is said into it is lost", Stream(Script::Long))
        .also(&[(Steer, SERVER_ERROR_500)]),
    chat("upload-500", "A file does not arrive", Healthy).also(&[(FileService, SERVER_ERROR_500)]),
    chat("ws-dies", "Hmm...something seems to have gone wrong", Stream(Script::Handoff)).also(&[(Socket, DropSocket)]),
    // Usage and rate limits.
    chat("429-plan", "You've hit your limit", Fixed(&fixtures::PLAN_LIMIT)),
    chat("429-many", "Too many requests in 1 hour", Fixed(&fixtures::TOO_MANY)),
    chat("400-many", "Too many requests in 1 hour", Fixed(&fixtures::TOO_MANY_400)),
    chat("too-many-dialog", "A dialog of too many requests, with one button", Fixed(&fixtures::TOO_MANY_DIALOG)),
    chat("cap-smaller-model", "A short answer, of a smaller model", Stream(Script::SmallerModel)),
    chat(
        "429-one",
        "An answer of 30 seconds; to whoever asks meanwhile: Only one message at a time",
        OneAtATime(&fixtures::ONE_AT_A_TIME),
    ),
    chat(
        "429-one-elsewhere",
        "Only one message at a time, as if another device were being answered",
        Fixed(&fixtures::ONE_AT_A_TIME),
    ),
    chat("429-conversation", "A toast of too many requests and no history, while the chat answers", Healthy)
        .also(&[(ConversationList, Fixed(&fixtures::HISTORY_LIMIT)), (Conversation, Fixed(&fixtures::HISTORY_LIMIT))]),
    chat("429-quota", "A short answer, while the API wants credit", Healthy)
        .also(&[(Api, Fixed(&api_fixtures::NO_QUOTA))]),
    chat("429-rate", "A short answer, while the API is asked too fast", Healthy)
        .also(&[(Api, Fixed(&api_fixtures::API_RATE))]),
    chat("429-api-first-N", "A short answer, while the API asks its first N calls to wait 2 seconds", Healthy)
        .also(&[(Api, Fixed(&api_fixtures::API_RATE_SOON))])
        .recovery(AfterCalls),
    // Session and API key.
    chat("401-expired", "Your session has expired", Fixed(&fixtures::TOKEN_EXPIRED))
        .also(&[(Session, Fixed(&fixtures::NO_SESSION))]),
    chat("401-revoked", "Your session has expired", Fixed(&fixtures::TOKEN_REVOKED))
        .also(&[(Account, Fixed(&fixtures::TOKEN_REVOKED)), (OauthToken, Fixed(&fixtures::REFRESH_REVOKED))]),
    chat("session-corrupt", "Your session has expired", Fixed(&fixtures::UNAUTHORIZED))
        .also(&[(Session, Fixed(&fixtures::NO_SESSION)), (Account, Fixed(&fixtures::UNAUTHORIZED))]),
    chat("401-key", "A short answer, while the API does not know the key", Healthy)
        .also(&[(Api, Fixed(&api_fixtures::WRONG_KEY))]),
    chat("401-organisation", "A short answer, while the API finds the key in another organisation", Healthy)
        .also(&[(Api, Fixed(&api_fixtures::WRONG_ORGANISATION))]),
    // Network, firewall, region.
    chat("403-challenge", WRONG, Fixed(&fixtures::CHALLENGE)),
    chat("403-challenge-all", "Something went wrong, and nobody is signed in", Fixed(&fixtures::CHALLENGE))
        .also(&[(Session, Fixed(&fixtures::CHALLENGE)), (Requirements, Fixed(&fixtures::CHALLENGE))]),
    chat("403-block", "Unable to load site", Fixed(&fixtures::IP_BLOCKED)).also(IP_BLOCKED),
    chat("403-region", "Country, region, or territory not supported", Fixed(&fixtures::REGION_UNSUPPORTED))
        .also(&[(Api, Fixed(&api_fixtures::API_REGION)), (Trace, Fixed(&fixtures::TRACE_UNSUPPORTED_REGION))]),
    chat("403-unusual", "Unusual activity has been detected", Fixed(&fixtures::UNUSUAL_ACTIVITY)),
    chat(
        "check-blocked",
        "Unusual activity has been detected, as the check's script does not load",
        Fixed(&fixtures::UNUSUAL_ACTIVITY),
    )
    .also(&[(Turnstile, CloseConnection)]),
    chat("upload-blocked", "Failed upload to files.oaiusercontent.com", Healthy).also(&[(Upload, CloseConnection)]),
    chat("403-json", WRONG, Fixed(&fixtures::FORBIDDEN)),
    chat("reconnects", "Half an answer, then the rest of it", Stream(Script::CutThenComplete)),
    chat("stream-cut", "Half an answer, then a network error", Stream(Script::Cut)),
    chat("reset", "Half an answer, then a network error", StreamThenReset(Script::Hang)),
    chat("empty", NETWORK, CloseConnection),
    chat("h2-error", NETWORK, ResetStream),
    outside("dns", "No page, or a network error", HostRule(CHATGPT)),
    outside("refused", "No page, or a network error", DeadPort(CHATGPT)),
    outside("tls", "No page, or a network error", BadCertificate(CHATGPT)),
    outside("proxy", "No page, or a network error", Proxy),
    outside("offline", "No page, or a network error", Offline),
    outside("captive-portal", "The login page of a hotel, or a network error", Precondition::CaptivePortal)
        .transport(Transport::CaptivePortal),
    // The request itself.
    chat("404-conversation", "Conversation not found, and a toast on /c/<uuid>", Fixed(&fixtures::NO_CONVERSATION))
        .also(&[(Conversation, Fixed(&fixtures::NO_CONVERSATION))]),
    chat("404-model", "The model does not exist", Fixed(&fixtures::NO_MODEL))
        .also(&[(Api, Fixed(&api_fixtures::API_NO_MODEL))]),
    chat(
        "too-large",
        "An answer, then: You've reached the maximum length for this conversation",
        Stream(Script::TooLarge),
    ),
    chat("413", "The message you submitted was too long", Fixed(&fixtures::TOO_LONG)),
    chat("400-json", WRONG, Fixed(&fixtures::BAD_REQUEST)),
    chat("422", WRONG, Fixed(&fixtures::UNPROCESSABLE)),
    // Other extensions, cookies, caches.
    outside("blocked", NETWORK, Blocker("https://chatgpt.com/backend-api/f/conversation")),
    chat(
        "431",
        "Something went wrong, until the cookies are cleared",
        RejectLargeCookies(&fixtures::HEADERS_TOO_LARGE),
    )
    .also(&[(Document, FirstOnly(OversizedCookies))]),
    chat(
        "400-cookies",
        "Something went wrong, until the cookies are cleared",
        RejectLargeCookies(&fixtures::COOKIES_TOO_LARGE),
    )
    .also(&[(Document, FirstOnly(OversizedCookies))]),
    chat("stale-assets", LOAD, Healthy).also(&[(RootScript, FirstOnly(StaleScript))]),
    chat("storage-full", LOAD, Healthy).also(&[(ConversationList, FirstOnly(OversizedList))]),
    // State in the browser: each ends when the right action is taken there, and only then.
    client(
        "stale-deploy",
        "Content failed to load, until the site's service worker is gone or passed by",
        ClientFault::StaleServiceWorker,
    ),
    client(
        "cookies-431",
        "Something went wrong, until cookies are deleted",
        ClientFault::OversizedCookies(&fixtures::HEADERS_TOO_LARGE),
    ),
    client(
        "cookies-400",
        "Something went wrong, until cookies are deleted",
        ClientFault::OversizedCookies(&fixtures::COOKIES_TOO_LARGE),
    ),
    client(
        "session-corrupt-cookie",
        "Your session has expired, until its cookies are deleted and somebody signs in",
        ClientFault::Session(SessionDefect::Duplicated),
    ),
    client(
        "session-cut-cookie",
        "Your session has expired, until its cookie is deleted and somebody signs in",
        ClientFault::Session(SessionDefect::Truncated),
    ),
    client(
        "session-expired-cookie",
        "Your session has expired, until somebody signs in",
        ClientFault::Session(SessionDefect::Expired),
    ),
    client(
        "storage-full-until",
        "Content failed to load, until the site's storage is cleared",
        ClientFault::FullStorage,
    ),
    client("challenge-once", "Something went wrong, until the page is loaded again", ClientFault::Challenge),
    chat("clock", "Unusual activity has been detected", Fixed(&fixtures::UNUSUAL_ACTIVITY)).transport(ClockAhead(2)),
];

/// The table has no fault of this name.
#[derive(Clone, Debug, thiserror::Error)]
#[error("no fault is called {name:?}; there are: {}", names())]
pub struct UnknownFault {
    /// The name that was asked for.
    pub name: String,
}

/// The row of a name, and the number that the name contains or 0.
///
/// # Errors
///
/// The table has no fault of this name.
pub(crate) fn find(name: &str) -> Result<(&'static Fault, u64), UnknownFault> {
    FAULTS
        .iter()
        .find_map(|fault| {
            let letter = match fault.recovery {
                AfterSeconds => 'T',
                EveryNth | AfterCalls => 'N',
                Never | OnReload => return (fault.name == name).then_some((fault, 0)),
            };
            let number = name.strip_prefix(fault.name.strip_suffix(letter)?)?.parse().ok()?;
            (number > 0).then_some((fault, number))
        })
        .ok_or_else(|| UnknownFault { name: name.to_owned() })
}

/// What the caller must set up outside the lab for a fault.
///
/// # Errors
///
/// The table has no fault of this name.
pub fn precondition(name: &str) -> Result<Precondition, UnknownFault> {
    find(name).map(|(fault, _)| fault.precondition)
}

/// All names, comma-separated, in the order of the table.
fn names() -> String {
    FAULTS.iter().map(|fault| fault.name).collect::<Vec<_>>().join(", ")
}

/// The table as text: one line a fault, with its name and what a person sees.
pub fn table() -> String {
    let width = FAULTS.iter().map(|fault| fault.name.len()).max().unwrap_or(0);
    FAULTS.iter().fold(String::new(), |mut text, fault| {
        let _ = writeln!(text, "{:width$}  {}", fault.name, fault.words);
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_names_are_unique_and_found() {
        for (at, fault) in FAULTS.iter().enumerate() {
            assert!(FAULTS[..at].iter().all(|other| other.name != fault.name), "{} stands twice", fault.name);
            let (found, number) = find(&fault.name.replace(['T', 'N'], "20")).unwrap();
            assert_eq!(found.name, fault.name);
            assert_eq!(number == 20, matches!(fault.recovery, AfterSeconds | EveryNth | AfterCalls), "{}", fault.name);
        }
    }

    #[test]
    fn a_number_in_a_name_is_a_positive_integer() {
        assert_eq!(find("500-for-20").unwrap().1, 20);
        for wrong in ["500-for-T", "500-for-", "500-every-N", "500-every-0", "500-every--1"] {
            assert!(find(wrong).is_err(), "{wrong}");
        }
        assert!(find("no-such").unwrap_err().to_string().contains("429-plan"));
    }
}
