//! THE table: what each fault breaks, what a person would see of it, and when it heals.
//!
//! Owns the rows and their reading. Never answers a request itself: the columns are data, and `site`, `noise` and
//! `status` know what each value means. A row says only where it differs from [`WELL`].

use std::fmt::Write as _;
use std::time::Duration;

use crate::canned::{self, Canned};
use crate::incident::{self, Incident};

/// One row.
#[derive(Debug)]
pub struct Fault {
    /// What the fault is called; a trailing `T` stands for a number of seconds.
    pub name: &'static str,
    /// What the person would see.
    pub words: &'static str,
    /// How the chat answers.
    pub(crate) chat: How,
    /// What else does not answer as it should.
    pub(crate) also: &'static [(Place, How)],
    /// What the status page says.
    pub(crate) status: StatusPage,
    /// When all is well again.
    pub(crate) heals: Heals,
}

/// A part of the service that can break by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The document: `/` and `/c/<uuid>`.
    Page,
    /// Scripts and styles on the asset host.
    Asset,
    /// The turn itself, an event stream.
    Chat,
    /// What is asked before a turn: chat requirements and prepare.
    Gate,
    /// `/api/auth/session`.
    Session,
    /// Who is signed in: `me` and `accounts/check`.
    Account,
    /// The list of conversations, and one of them.
    History,
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
}

/// How a place answers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum How {
    /// As it should.
    Well,
    /// The chat streams this.
    Stream(Script),
    /// This answer, whatever was asked.
    Say(&'static Canned),
    /// No answer: HTTP/2 resets the stream, HTTP/1.1 closes the connection.
    Reset,
    /// No answer: the connection is closed, with all that is on it.
    Drop,
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
    /// An answer that quotes every known error string.
    Quotes,
}

/// What the status page says.
#[derive(Clone, Copy, Debug)]
pub(crate) enum StatusPage {
    /// All operational.
    Green,
    /// An incident is going on.
    Incident(&'static Incident),
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
}

use Heals::*;
use How::*;
use Place::*;
use StatusPage::*;

/// What a row is unless it says otherwise.
const WELL: Fault = Fault { name: "well", words: "A short answer", chat: Well, also: &[], status: Green, heals: Never };

/// Every fault the lab knows.
pub const FAULTS: &[Fault] = &[
    WELL,
    Fault { name: "500", words: "Something went wrong", chat: Say(&canned::SERVER_ERROR), ..WELL },
    Fault {
        name: "500-incident",
        words: "Something went wrong, and the status page says so",
        chat: Say(&canned::SERVER_ERROR),
        status: Incident(&incident::CONVERSATIONS),
        ..WELL
    },
    Fault {
        name: "500-until-reload",
        words: "Something went wrong, until the page is reloaded",
        chat: Say(&canned::SERVER_ERROR),
        heals: OnReload,
        ..WELL
    },
    Fault {
        name: "500-for-T",
        words: "Something went wrong, for T seconds",
        chat: Say(&canned::SERVER_ERROR),
        heals: AfterSeconds,
        ..WELL
    },
    Fault { name: "429-plan", words: "You've hit your limit", chat: Say(&canned::PLAN_LIMIT), ..WELL },
    Fault {
        name: "401-expired",
        words: "Your session has expired",
        chat: Say(&canned::TOKEN_EXPIRED),
        also: &[(Session, Say(&canned::NO_SESSION))],
        ..WELL
    },
    Fault { name: "stream-cut", words: "Half an answer, then a network error", chat: Stream(Script::Cut), ..WELL },
    Fault {
        name: "stop",
        words: "An answer of 30 seconds: press Stop, reload or leave",
        chat: Stream(Script::Long),
        ..WELL
    },
    Fault {
        name: "noise-blocked",
        words: "A short answer, while telemetry gets none",
        also: &[(Noise, Reset), (Beacon, Drop)],
        ..WELL
    },
    Fault {
        name: "quotes",
        words: "An answer that quotes every known error string",
        chat: Stream(Script::Quotes),
        ..WELL
    },
];

impl Fault {
    /// How a place answers while this fault is in force.
    pub(crate) fn how(&self, place: Place) -> How {
        match place {
            Chat => self.chat,
            _ => self.also.iter().find(|(at, _)| *at == place).map_or(Well, |(_, how)| *how),
        }
    }
}

/// No fault has this name.
#[derive(Clone, Debug, thiserror::Error)]
#[error("no fault is called {name:?}; there are: {}", names())]
pub struct UnknownFault {
    /// The name that was asked for.
    pub name: String,
}

/// The row of that name and, where the name carries one, its time.
pub(crate) fn find(name: &str) -> Result<(&'static Fault, Option<Duration>), UnknownFault> {
    let timed = |fault: &'static Fault| {
        let seconds = name.strip_prefix(fault.name.strip_suffix('T')?)?.parse().ok()?;
        Some((fault, Some(Duration::from_secs(seconds))))
    };
    let plain = |fault: &'static Fault| (fault.name == name).then_some((fault, None));
    FAULTS
        .iter()
        .find_map(|fault| if fault.heals == AfterSeconds { timed(fault) } else { plain(fault) })
        .ok_or_else(|| UnknownFault { name: name.to_owned() })
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
            let (found, time) = find(&fault.name.replace('T', "20")).unwrap();
            assert_eq!(found.name, fault.name);
            assert_eq!(time.is_some(), fault.heals == AfterSeconds);
        }
    }

    #[test]
    fn a_number_must_be_one() {
        assert_eq!(find("500-for-20").unwrap().1, Some(Duration::from_secs(20)));
        assert!(find("500-for-T").is_err());
        assert!(find("500-for-").is_err());
        assert!(find("no-such").unwrap_err().to_string().contains("429-plan"));
    }
}
