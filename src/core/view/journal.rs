//! The journal as a page shows it: a line per entry, the newest first, and the details of a failure.

use std::collections::{HashMap, HashSet};

use super::{
    requests::{endpoint, outcome},
    verdict::{VerdictView, words},
};
use crate::core::{
    Millis, Model,
    check::CheckContext,
    diagnose,
    endpoint::EndpointKind,
    journal::{Feedback, JournalEntry, JournalEvent},
    model::Attempt,
    msg::{Arg, Msg, key, msg},
    names::Blame,
    observe::Failure,
    request_ids::Ids,
};

/// A filter of the lines. Empty fields match everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Failures with this blame, and the other entries of cases that ended with it.
    pub blame: Option<Blame>,
    /// Failures of this kind of endpoint, and the entries of their cases.
    pub endpoint: Option<EndpointKind>,
    /// From the first time up to, but not including, the second.
    pub between: Option<(Millis, Millis)>,
    /// A part of a request id.
    pub id: String,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The key of its entry.
    pub key: String,
    /// Milliseconds since the epoch.
    pub at: Millis,
    /// What happened.
    pub what: Msg,
    /// How it ended.
    pub outcome: Option<Msg>,
    /// For a failure, the blame of its verdict.
    pub blame: Option<Blame>,
    /// Whether it is a failure; all others are good news or attempts.
    pub failed: bool,
}

/// The details of a failure.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// The key of its case.
    pub case: String,
    /// Its path, with ids replaced.
    pub path: Option<String>,
    /// The request ids, for a support desk.
    pub ids: Ids,
    /// The verdict at that time, by key and time, to find its snapshot.
    pub verdict: Option<(String, Millis)>,
    /// The attempts after it, and why any could not be carried out.
    pub tried: Vec<Msg>,
    /// The person's rating of the verdict.
    pub said: Option<Msg>,
}

/// The lines of these entries (in order of time) that match the filter; the newest first.
pub fn lines(entries: &[JournalEntry], filter: &Filter) -> Vec<Line> {
    let verdicts = verdicts(entries);
    let blame = |place: usize| match &entries.get(*verdicts.get(&place)?)?.what {
        JournalEvent::Verdict(verdict) => Some(verdict.blame),
        _ => None,
    };
    // Which cases have a failure of the wanted kind, and the last side of each.
    let mut wanted: HashSet<&str> = HashSet::new();
    let mut sides: HashMap<&str, Blame> = HashMap::new();
    for entry in entries {
        match &entry.what {
            JournalEvent::Verdict(verdict) => drop(sides.insert(&entry.case, verdict.blame)),
            JournalEvent::Failure(failure) if filter.endpoint.is_some() && failure.endpoint == filter.endpoint => {
                wanted.insert(&entry.case);
            }
            _ => {}
        }
    }
    let id = filter.id.trim().to_ascii_lowercase();
    let fits = |entry: &JournalEntry, side: Option<Blame>| {
        let of_role = match &entry.what {
            JournalEvent::Failure(failure) => filter.endpoint.is_none() || failure.endpoint == filter.endpoint,
            _ => filter.endpoint.is_none() || wanted.contains(entry.case.as_str()),
        };
        of_role
            && (filter.blame.is_none() || filter.blame == side)
            && filter.between.is_none_or(|(from, until)| (from..until).contains(&entry.at))
            && (id.is_empty() || matches!(&entry.what, JournalEvent::Failure(failure) if has_id(failure, &id)))
    };
    let shown = entries.iter().enumerate().rev().filter_map(|(place, entry)| {
        let failed = matches!(entry.what, JournalEvent::Failure(_));
        let side = if failed { blame(place) } else { sides.get(entry.case.as_str()).copied() };
        if fits(entry, side) { line(entry, side.filter(|_| failed)) } else { None }
    });
    shown.collect()
}

/// The verdict of each failure, both by their index: the last one of the case before its next failure, otherwise the first one
/// after that. A verdict that stayed the same is not recorded again.
fn verdicts(entries: &[JournalEntry]) -> HashMap<usize, usize> {
    #[derive(Default)]
    struct Known {
        failure: Option<usize>,
        verdict: Option<usize>,
        unjudged: Vec<usize>,
    }
    let mut found = HashMap::new();
    let mut cases: HashMap<&str, Known> = HashMap::new();
    for (place, entry) in entries.iter().enumerate() {
        let case = cases.entry(&entry.case).or_default();
        match &entry.what {
            JournalEvent::Failure(_) => {
                case.failure = Some(place);
                match case.verdict {
                    Some(verdict) => drop(found.insert(place, verdict)),
                    None => case.unjudged.push(place),
                }
            }
            JournalEvent::Verdict(_) => {
                case.verdict = Some(place);
                found.extend(case.unjudged.drain(..).chain(case.failure).map(|failure| (failure, place)));
            }
            _ => {}
        }
    }
    found
}

fn has_id(failure: &Failure, part: &str) -> bool {
    let has = |id: &Option<String>| id.as_ref().is_some_and(|id| id.to_ascii_lowercase().contains(part));
    has(&failure.ids.request) || has(&failure.ids.ray)
}

/// Verdicts and ratings are shown with the failures.
fn line(entry: &JournalEntry, blame: Option<Blame>) -> Option<Line> {
    let (what, outcome, failed) = match &entry.what {
        JournalEvent::Failure(failure) => {
            let told = outcome(failure.status, failure.error.as_deref());
            (endpoint(failure.endpoint), told.map(|told| msg("verbatim").text(&told)), true)
        }
        JournalEvent::Fix(attempt) => (tried(attempt), Some(ended(attempt)), false),
        JournalEvent::Mended(_) => (msg("journal_mended"), None, false),
        JournalEvent::Verdict(_) | JournalEvent::Feedback(_) => return None,
    };
    Some(Line { key: entry.key.clone(), at: entry.at, what, outcome, blame, failed })
}

fn tried(attempt: &Attempt) -> Msg {
    msg("journal_tried").arg(Arg::Msg(msg(&key("rung", attempt.rung.name()))))
}

fn ended(attempt: &Attempt) -> Msg {
    if attempt.undone.is_some() { msg("journal_undone") } else { msg(&key("state", attempt.state.name())) }
}

/// The details of the failure of this key.
pub fn behind(entries: &[JournalEntry], key: &str) -> Option<Behind> {
    let (place, entry) = entries.iter().enumerate().find(|(_, entry)| entry.key == key)?;
    let JournalEvent::Failure(failure) = &entry.what else { return None };
    let same = || entries.iter().filter(|one| one.case == entry.case);
    let verdict = verdicts(entries).get(&place).and_then(|verdict| entries.get(*verdict));
    let steps = same().flat_map(|one| match &one.what {
        JournalEvent::Fix(attempt) if attempt.began >= failure.at => {
            let line = msg("journal_step").arg(Arg::Clock(attempt.began)).arg(Arg::Msg(tried(attempt)));
            std::iter::once(line.arg(Arg::Msg(ended(attempt)))).chain(attempt.why()).collect()
        }
        _ => Vec::new(),
    });
    let said = same().find_map(|one| match &one.what {
        JournalEvent::Feedback(feedback) => Some(said(feedback)),
        _ => None,
    });
    Some(Behind {
        case: entry.case.clone(),
        path: failure.path.clone(),
        ids: failure.ids.clone(),
        verdict: verdict.map(|one| (one.key.clone(), one.at)),
        tried: steps.collect(),
        said,
    })
}

fn said(feedback: &Feedback) -> Msg {
    match feedback.blame {
        _ if feedback.right => msg("journal_said_right"),
        Some(blame) => msg("journal_said").arg(Arg::Msg(msg(&key("side", blame.name())))),
        None => msg("journal_said_wrong"),
    }
}

/// The text of a verdict, from its snapshot.
pub fn verdict_on(snapshot: &Model, at: Millis) -> Option<VerdictView> {
    let tab = snapshot.tabs.first()?;
    let case = tab.case.as_ref()?;
    let context = CheckContext { model: snapshot, tab: Some(tab), case, primary: diagnose::primary(case)?, now: at };
    Some(words(&context, &diagnose::verdict(&context)))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use crate::core::{
        Event,
        event::{PageReport, PageSignal, Response},
        headers::Headers,
        journal::{fresh, notes},
        names::{Action, Rung, State},
        update,
    };

    const AT: Millis = 1_784_971_320_000;
    const CHAT: &str = "https://chatgpt.com/backend-api/f/conversation";
    const HISTORY: &str = "https://chatgpt.com/backend-api/conversations";

    /// A journal as the web layer stores it.
    fn journal(events: Vec<(Millis, Event)>) -> Vec<JournalEntry> {
        let mut model = Model::default();
        let hello = PageReport { tab: 7, private: Some(false), key: "0".into(), at: AT, saw: PageSignal::Hello };
        update(&mut model, Event::PageReport(hello), AT);
        let mut entries: Vec<JournalEntry> = Vec::new();
        for (at, event) in events {
            update(&mut model, event, at);
            for note in fresh(notes(&model, at), &entries) {
                entries.retain(|one| one.key != note.entry.key);
                entries.push(note.entry);
            }
            entries.sort_by_key(|entry| entry.at);
        }
        entries
    }

    fn failed(key: &str, at: Millis, url: &str, status: u16) -> (Millis, Event) {
        let id = Some(format!("bd8e52b7-7993-4407-a17b-c697e6ae3e{key}"));
        let headers = Headers { x_request_id: id, ..Headers::default() };
        let (key, url) = (key.to_owned(), url.to_owned());
        (at, Event::Response(Response { tab: 7, key, at, url, status: Some(status), headers, ..Response::default() }))
    }

    fn three() -> Vec<JournalEntry> {
        let hour = 3_600_000;
        journal(vec![
            failed("f0", AT, CHAT, 500),
            failed("f1", AT + hour, HISTORY, 429),
            failed("f2", AT + 2 * hour, CHAT, 500),
        ])
    }

    fn keys(filter: &Filter) -> Vec<Millis> {
        lines(&three(), filter).iter().map(|line| (line.at - AT) / 3_600_000).collect()
    }

    #[test]
    fn the_newest_stands_first_and_filters_hold() {
        assert_eq!(keys(&Filter::default()), [2, 1, 0]);
        assert_eq!(keys(&Filter { endpoint: Some(EndpointKind::History), ..Filter::default() }), [1]);
        assert_eq!(keys(&Filter { between: Some((AT + 1, AT + 7_200_000)), ..Filter::default() }), [1]);
        assert_eq!(keys(&Filter { id: " A17B-C697E6AE3EF2".into(), ..Filter::default() }), [2]);
        assert_eq!(keys(&Filter { blame: Some(Blame::Account), ..Filter::default() }), [0_i64; 0]);
        assert_eq!(keys(&Filter { blame: Some(Blame::Them), ..Filter::default() }), [2, 0], "each by its own verdict");
    }

    #[test]
    fn a_failure_opens_to_the_verdict_of_its_time() {
        let entries = three();
        let line = lines(&entries, &Filter::default()).pop().unwrap();
        let behind = behind(&entries, &line.key).unwrap();
        assert_eq!(behind.verdict.unwrap().1, AT);
        assert_eq!(behind.path.as_deref(), Some("/backend-api/f/conversation"));
        assert_eq!((behind.tried.len(), behind.said), (0, None));
    }

    #[test]
    fn a_line_has_the_side_of_the_verdict_that_it_opens_to() {
        let minute = 60_000;
        let mut entries = journal(vec![failed("f0", AT, HISTORY, 500), failed("f1", AT + minute, CHAT, 429)]);
        let places: Vec<usize> =
            (0..entries.len()).filter(|at| matches!(entries[*at].what, JournalEvent::Failure(_))).collect();
        let case = entries[places[0]].case.clone();
        assert!(entries.iter().all(|one| one.case == case));
        let told = |entries: &[JournalEntry]| -> Vec<(Option<Blame>, Option<Blame>)> {
            let sides = lines(entries, &Filter::default()).into_iter().filter(|line| line.failed);
            let opened = |key: &str| {
                let (verdict, _) = behind(entries, key)?.verdict?;
                entries.iter().find_map(|one| match &one.what {
                    JournalEvent::Verdict(told) if one.key == verdict => Some(told.blame),
                    _ => None,
                })
            };
            sides.map(|line| (line.blame, opened(&line.key))).collect()
        };
        let sides = told(&entries);
        assert_eq!(sides.len(), 2);
        assert!(sides.iter().all(|(side, opened)| side.is_some() && side == opened), "{sides:?}");
        assert_ne!(sides[0].0, sides[1].0, "each has its own");
        // A verdict that stays the same is recorded once, and holds for both.
        let again = journal(vec![failed("f0", AT, CHAT, 500), failed("f1", AT + minute, CHAT, 500)]);
        assert_eq!(told(&again), [(Some(Blame::Them), Some(Blame::Them)); 2]);
        // What was tried before it is not what was tried about it.
        let began = AT + minute / 2;
        for at in [began, AT + 2 * minute] {
            let (rung, act, state) = (Rung::Reload, Action::Reload, State::Failed);
            let (error, reason, undone) = (None, None, None);
            let what = JournalEvent::Fix(Attempt { rung, act, began: at, at, state, error, reason, undone });
            entries.push(JournalEntry { key: format!("fix-{at}"), case: case.clone(), at, what });
        }
        let keys: Vec<String> = places.iter().map(|place| entries[*place].key.clone()).collect();
        assert_eq!(keys.iter().map(|key| behind(&entries, key).unwrap().tried.len()).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn what_was_said_of_a_verdict_is_shown_with_it() {
        let mut entries = three();
        let case = entries[0].case.clone();
        let wrong = Feedback { right: false, blame: Some(Blame::Network) };
        entries.push(JournalEntry::feedback(&case, wrong, AT + 9_000_000));
        let said = behind(&entries, &entries[0].key).unwrap().said.unwrap();
        assert_eq!(said.key, "journal_said");
        assert_eq!(lines(&entries, &Filter::default()).len(), 3);
    }
}
