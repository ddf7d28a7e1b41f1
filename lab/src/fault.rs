//! What a row of the table is made of.
//!
//! Owns the columns and what can stand in each. Never holds a row: `faults` does; never answers a request: `hosts` and what
//! it calls know what each value means.

use crate::canned::Canned;
use crate::incident::Incident;

/// One row.
#[derive(Debug)]
pub struct Fault {
    /// What the fault is called; a trailing `T` stands for a number of seconds, a trailing `N` for one of messages or
    /// calls.
    pub name: &'static str,
    /// What the person would see.
    pub words: &'static str,
    /// What has to be arranged outside the lab; without it such a row is well.
    pub needs: Needs,
    /// How the chat answers.
    pub(crate) chat: How,
    /// What else does not answer as it should.
    pub(crate) also: &'static [(Place, How)],
    /// What becomes of every answer on its way.
    pub(crate) way: Way,
    /// What the status page says.
    pub(crate) status: StatusPage,
    /// When all is well again.
    pub(crate) heals: Heals,
    /// What is planted in the browser; the columns of answers then count no more.
    pub(crate) plant: Option<Plant>,
}

/// A part of the service that can break by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The document: `/` and `/c/<uuid>`.
    Page,
    /// The script that the document names, on the asset host.
    Root,
    /// What else is on the asset host, and the chunks that the script imports.
    Asset,
    /// The turn itself, an event stream.
    Chat,
    /// The WebSocket that a turn may be handed over to.
    Socket,
    /// What is asked before a turn: chat requirements and prepare.
    Gate,
    /// A message into a running answer.
    Steer,
    /// The rest of an answer whose stream was cut.
    Resume,
    /// What goes along with a turn, and nobody waits for.
    Heartbeat,
    /// What is asked of the service about a file.
    Files,
    /// Where the file itself goes, a host of its own.
    Upload,
    /// The script of the check, on a host of its own.
    Turnstile,
    /// `/api/auth/session`.
    Session,
    /// Who is signed in: `me` and `accounts/check`.
    Account,
    /// The list of conversations.
    List,
    /// One conversation.
    Conversation,
    /// The list of models.
    Models,
    /// The person pressed Stop.
    Stop,
    /// `/cdn-cgi/trace`, answered by the edge alone.
    Edge,
    /// Telemetry on chatgpt.com.
    Noise,
    /// Telemetry on hosts of its own.
    Beacon,
    /// The API, whatever its path.
    Api,
    /// The sign-in's token endpoint.
    Token,
    /// The sign-in's page.
    SignIn,
    /// The site's service worker.
    Keeper,
    /// The check of an edge that wants one passed.
    Check,
}

/// How a place answers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum How {
    /// As it should.
    Well,
    /// As it should, after 5 seconds.
    Late,
    /// The chat streams this.
    Stream(Script),
    /// The chat streams this, until the connection is reset half a second later.
    Torn(Script),
    /// This answer, whatever was asked.
    Say(&'static Canned),
    /// This answer to one who brings more cookies than the edge takes.
    Heavy(&'static Canned),
    /// A long answer; this one to whoever asks meanwhile, unless Stop was pressed.
    OneAtATime(&'static Canned),
    /// The first time like this, then as it should.
    Once(Odd),
    /// The WebSocket opens, and is dropped.
    HangUp,
    /// No answer: HTTP/2 resets the stream, HTTP/1.1 closes the connection.
    Reset,
    /// No answer: the connection is closed, with all that is on it.
    Drop,
}

/// A good answer with something odd about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Odd {
    /// The document leaves more cookies than the edge takes.
    Cookies,
    /// The script is the one from before the deploy, for good.
    Old,
    /// The conversations are so many that a cache of them is full.
    Bulky,
}

/// What the chat streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// About 20 deltas in 300 ms.
    Short,
    /// 30 seconds of deltas.
    Long,
    /// Some deltas, then the connection is cut.
    Cut,
    /// Some deltas, then the record of an error, and a clean end.
    Error,
    /// Some deltas, and a clean end without the records that end a turn.
    NoEnd,
    /// The turn is handed over to a WebSocket.
    Handoff,
    /// Some deltas, then nothing more.
    Hang,
    /// Nothing at all, for minutes.
    Silence,
    /// An answer that quotes every known error string.
    Quotes,
    /// Some deltas, then an error that is a string, and a clean end.
    ErrorString,
    /// The same inside a delta's `v`.
    ErrorInDelta,
    /// Some deltas, then an event of its own for an overload.
    ErrorEvent,
    /// Some deltas, then the event that the response failed.
    Failed,
    /// Nothing, and a clean end.
    Empty,
    /// A whole answer, then a string and its code: no more fits into the conversation.
    TooLarge,
    /// A short answer of a smaller model, as the cap of the larger one is reached.
    Capped,
    /// Some deltas, then the connection is cut; the conversation has the whole answer a little later.
    CutAndWhole,
    /// Some deltas, then the connection is cut; the rest is to be asked for by the token that came first.
    CutAndResumed,
}

/// What becomes of every answer on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// It arrives.
    Clear,
    /// It says that it is so many days later.
    DaysAhead(i64),
    /// The network's own login page comes instead.
    Portal,
}

/// What the status page says.
#[derive(Clone, Copy, Debug)]
pub(crate) enum StatusPage {
    /// All operational.
    Green,
    /// An incident is going on.
    Incident(&'static Incident),
    /// A maintenance is in progress.
    Maintenance(&'static Incident),
    /// HTML where JSON should be, and JSON that breaks off.
    Unreadable,
    /// Nothing: the connection is dropped.
    Unreachable,
}

/// When all is well again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heals {
    /// Not by itself.
    Never,
    /// Once the document is loaded after at least one broken chat answer.
    OnReload,
    /// So many seconds after the fault was set; the name carries the number.
    AfterSeconds,
    /// Between the failures: each Nth message fails; the name carries the number.
    InBetween,
    /// Once the API was called so many times; the name carries the number.
    AfterCalls,
}

/// What is planted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Plant {
    /// The page from before a deploy, kept by the site's service worker; it imports what is gone.
    Deploy,
    /// More cookies than the edge takes, none of them the session's. It says this to whoever brings them.
    Cookies(&'static Canned),
    /// These cookies in place of a good session's.
    Session(Bad),
    /// A cache of conversations that fills what a browser keeps for the site.
    Storage,
    /// The edge wants a check passed, which the page passes once it is loaded again.
    Check,
}

/// What is wrong with the session's cookies.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Bad {
    /// The whole and its parts at once, as after a change of how it is split.
    Doubled,
    /// The first part alone, for this host, so that a new session stands beside it.
    Cut,
    /// Its time is over.
    Expired,
}

/// What has to be arranged outside the lab, as the fault is no server's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// This host must have no address (Chromium: `--host-resolver-rules=MAP <host> ~NOTFOUND, …`).
    HostRule(&'static str),
    /// This host must lead to [`crate::Lab::dead_port`].
    DeadPort(&'static str),
    /// This host must lead to [`crate::Lab::tls_port`] or [`crate::Lab::handshake_port`].
    BadCertificate(&'static str),
    /// The browser must use a proxy that nobody runs: [`crate::Lab::dead_port`].
    Proxy,
    /// The browser must be offline.
    Offline,
    /// Another extension must block requests that begin so.
    Blocker(&'static str),
    /// Every connection must begin anew, and the browser must look at certificates: the network's own login page has none
    /// for anybody else.
    Portal,
}

/// The further columns of a row.
impl Fault {
    /// What else does not answer as it should.
    pub(crate) const fn also(self, also: &'static [(Place, How)]) -> Fault {
        Fault { also, ..self }
    }

    /// What becomes of answers on their way.
    pub(crate) const fn way(self, way: Way) -> Fault {
        Fault { way, ..self }
    }

    /// What the status page says.
    pub(crate) const fn status(self, status: StatusPage) -> Fault {
        Fault { status, ..self }
    }

    /// When it heals.
    pub(crate) const fn heals(self, heals: Heals) -> Fault {
        Fault { heals, ..self }
    }
}

impl Fault {
    /// How a place answers while this fault is in force.
    pub(crate) fn how(&self, place: Place) -> How {
        match place {
            Place::Chat => self.chat,
            _ => self.also.iter().find(|(at, _)| *at == place).map_or(How::Well, |(_, how)| *how),
        }
    }
}
