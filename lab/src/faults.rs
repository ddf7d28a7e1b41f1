//! THE table: what each fault breaks, what a person would see of it, and when it heals.
//!
//! Owns the rows and their reading. Never answers a request itself: the columns are data, and `hosts` and what it calls
//! know what each value means. A row says only where it differs from [`WELL`].

use std::fmt::Write as _;

use crate::canned;
use crate::fault::Needs::{BadCertificate, Blocker, DeadPort, HostRule, Nothing, Offline, Proxy};
use crate::fault::{Bad, Fault, Heals, How, Needs, Odd, Place, Plant, Script, StatusPage, Way};
use crate::incident;
use crate::refusal;

use Heals::*;
use How::*;
use Odd::*;
use Place::*;
use StatusPage::*;
use Way::{Clear, DaysAhead};

/// What a row is unless it says otherwise.
const WELL: Fault = Fault {
    name: "well",
    words: "A short answer",
    needs: Nothing,
    chat: Well,
    also: &[],
    way: Clear,
    status: Green,
    heals: Never,
    plant: None,
};

/// A row that only says how the chat answers.
const fn chat(name: &'static str, words: &'static str, chat: How) -> Fault {
    Fault { name, words, chat, ..WELL }
}

/// A row whose fault lies outside the lab.
const fn outside(name: &'static str, words: &'static str, needs: Needs) -> Fault {
    Fault { name, words, needs, ..WELL }
}

/// A row whose cause is planted in the browser.
const fn planted(name: &'static str, words: &'static str, plant: Plant) -> Fault {
    Fault { name, words, plant: Some(plant), ..WELL }
}

const CHATGPT: &str = "chatgpt.com";
const WRONG: &str = "Something went wrong";
const NETWORK: &str = "A network error occurred";
const LOAD: &str = "Content failed to load";

const BROKEN: How = Say(&canned::SERVER_ERROR);

/// What an address that the edge refuses cannot reach, once it has the page.
const BLOCKED: &[(Place, How)] = &[
    (Gate, Say(&canned::BLOCK)),
    (Session, Say(&canned::BLOCK)),
    (Account, Say(&canned::BLOCK)),
    (List, Say(&canned::BLOCK)),
    (Conversation, Say(&canned::BLOCK)),
    (Models, Say(&canned::BLOCK)),
    (Token, Say(&canned::BLOCK)),
    (SignIn, Say(&canned::BLOCK)),
];

/// What a service that is down takes along; the edge alone still answers.
const NO_SERVICE: &[(Place, How)] = &[
    (Gate, Say(&canned::BAD_GATEWAY)),
    (Session, Say(&canned::BAD_GATEWAY)),
    (Account, Say(&canned::BAD_GATEWAY)),
    (List, Say(&canned::BAD_GATEWAY)),
    (Conversation, Say(&canned::BAD_GATEWAY)),
    (Models, Say(&canned::BAD_GATEWAY)),
];

/// Every fault the lab knows.
pub const FAULTS: &[Fault] = &[
    // Nothing to mend.
    WELL,
    chat("slow", "A short answer, after 5 seconds of nothing", Late),
    chat("stop", "An answer of 30 seconds: press Stop, reload or leave", Stream(Script::Long)),
    chat("navigate", "An answer of 30 seconds: leave half way", Stream(Script::Long)),
    chat("noise-blocked", "A short answer, while telemetry gets none", Well).also(&[(Noise, Reset), (Beacon, Drop)]),
    chat("quotes", "An answer that quotes every known error string", Stream(Script::Quotes)),
    // Them.
    chat("500", WRONG, BROKEN),
    chat("500-until-reload", "Something went wrong, until the page is reloaded", BROKEN).heals(OnReload),
    chat("500-for-T", "Something went wrong, for T seconds", BROKEN).heals(AfterSeconds),
    chat("500-every-N", "Something went wrong, each Nth time", BROKEN).heals(InBetween),
    chat("500-incident", "Something went wrong, and the status page says so", BROKEN)
        .status(Incident(&incident::CONVERSATIONS)),
    chat("500-incident-identified", "Something went wrong, and they know why", BROKEN)
        .status(Incident(&incident::IDENTIFIED)),
    chat("500-incident-monitoring", "Something went wrong, after they mended it", BROKEN)
        .status(Incident(&incident::MONITORING)),
    chat("500-incident-recovered", "Something went wrong, though the part in the incident works again", BROKEN)
        .status(Incident(&incident::RECOVERED)),
    chat("500-incident-voice", "Something went wrong, and the status page tells of Voice mode", BROKEN)
        .status(Incident(&incident::VOICE)),
    chat("500-incident-work", "Something went wrong, and the status page tells of ChatGPT Work", BROKEN)
        .status(Incident(&incident::WORK)),
    chat("500-incident-login", "Something went wrong, and the status page tells of Login", BROKEN)
        .status(Incident(&incident::LOGIN)),
    chat("upload-500-incident-files", "A file does not arrive, and the status page says so", Well)
        .also(&[(Files, BROKEN)])
        .status(Incident(&incident::FILES)),
    chat("500-status-unreadable", "Something went wrong, and the status page makes no sense", BROKEN)
        .status(Unreadable),
    chat("500-status-unreachable", "Something went wrong, and the status page does not answer", BROKEN)
        .status(Unreachable),
    chat("500-api", "A short answer, while the API fails", Well).also(&[(Api, Say(&refusal::API_ERROR))]),
    chat("503-api-first-N", "A short answer, while the API is overloaded for its first N calls", Well)
        .also(&[(Api, Say(&refusal::API_OVERLOAD))])
        .heals(AfterCalls),
    chat("slow-api-first-N", "A short answer, while the API takes 5 seconds for each of its first N calls", Well)
        .also(&[(Api, Late)])
        .heals(AfterCalls),
    chat("502-edge", WRONG, Say(&canned::BAD_GATEWAY)),
    chat("502-service", "No answer, and nothing behind the front door answers", Say(&canned::BAD_GATEWAY))
        .also(NO_SERVICE),
    chat("502-envoy", WRONG, Say(&canned::ENVOY)),
    chat("520", WRONG, Say(&canned::EDGE_520)),
    chat("521", WRONG, Say(&canned::EDGE_521)),
    chat("522", WRONG, Say(&canned::EDGE_522)),
    chat("523", WRONG, Say(&canned::EDGE_523)),
    chat("503-overload", WRONG, Say(&canned::OVERLOAD))
        .also(&[(Api, Say(&refusal::API_OVERLOAD)), (Token, Say(&canned::SIGN_IN_UNAVAILABLE))]),
    chat("503-circuit", WRONG, Say(&canned::CIRCUIT_OPEN)),
    chat("503-maintenance", "Something went wrong, and the status page says why", Say(&canned::MAINTENANCE))
        .status(Maintenance(&incident::MAINTENANCE)),
    chat("504", WRONG, Say(&canned::EDGE_504)),
    chat("524", WRONG, Say(&canned::EDGE_524)),
    chat("stall", "Nothing for 20 seconds, then: Message delivery timed out", Stream(Script::Silence)),
    chat("429-incident", "Something went wrong, and the status page says so", Say(&canned::BUSY))
        .status(Incident(&incident::CONVERSATIONS)),
    chat("404-incident", "Something went wrong, and the status page says so", Say(&canned::LOST))
        .status(Incident(&incident::CONVERSATIONS)),
    chat("stream-error", "Half an answer, then: Error in message stream", Stream(Script::Error)),
    chat("stream-no-end", "Half an answer, then: There was an error generating a response", Stream(Script::NoEnd)),
    chat("stream-error-string", "Half an answer, then: Something went wrong", Stream(Script::ErrorString)),
    chat("stream-error-in-delta", "Half an answer, then: Something went wrong", Stream(Script::ErrorInDelta)),
    chat("stream-error-event", "Half an answer, then: Error in message stream", Stream(Script::ErrorEvent)),
    chat("stream-failed", "Half an answer, then: Error in message stream", Stream(Script::Failed)),
    chat("stream-empty", "There was an error generating a response", Stream(Script::Empty)),
    chat("resume-404", "Half an answer, then a network error", Stream(Script::CutAndResumed))
        .also(&[(Resume, Say(&canned::NO_RESUME))]),
    chat("resume-410", "Half an answer, then the wish to reload, which shows it whole", Stream(Script::CutAndResumed))
        .also(&[(Resume, Say(&canned::RESUME_OVER))]),
    chat("steer-500", "An answer of 30 seconds; what is said into it is lost", Stream(Script::Long))
        .also(&[(Steer, BROKEN)]),
    chat("upload-500", "A file does not arrive", Well).also(&[(Files, BROKEN)]),
    chat("ws-dies", "Hmm...something seems to have gone wrong", Stream(Script::Handoff)).also(&[(Socket, HangUp)]),
    // A limit.
    chat("429-plan", "You've hit your limit", Say(&canned::PLAN_LIMIT)),
    chat("429-many", "Too many requests in 1 hour", Say(&canned::TOO_MANY)),
    chat("400-many", "Too many requests in 1 hour", Say(&canned::TOO_MANY_400)),
    chat("too-many-dialog", "A dialog of too many requests, with one button", Say(&canned::TOO_FAST)),
    chat("cap-smaller-model", "A short answer, of a smaller model", Stream(Script::Capped)),
    chat(
        "429-one",
        "An answer of 30 seconds; to whoever asks meanwhile: Only one message at a time",
        OneAtATime(&canned::ONE_AT_A_TIME),
    ),
    chat(
        "429-one-elsewhere",
        "Only one message at a time, as if another device were being answered",
        Say(&canned::ONE_AT_A_TIME),
    ),
    chat("429-conversation", "A toast of too many requests and no history, while the chat answers", Well)
        .also(&[(List, Say(&canned::HISTORY_LIMIT)), (Conversation, Say(&canned::HISTORY_LIMIT))]),
    chat("429-quota", "A short answer, while the API wants credit", Well).also(&[(Api, Say(&refusal::NO_QUOTA))]),
    chat("429-rate", "A short answer, while the API is asked too fast", Well).also(&[(Api, Say(&refusal::API_RATE))]),
    chat("429-api-first-N", "A short answer, while the API asks its first N calls to wait 2 seconds", Well)
        .also(&[(Api, Say(&refusal::API_RATE_SOON))])
        .heals(AfterCalls),
    // The session, the key.
    chat("401-expired", "Your session has expired", Say(&canned::TOKEN_EXPIRED))
        .also(&[(Session, Say(&canned::NO_SESSION))]),
    chat("401-revoked", "Your session has expired", Say(&canned::TOKEN_REVOKED))
        .also(&[(Account, Say(&canned::TOKEN_REVOKED)), (Token, Say(&canned::REFRESH_REVOKED))]),
    chat("session-corrupt", "Your session has expired", Say(&canned::UNAUTHORIZED))
        .also(&[(Session, Say(&canned::NO_SESSION)), (Account, Say(&canned::UNAUTHORIZED))]),
    chat("401-key", "A short answer, while the API does not know the key", Well)
        .also(&[(Api, Say(&refusal::WRONG_KEY))]),
    chat("401-organisation", "A short answer, while the API finds the key in another organisation", Well)
        .also(&[(Api, Say(&refusal::WRONG_ORGANISATION))]),
    // The network.
    chat("403-challenge", WRONG, Say(&canned::CHALLENGE)),
    chat("403-challenge-all", "Something went wrong, and nobody is signed in", Say(&canned::CHALLENGE))
        .also(&[(Session, Say(&canned::CHALLENGE)), (Gate, Say(&canned::CHALLENGE))]),
    chat("403-block", "Unable to load site", Say(&canned::BLOCK)).also(BLOCKED),
    chat("403-region", "Country, region, or territory not supported", Say(&canned::REGION))
        .also(&[(Api, Say(&refusal::API_REGION)), (Edge, Say(&canned::TRACE_ELSEWHERE))]),
    chat("403-unusual", "Unusual activity has been detected", Say(&canned::UNUSUAL)),
    chat(
        "check-blocked",
        "Unusual activity has been detected, as the check's script does not load",
        Say(&canned::UNUSUAL),
    )
    .also(&[(Turnstile, Drop)]),
    chat("upload-blocked", "Failed upload to files.oaiusercontent.com", Well).also(&[(Upload, Drop)]),
    chat("403-json", WRONG, Say(&canned::FORBIDDEN)),
    chat("reconnects", "Half an answer, then the rest of it", Stream(Script::CutAndWhole)),
    chat("stream-cut", "Half an answer, then a network error", Stream(Script::Cut)),
    chat("reset", "Half an answer, then a network error", Torn(Script::Hang)),
    chat("empty", NETWORK, Drop),
    chat("h2-error", NETWORK, Reset),
    outside("dns", "No page, or a network error", HostRule(CHATGPT)),
    outside("refused", "No page, or a network error", DeadPort(CHATGPT)),
    outside("tls", "No page, or a network error", BadCertificate(CHATGPT)),
    outside("proxy", "No page, or a network error", Proxy),
    outside("offline", "No page, or a network error", Offline),
    outside("captive-portal", "The login page of a hotel, or a network error", Needs::Portal).way(Way::Portal),
    // The request.
    chat("404-conversation", "Conversation not found, and a toast on /c/<uuid>", Say(&canned::NO_CONVERSATION))
        .also(&[(Conversation, Say(&canned::NO_CONVERSATION))]),
    chat("404-model", "The model does not exist", Say(&canned::NO_MODEL)).also(&[(Api, Say(&refusal::API_NO_MODEL))]),
    chat(
        "too-large",
        "An answer, then: You've reached the maximum length for this conversation",
        Stream(Script::TooLarge),
    ),
    chat("413", "The message you submitted was too long", Say(&canned::TOO_LONG)),
    chat("400-json", WRONG, Say(&canned::BAD_REQUEST)),
    chat("422", WRONG, Say(&canned::UNPROCESSABLE)),
    // Another extension, the browser.
    outside("blocked", NETWORK, Blocker("https://chatgpt.com/backend-api/f/conversation")),
    chat("431", "Something went wrong, until the cookies are cleared", Heavy(&canned::HEADERS_TOO_LARGE))
        .also(&[(Page, Once(Cookies))]),
    chat("400-cookies", "Something went wrong, until the cookies are cleared", Heavy(&canned::COOKIES_TOO_LARGE))
        .also(&[(Page, Once(Cookies))]),
    chat("stale-assets", LOAD, Well).also(&[(Root, Once(Old))]),
    chat("storage-full", LOAD, Well).also(&[(List, Once(Bulky))]),
    // Planted in the browser: each heals when the right thing is done there, and only then.
    planted(
        "stale-deploy",
        "Content failed to load, until the site's service worker is gone or passed by",
        Plant::Deploy,
    ),
    planted(
        "cookies-431",
        "Something went wrong, until cookies are deleted",
        Plant::Cookies(&canned::HEADERS_TOO_LARGE),
    ),
    planted(
        "cookies-400",
        "Something went wrong, until cookies are deleted",
        Plant::Cookies(&canned::COOKIES_TOO_LARGE),
    ),
    planted(
        "session-corrupt-cookie",
        "Your session has expired, until its cookies are deleted and somebody signs in",
        Plant::Session(Bad::Doubled),
    ),
    planted(
        "session-cut-cookie",
        "Your session has expired, until its cookie is deleted and somebody signs in",
        Plant::Session(Bad::Cut),
    ),
    planted(
        "session-expired-cookie",
        "Your session has expired, until somebody signs in",
        Plant::Session(Bad::Expired),
    ),
    planted("storage-full-until", "Content failed to load, until the site's storage is cleared", Plant::Storage),
    planted("challenge-once", "Something went wrong, until the page is loaded again", Plant::Check),
    chat("clock", "Unusual activity has been detected", Say(&canned::UNUSUAL)).way(DaysAhead(2)),
];

/// No fault has this name.
#[derive(Clone, Debug, thiserror::Error)]
#[error("no fault is called {name:?}; there are: {}", names())]
pub struct UnknownFault {
    /// The name that was asked for.
    pub name: String,
}

/// The row of that name and, where the name carries one, its number.
pub(crate) fn find(name: &str) -> Result<(&'static Fault, u64), UnknownFault> {
    FAULTS
        .iter()
        .find_map(|fault| {
            let letter = match fault.heals {
                AfterSeconds => 'T',
                InBetween | AfterCalls => 'N',
                Never | OnReload => return (fault.name == name).then_some((fault, 0)),
            };
            let number = name.strip_prefix(fault.name.strip_suffix(letter)?)?.parse().ok()?;
            (number > 0).then_some((fault, number))
        })
        .ok_or_else(|| UnknownFault { name: name.to_owned() })
}

/// What has to be arranged outside the lab for the fault of that name.
pub fn needs(name: &str) -> Result<Needs, UnknownFault> {
    find(name).map(|(fault, _)| fault.needs)
}

/// All names, in the order of the table.
fn names() -> String {
    FAULTS.iter().map(|fault| fault.name).collect::<Vec<_>>().join(", ")
}

/// The table as text, one row a line.
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
    fn names_are_unique_and_found() {
        for (at, fault) in FAULTS.iter().enumerate() {
            assert!(FAULTS[..at].iter().all(|other| other.name != fault.name), "{} stands twice", fault.name);
            let (found, number) = find(&fault.name.replace(['T', 'N'], "20")).unwrap();
            assert_eq!(found.name, fault.name);
            assert_eq!(number == 20, matches!(fault.heals, AfterSeconds | InBetween | AfterCalls), "{}", fault.name);
        }
    }

    #[test]
    fn a_number_must_be_one() {
        assert_eq!(find("500-for-20").unwrap().1, 20);
        for wrong in ["500-for-T", "500-for-", "500-every-N", "500-every-0", "500-every--1"] {
            assert!(find(wrong).is_err(), "{wrong}");
        }
        assert!(find("no-such").unwrap_err().to_string().contains("429-plan"));
    }
}
