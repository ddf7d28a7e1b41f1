//! What a popup must not say of one thing at the same time, and of a page that nobody asked.

use mend::core::{
    Millis, Model,
    msg::{Arg, Msg},
    names::State,
    view::{Popup, RungView, popup},
};

/// What is said once the provider's page was read, and what only while it was not asked or could not be read.
const READ: &[&str] = &["status_green", "fact_status_green", "incident_name", "fact_incident_elsewhere"];
const ASKED: &[&str] = &["status_read", "status_unread", "more_status_unread"];
const NOT_ASKED: &[&str] = &["status_unasked", "more_status"];
const UNREAD: &[&str] = &["status_unread", "more_status_unread"];

/// What says that nothing was done.
const NOTHING_DONE: &[&str] = &["action_error_not_kept", "action_error_not_done"];

/// The first contradiction in any tab's popup.
pub fn contradiction(model: &Model, now: Millis) -> Option<String> {
    let tabs = model.tabs.iter().map(|tab| Some(tab.id)).chain([None]);
    tabs.map(|tab| popup(model, tab, now, now)).find_map(|popup| in_popup(model, &popup))
}

fn in_popup(model: &Model, popup: &Popup) -> Option<String> {
    let page = model.provider.as_ref().map(|provider| provider.page.is_some());
    let wrong: Vec<&str> = match page {
        None => [READ, ASKED].concat(),
        Some(false) => [READ, NOT_ASKED].concat(),
        Some(true) => [NOT_ASKED, UNREAD].concat(),
    };
    let said = keys(popup);
    let status = said.iter().find(|key| wrong.contains(&key.as_str()));
    status
        .map(|key| format!("{key}, although the page's state is {page:?}"))
        .or_else(|| popup.rungs.iter().find_map(undone_and_undoable))
}

/// A rung that was not tried, or whose change did not happen, and whose change can be undone.
fn undone_and_undoable(rung: &RungView) -> Option<String> {
    let untried = rung.state == State::Todo && rung.note.is_none();
    let nothing = rung.words.iter().any(|words| NOTHING_DONE.contains(&words.key.as_str()));
    (rung.undo.is_some() && (untried || nothing)).then(|| format!("{rung:?}"))
}

fn keys(popup: &Popup) -> Vec<String> {
    let verdict = &popup.verdict;
    let rungs = popup.rungs.iter().flat_map(|rung| rung.note.iter().chain(&rung.words));
    let all = [&verdict.title, &verdict.why].into_iter().chain(&verdict.evidence).chain(&verdict.more).chain(rungs);
    all.flat_map(nested).collect()
}

fn nested(words: &Msg) -> Vec<String> {
    let inner = words.args.iter().filter_map(|arg| if let Arg::Msg(inner) = arg { Some(nested(inner)) } else { None });
    std::iter::once(words.key.clone()).chain(inner.flatten()).collect()
}
