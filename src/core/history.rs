//! The provider's newest past incidents on ChatGPT, as its status page lists them, reduced to minutes.
//!
//! Owns the list's schema and how often it is read. It changes slowly and only the forecast needs it, so the page that
//! shows a forecast reads it and keeps it for the session, beside the model. Skipped entries are reported with the
//! reason. The prediction itself is made in `diagnose::forecast`.

use serde::{Deserialize, Serialize};

use super::{
    Millis,
    diagnose::forecast::{NOT_SAID, Past},
    json::{Json, Value},
    named::named,
    status::{Component, IncidentStatus},
    time::{HOUR, MINUTE, rfc3339, since},
};

/// How many incidents are kept, the newest first: at most 2 KB.
const NEWEST: usize = 60;
/// How many entries of a list are read.
const LOOKED: usize = 2_000;
/// How many parts and updates of an incident are read.
const PARTS: usize = 100;
/// Shortest time between two readings of the list.
const EVERY: Millis = 6 * HOUR;
/// Shortest time between two readings while none has succeeded.
const AGAIN: Millis = 10 * MINUTE;

/// The history that is kept for the session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct History {
    /// When it was last requested, in milliseconds since the epoch.
    pub at: Millis,
    /// The newest incidents first.
    pub past: Vec<Past>,
    /// How many entries of the list could not be read.
    pub unread: u16,
}

impl History {
    /// Whether the list should be read now.
    pub fn is_due(&self, now: Millis) -> bool {
        // A clock that was set back must not keep it for ever.
        now < self.at || since(now, self.at) >= if self.past.is_empty() { AGAIN } else { EVERY }
    }
}

named! {
    /// Why an entry of the list is skipped.
    pub enum Skip {
        /// It is about parts other than conversations and sign-in.
        OtherPart = "other-part",
        /// It is scheduled maintenance.
        Work = "announced-work",
        /// It names no part.
        NoPart = "no-part",
        /// It is not an object, or its status is unknown.
        Unknown = "unknown-shape",
        /// It has no readable time of publication.
        NoBegin = "no-begin",
        /// It is resolved, but without a readable time.
        NoEnd = "no-end",
        /// It ends before it begins, or less than a minute after it.
        NoLength = "no-length",
    }
}

impl Skip {
    /// Whether the entry was understood, and is only of a kind that is not counted.
    pub fn is_understood(self) -> bool {
        matches!(self, Skip::OtherPart | Skip::Work)
    }
}

/// What a list contains.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// The newest incidents first.
    pub past: Vec<Past>,
    /// The skipped entries: index, from 1, and reason.
    pub skipped: Vec<(u16, Skip)>,
}

impl Listed {
    /// How many entries could not be read.
    pub fn unread(&self) -> u16 {
        let unread = self.skipped.iter().filter(|(_, why)| !why.is_understood()).count();
        u16::try_from(unread).unwrap_or(u16::MAX)
    }
}

/// Reads the list; none if it is not a list of incidents.
pub fn read(list: &Value, now: Millis) -> Option<Listed> {
    let Value::Array(all) = list.field("incidents") else { return None };
    let (mut known, mut skipped) = (Vec::new(), Vec::new());
    for (raw, entry) in all.iter().take(LOOKED).zip(1..) {
        match incident(raw, now) {
            Ok(one) => known.push(one),
            Err(why) => skipped.push((entry, why)),
        }
    }
    known.sort_unstable_by_key(|(published, _)| std::cmp::Reverse(*published));
    known.truncate(NEWEST);
    Some(Listed { past: known.into_iter().map(|(_, past)| past).collect(), skipped })
}

/// One incident, with the time of its publication.
fn incident(raw: &Value, now: Millis) -> Result<(Millis, Past), Skip> {
    let ended = match raw.field("status").text() {
        "resolved" => true,
        // The list contains maintenance too.
        status if status.contains("maintenance") => return Err(Skip::Work),
        status if matches!(IncidentStatus::from_name(status), None | Some(IncidentStatus::Other)) => {
            return Err(Skip::Unknown);
        }
        _ => false,
    };
    let list = |name| raw.field(name).items().iter().take(PARTS);
    let id = |part: &Value| part.field("component_id").text().to_owned();
    if list("component_impacts").chain(list("affected_components")).all(|part| id(part).is_empty()) {
        return Err(Skip::NoPart);
    }
    // The list names no groups, so only a part with a known id is known to be ChatGPT's.
    let ours =
        |part: &&Value| matches!(Component::find(&id(part), "", ""), Component::Conversations | Component::Login);
    if !list("component_impacts").chain(list("affected_components")).any(|part| ours(&part)) {
        return Err(Skip::OtherPart);
    }
    let times = |name: &'static str| {
        list("component_impacts").filter(ours).filter_map(move |impact| rfc3339(impact.field(name).text()))
    };
    let told = |status: &str| {
        let of_it = list("updates").filter(|update| update.field("to_status").text() == status);
        of_it.filter_map(|update| rfc3339(update.field("published_at").text())).min()
    };
    // The table counts from the first notice, although an impact may have begun before it.
    let began = rfc3339(raw.field("published_at").text()).or_else(|| times("start_at").min()).ok_or(Skip::NoBegin)?;
    let end = if ended { told("resolved").or_else(|| times("end_at").max()).ok_or(Skip::NoEnd)? } else { now };
    let minutes = |at: Millis| at.checked_sub(began).filter(|gone| *gone >= 0).map(|gone| gone / MINUTE);
    let over = minutes(end).filter(|over| *over > 0).ok_or(Skip::NoLength)?.min(i64::from(NOT_SAID) - 1);
    let reached = |name| {
        let at = told(name).and_then(minutes).filter(|at| *at <= over);
        at.and_then(|at| u16::try_from(at).ok()).unwrap_or(NOT_SAID)
    };
    let whole = u16::try_from(over).map_err(|_| Skip::NoLength)?;
    Ok((began, Past { known: reached("identified"), fixed: reached("monitoring"), over: whole, ended }))
}
