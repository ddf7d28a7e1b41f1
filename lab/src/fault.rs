//! The types of a row in the table of faults.
//!
//! Rows are in `faults`; `fault_injection` and `client_faults` apply them to requests.

use crate::fixtures::Fixture;
use crate::incident::Incident;

/// One row of the table.
#[derive(Debug)]
pub struct Fault {
    /// Name of the fault. A trailing `T` stands for a number of seconds, a trailing `N` for a number of messages or API
    /// calls.
    pub name: &'static str,
    /// What a person sees on the page.
    pub words: &'static str,
    /// What the caller must set up outside the lab. Without it the lab behaves as if nothing were wrong.
    pub precondition: Precondition,
    /// Injection at [`Endpoint::Chat`].
    pub(crate) chat: Injection,
    /// Injections at other endpoints.
    pub(crate) also: &'static [(Endpoint, Injection)],
    /// Change to every response on its way to the client.
    pub(crate) transport: Transport,
    /// State of status.openai.com.
    pub(crate) status: StatusPage,
    /// When the fault ends.
    pub(crate) recovery: Recovery,
    /// Broken state left in the browser. Where set, the injections above do not apply.
    pub(crate) client_fault: Option<ClientFault>,
}

/// A part of the service that can fail by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    /// The HTML document: `/`, `/c/<uuid>` and `/g/…`.
    Document,
    /// The script that the document loads, on the asset host.
    RootScript,
    /// Every other static file, including the chunks that the root script imports.
    Asset,
    /// A turn of a conversation, answered with an event stream.
    Chat,
    /// The WebSocket that a turn may be handed over to.
    Socket,
    /// Requests before a turn: chat requirements and prepare.
    Requirements,
    /// A message sent while an answer is being streamed.
    Steer,
    /// The rest of an answer whose stream was cut.
    Resume,
    /// Requests beside a turn whose answers the page does not wait for.
    Heartbeat,
    /// The service's endpoints for files.
    FileService,
    /// Upload of a file's bytes, on its own host.
    Upload,
    /// The script of Cloudflare Turnstile, on its own host.
    Turnstile,
    /// `/api/auth/session`.
    Session,
    /// The signed-in account: `me` and `accounts/check`.
    Account,
    /// The list of conversations.
    ConversationList,
    /// One conversation.
    Conversation,
    /// The list of models.
    Models,
    /// The request that the Stop button sends.
    Stop,
    /// `/cdn-cgi/trace`, answered by the edge without the service.
    Trace,
    /// Telemetry on chatgpt.com.
    Telemetry,
    /// Telemetry on hosts of its own.
    TelemetryHost,
    /// The OpenAI API, every path.
    Api,
    /// The OAuth token endpoint.
    OauthToken,
    /// The page to sign in at.
    SignIn,
    /// The site's service worker script.
    ServiceWorker,
    /// The request that passes Cloudflare's challenge.
    Challenge,
}

/// What is injected at an endpoint.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Injection {
    /// Nothing: the healthy response.
    Healthy,
    /// The healthy response after 5 seconds.
    Delayed,
    /// This event stream.
    Stream(Script),
    /// This event stream, with the connection reset 500 ms after it began.
    StreamThenReset(Script),
    /// This response to every request.
    Fixed(&'static Fixture),
    /// This response to requests with more cookies than the edge accepts.
    RejectLargeCookies(&'static Fixture),
    /// A long answer; this response to requests that arrive meanwhile, until Stop is requested.
    OneAtATime(&'static Fixture),
    /// This once, then the healthy response.
    FirstOnly(FirstResponse),
    /// The WebSocket opens and is dropped.
    DropSocket,
    /// No response: HTTP/2 resets the stream, HTTP/1.1 closes the connection.
    ResetStream,
    /// No response: the connection is closed with all its streams.
    CloseConnection,
}

/// A successful response that breaks something later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FirstResponse {
    /// The document, with cookies larger than the edge accepts.
    OversizedCookies,
    /// The root script from before a deploy, cacheable forever.
    StaleScript,
    /// A list of conversations that fills the browser's storage.
    OversizedList,
}

/// An event stream of the chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// About 20 deltas in 300 ms.
    Short,
    /// 30 seconds of deltas.
    Long,
    /// Some deltas, then the connection is cut.
    Cut,
    /// Some deltas, then an error record and a clean end.
    Error,
    /// Some deltas and a clean end, without the records that complete a turn.
    NoEnd,
    /// The turn is handed over to a WebSocket.
    Handoff,
    /// Some deltas, then nothing while the connection stays open.
    Hang,
    /// No byte for 10 minutes.
    Silence,
    /// An answer that quotes every known error message.
    Quotes,
    /// Some deltas, then an error as a string and a clean end.
    ErrorString,
    /// As [`Script::ErrorString`], inside the `v` of a delta.
    ErrorInDelta,
    /// Some deltas, then an `error` event for an overload.
    ErrorEvent,
    /// Some deltas, then a `response.failed` event.
    Failed,
    /// An empty body with a clean end.
    Empty,
    /// A complete answer, then the error that the conversation has reached its maximum length.
    TooLarge,
    /// A short answer of a smaller model, because the message cap of the larger one is reached.
    SmallerModel,
    /// Some deltas, then the connection is cut; the conversation contains the complete answer a little later.
    CutThenComplete,
    /// Some deltas, then the connection is cut; the client requests the rest with the resume token.
    CutThenResume,
}

/// Change to every response on its way to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    /// None.
    Unchanged,
    /// The `Date` header is this many days ahead.
    ClockAhead(i64),
    /// A captive portal answers in place of the host.
    CaptivePortal,
}

/// State of status.openai.com.
#[derive(Clone, Copy, Debug)]
pub(crate) enum StatusPage {
    /// All components are operational.
    Green,
    /// An ongoing incident.
    Incident(&'static Incident),
    /// A maintenance in progress.
    Maintenance(&'static Incident),
    /// HTML in place of JSON, or truncated JSON.
    Unreadable,
    /// The connection is closed without a response.
    Unreachable,
}

/// When a fault ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recovery {
    /// Never by itself.
    Never,
    /// When the document is loaded after at least one failed turn.
    OnReload,
    /// This many seconds after the fault was set; the number is part of the fault's name.
    AfterSeconds,
    /// Between failures: only every Nth message fails; the number is part of the fault's name.
    EveryNth,
    /// After this many calls of the API; the number is part of the fault's name.
    AfterCalls,
}

/// Broken state that the lab leaves in the browser.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ClientFault {
    /// The site's service worker serves a document from before a deploy, which imports a deleted script.
    StaleServiceWorker,
    /// More cookies than the edge accepts, none of them the session's. The fixture is the edge's refusal.
    OversizedCookies(&'static Fixture),
    /// Defective session cookies.
    Session(SessionDefect),
    /// A cache of conversations that fills the site's storage quota.
    FullStorage,
    /// Cloudflare requires a challenge, which the document passes when it is loaded again.
    Challenge,
}

/// What is wrong with the session cookies.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SessionDefect {
    /// The whole cookie and its `.0` and `.1` parts at once.
    Duplicated,
    /// Only the `.0` part, host-only, so that signing in again adds to it instead of replacing it.
    Truncated,
    /// The session has expired.
    Expired,
}

/// What the caller must set up outside the lab, for faults that no server causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// Nothing.
    Nothing,
    /// This host must not resolve (Chromium: `--host-resolver-rules=MAP <host> ~NOTFOUND, …`).
    HostRule(&'static str),
    /// This host must lead to [`crate::Lab::dead_port`].
    DeadPort(&'static str),
    /// This host must lead to [`crate::Lab::tls_port`] or [`crate::Lab::handshake_port`].
    BadCertificate(&'static str),
    /// The browser must use [`crate::Lab::dead_port`] as its proxy.
    Proxy,
    /// The browser must be offline.
    Offline,
    /// Another extension must block requests whose URL begins with this.
    Blocker(&'static str),
    /// The browser must open new connections and verify certificates, because the captive portal has none for other hosts.
    CaptivePortal,
}

/// Setters for the columns that a row rarely needs.
impl Fault {
    /// Sets the injections at endpoints other than the chat.
    pub(crate) const fn also(self, also: &'static [(Endpoint, Injection)]) -> Fault {
        Fault { also, ..self }
    }

    /// Sets the change to every response.
    pub(crate) const fn transport(self, transport: Transport) -> Fault {
        Fault { transport, ..self }
    }

    /// Sets the state of the status page.
    pub(crate) const fn status(self, status: StatusPage) -> Fault {
        Fault { status, ..self }
    }

    /// Sets when the fault ends.
    pub(crate) const fn recovery(self, recovery: Recovery) -> Fault {
        Fault { recovery, ..self }
    }
}

impl Fault {
    /// The injection at an endpoint while this fault is in force.
    pub(crate) fn injection(&self, endpoint: Endpoint) -> Injection {
        match endpoint {
            Endpoint::Chat => self.chat,
            _ => self.also.iter().find(|(at, _)| *at == endpoint).map_or(Injection::Healthy, |(_, found)| *found),
        }
    }
}
